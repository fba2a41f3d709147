package handlers

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestRefusals(t *testing.T) {
	tests := []struct{ address, field, want string }{
		{"/lab/descent?eta=-1", "eta", "must be between"},
		{"/lab/descent?eta=NaN", "eta", "must be a number"},
		{"/lab/descent?eta=1e400", "eta", "must be between"},
		{"/lab/descent?steps=10001", "steps", "must be between 0 and 10000"},
		{"/lab/descent?f=((((", "f", "At character"},
		{"/lab/descent?f=" + url.QueryEscape(strings.Repeat("x+", 2500)+"x"), "f", "at most 256"},
		{"/lab/descent?f=sin+x%2B", "f", "At character"},
		{"/lab/descent?method=adm", "method", "did you mean “adam”?"},
		{"/lab/descent?f=%00", "f", "not valid text"},
		{"/lab/slope?f=log(x)&x=-1", "x", "not defined"},
		{"/lab/sgd?batch=101", "batch", "between 1 and 100"},
		{"/lab/descent?f=+++x%2B*y", "f", "At character 6:"},
		{"/lab/basins?f=rosenbrock&xmin=4", "xmin", "less than the right edge, 2"},
	}
	for _, tt := range tests {
		page := get(t, tt.address)
		if page.Code != http.StatusUnprocessableEntity || !strings.Contains(page.Body.String(), tt.want) || !strings.Contains(page.Body.String(), `aria-invalid="true"`) {
			t.Errorf("%s: the page answers %d without %q at its field", tt.address, page.Code, tt.want)
		}
		if !strings.Contains(page.Body.String(), "<svg class=\"chart") {
			t.Errorf("%s: the last good picture is gone", tt.address)
		}
		fragment := get(t, tt.address, "HX-Request", "true")
		if fragment.Code != http.StatusUnprocessableEntity || !strings.Contains(fragment.Body.String(), tt.field+"-error") || strings.Contains(fragment.Body.String(), "<svg") {
			t.Errorf("%s: the fragment answers %d: %.200s", tt.address, fragment.Code, fragment.Body)
		}
		asJSON := get(t, strings.Replace(tt.address, "?", ".json?", 1))
		var answer struct {
			Errors []struct {
				Field, Message string
				Position       *int
			}
		}
		if err := json.Unmarshal(asJSON.Body.Bytes(), &answer); err != nil || asJSON.Code != http.StatusUnprocessableEntity || len(answer.Errors) != 1 || answer.Errors[0].Field != tt.field {
			t.Errorf("%s: JSON answers %d %s", tt.address, asJSON.Code, asJSON.Body)
		}
	}
}

// Several mistakes are told at once, each at its field, the formula's among
// them; an address that cannot be read is not taken for one without values.
func TestSeveralRefusals(t *testing.T) {
	for address, fields := range map[string][]string{
		"/lab/descent.json?f=x%2B&eta=abc&steps=x": {"eta", "steps", "f"},
		"/lab/descent.json?f=50%&steps=1":          {"address"},
		"/lab/descent.json?f=x;y":                  {"address"},
		"/lab/descent.json?slides=3":               {"slides"},
	} {
		w := get(t, address)
		for _, field := range fields {
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), `"field":"`+field+`"`) {
				t.Errorf("%s answers %d %s without %s", address, w.Code, w.Body, field)
			}
		}
	}
	if w := get(t, "/lab/descent?f=50%"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "cannot be read") {
		t.Errorf("the page answers %d", w.Code)
	}
}

func TestHeadAndSlashes(t *testing.T) {
	for _, address := range []string{"/", "/healthz", "/lab/descent", "/lab/descent.json", "/lessons/sgd"} {
		w := httptest.NewRecorder()
		newSite(t).ServeHTTP(w, httptest.NewRequest(http.MethodHead, address, nil))
		if w.Code != http.StatusOK {
			t.Errorf("HEAD %s answers %d", address, w.Code)
		}
	}
	if w := get(t, "/lab/descent/?eta=0.1"); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/lab/descent?eta=0.1" {
		t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	if w := get(t, "/lab/descent."); w.Code != http.StatusNotFound {
		t.Errorf("a form without a name answers %d", w.Code)
	}
}

// A field keeps what was typed, even what a number field could not hold.
func TestRefusedFieldsKeepTheirText(t *testing.T) {
	body := get(t, `/lab/descent?eta=fast&x="><script>`).Body.String()
	for _, want := range []string{`type="text" inputmode="decimal" name="eta" value="fast"`, `value="&#34;&gt;&lt;script&gt;"`} {
		if !strings.Contains(body, want) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestUnknownParameters(t *testing.T) {
	page := get(t, "/lab/descent?etta=0.2&utm_source=mail")
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "Did you mean “eta”?") || !strings.Contains(page.Body.String(), "utm_source") {
		t.Errorf("the page answers %d without a note", page.Code)
	}
	for _, form := range forms {
		if w := get(t, "/lab/descent."+form+"?etta=0.2"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "eta") {
			t.Errorf(".%s answers %d %s", form, w.Code, w.Body)
		}
	}
}
