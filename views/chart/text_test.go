package chart

import (
	"math"
	"strings"
	"testing"

	"gonum.org/v1/plot"
)

func TestRuns(t *testing.T) {
	for _, test := range []struct{ label, want string }{
		{"step", "step"},
		{"a < b", "a &lt; b"},
		{"costs 5$", "costs 5$"},
		{"$J$", `<tspan class="i">J</tspan>`},
		{"$f(x)$", `<tspan class="i">f</tspan>(<tspan class="i">x</tspan>)`},
		{"$θ_1$ now", `<tspan class="i">θ</tspan>₁ now`},
		{"$x_t$ now", `<tspan class="i">x</tspan><tspan class="i sub" dy=".3em">t</tspan><tspan class="" dy="-.276em"> now</tspan>`},
		{"$J^*$", `<tspan class="i">J</tspan>*`},
		{"$x_t$", `<tspan class="i">x</tspan><tspan class="i sub" dy=".3em">t</tspan>`},
		{"$10^{-3}$", `10⁻³`},
		{"$-\\$", "−\\"},
		{"$sin x$", `sin <tspan class="i">x</tspan>`},
		{"$_$^$", "_^$"},
	} {
		if got := string(appendRuns(nil, test.label)); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.label, got, test.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 1: "1", -12.5: "−12.5", 0.123456: "0.1235", 1e-7: "1×10⁻⁷", 3.25e-5: "3.25×10⁻⁵", 123456: "123456", -1e12: "−1×10¹²",
		0.1 + 0.2: "0.3", 1e300: "1×10³⁰⁰", math.Inf(-1): "−∞",
	} {
		if got := Number(v); got != want {
			t.Errorf("Number(%g) = %q, want %q", v, got, want)
		}
	}
}

func labels(ticks []plot.Tick) string {
	var all []string
	for _, t := range ticks {
		if t.Label != "" {
			all = append(all, plain(t.Label))
		}
	}
	return strings.Join(all, " ")
}

func TestLinearTicks(t *testing.T) {
	for _, test := range []struct {
		lo, hi      float64
		ticks, name string
	}{
		{0, 1, "0 0.2 0.4 0.6 0.8 1.0", "x"},
		{-5, 5, "−4 −2 0 2 4", "x"},
		{0, 2.5e6, "0 0.5 1.0 1.5 2.0 2.5", "x  (×10⁶)"},
		{0, 3e-7, "0 1 2 3", "x  (×10⁻⁷)"},
		{3, 3, "2 3 4", "x"},
		{0, 0, "−1.0 −0.5 0 0.5 1.0", "x"},
		{100, 101, "100.0 100.2 100.4 100.6 100.8 101.0", "x"},
	} {
		a := linear(test.lo, test.hi, "x")
		if got := labels(a.ticks); got != test.ticks || plain(a.label) != test.name {
			t.Errorf("[%g, %g]: ticks %s, name %s; want %s, %s", test.lo, test.hi, got, plain(a.label), test.ticks, test.name)
		}
	}
}

func TestLogTicks(t *testing.T) {
	for _, test := range []struct {
		lo, hi float64
		ticks  string
	}{
		{1e-3, 1e2, "10⁻³ 10⁻² 0.1 1 10 100"},
		{1e-16, 1, "10⁻¹⁵ 10⁻¹² 10⁻⁹ 10⁻⁶ 10⁻³ 1"},
		{2, 30, "2 5 10 20"},
		{4, 6, "2 5 10"},
		{-1, nan, "0.1 1"},
	} {
		if got := labels(logarithmic(test.lo, test.hi, 20, "").ticks); got != test.ticks {
			t.Errorf("[%g, %g]: %s, want %s", test.lo, test.hi, got, test.ticks)
		}
	}
}

func TestNewTable(t *testing.T) {
	for _, test := range []struct {
		n, rows int
		note    string
	}{
		{0, 0, ""}, {1, 1, ""}, {21, 21, ""}, {22, 12, "every 2nd step; the CSV has all"},
		{101, 21, "every 5th step; the CSV has all"}, {10001, 21, "every 500th step; the CSV has all"},
	} {
		last := -1
		table := NewTable("", []string{"step"}, test.n, "step", func(i int) []string { last = i; return []string{Number(float64(i))} })
		if len(table.Rows) != test.rows || table.Note != test.note || last != test.n-1 {
			t.Errorf("%d: %d rows, note %q, last %d", test.n, len(table.Rows), table.Note, last)
		}
	}
}
