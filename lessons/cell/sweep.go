package cell

import (
	"context"
	"slices"

	"descent/optim"
	"descent/optim/param"
)

var sweepKind = &Kind{
	ID: "sweep", Title: "Every rate at once",
	Summary: "What becomes of a run when its learning rate changes, alone or together with the method’s momentum or decay; one of the runs is shown.",
	Params: table(param.Table{
		formula("f", "quadratic", "A formula in x, or in x and y, or the name of a known function."),
		{Name: "over", Label: "change", Type: param.Choice, Default: overEta, Options: []param.Option{
			{Value: overEta, Label: "η alone"}, {Value: overPlane, Label: "η and the momentum or decay"},
		}},
	}, sweptMethods(), param.Table{
		coordinate("x", "start, first coordinate", "4"),
		coordinate("y", "start, second coordinate", "1"),
		stepCount("60", 2000),
		lookedAt(), fieldParam(),
		edgeOfRates("from", "smallest η"), edgeOfRates("to", "largest η"),
	}, windowParams("xmin", "xmax", "ymin", "ymax")),
	Figures: []string{"sweep", "path", "loss"},
	Run:     runSweep,
}

// The values of the parameter over.
const (
	overEta   = "eta"
	overPlane = "plane"
)

// sweptMethods are the methods' parameters, with the slider of η over the edges
// of the picture.
func sweptMethods() param.Table {
	t := methodParams("0.1")
	t.Lookup("eta").Span = [2]string{"from", "to"}
	return t
}

func edgeOfRates(name, label string) param.Param {
	return param.Param{Name: name, Label: label, Help: "Edge of the picture; empty: chosen around the best.",
		Min: optim.LeastEta, Max: optim.MostEta, Step: 0.001, Scale: param.Log, Optional: true}
}

// A Sweep is what becomes of the runs of a method whose rate changes, alone or
// with a second hyper-parameter, and one of them.
type Sweep struct {
	Function *optim.Function
	Method   *optim.Method
	Values   param.Values
	Second   *param.Param // what changes besides η; nil: η alone
	Survey   *Survey      // of all runs, shared between results: read only
	Chosen   *Descent     // the run at the values of η and Second
	Fate     string       // of the chosen run, one of optim's Fate constants
}

func runSweep(ctx context.Context, v param.Values) (Result, error) {
	fn, err := function(v)
	if err != nil {
		return nil, err
	}
	s := &Sweep{Function: fn, Method: optim.FindMethod(v.Text("method")), Values: v}
	switch s.Second = s.Method.Second(); {
	case s.Method.Rateless:
		return nil, param.Errorf("method", "%s has no learning rate to change; choose another method", s.Method.Title)
	case v.Text("over") == overEta:
		s.Second = nil
	case s.Second == nil:
		return nil, param.Errorf("over", "%s has no second parameter; choose momentum, or change η alone", s.Method.Title)
	}
	theta0 := start(v, fn.Dim())
	w, err := window(v, fn.Dim(), optim.WindowFor(fn, theta0))
	if err != nil {
		return nil, err
	}
	if err := checkEdges(v); err != nil {
		return nil, err
	}
	s.Survey, err = surveys.get(ctx, s.SurveyKey(), func(ctx context.Context) (*Survey, error) { return s.survey(ctx, theta0, w) })
	if err != nil {
		return nil, err
	}
	config := optim.Config{Start: theta0, Eta: v.Float("eta"), Steps: s.Survey.Steps}
	s.Fate = optim.FateOf(ctx, fn, s.Method, v, config, w).Fate
	s.Chosen = &Descent{Function: fn, Method: s.Method, Values: v, Window: w}
	return s, s.Chosen.run(ctx, config)
}

// SurveyKey names all that the survey depends on: every value but the chosen
// point and how its run is looked at, as a query.
func (s *Sweep) SurveyKey() string {
	names := slices.DeleteFunc(s.Values.Table().Names(), func(name string) bool {
		return name == "eta" || name == "k" || name == "field" || s.Second != nil && name == s.Second.Name
	})
	return s.Values.Encode(names)
}

// checkEdges refuses edges that leave no room between them.
func checkEdges(v param.Values) error {
	const least = 1.01 // times
	switch {
	case v.Has("from") && v.Has("to") && v.Float("to") < least*v.Float("from"):
		return param.Errorf("to", "must be greater than the smallest η, %s", say(v.Float("from")))
	case v.Has("from") && optim.MostEta < least*v.Float("from"):
		return param.Errorf("from", "leaves no larger η to try; at most %s are tried", say(optim.MostEta))
	case v.Has("to") && v.Float("to") < least*optim.LeastEta:
		return param.Errorf("to", "leaves no smaller η to try; at least %s are tried", say(optim.LeastEta))
	}
	return nil
}

// Eigenvalues are those of the Hessian, ascending and positive, where theory has
// lines for the map: for the heavy ball on a quadratic; else nil.
func (s *Sweep) Eigenvalues() []float64 {
	v := s.Values
	if s.Second == nil || s.Method.ID != "momentum" || v.Float("dampening") != 0 || v.Float("weight_decay") != 0 ||
		s.Survey.Minimum == nil || !s.Function.Quadratic() {
		return nil
	}
	return s.Survey.Minimum.Eigenvalues
}
