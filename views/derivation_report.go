package views

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"descent/lessons/cell"
	"descent/optim/derive"
)

// lineStatus is how a line's verdict is drawn and said.
type lineStatus struct{ class, words string }

var lineStatuses = map[derive.LineVerdict]lineStatus{
	derive.Start:               {"start", "the task"},
	derive.Follows:             {"follows", "follows"},
	derive.FollowsWhereDefined: {"where-defined", "follows where both are defined"},
	derive.Breaks:              {"breaks", "does not follow"},
	derive.LineUndecided:       {"undecided", "not decided"},
	derive.NotUnderstood:       {"not-understood", "not understood"},
}

// before is the number of the last line above that was understood, with which a line is compared; 0: there is none.
func before(r *derive.Report, n int) int {
	last := 0
	for i := range r.Lines {
		if r.Lines[i].N >= n {
			break
		}
		if r.Lines[i].Formula != nil {
			last = r.Lines[i].N
		}
	}
	return last
}

// comparedWith says what stands on the left of a counterexample.
func comparedWith(r *derive.Report, n int) string {
	if at := before(r, n); at > 0 {
		return "line " + strconv.Itoa(at)
	}
	return "the task"
}

// A pointTable is the point of a counterexample: single values in a line, data in a table with a row for each row of the data.
type pointTable struct {
	Singles        []pointValue // z, a, μ, j …
	Features, Rows int          // 0: none
	point          map[string]float64
}

type pointValue struct{ Name, Sub, Value string }

// tableOf sorts the values of a counterexample. Rows and features have one digit each.
func tableOf(c *derive.Counterexample) *pointTable {
	t := &pointTable{point: c.Point}
	names := make([]string, 0, len(c.Point))
	for name := range c.Point {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		head, index, _ := strings.Cut(name, "_")
		switch {
		case head == "x" && len(index) == 2:
			t.Rows, t.Features = max(t.Rows, int(index[0]-'0')), max(t.Features, int(index[1]-'0'))
		case head == "y" && len(index) == 1:
			t.Rows = max(t.Rows, int(index[0]-'0'))
		case head == "theta" && len(index) == 1:
			t.Features = max(t.Features, int(index[0]-'0'))
		case name != "m" && name != "n":
			t.Singles = append(t.Singles, pointValue{greekName(head), index, shortNumber(c.Point[name])})
		}
	}
	return t
}

// has reports whether any value of x, y or theta is among the point's.
func (t *pointTable) has(name string) bool {
	for key := range t.point {
		if strings.HasPrefix(key, name+"_") {
			return true
		}
	}
	return false
}

// at is a value of the point, "" where there is none: x of row i and feature k, y of row i, θ of feature k, from 1.
func (t *pointTable) at(name string, index ...int) string {
	key := name + "_"
	for _, i := range index {
		key += strconv.Itoa(i)
	}
	v, ok := t.point[key]
	if !ok {
		return ""
	}
	return shortNumber(v)
}

func greekName(name string) string {
	switch name {
	case "mu":
		return "μ"
	case "theta":
		return "θ"
	case "sigma":
		return "σ"
	}
	return name
}

func shortNumber(v float64) string { return cell.Say(v) }

// comparedNumbers are both values of a counterexample, with as many digits, from four on, as show that they differ.
func comparedNumbers(c *derive.Counterexample) (a, b string) {
	for digits := 4; digits <= 17; digits++ {
		if a, b = significant(c.A, digits), significant(c.B, digits); a != b {
			break
		}
	}
	return a, b
}

func significant(v float64, digits int) string {
	if math.IsNaN(v) {
		return "not defined"
	}
	return strings.ReplaceAll(strconv.FormatFloat(v, 'g', digits, 64), "-", "−")
}

// reportSummary is the report in a sentence, for those who do not see its picture.
func reportSummary(r *derive.Report) string {
	last := 0
	for i := range r.Lines {
		last = r.Lines[i].N
	}
	undecided := slices.IndexFunc(r.Lines, func(l derive.Line) bool { return l.Verdict == derive.LineUndecided })
	switch {
	case len(r.Lines) == 0:
		return "There is no line yet."
	case r.Complete:
		return "Complete: every line follows, and the last one is the goal."
	case r.FirstBreak > 0 && r.Lines[0].N == r.FirstBreak && r.Lines[0].Verdict == derive.Breaks:
		return fmt.Sprintf("Line %d is not yet the task.", r.FirstBreak)
	case r.FirstBreak > 0:
		for i := range r.Lines {
			if l := &r.Lines[i]; l.N == r.FirstBreak && l.Verdict == derive.NotUnderstood {
				return fmt.Sprintf("Line %d is not understood.", l.N)
			}
		}
		return fmt.Sprintf("Line %d is the first that does not follow from the one before.", r.FirstBreak)
	case undecided >= 0:
		return fmt.Sprintf("The program cannot decide whether line %d follows; nothing else speaks against it.", r.Lines[undecided].N)
	}
	return fmt.Sprintf("All %d lines hold so far. The goal is not reached yet: go on from line %d.", len(r.Lines), last)
}

// columns is how many columns of features the table has.
func (t *pointTable) columns() int {
	if !t.has("x") && !t.has("theta") {
		return 0
	}
	return t.Features
}
