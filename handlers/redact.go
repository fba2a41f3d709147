package handlers

import (
	"regexp"
	"strings"

	"github.com/labstack/echo/v4"
)

// secret are the beginnings of addresses that go on with something that only some may know.
var secret = []string{"/work/link/", "/owner/", "/join/"}

// token is a part of a path that looks like one of [classroom.NewToken], perhaps with something behind it that is no part of one.
var token = regexp.MustCompile(`^[A-Za-z0-9_-]{22}([^A-Za-z0-9_-].*)?$`)

// loggedPath is the request's path as a log may have it: without tokens, with which whoever reads the log could act as
// somebody else.
func loggedPath(c echo.Context) string { return redacted(c.Request().URL.Path) }

func redacted(path string) string {
	for _, prefix := range secret {
		if len(path) > len(prefix) && strings.HasPrefix(path, prefix) {
			return prefix + "…"
		}
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if token.MatchString(part) {
			parts[i] = "…"
		}
	}
	return strings.Join(parts, "/")
}
