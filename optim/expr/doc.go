// Package expr reads a formula that a student typed, says how it was understood, differentiates it, prints it in
// several notations and evaluates it quickly.
//
//	e, err := expr.Parse("(1 - x)^2 + 100(y - x^2)^2")
//	e.String()                 // (1 - x)^2 + 100*(y - x^2)^2
//	e.Gradient()[1].String()   // 200*(y - x^2)
//	ev := e.Compile().NewEvaluator()
//	value := ev.Eval(theta, gradient)
//
// An [Expr] is the formula itself: parsed once, never changed, shared freely. A [Program] is its compiled form, shared
// freely too; an [Evaluator] is a Program with scratch space, for one goroutine.
//
// # Notation
//
// A formula has the variables x and y, or θ1 and θ2 (also theta1, theta_1, θ_1, θ₁; θ alone is θ1 as long as there is no
// θ2), never both kinds. Multiplication may be left out: 2x, x y, 3 sin(x), x(y+1). Powers associate to the right and
// bind tighter than a minus on their left, so -x^2 is -(x^2). Written and implied products and quotients bind alike, from
// left to right, so 1/2x is (1/2)x. A function without brackets takes the product that follows it, up to the next
// function, so sin 2x cos x is sin(2x)·cos(x). Where a reader could disagree with such a reading, [Expr.Notes] states it.
// log is natural. The grammar stands at [Parse]; a text outside it is answered with a [SyntaxError], which has the place,
// what was expected there and, for a misspelt word, a suggestion.
//
// [Expr.String] is the echo: the formula written out without anything to guess. Different spellings of one formula, 2x
// and 2*x, share it, and it parses back to itself, so that it serves as a key.
//
// # Derivatives
//
// [Expr.Derivative] differentiates symbolically and tidies as a person would: numbers and equal factors are multiplied,
// equal terms added, what terms have in common is taken out and brackets are multiplied out where that is shorter, and
// fractions have one bar. Values stay those of the derivative wherever the formula is differentiable. A product of more
// than six factors is cut in two, (fg)′ = fg′ + gf′, so that the length stays in proportion.
//
// [Evaluator.Eval] does not use these formulas: it finds the gradient by running the program backwards (reverse mode;
// A. Griewank and A. Walther, Evaluating Derivatives, 2nd edition, SIAM 2008, chapter 3). The two ways check each other
// in the tests.
//
// # Values
//
// Arithmetic is float64. Outside its domain a formula is NaN or ±Inf, as in package math; nothing panics. Forms of the
// logistic function are evaluated without overflow or cancellation: 1/(1+exp(-z)), log(1+exp(z)), log(sigma(z)) and
// log(1+z) do not lose the digits that the text, taken literally, would lose. (The two branches of sigma are the usual
// ones; for log(1+exp(z)) see M. Mächler, Accurately Computing log(1 − exp(−|a|)), 2012.)
//
// # Kinks
//
// Derivatives follow PyTorch where none exists: |x| and relu have slope 0 at 0, and where the two arguments of min or
// max are equal each contributes one half. Derivatives print sign(x), which is 0 at 0, and step(x), which is 1 for x > 0
// and 0 otherwise; both may be typed too. Their own derivatives are 0.
//
// # Printing
//
// [Expr.MathML] and [Expr.LaTeX] set the formula as a textbook does. [Expr.Go] and [Expr.Python] write it as code, with
// the values of the Evaluator; [GoPrelude] and [PythonPrelude] define the functions that this code needs beyond package
// math and NumPy.
//
// # Limits
//
// [Parse] refuses more than 256 characters, nesting (brackets, arguments, exponents, signs) deeper than 32, and more
// than 256 numbers, variables and operations. Derivatives may be longer than what they were made from: the second
// derivatives of functions nested 30 deep reach half a megabyte of text.
//
// The package does no algebra for its own sake: what was typed keeps its shape, only derivatives are tidied. It does not
// decide whether two formulas are equal.
package expr
