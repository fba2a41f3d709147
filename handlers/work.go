package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/views"
)

const workPage = "/work"

func (s *server) registerWork(e *echo.Echo) {
	serve(e, workPage, s.showWork)
	serve(e, workPage+".json", s.exportWork)
	serve(e, workPage+"/delete", s.askDelete)
	e.POST(workPage+"/delete", s.deleteWork)
	e.POST(workPage+"/end", s.endWork)
	e.POST(workPage+"/name", s.changeName)
	e.POST(workPage+"/leave", s.leaveClassroom)
	e.POST(workPage+"/link", s.makeLink)
	serve(e, workPage+"/link/:token", s.askCarryOn)
	e.POST(workPage+"/link/:token", s.carryOn)
}

// What a page of one's work says was done, by the query's value.
var done = map[string]string{
	"deleted": "Everything of yours is deleted.",
	"ended":   "This browser no longer shows your work.",
	"name":    "Your name is changed.",
	"left":    "You have left the classroom. Your work is yours alone again.",
	"joined":  "You have joined the classroom.",
	"here":    "You carry on here.",
}

// workModel is the page of a student's work; nil: of nobody.
func (s *server) workModel(c echo.Context, student *classroom.Student) (*views.WorkPage, error) {
	p := &views.WorkPage{
		Page: views.Page{Title: "Your work", Description: "Your exercises and how far you are.", Lessons: s.lessons, Kind: "work", Owner: s.seenByOwner(c)},
		Done: done[c.QueryParam("done")],
	}
	var all []classroom.Progress
	if student != nil {
		ctx := c.Request().Context()
		var err error
		if all, err = s.store.Progress(ctx, student.ID); err != nil {
			return nil, err
		}
		p.Known, p.Name = true, student.Name
		if student.Classroom != "" {
			room, err := s.store.Classroom(ctx, student.Classroom)
			if err != nil {
				return nil, err
			}
			p.Classroom = room.Name
		}
	}
	p.Lists = s.progressLists(all)
	return p, nil
}

// progressLists are all exercises by lesson, each with how far the student is.
func (s *server) progressLists(all []classroom.Progress) []views.WorkList {
	at := map[string]*classroom.Progress{}
	for i := range all {
		at[all[i].Exercise] = &all[i]
	}
	var lists []views.WorkList
	for _, l := range s.lessons {
		if len(s.exercises[l]) == 0 {
			continue
		}
		list := views.WorkList{Lesson: l}
		for _, le := range s.exercises[l] {
			list.Entries = append(list.Entries, workEntry(le, at[le.name()]))
		}
		lists = append(lists, list)
	}
	return lists
}

// solvedByLesson says how many exercises of each lesson the reader has solved, by slug. Where the store does not answer it
// says nothing.
func (s *server) solvedByLesson(c echo.Context) map[string]string {
	student, err := s.student(c)
	if student == nil && err == nil {
		return nil
	}
	var all []classroom.Progress
	if err == nil {
		all, err = s.store.Progress(c.Request().Context(), student.ID)
	}
	if err != nil {
		s.noteUnreachable(c, err)
		return nil
	}
	words := map[string]string{}
	for _, list := range s.progressLists(all) {
		words[list.Lesson.Slug] = list.Progress()
	}
	return words
}

func workEntry(le *lessonExercise, p *classroom.Progress) views.WorkEntry {
	entry := views.WorkEntry{Number: le.label(), Title: le.Title, Address: le.address(), State: views.WorkNew}
	if p == nil {
		return entry
	}
	entry.Tries = p.Tries
	switch {
	case !p.Solved.IsZero():
		entry.State, entry.Score = views.WorkSolved, p.Score
	case p.GaveUp:
		entry.State = views.WorkGaveUp
	case p.Open > 0:
		entry.State = views.WorkUndecided
	default:
		entry.State = views.WorkBegun
	}
	return entry
}

// showWork is the page of the reader's work.
func (s *server) showWork(c echo.Context) error {
	student, err := s.student(c)
	if err != nil {
		return s.workUnreachable(c, err)
	}
	p, err := s.workModel(c, student)
	if err != nil {
		return s.workUnreachable(c, err)
	}
	return render(c, http.StatusOK, views.Work(p))
}

// noteUnreachable has the operator know that the store does not answer to a question.
func (s *server) noteUnreachable(c echo.Context, err error) {
	s.log.Error("work cannot be reached", "path", loggedPath(c), "error", err)
}

// workUnreachable says that the store does not answer to a question.
func (s *server) workUnreachable(c echo.Context, err error) error {
	s.noteUnreachable(c, err)
	return &problem{http.StatusServiceUnavailable, "Your work cannot be reached", unreachable, []views.Link{{Address: "/", Text: "The lessons"}}}
}

// mine is the student who sends the request; others are told that there is nothing of theirs.
func (s *server) mine(c echo.Context) (*classroom.Student, error) {
	c.Response().Header().Set("Cache-Control", privately)
	student, err := s.student(c)
	if err != nil {
		return nil, s.workUnreachable(c, err)
	}
	if student == nil {
		return nil, &problem{http.StatusNotFound, "No work is kept here", "This browser has no work yet, or it was ended here. Work begins with the first exercise that you answer.", []views.Link{{Address: workPage, Text: "Your work"}}}
	}
	return student, nil
}

// toWork leads to the page of one's work, which says what was done.
func toWork(c echo.Context, what string) error {
	return c.Redirect(http.StatusSeeOther, workPage+"?done="+what)
}

func (s *server) askDelete(c echo.Context) error {
	student, err := s.mine(c)
	if err != nil {
		return err
	}
	p, err := s.workModel(c, student)
	if err != nil {
		return s.workUnreachable(c, err)
	}
	return render(c, http.StatusOK, views.DeleteWork(p))
}

// deleteWork removes the student and everything of theirs.
func (s *server) deleteWork(c echo.Context) error {
	student, err := s.mine(c)
	if err != nil {
		return err
	}
	if err := s.store.DeleteStudent(c.Request().Context(), student.ID); err != nil {
		return s.notSaved(c, err)
	}
	setWorkToken(c, "")
	return toWork(c, "deleted")
}

// endWork has this browser forget whose work it showed, also while the store cannot: the token is then valid, but nobody holds it.
func (s *server) endWork(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", privately)
	if token := workToken(c); token != "" && s.store != nil {
		if err := s.store.EndSession(c.Request().Context(), classroom.Hash(token)); err != nil {
			s.log.Error("a session was not ended", "error", err)
		}
	}
	setWorkToken(c, "")
	return toWork(c, "ended")
}

// changeName gives the student another name in the classroom.
func (s *server) changeName(c echo.Context) error {
	student, err := s.mine(c)
	if err != nil {
		return err
	}
	form, err := smallForm(c)
	if err != nil {
		return err
	}
	name, mistake := displayName(form.Get("name"))
	if student.Classroom == "" {
		return notFound("Only in a classroom you have a name.", views.Link{Address: "/join", Text: "Join a classroom"})
	}
	if mistake != "" {
		p, err := s.workModel(c, student)
		if err != nil {
			return s.workUnreachable(c, err)
		}
		p.Name, p.NameMistake = name, mistake
		return render(c, http.StatusUnprocessableEntity, views.Work(p))
	}
	if err := s.store.Join(c.Request().Context(), student.ID, student.Classroom, name); err != nil {
		return s.notSaved(c, err)
	}
	return toWork(c, "name")
}

func (s *server) leaveClassroom(c echo.Context) error {
	student, err := s.mine(c)
	if err != nil {
		return err
	}
	if err := s.store.Join(c.Request().Context(), student.ID, "", ""); err != nil {
		return s.notSaved(c, err)
	}
	return toWork(c, "left")
}

// siteAddress is an address of this site as others can open it.
func siteAddress(c echo.Context, path string) string {
	return c.Scheme() + "://" + strings.TrimSuffix(c.Request().Host, "/") + path
}
