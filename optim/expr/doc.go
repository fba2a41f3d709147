// Package expr reads a formula that a student typed, says how it was understood, differentiates it and evaluates it
// quickly.
//
//	e, err := expr.Parse("(1 - x)^2 + 100(y - x^2)^2")
//	e.String()                 // (1 - x)^2 + 100*(y - x^2)^2
//	e.Gradient()[1].String()   // 200*(y - x^2)
//	ev := e.Compile().NewEvaluator()
//	value := ev.Eval(theta, gradient)
//
// # Notation
//
// A formula has the variables x and y, or θ1 and θ2 (also theta1, theta_1, θ_1, θ₁), never both kinds. Multiplication
// may be left out: 2x, x y, 3 sin(x), x(y+1). Powers associate to the right and bind tighter than a minus on their
// left, so -x^2 is -(x^2). Written and implied products and quotients bind alike, from left to right, so 1/2x is
// (1/2)x. A function without brackets takes the product that follows it, up to the next function, so sin 2x cos x is
// sin(2x)·cos(x). Where a reader could disagree with such a reading, [Expr.Notes] states it. log is natural.
//
// # Values
//
// Arithmetic is float64. Outside its domain a formula is NaN or ±Inf, as in package math; nothing panics. Forms of the
// logistic function are evaluated without overflow or cancellation: 1/(1+exp(-z)), log(1+exp(z)), log(sigma(z)) and
// log(1+z) do not lose the digits that the text, taken literally, would lose.
//
// # Kinks
//
// Derivatives follow PyTorch where none exists: |x| and relu have slope 0 at 0, and where the two arguments of min or
// max are equal each contributes one half. Derivatives print sign(x), which is 0 at 0, and step(x), which is 1 for x > 0
// and 0 otherwise; both may be typed too. Their own derivatives are 0.
//
// # Limits
//
// [Parse] refuses more than 256 characters, nesting (brackets, arguments, exponents, signs) deeper than 32, and more
// than 256 numbers, variables and operations. Derivatives may be longer than what they were made from.
//
// The package does no algebra for its own sake: what was typed keeps its shape, only derivatives are tidied. It does not
// decide whether two formulas are equal.
package expr
