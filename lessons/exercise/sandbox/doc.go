// Package sandbox runs a student's program, an update rule or a gradient, inside the server's own
// process. Programs are written in a small part of Starlark (go.starlark.net), which reads like Python.
//
// # How it is kept safe
//
// The tree of a program is checked and rewritten before anything runs: what is not needed (load, while,
// lambda, nested def, star arguments, sets …) is refused with its line, and every operator, literal,
// index and method becomes a call of a function of this package. These functions
// bound each value and charge a [Budget] for the memory that they take and for the time they need, so
// that a budget bounds everything that its programs do: operations in all, bytes allocated in all.
//
// # Values
//
// Numbers are float64, or whole numbers up to 2⁵³; [Vector] is a list of float64 that is calculated with entry by
// entry. NaN and ±∞ are results; only dividing by zero is refused, since its line is what helps.
//
// # Errors
//
// What is wrong with a program is a [*Fault]: line, what happened, what to do instead. Any other error
// is the context's.
package sandbox
