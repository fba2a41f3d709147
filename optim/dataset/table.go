package dataset

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
)

// maxMagnitude bounds the values of a table, so that sums of squares over any
// number of rows that fits in memory stay finite.
const maxMagnitude = 1e140

// table is a file in scikit-learn's layout: a header with the number of rows,
// the number of features and the class names (`150,4,setosa,versicolor,virginica`),
// then one line per example with the 0-based class last.
type table struct {
	rows, cols int
	classes    []string
	x          []float64 // rows×cols
	labels     []int     // rows indices into classes
}

// readTable reads a table and refuses one whose lines do not match its header,
// or with a value that is not finite or beyond ±maxMagnitude.
func readTable(r io.Reader) (*table, error) {
	lines := csv.NewReader(r)
	lines.FieldsPerRecord = -1 // the header has its own length
	lines.ReuseRecord = true
	header, err := lines.Read()
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	t, err := parseHeader(header)
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	for {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := t.add(record); err != nil {
			line, _ := lines.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
	if len(t.labels) != t.rows {
		return nil, fmt.Errorf("the header announces %d rows, the file has %d", t.rows, len(t.labels))
	}
	return t, nil
}

func parseHeader(record []string) (*table, error) {
	if len(record) < 4 {
		return nil, fmt.Errorf("%d fields; want rows, features and two or more class names", len(record))
	}
	rows, err := strconv.Atoi(record[0])
	if err != nil || rows < 1 {
		return nil, fmt.Errorf("%q is not a number of rows", record[0])
	}
	cols, err := strconv.Atoi(record[1])
	if err != nil || cols < 1 {
		return nil, fmt.Errorf("%q is not a number of features", record[1])
	}
	return &table{rows: rows, cols: cols, classes: append([]string(nil), record[2:]...)}, nil
}

func (t *table) add(record []string) error {
	if len(record) != t.cols+1 {
		return fmt.Errorf("%d fields; want %d features and the class", len(record), t.cols)
	}
	for _, field := range record[:t.cols] {
		v, err := strconv.ParseFloat(field, 64)
		if err != nil || !(math.Abs(v) <= maxMagnitude) {
			return fmt.Errorf("%q is not a number within ±%g", field, maxMagnitude)
		}
		t.x = append(t.x, v)
	}
	label, err := strconv.Atoi(record[t.cols])
	if err != nil || label < 0 || label >= len(t.classes) {
		return fmt.Errorf("%q is not a class from 0 to %d", record[t.cols], len(t.classes)-1)
	}
	t.labels = append(t.labels, label)
	return nil
}

// pair keeps the rows of two classes, in the file's order, as a Set with labels
// 0 for class zero and 1 for class one. What the table does not say (names,
// origin) is left to the caller.
func (t *table) pair(zero, one int) *Set {
	s := &Set{Classes: [2]string{t.classes[zero], t.classes[one]}, Cols: t.cols}
	for i, label := range t.labels {
		switch label {
		case zero:
			s.Y = append(s.Y, 0)
		case one:
			s.Y = append(s.Y, 1)
		default:
			continue
		}
		s.X = append(s.X, t.x[i*t.cols:(i+1)*t.cols]...)
		s.Rows++
	}
	return s
}

// against keeps all rows as a Set with label 1 for a class and 0 for all others.
// What the table does not say is left to the caller.
func (t *table) against(class int) *Set {
	s := &Set{Classes: [2]string{"not " + t.classes[class], t.classes[class]}, X: t.x, Rows: t.rows, Cols: t.cols}
	for _, label := range t.labels {
		y := 0.0
		if label == class {
			y = 1
		}
		s.Y = append(s.Y, y)
	}
	return s
}
