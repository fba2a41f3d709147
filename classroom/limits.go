package classroom

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what a store is asked to keep. What is beyond them is [ErrInvalid].
const (
	MaxName   = 60     // characters of a display name or of a classroom's name
	MaxToken  = 64     // bytes of an id, a hash, a key or a code
	MaxLabel  = 200    // bytes of the name of an exercise, of a diagnosis or of a rule
	MaxAnswer = 20_000 // bytes of an answer or draft, names of fields included
	MaxNumber = 1 << 30
)

// Check says what of a student may not be kept.
func (s Student) Check() error {
	if s.Classroom == "" {
		return first(token("student's id", s.ID), optional(name, "student's name", s.Name))
	}
	return first(token("student's id", s.ID), token("classroom's id", s.Classroom), name("student's name", s.Name))
}

// Check says what of a classroom may not be kept.
func (c Classroom) Check() error {
	return first(token("classroom's id", c.ID), name("classroom's name", c.Name), token("code", c.Code))
}

// Check says what of an attempt may not be kept.
func (a *Attempt) Check() error {
	return first(token("key", a.Key), token("student's id", a.Student), label("exercise", a.Exercise), number("variant", a.Variant),
		CheckAnswer(a.Answer), a.checkVerdict(), number("hints", a.Hints))
}

// checkVerdict is Check for what a regrading replaces.
func (a *Attempt) checkVerdict() error {
	return first(outcome(a.Outcome), optional(label, "diagnosis", a.Diagnosis), score(a.Score), optional(label, "rule", a.Rule))
}

// CheckRegrade says what of a new verdict may not be kept.
func CheckRegrade(a Attempt) error { return a.checkVerdict() }

// CheckSettle says what of a lecturer's decision may not be kept.
func CheckSettle(o Outcome, worth float64) error {
	if o != "" && o != Right && o != Wrong {
		return fmt.Errorf("%w: an answer is settled as right or wrong, not %q", ErrInvalid, o)
	}
	return score(worth)
}

// CheckPlace says whether there can be work at the variant of the exercise.
func CheckPlace(exercise string, variant int) error {
	return first(label("exercise", exercise), number("variant", variant))
}

// CheckHints says whether so many hints can have been taken.
func CheckHints(n int) error { return number("hints", n) }

// CheckToken says whether a hash or an id may be kept.
func CheckToken(hash string) error { return token("token", hash) }

// CheckName says whether a display name may be kept.
func CheckName(s string) error { return name("name", s) }

// CheckAnswer says whether an answer or a draft is short enough. Its bytes are free, NUL and invalid UTF-8 among them.
func CheckAnswer(fields url.Values) error {
	size := 0
	for field, values := range fields {
		for _, v := range values {
			size += len(field) + len(v)
		}
	}
	if size > MaxAnswer {
		return fmt.Errorf("%w: the answer has %d bytes, more than %d", ErrInvalid, size, MaxAnswer)
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func optional(check func(what, s string) error, what, s string) error {
	if s == "" {
		return nil
	}
	return check(what, s)
}

// token checks what programs make: no signs but those that can be seen.
func token(what, s string) error {
	hidden := func(r rune) bool { return r <= ' ' || r > '~' }
	if s == "" || len(s) > MaxToken || strings.ContainsFunc(s, hidden) {
		return fmt.Errorf("%w: the %s %.80q", ErrInvalid, what, s)
	}
	return nil
}

func label(what, s string) error {
	if s == "" || len(s) > MaxLabel || !printable(s) {
		return fmt.Errorf("%w: the %s %.80q", ErrInvalid, what, s)
	}
	return nil
}

func name(what, s string) error {
	if strings.TrimSpace(s) == "" || utf8.RuneCountInString(s) > MaxName || !printable(s) {
		return fmt.Errorf("%w: the %s %.80q", ErrInvalid, what, s)
	}
	return nil
}

// printable says whether s is one line of text: valid UTF-8 without control characters.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

func number(what string, n int) error {
	if n < 0 || n > MaxNumber {
		return fmt.Errorf("%w: %d as %s", ErrInvalid, n, what)
	}
	return nil
}

func outcome(o Outcome) error {
	if o != Right && o != Wrong && o != Undecided {
		return fmt.Errorf("%w: the outcome %.80q", ErrInvalid, o)
	}
	return nil
}

func score(s float64) error {
	if !(s >= 0 && s <= 1) { // NaN too
		return fmt.Errorf("%w: a score of %v", ErrInvalid, s)
	}
	return nil
}
