package derive

// A Mistake is one that students are known to make.
type Mistake struct {
	ID    string
	Words string // to the student who made it
}

// Mistakes are all that can be named, in no order.
var Mistakes = []Mistake{
	{"sign", "the sign of the whole line has changed: a minus in front was lost or added"},
	{"inner-minus", "a minus inside was lost: look at the signs in 1 − σ, in −z and between the terms"},
	{"chain-sigma", "the factor σ′ = σ(1 − σ) is missing: the chain rule multiplies by the derivative of the inner function"},
	{"chain-x", "the factor x_ij is missing: the derivative of θᵀx_i by θ_j is x_ij"},
	{"theta-for-x", "the derivative of θᵀx_i by θ_j is x_ij, not θ_j"},
	{"wrong-index", "an index is wrong: i counts the rows, j is the entry by which you differentiate, as in x_ij and y_i"},
	{"dropped-sum", "the Σ is missing: the loss adds up all rows"},
	{"extra-mean", "a factor 1/m came in or went out: the loss here is the sum over the rows, not their mean"},
	{"sigma-prime-sigma", "σ′ is not σ: the derivative of σ(z) is σ(z)(1 − σ(z))"},
	{"sigma-prime-one-minus", "σ′ is not 1 − σ: the derivative of σ(z) is σ(z)(1 − σ(z))"},
	{"sigma-prime-square", "σ′ is not a square: the derivative of σ(z) is σ(z)(1 − σ(z))"},
	{"sigma-prime-sign", "the sign of σ′ is wrong: the derivative of σ(z) is +σ(z)(1 − σ(z)), as σ rises everywhere"},
	{"log-derivative", "the derivative of log u is u′/u: the logarithm goes, and 1/u comes"},
	{"log-of-sum", "the logarithm of a sum is not the sum of the logarithms: log(a + b) stays as it is"},
	{"log-of-product", "the logarithm of a product is a sum: log(ab) = log a + log b"},
	{"second-term", "the term with 1 − y was lost: both terms of the loss contribute"},
	{"second-term-sign", "the sign of the term with 1 − y has changed"},
	{"y-swapped", "y and 1 − y were exchanged: y belongs to log σ, 1 − y to log(1 − σ)"},
	{"sigma-y-swapped", "σ − y stands where y − σ belongs, or the other way round: that changes the sign"},
	{"y-for-sigma", "y and σ were mixed up: y_i is the label, σ(θᵀx_i) what the model says"},
	{"power-rule", "the power rule is (uᵏ)′ = k uᵏ⁻¹ u′: look at the factor and the exponent"},
	{"quotient-rule", "the quotient rule is (a/b)′ = (a′b − ab′)/b²: look at the sign and the square below"},
	{"product-rule", "the product rule has two halves: (ab)′ = a′b + ab′"},
	{"exp-derivative", "the derivative of exp(u) is exp(u) u′: the inner derivative is missing"},
	{"expansion", "brackets were multiplied out wrongly: every term inside gets the factor, and its sign"},
	{"cancellation", "this does not cancel: only a factor of the whole numerator and the whole denominator does"},
}

// words are a mistake's words.
func words(id string) string {
	for _, m := range Mistakes {
		if m.ID == id {
			return m.Words
		}
	}
	return ""
}

// slipMistakes names the broken rules.
var slipMistakes = map[rule]string{
	slipMinusLost: "inner-minus", slipSigmaKept: "sigma-prime-sigma", slipSigmaOneMinus: "sigma-prime-one-minus", slipSigmaSquare: "sigma-prime-square",
	slipSigmaSquare2: "sigma-prime-square", slipSigmaSign: "sigma-prime-sign", slipSigmaLost: "chain-sigma", slipInnerLost: "chain-x", slipDotOne: "chain-x",
	slipDotTheta: "theta-for-x", slipDotFlipped: "wrong-index", slipDotRow: "wrong-index", slipDotColumn: "wrong-index", slipLogOne: "log-derivative",
	slipLogKept: "log-derivative", slipLogOfSlope: "log-derivative", slipLogSquare: "log-derivative", slipLogInner: "chain-sigma", slipSigmaOne: "chain-sigma", slipSigmaPlus: "inner-minus", slipVariableKept: "power-rule",
	slipPowerFactor: "power-rule", slipPowerExponent: "power-rule", slipPowerInner: "power-rule", slipPowerUp: "power-rule", slipPowerSign: "power-rule",
	slipQuotientSign: "quotient-rule", slipQuotientPlus: "quotient-rule", slipQuotientOne: "quotient-rule", slipQuotientParts: "quotient-rule", slipQuotientTop: "quotient-rule", slipQuotientInner: "exp-derivative",
	slipProductLeft: "product-rule", slipProductRight: "product-rule", slipProductBoth: "product-rule",
	slipExpInner: "exp-derivative", slipExpPower: "exp-derivative", slipExpOne: "exp-derivative", slipExpMinus: "inner-minus",
}

// slipsOf are the ways to break the rule for a node, likely ones first.
func slipsOf(n *node) []rule {
	switch n.op {
	case opScalar:
		return []rule{slipVariableKept}
	case opNeg, opSub:
		return []rule{slipMinusLost}
	case opDot:
		return []rule{slipDotOne, slipDotTheta, slipDotFlipped, slipDotRow, slipDotColumn}
	case opMul:
		return []rule{slipProductLeft, slipProductRight, slipProductBoth}
	case opDiv:
		list := []rule{slipQuotientSign, slipQuotientPlus, slipQuotientOne, slipQuotientParts, slipQuotientTop}
		if n.b.contains(func(c *node) bool { return c.op == opCall && c.fn == fnExp }) {
			list = append(list, slipQuotientInner)
		}
		return list
	case opPow:
		if v, ok := n.constantPower(); ok && v.v < 0 {
			return []rule{slipPowerFactor, slipPowerExponent, slipPowerInner, slipPowerUp, slipPowerSign}
		}
		return []rule{slipPowerFactor, slipPowerExponent, slipPowerInner, slipPowerUp}
	case opCall:
		switch n.fn {
		case fnSigma:
			return []rule{slipSigmaLost, slipSigmaKept, slipSigmaOneMinus, slipSigmaSquare, slipSigmaSquare2, slipSigmaSign, slipInnerLost, slipSigmaOne, slipSigmaPlus}
		case fnLog:
			return []rule{slipLogOne, slipLogKept, slipLogOfSlope, slipLogSquare, slipLogInner}
		case fnExp:
			return []rule{slipExpInner, slipExpPower, slipExpOne, slipExpMinus}
		}
	}
	return nil
}
