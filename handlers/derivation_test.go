package handlers

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"descent/optim/derive"
)

type fieldErrors struct {
	Errors []struct {
		Field, Message string
		Position       *int
	}
}

func TestEqualAnswers(t *testing.T) {
	for _, tt := range []struct{ a, b, vars, want string }{
		{"sigma(z)*(1-sigma(z))", "exp(-z)/(1+exp(-z))^2", "", "equal"},
		{"log(x^2)", "2*log(x)", "", "equal where defined"},
		{"log(x^2)", "2*log(x)", "x:pos", "equal"},
		{"(y-p)^2", "y-2*y*p+p^2", "p:unit", "different"},
		{"(y-p)^2", "y-2*y*p+p^2", "p:unit,y:binary", "equal"},
		{"x + 1e-20*sin(x)", "x", "", "undecided"},
		{"D(theta_j, NLL)", "-Σ_i (y_i - h_i) x_ij", "", "equal"},
	} {
		w := get(t, "/lab/derivation/equal.json?"+url.Values{"a": {tt.a}, "b": {tt.b}, "vars": {tt.vars}}.Encode())
		var answer struct {
			Verdict, Note  string
			Counterexample *struct {
				Point map[string]float64
				A, B  any
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusOK {
			t.Fatalf("%s: %d %v", w.Body, w.Code, err)
		}
		if answer.Verdict != tt.want || (answer.Counterexample != nil) != (tt.want == "different" || tt.want == "equal where defined") {
			t.Errorf("%s against %s with %q: %s", tt.a, tt.b, tt.vars, w.Body)
		}
	}
}

func TestEqualRefusals(t *testing.T) {
	for _, tt := range []struct {
		query    url.Values
		field    string
		position int
	}{
		{url.Values{"a": {"x+*2"}, "b": {"x"}}, "a", 2},
		{url.Values{"a": {"x"}, "b": {"(x"}}, "b", 2},
		{url.Values{"a": {"x"}}, "b", 0},
		{url.Values{"a": {"x"}, "b": {"x"}, "vars": {"y:real,x:pis"}}, "vars", 7},
		{url.Values{"a": {"x"}, "b": {"x"}, "var": {"x:pos"}}, "var", -1},
		{url.Values{"a": {strings.Repeat("x+", derive.MaxLine)}, "b": {"x"}}, "a", derive.MaxLine},
		{url.Values{"a": {"y_i h_i"}, "b": {"Σ_i y_i h_i"}}, "a", 0},
	} {
		w := get(t, "/lab/derivation/equal.json?"+tt.query.Encode())
		checkRefusal(t, w, tt.field, tt.position)
	}
}

func checkRefusal(t *testing.T, w *httptest.ResponseRecorder, field string, position int) {
	t.Helper()
	var answer fieldErrors
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusUnprocessableEntity || len(answer.Errors) != 1 {
		t.Errorf("%s: %d %v: %s", field, w.Code, err, w.Body)
		return
	}
	e := answer.Errors[0]
	if e.Field != field || e.Message == "" || (e.Position == nil) != (position < 0) || e.Position != nil && *e.Position != position {
		t.Errorf("want %s at %d: %s", field, position, w.Body)
	}
}

// post sends a form; header are pairs of names and values.
func postForm(t testing.TB, address, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	newSite(t).ServeHTTP(w, r)
	return w
}

func TestDerivationIsChecked(t *testing.T) {
	w := postForm(t, "/lab/derivation.json", url.Values{"task": {"logistic-gradient"}, "lines": {
		"D(theta_j, NLL)\r\n\r\n= -Σ_i (y_i - h_i)\r\n= -Σ_i foo\r\n= -Σ_i y_i + Σ_i h_i"}}.Encode())
	var report struct {
		Lines []struct {
			N                     int
			Text, Verdict, Note   string
			Understood, Diagnosis *string
			Counterexample        *struct{ Point map[string]float64 }
			Position              *int
			Mark                  *[2]int
		}
		FirstBreak *int `json:"first_break"`
		Complete   bool
		Missing    []string
	}
	if err := json.Unmarshal(w.Body.Bytes(), &report); err != nil || w.Code != http.StatusOK {
		t.Fatalf("%d %v: %s", w.Code, err, w.Body)
	}
	if len(report.Lines) != 4 || report.FirstBreak == nil || *report.FirstBreak != 3 || report.Complete || len(report.Missing) == 0 {
		t.Fatalf("%s", w.Body)
	}
	for i, want := range []string{"start", "breaks", "not understood", "follows"} {
		if report.Lines[i].Verdict != want {
			t.Errorf("line %d: %s, want %s", report.Lines[i].N, report.Lines[i].Verdict, want)
		}
	}
	second, third := report.Lines[1], report.Lines[2]
	if second.Diagnosis == nil || *second.Diagnosis != "chain-x" || second.Counterexample == nil || len(second.Counterexample.Point) < 10 {
		t.Errorf("%s", w.Body)
	}
	if third.Understood != nil || third.Position == nil || *third.Position != 7 {
		t.Errorf("%s", w.Body)
	}
	for _, part := range []string{`"first_break":3`, `"diagnosis":null`, `"counterexample":null`} {
		if !strings.Contains(w.Body.String(), part) {
			t.Errorf("no %s in %s", part, w.Body)
		}
	}
	right := postForm(t, "/lab/derivation.json", url.Values{"task": {"logistic-gradient"}, "lines": {"D(theta_j, NLL) = -Σ_i (y_i - h_i) x_ij"}}.Encode())
	for _, part := range []string{`"first_break":null`, `"complete":true`} {
		if !strings.Contains(right.Body.String(), part) {
			t.Errorf("no %s in %s", part, right.Body)
		}
	}
}

func TestDerivationRefusals(t *testing.T) {
	form := func(pairs ...string) string {
		v := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v.Encode()
	}
	for _, tt := range []struct {
		body, field string
		position    int
	}{
		{form("lines", "x"), "task", -1},
		{form("task", "logistic-gradiant", "lines", "x"), "task", -1},
		{form("task", "logistic-gradient", "line", "x"), "line", -1},
		{form("task", "logistic-gradient", "lines", strings.Repeat("m\n", derive.MaxText)), "lines", derive.MaxText},
		{form("task", "logistic-gradient", "lines", "m\n"+strings.Repeat("m", derive.MaxLine+1)), "lines", derive.MaxLine + 2},
		{strings.Repeat("a", maxDerivation+1), "lines", -1},
		{"lines=%zz", "lines", -1},
	} {
		checkRefusal(t, postForm(t, "/lab/derivation.json", tt.body), tt.field, tt.position)
	}
	if w := postForm(t, "/lab/derivation.json", form("task", "logistic-gradient", "lines", "x"), "Sec-Fetch-Site", "cross-site"); w.Code != http.StatusForbidden {
		t.Errorf("a post from another site is answered %d", w.Code)
	}
}

// The address has another answer to another method.
func TestDerivationStillShowsItsNumbers(t *testing.T) {
	for _, address := range []string{"/lab/derivation.json", "/lab/derivation.csv", "/lab/derivation"} {
		if w := get(t, address); w.Code != http.StatusOK {
			t.Errorf("%s answers %d", address, w.Code)
		}
	}
	if w := get(t, "/lab/derivation.json"); !strings.Contains(w.Body.String(), "gradient") {
		t.Errorf("%s", w.Body)
	}
}
