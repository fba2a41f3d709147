package chart

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
)

// linear makes a linear axis from lo to hi, mended where they cannot be drawn. Numbers too long for the margin share
// a power of ten, which joins the axis's name.
func linear(lo, hi float64, label string) axis {
	lo, hi = sane(lo, hi)
	values, step := niceTicks(lo, hi)
	largest := math.Max(math.Abs(values[0]), math.Abs(values[len(values)-1]))
	exp := 0
	if largest >= 1e4 || largest < 1e-2 {
		exp = int(math.Floor(math.Log10(largest)))
		label = joinPower(label, exp)
	}
	decimals := min(max(0, exp-int(math.Floor(math.Log10(step)+1e-9))), 6)
	a := axis{min: lo, max: hi, label: label}
	for _, v := range values {
		scaled := v / math.Pow10(exp)
		if exp < -300 { // Pow10 would lose digits or be 0
			scaled = v * 1e300 / math.Pow10(exp+300)
		}
		text := minus(strconv.FormatFloat(scaled, 'f', decimals, 64))
		if v == 0 {
			text = "0"
		}
		a.ticks = append(a.ticks, plot.Tick{Value: v, Label: text})
	}
	return a
}

func joinPower(label string, exp int) string {
	power := "$×10^{" + strconv.Itoa(exp) + "}$"
	if label == "" {
		return power
	}
	return label + "  (" + power + ")"
}

// sane is a range that can be drawn: finite, ordered, and wide enough that its ends and the ticks between differ in
// float64.
func sane(lo, hi float64) (float64, float64) {
	if math.IsNaN(lo) || math.IsNaN(hi) {
		return -1, 1
	}
	lo, hi = min(max(lo, -huge), huge), min(max(hi, -huge), huge)
	if lo > hi {
		lo, hi = hi, lo
	}
	size := math.Max(math.Abs(lo), math.Abs(hi))
	if least := math.Max(size*1e-9, 1e-290); hi-lo < least {
		middle := lo + (hi-lo)/2
		half := least
		if hi == lo {
			half = math.Max(size/2, least)
			if size == 0 {
				half = 1
			}
		}
		lo, hi = middle-half, middle+half
	}
	return lo, hi
}

// niceTicks are the multiples of 1, 2 or 5 times a power of ten in [lo, hi], three to six of them.
func niceTicks(lo, hi float64) (values []float64, step float64) {
	const most = 6
	power := math.Floor(math.Log10((hi - lo) / most))
	for _, m := range [...]float64{1, 2, 5, 10, 20} {
		step = m * math.Pow(10, power)
		first, last := math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9)
		if last-first >= most {
			continue
		}
		for k := first; k <= last; k++ {
			values = append(values, k*step)
		}
		break
	}
	if len(values) == 0 { // a step that underflows or a range at the edge of float64
		values, step = []float64{lo, hi}, hi-lo
	}
	return values, step
}

// logarithmic makes a log axis over at most cap decades below hi, wide enough to be read.
func logarithmic(lo, hi float64, decades int, label string) axis {
	if !(hi > 0) || !finite(hi) {
		hi = 1
	}
	hi = min(max(hi, 1e-290), huge)
	if !(lo > 0) || !finite(lo) {
		lo = hi / 10
	}
	lo = max(min(lo, hi), hi*math.Pow(10, -float64(decades)), 1e-300)
	if hi/lo < 3 {
		middle := math.Sqrt(hi) * math.Sqrt(lo)
		lo, hi = middle/2.5, middle*2.5
	}
	a := axis{min: lo, max: hi, log: true, label: label}
	first, last := int(math.Ceil(math.Log10(lo)-1e-9)), int(math.Floor(math.Log10(hi)+1e-9))
	if last-first < 1 {
		a.ticks = shortLogTicks(lo, hi)
		return a
	}
	every := (last-first)/6 + 1
	for k := first; k <= last; k++ {
		t := plot.Tick{Value: math.Pow(10, float64(k))}
		if (k-last)%every == 0 {
			t.Label = powerLabel(k)
		}
		a.ticks = append(a.ticks, t)
	}
	return a
}

func powerLabel(k int) string {
	switch k {
	case -1:
		return "0.1"
	case 0:
		return "1"
	case 1:
		return "10"
	case 2:
		return "100"
	}
	return "$10^{" + strconv.Itoa(k) + "}$"
}

// shortLogTicks are those of a log axis on which fewer than two powers of ten lie.
func shortLogTicks(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	for k := math.Floor(math.Log10(lo)); k <= math.Log10(hi); k++ {
		for _, m := range [...]float64{1, 2, 5} {
			if v := m * math.Pow(10, k); v >= lo*(1-1e-9) && v <= hi*(1+1e-9) {
				ticks = append(ticks, plot.Tick{Value: v, Label: shortNumber(v)})
			}
		}
	}
	return ticks
}

func shortNumber(v float64) string {
	if v >= 1e-3 && v < 1e4 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	k := int(math.Floor(math.Log10(v) + 1e-9))
	return "$" + strconv.FormatFloat(v/math.Pow10(k), 'f', 0, 64) + "·10^{" + strconv.Itoa(k) + "}$"
}
