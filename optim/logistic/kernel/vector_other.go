//go:build !amd64

package kernel

func dots(x []float64, rows, _ []int, theta, scores []float64) { dotsGo(x, rows, theta, scores) }

func fillResiduals(scores, labels, residuals []float64, sums *[8]float64) {
	residualsGo(scores, labels, residuals, sums)
}

func fillLosses(scores, labels, residuals []float64, sums *[8]float64) {
	lossesGo(scores, labels, residuals, sums)
}

func accumulate(x []float64, stride int, rows []int, factors, sum []float64) {
	accumulateGo(x, stride, rows, factors, sum)
}

func descend(x []float64, rows, _ []int, labels, theta []float64, rate, decay float64) {
	descendGo(x, rows, labels, theta, rate, decay)
}
