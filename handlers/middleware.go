package handlers

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// policy lets a page load its own files and nothing else. Who may show it in a frame follows.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
	"object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "

func (s *server) secure(next echo.HandlerFunc) echo.HandlerFunc {
	framed := policy + "'none'"
	if len(s.embed) > 0 {
		framed = policy + strings.Join(s.embed, " ")
	}
	return func(c echo.Context) error {
		h := c.Response().Header()
		if strings.HasPrefix(c.Request().URL.Path, embedPrefix+"/") {
			h.Set("Content-Security-Policy", framed)
		} else {
			h.Set("Content-Security-Policy", policy+"'none'")
		}
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		return next(c)
	}
}

// recoverPanics turns a panic into an error, so that it is logged with its
// stack and answered like any internal error.
func recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		return next(c)
	}
}

// observe logs and counts each request. The query is not logged: it may hold
// what a student typed.
func (s *server) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		if err := next(c); err != nil {
			c.Error(err)
		}
		took := time.Since(start)
		s.metrics.count(c.Path(), c.Response().Status, took)
		s.log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
			slog.String("method", c.Request().Method), slog.String("path", loggedPath(c)),
			slog.Int("status", c.Response().Status), slog.Int64("bytes", c.Response().Size), slog.Duration("took", took.Round(time.Microsecond)))
		return nil
	}
}

// withoutTrailingSlash leads /lab/ to /lab.
func withoutTrailingSlash(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u := c.Request().URL
		trimmed := strings.TrimRight(u.Path, "/")
		if trimmed == u.Path || trimmed == "" || strings.HasPrefix(trimmed, "//") {
			return next(c)
		}
		target := url.URL{Path: trimmed, RawQuery: u.RawQuery}
		return c.Redirect(http.StatusMovedPermanently, target.String())
	}
}
