package classroom

import "time"

// Progress is a [Work] in numbers: what a table of many students shows of one student at
// one exercise. A store keeps it beside the attempts, by [Progress.Add], so that a table
// need not read them.
type Progress struct {
	Student, Exercise string
	Variant, Hints    int // as in Work
	GaveUp            bool
	Begun             time.Time
	Last              time.Time // the last attempt; zero: none yet
	Tries             int       // attempts that are right or wrong
	Open              int       // undecided ones that the lecturer has not settled
	Solved            time.Time // the first right attempt; zero: none yet
	SolvedVariant     int       // its variant
	SolvedTries       int       // Tries up to and with it
	Score             float64   // the best of right attempts, 0 … 1
}

// Add counts an attempt. Attempts are added in the order of their ids.
func (p *Progress) Add(a *Attempt) {
	p.Last = a.At
	switch a.Final() {
	case Right:
		p.Tries++
		p.Score = max(p.Score, a.Score)
		if p.Solved.IsZero() {
			p.Solved, p.SolvedVariant, p.SolvedTries = a.At, a.Variant, p.Tries
		}
	case Wrong:
		p.Tries++
	case Undecided:
		p.Open++
	}
}

// Recount counts anew from all attempts of the work, in order.
func (p *Progress) Recount(attempts []Attempt) {
	*p = Progress{Student: p.Student, Exercise: p.Exercise, Variant: p.Variant, Hints: p.Hints, GaveUp: p.GaveUp, Begun: p.Begun}
	for i := range attempts {
		p.Add(&attempts[i])
	}
}
