package derive

import (
	"context"
	"testing"
)

// twelveLines is a right derivation of twelve lines.
const twelveLines = `D(theta_j, NLL)
= D(theta_j, -Σ_i [y_i log h_i + (1-y_i) log(1-h_i)])
= -Σ_i D(theta_j, y_i log h_i + (1-y_i) log(1-h_i))
= -Σ_i [D(theta_j, y_i log h_i) + D(theta_j, (1-y_i) log(1-h_i))]
= -Σ_i [y_i D(theta_j, log h_i) + (1-y_i) D(theta_j, log(1-h_i))]
= -Σ_i [y_i/h_i D(theta_j, h_i) - (1-y_i)/(1-h_i) D(theta_j, h_i)]
= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] D(theta_j, h_i)
= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) D(theta_j, z_i)
= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) x_ij
= -Σ_i [y_i (1-h_i) - (1-y_i) h_i] x_ij
= -Σ_i [y_i - y_i h_i - h_i + y_i h_i] x_ij
= -Σ_i (y_i - h_i) x_ij`

func BenchmarkTwelveLines(b *testing.B) {
	task, _ := LookupTask("logistic-gradient")
	for b.Loop() {
		if r, err := Check(context.Background(), task, twelveLines); err != nil || !r.Complete {
			b.Fatal(err, r)
		}
	}
}

// One line is wrong, with a mistake that is found late.
func BenchmarkTwelveLinesWithMistake(b *testing.B) {
	task, _ := LookupTask("logistic-gradient")
	const wrong = twelveLines + "\n= -Σ_i (y_i - h_i) x_ij - 3 h_j"
	for b.Loop() {
		if r, err := Check(context.Background(), task, wrong); err != nil || r.FirstBreak != 13 {
			b.Fatal(err, r)
		}
	}
}

func BenchmarkEqual(b *testing.B) {
	for _, p := range []struct{ name, a, b string }{
		{"variables", "y/s-(1-y)/(1-s)+exp(-y)", "(y-s)/(s*(1-s))+1/exp(y)"},
		{"rational", "(a+b+c)^4/(a-b)", "(a^2+b^2+c^2+2a*b+2a*c+2b*c)^2/(a-b)"},
		{"sums", "D(theta_j, NLL)", "-Σ_i (y_i - h_i) x_ij"},
	} {
		b.Run(p.name, func(b *testing.B) {
			for b.Loop() {
				if c, err := Equal(context.Background(), p.a, p.b, nil); err != nil || c.Verdict != Same {
					b.Fatal(err, c)
				}
			}
		})
	}
}

func BenchmarkEcho(b *testing.B) {
	task, _ := LookupTask("logistic-gradient")
	for b.Loop() {
		f, err := task.Read(lineInside)
		if err != nil || len(f.MathML()) < 100 {
			b.Fatal(err)
		}
	}
}
