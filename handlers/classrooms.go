package handlers

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/views"
)

const classroomsPage = "/classrooms"

func (s *server) registerClassrooms(e *echo.Echo) {
	owners := func(path string, h echo.HandlerFunc) { serve(e, classroomsPage+path, s.ownerOnly(h)) }
	owned := func(path string, h echo.HandlerFunc) { e.POST(classroomsPage+path, s.ownerOnly(h)) }
	owners("", s.listClassrooms)
	owned("", s.openClassroom)
	owners("/:id", s.dashboard)
	owned("/:id", s.renameClassroom)
	owned("/:id/code", s.renewCode)
	owned("/:id/delete", s.deleteClassroom)
	owners("/:id/exercises/:slug/:exercise", s.classExercise)
	owned("/:id/attempts/:attempt/settle", s.settle)
	owners("/:id/students/:student", s.classStudent)
	owned("/:id/students/:student/delete", s.deleteStudent)
	owners("/:id/gradebook.csv", s.gradebook)
	owners("/:id/attempts.jsonl", s.allAttempts)
	owners("/:id/regrade", s.showRegrade)
	owned("/:id/regrade", s.applyRegrade)
}

// ownersPage is what every page of the owner's has.
func (s *server) ownersPage(title string) views.Page {
	return views.Page{Title: title, Lessons: s.lessons, Kind: "classrooms", Owner: true}
}

// class is what the pages of the classroom that the address names have in common.
func (s *server) class(c echo.Context) (views.ClassPage, error) {
	room, err := s.store.Classroom(c.Request().Context(), c.Param("id"))
	if isNotFound(err) {
		return views.ClassPage{}, notFound("There is no such classroom.", views.Link{Address: classroomsPage, Text: "Your classrooms"})
	}
	host := c.Request().Host
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return views.ClassPage{
		Page: s.ownersPage(room.Name), Classroom: room, JoinAddress: host + "/join",
		LocalOnly: name == "localhost" || ip != nil && ip.IsLoopback(), NamesHidden: namesHidden(c),
	}, err
}

// namesHidden tells whether the page is for the projector.
func namesHidden(c echo.Context) bool { return c.QueryParam("names") == "hidden" }

// classAddress is an address below a classroom's; names stay hidden.
func classAddress(c echo.Context, path string) string {
	address := classroomsPage + "/" + url.PathEscape(c.Param("id")) + path
	if namesHidden(c) {
		address += "?names=hidden"
	}
	return address
}

func (s *server) listClassrooms(c echo.Context) error {
	return s.showClassrooms(c, http.StatusOK, "", "")
}

func (s *server) showClassrooms(c echo.Context, status int, typed, mistake string) error {
	ctx := c.Request().Context()
	rooms, err := s.store.Classrooms(ctx)
	if err != nil {
		return fmt.Errorf("classrooms: %w", err)
	}
	p := views.ClassroomsPage{Page: s.ownersPage("Classrooms"), Name: typed, Error: mistake}
	for _, room := range rooms {
		students, err := s.store.Students(ctx, room.ID)
		if isNotFound(err) {
			continue // deleted in this moment
		}
		if err != nil {
			return fmt.Errorf("students of a classroom: %w", err)
		}
		p.Classrooms = append(p.Classrooms, views.ClassroomEntry{Classroom: room, Students: len(students)})
	}
	return render(c, status, views.Classrooms(&p))
}

// className reads the name of a classroom; mistake says what is wrong with it.
func className(typed string) (name, mistake string) {
	name = strings.TrimSpace(typed)
	switch {
	case name == "":
		return name, "Give the classroom a name."
	case len([]rune(name)) > classroom.MaxName:
		return name, fmt.Sprintf("The name has %d characters; at most %d are possible.", len([]rune(name)), classroom.MaxName)
	case classroom.CheckName(name) != nil:
		return strings.ToValidUTF8(name, "�"), "The name has signs that cannot be shown, such as line breaks. Leave them out."
	}
	return name, ""
}

func (s *server) openClassroom(c echo.Context) error {
	form, err := smallForm(c)
	if err != nil {
		return err
	}
	name, mistake := className(form.Get("name"))
	if mistake != "" {
		return s.showClassrooms(c, http.StatusUnprocessableEntity, name, mistake)
	}
	room := classroom.Classroom{ID: classroom.NewToken(), Name: name, Created: now()}
	err = withNewCode(func(code string) error {
		room.Code = code
		return s.store.AddClassroom(c.Request().Context(), room)
	})
	if err != nil {
		return s.notSaved(c, err)
	}
	return c.Redirect(http.StatusSeeOther, classroomsPage+"/"+room.ID)
}

func (s *server) renameClassroom(c echo.Context) error {
	form, err := smallForm(c)
	if err != nil {
		return err
	}
	p, err := s.class(c)
	if err != nil {
		return err
	}
	name, mistake := className(form.Get("name"))
	if mistake != "" {
		return s.showDashboard(c, http.StatusUnprocessableEntity, p, name, mistake)
	}
	if err := s.store.RenameClassroom(c.Request().Context(), p.Classroom.ID, name, p.Classroom.Code); err != nil {
		return s.notSaved(c, err)
	}
	return c.Redirect(http.StatusSeeOther, classAddress(c, ""))
}

// renewCode gives a classroom another code; the one before admits nobody any more.
func (s *server) renewCode(c echo.Context) error {
	p, err := s.class(c)
	if err != nil {
		return err
	}
	err = withNewCode(func(code string) error {
		return s.store.RenameClassroom(c.Request().Context(), p.Classroom.ID, p.Classroom.Name, code)
	})
	if err != nil {
		return s.notSaved(c, err)
	}
	return c.Redirect(http.StatusSeeOther, classAddress(c, ""))
}

func (s *server) deleteClassroom(c echo.Context) error {
	form, err := smallForm(c)
	if err != nil {
		return err
	}
	p, err := s.class(c)
	if err != nil {
		return err
	}
	if form.Get("sure") != "yes" {
		return &problem{http.StatusUnprocessableEntity, "Nothing was deleted", "Tick the box if the classroom is to be deleted with all work in it.",
			[]views.Link{{Address: classAddress(c, ""), Text: "Back to " + p.Classroom.Name}}}
	}
	if err := s.store.DeleteClassroom(c.Request().Context(), p.Classroom.ID); err != nil {
		return s.notSaved(c, err)
	}
	return c.Redirect(http.StatusSeeOther, classroomsPage)
}

// codeSigns are those that cannot be taken for one another, neither read from a wall nor heard: no 0 O, 1 I L, 2 Z, 5 S, 8 B.
const codeSigns = "ACDEFGHJKMNPQRTUVWXY34679"

// newCode is eight random signs: one of 10¹¹.
func newCode() string {
	code := make([]byte, 0, 8)
	for len(code) < cap(code) {
		var b [1]byte
		rand.Read(b[:]) // never fails
		if int(b[0]) < 256/len(codeSigns)*len(codeSigns) {
			code = append(code, codeSigns[int(b[0])%len(codeSigns)])
		}
	}
	return string(code)
}

// withNewCode keeps a new code; one that is taken already gives way to another.
func withNewCode(keep func(code string) error) error {
	err := keep(newCode())
	for range 5 {
		if !errors.Is(err, classroom.ErrTaken) {
			break
		}
		err = keep(newCode())
	}
	return err
}

// isNotFound tells whether what the store was asked for is not there.
func isNotFound(err error) bool { return errors.Is(err, classroom.ErrNotFound) }
