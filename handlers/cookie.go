package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// cookieNamed is the name of one of the site's cookies. Under HTTPS its prefix has the browser keep it from other hosts
// and from plain HTTP.
func cookieNamed(c echo.Context, what string) string {
	if c.Scheme() == "https" {
		return "__Host-descent-" + what
	}
	return "descent-" + what
}

// setCookie keeps a token in the browser, for an age, or with 0 for the browser's session; a blank token takes it back. Lax: a link to a
// page may stand in a mail or a chat, and what changes anything is sent by POST, which other sites cannot.
func setCookie(c echo.Context, what, token string, age time.Duration) {
	cookie := &http.Cookie{
		Name: cookieNamed(c, what), Value: token, Path: "/", MaxAge: int(age.Seconds()),
		HttpOnly: true, Secure: c.Scheme() == "https", SameSite: http.SameSiteLaxMode,
	}
	if token == "" {
		cookie.MaxAge = -1
	}
	c.SetCookie(cookie)
}

// tokenOf is the token that one of the site's cookies holds; "": none, or not one of ours.
func tokenOf(c echo.Context, what string) string {
	cookie, err := c.Cookie(cookieNamed(c, what))
	if err != nil || len(cookie.Value) != 22 {
		return ""
	}
	return cookie.Value
}
