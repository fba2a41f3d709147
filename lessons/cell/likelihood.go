package cell

import (
	"context"
	"math"
	"strconv"

	"descent/optim/param"
)

var likelihoodKind = &Kind{
	ID: "likelihood", Title: "Negative log-likelihood",
	Summary: "The negative log-likelihood of a coin’s tosses or of a Gaussian’s draws, as a function of the parameter.",
	Params: param.Table{
		{Name: "model", Label: "model", Type: param.Choice, Default: "coin", Options: []param.Option{{Value: "coin", Label: "coin: probability of heads"}, {Value: "gaussian", Label: "Gaussian: mean, with σ = 1"}}},
		{Name: "heads", Label: "heads", Type: param.Integer, Max: 100, SoftMax: 20, Default: "7", When: param.Condition{Param: "model", In: []string{"coin"}}},
		{Name: "tails", Label: "tails", Type: param.Integer, Max: 100, SoftMax: 20, Default: "3", When: param.Condition{Param: "model", In: []string{"coin"}}},
		{Name: "values", Label: "observations", Help: "Numbers between commas, at most 100.", Type: param.Text, Default: "1.2, 0.4, 2.9", MaxLen: 1000, When: param.Condition{Param: "model", In: []string{"gaussian"}}},
		{Name: "theta", Label: "probability of heads", Symbol: "θ", Min: 0, Max: 1, Step: 0.01, Default: "0.5", When: param.Condition{Param: "model", In: []string{"coin"}}},
		{Name: "mu", Label: "mean", Symbol: "θ", Min: -100, Max: 100, SoftMin: -2, SoftMax: 5, Step: 0.05, Default: "0.5", When: param.Condition{Param: "model", In: []string{"gaussian"}}},
	},
	Figures: []string{"nll"},
	Run:     runLikelihood,
}

// A Likelihood is the negative log-likelihood of data under a one-parameter
// model, at one θ.
type Likelihood struct {
	Model        string    // "coin" or "gaussian", with σ = 1
	Heads, Tails int       // of a coin
	Observations []float64 // of a Gaussian
	Theta, NLL   float64   // the parameter, a probability or the mean, and the NLL there, in nats
	Best         float64   // the minimiser; NaN when there are no data
	BestNLL      float64   // the NLL at Best
	Min, Max     float64   // range of θ to draw
}

func runLikelihood(_ context.Context, v param.Values) (Result, error) {
	l := &Likelihood{Model: v.Text("model")}
	if l.Model == "coin" {
		l.Theta = v.Float("theta")
		l.Heads, l.Tails = v.Int("heads"), v.Int("tails")
		l.Best = float64(l.Heads) / float64(l.Heads+l.Tails)
		l.Min, l.Max = 0, 1
	} else {
		var err error
		l.Theta = v.Float("mu")
		if l.Observations, err = numbers("values", v.Text("values"), 100, 100); err != nil {
			return nil, err
		}
		l.Min, l.Max = l.Observations[0], l.Observations[0]
		for _, x := range l.Observations {
			l.Best += x / float64(len(l.Observations))
			l.Min, l.Max = min(l.Min, x), max(l.Max, x)
		}
		l.Min, l.Max = math.Floor(min(l.Min, l.Theta)-1), math.Ceil(max(l.Max, l.Theta)+1)
	}
	l.NLL, l.BestNLL = l.At(l.Theta), l.At(l.Best)
	return l, nil
}

// At is the negative log-likelihood for the parameter θ; +Inf where the data
// are impossible.
func (l *Likelihood) At(theta float64) float64 {
	if l.Model == "coin" {
		return -xlogy(l.Heads, theta) - xlogy(l.Tails, 1-theta)
	}
	sum := 0.0
	for _, x := range l.Observations {
		sum += math.Log(2*math.Pi)/2 + (x-theta)*(x-theta)/2
	}
	return sum
}

// xlogy is n·log p with 0·log 0 = 0: what was never seen says nothing.
func xlogy(n int, p float64) float64 {
	if n == 0 {
		return 0
	}
	return float64(n) * math.Log(p)
}

// Readout implements [Result].
func (l *Likelihood) Readout() Readout {
	if l.Model == "coin" && l.Heads+l.Tails == 0 {
		return Readout{Plain, "No tosses yet.", []string{"Without data every θ is equally good: the NLL is 0 everywhere."}}
	}
	r := Readout{Plain, "NLL(" + say(l.Theta) + ") = " + say(l.NLL) + ".", nil}
	if math.IsInf(l.NLL, 1) {
		r = Readout{Warn, "θ = " + say(l.Theta) + " says the data are impossible: the NLL is infinite.", nil}
	}
	switch {
	case l.Found():
		how := "the mean of the observations"
		if l.Model == "coin" {
			how = strconv.Itoa(l.Heads) + " heads in " + plural(l.Heads+l.Tails, "throw")
		}
		r.Tone = Good
		r.Sentences = append(r.Sentences, "The data are least surprising here: θ* = "+say(l.Best)+", "+how+".")
	case l.Theta < l.Best:
		r.Sentences = append(r.Sentences, "The curve falls to the right: a larger θ makes the data less surprising.")
	default:
		r.Sentences = append(r.Sentences, "The curve falls to the left: a smaller θ makes the data less surprising.")
	}
	return r
}

// Found reports whether θ stands, for the eye, at the minimiser.
func (l *Likelihood) Found() bool { return math.Abs(l.Theta-l.Best) <= 0.005*(l.Max-l.Min) }

// JSON implements [Result].
func (l *Likelihood) JSON() any {
	return struct {
		Model   string `json:"model"`
		Theta   Float  `json:"theta"`
		NLL     Float  `json:"nll"`
		Best    Float  `json:"best"`
		BestNLL Float  `json:"best_nll"`
	}{l.Model, Float(l.Theta), Float(l.NLL), Float(l.Best), Float(l.BestNLL)}
}

// CSV implements [Result]: the curve over the drawn range.
func (l *Likelihood) CSV() [][]string {
	rows := [][]string{{"theta", "nll"}}
	for i := range 401 {
		theta := l.Min + (l.Max-l.Min)*float64(i)/400
		rows = append(rows, csvNumbers(theta, l.At(theta)))
	}
	return rows
}
