package classroom

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A Tally is what a classroom has done: one entry for each of its exercises and one for each
// of its students. It is read only.
type Tally struct {
	Exercises []ExerciseTally // in the order that was asked for
	Students  []StudentTally  // in the order that was asked for
}

// An ExerciseTally is a classroom at one exercise.
type ExerciseTally struct {
	Exercise    string
	Begun       int            // students who have done anything at it
	Tried       int            // students who sent in an answer
	Solved      int            // students with a right answer
	Answers     int            // of all students
	Open        int            // answers to be settled by hand
	MedianTries float64        // answers up to the first right one, of those who solved it; 0: nobody has
	MedianTime  time.Duration  // from the beginning to the first right answer, of those who solved it
	Mistakes    []Mistake      // the most frequent first
	Rules       map[string]int // how many answers each fingerprint of the exercise has judged
}

// A Mistake counts wrong answers with the same diagnosis.
type Mistake struct {
	Diagnosis string // "": none that is known
	Answers   int
}

// A Judged counts the answers to an exercise that were judged alike.
type Judged struct {
	Exercise  string
	Rule      string  // fingerprint of the exercise that judged them
	Outcome   Outcome // final: the lecturer's, else the program's
	Diagnosis string  // "": none that is known
	Answers   int     // at least 1
}

// Success is the share of those who tried that has solved it, 0 … 1; 0 when nobody tried.
func (e *ExerciseTally) Success() float64 {
	if e.Tried == 0 {
		return 0
	}
	return float64(e.Solved) / float64(e.Tried)
}

// Changed is how many answers were judged by another rule than the present one.
func (e *ExerciseTally) Changed(rule string) int {
	n := 0
	for r, answers := range e.Rules {
		if r != rule {
			n += answers
		}
	}
	return n
}

// A StudentTally is a student at all exercises.
type StudentTally struct {
	Student  Student
	Progress []*Progress // by the exercises' order; nil: not begun
	Tried    int         // exercises with an answer
	Solved   int
	Answers  int
	Open     int       // answers to be settled by hand
	Last     time.Time // of the last answer; zero: none
}

// Count makes the tally of a classroom from its progress and from its answers in groups. Exercises that are not
// named, because they are no longer in a lesson, and students who are not named are left out.
func Count(students []Student, exercises []string, progress []Progress, judged []Judged) *Tally {
	t := &Tally{Exercises: make([]ExerciseTally, len(exercises)), Students: make([]StudentTally, len(students))}
	column, row := make(map[string]int, len(exercises)), make(map[string]int, len(students))
	for i, e := range exercises {
		column[e] = i
		t.Exercises[i] = ExerciseTally{Exercise: e, Rules: map[string]int{}}
	}
	cells := make([]*Progress, len(students)*len(exercises))
	for i, s := range students {
		row[s.ID] = i
		t.Students[i] = StudentTally{Student: s, Progress: cells[i*len(exercises) : (i+1)*len(exercises)]}
	}
	for i := range progress {
		p := &progress[i]
		r, known := row[p.Student]
		c, listed := column[p.Exercise]
		if known && listed {
			t.Students[r].Progress[c] = p
			t.Students[r].add(p)
		}
	}
	for _, j := range judged {
		if c, listed := column[j.Exercise]; listed {
			t.Exercises[c].judged(&j)
		}
	}
	for c := range t.Exercises {
		t.Exercises[c].count(t.Students, c)
	}
	return t
}

func (s *StudentTally) add(p *Progress) {
	n := p.Answers()
	if n == 0 {
		return
	}
	s.Tried++
	s.Answers += n
	s.Open += p.Open
	if !p.Solved.IsZero() {
		s.Solved++
	}
	if p.Last.After(s.Last) {
		s.Last = p.Last
	}
}

// count adds up one column.
func (e *ExerciseTally) count(students []StudentTally, column int) {
	tries := make([]float64, 0, len(students))
	times := make([]time.Duration, 0, len(students))
	for i := range students {
		p := students[i].Progress[column]
		if p == nil {
			continue
		}
		e.Begun++
		e.Open += p.Open
		e.Answers += p.Answers()
		if p.Answers() > 0 {
			e.Tried++
		}
		if !p.Solved.IsZero() {
			e.Solved++
			tries = append(tries, float64(p.SolvedTries))
			times = append(times, p.Solved.Sub(p.Begun))
		}
	}
	e.MedianTries, e.MedianTime = Median(tries), Median(times)
	slices.SortFunc(e.Mistakes, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(b.Answers, a.Answers), strings.Compare(a.Diagnosis, b.Diagnosis))
	})
}

// judged adds a group of answers.
func (e *ExerciseTally) judged(j *Judged) {
	e.Rules[j.Rule] += j.Answers
	if j.Outcome != Wrong {
		return
	}
	i := slices.IndexFunc(e.Mistakes, func(m Mistake) bool { return m.Diagnosis == j.Diagnosis })
	if i < 0 {
		i = len(e.Mistakes)
		e.Mistakes = append(e.Mistakes, Mistake{Diagnosis: j.Diagnosis})
	}
	e.Mistakes[i].Answers += j.Answers
}

// Answers is how many answers were sent in.
func (p *Progress) Answers() int { return p.Tries + p.Open }

// Median is the middle value, or the mean of the two in the middle; 0 of none. The values are sorted in place.
func Median[T ~int64 | ~float64](values []T) T {
	slices.Sort(values)
	n := len(values)
	switch {
	case n == 0:
		return 0
	case n%2 == 1:
		return values[n/2]
	}
	return values[n/2-1] + (values[n/2]-values[n/2-1])/2
}
