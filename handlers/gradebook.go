package handlers

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"descent/classroom"
)

// gradebook answers the points of every student at every exercise as a table: CSV of RFC 4180 in UTF-8.
func (s *server) gradebook(c echo.Context) error {
	class, err := s.class(c)
	if err != nil {
		return err
	}
	n, err := s.countClass(c.Request().Context(), class.Classroom.ID, class.NamesHidden)
	if err != nil {
		return err
	}
	table, err := n.gradebook()
	if err != nil {
		return err
	}
	attach(c, class.Classroom.Name+" gradebook.csv")
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", table)
}

// byteOrderMark at the beginning of a file has Excel read UTF-8; without it names with accents are garbled. R, pandas, LibreOffice
// and Google Sheets skip it.
const byteOrderMark = "\uFEFF"

// gradebook writes the table: who, how many exercises are solved, points, points that are possible, then the points of each exercise. A blank means that
// there is no answer.
func (n *count) gradebook() ([]byte, error) {
	b := bytes.NewBufferString(byteOrderMark)
	w := csv.NewWriter(b)
	w.UseCRLF = true
	head := []string{"name", "student", "solved", "points", "possible"}
	for _, le := range n.course {
		head = append(head, harmless(le.name()))
	}
	rows := [][]string{head}
	for i := range n.Students {
		st := &n.Students[i]
		row := []string{harmless(st.Student.Name), harmless(st.Student.ID), strconv.Itoa(st.Solved), tablePoints(n.points(st)), tablePoints(n.possible())}
		for j, p := range st.Progress {
			cell := ""
			if p != nil && p.Answers() > 0 {
				cell = tablePoints(n.course[j].Points * p.Score)
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// tablePoints are points with at most four decimals, with a point.
func tablePoints(v float64) string {
	text := strconv.FormatFloat(v, 'f', 4, 64)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// harmless is text that no spreadsheet takes for a formula: an apostrophe goes before what could be the beginning of one, as
// OWASP advises (https://owasp.org/www-community/attacks/CSV_Injection), also behind spaces and in the wide forms of East Asian fonts.
func harmless(text string) string {
	begins := strings.TrimLeft(text, " \u00a0\u3000")
	if begins != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(begins)[0]) {
		return "'" + text
	}
	return text
}

// attach has browsers keep an answer as a file.
func attach(c echo.Context, name string) {
	plain := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\/:*?<>|%`, r) {
			return '_'
		}
		return r
	}, name)
	c.Response().Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s"; filename*=UTF-8''%s`, plain, url.PathEscape(name)))
}

// An attemptLine is an attempt in the file of all answers.
type attemptLine struct {
	ID        int64             `json:"id"`
	Student   string            `json:"student"`
	Name      string            `json:"name"`
	Exercise  string            `json:"exercise"`
	Variant   int               `json:"variant"` // from 1, as on the pages
	Answer    url.Values        `json:"answer"`
	Outcome   classroom.Outcome `json:"outcome"` // the program's
	Settled   classroom.Outcome `json:"settled"` // the lecturer's; "": none
	Diagnosis string            `json:"diagnosis"`
	Score     float64           `json:"score"`
	Hints     int               `json:"hints"`
	Rule      string            `json:"rule"`
	At        time.Time         `json:"at"`
}

// Limits of the file of all answers while it is sent.
const (
	linesAtOnce = 500              // between two flushes
	flushLimit  = 30 * time.Second // for a reader to take them
)

// allAttempts streams every attempt of a classroom, one JSON object a line, in the order in which they were kept.
func (s *server) allAttempts(c echo.Context) error {
	class, err := s.class(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	r, err := s.callRoll(ctx, class.Classroom.ID, class.NamesHidden)
	if err != nil {
		return err
	}
	attach(c, class.Classroom.Name+" answers.jsonl")
	c.Response().Header().Set(echo.HeaderContentType, "application/jsonl; charset=utf-8")
	c.Response().WriteHeader(http.StatusOK)
	if c.Request().Method == http.MethodHead {
		return nil
	}
	if err := s.writeAttempts(ctx, c, class.Classroom.ID, r); err != nil && !errors.Is(err, context.Canceled) {
		s.log.Error("the file of all answers broke off", "error", err)
		// The status is sent already: the last line says that the file is not whole.
		fmt.Fprintln(c.Response(), `{"error":"The file breaks off here. Fetch it again."}`)
	}
	return nil
}

func (s *server) writeAttempts(ctx context.Context, c echo.Context, room string, r *roll) error {
	out := bufio.NewWriterSize(c.Response(), 64<<10)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	control := http.NewResponseController(c.Response())
	n := 0
	var failed error
	err := s.store.Attempts(ctx, room, func(a classroom.Attempt) bool {
		name, known := r.labels[a.Student]
		if !known {
			return true // joined since the names were read
		}
		failed = lines.Encode(attemptLine{a.ID, a.Student, name, a.Exercise, a.Variant + 1, a.Answer, a.Outcome, a.Settled, a.Diagnosis, a.Score, a.Hints, a.Rule, a.At})
		if n++; failed == nil && n%linesAtOnce == 0 {
			if err := control.SetWriteDeadline(time.Now().Add(flushLimit)); err != nil && !errors.Is(err, http.ErrNotSupported) {
				failed = err
				return false
			}
			failed = out.Flush()
		}
		return failed == nil && ctx.Err() == nil
	})
	return errors.Join(err, failed, ctx.Err(), out.Flush())
}
