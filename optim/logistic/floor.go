package logistic

// Floor is how far above its minimum the mean loss J/Rows stays on average when
// gradient descent goes on for ever with a constant rate eta and batches of b rows
// drawn with replacement: eta·σ²/(4b), to first order in eta. n is the noise at the
// minimum; eta multiplies the mean gradient of a batch.
//
// Near the minimum an update is θ ← θ − eta(Hθ + e) with Cov e = C/b, whose
// stationary covariance Σ obeys HΣ + ΣH = eta·C/b but for terms of higher order.
// The trace of both sides gives ½tr(HΣ), the mean excess, without H: eta·tr(C)/(4b)
// (S. Mandt, M. D. Hoffman and D. M. Blei, Stochastic Gradient Descent as
// Approximate Bayesian Inference, JMLR 18 (2017), 134). Batches of shuffled rows are
// not independent, since those of an epoch add up to all data; their floor is lower.
func (n Noise) Floor(eta float64, b int) float64 {
	return eta * n.Variance() / (4 * float64(b))
}
