package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"descent/optim/derive"
)

func TestDerivationEcho(t *testing.T) {
	for _, tt := range []struct {
		name   string
		form   url.Values
		status int
		want   string
	}{
		{"a line", url.Values{"task": {"logistic-gradient"}, "lines": {"D(theta_j, NLL)\n= foo"}}, 200, `alttext="D(theta_j, NLL)"`},
		{"what is not understood", url.Values{"task": {"logistic-gradient"}, "lines": {"= -Σ_i (y_i - foo) x_ij"}}, 200, "<mark>foo</mark>"},
		{"another field, among others", url.Values{"task": {"logistic-gradient"}, "field": {"correction"}, "correction": {"= y_i"}, "action": {"check"}}, 200, "belongs to no sum"},
		{"hostile", url.Values{"task": {"logistic-gradient"}, "lines": {"<script>alert(1)</script>"}}, 200, "&lt;"},
		{"nothing", url.Values{"task": {"logistic-gradient"}}, 200, "echo-empty"},
		{"unknown task", url.Values{"task": {"logistic"}}, 422, "logistic-gradient"},
		{"too long", url.Values{"task": {"logistic-gradient"}, "lines": {strings.Repeat("m\n", derive.MaxText)}}, 422, "allowed"},
		{"far too long", url.Values{"task": {"logistic-gradient"}, "lines": {strings.Repeat("m", maxDerivation)}}, 422, "allowed"},
	} {
		w := postForm(t, "/lab/derivation/echo", tt.form.Encode(), "HX-Request", "true")
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) || strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%s: %d %.400s", tt.name, w.Code, w.Body)
		}
	}
}

func TestDerivationPage(t *testing.T) {
	for _, task := range derive.Tasks {
		w := get(t, "/lab/derivation/check?task="+task.ID)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `name="task" value="`+task.ID+`"`) {
			t.Errorf("%s: %d", task.ID, w.Code)
		}
	}
	if w := get(t, "/lab/derivation/check?task=logistic"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "must be one of") {
		t.Errorf("unknown task: %d", w.Code)
	}
	if w := get(t, "/lab/derivation/check?utm=1"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "utm") {
		t.Errorf("unknown parameter: %d", w.Code)
	}
	for _, tt := range []struct {
		name, lines string
		status      int
		want        []string
	}{
		{"right", "D(theta_j, NLL)\n= Σ_i (h_i - y_i) x_ij", 200, []string{"Complete:", "is-follows"}},
		{"wrong", "D(theta_j, NLL)\n= -Σ_i (y_i - h_i)\n</textarea><script>", 200, []string{"Line 2 is the first", "x_ij is missing", "first-break", "&lt;script&gt;"}},
		{"too long", strings.Repeat("m", derive.MaxLine+1), 422, []string{"allowed", `aria-invalid="true"`}},
		{"empty", "", 200, []string{"no line yet"}},
	} {
		for _, htmx := range []bool{false, true} {
			w := postForm(t, "/lab/derivation/check", url.Values{"task": {"logistic-gradient"}, "lines": {tt.lines}}.Encode(), "HX-Request", strconv.FormatBool(htmx))
			for _, want := range tt.want {
				if htmx && strings.HasPrefix(want, "aria-") {
					continue
				}
				if w.Code != tt.status || !strings.Contains(w.Body.String(), want) {
					t.Errorf("%s, htmx %v: %d, no %s", tt.name, htmx, w.Code, want)
				}
			}
			if strings.Contains(w.Body.String(), "<!doctype") == htmx {
				t.Errorf("%s, htmx %v: a page or not", tt.name, htmx)
			}
		}
	}
}

// Typing is echoed by the server within a frame of the screen.
func BenchmarkDerivationEcho(b *testing.B) {
	site := newSite(b)
	body := url.Values{"task": {"logistic-gradient"}, "lines": {"D(theta_j, NLL)\n" + strings.Repeat("= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) D(theta_j, z_i)\n", 11)}}.Encode()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, "/lab/derivation/echo", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("HX-Request", "true")
		w := httptest.NewRecorder()
		site.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
