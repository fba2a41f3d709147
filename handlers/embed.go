package handlers

import (
	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"descent/views"
)

// embedPrefix stands before the address of a cell or an instrument that is shown in a frame of another page.
const embedPrefix = "/embed"

func (s *server) registerEmbed(e *echo.Echo) {
	serve(e, embedPrefix+"/lessons/:slug/cells/:id", func(c echo.Context) error {
		_, lc, form, err := s.findCell(c)
		if err != nil {
			return err
		}
		return s.embedded(c, lc.instrument(), form)
	})
	serve(e, embedPrefix+"/lab/:kind", func(c echo.Context) error {
		in, form, err := s.findInstrument(c)
		if err != nil {
			return err
		}
		return s.embedded(c, in, form)
	})
}

// embedded answers an instrument alone. Its form leads to the frame's own address, its link out of the frame.
func (s *server) embedded(c echo.Context, in *instrument, form string) error {
	view, home := in.view, in.address
	in.address = embedPrefix + home
	in.view = func() *views.Cell {
		v := view()
		v.Address, v.Home, v.Heading = in.address, home, 2
		return v
	}
	return s.answer(c, in, form, func(v *views.Cell) templ.Component {
		return views.Embed(&views.Page{Title: v.Title, Lessons: s.lessons}, v)
	})
}
