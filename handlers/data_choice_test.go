package handlers

import (
	"net/http"
	"strings"
	"testing"
)

// Data of another session are told apart from a mistyped name, and the form keeps
// what the address says.
func TestDataOfAnotherSession(t *testing.T) {
	const id = "own-0123456789abcdefghij_-"
	for _, kind := range []string{"logistic", "sgd"} {
		page := get(t, "/lab/"+kind+"?data="+id)
		body := page.Body.String()
		if page.Code != http.StatusUnprocessableEntity || !strings.Contains(body, "belonged to another browser session") ||
			!strings.Contains(body, `<option value="`+id+`" selected>your own data</option>`) {
			t.Errorf("%s answers %d", kind, page.Code)
		}
		if got := get(t, "/lab/"+kind+".json?data="+id); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), `"field":"data"`) {
			t.Errorf("%s.json answers %d %s", kind, got.Code, got.Body)
		}
		if got := get(t, "/lab/"+kind+".json?data=irs"); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body.String(), "or your own data; did you mean “iris”?") {
			t.Errorf("%s.json of irs answers %d %s", kind, got.Code, got.Body)
		}
	}
}

// Columns keep their numbers where only some are used.
func TestFeaturesAreNumbered(t *testing.T) {
	for query, want := range map[string]string{
		"data=iris": "1 sepal length (cm), 2 sepal width (cm), 3 petal length (cm), 4 petal width (cm)", "features=4,%203": "4 petal width (cm), 3 petal length (cm)",
	} {
		if body := get(t, "/lab/logistic?"+query).Body.String(); !strings.Contains(body, "<dd>"+want+"</dd>") {
			t.Errorf("%s: no %q", query, want)
		}
	}
}

// Every set has a page, with its origin, and the same run as JSON.
func TestEverySetHasAPage(t *testing.T) {
	for query, want := range map[string]string{
		"data=iris": "R. A. Fisher", "data=breast-cancer": "O. L. Mangasarian", "data=digits-3-8": "Kybernetika", "data=wine&class=0": "PARVUS",
		"data=generated&shape=moons": "two moons, noise with standard deviation 0.1, seed 1",
		// Links from before there were other shapes.
		"data=generated&axis1=3&axis2=4&rows=200&distance=2&seed=1": "two Gaussian clouds, their centres 2 standard deviations apart, seed 1",
	} {
		for _, kind := range []string{"logistic", "sgd"} {
			page := get(t, "/lab/"+kind+"?"+query)
			if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "About these data") || !strings.Contains(page.Body.String(), want) {
				t.Errorf("%s?%s answers %d without %q", kind, query, page.Code, want)
			}
			if got := get(t, "/lab/"+kind+".json?"+query); got.Code != http.StatusOK {
				t.Errorf("%s.json?%s answers %d %s", kind, query, got.Code, got.Body)
			}
		}
	}
}
