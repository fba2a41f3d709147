package lessons

// Cells lists the lesson's cells in order.
func (l *Lesson) Cells() []*Cell {
	var cells []*Cell
	collect := func(blocks []Block) {
		for _, b := range blocks {
			if b.Cell != nil {
				cells = append(cells, b.Cell)
			}
		}
	}
	collect(l.Intro)
	for i := range l.Sections {
		collect(l.Sections[i].Blocks)
	}
	return cells
}
