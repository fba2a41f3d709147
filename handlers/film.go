package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"descent/lessons/cell"
	"descent/optim/param"
	"descent/views"
)

// answerFilm answers some steps of a run, from the one that the parameter "at" names, for the page's script to walk
// along.
func (in *instrument) answerFilm(c echo.Context, ctx context.Context, result cell.Result, unknown []param.Unknown, errs param.Errors) error {
	at, err := strconv.Atoi(c.QueryParam("at"))
	if err != nil && c.QueryParams().Has("at") {
		errs = append(errs, param.FieldError{Field: "at", Message: "must be a whole number", Position: -1})
	}
	for _, u := range unknown {
		if u.Name != "at" {
			errs = append(errs, param.FieldError{Field: u.Name, Message: u.Message(), Position: -1})
		}
	}
	if len(errs) > 0 {
		return refuse(c, errs)
	}
	film, ok, err := views.NewFilm(ctx, result, in.figures, at)
	switch {
	case err != nil:
		return err
	case !ok:
		return in.noSuchForm("film", result)
	}
	h := c.Response().Header()
	cacheable(c)
	h.Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
	c.Response().WriteHeader(http.StatusOK)
	encoder := json.NewEncoder(c.Response())
	encoder.SetEscapeHTML(false) // it is mostly SVG
	return encoder.Encode(film)
}
