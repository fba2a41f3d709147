package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"descent/optim/derive"
	"descent/optim/param"
	"descent/views"
)

func (s *server) registerDerivationPage(e *echo.Echo) {
	serve(e, views.DerivationAddress, s.showDerivation)
	e.POST(views.DerivationAddress, s.judgeDerivation)
	e.POST(views.EchoAddress, echoDerivation)
}

// echoDerivation answers each line of a text as it is understood. The form that the text stands in comes along; the field that
// is meant is named in field.
func echoDerivation(c echo.Context) error {
	form, refused := derivationForm(c)
	if refused != nil {
		return render(c, http.StatusUnprocessableEntity, views.EchoRefusal(refused[0].Message))
	}
	task, ok := derive.LookupTask(form.Get("task"))
	if !ok {
		return render(c, http.StatusUnprocessableEntity, views.EchoRefusal(unknownTask(form.Get("task"))[0].Message))
	}
	name := form.Get("field")
	if name == "" {
		name = "lines"
	}
	lines, err := derive.Echoes(task, form.Get(name))
	if err != nil {
		errs, err := inputErrors(err)
		if err != nil {
			return err
		}
		return render(c, http.StatusUnprocessableEntity, views.EchoRefusal(errs[0].Message))
	}
	if name == "lines" { // a sheet; others have one line
		lines = views.PaddedEchoes(lines)
	}
	return render(c, http.StatusOK, views.DerivationEcho(lines))
}

func (s *server) showDerivation(c echo.Context) error {
	page, status := s.derivationPage(c.QueryParam("task"), "")
	for _, e := range unknownFields(c.QueryParams(), "task") {
		page.Notes = append(page.Notes, param.Unknown{Name: e.Field}.Note())
	}
	return render(c, status, views.DerivationCheck(page))
}

// derivationPage is the sheet for a task, the first one if none is named; for one that there is not, with a note and status 422.
func (s *server) derivationPage(id, text string) (*views.DerivationPage, int) {
	task, status := derive.Tasks[0], http.StatusOK
	var notes []string
	if id != "" {
		if named, ok := derive.LookupTask(id); ok {
			task = named
		} else {
			status = http.StatusUnprocessableEntity
			notes = append(notes, unknownTask(id)[0].Message)
		}
	}
	return &views.DerivationPage{
		Page:   views.Page{Title: "Your own derivation, checked", Description: "A derivation, written line by line, and what is wrong with it.", Lessons: s.lessons, Kind: "derivation-check"},
		Editor: &views.DerivationEditor{ID: "derivation-lines", Name: "lines", Task: task, Text: text},
		Notes:  notes,
	}, status
}

// judgeDerivation checks what was written and shows it again with the report. Nothing is kept.
func (s *server) judgeDerivation(c echo.Context) error {
	form, refused := derivationForm(c)
	page, status := s.derivationPage(form.Get("task"), form.Get("lines"))
	if refused == nil && status == http.StatusOK {
		ctx, cancel := context.WithTimeout(c.Request().Context(), runLimit)
		defer cancel()
		report, err := derive.Check(ctx, page.Editor.Task, page.Editor.Text)
		if err != nil {
			if refused, err = inputErrors(err); err != nil {
				return err
			}
		}
		page.Report = report
	}
	if len(refused) > 0 {
		page.Editor.Err, status = &refused[0], http.StatusUnprocessableEntity
	}
	if wantsHTMX(c) {
		return render(c, status, views.DerivationAnswer(page))
	}
	return render(c, status, views.DerivationCheck(page))
}
