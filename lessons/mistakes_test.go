package lessons

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// head is a header of five lines; what follows begins on line 6.
const head = "---\ntitle: T\nquestion: Q\nsummary: S\n---\n"

const section = "## One {#one}\n\n"

func cellBlock(lines string) string { return head + section + "```cell\n" + lines + "\n```\n" }

func TestMistakes(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"no header", "## One {#one}\n", "1: a lesson begins with a header: a line ---, then title, question and summary, then another line ---"},
		{"empty header", "---\n---\n" + section, "1: header: title is missing\n1: header: question is missing\n1: header: summary is missing"},
		{"header with an unknown key", "---\ntitle: T\nquestions: Q\nsummary: S\n---\n" + section, "1: header: question is missing\n" +
			`3: header: unknown name "questions"; did you mean "question"?`},
		{"header that is not YAML", "---\ntitle: [T\n---\n" + section, "2: header: sequence end token ']' not found"},
		{"header with a list", "---\ntitle: [T]\nquestion: Q\nsummary: S\n---\n" + section, "1: header: title is missing\n2: header: title: expects a single value"},
		{"the same key twice", "---\ntitle: T\ntitle: U\nquestion: Q\nsummary: S\n---\n" + section, `3: header: mapping key "title" already defined at [1:1]`},
		{"thumbnail of no cell", "---\ntitle: T\nquestion: Q\nsummary: S\nthumbnail: hil\n---\n" + section + "```cell\n" + "kind: k\nid: hill\ntitle: T\n```\n",
			`5: header: thumbnail: the lesson has no cell "hil"; did you mean "hill"?`},
		{"no section", head + "Text.\n", "6: a lesson has at least one section: ## Title {#id}"},
		{"section without id", head + "## One\n", "6: the section has no id; write ## Title {#id}"},
		{"section without title", head + "## {#one}\n", "6: the section has no title; write ## Title {#id}"},
		{"ill-formed id", head + "## One {#One_1}\n", `6: the id "One_1" is not in kebab case: lower-case letters and digits, in words joined by hyphens, a letter first`},
		{"id twice", head + section + "Text.\n\n## Two {#one}\n", `10: the id "one" is taken by line 6`},
		{"reserved id", head + "## One {#main}\n", `6: the id "main" is taken by the page itself`},
		{"another attribute", head + "## One {#one style=\"color:red\"}\n", `6: a heading has no attribute "style"; only an id is allowed: {#id}`},
		{"first-level heading", head + section + "# Top\n", "8: a first-level heading is not allowed: the title stands in the header; sections begin with ##"},
		{"raw HTML in a line", head + section + "Text.\nA <b>bold</b> word.\n", "9: raw HTML is not allowed; write Markdown, or \\< for the sign\n" +
			"9: raw HTML is not allowed; write Markdown, or \\< for the sign"},
		{"raw HTML block", head + section + "<script>\nalert(1)\n</script>\n", "8: raw HTML is not allowed; write Markdown, or \\< for the sign"},
		{"image", head + section + "![a](b.png)\n", "8: images are not allowed: a lesson's pictures are cells"},
		{"formula in a line", head + section + "Text\nand $\\foo$.\n", `9: formula $\foo$: Unsupported function name: \foo at position 1`},
		{"formula in a list, in a table, in a heading", head + "## A $\\foo$ {#a}\n\n- x\n- $\\bar$\n\n| a |\n|---|\n| $\\bad$ |\n",
			"6: formula $\\foo$: Unsupported function name: \\foo at position 1\n" +
				"9: formula $\\bar$: Unexpected end of input in a macro argument, expected '}' at end of input\n" +
				"13: formula $\\bad$: Unsupported function name: \\bad at position 1"},
		{"display formula", head + section + "$$\n\\foo\n$$\n", `8: formula $\foo$: Unsupported function name: \foo at position 1`},
		{"open display formula", head + section + "Text.\n\n$$\nx\n\nText.\n", "10: the formula that begins here has no closing $$"},
		{"open display formula in a line", head + section + "Text $$x\n", "8: the formula that begins here has no closing $$"},
		{"reveal without summary", head + section + "```reveal\nText.\n```\n", "8: the reveal has no summary; write ```reveal and what stays visible on the same line"},
		{"empty reveal", head + section + "```reveal Why?\n```\n", "8: the reveal is empty"},
		{"formula in a reveal", head + section + "```reveal Why $\\foo$?\nText.\n\n$\\bad$\n```\n",
			"8: formula $\\foo$: Unsupported function name: \\foo at position 1\n11: formula $\\bad$: Unsupported function name: \\bad at position 1"},
		{"HTML in notes", head + section + "```notes\nText.\n\n<hr>\n```\n", "11: raw HTML is not allowed; write Markdown, or \\< for the sign"},
		{"notes before the first section", head + "```notes\nText.\n```\n" + section, "6: notes belong into a section; put them below its ## heading"},
		{"misspelt block", head + section + "```cel\nkind: k\n```\n", `8: unknown block "cel"; did you mean "cell"?`},
		{"cell in a list", head + section + "- Text.\n\n  ```cell\n  kind: k\n  ```\n", "10: the cell block does not stand on the top level of the file"},
		{"cell in a reveal", head + section + "````reveal Why?\n```cell\nkind: k\n```\n````\n", "9: the cell block does not stand on the top level of the file"},
		{"empty cell", cellBlock(""), "9: cell: expects lines of the form “name: value”"},
		{"cell without what it must have", cellBlock("caption: C"), "8: cell: kind is missing\n8: cell: id is missing\n8: cell: title is missing"},
		{"cell with an unknown key", cellBlock("kind: k\nid: i\ntitle: T\npreset: []"), `12: cell: unknown name "preset"; did you mean "presets"?`},
		{"cell with a list for a value", cellBlock("kind: k\nid: i\ntitle: T\nset: [a, b]"), "12: cell: set: expects “name: value”"},
		{"cell with a value for a list", cellBlock("kind: k\nid: i\ntitle: T\nshow: eta"), "12: cell: show: expects a list, such as [eta, x]"},
		{"cell with a map in a set", cellBlock("kind: k\nid: i\ntitle: T\nset:\n  a: 1\n  b: {c: 2}"), "14: cell: set: expects a single value"},
		{"cell with an alias", cellBlock("kind: k\nid: i\ntitle: T\nset: {a: *b}"), "12: cell: set: expects a single value"},
		{"cell that is not YAML", cellBlock("kind: k\nset: {a: 1"), "10: cell: could not find flow mapping end token '}'"},
		{"cell ids twice", cellBlock("kind: k\nid: i\ntitle: T") + "```cell\nkind: k\nid: i\ntitle: T\n```\n", `15: the id "i" is taken by line 10`},
		{"preset without a label", cellBlock("kind: k\nid: i\ntitle: T\npresets:\n  - {set: {a: 1}}"), "13: a preset has a label and a set, such as {label: too small, set: {eta: 0.01}}"},
		{"predict without a question", cellBlock("kind: k\nid: i\ntitle: T\npredict: {ask: fate}"), "12: predict has an ask and a question, such as {ask: fate, question: Does this run arrive?}"},
		{"predict with an unknown key", cellBlock("kind: k\nid: i\ntitle: T\npredict:\n  ask: fate\n  question: Q\n  answer: A"), `15: predict: unknown name "answer"; allowed are ask, question`},
		{"predict with a word for a map", cellBlock("kind: k\nid: i\ntitle: T\npredict: fate"), "12: cell: predict: expects “name: value”"},
		{"predict with a list for a question", cellBlock("kind: k\nid: i\ntitle: T\npredict:\n  ask: fate\n  question: [a]"), "14: cell: predict: expects a single value"},
		{"formula in a caption", cellBlock("kind: k\nid: i\ntitle: T\ncaption: Move $\\foo$."), `12: formula $\foo$: Unsupported function name: \foo at position 1`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("01-x.md", []byte(tt.source), anything)
			if err == nil {
				t.Fatal("no error")
			}
			want := "01-x.md:" + strings.ReplaceAll(tt.want, "\n", "\n01-x.md:")
			if err.Error() != want {
				t.Errorf("got\n%s\nwant\n%s", err, want)
			}
		})
	}
}

func TestFileName(t *testing.T) {
	for _, name := range []string{"1-x.md", "01-X.md", "01x.md", "01-.md", "01-x-.md", "01-x.txt"} {
		_, err := Parse(name, []byte(head+section), anything)
		if want := name + ":1: a lesson's file is named like 03-steepest-descent.md: two digits, then the slug in lower case"; err == nil || err.Error() != want {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// What a kind has against a cell is reported where it stands.
func TestCheckOfKinds(t *testing.T) {
	check := func(kind string, set map[string]string, show, figures []string, ask string) []error {
		var list []error
		if kind != "descent" {
			return []error{fmt.Errorf("there is no kind %q", kind)}
		}
		if set["eta"] == "-1" {
			list = append(list, errors.New("eta: at least 0"))
		}
		if len(show) > 0 {
			list = append(list, fmt.Errorf("show: no parameter %q", show[0]))
		}
		if ask == "slope" {
			list = append(list, errors.New("predict: descent does not ask for a slope"))
		}
		return list
	}
	source := cellBlock("kind: descent\nid: i\ntitle: T\nset:\n  eta: 1\nshow: [etta]\npresets:\n  - {label: fine, set: {eta: 2}}\n  - {label: bad, set: {eta: -1}}") +
		"```cell\nkind: decent\nid: j\ntitle: T\n```\n```cell\nkind: descent\nid: k\ntitle: T\nset: {eta: -1}\npresets: [{label: p, set: {x: 1}}]\n```\n" +
		"```cell\nkind: descent\nid: l\ntitle: T\npredict:\n  ask: slope\n  question: Q\n```\n"
	_, err := Parse("01-x.md", []byte(source), check)
	want := `01-x.md:14: cell i: show: no parameter "etta"
01-x.md:17: cell i: preset "bad": eta: at least 0
01-x.md:20: cell j: there is no kind "decent"
01-x.md:28: cell k: eta: at least 0
01-x.md:35: cell l: predict: descent does not ask for a slope`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestLoadReportsAllFiles(t *testing.T) {
	folder := fstest.MapFS{
		"README.md": {Data: []byte("No lesson.")},
		"01-a.md": {Data: []byte(head + section + "[1](/lessons/b#two) [2](/lessons/c) [3](#two) [4](#one) [5](javascript:alert) [6](/lessons/b/cells/x)\n" +
			"[7](/lab/descent?eta=-1) [8](/lab) [9](notes.md) [10](mailto:a@example.org) [11](//example.org) [12](/lessons/b#one)\n")},
		"02-b.md": {Data: []byte(head + section)},
		"02-d.md": {Data: []byte(head + section)},
		"03-b.md": {Data: []byte(head + section)},
		"04-e.md": {Data: []byte(head)},
	}
	check := func(_ string, set map[string]string, _, _ []string, _ string) []error {
		if set["eta"] == "-1" {
			return []error{errors.New("eta: at least 0")}
		}
		return nil
	}
	_, err := Load(folder, check)
	const allowed = "links lead to /lessons/slug#section-id, #section-id, /lab/kind?…, or out to https://…"
	want := `01-a.md:8: link /lessons/b#two: 02-b.md has no section "two"
01-a.md:8: link /lessons/c: there is no lesson "c"
01-a.md:8: link #two: 01-a.md has no section "two"
01-a.md:8: link javascript:alert: only http, https and mailto lead out of the notebook
01-a.md:8: link /lessons/b/cells/x: 02-b.md has no cell "x"
01-a.md:9: link /lab/descent?eta=-1: eta: at least 0
01-a.md:9: link notes.md: ` + allowed + `
01-a.md:9: link //example.org: only http, https and mailto lead out of the notebook
02-d.md:1: 02-b.md has the same number or slug; both must differ
03-b.md:1: 02-b.md has the same number or slug; both must differ
04-e.md:6: a lesson has at least one section: ## Title {#id}`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if _, err := Load(fstest.MapFS{}, check); err == nil || !strings.Contains(err.Error(), "01-slug.md") {
		t.Errorf("an empty folder: %v", err)
	}
}
