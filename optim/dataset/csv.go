package dataset

import "fmt"

// Limits of what [ReadCSV] takes and [Sheet.Set] makes of it.
const (
	MaxCSVBytes   = 5_000_000 // of the file
	MaxCSVCells   = 1_000_000 // rows times columns, the header not counted
	MaxCSVColumns = 1000      // of the file
	MaxFeatures   = 200       // columns chosen
	MaxSetRows    = 10_000    // of a set, so that a picture comes at once
	MaxSetCells   = 300_000   // rows times features of a set
	MaxClasses    = 20        // different values of a column that can still be a label
	previewRows   = 8
	longestName   = 60 // of a column or a cell that is shown, in characters
)

// A Sheet is a table as read from a file, before anybody has said what its
// columns are for. It is read only once made, and may serve many requests.
type Sheet struct {
	Columns []*Column  // in the file's order, at least 1
	Rows    int        // at least 1; the header is not counted
	Facts   []Fact     // how the file was read, for its owner to check
	Remarks []string   // what is unusual about it, as sentences
	Preview [][]string // the first rows as they stand, long cells cut; Columns each
}

// A Fact is one thing that was recognised about a file.
type Fact struct{ About, Says string } // "Separator", "semicolon"

// A ColumnKind says what a column holds.
type ColumnKind int

// The kinds of columns.
const (
	Numbers ColumnKind = iota // every cell is a number or missing, at least one is a number
	Words                     // at least one cell is neither
	Empty                     // every cell is missing
)

// A Column is one column of a sheet.
type Column struct {
	Name    string // not empty, and no other column's
	Kind    ColumnKind
	Missing int     // cells without a value
	Classes []Class // the different values in order: by size, or by the alphabet; nil when there are more than MaxClasses
	Min     float64 // of Numbers
	Max     float64 // of Numbers
	Counts  bool    // Numbers that are 1, 2, 3 … or 0, 1, 2 …: the rows' own numbers

	values   []float64 // of Numbers, one per row, NaN where missing
	codes    []uint8   // where Classes is not nil, one per row: the place in Classes, noCode where missing
	wordLine int       // of Words: the line of the first cell that is no number
	word     string    // that cell, cut
}

// A Class is one of the different values of a column.
type Class struct {
	Text string // as written; of numbers the shortest decimal
	Rows int    // that have it
}

const noCode = 255

// Bytes estimates the memory that a sheet takes.
func (s *Sheet) Bytes() int {
	n := 4096
	for _, c := range s.Columns {
		n += 512 + len(c.values)*8 + len(c.codes)
	}
	return n
}

// A CSVError says why a file is refused, and where.
type CSVError struct {
	Line    int    // in the file, from 1, where the row begins; 0: the file as a whole
	Column  int    // from 1; 0: the line as a whole
	Name    string // of the column; may be empty
	Message string // a whole sentence
}

// Error implements error. The message may quote the file: it is for the file's
// owner and for no log.
func (e *CSVError) Error() string {
	switch {
	case e.Line == 0 && e.Column == 0:
		return e.Message
	case e.Column == 0:
		return fmt.Sprintf("Line %d: %s", e.Line, e.Message)
	case e.Line == 0:
		return fmt.Sprintf("Column %d%s: %s", e.Column, quoted(e.Name), e.Message)
	}
	return fmt.Sprintf("Line %d, column %d%s: %s", e.Line, e.Column, quoted(e.Name), e.Message)
}

func quoted(name string) string {
	if name == "" {
		return ""
	}
	return " “" + name + "”"
}

// ReadCSV reads a table whose form is not known: the separator (comma,
// semicolon, tab or bar), whether the first line names the columns, the decimal
// sign, the characters' encoding and the marks of missing values are recognised,
// and Facts says so. Rows are lines in the sense of RFC 4180: a cell between
// quotes may hold separators, line breaks and doubled quotes.
//
// Cells are data and nothing else: what looks like a formula is text. Its error
// is a [*CSVError] for a file that is empty, too large, no text, ragged, or holds
// numbers that are infinite, beyond ±1e140 or written in two ways.
func ReadCSV(file []byte) (*Sheet, error) {
	text, facts, err := decode(file)
	if err != nil {
		return nil, err
	}
	g, said, err := readGrid(text)
	if err != nil {
		return nil, err
	}
	facts = append(said, facts...)
	s := &Sheet{Rows: g.rows()}
	numbers, err := s.readColumns(g)
	if err != nil {
		return nil, err
	}
	s.Facts = append(facts, numbers...)
	for r := range min(previewRows, s.Rows) {
		row := make([]string, len(s.Columns))
		for j := range row {
			row[j] = shorten(g.cell(r, j))
		}
		s.Preview = append(s.Preview, row)
	}
	return s, nil
}
