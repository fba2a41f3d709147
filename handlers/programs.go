package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"descent/lessons/cell"
	"descent/optim/param"
	"descent/views/export"
)

// programForm finds the form of a program by its extension; nil when it is none,
// or the result has none. A refused result may have all.
func programForm(extension string, result cell.Result) *export.Form {
	list := export.All
	if result != nil {
		list = export.Forms(result)
	}
	i := slices.IndexFunc(list, func(f *export.Form) bool { return f.Extension == extension })
	if i < 0 {
		return nil
	}
	return list[i]
}

// writeProgram sends a program that makes the run again. It names the address
// that the page has for these values.
func (in *instrument) writeProgram(c echo.Context, form *export.Form, values param.Values, result cell.Result) error {
	v := in.view()
	v.Base, v.Values = in.base, values
	text, err := form.Write(result, v.Permalink())
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="`+form.Filename(result)+`"`)
	return c.Blob(http.StatusOK, form.ContentType, text)
}
