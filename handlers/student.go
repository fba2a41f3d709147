package handlers

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"descent/classroom"
)

// workAge is how long a browser keeps the cookie of a student's work.
const workAge = 365 * 24 * time.Hour

// New students are bounded together, since whoever throws cookies away would be a new one with each request. So many may
// come at once, a few halls full, and so many seconds pass for each one more. Addresses play no part: behind one sits a class.
const (
	newcomersAtOnce = 1000
	newcomersEvery  = time.Second
)

// errNewcomers says that no further student can be kept just now.
var errNewcomers = errors.New("too many new students at once")

// workCookie says whose work this is.
const workCookie = "work"

// workToken is the token of the student as whom the browser acts; "": none.
func workToken(c echo.Context) string { return tokenOf(c, workCookie) }

// setWorkToken has the browser act as a student; a blank token takes that back.
func setWorkToken(c echo.Context, token string) { setCookie(c, workCookie, token, workAge) }

// student is who sends the request; nil: nobody whose work is kept. Where there is one the answer is theirs alone. The
// error is that of the store.
func (s *server) student(c echo.Context) (*classroom.Student, error) {
	token := workToken(c)
	if token == "" || s.store == nil {
		return nil, nil
	}
	c.Response().Header().Set("Cache-Control", privately)
	student, err := s.store.StudentOfSession(c.Request().Context(), classroom.Hash(token))
	switch {
	case errors.Is(err, classroom.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("who it is: %w", err)
	}
	return &student, nil
}

// newcomer is a student who begins with this request.
func (s *server) newcomer(c echo.Context) (*classroom.Student, error) {
	if s.store == nil {
		return nil, classroom.ErrReadOnly
	}
	if ok, _ := s.newcomers.take(time.Now()); !ok {
		return nil, errNewcomers
	}
	student := classroom.Student{ID: classroom.NewToken(), Created: now()}
	token := classroom.NewToken()
	if err := s.store.AddStudent(c.Request().Context(), student, classroom.Hash(token)); err != nil {
		return nil, err
	}
	c.Response().Header().Set("Cache-Control", privately)
	setWorkToken(c, token)
	return &student, nil
}

// now is the time as a store keeps it.
func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// unsaved is what a reader is told when nothing could be kept, with the status of the answer. The error is logged where it is
// a fault of ours.
func (s *server) unsaved(c echo.Context, err error) (status int, words string) {
	switch {
	case errors.Is(err, errNewcomers):
		retryAfter(c, newcomersEvery)
		return http.StatusTooManyRequests, "Nothing was saved: too many new readers have come at once. Try again in a minute; what you typed is still here."
	case s.store == nil || errors.Is(err, classroom.ErrReadOnly):
		return http.StatusServiceUnavailable, "Nothing was saved: this server cannot keep work just now. What you typed is still here."
	}
	if !errors.Is(err, context.Canceled) {
		s.log.Error("nothing was saved", "path", loggedPath(c), "error", err)
	}
	return http.StatusServiceUnavailable, "Nothing was saved: the store does not answer. What you typed is still here. Try again in a moment."
}

// notSaved is unsaved as an error of its own page.
func (s *server) notSaved(c echo.Context, err error) error {
	status, words := s.unsaved(c, err)
	return &problem{status, "Nothing was saved", words, nil}
}

// retryAfter says when to come back, in whole seconds.
func retryAfter(c echo.Context, d time.Duration) {
	c.Response().Header().Set("Retry-After", strconv.Itoa(int((d+time.Second-1)/time.Second)))
}
