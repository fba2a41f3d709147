package handlers

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"descent/lessons/cell"
	"descent/optim/dataset"
	"descent/optim/param"
	"descent/views"
)

// Limits of a form with a table. A paste comes with two characters for each end of
// a line.
const (
	mostBody   = dataset.MaxCSVBytes + dataset.MaxCSVBytes/2 + 64<<10 // bytes that are read
	mostDrain  = 64 << 20                                             // bytes that are let pass, so that the browser hears why
	mostReads  = 4                                                    // tables that are read at a time
	leastAxes  = 2                                                    // features: the pictures have two axes
	privately  = "private, no-store"
	dataPage   = "/data"
	choicePage = dataPage + "/choose"
)

func (s *server) registerData(e *echo.Echo) {
	serve(e, dataPage, s.showData)
	serve(e, choicePage, s.showChoice)
	e.POST(dataPage, s.takeTable)
	e.POST(choicePage, s.choose)
	e.POST(dataPage+"/delete", s.deleteData)
}

// withOwnData lets a run find the data of the request's own session, and keeps
// answers that hold them out of caches.
func (s *server) withOwnData(ctx context.Context, c echo.Context) context.Context {
	if strings.HasPrefix(c.QueryParam("data"), ownPrefix) {
		c.Response().Header().Set("Cache-Control", privately)
	}
	return cell.WithData(ctx, func(id string) *dataset.Set {
		if u := s.own.find(sessionToken(c), id); u != nil {
			return u.set
		}
		return nil
	})
}

// ownChoices are the session's sets, for a control to offer. A page that has them
// is the reader's alone.
func (s *server) ownChoices(c echo.Context, kind *cell.Kind) []param.Option {
	if p := kind.Params.Lookup("data"); p == nil || p.Others == nil {
		return nil
	}
	var own []param.Option
	for _, u := range s.own.list(sessionToken(c)) {
		if u.set != nil {
			own = append(own, param.Option{Value: u.id, Label: u.name + ": " + u.set.Classes[1] + " or " + u.set.Classes[0]})
		}
	}
	if own != nil {
		c.Response().Header().Set("Cache-Control", privately)
	}
	return own
}

const ownPrefix = "own-"

// cacheable lets browsers keep an answer if they ask whether it still holds,
// unless it is private.
func cacheable(c echo.Context) bool {
	h := c.Response().Header()
	if h.Get("Cache-Control") == privately {
		return false
	}
	h.Set("Cache-Control", "no-cache")
	return true
}

// dataModel is the page with the session's tables.
func (s *server) dataModel(c echo.Context) *views.DataPage {
	c.Response().Header().Set("Cache-Control", privately)
	p := &views.DataPage{
		Page:  views.Page{Title: "Your own data", Description: "Logistic regression and stochastic gradient descent on a table of your own.", Lessons: s.lessons, Kind: "data"},
		Hours: int(idleSession.Hours()), Most: mostOwn,
	}
	p.Dropped = s.own.tellDropped(sessionToken(c))
	for _, u := range s.own.list(sessionToken(c)) {
		p.Own = append(p.Own, ownData(u))
	}
	return p
}

func ownData(u *upload) views.OwnData {
	return views.OwnData{ID: u.id, Name: u.name, Sheet: u.sheet, Set: u.set, Notes: u.notes}
}

func (s *server) showData(c echo.Context) error {
	p := s.dataModel(c)
	if c.QueryParams().Has("example") {
		p.Text = views.ExampleTable
	}
	return render(c, http.StatusOK, views.Data(p))
}

// takeTable reads what was pasted or sent.
func (s *server) takeTable(c echo.Context) error {
	select {
	case s.reading <- struct{}{}:
		defer func() { <-s.reading }()
	case <-c.Request().Context().Done():
		return c.Request().Context().Err()
	}
	name, file, pasted, err := readForm(c)
	if err == nil {
		var sheet *dataset.Sheet
		if sheet, err = dataset.ReadCSV(file); err == nil {
			u := &upload{id: ownPrefix + randomID(), name: name, sheet: sheet}
			s.own.keep(s.beginSession(c), u)
			return c.Redirect(http.StatusSeeOther, choiceAddress(u.id))
		}
	}
	var refusal *dataset.CSVError
	if !errors.As(err, &refusal) {
		return err
	}
	p := s.dataModel(c)
	p.Text, p.File, p.Refusal = pasted, name, err.Error()
	if pasted != "" {
		p.File = ""
	}
	return render(c, http.StatusUnprocessableEntity, views.Data(p))
}

func choiceAddress(id string) string { return choicePage + "?data=" + id }

// readForm reads a form with a table, in memory. What cannot be a table is a
// [*dataset.CSVError]; pasted is the text to be shown again.
func readForm(c echo.Context) (name string, file []byte, pasted string, err error) {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, mostDrain)
	parts, err := r.MultipartReader()
	if err != nil {
		return "", nil, "", &problem{http.StatusBadRequest, "This form cannot be read", "A table is sent as multipart/form-data, in the field “text” or “file”.", nil}
	}
	left := int64(mostBody)
	for {
		part, err := parts.NextPart()
		if err == io.EOF { // wrapped, it is a form cut short
			break
		}
		if err != nil {
			return "", nil, "", unreadable(err)
		}
		content, err := io.ReadAll(io.LimitReader(part, left))
		if err != nil {
			return "", nil, "", unreadable(err)
		}
		if left -= int64(len(content)); left == 0 {
			if _, err := io.Copy(io.Discard, r.Body); err != nil {
				return "", nil, "", unreadable(err)
			}
			return "", nil, "", tooLarge
		}
		switch {
		case part.FormName() == "text":
			pasted = string(content)
		case part.FormName() == "file" && part.FileName() != "":
			name, file = fileName(part.FileName()), content
		}
	}
	empty := strings.TrimSpace(pasted) == ""
	switch {
	case file != nil && !empty:
		return name, nil, pasted, &dataset.CSVError{Message: "There are a pasted table and a file. Send one of them: empty the field, or choose no file."}
	case file == nil && empty:
		return "", nil, pasted, &dataset.CSVError{Message: "There is no table yet. Paste one, or choose a file."}
	case file != nil:
		return name, file, "", nil
	}
	return "pasted table", []byte(strings.ReplaceAll(pasted, "\r\n", "\n")), pasted, nil
}

var tooLarge = &dataset.CSVError{Message: "The table is larger than 5 MB. Keep some of its rows."}

func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return tooLarge
	}
	return &problem{http.StatusBadRequest, "This form cannot be read", "It did not arrive whole. Send it again.", nil}
}

// fileName is a file's name without folders, fit to be shown.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !strconv.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if runes := []rune(name); len(runes) > 80 {
		name = string(runes[:79]) + "…"
	}
	if name == "" {
		return "table"
	}
	return name
}

// findUpload is the table of the request's session that an id names.
func (s *server) findUpload(c echo.Context, id string) (*upload, error) {
	c.Response().Header().Set("Cache-Control", privately)
	if u := s.own.find(sessionToken(c), id); u != nil {
		return u, nil
	}
	return nil, notFound("These data belonged to another browser session, or their session has ended. Load them again:", views.Link{Address: dataPage, Text: "Your own data"})
}

func (s *server) choiceModel(u *upload) *views.ChoicePage {
	return &views.ChoicePage{
		Page: views.Page{Title: u.name, Lessons: s.lessons, Kind: "data"}, Own: ownData(u), Hours: int(idleSession.Hours()),
		Choice: suggestion(u.sheet),
	}
}

// suggestion is the choice that the form begins with.
func suggestion(sheet *dataset.Sheet) views.Choice {
	label, one, features := sheet.Suggest()
	choice := views.Choice{Label: label, One: one, Features: map[int]bool{}}
	for _, j := range features {
		choice.Features[j] = true
	}
	return choice
}

func (s *server) showChoice(c echo.Context) error {
	u, err := s.findUpload(c, c.QueryParam("data"))
	if err != nil {
		return err
	}
	return render(c, http.StatusOK, views.Choose(s.choiceModel(u)))
}

// choose makes a set of the columns that were chosen.
func (s *server) choose(c echo.Context) error {
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, 64<<10)
	form, err := c.FormParams()
	if err != nil {
		return &problem{http.StatusBadRequest, "This form cannot be read", "Choose again and send it.", nil}
	}
	u, err := s.findUpload(c, form.Get("data"))
	if err != nil {
		return err
	}
	p := s.choiceModel(u)
	choice := views.Choice{Label: -1, One: -1, Features: map[int]bool{}}
	label, one, ok := strings.Cut(form.Get("label"), ":")
	if choice.Label, err = strconv.Atoi(label); err != nil || !ok {
		choice.Label = 0
	}
	choice.Label--
	if choice.One, err = strconv.Atoi(one); err != nil {
		choice.One = -1
	}
	var features []int
	var errs param.Errors
	for _, text := range form["features[]"] {
		j, err := strconv.Atoi(text)
		if err != nil || len(features) > dataset.MaxCSVColumns {
			errs = param.Errorf("features", "must be columns between 1 and %d", len(u.sheet.Columns))
			break
		}
		features = append(features, j-1)
		choice.Features[j-1] = true
	}
	p.Choice = choice
	var set *dataset.Set
	var notes []string
	if errs == nil {
		set, notes, err = u.sheet.Set(choice.Label, choice.One, features)
		if err == nil && set.Cols < leastAxes {
			err = param.Errorf("features", "must be at least two: the pictures have two axes")
		}
		if err != nil && !errors.As(err, &errs) {
			return err
		}
	}
	if len(errs) > 0 {
		p.Errors = errs
		return render(c, http.StatusUnprocessableEntity, views.Choose(p))
	}
	chosen := &upload{id: ownPrefix + randomID(), name: u.name, sheet: u.sheet, set: set, notes: notes}
	set.Name = chosen.id
	if token := sessionToken(c); u.set == nil {
		chosen.id, set.Name = u.id, u.id
		s.own.replace(token, u, chosen)
	} else {
		s.own.keep(token, chosen)
	}
	return c.Redirect(http.StatusSeeOther, choiceAddress(chosen.id)+"#use")
}

func (s *server) deleteData(c echo.Context) error {
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, 64<<10)
	s.own.delete(sessionToken(c), c.FormValue("data"))
	c.Response().Header().Set("Cache-Control", privately)
	return c.Redirect(http.StatusSeeOther, dataPage)
}
