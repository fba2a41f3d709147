package expr

import "strings"

// GoPrelude returns the definitions of the functions that the formulas' [Expr.Go] call and package math lacks, of those
// that occur only; empty if none do. Each is a documented Go function, as gofmt writes it.
func GoPrelude(formulas ...*Expr) string { return prelude(false, formulas) }

// PythonPrelude is GoPrelude for [Expr.Python]: functions of NumPy arrays.
func PythonPrelude(formulas ...*Expr) string { return prelude(true, formulas) }

func prelude(python bool, formulas []*Expr) string {
	p := codePrinter{python: python}
	for _, e := range formulas {
		p.write(e.root, bindsSum)
	}
	separator := "\n"
	if python {
		separator = "\n\n"
	}
	var parts []string
	for fn, used := range p.used {
		if text, ok := definitions[function(fn)]; ok && used && text[p.language()] != "" {
			parts = append(parts, text[p.language()])
		}
	}
	return strings.Join(parts, separator)
}

// definitions are the functions in Go and in Python, each with the conventions of this package at kinks and for NaN.
var definitions = map[function][2]string{
	fnSigma: {`// sigma is 1/(1 + exp(-z)), without overflow.
func sigma(z float64) float64 {
	if z >= 0 {
		return 1 / (1 + math.Exp(-z))
	}
	e := math.Exp(z)
	return e / (1 + e)
}
`, `def sigma(z):
    """1/(1 + exp(-z)), without overflow."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)
`},
	fnSoftplus: {`// softplus is log(1 + exp(z)), without overflow.
func softplus(z float64) float64 {
	return math.Max(z, 0) + math.Log1p(math.Exp(-math.Abs(z)))
}
`, `def softplus(z):
    """log(1 + exp(z)), without overflow."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
`},
	fnRelu: {`// relu is the positive part of z.
func relu(z float64) float64 {
	return math.Max(z, 0)
}
`, `def relu(z):
    """The positive part of z."""
    return np.maximum(z, 0)
`},
	fnSign: {`// sign is -1, 0 or 1; of NaN it is NaN.
func sign(z float64) float64 {
	switch {
	case z > 0:
		return 1
	case z < 0:
		return -1
	}
	return z
}
`, ""},
	fnStep: {`// step is 1 for z > 0 and 0 otherwise; of NaN it is NaN.
func step(z float64) float64 {
	switch {
	case z > 0:
		return 1
	case z <= 0:
		return 0
	}
	return z
}
`, `def step(z):
    """1 for z > 0 and 0 otherwise."""
    return np.heaviside(z, 0)
`},
}
