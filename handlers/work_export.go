package handlers

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"descent/classroom"
)

// exportedWork is everything that is kept of a student, for them to take along.
type exportedWork struct {
	Student   string             `json:"student"` // id
	Name      string             `json:"name"`
	Classroom string             `json:"classroom"` // name; "": none
	Created   time.Time          `json:"created"`
	Exercises []exportedExercise `json:"exercises"`
}

type exportedExercise struct {
	Exercise string            `json:"exercise"` // lesson-slug/exercise-id
	Variant  int               `json:"variant"`
	Draft    url.Values        `json:"draft,omitempty"`
	Hints    int               `json:"hints"`
	GaveUp   bool              `json:"gave_up"`
	Begun    time.Time         `json:"begun"`
	Attempts []exportedAttempt `json:"attempts"`
}

type exportedAttempt struct {
	Variant   int               `json:"variant"`
	Answer    url.Values        `json:"answer"`
	Outcome   classroom.Outcome `json:"outcome"`
	Settled   classroom.Outcome `json:"settled,omitempty"`
	Diagnosis string            `json:"diagnosis,omitempty"`
	Score     float64           `json:"score"`
	Rule      string            `json:"rule"`
	Hints     int               `json:"hints"`
	At        time.Time         `json:"at"`
}

// exportWork answers everything that is kept of the student, as a file.
func (s *server) exportWork(c echo.Context) error {
	student, err := s.mine(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	works, err := s.store.Works(ctx, student.ID)
	if err != nil {
		return s.workUnreachable(c, err)
	}
	out := exportedWork{Student: student.ID, Name: student.Name, Created: student.Created, Exercises: []exportedExercise{}}
	if student.Classroom != "" {
		room, err := s.store.Classroom(ctx, student.Classroom)
		if err != nil {
			return s.workUnreachable(c, err)
		}
		out.Classroom = room.Name
	}
	for _, w := range works {
		out.Exercises = append(out.Exercises, exported(w))
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="descent-work.json"`)
	return c.JSONPretty(http.StatusOK, out, "  ")
}

func exported(w classroom.Work) exportedExercise {
	e := exportedExercise{
		Exercise: w.Exercise, Variant: w.Variant, Draft: w.Draft, Hints: w.Hints, GaveUp: w.GaveUp, Begun: w.Begun, Attempts: []exportedAttempt{},
	}
	for _, a := range w.Attempts {
		e.Attempts = append(e.Attempts, exportedAttempt{a.Variant, a.Answer, a.Outcome, a.Settled, a.Diagnosis, a.Score, a.Rule, a.Hints, a.At})
	}
	return e
}
