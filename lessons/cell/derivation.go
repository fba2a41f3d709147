package cell

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"descent/optim/dataset"
	"descent/optim/logistic"
	"descent/optim/param"
)

var derivationKind = &Kind{
	ID: "derivation", Title: "The gradient, line by line",
	Summary: "The derivation of the logistic gradient; each line is evaluated on iris flowers at the θ you choose.",
	Params: param.Table{
		{Name: "j", Label: "which θⱼ", Symbol: "j", Help: "0 is the bias, 1 petal length, 2 petal width.", Type: param.Integer, Max: 2, Default: "1"},
		{Name: "b", Label: "bias", Symbol: "θ₀", Min: -20, Max: 20, SoftMin: -5, SoftMax: 5, Step: 0.05, Default: "0.5"},
		{Name: "w1", Label: "weight of petal length", Symbol: "θ₁", Min: -20, Max: 20, SoftMin: -5, SoftMax: 5, Step: 0.05, Default: "1"},
		{Name: "w2", Label: "weight of petal width", Symbol: "θ₂", Min: -20, Max: 20, SoftMin: -5, SoftMax: 5, Step: 0.05, Default: "-0.5"},
	},
	Run: runDerivation,
}

// A Derivation is the chain of equal expressions from ∂NLL/∂θⱼ to the final
// formula, each with its value on the data.
type Derivation struct {
	J     int       // which partial derivative, 0 (of the bias) to 2
	Theta []float64 // bias and two weights, of standardised petal length and width
	Lines []DerivationLine
}

// A DerivationLine is one line: its formula in TeX, the fact that leads to it
// from the line before, and its value. Derivatives that a line still has in it are
// measured by central differences.
type DerivationLine struct {
	Formula, Fact string
	Value         float64 // the sum over the 100 flowers
}

// derivationLines gives each line a formula and, per example, its term of the
// sum over i. Where a line still has a derivative in it, that is measured by a
// central difference, so that no line borrows the result of a later one.
var derivationLines = []struct {
	formula, fact string
	term          func(e example) float64
}{
	{
		`-\frac{\partial}{\partial \theta_j} \sum_{i=1}^{m} y^{(i)} \log \sigma(z^{(i)}) + (1 - y^{(i)}) \log\bigl(1 - \sigma(z^{(i)})\bigr)`,
		"The j-th component of the gradient is the partial derivative in θⱼ. Here z⁽ⁱ⁾ = θᵀx⁽ⁱ⁾.",
		func(e example) float64 {
			return e.inTheta(func(z float64) float64 {
				return e.y*math.Log(logistic.Sigmoid(z)) + (1-e.y)*math.Log(1-logistic.Sigmoid(z))
			})
		},
	}, {
		`-\sum_{i=1}^{m} y^{(i)} \frac{\partial}{\partial \theta_j} \log \sigma(z^{(i)}) + (1 - y^{(i)}) \frac{\partial}{\partial \theta_j} \log\bigl(1 - \sigma(z^{(i)})\bigr)`,
		"Derivative of a sum: differentiate each term. The labels do not depend on θ.",
		func(e example) float64 {
			return e.y*e.inTheta(func(z float64) float64 { return math.Log(logistic.Sigmoid(z)) }) +
				(1-e.y)*e.inTheta(func(z float64) float64 { return math.Log(1 - logistic.Sigmoid(z)) })
		},
	}, {
		`-\sum_{i=1}^{m} \left( \frac{y^{(i)}}{\sigma(z^{(i)})} - \frac{1 - y^{(i)}}{1 - \sigma(z^{(i)})} \right) \frac{\partial}{\partial \theta_j} \sigma(z^{(i)})`,
		"Derivative of the logarithm with the chain rule. The inner derivative of 1 − σ brings the minus sign.",
		func(e example) float64 { return e.ratio() * e.inTheta(logistic.Sigmoid) },
	}, {
		`-\sum_{i=1}^{m} \left( \frac{y^{(i)}}{\sigma(z^{(i)})} - \frac{1 - y^{(i)}}{1 - \sigma(z^{(i)})} \right) \sigma'(z^{(i)})\, \frac{\partial z^{(i)}}{\partial \theta_j}`,
		"Chain rule again: the sigmoid of θᵀx.",
		func(e example) float64 {
			return e.ratio() * central(logistic.Sigmoid, e.z) * e.inTheta(func(z float64) float64 { return z })
		},
	}, {
		`-\sum_{i=1}^{m} \left( \frac{y^{(i)}}{\sigma(z^{(i)})} - \frac{1 - y^{(i)}}{1 - \sigma(z^{(i)})} \right) \sigma(z^{(i)})\bigl(1 - \sigma(z^{(i)})\bigr)\, \frac{\partial z^{(i)}}{\partial \theta_j}`,
		"Derivative of the logistic sigmoid.",
		func(e example) float64 {
			return e.ratio() * e.p * (1 - e.p) * e.inTheta(func(z float64) float64 { return z })
		},
	}, {
		`-\sum_{i=1}^{m} \left( \frac{y^{(i)}}{\sigma(z^{(i)})} - \frac{1 - y^{(i)}}{1 - \sigma(z^{(i)})} \right) \sigma(z^{(i)})\bigl(1 - \sigma(z^{(i)})\bigr)\, x_j^{(i)}`,
		"Partial derivative of the dot product: only θⱼxⱼ depends on θⱼ.",
		func(e example) float64 { return e.ratio() * e.p * (1 - e.p) * e.x },
	}, {
		`-\sum_{i=1}^{m} \Bigl( y^{(i)} \bigl(1 - \sigma(z^{(i)})\bigr) - (1 - y^{(i)})\, \sigma(z^{(i)}) \Bigr)\, x_j^{(i)}`,
		"Multiply out: each fraction cancels one factor.",
		func(e example) float64 { return (e.y*(1-e.p) - (1-e.y)*e.p) * e.x },
	}, {
		`-\sum_{i=1}^{m} \bigl( y^{(i)} - \sigma(\vec{\theta}^T \vec{x}^{(i)}) \bigr)\, x_j^{(i)}`,
		"The products yσ cancel. What is left is mistake times input.",
		func(e example) float64 { return (e.y - e.p) * e.x },
	},
}

// DerivationFormulas are the TeX formulas of all lines, for package formula to
// render ahead of time.
func DerivationFormulas() []string {
	list := make([]string, len(derivationLines))
	for i, line := range derivationLines {
		list[i] = line.formula
	}
	return list
}

// An example is one flower at the current θ: its label, z = θᵀx, p = σ(z) and
// the coordinate xⱼ.
type example struct{ y, z, p, x float64 }

// ratio is y/σ − (1−y)/(1−σ).
func (e example) ratio() float64 { return e.y/e.p - (1-e.y)/(1-e.p) }

// inTheta measures ∂g(z)/∂θⱼ: a change h of θⱼ changes z by h·xⱼ.
func (e example) inTheta(g func(z float64) float64) float64 {
	return central(func(h float64) float64 { return g(e.z + h*e.x) }, 0)
}

// central is the central difference with the step u^(1/3), about the best for
// float64.
func central(g func(float64) float64, at float64) float64 {
	const h = 6e-6
	return (g(at+h) - g(at-h)) / (2 * h)
}

func runDerivation(_ context.Context, v param.Values) (Result, error) {
	petals, err := dataset.Iris().Select([]int{2, 3})
	if err != nil {
		return nil, err
	}
	scaled, _ := petals.Scaled(dataset.Standard)
	d := &Derivation{J: v.Int("j"), Theta: []float64{v.Float("b"), v.Float("w1"), v.Float("w2")}}
	for _, line := range derivationLines {
		sum := 0.0
		for i, y := range scaled.Y {
			x := [3]float64{1, scaled.Row(i)[0], scaled.Row(i)[1]}
			z := d.Theta[0] + d.Theta[1]*x[1] + d.Theta[2]*x[2]
			sum -= line.term(example{y, z, logistic.Sigmoid(z), x[d.J]})
		}
		d.Lines = append(d.Lines, DerivationLine{line.formula, line.fact, sum})
	}
	return d, nil
}

// Digits writes a line's value with as many digits as the lines agree in: six
// after the point, and a true minus sign.
func Digits(v float64) string { return minus(strconv.FormatFloat(v, 'f', 6, 64)) }

// Spread is the largest difference between the values of two lines.
func (d *Derivation) Spread() float64 {
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, line := range d.Lines {
		lo, hi = min(lo, line.Value), max(hi, line.Value)
	}
	return hi - lo
}

// Readout implements [Result].
func (d *Derivation) Readout() Readout {
	value := d.Lines[len(d.Lines)-1].Value
	r := Readout{Good, fmt.Sprintf("Every line has the value %s.", Digits(value)), nil}
	spread := d.Spread()
	if math.IsNaN(spread) || spread > 1e-4*(1+math.Abs(value)) {
		r = Readout{Warn, "Far from 0 some lines lose their digits.", []string{"Where σ rounds to 0 or 1, log σ and 1/σ cannot be computed as they stand; the last line can."}}
		return r
	}
	r.Sentences = []string{fmt.Sprintf("They differ by at most %s, since the derivatives in the upper lines are measured with small differences.", say(spread))}
	switch {
	case value > 0:
		r.Sentences = append(r.Sentences, fmt.Sprintf("The slope in θ%s is positive, so descent makes θ%s smaller.", subscript(d.J), subscript(d.J)))
	case value < 0:
		r.Sentences = append(r.Sentences, fmt.Sprintf("The slope in θ%s is negative, so descent makes θ%s larger.", subscript(d.J), subscript(d.J)))
	}
	return r
}

func subscript(n int) string { return string([]rune("₀₁₂₃₄₅₆₇₈₉")[n]) }

// JSON implements [Result].
func (d *Derivation) JSON() any {
	type line struct {
		Formula string `json:"formula"`
		Fact    string `json:"fact"`
		Value   Float  `json:"value"`
	}
	lines := make([]line, len(d.Lines))
	for i, l := range d.Lines {
		lines[i] = line{l.Formula, l.Fact, Float(l.Value)}
	}
	return struct {
		J     int     `json:"j"`
		Theta []Float `json:"theta"`
		Lines []line  `json:"lines"`
	}{d.J, floats(d.Theta), lines}
}

// CSV implements [Result].
func (d *Derivation) CSV() [][]string {
	rows := [][]string{{"line", "formula", "fact", "value"}}
	for i, l := range d.Lines {
		rows = append(rows, []string{strconv.Itoa(i + 1), l.Formula, l.Fact, csvNumber(l.Value)})
	}
	return rows
}
