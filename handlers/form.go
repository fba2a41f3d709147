package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
)

// mostSmallForm is how many bytes a form with a few short fields may have.
const mostSmallForm = 16 << 10

// smallForm reads the body of a form with a few short fields.
func smallForm(c echo.Context) (url.Values, error) {
	const message = "The form did not arrive whole, or is too long. Go back and send it again."
	return postedForm(c, mostSmallForm,
		&problem{http.StatusRequestEntityTooLarge, "This cannot be read", message, nil},
		&problem{http.StatusBadRequest, "This cannot be read", message, nil})
}

// postedForm reads the body of a form of at most so many bytes; the query of the address is no part of it. The error is one of the
// two that are given.
func postedForm(c echo.Context, most int64, tooLong, broken *problem) (url.Values, error) {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, most)
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, tooLong
		}
		return nil, broken
	}
	return r.PostForm, nil
}
