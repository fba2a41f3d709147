package handlers

import "github.com/labstack/echo/v4"

// A reader is who may have only so many races at once: a browser, told from the others behind the same address by the
// cookie of its session.
type reader struct{ session, address string }

// readerOf knows the reader again, or begins a session. Whoever makes up or throws away cookies is known by the address.
func readerOf(c echo.Context) reader {
	token := sessionToken(c)
	if token == "" {
		token = newToken(c)
	}
	return reader{token, c.RealIP()}
}
