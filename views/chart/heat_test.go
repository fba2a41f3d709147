package chart

import (
	"bytes"
	"math"
	"strings"
	"testing"
)

// The reader's point is no part of the backdrop; all else that it shows is.
func TestHeatBackdropStays(t *testing.T) {
	h := sampleHeat()
	h.Name, h.Key = "map", "k"
	before := NewHeat(h)
	h.Current = &Mark{X: 0.5, Y: 0.1, Label: "yours"}
	after := NewHeat(h)
	if before.BackdropKey != "k" || after.BackdropKey != "k" || !bytes.Equal(render(t, before.WriteBackdrop), render(t, after.WriteBackdrop)) {
		t.Error("a moved point changes the backdrop")
	}
	if bytes.Equal(render(t, before.WriteOverlay), render(t, after.WriteOverlay)) {
		t.Error("a moved point leaves the overlay")
	}
}

// Lower losses have lower shades, on a logarithmic scale equal ratios equal
// steps; what diverges has none.
func TestHeatShades(t *testing.T) {
	tests := []struct {
		name   string
		heat   Heat
		values []float64
		want   []int
	}{
		{"log", Heat{}, []float64{1, 10, 100, 1e12, math.Inf(1), math.NaN()}, []int{0, 1, 2, 11, Diverged, Diverged}},
		{"above the minimum", Heat{Minimum: -1, MinimumKnown: true}, []float64{0, 9, 99, 1e12 - 1, -1}, []int{0, 1, 2, 11, 0}},
		{"linear", Heat{}, []float64{-6, 0, 6, 5}, []int{0, 6, 11, 11}},
		{"no decade", Heat{}, []float64{1, 2, 4}, []int{0, 4, 11}},
		{"constant", Heat{}, []float64{3, 3, 3}, []int{0, 0, 0}},
		{"far below all others", Heat{MinimumKnown: true}, []float64{1e-300, 1, 1e12}, []int{0, 0, 11}},
		{"huge", Heat{}, []float64{-math.MaxFloat64, 0, math.MaxFloat64}, []int{0, 6, 11}},
		{"all diverge", Heat{}, []float64{math.Inf(1)}, []int{Diverged}},
	}
	for _, tt := range tests {
		tt.heat.Cells = HeatCells{NX: len(tt.values), NY: 1, Values: tt.values}
		s := tt.heat.shades()
		for i, v := range tt.values {
			if got := s.of(v - tt.heat.shift()); got != tt.want[i] {
				t.Errorf("%s: %g has shade %d, want %d", tt.name, v, got, tt.want[i])
			}
		}
	}
}

// One lucky run decades below the others does not take the shades from them.
func TestHeatShadesLeaveOutTheLuckyFew(t *testing.T) {
	h := Heat{MinimumKnown: true, Cells: HeatCells{NX: 100, NY: 1}}
	for i := range 100 {
		h.Cells.Values = append(h.Cells.Values, 1+float64(i))
	}
	h.Cells.Values[40] = 1e-9
	s := h.shades()
	if s.lo < 1 || !s.below || s.of(1e-9) != 0 || s.of(100) != heatCount-1 {
		t.Errorf("shades %+v", s)
	}
	if got := render(t, NewHeat(Heat{Name: "m", Window: Window{1, 2, 0, 1}, Cells: h.Cells, MinimumKnown: true}).WriteBackdrop); !strings.Contains(string(got), "≤ ") {
		t.Error("the key does not say that some are lower")
	}
}

// The story and the table say where the least loss is and where it diverges.
func TestHeatInWords(t *testing.T) {
	f := NewHeat(Heat{Name: "m", Window: Window{0.01, 1, 0, 1}, YLabel: "$μ$", Label: "$J$", Current: &Mark{X: 0.5, Y: 0.25},
		Cells: HeatCells{NX: 2, NY: 2, Values: []float64{4, 3, 2, math.Inf(1)}}})
	const want = "A map of the loss over η and μ. It is least, 2, at η = 0.03162, μ = 0.75. 25 % of it diverges. Your point is η = 0.5, μ = 0.25."
	if f.Alt != want {
		t.Errorf("alt %q, want %q", f.Alt, want)
	}
	rows := f.Table().Rows
	if len(rows) != 2 || strings.Join(rows[0], "|") != "0.25|0.3162|3|" || strings.Join(rows[1], "|") != "0.75|0.03162|2|0.3162" {
		t.Errorf("table %v", rows)
	}
}

func TestShadeText(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 24.4: "24", 210: "210", 1234: "1200", 0.0107: "0.011", -3: "−3", 1e-3: "$10^{-3}$", 9.7e-11: "$10^{-10}$", -2e5: "$−2·10^{5}$"} {
		if got := shadeText(v); got != want {
			t.Errorf("%g is %q, want %q", v, got, want)
		}
	}
}
