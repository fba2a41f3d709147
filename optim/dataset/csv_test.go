package dataset

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// describe is a sheet in one line: rows, then each column's name with its kind
// and range or classes, and ~ with the number of missing values.
func describe(s *Sheet) string {
	text := fmt.Sprint(s.Rows, " rows")
	for _, c := range s.Columns {
		text += fmt.Sprintf(" | %s: ", c.Name)
		switch c.Kind {
		case Numbers:
			text += fmt.Sprintf("%g…%g", c.Min, c.Max)
		case Words:
			text += "text"
			for _, class := range c.Classes {
				text += fmt.Sprintf(" %s×%d", class.Text, class.Rows)
			}
		case Empty:
			text += "empty"
		}
		if c.Missing > 0 {
			text += fmt.Sprintf(" ~%d", c.Missing)
		}
	}
	return text
}

// said is all that a sheet says of its file.
func said(s *Sheet) string {
	var lines []string
	for _, f := range s.Facts {
		lines = append(lines, f.About+": "+f.Says)
	}
	return strings.Join(append(lines, s.Remarks...), "\n")
}

// Every file of the corpus is read as listed, or refused with the words listed.
func TestCSVCorpus(t *testing.T) {
	tests := []struct {
		file    string
		sheet   string   // what describe says; "": it is refused
		mention []string // parts of what is said of it, or of the refusal
	}{
		{"comma", "3 rows | height: 1.5…3 | weight: 2.25…4 | kind: text a×2 b×1", []string{"Separator: comma (,)", "First line: names", "Decimal sign: point", "Characters: UTF-8", "Line ends: LF", "Missing values: none"}},
		{"semicolon-decimal-comma", "3 rows | größe: 1.5…3 | gewicht: 2.25…4 | art: text a×2 b×1", []string{"Separator: semicolon", "Decimal sign: comma"}},
		{"tab", "3 rows | x: 1…5 | y: 2…6 ~1 | label: text no×2 yes×1", []string{"Separator: tab", "Missing values: 1 cell: 1 in column 2 “y”"}},
		{"bar", "2 rows | x: 1…3 | y: 2…4 | label: 0…1", []string{"Separator: bar"}},
		{"sep-line", "2 rows | x: 1.5…2.5 | y: 2…3 | label: 0…1", []string{"Separator: semicolon (;), as the first line says", "Decimal sign: comma"}},
		{"no-header", "3 rows | column 1: 4.9…6.3 | column 2: 3…3.5 | column 3: text setosa×2 virginica×1", []string{"First line: data"}},
		{"number-names", "2 rows | column 1: 0…1 | 0: 1.5…2.5 | 1: 2.5…3.5 | label: text a×1 b×1", []string{"First line: names"}},
		{"first-missing", "2 rows | column 1: 5…5 ~1 | column 2: 1…3 | column 3: 1…2 | column 4: text a×1 b×1", []string{"First line: data"}},
		{"row-names", "2 rows | row: text a×1 b×1 | x: 1…3 | y: 2…4 | label: 0…1", []string{"called “row”"}},
		{"thousands-point", "3 rows | price: 980…1.25e+06 | area: 70…90 | sold: text no×1 yes×2", []string{"Decimal sign: comma", "Thousands: parted"}},
		{"thousands-comma", "4 rows | price: 980…1.25e+06 | area: 70…90 | sold: text no×2 yes×2", []string{"Decimal sign: point", "Thousands: parted"}},
		{"thousands-apostrophe", "2 rows | price: 1234.5…1.25e+06 | area: 80…90 | sold: text no×1 yes×1", []string{"Thousands: parted"}},
		{"thousands-space", "3 rows | price: 1234.5…1.25e+06 | area: 70…90 | sold: text no×1 yes×2", []string{"Decimal sign: comma", "Thousands: parted"}},
		{"ambiguous-comma", "2 rows | x: 1.234…2.345 | y: 1…2 | label: text a×1 b×1", []string{"Please check: “1,234” in line 2, column 1 “x”, was read as a decimal comma"}},
		{"two-decimal-signs", "", []string{"Line 3, column 1 “x”: “2.5” and “1,5” in line 2"}},
		{"bom", "2 rows | x: 1…3 | y: 2…4 | label: text a×1 b×1", []string{"byte order mark was left out"}},
		{"utf-16", "2 rows | x: 1.5…2.5 | y: 2…3 | label: text ä×1 ö×1", []string{"Characters: UTF-16", "CRLF"}},
		{"crlf", "2 rows | x: 1…3 | y: 2…4 | label: text a×1 b×1", []string{"Line ends: CRLF"}},
		{"cr", "2 rows | x: 1…3 | y: 2…4 | label: text a×1 b×1", []string{"Line ends: CR, as old Macs"}},
		{"latin-1", "2 rows | länge: 1.5…2.5 | breite: 2.5…3.5 | typ: text herb×1 süß×1", []string{"Characters: Latin-1"}},
		{"windows-1252", "2 rows | x: 1…3 | y: 2…4 | price: text 5 €×1 6 €×1", []string{"Windows-1252"}},
		{"quotes", "3 rows | name: text Müller, \"Max\"×1 two lines×1 ~1 | x: 1…3 | label: text a×2 b×1", nil},
		{"quote-inside", "", []string{"Line 3, column 2: A quote stands inside a cell"}},
		{"quote-open", "", []string{"Line 2, column 2: A cell that begins with a quote has no proper end"}},
		{"quote-after", "", []string{"Line 2, column 3: A cell that begins with a quote has no proper end"}},
		{"missing", "4 rows | a: 1…7 ~2 | b: 1…8 ~1 | c: 1…9 ~1 | d: 1…10 ~1 | e: 1…11 ~1 | f: 1…12 ~1 | label: text x×2 y×2", []string{"Missing values: 7 cells: 2 in column 1 “a”, 1 in column 2 “b”"}},
		{"plus-minus", "4 rows | x: 1…7 | y: 2…8 | approved: text +×2 -×1 ~1", nil},
		{"text-columns", "3 rows | id: 1…3 | city: text Berlin×1 Oslo×1 Rome×1 | x: 1.5…3.5 | y: 2…4 | label: text a×2 b×1", nil},
		{"almost-numbers", "12 rows | x: text 1×1 10×1 11×1 2×1 3×1 4×1 5×1 6×1 7×1 8×1 9×1 oops×1 | y: 1…121 | label: text a×6 b×6", []string{"Column 1 “x” would be numbers but for 1 cell, the first in line 13: “oops”"}},
		{"formulas", "3 rows | x: 1…5 | y: 2…6 | note: text =cmd|' /C calc'!A0×1 @SUM(A1:A9)×1 plain×1 | label: text a×2 b×1", []string{"Column 3 “note” has 2 cells that look like a formula. Here they are text"}},
		{"formula-for-a-number", "2 rows | x: text 1×1 =1+1×1 | y: 2…4 | label: text a×1 b×1", []string{"1 cell that looks like a formula"}},
		{"infinite", "", []string{"Line 3, column 2 “y”: “inf” is not a finite number"}},
		{"nan", "4 rows | x: 1…5 ~1 | y: 2…6 ~1 | label: text a×2 b×2", []string{"Missing values: 2 cells"}},
		{"billion", "5 rows | x: 1…5 | y: 1…1e+09 | label: text a×3 b×2", []string{"Column 2 “y”, line 3: “1000000000” is more than a hundred million times as large"}},
		{"too-large", "", []string{"Line 3, column 1 “x”: “1e141” is too large"}},
		{"far-too-large", "", []string{"Line 3, column 1 “x”: “1e400” is too large"}},
		{"tiny", "2 rows | x: 0…1e-320 | y: 2…3 | label: text a×1 b×1", nil},
		{"row-too-short", "", []string{"Line 3, column 3 “label”: The row has 2 cells, line 1 has 3"}},
		{"row-too-long", "", []string{"Line 3, column 4: The row has 4 cells, line 1 has 3: “c” is one too many"}},
		{"trailing-separators", "2 rows | x: 1.5…3 | y: 2…4 | label: text a×1 b×1 | column 4: empty ~2", []string{"Empty lines: 2, left out", "Column 4 “column 4” is empty."}},
		{"blank-lines", "2 rows | x: 1…3 | y: 2…4 | label: text a×1 b×1", []string{"Separator: comma"}},
		{"empty", "", []string{"the text is empty"}},
		{"only-spaces", "", []string{"the text is empty"}},
		{"only-separators", "", []string{"every cell is empty"}},
		{"only-header", "", []string{"Line 1: There are names of columns and no rows"}},
		{"one-column", "2 rows | x: 1…2", []string{"Separator: none"}},
		{"binary", "", []string{"Line 3: There are bytes that no text has"}},
		{"excel", "", []string{"an Excel or ZIP file"}},
		{"pdf", "", []string{"a PDF file"}},
		{"web-page", "", []string{"a web page"}},
		{"same-names", "2 rows | x: 1…4 | x (2): 2…5 | column 3: 3…6 | x (3): text a×1 b×1", nil},
		{"script", "2 rows | <script>alert(1)</script>: 1…4 | y onmouseover=1: 2…5 | $\\frac{: 3…6 | label: text </select><img src=x onerror=alert(1)>×1 <script>document.title='hit'</script>×1", nil},
		{"one-class", "2 rows | x: 1…3 | y: 2…4 | label: text a×2", nil},
		{"constant", "3 rows | x: 1…5 | y: 1…4 | one: 7…7 | label: text a×2 b×1", nil},
		{"wide", "3 rows | a: 1…3 | b: 1…3 | c: 3…4 | d: 3…4 | e: 1…6 | label: text x×2 y×1", nil},
		{"control-names", "", []string{"Line 1: There are bytes"}},
		{"long-cells", "2 rows | x: 1…3 | " + strings.Repeat("y", 60) + "…: 2…4 | label: text b×1 " + strings.Repeat("z", 60) + "…×1", nil},
		{"never-complete", "2 rows | x: 1…1 ~1 | y: 2…2 ~1 | label: text a×1 b×1", nil},
		{"minus-sign", "2 rows | x: -3…-1.5 | y: 2…4 | label: text a×1 b×1", nil},
		{"spaces", "2 rows | x: 1…3 | y: 2…4 | label: text a×1 b×1", nil},
	}
	seen := map[string]bool{}
	for _, test := range tests {
		seen[test.file+".csv"] = true
		t.Run(test.file, func(t *testing.T) {
			text := ""
			s, err := ReadCSV(corpus(t, test.file))
			switch {
			case err != nil && test.sheet != "":
				t.Fatalf("refused: %v", err)
			case err == nil && test.sheet == "":
				t.Fatalf("read as %s\n%s", describe(s), said(s))
			case err != nil:
				text = err.Error()
			default:
				text = said(s)
				if got := describe(s); got != test.sheet {
					t.Errorf("got  %s\nwant %s\n%s", got, test.sheet, text)
				}
			}
			for _, part := range test.mention {
				if !strings.Contains(text, part) {
					t.Errorf("%q is not said in:\n%s", part, text)
				}
			}
		})
	}
	files, err := filepath.Glob("testdata/csv/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatal("no corpus: ", err)
	}
	for _, file := range files {
		if !seen[filepath.Base(file)] {
			t.Errorf("%s is in no test", file)
		}
	}
}

func corpus(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile("testdata/csv/" + name + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestCSVLimits(t *testing.T) {
	wide := strings.Repeat("1,", MaxCSVColumns-1) + "1\n"
	for _, test := range []struct{ name, text, refusal string }{
		{"5 MB and a byte", strings.Repeat("1,2\n", MaxCSVBytes/4) + "1", "larger than 5 MB"},
		{"a million cells", strings.Repeat("1,2\n", MaxCSVCells/2), ""},
		{"a row more", strings.Repeat("1,2\n", MaxCSVCells/2+1), "Line 500001: Here the table passes 1,000,000 cells"},
		{"a thousand columns", wide + wide, ""},
		{"one more", "1," + wide + "1," + wide, "has 1001 columns; at most 1000"},
		{"many more", strings.Repeat(",", 200_000) + "1", "columns; at most 1000"},
	} {
		_, err := ReadCSV([]byte(test.text))
		if (err != nil) != (test.refusal != "") || err != nil && !strings.Contains(err.Error(), test.refusal) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.refusal)
		}
	}
}

func TestNumberForms(t *testing.T) {
	for _, test := range []struct {
		cell   string
		form   numberForm
		point  float64 // read with decimal points
		commas float64 // read with decimal commas
	}{
		{"12", plain, 12, 12}, {"-1e3", plain, -1000, -1000}, {"+7E-2", plain, 0.07, 0.07}, {"−4", plain, -4, -4},
		{"1.5", withPoint, 1.5, 15}, {".5", withPoint, 0.5, 5}, {"5.", withPoint, 5, 5}, {"0.123", withPoint, 0.123, 123},
		{"1,5", withComma, 15, 1.5}, {"-,25", withComma, -25, -0.25}, {"1,5e2", withComma, 1500, 150},
		{"1.234", threePoint, 1.234, 1234}, {"1,234", threeComma, 1234, 1.234},
		{"1,234,567", withPoint, 1234567, 1}, {"1.234.567", withComma, 1, 1234567},
		{"1,234.5", withPoint, 1234.5, 1}, {"1.234,5", withComma, 1, 1234.5},
		{"1 234", plain, 1234, 1234}, {"1'234'567.25", withPoint, 1234567.25, 1},
		{"", notNumber, 0, 0}, {"abc", notNumber, 0, 0}, {"1e", notNumber, 0, 0}, {"e5", notNumber, 0, 0}, {"0x10", notNumber, 0, 0},
		{"1_000", notNumber, 0, 0}, {"1,23,456", notNumber, 0, 0}, {"1.2.3", notNumber, 0, 0}, {"2024-01-02", notNumber, 0, 0}, {"--1", notNumber, 0, 0},
		{"1 23", notNumber, 0, 0}, {"1 234'567", notNumber, 0, 0}, {"1.5 5", notNumber, 0, 0}, {"=1", notNumber, 0, 0}, {".", notNumber, 0, 0}, {"٣", notNumber, 0, 0},
	} {
		if form := formOf(test.cell); form != test.form {
			t.Errorf("%q has form %d, want %d", test.cell, form, test.form)
			continue
		}
		if test.form == notNumber {
			continue
		}
		if v := parseNumber(test.cell, test.form, false); v != test.point && test.form != withComma {
			t.Errorf("%q with points is %g, want %g", test.cell, v, test.point)
		}
		if v := parseNumber(test.cell, test.form, true); v != test.commas && test.form != withPoint {
			t.Errorf("%q with commas is %g, want %g", test.cell, v, test.commas)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	files, _ := filepath.Glob("testdata/csv/*.csv")
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil && len(text) < 200 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := ReadCSV(file)
		if err != nil {
			var refusal *CSVError
			if !errors.As(err, &refusal) || refusal.Message == "" {
				t.Fatalf("error %#v", err)
			}
			return
		}
		if s.Rows < 1 || len(s.Columns) < 1 {
			t.Fatalf("%d rows, %d columns", s.Rows, len(s.Columns))
		}
		names := map[string]bool{}
		for j, c := range s.Columns {
			if names[c.Name] || c.Name == "" || !utf8.ValidString(c.Name) {
				t.Fatalf("column %d is called %q", j+1, c.Name)
			}
			names[c.Name] = true
			if c.Kind == Numbers && !(-maxMagnitude <= c.Min && c.Min <= c.Max && c.Max <= maxMagnitude) {
				t.Fatalf("column %d spans %g to %g", j+1, c.Min, c.Max)
			}
			total := c.Missing
			for _, class := range c.Classes {
				total += class.Rows
			}
			if c.Classes != nil && total != s.Rows {
				t.Fatalf("column %d: classes and missing values are %d of %d", j+1, total, s.Rows)
			}
			if len(c.Classes) > 1 {
				all := make([]int, len(s.Columns))
				for i := range all {
					all[i] = i
				}
				if set, _, err := s.Set(j, 0, all); err == nil && (len(set.X) != set.Rows*set.Cols || len(set.Y) != set.Rows || set.Rows > s.Rows) {
					t.Fatalf("set of %d rows, %d columns has %d values", set.Rows, set.Cols, len(set.X))
				}
			}
		}
	})
}
