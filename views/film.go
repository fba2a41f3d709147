package views

import (
	"context"
	"fmt"
	"strings"

	"descent/lessons/cell"
	"descent/views/chart"
)

// A Film is a run step by step, so that a page can walk along it without asking for every step. Its parts for step From+i
// stand at index i.
type Film struct {
	From   int                    `json:"from"`
	Last   int                    `json:"last"` // the last step of the run that can be shown
	Tracks map[string]chart.Track `json:"tracks"`
	Marks  map[string][]string    `json:"marks"` // by picture: what WriteMoment writes
	Here   []string               `json:"here"`  // where the run stands, in words
	Work   []string               `json:"work"`  // the arithmetic of the update, as HTML
}

// FilmLength is how many steps a Film has at most.
const FilmLength = 100

// walkedRun is the run of a result that a reader can walk along; nil: none.
func walkedRun(result cell.Result) *cell.Descent {
	switch r := result.(type) {
	case *cell.Descent:
		return r
	case *cell.Sweep:
		return r.Chosen
	}
	return nil
}

// NewFilm is the film of a result from a step on, kept within the run, for the pictures with these names; without names for
// all. ok is false for results that have none.
func NewFilm(ctx context.Context, result cell.Result, names []string, from int) (film *Film, ok bool, err error) {
	d := walkedRun(result)
	if d == nil {
		return nil, false, nil
	}
	last := max(d.Run.LastFinite(), 0)
	from = min(max(from, 0), last)
	film = &Film{From: from, Last: last, Tracks: map[string]chart.Track{}, Marks: map[string][]string{}}
	steps := min(FilmLength, last-from+1)
	for _, f := range chosen(figuresAmong(result, names), names) {
		if f.Steps() == 0 {
			continue
		}
		if track, drawn := f.Track(); drawn {
			film.Tracks[f.Name] = track
		}
		marks := make([]string, steps)
		for i := range marks {
			var b strings.Builder
			if err := f.WriteMoment(&b, min(from+i, f.Steps()-1)); err != nil {
				return nil, true, err
			}
			marks[i] = b.String()
			if err := ctx.Err(); err != nil {
				return nil, true, err
			}
		}
		film.Marks[f.Name] = marks
	}
	for k := from; k < from+steps; k++ {
		film.Here = append(film.Here, d.At(k))
		var b strings.Builder
		if d.Domain == nil {
			if err := workings(d, k).Render(ctx, &b); err != nil {
				return nil, true, fmt.Errorf("step %d: %w", k, err)
			}
		}
		film.Work = append(film.Work, b.String())
	}
	return film, true, nil
}
