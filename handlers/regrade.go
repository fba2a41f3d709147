package handlers

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/lessons/exercise"
	"descent/views"
)

// regradeLimit is how long one request judges; the answers that are left then are for the next one.
const regradeLimit = 4 * time.Second

// mostChanges is how many answers a page lists; all that are counted are applied.
const mostChanges = 300

// A difference is what an exercise as it is now makes of the answers of a classroom. It changes nothing.
type difference struct {
	le      *lessonExercise
	judged  int                 // answers that were judged so far
	all     int                 // answers
	changed []classroom.Attempt // with their new verdict; those too of which only the rule is new
	old     []classroom.Attempt // the same with the one that is kept
	misfits int                 // of changed: the exercise cannot read them any more
	settled int                 // of changed: the lecturer has settled them
	works   []classroom.Work    // with the new verdicts
	before  map[string]float64  // score of each student
}

// differs tells whether the ith of the changed attempts gets another verdict than it had.
func (d *difference) differs(i int) bool {
	a, b := &d.old[i], &d.changed[i]
	return a.Outcome != b.Outcome || a.Diagnosis != b.Diagnosis || a.Score != b.Score
}

// digest stands for exactly what would be applied to what, by which rule; "" when there is nothing.
func (d *difference) digest() string {
	if len(d.changed) == 0 {
		return ""
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %s %d\n", d.le.name(), d.le.Rule, d.all)
	for i := range d.changed {
		for _, a := range []*classroom.Attempt{&d.old[i], &d.changed[i]} {
			fmt.Fprintf(sum, "%d %s %q %v %q %s\n", a.ID, a.Outcome, a.Diagnosis, a.Score, a.Rule, a.Settled)
		}
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:16])
}

// regrade judges a classroom's answers to an exercise anew, until it is through or its time is up. What was judged in an earlier
// request is not judged again.
func (s *server) regrade(ctx context.Context, room string, le *lessonExercise) (*difference, error) {
	works, err := s.store.ClassWorks(ctx, room, le.name(), true)
	if err != nil {
		return nil, fmt.Errorf("answers to be judged again: %w", err)
	}
	d := newDifference(le, works)
	ctx, cancel := context.WithTimeout(ctx, regradeLimit)
	defer cancel()
	return d, d.judgeAll(ctx, s.verdicts.of(le))
}

// newDifference is one in which nothing is judged yet.
func newDifference(le *lessonExercise, works []classroom.Work) *difference {
	d := &difference{le: le, works: works, before: map[string]float64{}}
	for i := range works {
		d.all += len(works[i].Attempts)
		d.before[works[i].Student] = best(works[i].Attempts)
	}
	return d
}

// judgeAll judges until it is through or the context's time is up, which is no error.
func (d *difference) judgeAll(ctx context.Context, verdicts *verdicts) error {
	for i := range d.works {
		if err := d.work(ctx, &d.works[i], verdicts); err != nil {
			if errors.Is(err, context.DeadlineExceeded) {
				return nil
			}
			return err
		}
	}
	return nil
}

// best is the score of the best variant.
func best(attempts []classroom.Attempt) float64 {
	score := 0.0
	for i := range attempts {
		if attempts[i].Final() == classroom.Right {
			score = max(score, attempts[i].Score)
		}
	}
	return score
}

// work judges one student's answers in order, since what one is worth depends on those before.
func (d *difference) work(ctx context.Context, w *classroom.Work, verdicts *verdicts) error {
	for i := range w.Attempts {
		a := &w.Attempts[i]
		old := *a
		if a.Rule != d.le.Rule {
			if err := d.judge(ctx, w, i, verdicts); err != nil {
				return err
			}
			d.old, d.changed = append(d.old, old), append(d.changed, *a)
		}
		d.judged++
	}
	return nil
}

// judge replaces the ith attempt's verdict by the exercise's as it is now. A verdict of the lecturer's stays, and so does that of an answer
// which the exercise cannot read any more.
func (d *difference) judge(ctx context.Context, w *classroom.Work, i int, verdicts *verdicts) error {
	a := &w.Attempts[i]
	a.Rule = d.le.Rule
	switch {
	case a.Settled != "":
		d.settled++
		return ctx.Err()
	case a.Variant >= d.le.Variants:
		d.misfits++
		return ctx.Err()
	}
	verdict, err := verdicts.judge(ctx, d.le.Exercise, a)
	if err != nil {
		return err
	}
	if verdict.misfit {
		d.misfits++
		return nil
	}
	a.Outcome, a.Diagnosis, a.Score = verdict.outcome, verdict.diagnosis, 0
	if a.Outcome == classroom.Right {
		a.Score = scoreOf(d.le.Exercise, w.Attempts[:i], a)
	}
	return nil
}

// regradeOf reads which classroom and exercise are meant, and judges.
func (s *server) regradeOf(c echo.Context, name string) (*difference, views.ClassPage, error) {
	class, err := s.class(c)
	if err != nil {
		return nil, class, err
	}
	le, err := s.exerciseOfClass(c, name)
	if err != nil {
		return nil, class, err
	}
	d, err := s.regrade(c.Request().Context(), class.Classroom.ID, le)
	return d, class, err
}

// showRegrade shows what would change. Nothing does.
func (s *server) showRegrade(c echo.Context) error {
	d, class, err := s.regradeOf(c, c.QueryParam("exercise"))
	if err != nil {
		return err
	}
	return s.renderRegrade(c, http.StatusOK, class, d, false)
}

// applyRegrade applies the difference that was shown, and no other one.
func (s *server) applyRegrade(c echo.Context) error {
	form, err := smallForm(c)
	if err != nil {
		return err
	}
	s.grading.Lock() // so that nothing is settled between judging and keeping
	defer s.grading.Unlock()
	d, class, err := s.regradeOf(c, form.Get("exercise"))
	if err != nil {
		return err
	}
	if d.judged < d.all || d.digest() == "" || d.digest() != form.Get("digest") {
		return s.renderRegrade(c, http.StatusConflict, class, d, true)
	}
	if err := s.store.Regrade(c.Request().Context(), class.Classroom.ID, d.changed); err != nil {
		if isNotFound(err) { // a student was deleted in this moment
			return s.showConflict(c, class, d.le)
		}
		return s.notSaved(c, err)
	}
	return c.Redirect(http.StatusSeeOther, classAddress(c, "/exercises/"+d.le.name()))
}

// showConflict shows the difference as it is now.
func (s *server) showConflict(c echo.Context, class views.ClassPage, le *lessonExercise) error {
	d, err := s.regrade(c.Request().Context(), class.Classroom.ID, le)
	if err != nil {
		return err
	}
	return s.renderRegrade(c, http.StatusConflict, class, d, true)
}

func (s *server) renderRegrade(c echo.Context, status int, class views.ClassPage, d *difference, surprise bool) error {
	r, err := s.callRoll(c.Request().Context(), class.Classroom.ID, class.NamesHidden)
	if err != nil {
		return err
	}
	p := &views.RegradePage{
		ClassPage: class, Row: exerciseRow(d.le), Name: d.le.name(), Judged: d.judged, All: d.all, Misfits: d.misfits, Settled: d.settled, Surprise: surprise,
	}
	p.Page.Title = "Judge again: " + d.le.Title
	if p.Complete() {
		p.Digest = d.digest()
		d.list(p, r)
	}
	return render(c, status, views.Regrade(p))
}

// list fills a page with the difference.
func (d *difference) list(p *views.RegradePage, r *roll) {
	for i := range d.changed {
		switch a := &d.changed[i]; {
		case !d.differs(i):
			p.Same++
		case len(p.Changes) < mostChanges:
			p.Changes = append(p.Changes, views.RegradeChange{Answer: answerView(&d.old[i], r), Outcome: a.Outcome, Diagnosis: a.Diagnosis, Score: a.Score})
		default:
			p.More++
		}
	}
	for i := range d.works {
		w := &d.works[i]
		if before, after := d.before[w.Student], best(w.Attempts); before != after {
			p.Points = append(p.Points, views.PointsChange{Student: r.ref(w.Student, 0), Before: d.le.Points * before, After: d.le.Points * after})
		}
	}
	slices.SortStableFunc(p.Points, func(a, b views.PointsChange) int { return cmp.Compare(a.After-a.Before, b.After-b.Before) }) // who loses most comes first
}

// reread judges an answer; the outcome is "" when the exercise cannot read it.
func reread(ctx context.Context, e *exercise.Exercise, variant int, answer url.Values) (verdict, error) {
	v := e.Variant(variant)
	found, err := v.Task.Check(ctx, v, answer)
	if err != nil {
		return verdict{}, fmt.Errorf("judging an answer again: %w", err)
	}
	return verdict{misfit: len(found.Errors) > 0, outcome: classroom.Outcome(found.Outcome), diagnosis: found.Diagnosis}, nil
}

// keyOfAnswer stands for an answer to a variant.
func keyOfAnswer(variant int, answer url.Values) (key [sha256.Size]byte) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d\n", variant)
	io.WriteString(sum, answer.Encode())
	sum.Sum(key[:0])
	return key
}
