package cell

import (
	"context"
	"fmt"
	"math"
	"slices"

	"descent/optim/logistic"
	"descent/optim/param"
)

var noiseKind = &Kind{
	ID: "noise", Title: "Noise, η and the batch size",
	Summary: "How far above its minimum the loss of SGD stays for every η, or where it ends for every η and batch size; one of the runs is shown.",
	Params:  noiseParams(),
	Figures: []string{"noise", "loss"},
	Run: func(ctx context.Context, v param.Values) (Result, error) {
		return runNoise(ctx, v, Page{Waits: true})
	},
	RunFor: runNoise,
}

func noiseParams() param.Table {
	runs := without(batchParams(), "steps")
	runs.Lookup("eta").Span = [2]string{"from", "to"}
	epochs := runs.Lookup("epochs")
	epochs.Min, epochs.Default, epochs.SoftMin, epochs.SoftMax = 1, "100", 1, 200
	epochs.Vary = param.Variation{Param: "over", Defaults: map[string]string{overPlane: "2"}}
	return table(param.Table{
		{Name: "over", Label: "change", Type: param.Choice, Default: overEta, Options: []param.Option{
			{Value: overEta, Label: "η alone: the noise floor"}, {Value: overPlane, Label: "η and the batch size"},
		}},
	}, runs, param.Table{edgeOfRates("from", "smallest η"), edgeOfRates("to", "largest η")}, sgdData())
}

// A Noise is what becomes of SGD when η changes, alone or with the batch size, and
// one of the runs.
type Noise struct {
	*SGD   // the run at the values of η and b
	Plane  bool
	Survey *BatchSurvey // of all runs, shared between results: read only
	Here   Floor        // over η alone: at the chosen η
}

// A Floor is the mean loss above its minimum over the second half of long runs that
// begin there, for one η; +Inf where a run diverges.
type Floor struct {
	Eta             float64
	Drawn, Shuffled float64 // with replacement; in a new order each epoch, at the ends of epochs
	Theory          float64 // of Drawn; NaN where theory has no such number
}

func runNoise(ctx context.Context, v param.Values, page Page) (Result, error) {
	r, err := sgdRegression(ctx, v)
	if err != nil {
		return nil, err
	}
	n := &Noise{Plane: v.Text("over") == overPlane}
	if !n.Plane && (!r.Known || r.Optimum.Separable) {
		return nil, param.Errorf("over", "asks for a minimum that the loss can stay above; these classes are separable, so there is none. Set λ above 0, or change η and the batch size")
	}
	if err := checkEdges(v); err != nil {
		return nil, err
	}
	if n.SGD, err = trainSGD(ctx, r); err != nil {
		return nil, err
	}
	if n.Survey, err = n.survey(ctx, page); err != nil {
		return nil, err
	}
	if !n.Plane {
		if n.Here, err = n.floorAt(ctx, v.Float("eta"), n.Survey.Epochs, n.Survey.Seeds); err != nil {
			return nil, err
		}
	}
	return n, ctx.Err()
}

// SurveyKey names all that the survey depends on, whether it is a sketch included,
// as a query: every value but the chosen point.
func (n *Noise) SurveyKey() string { return n.surveyKey(n.Survey.Sketch) }

func (n *Noise) surveyKey(sketch bool) string {
	names := slices.DeleteFunc(n.Values.Table().Names(), func(name string) bool {
		switch name {
		case "eta", "against", "average", "average_from", "axis1", "axis2", "axes":
			return true
		case "batch", "order":
			return (name == "batch") == n.Plane
		}
		return false
	})
	return fmt.Sprint(n.Data.Key, "?", n.Values.Encode(names), "&sketch=", sketch)
}

// Above is the loss of the chosen run at its end above the least possible, or the
// loss itself where that is not known; +Inf where it diverges.
func (n *Noise) Above() float64 {
	last, _ := n.Last()
	loss, _ := n.Loss(last)
	if n.Run.Stop.Reason == logistic.Diverged {
		return math.Inf(1)
	}
	if least, known := n.Least(); known {
		loss -= least
	}
	return loss
}

// Least is the least possible loss; ok is false where there is none, or none is
// known.
func (n *Noise) Least() (loss float64, ok bool) {
	if !n.Known || n.Optimum.Separable {
		return 0, false
	}
	return n.Optimum.Objective, true
}

// JSON implements [Result].
func (n *Noise) JSON() any {
	type floor struct {
		Eta      Float `json:"eta"`
		Drawn    Float `json:"replacement"`
		Shuffled Float `json:"shuffled"`
		Theory   Float `json:"theory"`
	}
	type point struct {
		Eta   Float `json:"eta"`
		Batch int   `json:"batch"`
		Loss  Float `json:"loss"`
	}
	out := struct {
		Over     string  `json:"over"`
		Edges    []Float `json:"edges"`
		Epochs   int     `json:"epochs"`
		Seeds    int     `json:"seeds,omitempty"`
		Examples int     `json:"examples,omitempty"`
		Floors   []floor `json:"floors,omitempty"`
		Points   []point `json:"points,omitempty"`
		Chosen   any     `json:"chosen"`
		Message  string  `json:"message"`
	}{
		Over: n.Values.Text("over"), Edges: floats([]float64{n.Survey.From, n.Survey.To}), Epochs: n.Survey.Epochs, Seeds: n.Survey.Seeds, Examples: n.Survey.Examples,
		Chosen: n.SGD.JSON(), Message: n.Readout().Text(),
	}
	for _, f := range n.Survey.Floors {
		out.Floors = append(out.Floors, floor{Float(f.Eta), Float(f.Drawn), Float(f.Shuffled), Float(f.Theory)})
	}
	for i, loss := range n.Survey.Losses {
		out.Points = append(out.Points, point{Float(n.Survey.Eta(i)), n.Survey.Batch(i), Float(loss)})
	}
	return out
}

// CSV implements [Result]: one row per point of the picture.
func (n *Noise) CSV() [][]string {
	if !n.Plane {
		rows := [][]string{{"eta", "replacement", "shuffled", "theory"}}
		for _, f := range n.Survey.Floors {
			rows = append(rows, csvNumbers(f.Eta, f.Drawn, f.Shuffled, f.Theory))
		}
		return rows
	}
	rows := [][]string{{"eta", "batch", "loss"}}
	for i, loss := range n.Survey.Losses {
		rows = append(rows, []string{csvNumber(n.Survey.Eta(i)), fmt.Sprint(n.Survey.Batch(i)), csvNumber(loss)})
	}
	return rows
}
