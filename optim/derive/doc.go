// Package derive checks a derivation that a student wrote line by line: whether each line follows from the one before,
// where the first broken step is, and what probably went wrong there.
//
//	task, _ := derive.LookupTask("logistic-gradient")
//	report, err := derive.Check(ctx, task, "D(theta_j, NLL)\n= -sum(i,1,m, (y_i - h_i) x_ij)")
//	report.Complete            // true
//
// It decides nothing by pattern: two lines are compared as functions. [Equal] does the same for two formulas alone.
//
// # Language
//
// A formula has numbers, + − × ÷ ^, functions (exp, log = ln, sigma = σ, sqrt, sin, …), sums over rows or features,
// sum(i,1,m, …) or Σ_i …, derivatives D(theta_j, …), d/dtheta_j … or ∂/∂θ_j …, σ′(…), the data x_ij and y_i, the
// parameters θ_j, the row x_i, the vector θ and their product dot(theta, x_i) or θᵀx_i. z_i is short for θᵀx_i, h_i for
// σ(θᵀx_i), J and NLL for a task's loss. Rows may also be raised: y^(i), x^(i)_j. Indices may be subscripts: xᵢⱼ.
//
// Σ_i takes the whole product that follows it and ends at a + or − of the same level. d/dtheta_j takes the next factor,
// function or sum. A function without brackets takes the next factor, log h_i, with a number before it: log 2x. The echo,
// [Formula.String], shows the brackets, so that nobody is left guessing.
//
// # Equality
//
// Formulas that are the same but for the order of terms and the names of summation indices are equal. Formulas without
// functions are compared modulo two primes of 61 bits at random points (J. Schwartz, JACM 27, 1980; R. Zippel, 1979),
// which is exact arithmetic at the price of one. All others are evaluated in float64, where every value carries a bound of its rounding error
// (running error analysis; N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, SIAM 2002, section
// 3.3), and whether it is undefined. A pair is different only if it differs by eight bounds at two points, or exactly at
// one; it is equal only if it agreed at eight points of every shape and if no term was too small to be seen at all of them; else it
// is undecided, in words. The points are fixed by a seed: the same pair gets the same verdict.
//
// Derivatives are exact: they are taken rule by rule on the tree (so that a broken rule can be tried in the place of a
// right one) and are defined only where what they differentiate is.
//
// # Limits
//
// A line has at most [MaxLine] characters, a text [MaxText], nesting is at most [MaxDepth] deep, that of sums [MaxSums]
// and of derivatives [MaxDerivatives].
// A comparison evaluates a fixed number of operations, some 50 ms, and gives up as undecided.
//
// The package does no I/O, reads no clock and proves nothing: it samples.
package derive
