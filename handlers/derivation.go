package handlers

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"descent/lessons/cell"
	"descent/optim/derive"
	"descent/optim/param"
)

// maxDerivation bounds the body of a form with a derivation: its characters, of four bytes, each written with %.
const maxDerivation = 4*3*derive.MaxText + 4096

func (s *server) registerDerivation(e *echo.Echo) {
	serve(e, "/lab/derivation/equal.json", s.equal)
	e.POST("/lab/derivation.json", s.checkDerivation)
}

// equal answers whether the formulas a and b are equal as functions of their variables.
func (s *server) equal(c echo.Context) error {
	query, err := url.ParseQuery(c.Request().URL.RawQuery)
	if err != nil {
		return refuse(c, param.Errorf("address", "cannot be read after the question mark: a %% is written %%25 there, and a ; %%3B"))
	}
	if errs := unknownFields(query, "a", "b", "vars"); len(errs) > 0 {
		return refuse(c, errs)
	}
	vars, err := derive.ParseVariables(query.Get("vars"))
	if err != nil {
		return refuseInput(c, err)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), runLimit)
	defer cancel()
	result, err := derive.Equal(ctx, query.Get("a"), query.Get("b"), vars)
	if err != nil {
		return refuseInput(c, err)
	}
	return c.JSON(http.StatusOK, comparisonJSON{
		Verdict: string(result.Verdict), Counterexample: counterexample(result.Counterexample), Note: result.Note,
		Understood: pairJSON{result.A.String(), result.B.String()}, MathML: pairJSON{result.A.MathML(), result.B.MathML()},
	})
}

// checkDerivation judges a derivation, sent as a form.
func (s *server) checkDerivation(c echo.Context) error {
	form, refused := derivationForm(c)
	if refused != nil {
		return refuse(c, refused)
	}
	if errs := unknownFields(form, "task", "lines"); len(errs) > 0 {
		return refuse(c, errs)
	}
	task, ok := derive.LookupTask(form.Get("task"))
	if !ok {
		return refuse(c, unknownTask(form.Get("task")))
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), runLimit)
	defer cancel()
	report, err := derive.Check(ctx, task, form.Get("lines"))
	if err != nil {
		return refuseInput(c, err)
	}
	return c.JSON(http.StatusOK, newReportJSON(report))
}

// derivationForm reads a form with a derivation.
func derivationForm(c echo.Context) (url.Values, param.Errors) {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxDerivation)
	parse := r.ParseForm
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		parse = func() error { return r.ParseMultipartForm(maxDerivation) }
	}
	if err := parse(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, param.Errorf("lines", "the text has more than the %d characters allowed", derive.MaxText)
		}
		return nil, param.Errorf("lines", "the form cannot be read: send the fields task and lines")
	}
	return r.Form, nil
}

func unknownTask(id string) param.Errors {
	var ids []string
	for _, t := range derive.Tasks {
		ids = append(ids, t.ID)
	}
	if near := param.Nearest(id, ids); near != "" {
		return param.Errorf("task", "there is no task “%.40s”. Did you mean “%s”?", id, near)
	}
	return param.Errorf("task", "must be one of %s", strings.Join(ids, ", "))
}

// unknownFields are the fields of a form or query that are none of known.
func unknownFields(form url.Values, known ...string) (errs param.Errors) {
	var names []string
	for name := range form {
		if !slices.Contains(known, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		u := param.Unknown{Name: name, Nearest: param.Nearest(name, known)}
		errs = append(errs, param.FieldError{Field: name, Message: u.Message(), Position: -1})
	}
	return errs
}

// inputErrors is what an error of package derive says of what was typed, at its field; another error comes back.
func inputErrors(err error) (param.Errors, error) {
	var input *derive.InputError
	if !errors.As(err, &input) {
		return nil, err
	}
	return param.Errors{{Field: input.Field, Message: input.Message, Position: input.Position}}, nil
}

// refuseInput answers an error of package derive: what was typed is refused at its field.
func refuseInput(c echo.Context, err error) error {
	errs, err := inputErrors(err)
	if err != nil {
		return err
	}
	return refuse(c, errs)
}

type comparisonJSON struct {
	Verdict        string              `json:"verdict"`
	Counterexample *counterexampleJSON `json:"counterexample"`
	Note           string              `json:"note"`
	Understood     pairJSON            `json:"understood"`
	MathML         pairJSON            `json:"mathml"`
}

type pairJSON struct {
	A string `json:"a"`
	B string `json:"b"`
}

type counterexampleJSON struct {
	Point map[string]cell.Float `json:"point"`
	A     cell.Float            `json:"a"`
	B     cell.Float            `json:"b"`
}

func counterexample(c *derive.Counterexample) *counterexampleJSON {
	if c == nil {
		return nil
	}
	answer := &counterexampleJSON{Point: map[string]cell.Float{}, A: cell.Float(c.A), B: cell.Float(c.B)}
	for name, v := range c.Point {
		answer.Point[name] = cell.Float(v)
	}
	return answer
}

type reportJSON struct {
	Lines      []lineJSON `json:"lines"`
	FirstBreak *int       `json:"first_break"`
	Complete   bool       `json:"complete"`
	Missing    []string   `json:"missing"`
}

type lineJSON struct {
	N              int                 `json:"n"`
	Text           string              `json:"text"`
	Understood     *string             `json:"understood"` // null: not
	MathML         *string             `json:"mathml"`
	Verdict        string              `json:"verdict"`
	Note           string              `json:"note"`
	Diagnosis      *string             `json:"diagnosis"`
	Also           []string            `json:"also"` // further mistakes that make the same step
	Counterexample *counterexampleJSON `json:"counterexample"`
	Position       *int                `json:"position"` // of what was not understood
	Mark           *[2]int             `json:"mark"`     // from where to where the line changed wrongly
}

func newReportJSON(r *derive.Report) reportJSON {
	answer := reportJSON{Lines: make([]lineJSON, len(r.Lines)), Complete: r.Complete, Missing: r.Missing}
	if r.FirstBreak > 0 {
		answer.FirstBreak = &r.FirstBreak
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		line := lineJSON{N: l.N, Text: l.Text, Verdict: string(l.Verdict), Note: l.Note, Also: append([]string{}, l.Also...), Counterexample: counterexample(l.Counterexample)}
		if l.Formula != nil {
			text, math := l.Formula.String(), l.Formula.MathML()
			line.Understood, line.MathML = &text, &math
		}
		if l.Diagnosis != "" {
			line.Diagnosis = &l.Diagnosis
		}
		if l.Position >= 0 {
			line.Position = &l.Position
		}
		if l.Mark != [2]int{} {
			line.Mark = &l.Mark
		}
		answer.Lines[i] = line
	}
	return answer
}
