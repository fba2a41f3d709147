package classroom

import (
	"context"
	"net/url"
	"time"
)

// A Store keeps people and their work. It is safe for concurrent use.
//
// A method that writes and returns nil has committed: what it was given survives a crash of the
// program and of the machine, and every later call sees it. A write is done whole or not at all. It is finished even when its context
// ends in the middle, and its error then is that of the write; a context that has ended before is refused with the context's error.
//
// Unknown ids, hashes and codes are [ErrNotFound]; what breaks a limit, [ErrInvalid]; an
// id, hash or code that is there already, [ErrTaken]; a write while the database cannot be written (it is read only,
// or the disk is full), [ErrReadOnly], and readers go on reading; anything after [Store.Close], [ErrClosed].
//
// Texts are ordered by their bytes. Lists without entries are empty and no error, but for those of
// unknown classrooms or students.
type Store interface {
	People
	Desk
	Lecturer
	// Close ends it, once what is under way is committed. A second call does nothing.
	Close() error
}

// People are the students and what their browsers hold.
type People interface {
	// AddStudent keeps a new student with a first session, by the hash of its token.
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
	// classroom leaves it, and the name is dropped.
	Join(ctx context.Context, student, classroom, name string) error
	// DeleteStudent removes a student and everything of theirs: sessions, link, drafts, attempts.
	DeleteStudent(ctx context.Context, id string) error
}

// Desk is one student's work. The first draft, hint, move or attempt at an exercise begins the work there and makes its variant the present one.
type Desk interface {
	// Work is a student's work at one exercise. Where there is none yet it is nil.
	Work(ctx context.Context, student, exercise string) (*Work, error)
	// Works is a student's work at all exercises that were begun, ordered by exercise.
	Works(ctx context.Context, student string) ([]Work, error)
	// Progress is Works in numbers.
	Progress(ctx context.Context, student string) ([]Progress, error)
	// SaveDraft keeps what was typed at a variant; without fields it clears the draft. A draft for another variant than the
	// student's present one is dropped without an error: it comes from an old page.
	SaveDraft(ctx context.Context, student, exercise string, variant int, draft url.Values, at time.Time) error
	// TakeHint notes that the hints up to the nth were shown, never fewer than before; with giveUp the solution too, which counts
	// as given up unless a right answer to the variant is there. At another variant than the present one nothing changes.
	TakeHint(ctx context.Context, student, exercise string, variant, n int, giveUp bool, at time.Time) error
	// Move goes on from one variant to the next one: without draft, and without hints and solution unless they were shown when the
	// student was at it before, so that variants which go round win nothing back. If the student is not at from any more nothing changes.
	Move(ctx context.Context, student, exercise string, from, to int, at time.Time) error
	// Submit keeps an attempt, its ID and Settled aside, and clears the draft if it is at the present variant. When the student has sent the same Key
	// before, the attempt that was kept then is returned, nothing changes, and fresh is false.
	Submit(ctx context.Context, a Attempt) (kept Attempt, fresh bool, err error)
}

// Lecturer is what the owner does with classrooms.
type Lecturer interface {
	// AddClassroom opens a classroom.
	AddClassroom(ctx context.Context, c Classroom) error
	// Classroom finds a classroom by id.
	Classroom(ctx context.Context, id string) (Classroom, error)
	// ClassroomOfCode finds a classroom by its code.
	ClassroomOfCode(ctx context.Context, code string) (Classroom, error)
	// Classrooms lists all, the newest first, then by id.
	Classrooms(ctx context.Context) ([]Classroom, error)
	// RenameClassroom changes name and code; DeleteClassroom removes it with its students and their work.
	RenameClassroom(ctx context.Context, id, name, code string) error
	DeleteClassroom(ctx context.Context, id string) error
	// Students lists a classroom's people by name, then id.
	Students(ctx context.Context, classroom string) ([]Student, error)
	// ClassProgress is the work of a classroom in numbers, ordered by student's id, then exercise; exercise "" for all.
	ClassProgress(ctx context.Context, classroom, exercise string) ([]Progress, error)
	// Judged counts the answers of a classroom that were judged alike, ordered by exercise, rule, outcome and diagnosis.
	Judged(ctx context.Context, classroom string) ([]Judged, error)
	// ClassWorks is all work of a classroom at an exercise, or at all with "", ordered by student's id, then exercise. The answers and drafts are left
	// out unless answers is set. For what is in a Progress use ClassProgress.
	ClassWorks(ctx context.Context, classroom, exercise string, answers bool) ([]Work, error)
	// Attempts ranges over the attempts of a classroom with their answers, in order of ID, until yield is false. It may take as long as
	// yield likes: what changes meanwhile may be seen or not.
	Attempts(ctx context.Context, classroom string, yield func(Attempt) bool) error
	// Attempt finds one attempt of a classroom.
	Attempt(ctx context.Context, classroom string, id int64) (Attempt, error)
	// Settle keeps what the lecturer made of an undecided attempt, Right or Wrong, with its score; "" takes it back. An attempt
	// that was not undecided is ErrInvalid.
	Settle(ctx context.Context, classroom string, id int64, outcome Outcome, score float64) error
	// Regrade replaces Outcome, Diagnosis, Score and Rule of attempts of a classroom, found by ID, all or none. What a lecturer has settled stays
	// settled, while the new outcome is undecided; else it is forgotten.
	Regrade(ctx context.Context, classroom string, changed []Attempt) error

	// OwnerHash is the hash of the owner's token; "" before SetOwnerHash. A new one voids the old.
	OwnerHash(ctx context.Context) (string, error)
	SetOwnerHash(ctx context.Context, hash string) error
}
