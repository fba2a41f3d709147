package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"descent/lessons/race"
)

// A reader is who may have only so many races at once: a browser, told from the others behind the same address by a
// cookie that it forgets when it is closed.
type reader struct{ session, address string }

const raceCookie = "descent_race"

// readerOf knows the reader again, or gives the browser a cookie. It holds a random number, is sent to the race alone,
// and nothing is kept under it.
func readerOf(c echo.Context) reader {
	if cookie, err := c.Cookie(raceCookie); err == nil && len(cookie.Value) == len(randomID()) {
		return reader{cookie.Value, c.RealIP()}
	}
	session := randomID()
	c.SetCookie(&http.Cookie{Name: raceCookie, Value: session, Path: race.Address, HttpOnly: true, Secure: c.IsTLS(), SameSite: http.SameSiteStrictMode})
	return reader{session, c.RealIP()}
}
