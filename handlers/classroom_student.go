package handlers

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/views"
)

// mostAnswers is how many answers to an exercise a student's page lists.
const mostAnswers = 100

// studentOfClass is the student that an address below a classroom's names.
func (s *server) studentOfClass(c echo.Context, room string) (classroom.Student, error) {
	student, err := s.store.Student(c.Request().Context(), c.Param("student"))
	if isNotFound(err) || err == nil && student.Classroom != room {
		return student, notFound("There is no such student in this classroom.", views.Link{Address: classAddress(c, ""), Text: "Back to the classroom"})
	}
	return student, err
}

func (s *server) classStudent(c echo.Context) error { return s.showStudent(c, http.StatusOK, "") }

// showStudent answers one student's work; mistake is what is wrong with the form that deletes it.
func (s *server) showStudent(c echo.Context, status int, mistake string) error {
	class, err := s.class(c)
	if err != nil {
		return err
	}
	student, err := s.studentOfClass(c, class.Classroom.ID)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	r, err := s.callRoll(ctx, class.Classroom.ID, class.NamesHidden)
	if err != nil {
		return err
	}
	works, err := s.store.Works(ctx, student.ID)
	if err != nil {
		return fmt.Errorf("a student's work: %w", err)
	}
	student.Name = r.labels[student.ID]
	n := &count{course: s.course(), roll: r}
	n.Tally = classroom.Count([]classroom.Student{student}, namesOf(n.course), progressOf(works), nil)
	tally := &n.Students[0]
	p := &views.ClassStudentPage{
		ClassPage: class, Student: views.StudentRow{ID: student.ID, Label: student.Name, Tally: tally, Points: n.points(tally)},
		Joined: student.Created, Possible: n.possible(), Error: mistake,
	}
	p.Page.Title = "A student’s work, " + class.Classroom.Name // without the name: tabs and histories show titles
	for i, le := range n.course {
		if tally.Progress[i] == nil {
			continue
		}
		v := views.WorkView{Row: exerciseRow(le), Progress: *tally.Progress[i], Possible: le.Points, Points: le.Points * tally.Progress[i].Score}
		for j := range works {
			if works[j].Exercise != le.name() {
				continue
			}
			attempts := works[j].Attempts
			v.Earlier = max(0, len(attempts)-mostAnswers)
			for k := v.Earlier; k < len(attempts); k++ {
				v.Answers = append(v.Answers, answerView(&attempts[k], r))
			}
		}
		p.Works = append(p.Works, v)
	}
	return render(c, status, views.ClassStudent(p))
}

// deleteStudent removes a student of the classroom and everything of theirs.
func (s *server) deleteStudent(c echo.Context) error {
	form, err := smallForm(c)
	if err != nil {
		return err
	}
	class, err := s.class(c)
	if err != nil {
		return err
	}
	student, err := s.studentOfClass(c, class.Classroom.ID)
	if err != nil {
		return err
	}
	if form.Get("sure") != "yes" {
		return s.showStudent(c, http.StatusUnprocessableEntity, "Tick the box if the student is to be deleted.")
	}
	if err := s.store.DeleteStudent(c.Request().Context(), student.ID); err != nil && !isNotFound(err) {
		return s.notSaved(c, err)
	}
	return c.Redirect(http.StatusSeeOther, classAddress(c, ""))
}
