package exercise

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"descent/lessons/cell"
	"descent/optim/param"
)

// predictKind: what will happen? The picture holds nothing of the answer until it is given.
var predictKind = &Kind{
	ID: "predict", Title: "Predict",
	Keys: []string{"cell", "ask", "window", "absolute"},
	Read: readPredict,
}

type predict struct {
	in        *Instrument
	tolerance nearness
	mistakes  []misplaced
}

func readPredict(r *Reader) Task {
	t := &predict{in: r.instrument()}
	if t.in == nil || !r.Need("ask") {
		return t
	}
	if len(t.in.Kind.Asks) == 0 {
		r.Problem("cell", "%s asks nothing", t.in.Kind.ID)
		return t
	}
	if t.in.Ask = r.Word("ask", t.in.Kind.Asks...); t.in.Ask == "" {
		return t
	}
	if len(t.in.Show) > 0 {
		r.Problem("cell", "show has no place here: what is predicted stands still")
	}
	if len(t.in.Figures) > 0 && t.in.Figures[0] != t.in.Kind.Figures[0] {
		r.Problem("cell", "the question is drawn in %s, which must be the first of figures", t.in.Kind.Figures[0])
	}
	t.tolerance = r.near(map[string]float64{cell.AskSlope: 0.1}[t.in.Ask])
	if t.in.Ask != cell.AskSlope && !r.Has("absolute") && !r.Has("window") {
		t.tolerance.window = 0.05
	}
	t.mistakes = r.misplaced(t.in.Ask)
	return t
}

// Instrument implements [Pictured].
func (t *predict) Instrument() *Instrument { return t.in }

// result is the run that is asked about.
func (t *predict) result(ctx context.Context, v *Variant) (cell.Result, error) {
	values, err := t.in.Values(v)
	if err != nil {
		return nil, err
	}
	return t.in.Run(ctx, values)
}

// Check implements [Task].
func (t *predict) Check(ctx context.Context, v *Variant, answer url.Values) (Verdict, error) {
	r, err := t.result(ctx, v)
	if err != nil {
		return Verdict{}, err
	}
	guess, errs := t.in.guess(r, answer)
	if len(errs) > 0 {
		return Verdict{Errors: errs}, nil
	}
	truth, _ := t.in.Predict(guess.Truth(ctx, r))
	if err := ctx.Err(); err != nil {
		return Verdict{}, err
	}
	if t.tolerance.reached(r, guess, truth) {
		return Verdict{Outcome: Right}, nil
	}
	return t.in.wrong(v, r, guess, t.tolerance, t.mistakes, missed(guess, r))
}

// missed says what is wrong with a guess that no author foresaw, without the truth.
func missed(guess *cell.Prediction, r cell.Result) string {
	if guess.Ask != cell.AskFate {
		return strings.TrimSpace("Not there. " + guess.Miss(r))
	}
	said := guess.Values.Text("guess")
	options := cell.PredictionParams(cell.AskFate).Lookup("guess").Options
	i := slices.IndexFunc(options, func(o param.Option) bool { return o.Value == said })
	return "Something else becomes of it. “" + said + "” would mean that it " + options[i].Label + "."
}

// Model implements [Task].
func (t *predict) Model(v *Variant) url.Values {
	r, err := t.result(context.Background(), v)
	if err != nil {
		return nil
	}
	p, _ := t.in.Predict(nil)
	return p.Truth(context.Background(), r)
}

// Mistakes implements [Task].
func (t *predict) Mistakes(v *Variant) []Mistake {
	r, err := t.result(context.Background(), v)
	if err != nil {
		return nil
	}
	return t.in.stated(v, r, t.mistakes)
}
