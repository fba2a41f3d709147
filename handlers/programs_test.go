package handlers

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"descent/lessons/cell"
	"descent/views/export"
)

// Every kind that has programs is linked to them and answers them as files, the
// same bytes each time; the others say what they have.
func TestPrograms(t *testing.T) {
	for _, k := range cell.Kinds {
		page := get(t, "/lab/"+k.ID).Body.String()
		for _, f := range export.All {
			address := "/lab/" + k.ID + "." + f.Extension
			linked := strings.Contains(page, `href="`+address+`?`)
			w := get(t, address)
			if !linked {
				if w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), `href="`+address+`"`) {
					t.Errorf("%s is not linked, but answers %d", address, w.Code)
				}
				continue
			}
			name, h := k.ID, w.Header()
			switch k.ID { // the chosen run's
			case "sweep":
				name = "descent"
			case "noise":
				name = "sgd"
			}
			if w.Code != http.StatusOK || h.Get("Content-Type") != f.ContentType ||
				!strings.HasPrefix(h.Get("Content-Disposition"), `attachment; filename="`+name) || !strings.HasSuffix(h.Get("Content-Disposition"), "."+f.Extension+`"`) {
				t.Errorf("%s answers %d %v", address, w.Code, h)
			}
			if !strings.Contains(w.Body.String(), "From Descent: ") || !strings.Contains(w.Body.String(), "/lab/"+k.ID+"?") {
				t.Errorf("%s does not say where it comes from", address)
			}
			if again := get(t, address); !bytes.Equal(w.Body.Bytes(), again.Body.Bytes()) {
				t.Errorf("%s differs from one time to the next", address)
			}
		}
	}
	if w := get(t, "/lab/descent.ipynb?f=x^2&method=adam"); !json.Valid(w.Body.Bytes()) || !strings.Contains(w.Header().Get("Content-Disposition"), `"descent-adam.ipynb"`) {
		t.Errorf("no notebook: %v %.200s", w.Header(), w.Body)
	}
	// Where the data are too long for a program, what there is instead is listed.
	const large = "/lab/sgd.py?data=generated&rows=20000&cols=3&epochs=1"
	if w := get(t, large); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), `href="/lab/sgd.json"`) || strings.Contains(w.Body.String(), `href="/lab/sgd.py"`) {
		t.Errorf("%s answers %d", large, w.Code)
	}
	lesson := get(t, "/lessons/steepest-descent/cells/valley.py?eta=0.1")
	if lesson.Code != http.StatusOK || !strings.Contains(lesson.Body.String(), "# From Descent: /lessons/steepest-descent/cells/valley?eta=0.1&x=4&y=2&steps=60\n") {
		t.Errorf("a lesson's cell answers %d %.300s", lesson.Code, lesson.Body)
	}
}

func TestProgramsAreRefused(t *testing.T) {
	for address, field := range map[string]string{
		"/lab/descent.py?etta=0.2":                          "etta",
		"/lab/descent.go?eta=-1":                            "eta",
		"/lab/descent.ipynb?f=x%2B":                         "f",
		"/lab/descent.py?f=x&figure=loss":                   "figure",
		"/lab/slope.go?f=log(x)&x=-1":                       "x",
		"/lab/sgd.py?batch=101":                             "batch",
		"/lab/descent.py?f=x%0Aimport+os":                   "f",
		"/lab/likelihood.py?model=gaussian&values=1,import": "values",
	} {
		w := get(t, address)
		var answer struct{ Errors []struct{ Field string } }
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusUnprocessableEntity || len(answer.Errors) != 1 || answer.Errors[0].Field != field {
			t.Errorf("%s answers %d %s", address, w.Code, w.Body)
		}
	}
}

func TestProgramsAnswerHEAD(t *testing.T) {
	for _, f := range export.All {
		w := httptest.NewRecorder()
		newSite(t).ServeHTTP(w, httptest.NewRequest(http.MethodHead, "/lab/descent."+f.Extension, nil))
		if w.Code != http.StatusOK || w.Header().Get("Content-Type") != f.ContentType || w.Header().Get("Content-Disposition") == "" {
			t.Errorf("%s: HEAD answers %d %v", f.Extension, w.Code, w.Header())
		}
	}
}
