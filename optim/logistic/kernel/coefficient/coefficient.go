// Package coefficient holds the numbers of exp and log1p that the assembly of
// package kernel and its Go share.
package coefficient

// The exponential: exp(x) = 2ᵏ·exp(r), where k = x/ln 2 rounded and |r| ≤ ln 2/2.
const (
	Round   = 0x1.8p52 // added to a number below 2⁵¹ and taken away again, it rounds to an integer
	Ln2High = 0.69314718055994530942
	Ln2Low  = 2.3190468138462996e-17 // ln 2 − Ln2High
	Least   = -1100                  // exp of it and of all below is 0
)

// Exp are the coefficients of (exp(r) − 1 − r)/r², that of r⁰ first: the minimax
// polynomial of SLEEF 3 (N. Shibata and F. Petrogalli, IEEE Transactions on
// Parallel and Distributed Systems 31, 2020).
var Exp = [11]float64{
	0.5, 0.166666666666666851703837, 0.0416666666666665047591422,
	0.00833333333331652721664984, 0.00138888888889774492207962, 0.000198412698960509205564975,
	2.4801587159235472998791e-05, 2.75572362911928827629423e-06, 2.75573911234900471893338e-07,
	2.51112930892876518610661e-08, 2.08860621107283687536341e-09,
}

// Split is √2 − 1: above it log(1 + e) is ln 2 + log(1 + (e − 1)/2), so that the
// argument stays small.
const Split = 0.41421356237309503

// Log1p are the coefficients of the logarithm in s² = (f/(2 + f))², that of s² first,
// from FreeBSD's s_log1p.c (Sun Microsystems, 1993).
var Log1p = [7]float64{
	6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01,
	2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01,
	1.479819860511658591e-01,
}
