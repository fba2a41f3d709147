package handlers

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/optim/param"
	"descent/views"
)

// An instrument is a cell as an address names it, before the reader's values.
type instrument struct {
	kind    *cell.Kind
	address string
	base    param.Values
	figures []string                                   // the pictures shown; nil: all
	lesson  bool                                       // it stands in a lesson, whose address may name a slide
	slide   string                                     // that slide; "" on a page
	predict *lessons.Predict                           // what it asks before it shows; nil: nothing
	run     func(context.Context) (cell.Result, error) // the result of base
	view    func() *views.Cell                         // title, caption, controls
}

// forms are the extensions that an instrument's address takes, in the order
// in which they are listed.
var forms = []string{"json", "csv", "svg", "png", "py", "go", "ipynb"}

// isPicture says whether a form shows one of the instrument's figures.
func isPicture(form string) bool { return form == "svg" || form == "png" }

// splitForm parts "descent.json" into "descent" and "json". A name that ends
// in a dot asks for a form without a name.
func splitForm(name string) (id, form string) {
	id, form, dotted := strings.Cut(name, ".")
	if dotted && form == "" {
		form = "."
	}
	return id, form
}

// answer runs an instrument for a request. page makes the whole page around
// the cell.
func (s *server) answer(c echo.Context, in *instrument, form string, page func(*views.Cell) templ.Component) error {
	query, unreadable := url.ParseQuery(c.Request().URL.RawQuery)
	paged := form == "" || form == "share"
	var conceal []string
	if paged {
		conceal = concealed(query)
		if in.lesson {
			query.Del("slides")
		}
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), runLimit)
	defer cancel()
	ctx = s.withOwnData(ctx, c)

	typed := maps.Clone(query)
	predict, turned, badGuess := in.prediction(query)
	values, unknown, errs := in.kind.Params.Parse(query, in.base)
	if unreadable != nil {
		errs = append(errs, param.FieldError{Field: "address", Message: "cannot be read after the question mark: a % is written %25 there, and a ; %3B", Position: -1})
	}
	htmx := form == "" && wantsHTMX(c)
	run, waits := in.kind.Run, c.Request().Header.Get("Descent-Detail") == "fine"
	if htmx && in.kind.RunFor != nil && !turned {
		run = in.runFor(c.Request().Header.Get("Descent-Backdrops"), waits)
	}
	result, err := run(ctx, values)
	var more param.Errors
	switch {
	case errors.As(err, &more):
		errs = append(errs, in.unsaid(more, errs)...)
	case err != nil:
		return err
	}
	switch form {
	case "", "share":
	case "film":
		return in.answerFilm(c, ctx, result, unknown, errs)
	default:
		return s.answerForm(c, in, form, values, result, unknown, errs)
	}

	errs = judge(ctx, predict, result, badGuess, errs)
	v := in.view()
	v.OwnData = s.ownChoices(c, in.kind)
	v.Base, v.Values, v.Typed, v.Errors, v.Slide, v.Predict = in.base, values, typed, errs, in.slide, predict
	for _, u := range unknown {
		v.Notes = append(v.Notes, u.Note())
	}
	v.ConcealControls(conceal)
	if len(errs) > 0 {
		if htmx {
			return render(c, http.StatusUnprocessableEntity, views.CellRefusal(v))
		}
		v.Notes = append(v.Notes, "Until this is mended, the picture shows the values that the page began with.")
		if result, err = in.run(ctx); err != nil {
			return err
		}
	}
	v.Result = result
	v.Draw(in.figures)
	switch {
	case htmx && turned:
		v.Focus = true
		c.Response().Header().Set("HX-Replace-Url", v.Permalink())
		return render(c, http.StatusOK, views.CellWhole(v))
	case htmx && waits && in.kind.RunFor != nil:
		return render(c, http.StatusOK, views.FinerAnswer(v))
	case htmx:
		c.Response().Header().Set("HX-Replace-Url", v.Permalink())
		return render(c, http.StatusOK, views.CellAnswer(v, c.Request().Header.Get("Descent-Backdrops"), c.Request().Header.Get("Descent-Tables")))
	case len(errs) > 0:
		return render(c, http.StatusUnprocessableEntity, page(v))
	case form == "share":
		return render(c, http.StatusOK, s.sharePage(c, v))
	}
	return render(c, http.StatusOK, page(v))
}

// runFor is the kind's run for a page that shows these backdrops of its main
// picture.
func (in *instrument) runFor(shown string, waits bool) func(context.Context, param.Values) (cell.Result, error) {
	page := cell.Page{Waits: waits, Shows: func(key string) bool { return views.ShowsBackdrop(shown, in.kind.Figures[0], key) }}
	return func(ctx context.Context, v param.Values) (cell.Result, error) { return in.kind.RunFor(ctx, v, page) }
}

// unsaid are the mistakes that the run adds to those already found. With
// others replaced by the instrument's own values only a formula is judged.
func (in *instrument) unsaid(found, known param.Errors) param.Errors {
	if len(known) == 0 {
		return found
	}
	var rest param.Errors
	for _, e := range found {
		if p := in.kind.Params.Lookup(e.Field); p != nil && p.Type == param.Expression && known.For(e.Field) == nil {
			rest = append(rest, e)
		}
	}
	return rest
}

// answerForm answers a run as data or as a picture.
func (s *server) answerForm(c echo.Context, in *instrument, form string, values param.Values, result cell.Result, unknown []param.Unknown, errs param.Errors) error {
	figures := []string{}
	if result != nil {
		for _, f := range views.Figures(result) {
			figures = append(figures, f.Name)
		}
	}
	program := programForm(form, result)
	known := form == "json" || form == "csv" || isPicture(form) && (result == nil || len(figures) > 0) || program != nil
	if !known {
		return in.noSuchForm(form, result)
	}
	unknown = withoutChoices(unknown, form)
	for _, u := range unknown {
		errs = append(errs, param.FieldError{Field: u.Name, Message: u.Message(), Position: -1})
	}
	cacheable(c)
	if len(errs) > 0 {
		return refuse(c, errs)
	}
	switch {
	case program != nil:
		return in.writeProgram(c, program, values, result)
	case form == "json":
		return c.JSON(http.StatusOK, result.JSON())
	case form == "csv":
		c.Response().Header().Set(echo.HeaderContentType, "text/csv; charset=utf-8")
		c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+in.kind.ID+`.csv"`)
		return csv.NewWriter(c.Response()).WriteAll(result.CSV())
	}
	return writeFigure(c, result, form, figures)
}

// withoutChoices allows the parameters of a picture: which of several, and how large.
func withoutChoices(unknown []param.Unknown, form string) []param.Unknown {
	return slices.DeleteFunc(unknown, func(u param.Unknown) bool {
		return isPicture(form) && u.Name == "figure" || form == "png" && u.Name == "width"
	})
}

// writeFigure sends the picture that the parameter figure names, else the first.
func writeFigure(c echo.Context, result cell.Result, form string, names []string) error {
	const least, most, usual = 240, 1920, "960"
	width, err := strconv.Atoi(cmp.Or(c.QueryParam("width"), usual))
	if err != nil || width < least || width > most {
		return refuse(c, param.Errorf("width", "must be a whole number between %d and %d, in pixels", least, most))
	}
	name := c.QueryParam("figure")
	for _, f := range views.Figures(result) {
		switch {
		case name != "" && f.Name != name:
		case form == "png":
			c.Response().Header().Set(echo.HeaderContentType, "image/png")
			return f.WritePNG(c.Response(), float64(width)/f.Width)
		default:
			c.Response().Header().Set(echo.HeaderContentType, "image/svg+xml")
			return views.WriteSVG(c.Request().Context(), c.Response(), f)
		}
	}
	return refuse(c, param.Errorf("figure", "must be one of %s", strings.Join(names, ", ")))
}

// noSuchForm lists the forms that the instrument has.
func (in *instrument) noSuchForm(form string, result cell.Result) error {
	pictures := result != nil && len(views.Figures(result)) > 0
	var links []views.Link
	for _, f := range forms {
		if f == "json" || f == "csv" || isPicture(f) && pictures || programForm(f, result) != nil {
			links = append(links, views.Link{Address: in.address + "." + f, Text: in.address + "." + f})
		}
	}
	return notFound("This instrument cannot be had as “."+form+"”. It can be had as:", links...)
}

// refuse answers mistakes as JSON.
func refuse(c echo.Context, errs param.Errors) error {
	type fieldError struct {
		Field    string `json:"field"`
		Message  string `json:"message"`
		Position *int   `json:"position"`
	}
	list := make([]fieldError, len(errs))
	for i, e := range errs {
		list[i] = fieldError{Field: e.Field, Message: e.Message}
		if e.Position >= 0 {
			list[i].Position = &e.Position
		}
	}
	return c.JSON(http.StatusUnprocessableEntity, map[string]any{"errors": list})
}

// queryOf is the canonical query of a preset: of the shown controls and of all
// that it sets, were it only to what the instrument begins with.
func queryOf(base param.Values, table param.Table, set map[string]string, show []string) string {
	query := url.Values{}
	names := slices.Clone(show)
	for name, text := range set {
		query.Set(name, text)
		names = append(names, name)
	}
	v, _, _ := table.Parse(query, base)
	return v.Encode(names)
}
