package handlers

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"descent/classroom"
)

// mostAnswerBody is how many bytes of a form are read: an answer of the longest kind, all of it escaped, and room to say
// that one is too long and keep it in the page.
const mostAnswerBody = 256 << 10

// What a form says besides its answer.
const (
	fieldAction  = "action"
	fieldVariant = "variant"
	fieldKey     = "key"
	fieldHints   = "hints-shown" // how many hints the page has
)

// A submission is what the form of an exercise sent.
type submission struct {
	action  string
	variant int        // −1: none that is a number
	hints   int        // −1: not said
	key     string     // as the form has it; "": none
	answer  url.Values // the other fields
}

// submissionOf reads the body; the query of the address is no part of an answer.
func submissionOf(c echo.Context) (*submission, error) {
	form, err := postedForm(c, mostAnswerBody,
		&problem{http.StatusRequestEntityTooLarge, "This is too long", "Nothing was saved: an answer has at most 20,000 characters. Go back, shorten it and send it again.", nil},
		&problem{http.StatusBadRequest, "This cannot be read", "Nothing was saved: the form did not arrive whole. Go back and send it again.", nil})
	if err != nil {
		return nil, err
	}
	sent := &submission{action: form.Get(fieldAction), variant: number(form.Get(fieldVariant)), hints: number(form.Get(fieldHints)), key: form.Get(fieldKey), answer: maps.Clone(form)}
	if sent.answer == nil {
		sent.answer = url.Values{}
	}
	for _, name := range []string{fieldAction, fieldVariant, fieldKey, fieldHints} {
		sent.answer.Del(name)
	}
	return sent, nil
}

// number is a whole number from 0; −1 for anything else.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// keyOf names the submission for the store. The answer is part of it: who goes back in the browser sends another answer with
// the key of the page before, and that is another submission. A form without a key has one made for it.
func (sent *submission) keyOf() string {
	if sent.key == "" {
		sent.key = classroom.NewToken()
	}
	return classroom.Hash(sent.key + "\n" + strconv.Itoa(sent.variant) + "\n" + sent.answer.Encode())
}
