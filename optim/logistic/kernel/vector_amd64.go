package kernel

import "unsafe"

var vector = hasAVX2()

func dots(x []float64, rows, ahead []int, theta, scores []float64) {
	if !vector {
		dotsGo(x, rows, theta, scores)
		return
	}
	if len(ahead) < len(rows) {
		ahead = nil
	}
	n := len(theta) - 1
	dotsAVX2(unsafe.SliceData(x), n, n, unsafe.SliceData(rows), len(rows), unsafe.SliceData(ahead),
		unsafe.SliceData(theta[1:]), theta[0], unsafe.SliceData(scores))
}

func fillResiduals(scores, labels, residuals []float64, sums *[8]float64) {
	if !vector {
		residualsGo(scores, labels, residuals, sums)
		return
	}
	residualsAVX2(unsafe.SliceData(scores), unsafe.SliceData(labels), unsafe.SliceData(residuals), len(scores), &sums[0])
}

func fillLosses(scores, labels, residuals []float64, sums *[8]float64) {
	if !vector {
		lossesGo(scores, labels, residuals, sums)
		return
	}
	lossesAVX2(unsafe.SliceData(scores), unsafe.SliceData(labels), unsafe.SliceData(residuals), len(scores), &sums[0])
}

func accumulate(x []float64, stride int, rows []int, factors, sum []float64) {
	if !vector {
		accumulateGo(x, stride, rows, factors, sum)
		return
	}
	accumulateAVX2(unsafe.SliceData(x), stride, len(sum), unsafe.SliceData(rows), len(rows),
		unsafe.SliceData(factors), unsafe.SliceData(sum))
}

func descend(x []float64, rows, ahead []int, labels, theta []float64, rate, decay float64) {
	if !vector {
		descendGo(x, rows, labels, theta, rate, decay)
		return
	}
	if len(ahead) < len(rows) {
		ahead = nil
	}
	var room [1 + MaxDescend + 3]float64
	padded := room[:len(theta)+3]
	copy(padded, theta)
	descendAVX2(unsafe.SliceData(x), len(theta)-1, unsafe.SliceData(rows), len(rows), unsafe.SliceData(ahead),
		unsafe.SliceData(labels), unsafe.SliceData(padded), -rate, decay)
	copy(theta, padded)
}
