package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/views"
)

// ownerAge is how long a browser stays the owner's: a term with its examination.
const ownerAge = 180 * 24 * time.Hour

func (s *server) registerOwner(e *echo.Echo) {
	serve(e, "/owner/:token", s.admitOwner)
	e.POST("/owner/out", s.dismissOwner)
}

// ownerCookie makes a browser the owner's.
const ownerCookie = "owner"

// admitOwner makes the browser that opens the owner's link the owner's, and leads on, so that the token does not stay in the
// address bar.
func (s *server) admitOwner(c echo.Context) error {
	h := c.Response().Header()
	h.Set("Cache-Control", privately)
	h.Set("Referrer-Policy", "no-referrer")
	session := classroom.OwnerSession(c.Param("token"))
	owner, err := s.admits(c, session)
	if err != nil {
		return err
	}
	if !owner {
		return notFound("This is not the owner’s link, or not any more: a new link voids the one before. The program prints it at its first start, and a new one with -new-owner-link.",
			views.Link{Address: "/", Text: "The lessons"})
	}
	setCookie(c, ownerCookie, session, ownerAge)
	return c.Redirect(http.StatusSeeOther, classroomsPage)
}

// admits tells whether a session is the owner's, by the link that holds now.
func (s *server) admits(c echo.Context, session string) (bool, error) {
	if s.store == nil {
		return false, nil
	}
	kept, err := s.store.OwnerHash(c.Request().Context())
	return err == nil && classroom.OwnerAdmits(kept, session), err
}

// isOwner tells whether the request comes from a browser of the owner's.
func (s *server) isOwner(c echo.Context) (bool, error) {
	cookie, err := c.Cookie(cookieNamed(c, ownerCookie))
	if err != nil {
		return false, nil // there is none
	}
	return s.admits(c, cookie.Value)
}

// seenByOwner tells whether a page that everybody may see is seen by the owner, whom its head leads to the classrooms. Such an answer
// is private. A store that does not answer costs no more than that way.
func (s *server) seenByOwner(c echo.Context) bool {
	owner, err := s.isOwner(c)
	if err != nil {
		s.log.Error("the owner cannot be told", "path", loggedPath(c), "error", err)
	}
	if owner {
		c.Response().Header().Set("Cache-Control", privately)
	}
	return owner
}

// dismissOwner takes the owner's cookie from the browser.
func (s *server) dismissOwner(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", privately)
	setCookie(c, ownerCookie, "", 0)
	return c.Redirect(http.StatusSeeOther, "/")
}

// ownerOnly lets nobody but the owner pass, whatever the address says, so that it does not tell which classrooms there are.
func (s *server) ownerOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", privately)
		owner, err := s.isOwner(c)
		if err != nil {
			return err
		}
		if !owner {
			return &problem{http.StatusForbidden, "For the owner of this notebook",
				"These pages are for who holds the owner’s link. The program prints it at its first start, and a new one with -new-owner-link. Open it in this browser once.",
				[]views.Link{{Address: "/", Text: "The lessons"}}}
		}
		return next(c)
	}
}
