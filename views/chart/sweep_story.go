package chart

// story tells of the least loss of every line, of the bands, and where the reader's η lies.
func (s *Sweep) story() string {
	story := ""
	for i, l := range s.Lines {
		best := -1
		for k := range length(l.X, l.Y) {
			if l.X != nil && finite(l.Y[k]) && (best < 0 || l.Y[k] < l.Y[best]) {
				best = k
			}
		}
		if best < 0 {
			continue
		}
		name := "The loss"
		if len(s.Lines) > 1 {
			name = s.nameOf(i)
		}
		story += name + " is least, " + Number(l.Y[best]-s.shift()) + ", at η = " + Number(l.X[best]) + ". "
	}
	if story == "" {
		story = "No losses to show. "
	}
	for _, b := range s.Bands {
		if b.Label != "" {
			story += b.extent() + ": " + plain(b.Label) + ". "
		}
	}
	if s.Bound > 0 && finite(s.Bound) {
		story += "In theory steps are stable up to η = " + Number(s.Bound) + ". "
	}
	if s.Current > 0 && finite(s.Current) {
		story += "Your η is " + Number(s.Current)
		if b := s.bandAt(s.Current); b != "" {
			story += ": " + b
		}
		story += ". "
	}
	return story[:len(story)-1]
}

// extent says in words where the band lies.
func (b Band) extent() string {
	switch {
	case !(b.From > 0):
		return "Up to η = " + Number(b.To)
	case b.To > huge:
		return "Above η = " + Number(b.From)
	}
	return "From η = " + Number(b.From) + " to " + Number(b.To)
}

// bandAt is the words of the band that η lies in.
func (s *Sweep) bandAt(eta float64) string {
	for _, b := range s.Bands {
		if b.From <= eta && eta < b.To {
			return plain(b.Label)
		}
	}
	return ""
}

func (s *Sweep) shift() float64 {
	if s.MinimumKnown {
		return s.Minimum
	}
	return 0
}

func (s *Sweep) nameOf(i int) string {
	if s.Lines[i].Label == "" {
		return plain(s.Label)
	}
	return plain(s.Lines[i].Label)
}

// table has a row per η of the first line: the losses, of other lines where they have the same η, and the band.
func (s *Sweep) table() Table {
	header := []string{plain(s.XLabel)}
	for i := range s.Lines {
		header = append(header, s.nameOf(i))
	}
	if len(s.Bands) > 0 {
		header = append(header, "runs")
	}
	var etas []float64
	if len(s.Lines) > 0 {
		etas = s.Lines[0].X
	}
	return NewTable("Loss against η", header, len(etas), "η", func(k int) []string {
		row := []string{Number(etas[k])}
		for _, l := range s.Lines {
			cell := ""
			if k < length(l.X, l.Y) && l.X != nil && l.X[k] == etas[k] {
				cell = Number(l.Y[k] - s.shift())
			}
			row = append(row, cell)
		}
		if len(s.Bands) > 0 {
			row = append(row, s.bandAt(etas[k]))
		}
		return row
	})
}
