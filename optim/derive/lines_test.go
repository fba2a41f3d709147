package derive

import (
	"strings"
	"testing"
)

func TestEchoes(t *testing.T) {
	task, _ := LookupTask("logistic-gradient")
	echoes, err := Echoes(task, "D(theta_j, NLL)\r\n\n= -Σ_i (y_i - foo) x_ij\n= (y_i - h_i) x_ij")
	if err != nil || len(echoes) != 4 {
		t.Fatal(err, echoes)
	}
	if e := echoes[0]; e.N != 1 || e.Err != nil || e.Formula.String() != "D(theta_j, NLL)" {
		t.Errorf("%+v", e)
	}
	if e := echoes[1]; e.N != 2 || e.Err != nil || e.Formula != nil {
		t.Errorf("an empty line: %+v", e)
	}
	if e := echoes[2]; e.Formula != nil || e.Err == nil || e.Err.Position != strings.Index("= -S_i (y_i - foo) x_ij", "foo") {
		t.Errorf("%+v", e)
	}
	if e := echoes[3]; e.Err == nil || e.Err.Mistake != "dropped-sum" {
		t.Errorf("%+v", e)
	}
	if _, err := Echoes(task, strings.Repeat("m\n", MaxLines+1)); err == nil {
		t.Error("a text beyond the limits is read")
	}
}

// Typing is echoed within a frame of the screen, 16 ms, also at the end of a long text.
func BenchmarkEchoes(b *testing.B) {
	task, _ := LookupTask("logistic-gradient")
	for b.Loop() {
		echoes, err := Echoes(task, twelveLines)
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range echoes {
			if len(e.Formula.MathML()) < 50 {
				b.Fatal(e.Text)
			}
		}
	}
}
