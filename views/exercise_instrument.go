package views

import (
	"unicode"
	"unicode/utf8"
)

// asSentence gives words a capital and a full stop.
func asSentence(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	if unicode.Is(unicode.Latin, first) { // θ is a symbol
		first = unicode.ToUpper(first)
	}
	return string(first) + words[size:] + "."
}

// heldWord says whether a requirement is met.
func heldWord(holds bool) string {
	if holds {
		return "met"
	}
	return "not met"
}
