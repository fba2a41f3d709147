package chart

import (
	"math"
	"strconv"
)

// story tells of the best cell, of how much diverges, and where the reader's point is.
func (h *Heat) story() string {
	c := &h.Cells
	best, lost := -1, 0
	for i, v := range c.Values {
		switch {
		case !finite(v):
			lost++
		case best < 0 || v < c.Values[best]:
			best = i
		}
	}
	if !h.ok() || best < 0 {
		return "A map of losses without a run that stays finite."
	}
	y := plain(h.YLabel)
	story := "A map of the loss over " + plain(h.XLabel) + " and " + y + ". It is least, " + Number(c.Values[best]-h.shift()) + ", at " +
		h.place(h.eta(best%c.NX), h.second(float64(best/c.NX)+0.5)) + "."
	if lost > 0 {
		share := max(1, int(math.Round(100*float64(lost)/float64(len(c.Values)))))
		story += " " + strconv.Itoa(share) + " % of it diverges."
	}
	if h.Current != nil {
		story += " Your point is " + h.place(h.Current.X, h.Current.Y) + "."
	}
	return story
}

// place writes a point of the map.
func (h *Heat) place(eta, second float64) string {
	return plain(h.XLabel) + " = " + Number(eta) + ", " + plain(h.YLabel) + " = " + Number(second)
}

// table has a row per row of the map: its best η, the loss there, and the least η above it that diverges.
func (h *Heat) table() Table {
	header := []string{plain(h.YLabel), "best " + plain(h.XLabel), "loss there", "diverges from " + plain(h.XLabel)}
	if h.MinimumKnown {
		header[2] = plain(h.Label) + " there"
	}
	rows := h.Cells.NY
	if !h.ok() {
		rows = 0
	}
	return NewTable("The best rate of each row of the map", header, rows, "row", func(j int) []string {
		row := h.Cells.Values[j*h.Cells.NX : (j+1)*h.Cells.NX]
		best := -1
		for i, v := range row {
			if finite(v) && (best < 0 || v < row[best]) {
				best = i
			}
		}
		out := []string{Number(h.second(float64(j) + 0.5)), "", "", ""}
		if best >= 0 {
			out[1], out[2] = Number(h.eta(best)), Number(row[best]-h.shift())
		}
		for i := max(best, 0); i < len(row); i++ {
			if !finite(row[i]) {
				out[3] = Number(h.eta(i))
				break
			}
		}
		return out
	})
}
