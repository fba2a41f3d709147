package cell

import (
	"context"
	"fmt"
	"strings"

	"descent/optim/logistic"
	"descent/optim/param"
)

var logisticKind = &Kind{
	ID: "logistic", Title: "Logistic regression",
	Summary: "Gradient descent fits logistic regression to data: the points with the boundary, the NLL over two weights, the loss, and which weights go up or down.",
	Params: table(param.Table{
		learningRate("0.02"),
		stepCount("50", 10000),
		{Name: "epochs", Label: "epochs", Help: "Passes over the data: the same as steps here; empty: steps count.", Type: param.Integer, Max: 10000, Optional: true},
	}, dataParams(), regressionParams()),
	Figures: []string{"data", "nll", "loss", "weights"},
	Run:     runLogistic,
}

// A Logistic is full-batch gradient descent on a logistic model.
type Logistic struct {
	*Regression
	Run *logistic.Run // every step is recorded
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
	updates, field := v.Int("steps"), "steps"
	if v.Has("epochs") {
		updates, field = v.Int("epochs"), "epochs"
	}
	if most := mostPasses(r.Data); updates > most {
		return nil, param.Errorf(field, "must be at most %d for %d examples with %d features", most, r.Data.Rows, r.Data.Cols)
	}
	run, err := logistic.Train(ctx, r.Model, logistic.Config{
		Eta: v.Float("eta"), Mean: r.mean, Updates: updates, Theta0: r.theta0,
	})
	if err != nil {
		return nil, err
	}
	return &Logistic{r, run}, nil
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
		return Readout{Bad, "Diverges.", []string{fmt.Sprintf("At step %d the numbers become too large. Try η ≤ %s.", l.Run.Stop.K, param.Format(floorTo(l.StableEta)))}}
	}
	last, theta := l.Last()
	loss, name := l.Loss(last)
	r := Readout{Plain, fmt.Sprintf("After %s the %s is %s.", plural(last.K, "step"), name, say(loss)), nil}
	r.Sentences = append(r.Sentences, l.compare(),
		fmt.Sprintf("%d of %d %s are on the right side.", int(last.Accuracy*float64(l.Data.Rows)+0.5), l.Data.Rows, l.Data.Noun))
	if rise := l.firstRise(); rise > 0 {
		r.Tone = Warn
		r.Sentences = append(r.Sentences, fmt.Sprintf("The %s rises at step %d: η overshoots. Below 2/L = %s it cannot.", name, rise, say(l.StableEta)))
	} else if l.Known && !l.Optimum.Separable && loss <= l.Optimum.Objective*1.01 {
		r.Tone = Good
	}
	if r.Tone == Good {
		return r // at the minimum the last steps mean nothing
	}
	return withUpdates(r, l.Regression, theta, l.Eta())
}

// withUpdates answers the slide's question: which weights go up, which down?
func withUpdates(r Readout, reg *Regression, theta []float64, eta float64) Readout {
	var up, down []string
	for j, step := range reg.Update(theta, eta)[1:] {
		name := reg.Data.Features[j]
		if i := strings.Index(name, " ("); i > 0 {
			name = name[:i]
		}
		if step > 0 {
			up = append(up, name)
		} else if step < 0 {
			down = append(down, name)
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
	if text != "" {
		r.Sentences = append(r.Sentences, text+".")
	}
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

// JSON implements [Result].
func (l *Logistic) JSON() any { return l.json(l.Run, l.Readout().Text()) }

// CSV implements [Result].
func (l *Logistic) CSV() [][]string { return l.csv(l.Run) }
