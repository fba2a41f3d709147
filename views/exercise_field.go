package views

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
)

// fieldError is what was wrong with a field of the last answer; "" for nothing.
func (e *Exercise) fieldError(field string) string {
	if e.Verdict == nil {
		return ""
	}
	if err := e.Verdict.Errors.For(field); err != nil {
		return ErrorText(err)
	}
	return ""
}

// fieldState ties a field to its error, and to the other parts of the exercise that describe it.
func (e *Exercise) fieldState(field string, described ...string) templ.Attributes {
	ids := make([]string, 0, len(described)+1)
	for _, part := range append(described, field+"-error") {
		ids = append(ids, e.DOM(part))
	}
	attributes := templ.Attributes{"aria-describedby": strings.Join(ids, " ")}
	if e.fieldError(field) != "" {
		attributes["aria-invalid"] = "true"
	}
	return attributes
}

// answered says whether a field of the answer has a value, among others.
func (e *Exercise) answered(field, value string) bool {
	return slices.Contains(e.Answer[field], value)
}
