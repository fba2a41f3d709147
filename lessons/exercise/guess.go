package exercise

import (
	"fmt"
	"math"
	"net/url"

	"descent/lessons/cell"
)

// A place is where a guess can be: a point of the picture or the slope of a line, by formulas, or a
// fate. Of a line the second coordinate is nil.
type place struct {
	x, y, slope *Formula
	fate        string
}

// point reads a place of the keys answer: {x, y}, slope and fate, those that fit the question.
func (r *Reader) place(ask string) place {
	switch ask {
	case cell.AskSlope, cell.AskLine:
		r.Need("slope")
		return place{slope: r.Formula("slope")}
	case cell.AskFate:
		r.Need("fate")
		return place{fate: r.Word("fate", fates()...)}
	}
	r.Need("answer")
	at := r.Sub("answer")
	at.Need("x")
	p := place{x: at.Formula("x"), y: at.Formula("y")}
	at.Close()
	return p
}

func fates() []string {
	var list []string
	for _, o := range cell.PredictionParams(cell.AskFate).Lookup("guess").Options {
		if o.Value != "" {
			list = append(list, o.Value)
		}
	}
	return list
}

// form is the place as a form would send it as a guess about r; nil where there is none.
func (at place) form(v *Variant, p *cell.Prediction, r cell.Result) (url.Values, error) {
	if at.fate != "" {
		return url.Values{"guess": {at.fate}}, nil
	}
	var numbers []float64
	for _, f := range []*Formula{at.x, at.y, at.slope} {
		if f == nil {
			continue
		}
		n, err := f.Value(v.Values)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.ID, err)
		}
		numbers = append(numbers, n)
	}
	if s, ok := r.(*cell.Slope); ok && at.slope != nil {
		return p.LineValues(s, numbers[0]), nil
	}
	form := p.PointValues(r, numbers)
	if len(form) != len(p.Fields(r)) {
		return nil, fmt.Errorf("%s: the picture wants %d coordinates, the block gives %d", v.ID, len(p.Fields(r)), len(numbers))
	}
	return form, nil
}

// A nearness is how near a guess must be: in units of the data, or as a share of the picture's
// width and height; of a slope m, as a share of 1 + |m|.
type nearness struct{ absolute, window float64 }

// near reads window or absolute, of which there is at most one.
func (r *Reader) near(window float64) nearness {
	t := nearness{absolute: r.Number("absolute", 0, 1e6, 0), window: r.Number("window", 0.001, 0.5, window)}
	if r.Has("absolute") && r.Has("window") {
		r.Problem("absolute", "and window exclude each other")
	}
	return t
}

// off is how far a guess is from another one, in tolerances.
func (t nearness) off(r cell.Result, guess, want *cell.Prediction) float64 {
	a, b := guess.Point(r), want.Point(r)
	if a == nil || b == nil { // fates
		if guess.Values.Text("guess") == want.Values.Text("guess") {
			return 0
		}
		return math.Inf(1)
	}
	if s, ok := r.(*cell.Slope); ok && guess.Ask != cell.AskPoint {
		said, m := s.LineSlope(a[0]), s.LineSlope(b[0])
		if t.absolute > 0 {
			return math.Abs(said-m) / t.absolute
		}
		return math.Abs(said-m) / (t.window * (1 + math.Abs(m)))
	}
	dx, dy := t.apart(r, a, b)
	return math.Hypot(dx, dy)
}

// reached reports whether a guess is near enough; what lies on the edge is, whatever rounding makes of it.
func (t nearness) reached(r cell.Result, guess, want *cell.Prediction) bool {
	return t.off(r, guess, want) <= 1+1e-9
}

// apart is how far a lies to the right of b and above it, in tolerances.
func (t nearness) apart(r cell.Result, a, b []float64) (dx, dy float64) {
	width, height := t.absolute, t.absolute
	if t.absolute == 0 {
		_, w := r.(cell.OnPlane).Plane()
		width, height = t.window*(w.XMax-w.XMin), t.window*(w.YMax-w.YMin)
	}
	if dx = (a[0] - b[0]) / width; len(a) > 1 {
		dy = (a[1] - b[1]) / height
	}
	return dx, dy
}

// A misplaced is a wrong guess that the author states.
type misplaced struct {
	id       string
	at       place
	feedback *Text
}

// misplaced reads the wrong guesses.
func (r *Reader) misplaced(ask string) []misplaced {
	var list []misplaced
	r.Mistakes(func(m *Reader, id string, feedback *Text) {
		list = append(list, misplaced{id, m.place(ask), feedback})
	})
	return list
}

// diagnose finds the first stated mistake that the guess is near to; nil: none.
func (in *Instrument) diagnose(v *Variant, r cell.Result, guess *cell.Prediction, t nearness, list []misplaced) (*misplaced, error) {
	for i := range list {
		form, err := list[i].at.form(v, guess, r)
		if err != nil {
			return nil, err
		}
		if wrong, _ := in.Predict(form); t.reached(r, guess, wrong) {
			return &list[i], nil
		}
	}
	return nil, nil
}

// wrong is the verdict on a guess that is not right: what the author says of it, or these words.
func (in *Instrument) wrong(v *Variant, r cell.Result, guess *cell.Prediction, t nearness, list []misplaced, words string) (Verdict, error) {
	known, err := in.diagnose(v, r, guess, t, list)
	switch {
	case err != nil:
		return Verdict{}, err
	case known != nil:
		return Verdict{Outcome: Wrong, Diagnosis: known.id, Feedback: []string{known.feedback.HTML(v.Values)}}, nil
	}
	return Verdict{Outcome: Wrong, Feedback: []string{Escape(words)}}, nil
}

// stated are the wrong guesses as forms.
func (in *Instrument) stated(v *Variant, r cell.Result, list []misplaced) []Mistake {
	p, _ := in.Predict(nil)
	var mistakes []Mistake
	for _, m := range list {
		form, _ := m.at.form(v, p, r) // none: judged as one without an answer
		mistakes = append(mistakes, Mistake{m.id, form})
	}
	return mistakes
}
