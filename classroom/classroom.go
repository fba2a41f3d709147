// Package classroom holds people and their work: students, classrooms, drafts and
// attempts, and the [Store] that keeps them.
//
// # Conventions
//
// Ids and tokens are 128 random bits in base64url, 22 characters ([NewToken]). A store
// keeps of a token only its [Hash], so that who reads the database cannot act as
// anybody. An exercise is named "lesson-slug/exercise-id". Times are UTC, to the
// millisecond. What a student typed is kept as it was sent, field by field, within
// the limits below, and is never interpreted here.
//
// The package imports nothing of the project: what is right or wrong is decided
// elsewhere and stored here.
package classroom

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/url"
	"time"
)

// Errors that a [Store] returns, perhaps wrapped. After any other error nothing was kept as far as the
// store can know; where it lost its database in the very moment of a commit it cannot, which is why
// a [Store.Submit] can be repeated with the same key.
var (
	ErrNotFound = errors.New("not found")
	ErrTaken    = errors.New("taken already")
	ErrInvalid  = errors.New("outside of what may be kept")
	ErrReadOnly = errors.New("nothing was kept: the database cannot be written")
	ErrNewer    = errors.New("the database was made by a newer version of this program")
	ErrClosed   = errors.New("the store is closed")
)

// NewToken is 128 random bits in base64url, 22 characters.
func NewToken() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Hash is what is kept of a token: its SHA-256 in base64url.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// A Student is a reader whose work is kept; with a classroom, one of its people.
type Student struct {
	ID        string
	Classroom string // id; "": none
	Name      string // as others see it, perhaps not alone with it; "" outside of a classroom
	Created   time.Time
}

// A Classroom is a course's people and their work.
type Classroom struct {
	ID, Name string
	Code     string // with which students join: unique, upper case, without signs that look alike
	Created  time.Time
}

// An Outcome is how an answer was judged.
type Outcome string

// The outcomes.
const (
	Right     Outcome = "right"
	Wrong     Outcome = "wrong"
	Undecided Outcome = "undecided" // costs nothing; the lecturer settles it
)

// An Attempt is one answer that a student sent in, and how it was judged then.
type Attempt struct {
	ID        int64  // given by the store, never twice; of one student's attempts the later has the greater one
	Key       string // of the submission, from its form: the same one sent twice counts once
	Student   string // id
	Exercise  string // "lesson-slug/exercise-id"
	Variant   int    // from 0
	Answer    url.Values
	Outcome   Outcome
	Diagnosis string    // which known mistake it is, by its id; "": none that is known
	Score     float64   // what the exercise was worth to the student with this answer, 0 … 1, by the rules then
	Rule      string    // fingerprint of the exercise that judged it
	Hints     int       // how many hints had been taken
	At        time.Time // when it was judged
	Settled   Outcome   // what the lecturer made of an undecided answer; "": nothing yet
}

// Final is the outcome that counts: the lecturer's, else the program's.
func (a *Attempt) Final() Outcome {
	if a.Settled != "" {
		return a.Settled
	}
	return a.Outcome
}

// A Work is a student at an exercise: what is open on the desk.
type Work struct {
	Student, Exercise string
	Variant           int        // that the student sees now
	Draft             url.Values // what was typed last, not yet sent in; nil: nothing
	Hints             int        // shown of this variant
	GaveUp            bool       // the solution of this variant was shown before it was solved
	Begun             time.Time  // first draft, hint or attempt at the exercise
	Attempts          []Attempt  // all of the exercise, of every variant, in order
}
