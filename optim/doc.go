// Package optim is the numerical half of Descent: objectives, methods, runs, and
// what theory says of them.
//
// # A run
//
// [Resolve] understands what a reader typed, a formula or a name of the
// catalogue [Functions], and answers a [Function]. Its Objective evaluates J
// with gradient and Hessian for one goroutine. A [Method] of the catalogue
// [Methods] makes a [Rule] from its hyper-parameters, and [Minimize] applies the
// rule step by step and records everything in a [Run]:
//
//	f, err := optim.Resolve("f", "(1-x)^2 + 100(y-x^2)^2")
//	m := optim.FindMethod("adam")
//	v, err := m.Params.Defaults(nil)
//	run := optim.Minimize(ctx, f.Objective(), m.New(v), optim.Config{Start: []float64{-1.2, 1}, Eta: 0.1, Steps: 200})
//
// A run ends when ‖∇J‖ is small enough, after all steps, at the first step that
// is not finite (which is recorded), or when its context ends: [Stop] says
// which. Running into infinity is a result, never an error or a panic.
//
// A Rule's memory is a flat vector that is zero at the start and recorded row by
// row, so that any step can be made again ([Run.Replay]) and written down with
// its numbers ([Explain]). Line searches, Newton's method and Nelder–Mead are
// rules too: one recorded step is one iteration. The rate of each step follows a
// [Schedule].
//
// Row k of the record belongs to θ_k, before update k: [Run.Theta], [Run.Gradient]
// and [Run.State] are views of it. [Run.LastFinite] is where to stop reading when
// a run diverged. Maps, sweeps and tuning make runs of the same rules without a
// record.
//
// # What is known about a run
//
// [TheoryOf] compares a run with the theory of quadratics: eigenvalues and
// condition number, the largest stable rate and the best one, the predicted and
// the measured factor by which θ approaches the minimum, and the cause of a
// divergence. [Function.CriticalPoints] finds and classifies stationary points
// in a [Window], [Function.At] looks at one point and checks the gradient
// against differences, and [Function.Domain] finds where J is defined.
//
// [Tune] looks for the learning rate that suits a method best, [SweepEta] says
// what becomes of every rate, [SweepPlane] of every rate and momentum, and
// [FindBasins] and [RefineBasins] map which start leads where.
//
// # Conventions
//
// A parameter vector θ is a []float64 of the objective's dimension, 1 or 2 for
// typed formulas. Matrices and records are flat and row-major: row k of an
// n-column record is [k*n : (k+1)*n]. Losses, rates and coordinates have no
// units. NaN where a number is expected means that theory has none; comparisons
// with it are false. Outside J's domain J is NaN or ±Inf.
//
// Slices that a caller passes are read and not kept, but that [Local] and
// [Domain] hold the point that was asked for. Slices in a catalogue entry are
// shared and must not be written to; those in a record are the record itself. A
// [Function], a [Method] and a [Rule] may be shared between goroutines, an
// [Objective] belongs to one.
//
// Errors are for what a reader typed ([param.Errors]) and for contexts that
// ended. Sizes that do not fit, such as a start of the wrong length or a negative
// number of steps, are programmer's mistakes.
//
// Everything is deterministic: no clock, no global random numbers, no I/O, and
// results do not depend on the number of cores. Work that is large is bounded
// and ends within 50 ms of its context.
//
// # Sources
//
// First-order methods follow PyTorch 2's documentation to rounding; each entry
// of [Methods] names its paper and variant. Line searches, conjugate gradients,
// BFGS and L-BFGS: J. Nocedal and S. Wright, Numerical Optimization (2006).
// Nelder–Mead: J. C. Lagarias and others, SIAM Journal on Optimization 9 (1998).
// Momentum: B. T. Polyak, USSR Comp. Math. Math. Phys. 4 (1964), 1–17;
// Y. Nesterov, Soviet Mathematics Doklady 27 (1983), 372–376. Adam:
// D. P. Kingma and J. Ba, arXiv:1412.6980 (2014). Rates on quadratics:
// B. T. Polyak (1964); L. Lessard, B. Recht, A. Packard, SIAM Journal on
// Optimization 26 (2016), 57–95. Gradients by the reverse mode: A. Griewank and
// A. Walther, Evaluating Derivatives, 2nd edition (2008), in package expr. Test
// functions name theirs.
//
// # What it does not do
//
// There are no constraints and no proximal steps, and noise comes with mini-batches
// alone, in package logistic. Typed formulas have one or two variables. A search
// for critical points, rates or a domain samples: it does not prove that it found
// all. Methods are added here, not by callers: a Rule's Explain writes with terms
// that this package keeps to itself.
//
// The package knows nothing of pages, figures or addresses. Formulas are in
// package expr, tables of parameters in param, data in dataset, the logistic model
// in logistic.
package optim
