package chart

import "strconv"

// What is said of a run that leaves the picture for good: the step at which it leaves, and how many steps follow that
// the picture does not show.

// outAt says it in a label. The run has n points and is outside from point k on.
func outAt(k, n int) string {
	return "out at step " + strconv.Itoa(k) + more(n-1-k)
}

// more counts the steps that follow, in a label; none needs no words.
func more(steps int) string {
	if steps <= 0 {
		return ""
	}
	return ", " + strconv.Itoa(steps) + " more"
}

// outsideFrom says it in a story.
func outsideFrom(k, n int) string {
	return "leaves the window at step " + strconv.Itoa(k) + further(n-1-k, "outside")
}

// further counts the steps that follow, and says where they are; none needs no words.
func further(steps int, where string) string {
	switch {
	case steps <= 0:
		return ""
	case steps == 1:
		return " (1 more step is " + where + ")"
	}
	return " (" + strconv.Itoa(steps) + " more steps are " + where + ")"
}

// leaves is the step at which a path leaves a window for good, −1 where it does not, and the first step that is not
// finite, −1 where all are.
func leaves(r Path, w Window) (left, broken int) {
	left = -1
	for i := range length(r.X, r.Y) {
		x, y := pair(r.X, r.Y, i)
		switch {
		case !finite(x) || !finite(y):
			return left, i
		case w.contains(x, y):
			left = -1
		case left < 0:
			left = i
		}
	}
	return left, -1
}

// Leaving says in a sentence how a path leaves the figure's axes for good, for an Alt of the caller's; "" where it does
// not.
func (f *Figure) Leaving(r Path) string {
	w := Window{f.axes.x.min, f.axes.x.max, f.axes.y.min, f.axes.y.max}
	switch left, _ := leaves(r, w); {
	case left == 0:
		return "The path lies outside this window."
	case left > 0:
		return "The path " + outsideFrom(left, length(r.X, r.Y)) + "."
	}
	return ""
}
