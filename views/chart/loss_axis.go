package chart

import (
	"math"
	"strconv"
)

// lossAxis spans the lines, but not what divergence makes of them: at most a thousand times (on a linear axis twice)
// what the first values span.
func lossAxis(lines []Line, log bool, label string) axis {
	s := newSpan()
	start := math.Inf(-1)
	for _, l := range lines {
		if log {
			s.aboveFloor(l.Y...)
		} else {
			s.see(l.Y...)
		}
		if len(l.Y) > 0 && finite(l.Y[0]) {
			start = max(start, l.Y[0])
		}
	}
	if log {
		hi := s.hi
		if start > math.SmallestNonzeroFloat64 {
			hi = min(hi, start*1e4)
		}
		return logarithmic(s.lo/1.5, hi*1.5, maxDecades, label)
	}
	if finite(start) && s.hi > start+4*(start-s.lo)+1e-12*math.Abs(start) && s.lo < start {
		s.hi = start + 4*(start-s.lo)
	}
	lo, hi := s.margin(0.06)
	return linear(lo, hi, label)
}

// aboveFloor is see without the losses at their minimum, which shifted has put at the floor.
func (s *span) aboveFloor(values ...float64) {
	for _, v := range values {
		if v > math.SmallestNonzeroFloat64 {
			s.see(v)
		}
	}
}

// cappedLog is a log axis over the values seen, but not over all that divergence makes of them: above the start there
// is half as much room, in decades, as below it, at least one decade and at most three.
func cappedLog(s span, start float64, label string) axis {
	hi := s.hi
	if s.lo > 0 && start > 0 && finite(start) {
		hi = min(hi, start*min(max(math.Sqrt(start/s.lo), 10), 1e3))
	}
	above := 0
	if start > 0 && hi > start {
		above = int(math.Log10(hi / start))
	}
	return logarithmic(s.lo/1.5, hi*1.5, maxDecades+above, label)
}

// notBelow lifts losses under a logarithmic axis to its lower end, along which the line then runs.
func notBelow(losses []float64, a axis) {
	if !a.log {
		return
	}
	for i, v := range losses {
		losses[i] = max(v, a.min)
	}
}

// counted are n whole numbers from the first on.
func counted(first, n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = float64(first + i)
	}
	return xs
}

// lost is the index from which on no value is finite and at most top: len(values) where the last one is.
func lost(values []float64, top float64) int {
	n := len(values)
	for n > 0 && !(values[n-1] <= top) {
		n--
	}
	return n
}

// steps is a linear axis over whole numbers.
func steps(first, last int, label string) axis {
	a := linear(float64(first), float64(max(last, first+1)), label)
	whole := a.ticks[:0]
	for _, t := range a.ticks {
		if t.Value == math.Trunc(t.Value) {
			whole = append(whole, t)
		}
	}
	for i := range whole {
		if a.max < 1e4 {
			whole[i].Label = strconv.Itoa(int(whole[i].Value))
		}
	}
	a.ticks = whole
	return a
}

// story tells of the values, which leave the axis for good at index left.
func (l *Loss) story(left int) string {
	n := len(l.Values)
	if n == 0 {
		return "No loss to show."
	}
	name := "The loss " + plain(l.Label)
	shift := 0.0
	if l.MinimumKnown {
		shift = l.Minimum
	}
	first, last := l.Values[0]-shift, l.Values[n-1]-shift
	if n == 1 {
		return sentence(name, " is ", Number(first))
	}
	for i, v := range l.Values {
		if !finite(v - shift) {
			return sentence(name, " starts at ", Number(first), " and is no longer finite at step ", strconv.Itoa(l.First+i))
		}
	}
	rises := 0
	for i := 1; i < n; i++ {
		if l.Values[i]-shift > l.Values[i-1]-shift {
			rises++
		}
	}
	if last == first && rises == 0 {
		return sentence(name, " stays at ", Number(first), " for ", count(n-1, "step"))
	}
	verb := " falls from "
	if last > first {
		verb = " rises from "
	}
	tail := ""
	if rises > 0 && last <= first {
		tail = "; it rises at " + count(rises, "step") + " on the way"
	}
	if left < n {
		tail += "; it leaves the axis at step " + strconv.Itoa(l.First+left) + further(n-1-left, "above it")
	}
	return sentence(name, verb, Number(first), " to ", Number(last), " in ", count(n-1, "step"), tail)
}

// table lists the values and, where the minimum is known, what is above it.
func (l *Loss) table() Table {
	header := []string{plain(l.XLabel), plain(l.Label)}
	if l.MinimumKnown {
		header = []string{plain(l.XLabel), "loss", plain(l.Label)}
	}
	return NewTable("The loss, step by step", header, len(l.Values), "step", func(i int) []string {
		row := []string{strconv.Itoa(l.First + i), Number(l.Values[i])}
		if l.MinimumKnown {
			row = append(row, Number(l.Values[i]-l.Minimum))
		}
		return row
	})
}
