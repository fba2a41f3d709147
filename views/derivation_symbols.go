package views

import (
	"strings"

	"descent/optim/derive"
)

// A symbol is what a button writes, and how it is typed.
type symbol struct {
	mathML string // of the button, without the <math> around it
	name   string // spoken
	insert string // what is written; the caret comes to stand at ‸, else behind it
	typed  string // the same with plain keys
	also   string // another way; may be empty
}

// Parts of formulas in MathML.
const (
	mathJ     = "<mi>j</mi>"
	mathTheta = "<mi>θ</mi>"
	mathRow   = "<mrow><mo>(</mo><mi>i</mi><mo>)</mo></mrow>"
)

func partialBy(by string) string {
	return "<mfrac><mo>∂</mo><mrow><mo>∂</mo>" + by + "</mrow></mfrac>"
}

func inBrackets(head string) string {
	return head + "<mrow><mo>(</mo><mspace width=\"0.6em\"></mspace><mo>)</mo></mrow>"
}

// The symbols of more than one task.
var (
	symbolSum    = symbol{"<mstyle displaystyle=\"false\"><msub><mo>∑</mo><mi>i</mi></msub></mstyle>", "sum over the rows i", "Σ_i ", "sum(i,1,m, …)", "sum_i …"}
	symbolSigma  = symbol{inBrackets("<mi>σ</mi>"), "sigma of", "σ(‸)", "sigma(…)", ""}
	symbolPrime  = symbol{inBrackets("<msup><mi>σ</mi><mo>′</mo></msup>"), "derivative of sigma", "σ'(‸)", "sigma'(…)", ""}
	symbolY      = symbol{"<msup><mi>y</mi>" + mathRow + "</msup>", "y of row i", "y_i", "y_i", "y^(i)"}
	symbolLog    = symbol{"<mi>log</mi>", "log", "log(‸)", "log(…)", "ln(…)"}
	symbolExp    = symbol{"<mi>exp</mi>", "exp", "exp(‸)", "exp(…)", "e^…"}
	symbolHalf   = symbol{"<mfrac><mn>1</mn><mn>2</mn></mfrac>", "one half", "½", "1/2", ""}
	symbolSquare = symbol{"<msup><mi>u</mi><mn>2</mn></msup>", "squared", "²", "^2", ""}
	symbolEqual  = symbol{"<mo>=</mo>", "equals", "= ", "=", ""}

	symbolByTheta = symbol{partialBy("<msub>" + mathTheta + mathJ + "</msub>"), "derivative by theta j", "∂/∂θ_j [‸]", "D(theta_j, …)", "d/dtheta_j […]"}
	symbolDot     = symbol{"<msup>" + mathTheta + "<mi>T</mi></msup><msup><mi>x</mi>" + mathRow + "</msup>", "theta times row x i", "θᵀx_i", "dot(theta, x_i)", "z_i"}
	symbolX       = symbol{"<msubsup><mi>x</mi>" + mathJ + mathRow + "</msubsup>", "x of row i, entry j", "x_ij", "x_ij", "x^(i)_j"}
	symbolH       = symbol{"<msup><mi>h</mi>" + mathRow + "</msup>", "h of row i, short for sigma of theta times x i", "h_i", "h_i", "σ(θᵀx_i)"}
	symbolLoss    = symbol{"<mi>NLL</mi>", "the loss NLL", "NLL", "NLL", "J"}
)

// symbols are the buttons of a task, those of derivatives first.
func symbols(t *derive.Task) []symbol {
	letter := func(name, letter string) symbol { return symbol{"<mi>" + letter + "</mi>", name, letter, name, ""} }
	by := func(name, letter string) symbol {
		return symbol{partialBy("<mi>" + letter + "</mi>"), "derivative by " + name, "∂/∂" + letter + " [‸]", "D(" + name + ", …)", "d/d" + name + " […]"}
	}
	switch t.ID {
	case "sigmoid-derivative":
		return []symbol{by("z", "z"), symbolSigma, symbolPrime, symbolExp, symbolSquare, symbolEqual}
	case "quadratic-gradient":
		return []symbol{symbolByTheta, symbolSum, symbolDot, symbolX, symbolY, symbolHalf, symbolSquare, symbolEqual}
	case "gaussian-nll":
		return []symbol{by("mu", "μ"), by("s", "s"), symbolLoss, symbolSum, symbolY, letter("mu", "μ"), letter("pi", "π"), symbolLog, symbolExp, symbolHalf, symbolSquare, symbolEqual}
	case "softmax-two-classes":
		return []symbol{symbolExp, symbolSigma, letter("a", "a"), letter("b", "b"), symbolEqual}
	}
	return []symbol{symbolByTheta, symbolLoss, symbolSum, symbolSigma, symbolPrime, symbolDot, symbolX, symbolY, symbolH, symbolLog, symbolExp, symbolHalf, symbolSquare, symbolEqual}
}

// shown is what a button writes, with the place for what comes into its brackets.
func (s symbol) shown() string { return strings.ReplaceAll(s.insert, "‸", "…") }
