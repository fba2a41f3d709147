package export

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"descent/lessons/cell"
	"descent/optim"
)

// hostile are texts that would like to be code.
var hostile = []string{
	"x\nimport os\nos.system('id')", "x\r\nfunc init() { panic(1) }", "*/ func init() {} /*", `"""` + "\nimport os\n" + `"""`, `\"""`, "x\u2028import os",
	"x\u0085import os", "x\vimport os\f", "`; import os", "'; import os", "x\x00y", "\u202eimport", "{{.Result}}", "</script>", "$$ \\input{x} $$", "x\\",
}

// Whatever an address holds, the programs stay the ones they were: only the
// comment of the head differs.
func TestNoTextBecomesCode(t *testing.T) {
	r := resultOf(t, "descent", "f=x^2")
	for _, f := range All {
		plain, err := f.Write(r, "ADDRESS")
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range hostile {
			got, err := f.Write(r, text)
			if err != nil {
				t.Fatal(err)
			}
			if f.Extension == "ipynb" {
				checkNotebook(t, got)
				got, plain = []byte(program1(t, got)), []byte(program1(t, plain))
			}
			was, is := strings.Split(string(plain), "\n"), strings.Split(string(got), "\n")
			if len(was) != len(is) {
				t.Errorf("%q adds %d lines to %s", text, len(is)-len(was), f.Title)
				continue
			}
			for i := range was {
				if was[i] != is[i] && (i != 1 || !strings.HasPrefix(is[i], "# From Descent: ") && !strings.HasPrefix(is[i], "// From Descent: ")) {
					t.Errorf("%q changes line %d of %s to %q", text, i+1, f.Title, is[i])
				}
			}
		}
	}
}

// program1 is the program in a notebook, or the text itself.
func program1(t *testing.T, text []byte) string {
	t.Helper()
	var n notebookFile
	if json.Unmarshal(text, &n) != nil {
		return string(text)
	}
	return strings.Join(n.Cells[1].Source, "")
}

// Formulas that hide something are refused before they get here, or lose it.
func TestNoFormulaBecomesCode(t *testing.T) {
	for _, text := range hostile {
		f, err := optim.Resolve("f", "x^2 + "+text)
		if err != nil {
			continue
		}
		for _, python := range []bool{true, false} {
			if got := formulasOf(f, python, true, true, true); strings.ContainsAny(got.Value, "\n\"'`#;\\{}") || strings.Contains(got.Value, "//") {
				t.Errorf("%q becomes %q", text, got.Value)
			}
		}
	}
}

func TestQuiet(t *testing.T) {
	for _, text := range hostile {
		got := quiet(text)
		if strings.ContainsFunc(got, unicode.IsControl) || strings.ContainsAny(got, "\"\\\u2028\u2029\u202e") || strings.Contains(got, "*/") {
			t.Errorf("%q becomes %q", text, got)
		}
	}
	if got := wrap("one two three\nfour", "  ", 9); got != "one two\n  three\n  four" {
		t.Errorf("wrapped: %q", got)
	}
}

func FuzzAddress(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	p := newProgram(resultOf(f, "descent", "f=x^2"))
	f.Fuzz(func(t *testing.T, text string) {
		p.Address = text
		got, err := p.golang()
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", got, 0)
		if err != nil || len(file.Decls) != 8 {
			t.Fatalf("%q: %v\n%s", text, err, got)
		}
	})
}

// Programs are as gofmt and a Python style guide have them, and name nothing that
// is not there.
func TestShape(t *testing.T) {
	t.Parallel()
	for _, k := range takes(t) {
		golang := k.write(t, "go")
		if formatted, err := format.Source([]byte(golang)); err != nil || string(formatted) != golang {
			t.Errorf("%s: gofmt would change the program (%v)", k.name, err)
		}
		if strings.Contains(golang, "\n\n\n") {
			t.Errorf("%s: empty lines in Go", k.name)
		}
		checkUsed(t, k.name, golang)
		python := k.write(t, "py")
		for i, line := range strings.Split(python, "\n") {
			if strings.TrimRight(line, " \t") != line || strings.Contains(line, "\t") {
				t.Errorf("%s: blanks in line %d of Python: %q", k.name, i+1, line)
			}
		}
		if strings.Contains(python, "\n\n\n\n") || !strings.HasSuffix(python, "\n") || strings.HasSuffix(python, "\n\n") {
			t.Errorf("%s: empty lines in Python", k.name)
		}
		for _, m := range regexp.MustCompile(`(?m)^def (\w+)\(`).FindAllStringSubmatch(python, -1) {
			if strings.Count(python, m[1]) < 2 {
				t.Errorf("%s: %s is not called in Python", k.name, m[1])
			}
		}
		if strings.Contains(golang+python, "<no value>") || strings.Contains(golang+python, "%!") {
			t.Errorf("%s: a template lacks a value", k.name)
		}
		checkNotebook(t, []byte(k.write(t, "ipynb")))
	}
}

// checkUsed looks for functions and types that the program does not use.
func checkUsed(t *testing.T, name, text string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, 0)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	count := map[string]int{}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			count[id.Name]++
		}
		return true
	})
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Name.Name != "main" && count[f.Name.Name] < 2 {
			t.Errorf("%s: %s is not called in Go", name, f.Name.Name)
		}
	}
}

type notebookFile struct {
	Format   int             `json:"nbformat"`
	Minor    int             `json:"nbformat_minor"`
	Metadata json.RawMessage `json:"metadata"`
	Cells    []struct {
		Type     string          `json:"cell_type"`
		ID       string          `json:"id"`
		Metadata map[string]any  `json:"metadata"`
		Source   []string        `json:"source"`
		Outputs  []any           `json:"outputs"`
		Count    json.RawMessage `json:"execution_count"`
	}
}

// checkNotebook checks what nbformat 4.5 asks for.
func checkNotebook(t *testing.T, text []byte) {
	t.Helper()
	var n notebookFile
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&n); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
	if n.Format != 4 || n.Minor != 5 || len(n.Cells) < 2 || n.Metadata == nil {
		t.Errorf("notebook: %.200s", text)
	}
	ids := map[string]bool{}
	for _, c := range n.Cells {
		if !regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`).MatchString(c.ID) || ids[c.ID] || c.Metadata == nil || len(c.Source) == 0 {
			t.Errorf("notebook: cell %q", c.ID)
		}
		ids[c.ID] = true
		if code := c.Type == "code"; code != (c.Outputs != nil) || code != (string(c.Count) == "null") {
			t.Errorf("notebook: cell %q of type %s has outputs %v, count %s", c.ID, c.Type, c.Outputs, c.Count)
		}
		for i, line := range c.Source {
			if strings.HasSuffix(line, "\n") != (i < len(c.Source)-1) {
				t.Errorf("notebook: line %d of %s is %q", i, c.ID, line)
			}
		}
	}
}

// Whoever adds a method writes its two programs.
func TestEveryMethodHasPrograms(t *testing.T) {
	for _, m := range optim.Methods {
		for _, language := range []string{"py", "go"} {
			if templates.Lookup(m.ID+"."+language+".tmpl") == nil {
				t.Errorf("methods/%s.%s.tmpl is missing", m.ID, language)
			}
		}
	}
}

type stranger struct{ cell.Result }

func TestUnknownResultHasNoPrograms(t *testing.T) {
	if forms := Forms(stranger{}); forms != nil {
		t.Errorf("%v", forms)
	}
	if forms := Forms(nil); forms != nil {
		t.Errorf("nil: %v", forms)
	}
}

// Runs of one method share a function when nothing but the rate differs.
func TestOneFunctionForEachMethod(t *testing.T) {
	c := resultOf(t, "compare", "methods=gd,adam&steps=5&rate=same&eta=0.1").(*cell.Compare)
	again := c.Racers[1]
	again.Eta = 0.25
	other := again
	hyper, err := other.Method.Params.Defaults(map[string]string{"beta1": "0.5"})
	if err != nil {
		t.Fatal(err)
	}
	other.Hyper = hyper
	d := *c
	d.Racers = append(d.Racers[:2:2], again, other)
	p := newProgram(&d)
	text, err := p.python()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"def adam(", "def adam2(", `"gd": gd(start, 0.1)`, `"2 adam with eta = 0.1": adam(start, 0.1)`, `"3 adam with eta = 0.25": adam(start, 0.25)`, `"4 adam with eta = 0.25": adam2(start, 0.25)`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is missing in\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "def adam3(") {
		t.Error("a function stands twice")
	}
}

// A program holds its data only as long as people can read it.
func TestLargeDataAreNotEmbedded(t *testing.T) {
	for _, kind := range []string{"logistic", "sgd"} {
		for _, test := range []struct {
			query string
			forms int
		}{
			{"data=digits-3-8&", len(All)}, {"data=generated&rows=20000&cols=2&", len(All)}, {"data=generated&rows=20000&cols=3&", 0},
		} {
			if forms := Forms(resultOf(t, kind, test.query+"epochs=0")); len(forms) != test.forms {
				t.Errorf("%s?%s has %d forms, want %d", kind, test.query, len(forms), test.forms)
			}
		}
	}
	r := resultOf(t, "logistic", "data=generated&rows=20000&cols=2&steps=0")
	for _, f := range Forms(r) {
		text, err := f.Write(r, "/lab/logistic")
		if err != nil || len(text) > 2_000_000 {
			t.Errorf("the largest .%s has %d bytes: %v", f.Extension, len(text), err)
		}
	}
}
