package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/views"
)

// makeLink gives the student a personal link, which is shown this once; the one before is void.
func (s *server) makeLink(c echo.Context) error {
	student, err := s.mine(c)
	if err != nil {
		return err
	}
	token := classroom.NewToken()
	if err := s.store.SetLink(c.Request().Context(), student.ID, classroom.Hash(token)); err != nil {
		return s.notSaved(c, err)
	}
	p, err := s.workModel(c, student)
	if err != nil {
		return s.workUnreachable(c, err)
	}
	p.Link = siteAddress(c, workPage+"/link/"+token)
	return render(c, http.StatusOK, views.Work(p))
}

// ofLink is the student of a personal link.
func (s *server) ofLink(c echo.Context) (classroom.Student, error) {
	h := c.Response().Header()
	h.Set("Cache-Control", privately)
	h.Set("Referrer-Policy", "no-referrer") // the address holds the token
	if s.store == nil {
		return classroom.Student{}, errVoidLink
	}
	student, err := s.store.StudentOfLink(c.Request().Context(), classroom.Hash(c.Param("token")))
	switch {
	case errors.Is(err, classroom.ErrNotFound):
		return student, errVoidLink
	case err != nil:
		return student, s.workUnreachable(c, err)
	}
	return student, nil
}

var errVoidLink = notFound("This personal link is void: there is a newer one, or the work was deleted.", views.Link{Address: workPage, Text: "Your work"})

// askCarryOn asks whether this browser is to go on with the work of a link. A link that is only looked at changes nothing.
func (s *server) askCarryOn(c echo.Context) error {
	student, err := s.ofLink(c)
	if err != nil {
		return err
	}
	here, err := s.student(c)
	if err != nil {
		return s.workUnreachable(c, err)
	}
	p, err := s.workModel(c, &student)
	if err != nil {
		return s.workUnreachable(c, err)
	}
	return render(c, http.StatusOK, views.CarryOn(&views.CarryOnPage{
		WorkPage: *p, Action: workPage + "/link/" + c.Param("token"),
		Already: here != nil && here.ID == student.ID, Other: here != nil && here.ID != student.ID,
	}))
}

// carryOn lets this browser act as the student of a link, with a token of its own.
func (s *server) carryOn(c echo.Context) error {
	student, err := s.ofLink(c)
	if err != nil {
		return err
	}
	token := classroom.NewToken()
	if err := s.store.AddSession(c.Request().Context(), student.ID, classroom.Hash(token)); err != nil {
		return s.notSaved(c, err)
	}
	if before := workToken(c); before != "" {
		if err := s.store.EndSession(c.Request().Context(), classroom.Hash(before)); err != nil {
			return s.notSaved(c, err)
		}
	}
	setWorkToken(c, token)
	return toWork(c, "here")
}
