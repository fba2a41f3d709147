package handlers

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"descent/lessons/cell"
	"descent/optim"
	"descent/optim/param"
	"descent/views"
)

func (s *server) registerLab(e *echo.Echo) {
	serve(e, "/lab", func(c echo.Context) error {
		page := views.LabPage{Page: views.Page{Title: "The lab", Description: "All instruments of the notebook with all their settings.", Lessons: s.lessons, Kind: "lab"}, Kinds: cell.Kinds, Known: s.functionNotes()}
		return render(c, http.StatusOK, views.LabIndex(&page))
	})
	serve(e, "/lab/:kind", s.lab)
}

// lab answers the instrument alone with all its parameters.
func (s *server) lab(c echo.Context) error {
	in, form, err := s.findInstrument(c)
	if err != nil {
		return err
	}
	return s.answer(c, in, form, func(v *views.Cell) templ.Component {
		return views.Lab(&views.LabPage{
			Page: views.Page{Title: in.kind.Title, Description: in.kind.Summary, Lessons: s.lessons, Kind: in.kind.ID},
			Cell: v, Kinds: cell.Kinds,
		})
	})
}

// findInstrument is the instrument that an address names, with the form that is asked for.
func (s *server) findInstrument(c echo.Context) (in *instrument, form string, err error) {
	id, form := splitForm(c.Param("kind"))
	kind := cell.Lookup(id)
	if kind == nil {
		var links []views.Link
		for _, k := range cell.Kinds {
			links = append(links, views.Link{Address: "/lab/" + k.ID, Text: k.Title})
		}
		message := "The lab has no such instrument."
		if near := param.Nearest(id, cell.IDs()); near != "" {
			message += " Did you mean “" + near + "”?"
		}
		return nil, "", notFound(message+" It has:", links...)
	}
	base := s.defaults[kind]
	return &instrument{
		kind: kind, address: "/lab/" + kind.ID, base: base,
		run: func(ctx context.Context) (cell.Result, error) { return kind.Run(ctx, base) },
		view: func() *views.Cell {
			return &views.Cell{ID: "cell-" + kind.ID, Kind: kind, Title: kind.Title, Address: "/lab/" + kind.ID, Show: kind.Params.Names(), Heading: 2, InLab: true}
		},
	}, form, nil
}

// functionNotes lists the functions of the catalogue, each with the address of
// a run on it from the catalogue's start.
func (s *server) functionNotes() []views.FunctionNote {
	kind := cell.Lookup("descent")
	var notes []views.FunctionNote
	for _, f := range optim.Functions {
		set := map[string]string{"f": f.ID, "x": param.Format(f.Start[0])}
		if f.Dim() == 2 {
			set["y"] = param.Format(f.Start[1])
		}
		notes = append(notes, views.FunctionNote{
			ID: f.ID, Address: "/lab/" + kind.ID + "?" + queryOf(s.defaults[kind], kind.Params, set, nil),
			Title: f.Title, FormulaHTML: f.Expr.MathML(), Source: f.Source,
		})
	}
	return notes
}
