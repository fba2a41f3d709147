package expr

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"
)

type referenceCase struct {
	ID        string
	Input     string
	Meaning   string
	Ambiguous bool
	Points    [][8]float64
	Tol       float64
}

func loadReference(t *testing.T) (core, textbook []referenceCase) {
	t.Helper()
	data, err := os.ReadFile("testdata/derivatives.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Core, Textbook []referenceCase }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Core, file.Textbook
}

func TestReference(t *testing.T) {
	core, textbook := loadReference(t)
	if len(core) != 40 || len(textbook) != 14 {
		t.Fatalf("%d core and %d textbook formulas, want 40 and 14", len(core), len(textbook))
	}
	for _, c := range append(core, textbook...) {
		t.Run(c.ID+" "+c.Input, func(t *testing.T) {
			e := mustParse(t, c.Input)
			checkPoints(t, e, c)
			if c.Ambiguous && len(e.Notes()) == 0 {
				t.Error("an ambiguous formula has no note")
			}
			if c.Meaning != "" {
				// Evaluating both, since the meaning may write 2e^x as 2*exp(x).
				checkPoints(t, mustParse(t, c.Meaning), c)
			}
		})
	}
}

func checkPoints(t *testing.T, e *Expr, c referenceCase) {
	t.Helper()
	near := func(what string, got, want float64) {
		t.Helper()
		if !(math.Abs(got-want) <= c.Tol*(1+math.Abs(want))) {
			t.Errorf("%s of %s = %v, want %v", what, e, got, want)
		}
	}
	ev := e.Compile().NewEvaluator()
	gradient, hessian := e.Gradient(), e.Hessian()
	for _, p := range c.Points {
		theta := make([]float64, e.Dim())
		for i, v := range e.vars {
			theta[i] = p[v]
		}
		grad := make([]float64, e.Dim())
		near("value", ev.Eval(theta, grad), p[2])
		for i, v := range e.vars {
			near("reverse derivative", grad[i], p[3+v])
			near("derivative "+gradient[i].String(), evaluate(gradient[i], theta), p[3+v])
			for j, w := range e.vars {
				near("second derivative "+hessian[i][j].String(), evaluate(hessian[i][j], theta), p[5+v+w])
			}
		}
		for v := range uint8(2) {
			if !slices.Contains(e.vars, v) && p[3+v] != 0 {
				t.Errorf("%s does not vary with variable %d, but its derivative should be %v", e, v, p[3+v])
			}
		}
	}
}

func evaluate(e *Expr, theta []float64) float64 {
	return e.Compile().NewEvaluator().Eval(theta, nil)
}
