package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/views"
)

// Wrong codes are limited by browser and altogether, never by address, behind which a hall sits. A browser has so many, and
// one more each time that the interval has passed. Altogether there are enough for halls of people who mistype, and far too
// few to find a code; the last of them are for browsers whose work is kept, so that guessing without a cookie shuts nobody
// of these out.
const (
	wrongCodes      = 10
	wrongCodesEvery = 30 * time.Second
	allWrong        = 1000
	allWrongEvery   = 100 * time.Millisecond
	allWrongSpare   = 500
)

// joinLimits count wrong codes.
type joinLimits struct {
	by  *buckets // by student, or by the session of a reader whose work is not kept
	all bucket
}

func newJoinLimits() *joinLimits {
	return &joinLimits{by: newBuckets(wrongCodes, wrongCodesEvery), all: bucket{size: allWrong, every: allWrongEvery}}
}

// wait is how long a reader must wait before the next code. Kept says that their work is; "" is a reader without a session.
func (l *joinLimits) wait(who string, kept bool, now time.Time) time.Duration {
	spare := allWrongSpare
	if kept {
		spare = 0
	}
	wait := l.all.wait(now, spare)
	if who != "" {
		wait = max(wait, l.by.named(who, now).wait(now, 0))
	}
	return wait
}

// wrong counts a wrong code.
func (l *joinLimits) wrong(who string, now time.Time) {
	l.all.take(now)
	l.by.named(who, now).take(now)
}

func (s *server) registerJoin(e *echo.Echo) {
	serve(e, "/join", s.showJoin)
	serve(e, "/join/:code", s.showJoin)
	e.POST("/join", s.join)
}

// mostCode is how much of a code is looked at and shown again, in bytes.
const mostCode = 64

// plainCode is a code as the store has it: how it is written does not matter.
func plainCode(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Dash, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, text)
}

// displayName is a name as it is kept, or what is wrong with it.
func displayName(text string) (name, mistake string) {
	name = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)), " ")
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		return name, "Type a name. It need not be your own."
	case n > classroom.MaxName:
		return name, "A name has at most " + strconv.Itoa(classroom.MaxName) + " characters; this one has " + strconv.Itoa(n) + "."
	}
	return name, ""
}

func (s *server) joinModel(student *classroom.Student, code, name string) *views.JoinPage {
	p := &views.JoinPage{
		Page: views.Page{Title: "Join a classroom", Description: "Join a course with its code.", Lessons: s.lessons, Kind: "work"},
		Code: code, Name: name, MaxName: classroom.MaxName,
	}
	if student != nil {
		p.Member = student.Classroom != ""
		if p.Name == "" {
			p.Name = student.Name
		}
	}
	return p
}

func (s *server) showJoin(c echo.Context) error {
	student, err := s.student(c)
	if err != nil {
		return s.workUnreachable(c, err)
	}
	code := c.Param("code")
	if len(code) > mostCode || !utf8.ValidString(code) {
		code = ""
	}
	return render(c, http.StatusOK, views.Join(s.joinModel(student, code, "")))
}

// join puts the reader into the classroom of a code, under a name of their choice.
func (s *server) join(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", privately)
	form, err := smallForm(c)
	if err != nil {
		return err
	}
	student, err := s.student(c)
	if err != nil {
		return s.notSaved(c, err)
	}
	name, mistake := displayName(form.Get("name"))
	p := s.joinModel(student, strings.ToValidUTF8(form.Get("code"), ""), name)
	p.Name, p.NameMistake = name, mistake
	if len(p.Code) > mostCode {
		p.Code = ""
	}
	code := plainCode(p.Code)
	if code == "" {
		p.CodeMistake = "Type the code that your lecturer gave you."
	}
	if p.CodeMistake != "" || p.NameMistake != "" {
		return render(c, http.StatusUnprocessableEntity, views.Join(p))
	}
	return s.joinRoom(c, p, student, code)
}

func (s *server) joinRoom(c echo.Context, p *views.JoinPage, student *classroom.Student, code string) error {
	who := sessionToken(c)
	if student != nil {
		who = student.ID
	}
	if wait := s.joins.wait(who, student != nil, time.Now()); wait > 0 {
		retryAfter(c, wait)
		p.CodeMistake = "There were too many wrong codes. Wait for " + seconds(wait) + " and try again."
		return render(c, http.StatusTooManyRequests, views.Join(p))
	}
	room, err := s.roomOfCode(c, code)
	if errors.Is(err, classroom.ErrNotFound) {
		if who == "" {
			who = newToken(c)
		}
		s.joins.wrong(who, time.Now())
		p.CodeMistake = "No classroom has this code. Look at it again: capitals, spaces and hyphens do not matter."
		return render(c, http.StatusUnprocessableEntity, views.Join(p))
	}
	if err == nil && student == nil {
		student, err = s.newcomer(c)
	}
	if err == nil {
		err = s.store.Join(c.Request().Context(), student.ID, room.ID, p.Name)
	}
	if err != nil {
		status, words := s.unsaved(c, err)
		p.Notice = words
		return render(c, status, views.Join(p))
	}
	return toWork(c, "joined")
}

func (s *server) roomOfCode(c echo.Context, code string) (classroom.Classroom, error) {
	if s.store == nil {
		return classroom.Classroom{}, classroom.ErrNotFound
	}
	return s.store.ClassroomOfCode(c.Request().Context(), code)
}

// seconds says how long something takes.
func seconds(d time.Duration) string {
	if n := int((d + time.Second - 1) / time.Second); n > 1 {
		return strconv.Itoa(n) + " seconds"
	}
	return "a second"
}
