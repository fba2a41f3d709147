package lessons

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"descent/optim/param"
)

// A Problem is one mistake in a lesson.
type Problem struct {
	File    string // its name in the folder
	Line    int    // from 1
	Message string // what is wrong and what is allowed
}

// Error is the problem in the form "file:line: message".
func (p Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message) }

// Problems are all mistakes of one or several files, by file and line.
type Problems []Problem

// Error is one line for each problem.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// err is the problems in order; nil if there are none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	sorted := slices.Clone(p)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return sorted
}

// suggest ends a message about an unknown word: with the word that was most
// likely meant, else with all that are allowed.
func suggest(word string, known []string) string {
	if near := param.Nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "allowed are " + strings.Join(known, ", ")
}
