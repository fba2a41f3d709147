package dataset

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// signatures are how files begin that people take for tables.
var signatures = []struct{ begin, what string }{
	{"PK\x03\x04", "an Excel or ZIP file"},
	{"\xD0\xCF\x11\xE0", "an old Excel file"},
	{"%PDF", "a PDF file"},
	{"\x1F\x8B", "a compressed file"},
	{"\x89PNG", "a picture"},
	{"\xFF\xD8\xFF", "a picture"},
	{"<!DOCTYPE html", "a web page"},
	{"<html", "a web page"},
}

// decode makes text of a file's bytes: UTF-8 without a byte order mark, its
// lines ended by \n.
func decode(file []byte) (text string, facts []Fact, err error) {
	if len(file) > MaxCSVBytes {
		return "", nil, &CSVError{Message: "The file is larger than 5 MB. Keep some of its rows."}
	}
	for _, s := range signatures {
		if len(file) >= len(s.begin) && strings.EqualFold(string(file[:len(s.begin)]), s.begin) {
			return "", nil, &CSVError{Message: "This is " + s.what + ", not a text. Save the table as CSV and send that."}
		}
	}
	text, coding := characters(file)
	if at := strings.IndexFunc(text, unprintable); at >= 0 {
		line := 1 + strings.Count(text[:at], "\n")
		return "", nil, &CSVError{Line: line, Message: "There are bytes that no text has. Save the table as CSV, a plain text, and send that."}
	}
	text, ends := lineEnds(text)
	if strings.TrimSpace(text) == "" {
		return "", nil, &CSVError{Message: "There is no table: the text is empty."}
	}
	return text, []Fact{{"Characters", coding}, {"Line ends", ends}}, nil
}

// unprintable are the control characters that no table has: NUL and its like,
// but not tab, line feed, form feed, carriage return, escape or the end mark of
// old systems.
func unprintable(r rune) bool { return r < 0x09 || r >= 0x0E && r < 0x1A }

// characters decodes UTF-8, UTF-16 with a byte order mark, and else Windows-1252,
// which holds all of Latin-1.
func characters(file []byte) (text, coding string) {
	switch {
	case bytes.HasPrefix(file, []byte("\xFF\xFE")):
		return decode16(file[2:], binary.LittleEndian), "UTF-16, by its byte order mark"
	case bytes.HasPrefix(file, []byte("\xFE\xFF")):
		return decode16(file[2:], binary.BigEndian), "UTF-16, by its byte order mark"
	}
	rest, marked := bytes.CutPrefix(file, []byte("\uFEFF"))
	if utf8.Valid(rest) {
		if marked {
			return string(rest), "UTF-8; its byte order mark was left out"
		}
		return string(rest), "UTF-8"
	}
	var b strings.Builder
	b.Grow(len(rest) + len(rest)/8)
	for _, c := range rest {
		if c >= 0x80 && c < 0xA0 {
			b.WriteRune(windows1252[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String(), "Latin-1 (Windows-1252), since the bytes are not UTF-8"
}

func decode16(file []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(file)/2)
	for i := range units {
		units[i] = order.Uint16(file[2*i:])
	}
	return string(utf16.Decode(units))
}

// windows1252 are its characters from 0x80; the rest is Latin-1. Bytes that it
// leaves free stand for themselves, as on the web
// (https://encoding.spec.whatwg.org/index-windows-1252.txt).
var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// lineEnds makes every line end a \n.
func lineEnds(text string) (unified, said string) {
	pairs := strings.Count(text, "\r\n")
	returns := strings.Count(text, "\r") - pairs
	feeds := strings.Count(text, "\n") - pairs
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	switch {
	case pairs > 0 && returns == 0 && feeds == 0:
		return text, "CRLF, as Windows writes them"
	case returns > 0 && pairs == 0 && feeds == 0:
		return text, "CR, as old Macs wrote them"
	case pairs > 0 || returns > 0:
		return text, "of several sorts"
	}
	return text, "LF"
}
