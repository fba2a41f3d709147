package handlers

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/lessons/exercise"
	"descent/views"
)

// Limits of the owner's page about an exercise.
const (
	mostSamples = 5  // answers that stand for a mistake
	mostGroups  = 30 // mistakes
	mostOpen    = 50 // answers to be settled, and settled ones
	wordsLimit  = 2 * time.Second
)

// exerciseOfClass is the exercise that an address below a classroom's names.
func (s *server) exerciseOfClass(c echo.Context, name string) (*lessonExercise, error) {
	for _, le := range s.course() {
		if le.name() == name {
			return le, nil
		}
	}
	return nil, notFound("The lessons have no such exercise, or not any more. Its answers are kept, and stand in the file of all answers.",
		views.Link{Address: classAddress(c, ""), Text: "Back to the classroom"})
}

func (s *server) classExercise(c echo.Context) error {
	class, err := s.class(c)
	if err != nil {
		return err
	}
	le, err := s.exerciseOfClass(c, c.Param("slug")+"/"+c.Param("exercise"))
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	r, err := s.callRoll(ctx, class.Classroom.ID, class.NamesHidden)
	if err != nil {
		return err
	}
	works, err := s.store.ClassWorks(ctx, class.Classroom.ID, le.name(), true)
	if err != nil {
		return fmt.Errorf("a classroom's work at an exercise: %w", err)
	}
	p := &views.ClassExercisePage{ClassPage: class, Row: exerciseRow(le), Own: le.address()}
	p.Page.Title = le.Title + ", " + class.Classroom.Name
	tally := classroom.Count(r.students, []string{le.name()}, progressOf(works), classroom.Judge(works))
	p.Row.Tally = &tally.Exercises[0]
	p.Row.Changed = p.Row.Tally.Changed(le.Rule)
	p.Untouched = len(r.students) - p.Row.Tally.Tried
	for _, st := range tally.Students {
		if at := st.Progress[0]; at != nil && at.Answers() > 0 && at.Solved.IsZero() {
			p.Unsolved = append(p.Unsolved, r.ref(st.Student.ID, at.Answers()))
		}
	}
	listUndecided(p, le, r, works)
	groups := classroom.GroupMistakes(works, mostSamples)
	p.Mistakes = inWords(ctx, le, groups[:min(mostGroups, len(groups))])
	return render(c, http.StatusOK, views.ClassExercise(p))
}

// progressOf sums up works.
func progressOf(works []classroom.Work) []classroom.Progress {
	all := make([]classroom.Progress, len(works))
	for i := range works {
		w := &works[i]
		all[i] = classroom.Progress{Student: w.Student, Exercise: w.Exercise, Variant: w.Variant, Hints: w.Hints, GaveUp: w.GaveUp, Begun: w.Begun}
		all[i].Recount(w.Attempts)
	}
	return all
}

// listUndecided lists the answers that the program could not decide: by variant, the oldest first; the settled ones by themselves and the latest first.
func listUndecided(p *views.ClassExercisePage, le *lessonExercise, r *roll, works []classroom.Work) {
	var open []views.AnswerView
	for i := range works {
		for j := range works[i].Attempts {
			a := &works[i].Attempts[j]
			switch {
			case a.Outcome != classroom.Undecided:
			case a.Settled == "":
				open = append(open, answerView(a, r))
			default:
				p.Settled = append(p.Settled, answerView(a, r))
			}
		}
	}
	slices.SortFunc(open, func(a, b views.AnswerView) int { return cmp.Or(cmp.Compare(a.Variant, b.Variant), a.At.Compare(b.At)) })
	slices.SortFunc(p.Settled, func(a, b views.AnswerView) int { return b.At.Compare(a.At) })
	p.MoreOpen = max(0, len(open)-mostOpen)
	for _, a := range open[:len(open)-p.MoreOpen] {
		if n := len(p.Open); n == 0 || p.Open[n-1].Variant != a.Variant {
			p.Open = append(p.Open, asked(le, a.Variant))
		}
		last := &p.Open[len(p.Open)-1]
		last.Answers = append(last.Answers, a)
	}
	p.Settled = p.Settled[:min(mostOpen, len(p.Settled))]
}

// asked is what a variant asks, so that its answers can be judged.
func asked(le *lessonExercise, variant int) views.OpenAnswers {
	if variant >= le.Variants {
		return views.OpenAnswers{Variant: variant}
	}
	v := le.Variant(variant)
	return views.OpenAnswers{Variant: variant, QuestionHTML: v.QuestionHTML, SolutionHTML: v.SolutionHTML}
}

func answerView(a *classroom.Attempt, r *roll) views.AnswerView {
	return views.AnswerView{
		ID: a.ID, Student: r.ref(a.Student, 0), Variant: a.Variant, Fields: views.Fields(a.Answer), At: a.At, Outcome: a.Outcome, Settled: a.Settled,
		Diagnosis: a.Diagnosis, Score: a.Score, Hints: a.Hints,
	}
}

// inWords finds what students are told of each mistake, by judging its most frequent answer: the exercise has no list of them, since
// the words depend on the numbers. What it cannot say in time is left out.
func inWords(ctx context.Context, le *lessonExercise, groups []classroom.MistakeGroup) []views.MistakeView {
	ctx, cancel := context.WithTimeout(ctx, wordsLimit)
	defer cancel()
	list := make([]views.MistakeView, len(groups))
	for i, g := range groups {
		list[i].MistakeGroup = g
		if g.Diagnosis == "" || len(g.Samples) == 0 || g.Samples[0].Variant >= le.Variants {
			continue
		}
		v := le.Variant(g.Samples[0].Variant)
		verdict, err := v.Task.Check(ctx, v, g.Samples[0].Answer)
		if err == nil && len(verdict.Errors) == 0 && verdict.Diagnosis == g.Diagnosis {
			list[i].WordsHTML = verdict.Feedback
		}
	}
	return list
}

// settle keeps what the lecturer makes of an undecided answer.
func (s *server) settle(c echo.Context) error {
	form, err := smallForm(c)
	if err != nil {
		return err
	}
	class, err := s.class(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	id, err := strconv.ParseInt(c.Param("attempt"), 10, 64)
	if err != nil {
		return notFound("There is no such answer.", views.Link{Address: classAddress(c, ""), Text: "Back to the classroom"})
	}
	s.grading.Lock()
	defer s.grading.Unlock()
	a, err := s.store.Attempt(ctx, class.Classroom.ID, id)
	if isNotFound(err) {
		return notFound("There is no such answer.", views.Link{Address: classAddress(c, ""), Text: "Back to the classroom"})
	}
	if err != nil {
		return fmt.Errorf("an answer: %w", err)
	}
	back := classAddress(c, "/exercises/"+a.Exercise)
	outcome := classroom.Outcome(form.Get("outcome"))
	if a.Outcome != classroom.Undecided || !form.Has("outcome") || outcome != "" && outcome != classroom.Right && outcome != classroom.Wrong {
		return &problem{http.StatusConflict, "There is nothing to settle", "This answer has been judged otherwise meanwhile, or the form does not say how it is to be settled.",
			[]views.Link{{Address: back, Text: "Back to the exercise"}}}
	}
	score := 0.0
	if outcome == classroom.Right {
		if score, err = s.worth(ctx, &a); err != nil {
			return err
		}
	}
	if err := s.store.Settle(ctx, class.Classroom.ID, id, outcome, score); err != nil {
		return s.notSaved(c, err)
	}
	return c.Redirect(http.StatusSeeOther, back+"#answer-"+strconv.FormatInt(id, 10))
}

// worth is what an answer earns if it is right. Of an exercise that is no longer in a lesson nothing is known but that it was worth one.
func (s *server) worth(ctx context.Context, a *classroom.Attempt) (float64, error) {
	w, err := s.store.Work(ctx, a.Student, a.Exercise)
	if err != nil || w == nil {
		return 0, fmt.Errorf("the work of an answer: %w", err)
	}
	for _, le := range s.course() {
		if le.name() == a.Exercise {
			i := slices.IndexFunc(w.Attempts, func(b classroom.Attempt) bool { return b.ID == a.ID })
			return scoreOf(le.Exercise, w.Attempts[:max(0, i)], a), nil
		}
	}
	return 1, nil
}

// scoreOf is what an answer earns if it is right, by the exercise's rules, after those that the student sent before.
func scoreOf(e *exercise.Exercise, before []classroom.Attempt, a *classroom.Attempt) float64 {
	var tries []classroom.Attempt
	for _, b := range before {
		if b.Variant == a.Variant {
			tries = append(tries, b)
		}
	}
	hints := e.Variant(a.Variant).Hints
	return e.Score(wrongTries(tries), hints[:min(a.Hints, len(hints))])
}
