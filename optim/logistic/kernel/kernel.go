// Package kernel holds the inner loops of logistic regression over rows of a
// matrix: the scores θᵀx, the residuals σ(θᵀx) − y with their losses, and weighted
// sums of rows.
//
// On amd64 with AVX2 and FMA, which is found out once at start, they are generated
// assembly (gen); elsewhere Go. Both do the same operations in the same order, with
// four partial sums and fused multiply-adds, so that results agree to the bit and
// a link shows the same picture whichever machine answers it. Without FMA in the
// processor the Go is right, but slow.
//
// # Conventions
//
// x is row-major with rows stride numbers apart; rows lists the rows to visit, in
// their order, repeats allowed. Row numbers are not checked against x: the caller
// has done that. Nothing is allocated and nothing kept.
package kernel

//go:generate go run ./gen -out kernel_amd64.s -stubs stubs_amd64.go -pkg kernel

// Dots stores θᵀxᵢ in scores for each of rows. theta has the bias first, then one
// weight for each column. ahead, as long as rows or empty, names rows that will be
// visited soon and are fetched into the cache meanwhile; their numbers may be any.
func Dots(x []float64, rows, ahead []int, theta, scores []float64) {
	_ = scores[:len(rows)]
	dots(x, rows, ahead, theta, scores)
}

// Residuals stores σ(z) − y in residuals for each score z and label y, 0 or 1, and
// adds them to sums[:4], number i to sums[i%4]. The length is a multiple of 4: fill
// up with the score −Inf and the label 0, whose residual and loss are 0.
//
// A residual is within 3 units in the last place, subnormals too: for labels that
// fit, 1 − σ is computed without cancellation.
func Residuals(scores, labels, residuals []float64, sums *[8]float64) {
	checkLengths(scores, labels, residuals)
	fillResiduals(scores, labels, residuals, sums)
}

// Losses is Residuals, and adds the losses −y log σ(z) − (1−y) log(1−σ(z)) to
// sums[4:] likewise. Each is within 3 units in the last place.
func Losses(scores, labels, residuals []float64, sums *[8]float64) {
	checkLengths(scores, labels, residuals)
	fillLosses(scores, labels, residuals, sums)
}

// Accumulate adds Σ factorᵢ·xᵢ over rows to sum; rows may be longer than sum, whose
// length says how many of their numbers are taken.
func Accumulate(x []float64, stride int, rows []int, factors, sum []float64) {
	_ = factors[:len(rows)]
	accumulate(x, stride, rows, factors, sum)
}

// MaxDescend is the largest number of columns that Descend takes.
const MaxDescend = 256

// Descend makes one step of gradient descent on θ for each of rows, by the
// gradient over that row alone: θ ← θ − rate·((σ(θᵀx̃) − y)·x̃ + decay·θ), where the
// bias does not decay. labels has the label of each row of x. ahead is as for Dots.
func Descend(x []float64, rows, ahead []int, labels, theta []float64, rate, decay float64) {
	if len(theta)-1 > MaxDescend {
		panic("kernel: too many columns to descend on")
	}
	descend(x, rows, ahead, labels, theta, rate, decay)
}

func checkLengths(scores, labels, residuals []float64) {
	if len(scores)%4 != 0 || len(labels) != len(scores) || len(residuals) != len(scores) {
		panic("kernel: lengths differ or are no multiple of 4")
	}
}
