package chart

import "strconv"

// comparedOf are the paths that have a run's ink and points.
func comparedOf(paths []Path) (runs []Path) {
	for _, r := range paths {
		if !r.Quiet && r.Ink.look() >= 0 && length(r.X, r.Y) > 0 {
			runs = append(runs, r)
		}
	}
	return runs
}

// runsStory tells how every run ends, and where all start if that is the same point.
func runsStory(runs []Path, w Window) string {
	story := count(len(runs), "run")
	shared := true
	for _, r := range runs {
		shared = shared && point(r, 0) == point(runs[0], 0)
	}
	if shared {
		story += " from " + point(runs[0], 0)
	}
	for i, r := range runs {
		sep := "; "
		if i == 0 {
			sep = ": "
		}
		story += sep + runName(r, i)
		if !shared {
			story += " from " + point(r, 0)
		}
		story += " " + fate(r, w)
	}
	return story + "."
}

func runName(r Path, i int) string {
	if r.Label == "" {
		return "run " + strconv.Itoa(i+1)
	}
	return plain(r.Label)
}

// fate says how a run ends.
func fate(r Path, w Window) string {
	n := length(r.X, r.Y)
	switch left, broken := leaves(r, w); {
	case left == 0:
		return "stays outside the window"
	case left > 0:
		return outsideFrom(left, n)
	case broken >= 0:
		return "is no longer finite at step " + strconv.Itoa(broken)
	}
	return "ends at " + point(r, n-1) + " after " + count(n-1, "step")
}

// runsTable has a row per run.
func runsTable(runs []Path, w Window, xlabel, ylabel string) Table {
	header := []string{"run", "steps", "last " + plain(xlabel), "last " + plain(ylabel), "how it ends"}
	return NewTable("Where each run ends", header, len(runs), "run", func(i int) []string {
		r := runs[i]
		n := length(r.X, r.Y)
		x, y := pair(r.X, r.Y, n-1)
		return []string{runName(r, i), strconv.Itoa(n - 1), Number(x), Number(y), fate(r, w)}
	})
}
