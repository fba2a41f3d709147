package cell

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/optim/logistic"
	"descent/optim/param"
)

var logisticKind = &Kind{
	ID: "logistic", Title: "Logistic regression",
	Summary: "Gradient descent fits logistic regression to real data: the data with the boundary, the NLL over two weights, the loss, and which weights go up or down. Point at an example and see how it pulls.",
	Params: table(param.Table{
		fineRate(),
		stepCount("50", 10000),
		{Name: "epochs", Label: "epochs", Help: "Passes over the data: the same as steps here; empty: steps count.", Type: param.Integer, Max: 10000, Optional: true},
	}, dataParams(), regressionParams(), linkedParams()),
	Figures: []string{"data", "nll", "loss", "weights", "image", "norm"},
	Run:     runLogistic,
}

// fineRate is a learning rate that may be as small as raw data need.
func fineRate() param.Param {
	rate := learningRate("0.02")
	rate.Min = 1e-12
	return rate
}

// mostRecorded is how many numbers the record of a run may hold.
const mostRecorded = logistic.MaxValues

// A Logistic is full-batch gradient descent on a logistic model.
type Logistic struct {
	*Regression
	Run   *logistic.Run // every step is recorded, unless there are very many of a long θ
	Point int           // the example that the reader looks at, from 0; −1: none

	config logistic.Config
}

func runLogistic(ctx context.Context, v param.Values) (Result, error) {
	data, err := loadData(ctx, v)
	if err != nil {
		return nil, err
	}
	r, err := newRegression(ctx, v, data)
	if err != nil {
		return nil, err
	}
	l := &Logistic{Regression: r}
	if l.Point, err = r.point(); err != nil {
		return nil, err
	}
	updates, counted := v.Int("steps"), "steps"
	if v.Has("epochs") {
		updates, counted = v.Int("epochs"), "epochs"
	}
	if most := mostPasses(r.Data); updates > most {
		return nil, param.Errorf(counted, "must be at most %d for %d examples with %d features", most, r.Data.Rows, r.Data.Cols)
	}
	dim := r.Model.Dim()
	l.config = logistic.Config{Eta: v.Float("eta"), Mean: r.mean, Updates: updates, Theta0: r.theta0, Every: 1 + updates*2*dim/mostRecorded}
	l.Run, err = r.fit.train(ctx, l.config)
	if err != nil {
		return nil, err
	}
	return l, nil
}

// Pulling is the example that the reader looks at, at the θ that is shown.
func (l *Logistic) Pulling() (p Pulling, ok bool) {
	_, theta := l.Last()
	if l.Point < 0 || l.Run.Stop.Reason == logistic.Diverged {
		return p, false
	}
	return l.pulling(l.Point, theta), true
}

// Eta is the learning rate.
func (l *Logistic) Eta() float64 { return l.Values.Float("eta") }

// Last is the last record of the run with its θ.
func (l *Logistic) Last() (logistic.Step, []float64) {
	k := l.Run.Len() - 1
	return l.Run.Steps[k], l.Run.Theta(k)
}

// Readout implements [Result].
func (l *Logistic) Readout() Readout {
	if l.Run.Stop.Reason == logistic.Diverged {
		return Readout{Bad, "Diverges.", []string{fmt.Sprintf("At step %d the numbers become too large. Try η ≤ %s.", l.Run.Stop.K, param.Format(l.AdvisedEta()))}}
	}
	last, theta := l.Last()
	loss, name := l.Loss(last)
	r := Readout{Plain, fmt.Sprintf("After %s the %s is %s.", plural(last.K, "step"), name, say(loss)), nil}
	if p, ok := l.Pulling(); ok {
		r.Sentences = append(r.Sentences, l.sayPull(p)...)
	}
	r.Sentences = append(r.Sentences, l.compare(),
		fmt.Sprintf("%d of %d %s are on the right side.", int(last.Accuracy*float64(l.Data.Rows)+0.5), l.Data.Rows, l.Data.Noun))
	if rise := l.firstRise(); rise > 0 {
		r.Tone = Warn
		r.Sentences = append(r.Sentences, fmt.Sprintf("The %s rises at step %d: η overshoots. Below 2/L = %s it cannot.", name, rise, say(l.StableEta)))
	} else if l.HasOptimum() && loss <= l.Optimum.Objective*1.01 {
		r.Tone = Good
	} else if l.Values.Text("scale") == "raw" {
		r.Sentences = append(r.Sentences, fmt.Sprintf("For these raw data η is safe below 2/L = %s.", say(l.StableEta)))
	}
	if r.Tone == Good {
		return r // at the minimum the last steps mean nothing
	}
	return withUpdates(r, l.Regression, theta, l.Eta())
}

// mostNamed is how many weights a sentence names.
const mostNamed = 6

// withUpdates answers the slide's question: which weights go up, which down? Of
// many it names those that change most.
func withUpdates(r Readout, reg *Regression, theta []float64, eta float64) Readout {
	change := reg.Update(theta, eta)
	var moved []int
	for j := 1; j < len(change); j++ {
		if change[j] != 0 {
			moved = append(moved, j)
		}
	}
	all := len(moved)
	if all > mostNamed {
		slices.SortStableFunc(moved, func(a, b int) int { return cmp.Compare(math.Abs(change[b]), math.Abs(change[a])) })
		moved = moved[:mostNamed]
	}
	var up, down []string
	for _, j := range moved {
		if change[j] > 0 {
			up = append(up, reg.WeightName(j))
		} else {
			down = append(down, reg.WeightName(j))
		}
	}
	text := ""
	if len(up) > 0 {
		text = "The next step increases the weight of " + strings.Join(up, ", ")
	}
	if len(down) > 0 {
		if text == "" {
			text = "The next step decreases the weight of "
		} else {
			text += " and decreases that of "
		}
		text += strings.Join(down, ", ")
	}
	if text == "" {
		return r
	}
	if all > mostNamed {
		text += fmt.Sprintf(" (those that change most of %d)", all)
	}
	r.Sentences = append(r.Sentences, text+".")
	return r
}

func (l *Logistic) firstRise() int {
	for k := 1; k < l.Run.Len(); k++ {
		if l.Run.Steps[k].Objective > l.Run.Steps[k-1].Objective*(1+1e-12) {
			return k
		}
	}
	return -1
}

// A pullJSON is one example's pull at the θ where the run ends.
type pullJSON struct {
	Row     int   `json:"row"` // from 1
	Y       int   `json:"y"`
	P       Float `json:"p"`
	Mistake Float `json:"mistake"`
	Loss    Float `json:"loss"`
	Pull    Float `json:"pull"` // its length
}

// JSON implements [Result]. The examples stand in the order of their pulls.
func (l *Logistic) JSON() any {
	list := []pullJSON{}
	if l.Run.Stop.Reason != logistic.Diverged {
		_, theta := l.Last()
		for _, p := range l.pulls(theta) {
			list = append(list, pullJSON{p.Row + 1, int(l.Data.Y[p.Row]), Float(p.P), Float(p.Mistake), Float(p.Loss), Float(p.Size)})
		}
	}
	return struct {
		regressionJSON
		Condition Float      `json:"condition"`
		SafeEta   Float      `json:"safe_eta"`
		Pulls     []pullJSON `json:"pulls"`
	}{l.json(l.Run, l.Readout().Text()), Float(l.Condition()), Float(l.StableEta), list}
}

// CSV implements [Result].
func (l *Logistic) CSV() [][]string { return l.csv(l.Run) }
