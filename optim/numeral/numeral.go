// Package numeral finds where a decimal number ends in a text. Both languages of formulas, those of packages expr and
// derive, read numbers with it.
package numeral

import "strings"

// Scan reads a number without a sign at the beginning of src: digits with at most one point before, within or after them, and an
// exponent, as in 1.5e-3, whose minus may be a true one. An e without digits after it does not belong to the number: 2e^x is
// 2·e^x. It returns the number as package strconv reads it, and its length in characters. A message
// says why there is none, at is the character where that is seen.
func Scan(src []rune) (text string, length int, message string, at int) {
	n := 0
	peek := func() rune {
		if n < len(src) {
			return src[n]
		}
		return -1
	}
	digits := func() (count int) {
		for '0' <= peek() && peek() <= '9' {
			n, count = n+1, count+1
		}
		return count
	}
	count := digits()
	if peek() == '.' {
		n++
		count += digits()
	}
	if count == 0 {
		return "", 0, "I expect a digit beside the point.", 0
	}
	if peek() == '.' {
		return "", 0, "this number has a second point.", n
	}
	if e := peek(); e == 'e' || e == 'E' {
		mark := n
		if n++; peek() == '-' || peek() == '+' || peek() == '−' {
			n++
		}
		if digits() == 0 {
			n = mark
		}
	}
	return strings.ReplaceAll(string(src[:n]), "−", "-"), n, "", 0
}
