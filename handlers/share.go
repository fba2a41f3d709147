package handlers

import (
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"descent/views"
)

// mostConcealed bounds the list of hidden controls; no instrument has more.
const mostConcealed = 64

// concealed takes from a page's query which controls it hides: the names in "hide", between commas, and in the boxes
// "hide[]" of the share page's form.
func concealed(query url.Values) []string {
	names := strings.FieldsFunc(strings.Join(slices.Concat(query["hide"], query["hide[]"]), ","), func(r rune) bool { return r == ',' || r == ' ' })
	query.Del("hide")
	query.Del("hide[]")
	return names[:min(len(names), mostConcealed)]
}

// sharePage is the page on which a reader chooses how to pass a cell on.
func (s *server) sharePage(c echo.Context, v *views.Cell) templ.Component {
	return views.Share(&views.SharePage{
		Page: views.Page{Title: "Take it along: " + v.Title, Lessons: s.lessons},
		Cell: v, Origin: c.Scheme() + "://" + c.Request().Host, Frames: s.embed,
	})
}
