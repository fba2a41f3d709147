package views

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"descent/classroom"
)

// A ClassroomsPage lists the owner's classrooms.
type ClassroomsPage struct {
	Page
	Classrooms []ClassroomEntry
	Name       string // as typed
	Error      string // at the field of the name; "": none
}

// A ClassroomEntry is one of them.
type ClassroomEntry struct {
	classroom.Classroom
	Students int
}

// A ClassPage is what all pages of one classroom share.
type ClassPage struct {
	Page
	Classroom   classroom.Classroom
	JoinAddress string // where students join, as a browser shows it: host and path
	LocalOnly   bool   // that address leads to this machine only
	NamesHidden bool   // for the projector: students have numbers, and no name is in the page
}

// at is an address below the classroom's, which keeps that names are hidden.
func (p *ClassPage) at(path string, query ...string) string {
	values := url.Values{}
	for i := 0; i < len(query); i += 2 {
		values.Set(query[i], query[i+1])
	}
	if p.NamesHidden {
		values.Set("names", "hidden")
	}
	address := "/classrooms/" + p.Classroom.ID + path
	if len(values) > 0 {
		address += "?" + values.Encode()
	}
	return address
}

// otherNames is this page with names shown instead of hidden, or the other way round.
func (p *ClassPage) otherNames(path string, query ...string) string {
	other := *p
	other.NamesHidden = !p.NamesHidden
	return other.at(path, query...)
}

// code is the classroom's code in two groups, as it is read out.
func (p *ClassPage) code() string { return GroupedCode(p.Classroom.Code) }

// GroupedCode puts a space into the middle of a code.
func GroupedCode(code string) string {
	half := len(code) / 2
	return code[:half] + " " + code[half:]
}

// A DashboardPage is a classroom at a glance.
type DashboardPage struct {
	ClassPage
	Order     string // of the tables
	Exercises []ExerciseRow
	Students  []StudentRow
	Possible  float64 // points of all exercises
	Answers   int
	Open      int    // to be settled
	Active    int    // students with an answer
	Rename    string // the name as typed, where it is refused
	Error     string
}

// An ExerciseRow is an exercise in the dashboard.
type ExerciseRow struct {
	Address string // of its page, below the classroom's
	Title   string
	Lesson  string // title
	Number  string // as in a textbook, "3.2"
	Tally   *classroom.ExerciseTally
	Changed int // answers that another rule has judged
}

// A StudentRow is a student in the dashboard.
type StudentRow struct {
	ID, Label string
	Tally     *classroom.StudentTally
	Points    float64
	Now       time.Time
}

// Orders of the dashboard's tables.
const (
	ByAttention = ""       // what needs attention first
	ByLesson    = "lesson" // exercises in the lessons' order, students by name
	ByPoints    = "points" // the most answers, the most points first
)

// ordered is the query of the dashboard in an order.
func ordered(order string) []string {
	if order == ByAttention {
		return nil
	}
	return []string{"order", order}
}

// MostMistakes is how many mistakes a row of the dashboard names.
const MostMistakes = 3

func (r *ExerciseRow) mistakes() []classroom.Mistake {
	return r.Tally.Mistakes[:min(MostMistakes, len(r.Tally.Mistakes))]
}

// mistakeWords names a diagnosis by its id, which authors write in words.
func mistakeWords(diagnosis string) string {
	if diagnosis == "" {
		return "no known mistake"
	}
	return strings.ReplaceAll(diagnosis, "-", " ")
}

// strip draws what a student has done at each exercise: a tall bar is solved, a half one tried, a low one begun. Each state is one path.
func (r *StudentRow) strip() (solved, tried, begun string) {
	var paths [3]strings.Builder
	for i, p := range r.Tally.Progress {
		state, height := 2, 2
		switch {
		case p == nil:
			continue
		case !p.Solved.IsZero():
			state, height = 0, 14
		case p.Answers() > 0:
			state, height = 1, 8
		}
		b := &paths[state]
		b.WriteByte('M')
		b.WriteString(strconv.Itoa(7 * i))
		b.WriteString(" 15h5v-")
		b.WriteString(strconv.Itoa(height))
		b.WriteString("h-5z")
	}
	return paths[0].String(), paths[1].String(), paths[2].String()
}

func (r *StudentRow) stripWidth() string { return strconv.Itoa(max(1, 7*len(r.Tally.Progress)-2)) }

func (r *StudentRow) stripWords() string {
	return strconv.Itoa(r.Tally.Solved) + " solved, " + strconv.Itoa(r.Tally.Tried-r.Tally.Solved) + " tried and not solved, of " + strconv.Itoa(len(r.Tally.Progress))
}

// A ClassExercisePage is a classroom at one exercise.
type ClassExercisePage struct {
	ClassPage
	Row       ExerciseRow
	Own       string // address of the exercise itself
	Mistakes  []MistakeView
	Open      []OpenAnswers // to be settled, by variant
	MoreOpen  int           // that are not listed
	Settled   []AnswerView  // the latest first
	Unsolved  []StudentRef  // who tried and have not solved it
	Untouched int           // students who have not tried
}

// A StudentRef names a student.
type StudentRef struct {
	ID, Label string
	Tries     int
}

// An OpenAnswers are the answers to one variant that wait to be settled, with what was asked.
type OpenAnswers struct {
	Variant      int
	QuestionHTML string // "": the exercise has no such variant any more
	SolutionHTML string
	Answers      []AnswerView // the oldest first
}

// A MistakeView is a group of wrong answers.
type MistakeView struct {
	classroom.MistakeGroup
	WordsHTML []string // what a student is told; empty: the exercise as it is now does not know the mistake
}

// wide tells whether the answers have lines that are not to be broken, as programs and derivations do.
func (m *MistakeView) wide() bool {
	for _, s := range m.Samples {
		for _, f := range Fields(s.Answer) {
			if strings.Contains(f.Text, "\n") {
				return true
			}
		}
	}
	return false
}

// An AnswerView is an answer as it was sent.
type AnswerView struct {
	ID        int64
	Student   StudentRef
	Variant   int
	Fields    []Field
	At        time.Time
	Outcome   classroom.Outcome
	Settled   classroom.Outcome
	Diagnosis string
	Score     float64
	Hints     int
}

// A Field is one of an answer's fields.
type Field struct{ Name, Text string }

// MostText is how many characters of a field of an answer a page shows.
const MostText = 2000

// Fields are the fields of an answer, by name, each with all its values, such as the options that were chosen; long ones are cut.
func Fields(answer url.Values) []Field {
	var list []Field
	for name, values := range answer {
		if len(values) > 0 {
			list = append(list, Field{readable(name, 80), readable(strings.Join(values, ", "), MostText)})
		}
	}
	slices.SortStableFunc(list, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// readable is text as a page can hold it: control characters, which students' forms can send, are made visible.
func readable(text string, most int) string {
	var b strings.Builder
	n := 0
	for _, r := range text {
		if n++; n > most {
			return b.String() + "…"
		}
		switch {
		case r == '\n' || r == '\t':
			b.WriteRune(r)
		case r == '\r':
		case r < ' ':
			b.WriteRune('\u2400' + r) // ␀ and its like
		case r == 0x7f:
			b.WriteRune('\u2421')
		default:
			b.WriteRune(r) // U+FFFD for what is no UTF-8
		}
	}
	return b.String()
}

// A ClassStudentPage is one student's work.
type ClassStudentPage struct {
	ClassPage
	Student  StudentRow
	Joined   time.Time
	Works    []WorkView
	Possible float64
	Error    string // of the deletion
}

// A WorkView is a student at an exercise.
type WorkView struct {
	Row      ExerciseRow
	Progress classroom.Progress
	Points   float64 // reached
	Possible float64
	Earlier  int // answers that are not listed
	Answers  []AnswerView
}

// state says how far the student is.
func (w *WorkView) state() string {
	words := "begun"
	switch {
	case !w.Progress.Solved.IsZero():
		words = "after " + plural(w.Progress.SolvedTries, "try", "tries") + ", " + points(w.Points) + " of " + worthOf(w.Possible)
	case w.Progress.Answers() > 0:
		words = "so far, " + plural(w.Progress.Answers(), "answer", "answers")
	}
	if w.Progress.Open > 0 {
		words += ", " + strconv.Itoa(w.Progress.Open) + " to settle"
	}
	return words
}

// A RegradePage shows what a changed exercise makes of the answers that are there.
type RegradePage struct {
	ClassPage
	Row      ExerciseRow
	Name     string          // "lesson-slug/exercise-id"
	Judged   int             // answers that were judged anew so far
	All      int             // answers of the exercise
	Same     int             // judged by the old rule, with the same result
	Misfits  int             // that the exercise cannot read any more; they keep their verdict
	Settled  int             // by hand; they keep their verdict
	Changes  []RegradeChange // worth showing
	More     int             // changes that are counted and applied but not listed
	Digest   string          // of all that would be applied; "" while there is nothing to apply
	Surprise bool            // something has changed since the difference was shown, and this is the new one
	Points   []PointsChange
}

// Complete tells whether every answer has been judged.
func (p *RegradePage) Complete() bool { return p.Judged == p.All }

// summary says how much changes.
func (p *RegradePage) summary() string {
	changes := len(p.Changes) + p.More
	if changes == 0 {
		return "The exercise has changed, but it judges " + plural(p.Same, "answer", "answers") + " as before. Applied, this is noted and nothing else."
	}
	return plural(changes, "answer is", "answers are") + " judged differently now, " + plural(p.Same, "is", "are") + " judged as before. " +
		plural(len(p.Points), "student’s points change", "students’ points change") + "."
}

func keepWords(n int) string {
	if n == 1 {
		return "keeps its verdict."
	}
	return "keep their verdicts."
}

// signed writes a difference with its sign.
func signed(v float64) string {
	if v < 0 {
		return "−" + points(-v)
	}
	return "+" + points(v)
}

// A RegradeChange is an answer that is judged differently now.
type RegradeChange struct {
	Answer    AnswerView // with the old verdict
	Outcome   classroom.Outcome
	Diagnosis string
	Score     float64
}

// A PointsChange is a student whose result at the exercise changes.
type PointsChange struct {
	Student       StudentRef
	Before, After float64 // points
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// worthOf writes points with their word.
func worthOf(v float64) string {
	if v == 1 {
		return "1 point"
	}
	return points(v) + " points"
}

// grouped writes a count with commas between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// points writes points with at most two decimals.
func points(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
}

func shortDuration(d time.Duration) string {
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()+0.5))
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()+0.5))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()+0.5))
	}
	return fmt.Sprintf("%d days", int(d.Hours()/24+0.5))
}

// stamp is a moment for people; browsers read datetime.
func stamp(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04") + " UTC" }

func datetime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func percentOf(v float64) string { return strconv.Itoa(int(100*v+0.5)) + " %" }

func outcomeWords(o classroom.Outcome) string {
	if o == classroom.Undecided {
		return "undecided"
	}
	return string(o)
}
