package handlers

import (
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

// secret are the beginnings of addresses that go on with something that only some may know.
var secret = []string{"/work/link/", "/owner/", "/join/"}

// tokens are parts of a path that look like one of [classroom.NewToken], wherever they stand.
var tokens = regexp.MustCompile(`(/)[A-Za-z0-9_-]{22}(/|$)`)

// loggedPath is the request's path as a log may have it: without tokens, with which whoever reads the log could act as
// somebody else.
func loggedPath(c echo.Context) string { return redacted(c.Request().URL.Path) }

func redacted(path string) string {
	for _, prefix := range secret {
		if len(path) > len(prefix) && strings.HasPrefix(path, prefix) {
			return prefix + "…"
		}
	}
	return tokens.ReplaceAllString(path, "$1…$2")
}
