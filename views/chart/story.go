package chart

import "strconv"

// pathStory tells of the runs that are compared, else of the first path that is not quiet.
func pathStory(paths []Path, w Window) string {
	if runs := comparedOf(paths); len(runs) > 1 {
		return runsStory(runs, w)
	}
	r, ok := mainPath(paths)
	if !ok {
		return sentence("Contour lines of the function from ", Number(w.XMin), " to ", Number(w.XMax),
			" across and from ", Number(w.YMin), " to ", Number(w.YMax), " up")
	}
	n := length(r.X, r.Y)
	left, broken := leaves(r, w)
	switch {
	case broken >= 0 && left > 0:
		return sentence("The path starts at ", point(r, 0), ", ", outsideFrom(left, n), " and is no longer finite at step ", strconv.Itoa(broken))
	case broken >= 0:
		return sentence("The path starts at ", point(r, 0), " and is no longer finite at step ", strconv.Itoa(broken))
	case n == 1:
		return sentence("The path has only its start, ", point(r, 0))
	case left >= 0:
		return sentence("The path starts at ", point(r, 0), " and ", outsideFrom(left, n), "; after ", count(n-1, "step"), " it is at ", point(r, n-1))
	}
	return sentence("The path starts at ", point(r, 0), ", makes ", count(n-1, "step"), " and ends at ", point(r, n-1))
}

func mainPath(paths []Path) (Path, bool) {
	for _, r := range paths {
		if !r.Quiet && length(r.X, r.Y) > 0 {
			return r, true
		}
	}
	return Path{}, false
}

func point(r Path, i int) string {
	x, y := pair(r.X, r.Y, i)
	return "(" + Number(x) + ", " + Number(y) + ")"
}

// pathTable lists the ends of the runs that are compared, else the points of the main path.
func pathTable(paths []Path, w Window, xlabel, ylabel string) Table {
	if runs := comparedOf(paths); len(runs) > 1 {
		return runsTable(runs, w, xlabel, ylabel)
	}
	r, _ := mainPath(paths)
	return NewTable("The path, step by step", []string{"step", plain(xlabel), plain(ylabel)}, length(r.X, r.Y), "step",
		func(i int) []string {
			x, y := pair(r.X, r.Y, i)
			return []string{strconv.Itoa(i), Number(x), Number(y)}
		})
}

func markStory(marks []Mark) string {
	story := placesOf(marks)
	if story == "" {
		return "A curve."
	}
	return "On the curve: " + story + "."
}

// marked is a further sentence that names the marks.
func marked(marks []Mark) string {
	story := placesOf(marks)
	if story == "" {
		return ""
	}
	return " Marked: " + story + "."
}

// placesOf lists the marks that have names.
func placesOf(marks []Mark) string {
	story := ""
	for _, m := range marks {
		if m.Label != "" && finite(m.X) && finite(m.Y) {
			if story != "" {
				story += "; "
			}
			story += plain(m.Label) + " at (" + Number(m.X) + ", " + Number(m.Y) + ")"
		}
	}
	return story
}

func markTable(marks []Mark, xlabel, ylabel string) Table {
	return NewTable("Points", []string{"point", plain(xlabel), plain(ylabel)}, len(marks), "point", func(i int) []string {
		return []string{plain(marks[i].Label), Number(marks[i].X), Number(marks[i].Y)}
	})
}
