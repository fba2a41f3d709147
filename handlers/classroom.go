package handlers

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/views"
)

// A roll is a classroom's students as a page names them.
type roll struct {
	students []classroom.Student
	labels   map[string]string // by id
}

// callRoll lists a classroom's students. With hidden names they have numbers in the order of their ids, which are random: so a number
// says nothing about its student, and stays while nobody joins or leaves.
func (s *server) callRoll(ctx context.Context, room string, hidden bool) (*roll, error) {
	students, err := s.store.Students(ctx, room)
	if err != nil {
		return nil, fmt.Errorf("students: %w", err)
	}
	r := &roll{students, make(map[string]string, len(students))}
	if !hidden {
		for _, st := range students {
			r.labels[st.ID] = st.Name
		}
		return r, nil
	}
	slices.SortFunc(students, func(a, b classroom.Student) int { return strings.Compare(a.ID, b.ID) })
	for i := range students {
		students[i].Name = "Student " + strconv.Itoa(i+1)
		r.labels[students[i].ID] = students[i].Name
	}
	return r, nil
}

func (r *roll) ref(id string, tries int) views.StudentRef {
	return views.StudentRef{ID: id, Label: r.labels[id], Tries: tries}
}

// course are all exercises in the lessons' order.
func (s *server) course() []*lessonExercise {
	var all []*lessonExercise
	for _, l := range s.lessons {
		all = append(all, s.exercises[l]...)
	}
	return all
}

// namesOf are the names of exercises in the store.
func namesOf(course []*lessonExercise) []string {
	names := make([]string, len(course))
	for i, le := range course {
		names[i] = le.name()
	}
	return names
}

// exerciseRow is how the owner's pages name an exercise; without a tally.
func exerciseRow(le *lessonExercise) views.ExerciseRow {
	return views.ExerciseRow{Address: "/exercises/" + le.name(), Title: le.Title, Number: le.label(), Lesson: le.lesson.Title}
}

// A count is a classroom's tally, with the exercises that it is about.
type count struct {
	*classroom.Tally
	course []*lessonExercise
	roll   *roll
}

// countClass reads what a dashboard needs, at the same time where it comes from several places.
func (s *server) countClass(ctx context.Context, room string, hidden bool) (*count, error) {
	var judged []classroom.Judged
	failed := make(chan error, 1)
	go func() {
		var err error
		judged, err = s.store.Judged(ctx, room)
		failed <- err
	}()
	progress, err := s.store.ClassProgress(ctx, room, "")
	err = errors.Join(<-failed, err)
	if err != nil {
		return nil, fmt.Errorf("a classroom's work: %w", err)
	}
	r, err := s.callRoll(ctx, room, hidden)
	if err != nil {
		return nil, err
	}
	course := s.course()
	return &count{classroom.Count(r.students, namesOf(course), progress, judged), course, r}, nil
}

// points are a student's, by the best variant of each exercise.
func (n *count) points(st *classroom.StudentTally) float64 {
	sum := 0.0
	for i, p := range st.Progress {
		if p != nil {
			sum += n.course[i].Points * p.Score
		}
	}
	return sum
}

// possible are the points of all exercises.
func (n *count) possible() float64 {
	sum := 0.0
	for _, le := range n.course {
		sum += le.Points
	}
	return sum
}

func (s *server) dashboard(c echo.Context) error {
	p, err := s.class(c)
	if err != nil {
		return err
	}
	return s.showDashboard(c, http.StatusOK, p, p.Classroom.Name, "")
}

// showDashboard answers a classroom at a glance; rename is what stands in the field of its name, and mistake what is wrong with it.
func (s *server) showDashboard(c echo.Context, status int, class views.ClassPage, rename, mistake string) error {
	n, err := s.countClass(c.Request().Context(), class.Classroom.ID, class.NamesHidden)
	if err != nil {
		return err
	}
	p := &views.DashboardPage{ClassPage: class, Order: c.QueryParam("order"), Possible: n.possible(), Rename: rename, Error: mistake}
	if p.Order != views.ByLesson && p.Order != views.ByPoints {
		p.Order = views.ByAttention
	}
	for i, le := range n.course {
		row := exerciseRow(le)
		row.Tally = &n.Exercises[i]
		row.Changed = row.Tally.Changed(le.Rule)
		p.Exercises = append(p.Exercises, row)
		p.Answers += row.Tally.Answers
		p.Open += row.Tally.Open
	}
	now := time.Now()
	for i := range n.Students {
		st := &n.Students[i]
		p.Students = append(p.Students, views.StudentRow{ID: st.Student.ID, Label: st.Student.Name, Tally: st, Points: n.points(st), Now: now})
		if st.Answers > 0 {
			p.Active++
		}
	}
	order(p)
	return render(c, status, views.Dashboard(p))
}

// order sorts the tables of a dashboard. Students come by name, or by number where names are hidden.
func order(p *views.DashboardPage) {
	switch p.Order {
	case views.ByAttention:
		slices.SortStableFunc(p.Exercises, byAttention)
		slices.SortStableFunc(p.Students, func(a, b views.StudentRow) int {
			return cmp.Or(cmp.Compare(b.Tally.Tried-b.Tally.Solved, a.Tally.Tried-a.Tally.Solved), cmp.Compare(a.Tally.Solved, b.Tally.Solved))
		})
	case views.ByPoints:
		slices.SortStableFunc(p.Exercises, func(a, b views.ExerciseRow) int { return cmp.Compare(b.Tally.Answers, a.Tally.Answers) })
		slices.SortStableFunc(p.Students, func(a, b views.StudentRow) int { return cmp.Compare(b.Points, a.Points) })
	}
}

// byAttention puts first what waits for the lecturer, then what few have solved of those who tried, and last what nobody has tried.
func byAttention(a, b views.ExerciseRow) int {
	waiting := func(r views.ExerciseRow) int { return r.Tally.Open + r.Changed }
	return cmp.Or(
		cmp.Compare(waiting(b), waiting(a)),
		cmp.Compare(min(b.Tally.Tried, 1), min(a.Tally.Tried, 1)),
		cmp.Compare(a.Tally.Success(), b.Tally.Success()))
}
