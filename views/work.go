package views

import (
	"strconv"
	"strings"

	"descent/lessons"
)

// A WorkPage is a student's work: all exercises and how far they are.
type WorkPage struct {
	Page
	Known       bool // work is kept; else the page says how it begins
	Name        string
	NameMistake string
	Classroom   string // its name; "": none
	Link        string // a personal link that was just made; "": none
	Done        string // what was done before the page came; "": nothing
	Lists       []WorkList
}

// A WorkList are the exercises of one lesson.
type WorkList struct {
	Lesson  *lessons.Lesson
	Entries []WorkEntry
}

// solved is how many of them are solved.
func (l *WorkList) solved() int {
	n := 0
	for _, e := range l.Entries {
		if e.State == WorkSolved {
			n++
		}
	}
	return n
}

// Progress says how many exercises of the lesson are solved.
func (l *WorkList) Progress() string {
	return strconv.Itoa(l.solved()) + " of " + exercises(len(l.Entries)) + " solved"
}

// A WorkEntry is an exercise and how far the student is.
type WorkEntry struct {
	Number, Title, Address string
	State                  WorkState
	Tries                  int
	Score                  float64 // of a solved one
}

// A WorkState is how far a student is at an exercise.
type WorkState string

// The states.
const (
	WorkNew       WorkState = "new"
	WorkBegun     WorkState = "begun"
	WorkSolved    WorkState = "solved"
	WorkGaveUp    WorkState = "gave up"
	WorkUndecided WorkState = "undecided"
)

// words say the state.
func (e *WorkEntry) words() string {
	switch {
	case e.State == WorkSolved:
		return "Solved: " + Percent(e.Score)
	case e.State == WorkGaveUp:
		return "Gave up"
	case e.State == WorkUndecided:
		return "Undecided"
	case e.State == WorkBegun && e.Tries > 0:
		return "Begun, " + count(e.Tries, "try", "tries")
	case e.State == WorkBegun:
		return "Begun"
	}
	return "New"
}

func exercises(n int) string {
	if n == 1 {
		return "1 exercise"
	}
	return strconv.Itoa(n) + " exercises"
}

// A CarryOnPage asks whether this browser is to go on with the work of a personal link.
type CarryOnPage struct {
	WorkPage
	Action  string // where the button sends
	Already bool   // this browser shows that work already
	Other   bool   // this browser shows somebody else's work
}

func (p *CarryOnPage) question() string {
	if p.Name == "" {
		return "Carry on with your work here?"
	}
	return "Carry on as " + p.Name + "?"
}

// begun is how many exercises are begun or solved.
func (p *WorkPage) begun() int {
	n := 0
	for _, l := range p.Lists {
		for _, e := range l.Entries {
			if e.State != WorkNew {
				n++
			}
		}
	}
	return n
}

// A JoinPage is the form with which a reader joins a classroom.
type JoinPage struct {
	Page
	Code, Name               string // as typed
	CodeMistake, NameMistake string
	Notice                   string // such as that nothing was saved
	Member                   bool   // of a classroom, which this one replaces
	MaxName                  int
}

// lead says what the page is.
func (p *WorkPage) lead() string {
	switch {
	case !p.Known:
		return "You can work at once, without an account. Your answers are kept from the first one on, for this browser."
	case p.Name != "":
		return "You work as " + p.Name + ". Drafts are kept while you type."
	}
	return "Your work is kept for this browser. Drafts are kept while you type."
}

// stateClass is a state as part of a class.
func stateClass(s WorkState) string { return strings.ReplaceAll(string(s), " ", "-") }
