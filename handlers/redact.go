package handlers

import (
	"strings"

	"github.com/labstack/echo/v4"
)

// secret are the beginnings of addresses that go on with a token.
var secret = []string{"/work/link/", "/owner/", "/join/"}

// loggedPath is the request's path as a log may have it: without tokens, with which whoever reads the log could act as
// somebody else.
func loggedPath(c echo.Context) string { return redacted(c.Request().URL.Path) }

func redacted(path string) string {
	for _, prefix := range secret {
		if len(path) > len(prefix) && strings.HasPrefix(path, prefix) {
			return prefix + "…"
		}
	}
	return path
}
