package chart

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
)

// heights say how high a value stands in a box: 0 is its floor, 1 its lid.
type heights struct {
	lo, hi     float64 // the values at floor and lid, lo < hi
	way        warp
	base, unit float64 // of a warp
}

// A warp is how values that differ by orders of magnitude come into one box.
type warp int

const (
	even         warp = iota // not at all
	logAbove                 // log(1 + (v − base)/unit), base the least value: even near it, logarithmic far above
	aroundMedian             // asinh((v − base)/unit), base the median: even near it, logarithmic far off on both sides
)

// heightsFor chooses by where the median lies between the extremes: a tenth off one of them is out of proportion.
func heightsFor(g Grid, minimum float64, known bool) heights {
	const few = 0.1
	sample := sortedSample(g.Values)
	if len(sample) == 0 {
		return heights{lo: -1, hi: 1}
	}
	least, inner := leastValue(g)
	most := sample[len(sample)-1]
	for _, v := range g.Values {
		if finite(v) {
			most = max(most, min(v, huge))
		}
	}
	if known && minimum <= least {
		least, inner = max(minimum, -huge), true
	}
	h := heights{}
	h.lo, h.hi = sane(least, most)
	quantile := func(q float64) float64 { return sample[int(q*float64(len(sample)-1))] }
	extent := most - least
	switch middle := (quantile(0.5) - least) / extent; {
	case !(extent > 1e-12*math.Max(math.Abs(most), math.Abs(least))), middle >= few && middle <= 1-few:
	case middle < few && inner:
		h.way, h.base, h.unit = logAbove, least, math.Max(quantile(0.1)-least, extent*1e-9)
	default:
		h.way, h.base, h.unit = aroundMedian, quantile(0.5), math.Max(quantile(0.75)-quantile(0.25), extent*1e-9)
	}
	return h
}

// at is the height of v; NaN where that is not finite. Values outside the box lie below 0 or above 1.
func (h *heights) at(v float64) float64 {
	if !finite(v) {
		return nan
	}
	lo, hi := h.warped(h.lo), h.warped(h.hi)
	return (h.warped(min(max(v, -huge), huge)) - lo) / (hi - lo)
}

func (h *heights) warped(v float64) float64 {
	switch h.way {
	case logAbove:
		return math.Copysign(math.Log1p(math.Abs(v-h.base)/h.unit), v-h.base)
	case aroundMedian:
		return math.Asinh((v - h.base) / h.unit)
	}
	return v / 4 // differences of values near ±huge stay finite
}

// note is for the axis, words for those who cannot see it.
func (h *heights) note() string { return [...]string{"", ", logarithmic", ", compressed"}[h.way] }

func (h *heights) words() string {
	return [...]string{"",
		" Heights are logarithmic above the lowest value, so that the valley shows.",
		" Heights far above and below the middle are compressed, since a few values dwarf all others."}[h.way]
}

// ticks are values to write beside the box, at least a sixth of its height apart, and the axis's name.
func (h *heights) ticks(label string) ([]plot.Tick, string) {
	if h.way == even {
		a := linear(h.lo, h.hi, label)
		return a.ticks, a.label
	}
	const apart = 1.0 / 6
	var ticks []plot.Tick
	add := func(v float64, words string) {
		if v < h.lo || v > h.hi {
			return
		}
		for _, t := range ticks {
			if math.Abs(h.at(t.Value)-h.at(v)) < apart {
				return
			}
		}
		ticks = append(ticks, plot.Tick{Value: v, Label: words})
	}
	add(0, "0")
	largest := math.Max(math.Abs(h.lo), math.Abs(h.hi))
	for k, n := int(math.Floor(math.Log10(largest))), 0; n < 40 && k > -300; k, n = k-1, n+1 {
		v := math.Pow10(k)
		add(v, signedPower(k, ""))
		add(-v, signedPower(k, "−"))
	}
	if len(ticks) < 2 { // no round number lies in the box
		add(h.lo, Number(h.lo))
		add(h.hi, Number(h.hi))
	}
	return ticks, label + h.note()
}

func signedPower(k int, sign string) string {
	if k >= -3 && k <= 3 {
		return sign + strconv.FormatFloat(math.Pow10(k), 'f', -1, 64)
	}
	return "$" + sign + "10^{" + strconv.Itoa(k) + "}$"
}
