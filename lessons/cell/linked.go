package cell

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"descent/optim/dataset"
	"descent/optim/logistic"
	"descent/optim/param"
)

// What links the pictures of the kind logistic: the example that the reader
// points at, the two weights that the contour shows, the scalings side by side.

// linkedParams are the parameters of the pictures.
func linkedParams() param.Table {
	return param.Table{
		{Name: "point", Label: "look at example", Help: "The row of one example, from 1: the pictures show how it pulls; empty: none.", Type: param.Integer, Min: 1, Max: 1e6, Optional: true},
		{Name: "weight1", Label: "weight to the right", Help: "Which weight the contour shows to the right: 0 is the bias, 1 the first feature; empty: that of the axis.", Type: param.Integer, Max: 1e6, Optional: true},
		{Name: "weight2", Label: "weight upwards", Help: "Which weight the contour shows upwards; empty: that of the axis.", Type: param.Integer, Max: 1e6, Optional: true},
		{Name: "others", Label: "the other weights are", Help: "Where the weights stand that the contour does not show.", Type: param.Choice, Default: "optimum", Options: []param.Option{
			{Value: "optimum", Label: "at their optimum, if there is one"}, {Value: "current", Label: "as the run leaves them"},
		}},
	}
}

// pair finds the two entries of θ that the contour is drawn over: the chosen ones,
// else those of the axes. A weight is named by its feature's column, the bias by 0.
func pair(v param.Values, columns []int, axes [2]int) ([2]int, error) {
	chosen := [2]int{1 + axes[0], 1 + axes[1]}
	given := [2]bool{}
	for i, name := range []string{"weight1", "weight2"} {
		if v.Table().Lookup(name) == nil || !v.Has(name) {
			continue
		}
		given[i] = true
		chosen[i] = 1 + slices.Index(columns, v.Int(name)-1)
		if chosen[i] == 0 && v.Int(name) != 0 {
			return chosen, param.Errorf(name, "must be 0 for the bias or the column of one of the features used")
		}
	}
	if chosen[0] != chosen[1] {
		return chosen, nil
	}
	if given[0] && given[1] {
		return chosen, param.Errorf("weight2", "must differ from the weight to the right")
	}
	// One was chosen and is that of the other axis: they change places.
	free := 0
	if given[0] {
		free = 1
	}
	chosen[free] = 1 + axes[1-free]
	return chosen, nil
}

// AtOptimum says whether the weights that the contour does not show stand at
// their optimum.
func (r *Regression) AtOptimum() bool {
	wanted := r.Values.Table().Lookup("others") == nil || r.Values.Text("others") == "optimum"
	return wanted && r.HasOptimum()
}

// HasOptimum says whether a minimum exists and is known.
func (r *Regression) HasOptimum() bool { return r.Known && !r.Optimum.Separable }

// Shown are the pair's names: "bias" or a feature.
func (r *Regression) Shown() [2]string {
	return [2]string{r.WeightName(r.Pair[0]), r.WeightName(r.Pair[1])}
}

// WeightName is what a weight belongs to: "bias", or a feature without its unit.
func (r *Regression) WeightName(j int) string {
	if j == 0 {
		return "bias"
	}
	name, _, _ := strings.Cut(r.Data.Features[j-1], " (")
	return name
}

// Separator is what parts two classes: a line for two features, else a plane.
func (r *Regression) Separator() string {
	if r.Data.Cols == 2 {
		return "line"
	}
	return "plane"
}

// Noun is what one example is: "flower".
func (r *Regression) Noun() string { return strings.TrimSuffix(r.Data.Noun, "s") }

// A Pulling is one example and its pull at some θ.
type Pulling struct {
	Row   int // from 0
	Class string
	logistic.Pull
}

func (r *Regression) pulling(row int, theta []float64) Pulling {
	return Pulling{row, r.Data.Classes[int(r.Data.Y[row])], r.Model.Pull(row, theta)}
}

// mostPulls is how many examples the list shows.
const mostPulls = 20

// Strongest are the examples with the longest pulls at θ, the longest first and
// as many as there is room for.
func (r *Regression) Strongest(theta []float64) []Pulling {
	list := r.pulls(theta)
	return list[:min(mostPulls, len(list))]
}

func (r *Regression) pulls(theta []float64) []Pulling {
	list := make([]Pulling, r.Data.Rows)
	for i := range list {
		list[i] = r.pulling(i, theta)
	}
	slices.SortStableFunc(list, func(a, b Pulling) int { return cmp.Compare(b.Size, a.Size) })
	return list
}

// point is the row that the reader looks at, from 0; −1: none.
func (r *Regression) point() (int, error) {
	if r.Values.Table().Lookup("point") == nil || !r.Values.Has("point") {
		return -1, nil
	}
	row := r.Values.Int("point") - 1
	if row >= r.Data.Rows {
		return -1, param.Errorf("point", "must be at most %d: so many examples there are", r.Data.Rows)
	}
	return row, nil
}

// PullVector is (y − σ(θᵀx))·x of an example, the bias first.
func (r *Regression) PullVector(p Pulling) []float64 {
	v := make([]float64, r.Model.Dim())
	for j := range v {
		v[j] = p.Mistake * r.Model.At(p.Row, j)
	}
	return v
}

// sayPull is an example's arithmetic in words.
func (r *Regression) sayPull(p Pulling) []string {
	noun := r.Noun()
	words := []string{fmt.Sprintf("%s %d: %s, p = %s, mistake y − p = %s.", strings.ToUpper(noun[:1])+noun[1:], p.Row+1, className(p.Class), say3(p.P), say3(p.Mistake))}
	if r.Model.Dim() <= 5 {
		x, pull := make([]string, r.Model.Dim()), make([]string, r.Model.Dim())
		for j, v := range r.PullVector(p) {
			x[j], pull[j] = say3(r.Model.At(p.Row, j)), say3(v)
		}
		words = append(words, fmt.Sprintf("Its pull is %s·(%s) = (%s), the bias first.", say3(p.Mistake), strings.Join(x, ", "), strings.Join(pull, ", ")))
	} else {
		w := r.Pair
		v := r.PullVector(p)
		words = append(words, fmt.Sprintf("It pulls the weight of %s by %s and that of %s by %s; the whole pull is %s long.",
			r.WeightName(w[0]), say3(v[w[0]]), r.WeightName(w[1]), say3(v[w[1]]), say3(p.Size)))
	}
	return append(words, fmt.Sprintf("Its part of the NLL is %s.", say3(p.Loss)))
}

// className is a class in a sentence: one that is a number would be taken for one.
func className(name string) string {
	if _, err := strconv.ParseFloat(name, 64); err == nil {
		return "class " + name
	}
	return name
}

func say3(v float64) string { return sayTo(v, 3) }

// A Scaled is what becomes of the same data and the same η in one scaling.
type Scaled struct {
	Scale     string // as an address has it
	Label     string
	Condition float64 // of the Hessian at the optimum, or at θ = 0 where there is none; +Inf: singular
	SafeEta   float64 // 2/L
	NLL       float64 // after the same steps
	Diverges  bool
}

// Advised is a round rate below the safe one.
func (s Scaled) Advised() float64 { return floorTo(s.SafeEta) }

// Updates is how many steps the run was asked for.
func (l *Logistic) Updates() int { return l.config.Updates }

// Scalings compares the three scalings at the same η, steps and start.
func (l *Logistic) Scalings(ctx context.Context) ([]Scaled, error) {
	var list []Scaled
	for _, o := range l.Values.Table().Lookup("scale").Options {
		f, err := l.fitWith(ctx, dataset.Scale(o.Value))
		if err != nil {
			return nil, err
		}
		s := Scaled{Scale: o.Value, Label: o.Label, Condition: f.condition(), SafeEta: l.safeEta(f)}
		if o.Value == l.Values.Text("scale") {
			last, _ := l.Last()
			s.NLL, s.Diverges = last.NLL, l.Run.Stop.Reason == logistic.Diverged
		} else if s.NLL, s.Diverges, err = l.descend(ctx, f); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// descend makes the same steps in another scaling.
func (l *Logistic) descend(ctx context.Context, f *fit) (nll float64, diverges bool, err error) {
	c := l.config
	c.Every = max(c.Updates, 1)
	run, err := logistic.Train(ctx, f.model, c)
	if err != nil {
		return 0, false, err
	}
	return run.Steps[run.Len()-1].NLL, run.Stop.Reason == logistic.Diverged, nil
}

// Condition is the condition number of the Hessian: at the optimum, or at θ = 0
// where there is none. +Inf: it is singular.
func (r *Regression) Condition() float64 { return r.fit.condition() }

// AdvisedEta is a round rate below the safe one.
func (r *Regression) AdvisedEta() float64 { return floorTo(r.StableEta) }

// Proof says in words what is known of the optimum, and how.
func (r *Regression) Proof() []string {
	switch {
	case r.fit.skipped:
		return []string{"These data have so many rows and features that Newton’s method would take too long here, so the best θ is not known."}
	case !r.Known:
		return []string{"Undecided: the data are within rounding of the border between “a minimum exists” and “a plane separates the classes”."}
	case r.Optimum.Touching:
		return []string{"Proved: no minimum exists. There is a direction of θ along which no example ever gets worse and some get better for ever; the others lie exactly on the boundary. The NLL falls for ever towards a positive number, while ‖θ‖ grows without end."}
	case r.Optimum.Separable:
		return []string{
			"Proved: the classes are linearly separable, so no minimum exists. A plane has every example on its right side; that was checked row by row, beyond rounding.",
			"Make θ twice as long: the boundary stays where it is, every p comes nearer to its label, and the NLL falls. So the NLL goes to 0 and never gets there, and ‖θ‖ grows for ever, about like log t. An L2 penalty λ > 0 gives it a minimum.",
		}
	}
	words := []string{fmt.Sprintf("Proved: a minimum exists, and Newton’s method has found it: NLL = %s, ‖∇J‖ = %s.", sayPrecisely(r.Optimum.NLL), say(r.Optimum.GradientNorm)),
		"The proof: from there J rises in the end in every direction. Its curvature cannot fade faster than e^(−Rt), where R is measured over all examples, and the slope that is left is less than what this curvature adds up to (λ·R < 1 with the Newton decrement λ). J is convex, so there is no second minimum."}
	if n := len(r.Optimum.Free); n > 0 {
		words = append(words, fmt.Sprintf("%s can be made up from others, so the best θ is not the only one; those weights are 0 here.", plural(n, "feature")))
	}
	return words
}

// mostLength bounds the plot of norms for the eye: see Norms.
const mostLength = 1e12

// Norms are ‖θ‖ without the bias and the NLL at each record, up to the first that
// is out of bounds.
func (l *Logistic) Norms() (steps, norms, losses []float64) {
	for k, s := range l.Run.Steps {
		sum := 0.0
		for _, v := range l.Run.Theta(k)[1:] {
			sum += v * v
		}
		norm := math.Sqrt(sum)
		if !(norm < mostLength) || math.IsNaN(s.NLL) || math.IsInf(s.NLL, 0) {
			break
		}
		steps, norms, losses = append(steps, float64(s.K)), append(norms, norm), append(losses, s.NLL)
	}
	return steps, norms, losses
}

// Image is the height and width of an example as a picture; 0 where examples are
// no pictures.
func (r *Regression) Image() (rows, cols int) { return r.Data.Image[0], r.Data.Image[1] }
