package derive

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// The lines of a right derivation, each of which a mistake may follow.
const (
	lineNLL      = "D(theta_j, NLL)"
	lineInside   = "-Σ_i [y_i D(theta_j, log h_i) + (1-y_i) D(theta_j, log(1-h_i))]"
	lineLog      = "-Σ_i [y_i/h_i D(theta_j, h_i) - (1-y_i)/(1-h_i) D(theta_j, h_i)]"
	lineFactor   = "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] D(theta_j, h_i)"
	linePrime    = "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] sigma'(z_i) D(theta_j, z_i)"
	lineSigma    = "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) D(theta_j, z_i)"
	lineX        = "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) x_ij"
	lineCancel   = "-Σ_i [y_i (1-h_i) - (1-y_i) h_i] x_ij"
	lineExpanded = "-Σ_i [y_i - y_i h_i - h_i + y_i h_i] x_ij"
	lineGoal     = "-Σ_i (y_i - h_i) x_ij"
)

var logisticMistakes = []struct{ id, from, to string }{
	{"sign", lineNLL, "Σ_i (y_i - h_i) x_ij"},
	{"sign", lineNLL, "Σ_i [y_i D(theta_j, log h_i) + (1-y_i) D(theta_j, log(1-h_i))]"},
	{"sign", lineInside, "Σ_i [y_i/h_i D(theta_j, h_i) - (1-y_i)/(1-h_i) D(theta_j, h_i)]"},
	{"sign", lineCancel, "Σ_i (y_i - h_i) x_ij"},
	{"inner-minus", lineInside, "-Σ_i [y_i/h_i D(theta_j, h_i) + (1-y_i)/(1-h_i) D(theta_j, h_i)]"},
	{"inner-minus", lineNLL, "-Σ_i [y_i/h_i + (1-y_i)/(1-h_i)] D(theta_j, h_i)"},
	{"inner-minus", linePrime, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1+h_i) x_ij"},
	{"inner-minus", lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1+h_i) x_ij"},
	{"inner-minus", lineNLL, "-Σ_i [y_i (1-h_i) + (1-y_i) h_i] x_ij"},
	{"inner-minus", lineGoal, "-Σ_i (y_i - 1/(1+exp(z_i))) x_ij"},
	{"inner-minus", lineGoal, "-Σ_i (y_i + h_i) x_ij"},
	{"inner-minus", lineNLL, "-Σ_i (y_i + h_i) x_ij"},
	{"chain-sigma", lineNLL, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] x_ij"},
	{"chain-sigma", lineInside, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)]"},
	{"chain-sigma", lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] x_ij"},
	{"chain-sigma", linePrime, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] x_ij"},
	{"chain-sigma", lineInside, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] x_ij"},
	{"chain-x", lineNLL, "-Σ_i (y_i - h_i)"},
	{"chain-x", lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i)"},
	{"chain-x", lineCancel, "-Σ_i [y_i - h_i]"},
	{"chain-x", lineSigma, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i)"},
	{"chain-x", lineGoal, "-Σ_i (y_i - h_i)"},
	{"theta-for-x", lineGoal, "-Σ_i (y_i - h_i) theta_j"},
	{"wrong-index", lineGoal, "-Σ_i (y_i - h_j) x_ij"},
	{"wrong-index", lineGoal, "-Σ_i (y_i - h_i) x_ii"},
	{"wrong-index", lineGoal, "-Σ_i (y_i - h_i) x_jj"},
	{"theta-for-x", lineNLL, "-Σ_i (y_i - h_i) theta_j"},
	{"theta-for-x", lineSigma, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) theta_j"},
	{"theta-for-x", lineCancel, "-Σ_i (y_i - h_i) theta_j"},
	{"wrong-index", lineSigma, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) x_ji"},
	{"wrong-index", lineCancel, "-Σ_i (y_i - h_i) x_ji"},
	{"wrong-index", lineCancel, "-Σ_i (y_j - h_i) x_ij"},
	{"wrong-index", lineNLL, "-Σ_i (y_i - h_i) x_ji"},
	{"dropped-sum", lineCancel, "-(y_i - h_i) x_ij"},
	{"dropped-sum", lineCancel, "-Σ_i y_i x_ij + h_i x_ij"},
	{"extra-mean", lineNLL, "-1/m Σ_i (y_i - h_i) x_ij"},
	{"extra-mean", lineCancel, "-1/m Σ_i (y_i - h_i) x_ij"},
	{"extra-mean", "-1/m Σ_i (y_i - h_i) x_ij * m", "-1/m Σ_i (y_i - h_i) x_ij"},
	{"sigma-prime-sigma", lineNLL, "-Σ_i [y_i - (1-y_i) h_i/(1-h_i)] x_ij"},
	{"sigma-prime-sigma", "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] D(theta_j, σ(z_i))", "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] σ(z_i) D(theta_j, z_i)"},
	{"exp-derivative", "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] D(theta_j, 1/(1+exp(-z_i)))", "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] (-exp(-z_i))/(1+exp(-z_i))^2"},
	{"quotient-rule", "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] D(theta_j, 1/(1+exp(-z_i)))", "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] exp(-z_i) x_ij/(1+exp(-z_i))"},
	{"log-of-product", "D(theta_j, -Σ_i log(h_i^y_i (1-h_i)^(1-y_i)))", "D(theta_j, -Σ_i y_i log(h_i) (1-y_i) log(1-h_i))"},
	{"product-rule", "-Σ_i (y_i - h_i) x_ij + D(theta_j, θ_j h_j) - h_j - θ_j D(theta_j, h_j)", "-Σ_i (y_i - h_i) x_ij + h_j - h_j - θ_j D(theta_j, h_j)"},
	{"power-rule", "D(theta_j, -Σ_i log(h_i^y_i (1-h_i)^(1-y_i)))", "-2 Σ_i (y_i - h_i) x_ij"},
	{"sigma-prime-sigma", lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i x_ij"},
	{"sigma-prime-sigma", linePrime, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i x_ij"},
	{"sigma-prime-one-minus", lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] (1-h_i) D(theta_j, z_i)"},
	{"sigma-prime-one-minus", linePrime, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] (1-h_i) x_ij"},
	{"sigma-prime-square", lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i^2 x_ij"},
	{"sigma-prime-square", linePrime, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] (1-h_i)² x_ij"},
	{"sigma-prime-sign", lineFactor, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] (-h_i (1-h_i)) x_ij"},
	{"sigma-prime-sign", linePrime, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] (-h_i (1-h_i)) x_ij"},
	{"log-derivative", lineInside, "-Σ_i [y_i D(theta_j, h_i) - (1-y_i) D(theta_j, h_i)]"},
	{"log-derivative", lineInside, "-Σ_i [y_i log(h_i) D(theta_j, h_i) - (1-y_i) log(1-h_i) D(theta_j, h_i)]"},
	{"log-derivative", lineInside, "-Σ_i [y_i D(theta_j, h_i) + (1-y_i) D(theta_j, log(1-h_i))]"},
	{"log-of-sum", lineNLL, "D(theta_j, -Σ_i [y_i log h_i - (1-y_i) log h_i])"},
	{"second-term", lineNLL, "-Σ_i y_i D(theta_j, log h_i)"},
	{"second-term", lineX, "-Σ_i y_i (1-h_i) x_ij"},
	{"second-term", lineCancel, "-Σ_i y_i (1-h_i) x_ij"},
	{"second-term-sign", lineX, "-Σ_i [y_i (1-h_i) + (1-y_i) h_i] x_ij"},
	{"second-term-sign", lineNLL, "-Σ_i [y_i D(theta_j, log h_i) - (1-y_i) D(theta_j, log(1-h_i))]"},
	{"y-swapped", lineNLL, "-Σ_i [(1-y_i) D(theta_j, log h_i) + y_i D(theta_j, log(1-h_i))]"},
	{"y-swapped", lineX, "-Σ_i [(1-y_i) (1-h_i) - y_i h_i] x_ij"},
	{"y-swapped", lineNLL, "-Σ_i (1 - y_i - h_i) x_ij"},
	{"sigma-y-swapped", lineNLL, "-Σ_i (h_i - y_i) x_ij"},
	{"sigma-y-swapped", lineGoal, "-Σ_i (h_i - y_i) x_ij"},
	{"sign", lineGoal, "Σ_i (y_i - h_i) x_ij"},
	{"y-for-sigma", lineGoal, "-Σ_i (y_i - y_i) x_ij"},
	{"y-for-sigma", lineGoal, "-Σ_i (h_i - h_i) x_ij"},
	{"sigma-y-swapped", lineCancel, "-Σ_i (h_i - y_i) x_ij"},
	{"sigma-y-swapped", lineExpanded, "-Σ_i (σ(θᵀx_i) - y_i) x_ij"},
	{"y-for-sigma", lineX, "-Σ_i [y_i (1-y_i) - (1-y_i) h_i] x_ij"},
	{"y-for-sigma", lineCancel, "-Σ_i [h_i (1-h_i) - (1-y_i) h_i] x_ij"},
	{"expansion", lineCancel, "-Σ_i [y_i - y_i h_i - h_i - y_i h_i] x_ij"},
	{"expansion", lineCancel, "-Σ_i [y_i - h_i - h_i + y_i h_i] x_ij"},
	{"expansion", lineGoal, "-Σ_i (y_i x_ij + h_i x_ij)"},
	{"expansion", lineGoal, "-Σ_i (y_i x_ij - h_i)"},
	{"expansion", lineGoal, "-Σ_i (y_i - h_i) Σ_k x_kj"},
	{"cancellation", lineX, "-Σ_i [y_i - (1-y_i) h_i] x_ij"},
	{"cancellation", lineX, "-Σ_i [y_i (1-h_i) - (1-y_i)] x_ij"},
	{"cancellation", lineX, "-Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] (1-h_i) x_ij"},
}

// Every known mistake of the logistic derivation is named, where it was made.
func TestLogisticMistakesAreNamed(t *testing.T) {
	task, _ := LookupTask("logistic-gradient")
	for _, m := range logisticMistakes {
		text := lineNLL + "\n= " + m.from + "\n= " + m.to + "\n= " + m.to
		if m.from == lineNLL {
			text = lineNLL + "\n\n= " + m.to + "\n= " + m.to
		}
		r, err := Check(context.Background(), task, text)
		if err != nil {
			t.Fatal(err)
		}
		if r.FirstBreak != 3 || r.Complete {
			t.Errorf("%s: from %s to %s: first break %d, complete %v", m.id, m.from, m.to, r.FirstBreak, r.Complete)
			continue
		}
		line := r.Lines[len(r.Lines)-2]
		if line.Diagnosis != m.id {
			t.Errorf("%s: from %s to %s: %q, also %q: %s", m.id, m.from, m.to, line.Diagnosis, line.Also, line.Note)
		}
		if after := r.Lines[len(r.Lines)-1]; after.Verdict != Follows && m.id != "dropped-sum" {
			t.Errorf("%s: the line after the break %s: a break counts once", m.id, after.Verdict)
		}
	}
}

// Whole derivations, each right up to its last line: at least 25 mistakes are named by what was done in that line.
func TestMistakesInWholeDerivations(t *testing.T) {
	chain := []string{lineNLL, lineInside, lineLog, lineFactor, linePrime, lineSigma, lineX, lineCancel, lineExpanded, lineGoal}
	named := map[string]bool{}
	for _, m := range logisticMistakes {
		lines := []string{lineNLL, m.from}
		if at := slices.Index(chain, m.from); at >= 0 {
			lines = slices.Clone(chain[:at+1])
		}
		lines = append(lines, m.to)
		r := check(t, "logistic-gradient", strings.Join(lines, "\n= "))
		if last := r.Lines[len(r.Lines)-1]; r.FirstBreak != len(lines) || last.Diagnosis != m.id || last.Counterexample == nil && last.Verdict == Breaks {
			t.Errorf("%s: line %d of %d breaks first, %q: %s", m.id, r.FirstBreak, len(lines), last.Diagnosis, last.Note)
			continue
		}
		named[m.id] = true
	}
	for _, m := range Mistakes {
		if !named[m.ID] {
			t.Logf("%s is not made in the logistic derivation", m.ID)
		}
	}
	if len(named) < 25 {
		t.Errorf("%d mistakes are named", len(named))
	}
}
