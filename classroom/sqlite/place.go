package sqlite

import (
	"context"
	"errors"
	"net/url"
	"time"

	"descent/classroom"
)

// A place is a student at an exercise, within a write.
type place struct {
	*tx
	student, exercise int64
	progress          classroom.Progress // as it is kept
}

// at finds the place and begins the work there if there is none yet.
func (t *tx) at(student, exercise string, variant int, now time.Time) (*place, error) {
	p := &place{tx: t}
	var err error
	if p.student, err = number(t.ctx, t, studentNumber, student); err != nil {
		return nil, err
	}
	if p.exercise, err = t.exercise(exercise); err != nil {
		return nil, err
	}
	err = get(t.ctx, t, readProgress(&p.progress), "SELECT "+progressColumns+" FROM work w WHERE w.student = ? AND w.exercise = ?", p.student, p.exercise)
	if errors.Is(err, classroom.ErrNotFound) {
		p.progress = classroom.Progress{Variant: variant, Begun: now}
		err = p.exec(`INSERT INTO work (student, exercise, variant, hints, gave_up, begun, last, tries, open, solved, solved_variant, solved_tries, score)
			VALUES (?, ?, ?, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0)`, p.student, p.exercise, variant, millis(now))
	}
	return p, err
}

// exercise is the number of an exercise, a new one for a new name.
func (t *tx) exercise(name string) (int64, error) {
	n, err := number(t.ctx, t, exerciseNumber, name)
	if !errors.Is(err, classroom.ErrNotFound) {
		return n, err
	}
	if err := t.exec("INSERT INTO exercise (name) VALUES (?)", name); err != nil {
		return 0, err
	}
	return number(t.ctx, t, exerciseNumber, name)
}

// save writes the place's progress.
func (p *place) save() error {
	w := &p.progress
	return p.exec(`UPDATE work SET variant = ?, hints = ?, gave_up = ?, last = ?, tries = ?, open = ?, solved = ?, solved_variant = ?, solved_tries = ?, score = ?
		WHERE student = ? AND exercise = ?`,
		w.Variant, w.Hints, w.GaveUp, millis(w.Last), w.Tries, w.Open, millis(w.Solved), w.SolvedVariant, w.SolvedTries, w.Score, p.student, p.exercise)
}

func (p *place) clearDraft() error {
	return p.exec("DELETE FROM draft WHERE student = ? AND exercise = ?", p.student, p.exercise)
}

// SaveDraft keeps what was typed at the present variant.
func (s *Store) SaveDraft(ctx context.Context, student, exercise string, variant int, draft url.Values, at time.Time) error {
	if err := valid(classroom.CheckPlace(exercise, variant), classroom.CheckAnswer(draft)); err != nil {
		return err
	}
	answer := draft.Encode()
	return s.writer.commit(ctx, func(t *tx) error {
		p, err := t.at(student, exercise, variant, at)
		if err != nil || p.progress.Variant != variant {
			return err
		}
		if answer == "" {
			return p.clearDraft()
		}
		return p.exec("INSERT INTO draft (student, exercise, answer) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET answer = excluded.answer", p.student, p.exercise, answer)
	})
}

// TakeHint notes what was shown of the present variant.
func (s *Store) TakeHint(ctx context.Context, student, exercise string, variant, n int, giveUp bool, at time.Time) error {
	if err := valid(classroom.CheckPlace(exercise, variant), classroom.CheckHints(n)); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		p, err := t.at(student, exercise, variant, at)
		if err != nil || p.progress.Variant != variant {
			return err
		}
		p.progress.Hints = max(p.progress.Hints, n)
		if giveUp && !p.progress.GaveUp {
			solved, err := p.solved(variant)
			if err != nil {
				return err
			}
			p.progress.GaveUp = !solved
		}
		return p.save()
	})
}

// solved says whether there is a right answer to the variant.
func (p *place) solved(variant int) (solved bool, err error) {
	err = get(p.ctx, p, to(&solved), `SELECT EXISTS (SELECT 1 FROM attempt WHERE student = ? AND exercise = ? AND variant = ?
		AND CASE settled WHEN '' THEN outcome ELSE settled END = 'right')`, p.student, p.exercise, variant)
	return solved, err
}

// Move goes on to another variant.
func (s *Store) Move(ctx context.Context, student, exercise string, from, to int, at time.Time) error {
	if err := valid(classroom.CheckPlace(exercise, from), classroom.CheckPlace(exercise, to)); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		p, err := t.at(student, exercise, from, at)
		if err != nil || p.progress.Variant != from {
			return err
		}
		if err := p.leave(); err != nil {
			return err
		}
		if err := p.enter(to); err != nil {
			return err
		}
		return errors.Join(p.save(), p.clearDraft())
	})
}

// leave keeps what was shown of the present variant, if anything was.
func (p *place) leave() error {
	w := &p.progress
	if w.Hints == 0 && !w.GaveUp {
		return nil
	}
	return p.exec(`INSERT INTO shown (student, exercise, variant, hints, gave_up) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET hints = excluded.hints, gave_up = excluded.gave_up`, p.student, p.exercise, w.Variant, w.Hints, w.GaveUp)
}

// enter makes a variant the present one, with what was shown of it before.
func (p *place) enter(variant int) error {
	w := &p.progress
	w.Variant, w.Hints, w.GaveUp = variant, 0, false
	err := get(p.ctx, p, to(&w.Hints, &w.GaveUp), "SELECT hints, gave_up FROM shown WHERE student = ? AND exercise = ? AND variant = ?", p.student, p.exercise, variant)
	if errors.Is(err, classroom.ErrNotFound) {
		return nil
	}
	return err
}
