package cell

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/optim"
	"descent/optim/dataset"
	"descent/optim/logistic"
	"descent/optim/param"
)

// What the kinds logistic and sgd share: data, model, and how a run of either
// is reported.

// regressionParams are the parameters of the model.
func regressionParams() param.Table {
	return table(param.Table{
		{Name: "features", Label: "features used", Help: "Column numbers from 1, between commas; empty: all.", Type: param.Text, MaxLen: 200, Optional: true},
		{Name: "scale", Label: "scaling", Help: "How features are brought to comparable size.", Type: param.Choice, Default: "standard", Options: []param.Option{
			{Value: "raw", Label: "raw, as measured"}, {Value: "standard", Label: "standardised"}, {Value: "unit", Label: "by the largest value"},
		}},
		{Name: "l2", Label: "L2 penalty", Symbol: "λ", Help: "Adds λ/2·‖θ‖² without the bias.", Max: 1e6, SoftMax: 10, Step: 0.01, Default: "0"},
		{Name: "reduction", Label: "loss is the", Type: param.Choice, Default: "sum", Options: []param.Option{
			{Value: "sum", Label: "sum over the examples, as on the slides"}, {Value: "mean", Label: "mean over the examples"},
		}},
		{Name: "theta0", Label: "start θ₀", Help: "The bias, then one weight per feature, between commas; empty: zeros.", Type: param.Text, MaxLen: 4000, Optional: true},
	}, axisParams())
}

// A Regression is a logistic model on data.
type Regression struct {
	Values  param.Values
	Data    *dataset.Set     // the features used, in raw units
	Scaling dataset.Scaling  // from raw units to those of the model
	Model   *logistic.Model  // on the scaled features
	Axes    [2]int           // which of the features used stand on the axes, from 0
	Optimum logistic.Optimum // zero unless Known
	// Known is false when neither an optimum nor a separation could be proved.
	Known bool
	// StableEta is 2/L in units of eta, for the chosen reduction: below it, full
	// batch descent cannot rise.
	StableEta float64
	// Plane is how the picture of the data shows them, Pair which two entries of θ
	// the contour of the NLL is drawn over.
	Plane *Plane
	Pair  [2]int

	mean    bool
	theta0  []float64
	fit     *fit
	all     *dataset.Set
	columns []int // of all: the features used
}

func newRegression(ctx context.Context, v param.Values, all *dataset.Set) (*Regression, error) {
	r := &Regression{Values: v, mean: v.Text("reduction") == "mean", all: all}
	var err error
	if r.columns, err = columnNumbers("features", v.Text("features"), all.Cols); err != nil {
		return nil, err
	}
	if r.Axes, err = axes(v, r.columns); err != nil {
		return nil, err
	}
	if r.fit, err = r.fitWith(ctx, dataset.Scale(v.Text("scale"))); err != nil {
		return nil, err
	}
	r.Data, r.Scaling, r.Model = r.fit.data, r.fit.scaling, r.fit.model
	r.Optimum, r.Known = r.fit.optimum, r.fit.known
	r.StableEta = r.safeEta(r.fit)
	if r.theta0, err = startWeights(v, r.Model.Dim()); err != nil {
		return nil, err
	}
	if r.Pair, err = pair(v, r.columns, r.Axes); err != nil {
		return nil, err
	}
	if r.Plane, err = r.plane(); err != nil {
		return nil, err
	}
	return r, nil
}

// plane is the one that the values choose.
func (r *Regression) plane() (*Plane, error) {
	switch {
	case r.Values.Text("axes") != "components":
		return featurePlane(r.fit, r.Axes[0], r.Axes[1]), nil
	case r.fit.skipped:
		return nil, param.Errorf("axes", "must be two features: these data have too many features for principal components")
	}
	return r.fit.components(), nil
}

// fitWith is the model of the same data in another scaling.
func (r *Regression) fitWith(ctx context.Context, scale dataset.Scale) (*fit, error) {
	return fits.get(ctx, r.all, r.Values.Text("features"), r.columns, scale, r.penalty())
}

// safeEta is 2/L in units of eta.
func (r *Regression) safeEta(f *fit) float64 {
	if r.mean {
		return 2 / f.lambda * float64(f.model.Rows())
	}
	return 2 / f.lambda
}

// columnNumbers reads "3,4" as the 0-based columns 2 and 3; blank means all.
func columnNumbers(field, text string, cols int) ([]int, error) {
	var columns []int
	if text == "" {
		for j := range cols {
			columns = append(columns, j)
		}
		return columns, nil
	}
	list, err := numbers(field, text, cols, 1e6)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		if c != math.Trunc(c) || c < 1 || c > float64(cols) {
			return nil, param.Errorf(field, "must be column numbers between 1 and %d", cols)
		}
		if slices.Contains(columns, int(c)-1) {
			return nil, param.Errorf(field, "names column %d twice", int(c))
		}
		columns = append(columns, int(c)-1)
	}
	return columns, nil
}

func startWeights(v param.Values, dim int) ([]float64, error) {
	if v.Text("theta0") == "" {
		return make([]float64, dim), nil
	}
	theta, err := numbers("theta0", v.Text("theta0"), dim, 1e6)
	if err == nil && len(theta) != dim {
		err = param.Errorf("theta0", "has %d numbers; the bias and the weights are %d", len(theta), dim)
	}
	return theta, err
}

// Update is what the next full-batch step adds to θ.
func (r *Regression) Update(theta []float64, eta float64) []float64 {
	step := make([]float64, len(theta))
	r.Model.Eval(theta, step)
	if r.mean {
		eta /= float64(r.Model.Rows())
	}
	for j := range step {
		step[j] *= -eta
	}
	return step
}

// Rest is the θ whose other weights the contour in two weights is drawn
// through: the optimum where there is one and it is wanted, else the given θ.
func (r *Regression) Rest(theta []float64) []float64 {
	if r.AtOptimum() {
		return r.Optimum.Theta
	}
	return theta
}

// Weights are the indices into θ of the two weights that pictures of weights show.
func (r *Regression) Weights() [2]int { return r.Pair }

type regressionJSON struct {
	Data    dataJSON    `json:"data"`
	Steps   []trainStep `json:"steps"`
	Optimum any         `json:"optimum"`
	Stop    stopJSON    `json:"stop"`
}

type dataJSON struct {
	Name     string    `json:"name"`
	Rows     int       `json:"rows"`
	Features []string  `json:"features"`
	Classes  [2]string `json:"classes"`
}

type trainStep struct {
	K            int     `json:"k"`
	Examples     int     `json:"examples"`
	Epoch        Float   `json:"epoch"`
	Theta        []Float `json:"theta"`
	Gradient     []Float `json:"gradient"`
	NLL          Float   `json:"nll"`
	NLLMean      Float   `json:"nll_mean"`
	GradientNorm Float   `json:"gradient_norm"`
	Accuracy     Float   `json:"accuracy"`
}

type stopJSON struct {
	Reason  string `json:"reason"`
	Step    int    `json:"step"`
	Message string `json:"message"`
}

// json writes a run. NLL and gradient are sums over the rows: the penalty, if
// there is one, is in neither.
func (r *Regression) json(run *logistic.Run, message string) regressionJSON {
	steps := make([]trainStep, run.Len())
	rows := float64(r.Model.Rows())
	for i, s := range run.Steps {
		theta := run.Theta(i)
		gradient := slices.Clone(run.Gradient(i))
		for j := 1; j < len(gradient); j++ {
			gradient[j] -= r.penalty() * theta[j]
		}
		steps[i] = trainStep{s.K, s.Examples, Float(s.Epoch), floats(theta), floats(gradient),
			Float(s.NLL), Float(s.NLL / rows), Float(optim.Norm(gradient)), Float(s.Accuracy)}
	}
	var optimum any
	switch {
	case !r.Known:
	case r.Optimum.Separable:
		optimum = struct {
			Separable bool `json:"separable"`
		}{true}
	default:
		optimum = struct {
			Theta []Float `json:"theta"`
			NLL   Float   `json:"nll"`
		}{floats(r.Optimum.Theta), Float(r.Optimum.NLL)}
	}
	return regressionJSON{
		dataJSON{r.Data.Name, r.Data.Rows, r.Data.Features, r.Data.Classes}, steps, optimum,
		stopJSON{run.Stop.Reason, run.Stop.K, message},
	}
}

func (r *Regression) csv(run *logistic.Run) [][]string {
	header := []string{"k", "examples", "epoch", "nll", "gradient_norm", "accuracy", "theta_bias"}
	for _, f := range r.Data.Features {
		header = append(header, "theta_"+strings.ReplaceAll(f, " ", "_"))
	}
	rows := [][]string{header}
	for i, s := range run.Steps {
		row := []string{fmt.Sprint(s.K), fmt.Sprint(s.Examples)}
		row = append(row, csvNumbers(s.Epoch, s.NLL, s.GradientNorm, s.Accuracy)...)
		rows = append(rows, append(row, csvNumbers(run.Theta(i)...)...))
	}
	return rows
}

func (r *Regression) penalty() float64 { return r.Values.Float("l2") }

// Loss is what is minimised at a record, and its name: the NLL, with the
// penalty where there is one.
func (r *Regression) Loss(s logistic.Step) (float64, string) {
	if r.penalty() == 0 {
		return s.NLL, "NLL"
	}
	return s.Objective, "NLL with its penalty"
}

// compare says what the least possible loss is.
func (r *Regression) compare() string {
	switch {
	case r.fit.skipped:
		return "The best possible θ was not looked for: these data have too many features for that."
	case !r.Known:
		return "Whether a best θ exists could not be decided within rounding."
	case r.Optimum.Separable:
		return "A " + r.Separator() + " separates the two classes, so no minimum exists: the NLL falls for ever while ‖θ‖ grows."
	}
	return fmt.Sprintf("The best possible is %s.", say(r.Optimum.Objective))
}
