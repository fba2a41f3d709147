package handlers

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/lessons"
	"descent/lessons/exercise"
	"descent/optim/param"
	"descent/views"
)

const exercisePattern = "/lessons/:slug/exercises/:id"

func (s *server) registerExercises(e *echo.Echo) {
	serve(e, exercisePattern, s.showExercise)
	e.POST(exercisePattern, s.answerExercise)
	serve(e, exerciseCellPattern, s.exerciseCell)
}

// A lessonExercise is an exercise at its place in a lesson.
type lessonExercise struct {
	*exercise.Exercise
	lesson  *lessons.Lesson
	number  int // in the lesson, from 1
	heading int // the level of its title on the lesson's page
	judged  *judgedMemory
	// untouched is the rendered exercise as readers see it whose work is not kept.
	untouched func() (string, error)
}

// name is the exercise's name in the store.
func (le *lessonExercise) name() string { return le.lesson.Slug + "/" + le.ID }

func (le *lessonExercise) address() string {
	return "/lessons/" + le.lesson.Slug + "/exercises/" + le.ID
}

// place is where the exercise stands in its lesson.
func (le *lessonExercise) place() string { return "/lessons/" + le.lesson.Slug + "#exercise-" + le.ID }

// label is the exercise's number in a textbook.
func (le *lessonExercise) label() string {
	return strconv.Itoa(le.lesson.Number) + "." + strconv.Itoa(le.number)
}

func (s *server) findExercise(c echo.Context) (*lessonExercise, error) {
	l, err := s.lesson(c.Param("slug"))
	if err != nil {
		return nil, err
	}
	var links []views.Link
	var ids []string
	for _, le := range s.exercises[l] {
		if le.ID == c.Param("id") {
			return le, nil
		}
		links = append(links, views.Link{Address: le.address(), Text: le.Title})
		ids = append(ids, le.ID)
	}
	message := "This lesson has no such exercise."
	if near := param.Nearest(c.Param("id"), ids); near != "" {
		message += " Did you mean “" + near + "”?"
	}
	if len(links) > 0 {
		message += " It has:"
	}
	return nil, notFound(message, links...)
}

// unreachable is said where a reader's work cannot be looked up; the lesson is there all the same.
const unreachable = "Your work cannot be reached just now. You can read on; what is kept is not lost."

// openDesk is the reader at an exercise. The error is the store's.
func (s *server) openDesk(c echo.Context, le *lessonExercise) (*desk, error) {
	d := &desk{lessonExercise: le}
	var err error
	if d.student, err = s.student(c); err != nil {
		return d, err
	}
	return d, s.lookUp(c.Request().Context(), d)
}

// lookUp finds the work that lies on a desk, as it is now.
func (s *server) lookUp(ctx context.Context, d *desk) (err error) {
	if d.student != nil {
		d.work, err = s.store.Work(ctx, d.student.ID, d.name())
	}
	return err
}

// showExercise answers an exercise by itself: to htmx alone, else on a page.
func (s *server) showExercise(c echo.Context) error {
	le, err := s.findExercise(c)
	if err != nil {
		return err
	}
	return s.showDesk(c, le, func(*views.Exercise) {})
}

// showDesk answers an exercise as its reader left it, but for what change makes of it.
func (s *server) showDesk(c echo.Context, le *lessonExercise, change func(*views.Exercise)) error {
	d, err := s.openDesk(c, le)
	notice := ""
	if err != nil {
		s.noteUnreachable(c, err)
		d, notice = &desk{lessonExercise: le}, unreachable
	}
	return s.renderDesk(c, http.StatusOK, d, func(e *views.Exercise) {
		e.Notice = notice
		change(e)
	})
}

// renderDesk answers an exercise as its reader left it, but for what change makes of it.
func (s *server) renderDesk(c echo.Context, status int, d *desk, change func(*views.Exercise)) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), runLimit)
	defer cancel()
	e, err := d.view(ctx)
	if err != nil {
		return err
	}
	change(e)
	if err := d.equip(ctx, e); err != nil {
		return err
	}
	if wantsHTMX(c) {
		return render(c, status, views.ExerciseView(e))
	}
	e.Heading = 1
	return render(c, status, views.ExerciseAlone(&views.ExercisePage{
		Page:        views.Page{Title: d.Title, Description: "An exercise of the lesson “" + d.lesson.Title + "”.", Lessons: s.lessons, Current: d.lesson.Slug, Owner: s.seenByOwner(c)},
		LessonTitle: d.lesson.Title, LessonAddress: d.place(), Exercise: e,
	}))
}

// workAt are the exercises of a lesson as the reader left them, by id, with one question to the store. Where it does not
// answer, or there is no work, they are untouched.
func (s *server) workAt(c echo.Context, l *lessons.Lesson) (page map[string]*views.Exercise, notice string, err error) {
	page = map[string]*views.Exercise{}
	if len(s.exercises[l]) == 0 {
		return page, "", nil
	}
	works := map[string]*classroom.Work{}
	student, err := s.student(c)
	if student != nil {
		var all []classroom.Work
		all, err = s.store.Works(c.Request().Context(), student.ID)
		for i := range all {
			works[all[i].Exercise] = &all[i]
		}
	}
	switch {
	case errors.Is(err, context.Canceled):
		return nil, "", err
	case err != nil:
		s.noteUnreachable(c, err)
		student, notice = nil, unreachable
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), runLimit)
	defer cancel()
	for _, le := range s.exercises[l] {
		if student == nil {
			html, err := le.untouched()
			if err != nil {
				return nil, "", err
			}
			page[le.ID] = le.face()
			page[le.ID].HTML = html
			continue
		}
		d := &desk{lessonExercise: le, student: student, work: works[le.name()]}
		if page[le.ID], err = d.view(ctx); err == nil {
			err = d.equip(ctx, page[le.ID])
		}
		if err != nil {
			return nil, "", err
		}
	}
	return page, notice, nil
}

// asked are the exercises of a lesson as a hall is asked them, by id.
func (s *server) asked(l *lessons.Lesson) map[string]*views.Exercise {
	slides := map[string]*views.Exercise{}
	for _, le := range s.exercises[l] {
		slides[le.ID] = le.face()
	}
	return slides
}

// face is the exercise as nobody has touched it: its number, its title and the question of the first variant.
func (le *lessonExercise) face() *views.Exercise {
	return &views.Exercise{ID: "exercise-" + le.ID, Number: le.label(), Address: le.address(), Variant: le.Variant(0), Heading: le.heading}
}

// prepareExercises gives every exercise its place.
func (s *server) prepareExercises() {
	s.exercises = map[*lessons.Lesson][]*lessonExercise{}
	judged := newJudgedMemory()
	for _, l := range s.lessons {
		opening := 0 // exercises before the first section
		for _, b := range l.Intro {
			if b.Exercise != nil {
				opening++
			}
		}
		for i, each := range l.Exercises() {
			le := &lessonExercise{Exercise: each, lesson: l, number: i + 1, heading: 3, judged: judged}
			if i < opening {
				le.heading = 2
			}
			le.untouched = sync.OnceValues(le.render)
			s.exercises[l] = append(s.exercises[l], le)
		}
	}
}

// render is the exercise as it is before anybody touches it. Its key is left to the script, since many readers see it.
func (le *lessonExercise) render() (string, error) {
	d := &desk{lessonExercise: le}
	e, err := d.view(context.Background())
	if err != nil {
		return "", err
	}
	if err := d.equip(context.Background(), e); err != nil {
		return "", err
	}
	e.Key = ""
	var b strings.Builder
	err = views.ExerciseView(e).Render(context.Background(), &b)
	return b.String(), err
}
