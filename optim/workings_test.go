package optim

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// sayShort writes four significant digits.
func sayShort(v float64) string { return strconv.FormatFloat(v, 'g', 4, 64) }

func (e Equation) write(b *strings.Builder) {
	fmt.Fprintf(b, "%s %s %s", e.Symbol, e.Relation, e.Formula)
	for _, n := range e.Numbers {
		fmt.Fprintf(b, "\n      %s", n)
	}
	if e.Relation == "=" {
		b.WriteString("\n    =")
		for i, v := range e.Values {
			if e.Columns > 0 && i > 0 && i%e.Columns == 0 {
				b.WriteString(" ;")
			}
			b.WriteString(" " + sayShort(v))
		}
	}
	if e.Note != "" {
		fmt.Fprintf(b, "    (%s)", e.Note)
	}
	b.WriteByte('\n')
}

// What the workings say is what the run recorded: the last line is the new θ,
// the lines of a memory are the memory, and both sides of each line agree.
func TestExplainAgreesWithTheRun(t *testing.T) {
	sets := map[string][]map[string]string{
		"momentum": {{"dampening": "0.5"}, {"weight_decay": "0.1", "momentum": "0"}}, "nesterov": {{"weight_decay": "0.1"}},
		"adagrad": {{"lr_decay": "0.1", "initial_accumulator_value": "0.5", "weight_decay": "0.1"}},
		"rmsprop": {{"centered": "true"}, {"momentum": "0.9", "centered": "true", "weight_decay": "0.1"}},
		"adam":    {{"beta1": "0", "beta2": "0.999999", "weight_decay": "0.1"}}, "adamw": {{"amsgrad": "true"}},
		"radam": {{"beta2": "0.9"}, {"beta2": "0.5"}}, "nadam": {{"momentum_decay": "0.5", "weight_decay": "0.1"}},
		"newton": {{"damping": "2", "weight_decay": "0.1"}}, "linesearch": {{"weight_decay": "0.1", "shrink": "0.3"}},
		"cg": {{"weight_decay": "0.1"}}, "bfgs": {{"weight_decay": "0.1"}}, "lbfgs": {{"weight_decay": "0.1", "memory": "2"}}, "neldermead": {{"weight_decay": "0.1"}},
	}
	for _, m := range Methods {
		for _, set := range append(sets[m.ID], nil) {
			for _, dim := range []int{1, 2, 3} {
				rule, obj := newRule(t, m.ID, set), &chain{dim: dim}
				run := Minimize(context.Background(), obj, rule, Config{Start: far(dim), Eta: calm(m), Steps: 40})
				for _, k := range []int{0, 1, 2, 7, 20, 39} {
					if k >= run.Len()-1 {
						continue
					}
					lines := Explain(obj, rule, run, k, sayShort)
					if err := agree(lines, run, k); err != nil {
						t.Errorf("%s %v in %d dimensions, step %d: %v", m.ID, set, dim, k, err)
					}
				}
			}
		}
	}
}

// agree compares the lines with the record of step k+1.
func agree(lines []Equation, run *Run, k int) error {
	found := map[string][]float64{}
	for _, e := range lines {
		if len(e.Numbers) > 1 && len(e.Numbers) != len(e.Values) {
			return fmt.Errorf("%s has %d values and %d texts", e.Symbol, len(e.Values), len(e.Numbers))
		}
		found[e.Symbol] = e.Values
	}
	index := subscript(k + 1)
	if first := lines[0]; run.Memory == nil && !slices.Equal(first.Values, run.Gradient(k)) || lines[len(lines)-1].Symbol != "θ"+index {
		return fmt.Errorf("begins with %v, ends with %v", first, lines[len(lines)-1])
	}
	// The workings compute in another order than the step, so they differ by
	// roundings of the largest number on the way, which is a gradient of some
	// hundreds here or the old θ: 1e-12 of both allows for some thousands.
	scale := 1 + Norm(run.Theta(k)) + Norm(run.Theta(k+1))
	if got, want := found["θ"+index], run.Theta(k+1); Distance(got, want) > 1e-12*scale {
		return fmt.Errorf("says θ = %v, recorded %v", got, want)
	}
	for _, p := range run.Memory {
		symbol, want := p.Symbol+index, part(run.Memory, run.State(k+1), p.Symbol)
		switch p.Symbol {
		case "1 − β₁ᵗ", "1 − β₂ᵗ":
			symbol = strings.Replace(p.Symbol, "ᵗ", superscript(k+1), 1)
		case "1 − Πμ":
			symbol, want = "Πμ"+index, []float64{1 - want[0]}
		case "g":
			if found["g′"+index] != nil { // with weight decay
				symbol = "g′" + index
			}
		case "s":
			if found["s"+index] == nil { // of BFGS: the step that the last line makes
				continue
			}
		case "x", "J", "S", "Y": // their lines are the single vertices and pairs
			continue
		}
		got := found[symbol]
		if len(got) != len(want) || Distance(got, want) > 1e-12*(1e-3+Norm(want)) {
			return fmt.Errorf("says %s = %v, recorded %v", symbol, got, want)
		}
	}
	return nil
}

// The workings of the first steps of every method, for reading.
func TestExplainReads(t *testing.T) {
	var b strings.Builder
	tests := []struct {
		id  string
		set map[string]string
		k   int
	}{
		{"gd", nil, 2}, {"gd", map[string]string{"weight_decay": "0.5"}, 2}, {"momentum", nil, 0}, {"momentum", map[string]string{"dampening": "0.25"}, 2}, {"nesterov", nil, 2},
		{"adagrad", map[string]string{"lr_decay": "0.1"}, 2}, {"rmsprop", nil, 2}, {"rmsprop", map[string]string{"centered": "true", "momentum": "0.5"}, 2}, {"adadelta", nil, 2},
		{"adam", nil, 2}, {"amsgrad", nil, 2}, {"adamax", nil, 2}, {"adamw", nil, 2}, {"nadam", nil, 2}, {"radam", nil, 2}, {"radam", nil, 6},
		{"newton", map[string]string{"damping": "0.5"}, 2}, {"linesearch", nil, 2}, {"cg", nil, 0}, {"cg", nil, 2}, {"bfgs", nil, 0}, {"bfgs", nil, 1}, {"bfgs", nil, 2}, {"lbfgs", nil, 2},
		{"neldermead", nil, 0}, {"neldermead", nil, 1}, {"neldermead", nil, 2}, {"neldermead", nil, 3}, {"neldermead", nil, 5}, {"neldermead", nil, 8},
	}
	f := resolve(t, "rosenbrock")
	for _, tt := range tests {
		m := FindMethod(tt.id)
		eta := m.Eta
		if eta < 0.5 {
			eta = 0.001
		}
		rule := newRule(t, tt.id, tt.set)
		run := Minimize(context.Background(), f.Objective(), rule, Config{Start: f.Start, Eta: eta, Steps: 10})
		fmt.Fprintf(&b, "%s %v, step %d\n", m.Title, tt.set, tt.k)
		for _, e := range Explain(f.Objective(), rule, run, tt.k, sayShort) {
			b.WriteString("  ")
			e.write(&b)
		}
		b.WriteByte('\n')
	}
	compareGolden(t, "testdata/workings.golden", b.String())
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; -update writes it", name)
	}
}
