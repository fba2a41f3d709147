package exercise

import (
	"net/url"
	"strings"
	"testing"
)

func TestExpression(t *testing.T) {
	square := mustRead(t, "kind: expression\n"+common+`vary: {b: [-3]}
answer: (x @{+b})^2
variables: x
mistakes: [{id: no-middle, answer: "x^2 + @{b}^2", feedback: Mind the middle term.}]
`)
	expanded := mustRead(t, "kind: expression\n"+common+"answer: x^2 - 6x + 9\nvariables: x\nform: expanded\n")
	unlogged := mustRead(t, "kind: expression\n"+common+"answer: z\nvariables: \"z, p:unit\"\nform: [no-function log, no-derivative]\n")
	sigmoid := mustRead(t, "kind: expression\n"+common+"answer: σ(z)(1 - σ(z))\nvariables: z\nform: factored\n")
	sums := mustRead(t, "kind: expression\n"+common+"answer: Σ_i (h_i - y_i) x_ij\nvariables: \"y:binary\"\n")
	undecided := mustRead(t, "kind: expression\n"+common+"answer: 2 Σ_i log(z_i)\nvariables: \"\"\n")
	constant := mustRead(t, "kind: expression\n"+common+"answer: sqrt(2)\nvariables: \"\"\n")
	tests := []struct {
		e            *Exercise
		answer, want string
	}{
		{square, "(x-3)^2", "right"},
		{square, "x^2 − 6x + 9", "right"},
		{square, "(x-3)^3/(x-3)", "right: Your formula and the model answer are equal wherever both are defined, which is not everywhere the same."},
		{square, "x^2 + 9", "wrong no-middle: Mind the middle term.: At x = 2, your formula is 13 and the right one 1."},
		{square, "-(x-3)^2", "wrong sign: Only the sign is wrong: your formula is minus the right one.: At x = 2, your formula is −1 and the right one 1."},
		{square, "2(x-3)^2", "wrong factor-2: A factor is wrong: your formula is twice the right one.: At x = 2, your formula is 2 and the right one 1."},
		{square, "x", "wrong: At x = 2, your formula is 2 and the right one 1."},
		{square, "x^2 - 6x + 9.00001", "wrong: At x = 2, your formula is 1.00001 and the right one 1."},
		{square, "", "refused: answer: Write a formula here."},
		{square, strings.Repeat("x", MaxExpression+1), "refused: answer: This is too long: at most 300 characters."},
		{square, "x +", "refused: answer: after “+” I expect a number, a name, a function or (."},
		{square, "y^2", "refused: answer: “y” is no variable here; use x."},
		{square, "Σ_i x_i", "refused: answer: Sums over data and the indices of rows have no place in this answer; use x."},
		{square, "x_i", "refused: answer: Sums over data and the indices of rows have no place in this answer; use x."},
		{square, "f = x", "refused: answer: write one formula here, without =."},
		{expanded, "x^2 - 6x + 9", "right"},
		{expanded, "(x-3)^2", "refused: answer: This is equal, but not written as asked: multiply out all brackets."},
		{expanded, "(x-2)^2", "wrong: At x = 2, your formula is 0 and the right one 1."},
		{unlogged, "z", "right"},
		{unlogged, "log(exp(z))", "refused: answer: This is equal, but not written as asked: it is to be written without log."},
		{unlogged, "ln exp z", "refused: answer: This is equal, but not written as asked: it is to be written without log."},
		{unlogged, "D(z, z^2/2)", "refused: answer: This is equal, but not written as asked: a derivative is left to be taken."},
		{unlogged, "a + b", "refused: answer: “a” is no variable here; use p and z."},
		{sigmoid, "σ(z)(1-σ(z))", "right"},
		{sigmoid, "exp(-z)/(1+exp(-z))^2", "right"},
		{sigmoid, "σ(z) - σ(z)^2", "refused: answer: This is equal, but not written as asked: write it as a product."},
		{sums, "-Σ_i (y_i - h_i) x_ij", "right"},
		{undecided, "Σ_i log(z_i^2)", "undecided: The program could not find out whether your formula is equal to the model answer everywhere."},
		{constant, "2/sqrt(2)", "right"},
		{constant, "2", "wrong"},
	}
	for _, tt := range tests {
		if got := judged(t, tt.e, "answer="+url.QueryEscape(tt.answer)); got != tt.want {
			t.Errorf("%s: %s; want %s", tt.answer, got, tt.want)
		}
	}
	if got := judged(t, sums, "answer="+url.QueryEscape("Σ_i (y_i - h_i) x_ij")); !strings.HasPrefix(got, "wrong sign") {
		t.Errorf("sums: %s", got)
	}
}

func TestEcho(t *testing.T) {
	e := mustRead(t, "kind: expression\n"+common+"answer: 2x\nvariables: x\n")
	task := e.Task.(*ExpressionTask)
	if got := task.Echo(t.Context(), "x/2"); !strings.Contains(got, "<mfrac>") {
		t.Errorf("x/2 is %s", got)
	}
	for _, text := range []string{"", "x +", strings.Repeat("x", MaxExpression+1)} {
		if got := task.Echo(t.Context(), text); got != "" {
			t.Errorf("%q is %s", text, got)
		}
	}
}
