package chart

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// story tells who is lowest in the end, who follows, who stopped early and who left.
func (r *Race) story(lanes []lane) string {
	var stayed []int
	out, early := "", ""
	longest := 0
	for _, l := range lanes {
		if !l.out {
			longest = max(longest, l.inside-1)
		}
	}
	for i, l := range lanes {
		name := r.nameOf(i)
		switch {
		case l.out && l.broken:
			out += " " + name + " diverges: its loss is not finite at step " + strconv.Itoa(l.inside) + "."
		case l.out:
			out += " " + name + " diverges: it leaves the axis at step " + strconv.Itoa(l.inside) + further(l.total-1-l.inside, "above it") + "."
		case l.inside > 0:
			stayed = append(stayed, i)
			if l.inside-1 < longest {
				early += " " + name + " stops after " + count(l.inside-1, "step") + "."
			}
		}
	}
	if len(lanes) == 0 {
		return "No losses to show."
	}
	head := "The losses of " + count(len(lanes), "run") + "."
	if len(stayed) > 0 {
		slices.SortStableFunc(stayed, func(a, b int) int { return cmp.Compare(r.lastLoss(a), r.lastLoss(b)) })
		var order []string
		for _, i := range stayed {
			order = append(order, r.nameOf(i)+" ("+Number(r.lastLoss(i))+")")
		}
		head += " Lowest after " + count(longest, "step") + ": " + order[0]
		if len(order) > 1 {
			head += "; then " + strings.Join(order[1:], ", ")
		}
		head += "."
	}
	return head + early + out
}

func (r *Race) nameOf(i int) string {
	if r.Racers[i].Label == "" {
		return "run " + strconv.Itoa(i+1)
	}
	return plain(r.Racers[i].Label)
}

func (r *Race) lastLoss(i int) float64 {
	v := r.Racers[i].Values
	return v[len(v)-1] - r.shift()
}

func (r *Race) shift() float64 {
	if r.MinimumKnown {
		return r.Minimum
	}
	return 0
}

// table has a row per step and a column per run; cells after a run's end are empty.
func (r *Race) table() Table {
	header := []string{plain(r.XLabel)}
	n := 0
	for i, racer := range r.Racers {
		header = append(header, r.nameOf(i))
		n = max(n, len(racer.Values))
	}
	return NewTable(plain(r.Label)+", step by step", header, n, "step", func(k int) []string {
		row := []string{strconv.Itoa(k)}
		for _, racer := range r.Racers {
			cell := ""
			if k < len(racer.Values) {
				cell = Number(racer.Values[k] - r.shift())
			}
			row = append(row, cell)
		}
		return row
	})
}
