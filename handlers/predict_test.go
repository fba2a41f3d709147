package handlers

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"descent/lessons"
	"descent/lessons/cell"
)

const firstStep = "/lessons/steepest-descent/cells/first-step"

// askingCells are the cells of the built-in lessons that ask before they show,
// by address.
func askingCells(t testing.TB) map[string]*lessons.Cell {
	t.Helper()
	cells := map[string]*lessons.Cell{}
	for _, l := range builtInLessons(t) {
		for _, c := range l.Cells() {
			if c.Predict != nil {
				cells["/lessons/"+l.Slug+"/cells/"+c.ID] = c
			}
		}
	}
	return cells
}

// section is the HTML of one cell on a page.
func section(t testing.TB, page, id string) string {
	t.Helper()
	from := strings.Index(page, `id="cell-`+id+`"`)
	if from < 0 {
		t.Fatalf("no cell %s", id)
	}
	to := strings.Index(page[from:], "</section>")
	return page[from : from+to]
}

// answers are what would give an answer away, by cell: numbers, and what is
// drawn or said once it is shown.
var answers = map[string][]string{
	"/lessons/derivative/cells/push":             {"the tangent is", "f′(", `s gradient`, ">tangent", ">secant", "off by"},
	"/lessons/derivative/cells/sign":             {"f′(0.5)", `s gradient`, ">tangent", "1.25", "leads down", "after the step"},
	"/lessons/steepest-descent/cells/first-step": {"3.8", "12.22", `s theta"`, `"s loss`, "worked out", "−∇J", "Still on"},
	"/lessons/steepest-descent/cells/edge":       {"6978", "Diverges", "leaves the window", `s theta"`, `"s loss`, "tone-bad", "2.05", "Try η", "too large"},
	"/lessons/steepest-descent/cells/quartic":    {"6521", "−2.57", "Diverges", `s theta"`, `"s loss`, "tone-bad", "outside"},
}

// While a cell asks, nothing on its page or in its fragment gives the answer away;
// once shown, all of it is there.
func TestAskingHoldsNoAnswer(t *testing.T) {
	cells := askingCells(t)
	if len(cells) < 5 {
		t.Errorf("only %d cells ask", len(cells))
	}
	for address, c := range cells {
		if answers[address] == nil {
			t.Errorf("%s: say what would give its answer away", address)
		}
		asking := section(t, get(t, address+"?predict=ask").Body.String(), c.ID)
		inLesson := section(t, get(t, strings.Split(address, "/cells/")[0]).Body.String(), c.ID)
		onSlide := section(t, get(t, address+"?slides=").Body.String(), c.ID)
		caption := c.CaptionHTML
		for where, html := range map[string]string{
			"page": asking, "lesson": inLesson, "slide": onSlide,
			"fragment": get(t, address+"?predict=ask", "HX-Request", "true", "Descent-Tables", "path slope").Body.String(),
		} {
			html = strings.Replace(html, caption, "", 1)
			for _, answer := range answers[address] {
				if strings.Contains(html, answer) {
					t.Errorf("%s: the %s says %q before it is asked for", address, where, answer)
				}
			}
			if strings.Count(html, `class="chart overlay"`) != 1 || !strings.Contains(html, "overlay") {
				t.Errorf("%s: the %s has %d pictures, want the one that asks", address, where, strings.Count(html, `class="chart overlay"`))
			}
			if !strings.Contains(html, c.Predict.Question[:10]) {
				t.Errorf("%s: the %s does not ask", address, where)
			}
		}
		shown := section(t, get(t, address+"?predict=show").Body.String(), c.ID)
		missing := 0
		for _, answer := range answers[address] {
			if !strings.Contains(shown, answer) {
				missing++
			}
		}
		if missing > len(answers[address])/2 {
			t.Errorf("%s: once shown, %d of %q are missing", address, missing, answers[address])
		}
	}
}

var tag = regexp.MustCompile(`<[^>]*>`)

func TestPredictionCompares(t *testing.T) {
	tests := []struct{ address, want string }{
		{firstStep + "?predict=show&guess_x=3.8&guess_y=1", "On the spot."},
		{firstStep + "?predict=show&guess_x=3&guess_y=1.5", "You pointed at the minimum."},
		{"/lessons/steepest-descent/cells/edge?eta=0.21&predict=show&guess=oscillates", "You said: it oscillates. It diverges. η·λmax = 2.1 &gt; 2"},
		{"/lessons/derivative/cells/push?predict=show&guess_y=0", "Your line has slope 1; the derivative is f′(1) = 1."},
		{"/lessons/derivative/cells/sign?predict=show&guess_y=0", "The other way."},
	}
	for _, tt := range tests {
		body := get(t, tt.address).Body.String()
		if said := strings.Join(strings.Fields(tag.ReplaceAllString(body, "")), " "); !strings.Contains(said, tt.want) {
			t.Errorf("%s does not say %q", tt.address, tt.want)
		}
		if !strings.Contains(tt.address, "edge") && !strings.Contains(body, "your guess<") {
			t.Errorf("%s does not draw the guess", tt.address)
		}
	}
	// Shown without a guess it is the ordinary instrument.
	body := section(t, get(t, firstStep+"?predict=show").Body.String(), "first-step")
	if strings.Contains(body, "your guess") || strings.Contains(body, "Your guess") || !strings.Contains(body, "Still on the way") {
		t.Error("shown without a guess, the cell compares or lacks its words")
	}
}

// The address names the state and the guess; a form whose button asks for the
// other state gets the whole cell, and its focus where it belongs.
func TestPredictionAddresses(t *testing.T) {
	const own = "eta=0.05&x=4&y=2&steps=1"
	tests := []struct {
		query, want string
		whole       bool
	}{
		{"", own + "&predict=ask", false},
		{"predict=ask&guess_x=3.50", own + "&predict=ask&guess_x=3.5", false},
		{"guess_y=1&guess_x=3&predict=show", own + "&predict=show&guess_x=3&guess_y=1", false},
		{"predict=ask&guess_x=3&guess_y=1&predict=show", own + "&predict=show&guess_x=3&guess_y=1", true},
		{"predict=ask&guess_x=&guess_y=&predict=show", own + "&predict=show", true},
		{"predict=show&eta=0.1&predict=ask", "eta=0.1&x=4&y=2&steps=1&predict=ask", true},
		{"predict=show&slides=x", own + "&predict=show&slides=update-rule", false},
	}
	for _, tt := range tests {
		w := get(t, firstStep+"?"+tt.query, "HX-Request", "true")
		if got := w.Header().Get("HX-Replace-Url"); w.Code != http.StatusOK || got != firstStep+"?"+tt.want {
			t.Errorf("%q: %d, becomes %q, want %q", tt.query, w.Code, got, firstStep+"?"+tt.want)
		}
		if whole := strings.Contains(w.Body.String(), `hx-target="#cell-first-step" hx-swap="outerHTML"`); whole != tt.whole {
			t.Errorf("%q: the whole cell is sent: %v", tt.query, whole)
		}
		if focus := strings.Count(w.Body.String(), " autofocus"); focus != map[bool]int{true: 1}[tt.whole] {
			t.Errorf("%q: %d elements want the focus", tt.query, focus)
		}
	}
}

func TestPredictionRefusals(t *testing.T) {
	tests := []struct{ address, field, want string }{
		{firstStep + "?predict=show&guess_x=far&guess_y=1", "guess_x", "must be a number"},
		{firstStep + "?predict=show&guess_x=1e7&guess_y=1", "guess_x", "between -1000000 and 1000000"},
		{firstStep + "?predict=show&guess_x=1", "guess_y", "type this coordinate too"},
		{firstStep + "?predict=ask&guess_x=NaN", "guess_x", "must be a number"},
		{firstStep + "?predict=maybe", "predict", "must be one of ask, show"},
		{"/lessons/steepest-descent/cells/edge?predict=show&guess=diverge", "guess", "did you mean “diverges”?"},
		{"/lessons/derivative/cells/push?predict=show&guess_y=1e13", "guess_y", "must be between"},
	}
	for _, tt := range tests {
		page := get(t, tt.address)
		if page.Code != http.StatusUnprocessableEntity || !strings.Contains(page.Body.String(), tt.want) {
			t.Errorf("%s: the page answers %d without %q", tt.address, page.Code, tt.want)
		}
		if !strings.Contains(page.Body.String(), `value="show">Show`) {
			t.Errorf("%s: the page does not ask again", tt.address)
		}
		fragment := get(t, tt.address, "HX-Request", "true")
		if fragment.Code != http.StatusUnprocessableEntity || !strings.Contains(fragment.Body.String(), "-"+tt.field+"-error") || strings.Contains(fragment.Body.String(), "<svg") {
			t.Errorf("%s: the fragment answers %d: %.300s", tt.address, fragment.Code, fragment.Body)
		}
	}
	// A mistake elsewhere does not hide an answer that was shown.
	page := get(t, firstStep+"?predict=show&eta=-1")
	if page.Code != http.StatusUnprocessableEntity || !strings.Contains(section(t, page.Body.String(), "first-step"), "Try another") {
		t.Errorf("a wrong η answers %d and hides the answer", page.Code)
	}
}

// The names belong to cells that ask; elsewhere they are noted as unknown. Data
// are those of the run, whatever is asked.
func TestPredictionNames(t *testing.T) {
	const note = "which is no parameter here"
	if strings.Contains(get(t, firstStep+"?predict=show&guess_x=1&guess_y=2").Body.String(), note) {
		t.Error("a cell that asks does not know its own names")
	}
	for _, address := range []string{"/lessons/steepest-descent/cells/valley?predict=show", "/lab/descent?guess_x=1", firstStep + "?guess=slow"} {
		if !strings.Contains(get(t, address).Body.String(), note) {
			t.Errorf("%s is not noted", address)
		}
	}
	plain := get(t, firstStep+".json").Body.String()
	if got := get(t, firstStep+".json?predict=ask&guess_x=1"); got.Code != http.StatusOK || got.Body.String() != plain || !json.Valid(got.Body.Bytes()) {
		t.Errorf("the data of a cell that asks: %d", got.Code)
	}
	if got := get(t, firstStep+".svg?predict=ask"); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "−∇") {
		t.Errorf("its picture: %d", got.Code)
	}
	if got := get(t, "/lessons/steepest-descent/cells/valley.json?predict=ask"); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("a cell that asks nothing takes the name: %d", got.Code)
	}
}

// What can be moved in the picture that asks is the guess and nothing else.
func TestGuessIsAHandle(t *testing.T) {
	handles := regexp.MustCompile(`"to":\["(\w*)","(\w*)"\]`)
	for address, want := range map[string]string{
		firstStep:                                 "guess_x guess_y",
		"/lessons/derivative/cells/push":          " guess_y",
		"/lessons/steepest-descent/cells/edge":    "",
		"/lessons/steepest-descent/cells/quartic": "",
	} {
		body := get(t, address, "HX-Request", "true").Body.String()
		var got []string
		for _, m := range handles.FindAllStringSubmatch(strings.ReplaceAll(body, "&#34;", `"`), -1) {
			got = append(got, m[1]+" "+m[2])
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: handles %q, want %q", address, got, want)
		}
	}
}

// A function of more variables brings a field more.
func TestGuessFieldsFollowTheFunction(t *testing.T) {
	for query, want := range map[string]bool{
		"guess_x=1&guess_y=2": false, "guess_x=1&guess_y=": false, "guess_x=1&guess_y=2&f=x^2": true, "guess_x=1&f=x^2": false, "guess_x=1": true,
	} {
		body := get(t, firstStep+"?predict=ask&"+query, "HX-Request", "true").Body.String()
		if got := strings.Contains(body, `#cell-first-step-predict-fields"`); got != want {
			t.Errorf("%s: the fields are sent: %v", query, got)
		}
	}
}

// A lesson of its own: one variable, no step to predict, a domain that is left.
func TestPredictionAtTheEdges(t *testing.T) {
	h := siteOf(t, "kind: descent\nid: a\ntitle: A\nset: {f: \"log(x)\", x: 2, eta: 0.1, steps: 3}\nshow: [x, eta, steps]\npredict: {ask: next-point, question: Where now?}")
	for query, want := range map[string]string{
		"":                                    "Step 3 is made by gradient descent from θ = ",
		"?steps=0":                            "This run makes no step.",
		"?steps=0&predict=show&guess_x=1":     "At the start.",
		"?x=-1":                               "J is not defined at this start",
		"?x=-1&predict=show&guess_x=1":        "J is not defined at the start.",
		"?f=x^2%2By^2&predict=show&guess_x=1": "type this coordinate too",
		"?f=x^2&guess_x=-1000000":             "Your guess: −1·10⁶.",
		"?eta=1000&predict=show&guess_x=1":    "Leaves the domain.",
		"?f=1&predict=show&guess_x=1":         "This step does not move.",
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/lessons/x/cells/a"+query, nil))
		if body := w.Body.String(); w.Code >= 500 || !strings.Contains(body, want) || strings.Contains(body, "NaN") {
			t.Errorf("%s: %d without %q, or with NaN", query, w.Code, want)
		}
	}
}

// siteOf is a site with one lesson of one cell.
func siteOf(t testing.TB, block string) http.Handler {
	t.Helper()
	const head = "---\ntitle: T\nquestion: Q\nsummary: S\n---\n## One {#one}\n\n```cell\n"
	list, err := lessons.Load(fstest.MapFS{"01-x.md": {Data: []byte(head + block + "\n```\n")}}, cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	h, err := New(Config{Lessons: list, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return h
}
