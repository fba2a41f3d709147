package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"descent/views"
)

// A problem is an error that a reader is told about.
type problem struct {
	status           int
	heading, message string
	links            []views.Link
}

func (p *problem) Error() string { return fmt.Sprintf("%d %s: %s", p.status, p.heading, p.message) }

// notFound says that an address leads nowhere, and where to go instead.
func notFound(message string, links ...views.Link) error {
	return &problem{http.StatusNotFound, "Nothing here", message, links}
}

// describe finds the words for an error. What is not meant for readers gets
// generic ones.
func describe(err error) *problem {
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	var h *echo.HTTPError
	if errors.As(err, &h) && h.Code < 500 {
		if h.Code == http.StatusNotFound {
			return &problem{h.Code, "Nothing here", "This address leads to no page of the notebook.", nil}
		}
		return &problem{h.Code, http.StatusText(h.Code), "The server cannot do this.", nil}
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &problem{http.StatusServiceUnavailable, "This takes too long", "The run was stopped. Try fewer steps or a smaller problem.", nil}
	}
	return &problem{http.StatusInternalServerError, "Something broke", "The fault is ours, and it was noted. Nothing you did is lost: go back and try again.", nil}
}

// handleError answers an error: a fragment under htmx, JSON where JSON was
// asked for, else a page.
func (s *server) handleError(err error, c echo.Context) {
	if c.Response().Committed || errors.Is(err, context.Canceled) {
		return // the reader is gone, or the answer is
	}
	p := describe(err)
	if p.status >= 500 {
		s.log.Error("request failed", "path", loggedPath(c), "error", err)
	}
	var answer error
	switch {
	case c.Request().Method == http.MethodHead:
		answer = c.NoContent(p.status)
	case wantsJSON(c):
		answer = c.JSON(p.status, map[string]any{"errors": []map[string]any{{"field": nil, "message": p.message, "position": nil}}})
	case wantsHTMX(c):
		answer = render(c, p.status, views.ErrorFragment(p.heading, p.message))
	default:
		page := views.ErrorPage{Page: views.Page{Title: p.heading, Lessons: s.lessons}, Status: p.status, Heading: p.heading, Message: p.message, Links: p.links}
		answer = render(c, p.status, views.Error(&page))
	}
	if answer != nil {
		s.log.Error("error page failed", "error", answer)
	}
}

func wantsJSON(c echo.Context) bool { return strings.HasSuffix(c.Request().URL.Path, ".json") }

func wantsHTMX(c echo.Context) bool { return isHTMX(c.Request()) }

func isHTMX(r *http.Request) bool { return r.Header.Get("HX-Request") == "true" }
