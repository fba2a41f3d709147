package export

import (
	"fmt"
	"math"
	"strings"

	"descent/lessons/cell"
	"descent/optim"
	"descent/optim/dataset"
)

// newProgram is a result as a program; nil where a kind has none.
func newProgram(r cell.Result) *program {
	p := &program{Result: r}
	switch r := r.(type) {
	case *cell.Objective:
		p.of("objective", "J on a line", r.Function, r.Window)
	case *cell.Slope:
		p.of("slope", "Slope and difference quotients", r.Function, r.Window)
	case *cell.Function:
		p.of("function", "Value, gradient and Hessian", r.Function, r.Window)
	case *cell.Descent:
		p.of("descent", r.Method.Title, r.Function, r.Window)
		p.Runs = []*run{newRun(r.Method, r.Values, r.Run)}
	case *cell.Sweep:
		p.of("descent", r.Method.Title, r.Function, r.Chosen.Window)
		p.Runs = []*run{newRun(r.Method, r.Values, r.Chosen.Run)}
		p.Runs[0].Steps = r.Survey.Steps // fewer than asked for where the survey would take too long
	case *cell.Basins:
		p.of("basins", "Where "+r.Method.Title+" leads", r.Function, r.Window)
		p.Runs = []*run{newRun(r.Method, r.Values, r.Run)}
	case *cell.Compare:
		p.of("compare", "Methods side by side", r.Function, r.Window)
		p.race(r)
	case *cell.Likelihood:
		p.Kind, p.What = "likelihood", "Negative log-likelihood"
	case *cell.Logistic:
		if !embeds(r.Data) {
			return nil
		}
		p.Kind, p.What = "logistic", "Logistic regression by gradient descent"
		p.Data = newRegression(r.Regression, r.Run.Theta(0), r.Values.Int("steps"))
		if r.Values.Has("epochs") {
			p.Data.Updates = r.Values.Int("epochs")
		}
	case *cell.SGD:
		if !embeds(r.Data) {
			return nil
		}
		p.Kind, p.What = "sgd", "Logistic regression by stochastic gradient descent"
		p.sgd(r)
	case *cell.Noise: // the chosen run
		if !embeds(r.Data) {
			return nil
		}
		p.Kind, p.What = "sgd", "Logistic regression by stochastic gradient descent"
		p.sgd(r.SGD)
	case *cell.Escape:
		p.of("escape", "Escape from a valley", r.Function, r.Window)
		p.escape(r)
	case *cell.Derivation:
		p.Kind, p.What = "derivation", "The gradient of logistic regression, line by line"
		petals, err := dataset.Iris().Select([]int{2, 3})
		if err != nil {
			return nil
		}
		p.Data = &regression{Set: petals, Start: r.Theta, J: r.J}
	default:
		return nil
	}
	if p.Title == "" {
		p.Title = p.What
	}
	for _, r := range p.Runs {
		if templates.Lookup(r.Method.ID+".py.tmpl") == nil || templates.Lookup(r.Method.ID+".go.tmpl") == nil {
			return nil
		}
	}
	return p
}

// of fills in a kind that has a typed formula.
func (p *program) of(kind, what string, f *optim.Function, w optim.Window) {
	p.Kind, p.Function, p.Window = kind, f, w
	p.What = strings.ToUpper(what[:1]) + what[1:]
	p.Title = p.What + ": " + f.Expr.String()
}

// race makes the runs of a comparison, from its records. Where two have the same
// method their labels tell the rate or the number.
func (p *program) race(c *cell.Compare) {
	count := map[string]int{}
	for _, racer := range c.Racers {
		p.Runs = append(p.Runs, &run{
			Method: racer.Method, Hyper: racer.Hyper, Rates: racer.Hyper, Eta: racer.Eta, Start: racer.Run.Theta(0),
			Steps: c.Steps, Schedule: optim.Schedules[0], Label: racer.Method.ID,
		})
		count[racer.Method.ID]++
	}
	for i, r := range p.Runs {
		if count[r.Method.ID] > 1 {
			r.Label = fmt.Sprintf("%d %s", i+1, r.Method.ID)
			if !r.Method.Rateless {
				r.Label += " with eta = " + number(r.Eta)
			}
		}
	}
}

// An escape is what programs of an escape are given besides the data.
type escape struct {
	Tilts       []float64
	Spread      bool // the starts are spread over the window
	Runs        int
	Valley      *optim.Valley // the deepest; nil: none
	Left, Right bool          // whether it ends on that side
}

func (p *program) escape(e *cell.Escape) {
	v := e.Values
	p.Data = &regression{Start: []float64{v.Float("x")}, Eta: v.Float("eta"), Updates: v.Int("steps"), Batch: v.Int("batch"), Seed: v.Int("seed"), Order: v.Text("order")}
	p.Escape = &escape{Tilts: e.Tilts(), Spread: v.Text("starts") == "spread", Runs: cell.EscapeRuns}
	if e.Deepest >= 0 {
		valley := &e.Valleys[e.Deepest]
		p.Escape.Valley, p.Escape.Left, p.Escape.Right = valley, !math.IsInf(valley.From, 0), !math.IsInf(valley.To, 0)
	}
}

// mostEmbedded is how many numbers of data stand in a program that people read: some
// hundred kilobytes.
const mostEmbedded = 40_000

func embeds(s *dataset.Set) bool { return len(s.X) <= mostEmbedded }

// A regression is what programs with data are given.
type regression struct {
	Set         *dataset.Set // in raw units
	Scale       string
	L2, Eta     float64
	Mean        bool
	Start       []float64
	Updates     int
	Batch, Seed int
	Order       string
	Every       int // updates between two looks at the loss
	Average     bool
	AverageFrom int // how many updates are left out of the mean of the iterates
	J           int // of a derivation: which θⱼ
}

func newRegression(r *cell.Regression, start []float64, updates int) *regression {
	v := r.Values
	return &regression{
		Set: r.Data, Scale: v.Text("scale"), L2: v.Float("l2"), Eta: v.Float("eta"), Mean: v.Text("reduction") == "mean",
		Start: start, Updates: updates,
	}
}

func newSGD(r *cell.SGD) *regression {
	v := r.Values
	d := newRegression(r.Regression, r.Run.Theta(0), r.Updates())
	d.Batch, d.Seed, d.Order, d.Every = v.Int("batch"), v.Int("seed"), v.Text("order"), r.PerEpoch()
	d.Average, d.AverageFrom = v.Text("average") == "true", v.Int("average_from")*d.Every
	return d
}

func (p *program) sgd(r *cell.SGD) {
	p.Data = newSGD(r)
	p.Runs = []*run{newBatchRun(r, p.Data)}
}

// newBatchRun is the run over mini-batches of data.
func newBatchRun(r *cell.SGD, d *regression) *run {
	return &run{
		Method: r.Method, Hyper: r.Values, Rates: r.Values, Eta: d.Eta, Schedule: optim.FindSchedule(r.Values.Text("schedule")),
		Start: d.Start, Steps: d.Updates, Data: d,
	}
}

// AverageStart is the first of the iterates, from θ₀ on, that the mean has: the
// last one where it has not begun.
func (d *regression) AverageStart() int { return min(d.AverageFrom+1, d.Updates) }

// About says where the data come from and what their columns are.
func (d *regression) About() string {
	return d.Set.Origin + ". Columns: " + strings.Join(d.Set.Features, ", ") + "."
}

// Degenerate reports whether a feature has nothing to be scaled by: it is the same
// in all rows and, where the largest value scales, 0.
func (d *regression) Degenerate() bool {
	for j, first := range d.Set.Row(0) {
		constant := true
		for i := range d.Set.Rows {
			constant = constant && d.Set.Row(i)[j] == first
		}
		if constant && (d.Scale == "standard" || first == 0) {
			return true
		}
	}
	return false
}

// Labels are the labels as whole numbers, 25 to a line.
func (d *regression) Labels() string {
	var b strings.Builder
	for i, y := range d.Set.Y {
		switch {
		case i == 0:
		case i%25 == 0:
			b.WriteString(",\n    ")
		default:
			b.WriteString(", ")
		}
		fmt.Fprint(&b, int(y))
	}
	return b.String()
}

// Attractors are the critical points that the starts of a map reach.
func (p *program) Attractors() []optim.CriticalPoint { return p.Result.(*cell.Basins).Map.Attractors }

// Near is how near to a critical point a run of a map has arrived, and FarOut how
// far from the origin it counts as gone: the page's own limits.
func (p *program) Near() float64 { return 0.01 * p.Window.Diagonal() }

func (p *program) FarOut() float64 {
	w := p.Window
	return 1000*w.Diagonal() + math.Hypot(math.Hypot(w.XMin, w.XMax), math.Hypot(w.YMin, w.YMax))
}

// Width and Height are the window's.
func (p *program) Width() float64  { return p.Window.XMax - p.Window.XMin }
func (p *program) Height() float64 { return p.Window.YMax - p.Window.YMin }
