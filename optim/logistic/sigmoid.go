package logistic

import "math"

// Sigmoid is σ(z) = 1/(1 + exp(−z)), for every z: it never overflows, and for
// very negative z it keeps its relative precision down to the subnormals.
func Sigmoid(z float64) float64 {
	if z >= 0 {
		return 1 / (1 + math.Exp(-z))
	}
	e := math.Exp(z)
	return e / (1 + e)
}

// LogSigmoid is log σ(z) = −log(1 + exp(−z)), without the underflow of
// math.Log(Sigmoid(z)): about z for very negative z, about −exp(−z) for large z.
func LogSigmoid(z float64) float64 {
	return math.Min(z, 0) - math.Log1p(math.Exp(-math.Abs(z)))
}
