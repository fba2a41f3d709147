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
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/url"
	"time"
)

// Limits of what a store is asked to keep.
const (
	MaxName   = 60     // characters of a display name or of a classroom's name
	MaxAnswer = 20_000 // bytes of an answer or draft, names of fields included
)

// Errors that a [Store] returns, perhaps wrapped. Anything else means that the store
// could not do what was asked, and that nothing was kept.
var (
	ErrNotFound = errors.New("not found")
	ErrReadOnly = errors.New("nothing can be kept: the database cannot be written")
	ErrNewer    = errors.New("the database was made by a newer version of this program")
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
	Name      string // as others see it; "" outside of a classroom
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
	ID        int64  // given by the store, in the order of commits
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

// A Store keeps people and their work. It is safe for concurrent use. A method that
// returns nil has committed: what it was given survives a crash of the program and
// of the machine. Writes are done even when the context ends in the middle; a context
// that has ended before is refused. Unknown ids are [ErrNotFound].
type Store interface {
	// AddStudent keeps a new student with a first session.
	AddStudent(ctx context.Context, s Student, session string) error
	// Student finds a student by id.
	Student(ctx context.Context, id string) (Student, error)
	// StudentOfSession finds the student whose browser holds the token with this hash.
	StudentOfSession(ctx context.Context, hash string) (Student, error)
	// AddSession lets a further browser act as the student.
	AddSession(ctx context.Context, student, hash string) error
	// EndSession forgets a browser; one that is not known is no error.
	EndSession(ctx context.Context, hash string) error
	// SetLink gives a student a personal link; the one before is void.
	SetLink(ctx context.Context, student, hash string) error
	// StudentOfLink finds the student of a personal link.
	StudentOfLink(ctx context.Context, hash string) (Student, error)
	// Join puts a student into a classroom under a name; the work that is there comes along. "" for the
	// classroom leaves it.
	Join(ctx context.Context, student, classroom, name string) error
	// DeleteStudent removes a student and everything of theirs.
	DeleteStudent(ctx context.Context, id string) error

	// Work is a student's work at one exercise. Where there is none yet it is nil.
	Work(ctx context.Context, student, exercise string) (*Work, error)
	// Works is a student's work at all exercises that were begun, ordered by exercise.
	Works(ctx context.Context, student string) ([]Work, error)
	// SaveDraft keeps what was typed at a variant. A draft for another variant than the
	// student's present one is dropped without an error: it comes from an old page.
	SaveDraft(ctx context.Context, student, exercise string, variant int, draft url.Values, at time.Time) error
	// TakeHint notes that the hints up to the nth were shown, or with giveUp the solution.
	TakeHint(ctx context.Context, student, exercise string, variant, n int, giveUp bool, at time.Time) error
	// Move goes on from one variant to the next one: without hints, draft and solution. If the
	// student is not at from any more nothing changes.
	Move(ctx context.Context, student, exercise string, from, to int, at time.Time) error
	// Submit keeps an attempt and clears the draft. When the student has sent the same Key before, the attempt
	// that was kept then is returned, and fresh is false.
	Submit(ctx context.Context, a Attempt) (kept Attempt, fresh bool, err error)

	// AddClassroom opens a classroom.
	AddClassroom(ctx context.Context, c Classroom) error
	// Classroom finds a classroom by id.
	Classroom(ctx context.Context, id string) (Classroom, error)
	// ClassroomOfCode finds a classroom by its code.
	ClassroomOfCode(ctx context.Context, code string) (Classroom, error)
	// Classrooms lists all, the newest first.
	Classrooms(ctx context.Context) ([]Classroom, error)
	// RenameClassroom changes name and code; DeleteClassroom removes it with its students and their work.
	RenameClassroom(ctx context.Context, id, name, code string) error
	DeleteClassroom(ctx context.Context, id string) error
	// Students lists a classroom's people by name, then id.
	Students(ctx context.Context, classroom string) ([]Student, error)
	// ClassWorks is all work of a classroom, ordered by student, then exercise; exercise "" for all. The answers and drafts are left
	// out unless answers is set.
	ClassWorks(ctx context.Context, classroom, exercise string, answers bool) ([]Work, error)
	// Attempts ranges over the attempts of a classroom with their answers, in order of ID, until yield is false.
	Attempts(ctx context.Context, classroom string, yield func(Attempt) bool) error
	// Attempt finds one attempt of a classroom.
	Attempt(ctx context.Context, classroom string, id int64) (Attempt, error)
	// Settle keeps what the lecturer made of an undecided attempt, with its score; "" takes it back.
	Settle(ctx context.Context, classroom string, id int64, outcome Outcome, score float64) error
	// Regrade replaces outcome, diagnosis, score and rule of attempts of a classroom, all or none.
	Regrade(ctx context.Context, classroom string, changed []Attempt) error

	// OwnerHash is the hash of the owner's token; "" before SetOwnerHash. A new one voids the old.
	OwnerHash(ctx context.Context) (string, error)
	SetOwnerHash(ctx context.Context, hash string) error
	// Close ends it, once what is under way is committed.
	Close() error
}
