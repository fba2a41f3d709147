package lessons

import "descent/lessons/exercise"

// Cells lists the lesson's cells in order.
func (l *Lesson) Cells() []*Cell {
	var cells []*Cell
	for b := range l.blocks {
		if b.Cell != nil {
			cells = append(cells, b.Cell)
		}
	}
	return cells
}

// Exercises lists the lesson's exercises in order.
func (l *Lesson) Exercises() []*exercise.Exercise {
	var exercises []*exercise.Exercise
	for b := range l.blocks {
		if b.Exercise != nil {
			exercises = append(exercises, b.Exercise)
		}
	}
	return exercises
}

// blocks ranges over all blocks in the file's order.
func (l *Lesson) blocks(yield func(*Block) bool) {
	for i := range l.Intro {
		if !yield(&l.Intro[i]) {
			return
		}
	}
	for i := range l.Sections {
		for j := range l.Sections[i].Blocks {
			if !yield(&l.Sections[i].Blocks[j]) {
				return
			}
		}
	}
}
