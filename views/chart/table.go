package chart

import "strconv"

// A Table holds a figure's numbers as text: the figure for those who read rather than look. It has at most 21 rows.
type Table struct {
	Caption string     // what the rows are; "" for none
	Header  []string   // a name per column; nil in the zero Table, which has the figure make its own
	Rows    [][]string // as long as Header each
	Note    string     // "every 10th step; the CSV has all", or ""
}

const maxRows = 21

// NewTable makes a table of n rows, thinned to at most 21: the first, every kth with k a round number, and the last.
// unit names a row in the note ("step"). row is called with ascending indices in [0, n).
func NewTable(caption string, header []string, n int, unit string, row func(i int) []string) Table {
	t := Table{Caption: caption, Header: header}
	if n <= 0 {
		return t
	}
	every := stride(n)
	for i := 0; i < n; i += every {
		t.Rows = append(t.Rows, row(i))
	}
	if (n-1)%every != 0 {
		t.Rows = append(t.Rows, row(n-1))
	}
	if every > 1 {
		t.Note = "every " + ordinal(every) + " " + unit + "; the CSV has all"
	}
	return t
}

// stride is the smallest of 1, 2, 5, 10, 20 … that thins n rows, with the last one added, to maxRows.
func stride(n int) int {
	for p := 1; ; p *= 10 {
		for _, m := range [...]int{1, 2, 5} {
			every := p * m
			rows := (n-1)/every + 1
			if (n-1)%every != 0 {
				rows++
			}
			if rows <= maxRows {
				return every
			}
		}
	}
}

func ordinal(n int) string {
	if n == 2 {
		return "2nd"
	}
	return strconv.Itoa(n) + "th"
}

// given is a table that the caller made; nil when there is none.
func given(t Table) func() Table {
	if t.Header == nil {
		return nil
	}
	return func() Table { return t }
}
