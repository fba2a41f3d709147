package kernel

import (
	"math"

	"descent/optim/logistic/kernel/coefficient"
)

// The portable kernels. A product that is to be rounded before it is added is
// converted to float64, as the compiler would otherwise fuse the two on some
// processors.

func dotsGo(x []float64, rows []int, theta, scores []float64) {
	weights := theta[1:]
	n := len(weights)
	for i, row := range rows {
		v := x[row*n : (row+1)*n]
		var s0, s1, s2, s3 float64
		j := 0
		for ; j+4 <= n; j += 4 {
			s0 = math.FMA(weights[j], v[j], s0)
			s1 = math.FMA(weights[j+1], v[j+1], s1)
			s2 = math.FMA(weights[j+2], v[j+2], s2)
			s3 = math.FMA(weights[j+3], v[j+3], s3)
		}
		if j < n {
			var a, b [4]float64
			copy(a[:], weights[j:])
			copy(b[:], v[j:])
			s0 = math.FMA(a[0], b[0], s0)
			s1 = math.FMA(a[1], b[1], s1)
			s2 = math.FMA(a[2], b[2], s2)
			s3 = math.FMA(a[3], b[3], s3)
		}
		scores[i] = ((s0 + s1) + (s2 + s3)) + theta[0]
	}
}

func residualsGo(scores, labels, residuals []float64, sums *[8]float64) {
	for i := range scores {
		_, _, residuals[i] = residual(scores[i], labels[i])
		sums[i%4] += residuals[i]
	}
}

func lossesGo(scores, labels, residuals []float64, sums *[8]float64) {
	for i := range scores {
		var z, e float64
		z, e, residuals[i] = residual(scores[i], labels[i])
		sums[i%4] += residuals[i]
		sums[4+i%4] += softplus(z, e)
	}
}

// residual returns σ(score) − label with z, the score whose sign is such that the
// loss is log(1 + exp(z)), and e = exp(−|z|).
func residual(score, label float64) (z, e, r float64) {
	side := 1 - (label + label)
	z = float64(score * side)
	e = exponential(math.Copysign(z, -1))
	numerator := side
	if math.Signbit(z) {
		numerator = float64(e * side)
	}
	return z, e, numerator / (1 + e)
}

// exponential is exp(x) for x ≤ 0.
func exponential(x float64) float64 {
	if coefficient.Least > x {
		x = coefficient.Least
	}
	t := math.FMA(math.Log2E, x, coefficient.Round)
	k := t - coefficient.Round
	r := math.FMA(-coefficient.Ln2High, k, x)
	r = math.FMA(-coefficient.Ln2Low, k, r)

	// The polynomial in pairs (Estrin), which waits less than Horner's form.
	c := &coefficient.Exp
	r2 := float64(r * r)
	r4 := float64(r2 * r2)
	p01 := math.FMA(c[1], r, c[0])
	p23 := math.FMA(c[3], r, c[2])
	p45 := math.FMA(c[5], r, c[4])
	p67 := math.FMA(c[7], r, c[6])
	p89 := math.FMA(c[9], r, c[8])
	p := math.FMA(math.FMA(p67, r2, p45), r4, math.FMA(p23, r2, p01))
	p = math.FMA(math.FMA(c[10], r2, p89), float64(r4*r4), p)
	e := 1 + math.FMA(p, r2, r)

	// 2ᵏ in two factors, of which each is a normal number.
	first := math.FMA(0.5, k, coefficient.Round)
	second := k - (first - coefficient.Round) + coefficient.Round
	return float64(e*power(first)) * power(second)
}

// power is 2ᵏ, where shifted is k + Round.
func power(shifted float64) float64 {
	return math.Float64frombits(math.Float64bits(shifted)<<52 + math.Float64bits(1))
}

// softplus is log(1 + exp(z)), where e = exp(−|z|).
func softplus(z, e float64) float64 {
	f, high, low := e, 0.0, 0.0
	if e > coefficient.Split {
		f, high, low = float64((e-1)*0.5), coefficient.Ln2High, coefficient.Ln2Low
	}
	s := f / (2 + f)
	square := float64(s * s)
	c := &coefficient.Log1p
	r := c[6]
	for k := 5; k >= 0; k-- {
		r = math.FMA(r, square, c[k])
	}
	half := float64(float64(f*0.5) * f)
	r = math.FMA(r, square, half)
	r = math.FMA(r, s, low)
	positive := 0.0
	if z > 0 {
		positive = z
	}
	return positive + (high - ((half - r) - f))
}

func accumulateGo(x []float64, stride int, rows []int, factors, sum []float64) {
	for from := 0; from < len(sum); from += 4 {
		n := min(4, len(sum)-from)
		var sums [2][4]float64
		for i, row := range rows {
			s := &sums[i%2]
			for j, v := range x[row*stride+from : row*stride+from+n] {
				s[j] = math.FMA(v, factors[i], s[j])
			}
		}
		for j := range n {
			sum[from+j] += sums[0][j] + sums[1][j]
		}
	}
}

func descendGo(x []float64, rows []int, labels, theta []float64, rate, decay float64) {
	n := len(theta) - 1
	weights := theta[1:]
	var score [1]float64
	for i, row := range rows {
		dotsGo(x, rows[i:i+1], theta, score[:])
		_, _, r := residual(score[0], labels[row])
		theta[0] += float64(-rate * r)
		for j, v := range x[row*n : (row+1)*n] {
			slope := float64(r * v)
			if decay != 0 {
				slope += float64(decay * weights[j])
			}
			weights[j] += float64(-rate * slope)
		}
	}
}
