package handlers

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/optim"
	"descent/optim/param"
)

// embedded are the built-in lessons, which are read only.
var embedded = sync.OnceValues(func() ([]*lessons.Lesson, error) { return lessons.Load(lessons.Embedded(), cell.Check) })

func builtInLessons(t testing.TB) []*lessons.Lesson {
	t.Helper()
	list, err := embedded()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// site is the whole site with the built-in lessons.
var site = sync.OnceValues(func() (http.Handler, error) {
	list, err := embedded()
	if err != nil {
		return nil, err
	}
	return New(Config{Lessons: list, Log: slog.New(slog.DiscardHandler)})
})

func newSite(t testing.TB) http.Handler {
	t.Helper()
	h, err := site()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// get asks the site for an address; header are pairs of names and values.
func get(t testing.TB, address string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	newSite(t).ServeHTTP(w, r)
	return w
}

var slugs = []string{"optimization", "derivative", "steepest-descent", "local-minima", "logistic-regression", "logistic-derivation", "sgd"}

// Every page of the site answers, and every link on it leads somewhere.
func TestAllPagesAndTheirLinks(t *testing.T) {
	seen := map[string]bool{}
	queue := []string{"/", "/lab"}
	for _, slug := range slugs {
		queue = append(queue, "/lessons/"+slug, "/lessons/"+slug+"?slides", "/lessons/"+slug+"?notes")
	}
	for _, k := range cell.Kinds {
		queue = append(queue, "/lab/"+k.ID+".share", "/embed/lab/"+k.ID)
	}
	first := len(queue)
	// Left out: every step of every run, every example of every set, every order of every table, what the queue has
	// already, and files, of which TestForms and TestPrograms have one of each kind.
	aside := regexp.MustCompile(`[?;&](k|point|sort)=|^/embed/|\.(share|svg|png|csv|json|py|go|ipynb)\?`)
	links := regexp.MustCompile(`(?:href|src)="(/[^"#]*)`)
	for i := 0; i < len(queue); i++ {
		address := queue[i]
		if seen[address] {
			continue
		}
		seen[address] = true
		w := get(t, address)
		if w.Code != http.StatusOK {
			t.Errorf("%s answers %d", address, w.Code)
			continue
		}
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		body := w.Body.String()
		for _, wrong := range []string{"NaN", "+Inf", "-Inf", "%!", "<nil>"} {
			if strings.Contains(body, wrong) {
				t.Errorf("%s shows %q", address, wrong)
			}
		}
		if strings.Contains(body, ` style="`) {
			t.Errorf("%s has a style attribute, which the policy blocks", address)
		}
		if i >= first { // settings lead to ever more settings
			continue
		}
		for _, m := range links.FindAllStringSubmatch(body, -1) {
			if !aside.MatchString(m[1]) {
				queue = append(queue, strings.ReplaceAll(m[1], "&amp;", "&"))
			}
		}
	}
	if len(seen) < 150 {
		t.Errorf("only %d addresses were found", len(seen))
	}
}

func TestSlugsInOrder(t *testing.T) {
	body := get(t, "/").Body.String()
	at := 0
	for _, slug := range slugs {
		next := strings.Index(body[at:], `href="/lessons/`+slug+`"`)
		if next < 0 {
			t.Fatalf("%s is missing, or out of order", slug)
		}
		at += next
	}
}

func TestFragment(t *testing.T) {
	const address = "/lessons/steepest-descent/cells/valley?eta=0.1&x=4&y=2&steps=60"
	w := get(t, address, "HX-Request", "true")
	body := w.Body.String()
	if w.Code != http.StatusOK || !strings.HasPrefix(strings.TrimSpace(body), "<hx-partial") || strings.Contains(body, "<html") {
		t.Fatalf("status %d, body begins %.80q", w.Code, body)
	}
	if got := w.Header().Get("HX-Replace-Url"); got != address {
		t.Errorf("address bar gets %q, want %q", got, address)
	}
	key := regexp.MustCompile(`data-backdrop="(path:[\w-]+)"`).FindStringSubmatch(body)
	if key == nil {
		t.Fatal("no backdrop in a first answer")
	}
	again := get(t, address, "HX-Request", "true", "Descent-Backdrops", "loss:x "+key[1])
	if strings.Contains(again.Body.String(), "data-backdrop") {
		t.Error("the backdrop is sent again although the page shows it")
	}
	if again.Body.Len() >= len(body)/2 {
		t.Errorf("without backdrop %d bytes, with it %d", again.Body.Len(), len(body))
	}
	other := get(t, "/lessons/steepest-descent/cells/valley?f=x^2%2By^2", "HX-Request", "true", "Descent-Backdrops", key[1])
	if !strings.Contains(other.Body.String(), "data-backdrop") {
		t.Error("another function must bring its backdrop")
	}
}

// A map that takes long is sketched for a tweak, sent fine to who asks for that,
// and not made again for another start; whoever has no script gets it fine.
func TestMapsInTwoGrades(t *testing.T) {
	const address = "/lab/basins?f=himmelblau&steps=300&tol=0&method=adam&eta=0.05"
	backdrop := regexp.MustCompile(`data-backdrop="(basins:[\w-]+)"( data-sketch)?`)
	sketch := backdrop.FindStringSubmatch(get(t, address, "HX-Request", "true").Body.String())
	if sketch == nil || sketch[2] == "" {
		t.Fatalf("a tweak gets %v", sketch)
	}
	page := backdrop.FindStringSubmatch(get(t, address).Body.String())
	asked := get(t, address, "HX-Request", "true", "Descent-Detail", "fine", "Descent-Backdrops", sketch[1])
	fine := backdrop.FindStringSubmatch(asked.Body.String())
	if page == nil || page[2] != "" || fine == nil || fine[0] != page[0] || asked.Header().Get("HX-Replace-Url") != "" {
		t.Errorf("the page has %v, who asks for the fine map gets %v", page, fine)
	}
	for _, shown := range []string{sketch[1], page[1]} {
		body := get(t, address+"&x=2&y=1", "HX-Request", "true", "Descent-Backdrops", shown).Body.String()
		if strings.Contains(body, "data-backdrop") || strings.Contains(body, "cell-basins-map") || !strings.Contains(body, "From (2, 1)") {
			t.Errorf("another start over %s brings %d bytes", shown, len(body))
		}
	}
}

// A point that is moved over a map brings neither the map nor the contours anew;
// another kind of sweep has its picture in the same place.
func TestMapStaysWhileItsPointMoves(t *testing.T) {
	const address = "/lab/sweep?over=plane&method=momentum&f=0.5*x^2%2B5*y^2"
	backdrops := func(address, shown string) (keys string, size int) {
		w := get(t, address, "HX-Request", "true", "Descent-Backdrops", shown)
		for _, m := range regexp.MustCompile(`data-backdrop="([^"]+)"`).FindAllStringSubmatch(w.Body.String(), -1) {
			keys += " " + m[1]
		}
		return keys, w.Body.Len()
	}
	keys, whole := backdrops(address, "")
	if !strings.Contains(keys, "sweep:") || !strings.Contains(keys, "path:") {
		t.Fatalf("backdrops %q", keys)
	}
	again, size := backdrops(address+"&eta=0.3&momentum=0.2", keys)
	if again != "" || size > whole/2 {
		t.Errorf("a moved point brings %q in %d bytes of %d", again, size, whole)
	}
	for _, change := range []string{"&steps=61", "&over=eta", "&method=nesterov", "&to=5"} {
		if again, _ := backdrops(address+change, keys); !strings.Contains(again, "sweep:") {
			t.Errorf("%s brings %q", change, again)
		}
	}
}

// What is canonical stays as it is; what is not becomes so.
func TestCanonicalAddresses(t *testing.T) {
	tests := []struct{ query, want string }{
		{"", "eta=0.05&x=4&y=2&steps=60"},
		{"steps=1e1&eta=.10", "eta=0.1&x=4&y=2&steps=10"},
		{"method=adam&beta1=0.5", "method=adam&beta1=0.5&eta=" + param.Format(optim.FindMethod("adam").Eta) + "&x=4&y=2&steps=60"},
		{"method=adam&eta=0.05", "method=adam&eta=0.05&x=4&y=2&steps=60"},
		{"beta1=0.5", "eta=0.05&x=4&y=2&steps=60"},
		{"eta=0.1&slides=learning-rate", "eta=0.1&x=4&y=2&steps=60&slides=learning-rate"},
	}
	for _, tt := range tests {
		const address = "/lessons/steepest-descent/cells/valley?"
		if got := get(t, address+tt.query, "HX-Request", "true").Header().Get("HX-Replace-Url"); got != address+tt.want {
			t.Errorf("%q becomes %q, want %q", tt.query, got, address+tt.want)
		}
	}
}

func TestForms(t *testing.T) {
	for _, k := range cell.Kinds {
		w := get(t, "/lab/"+k.ID+".json")
		if w.Code != http.StatusOK || !json.Valid(w.Body.Bytes()) {
			t.Errorf("%s.json answers %d", k.ID, w.Code)
		}
		w = get(t, "/lab/"+k.ID+".csv")
		if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || strings.Count(w.Body.String(), "\n") < 2 {
			t.Errorf("%s.csv answers %d", k.ID, w.Code)
		}
		for _, name := range k.Figures {
			w := get(t, "/lab/"+k.ID+".svg?figure="+name)
			if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "image/svg+xml") {
				t.Errorf("%s.svg?figure=%s answers %d", k.ID, name, w.Code)
			}
			checkXML(t, w.Body.Bytes())
			again := get(t, "/lab/"+k.ID+".svg?figure="+name)
			if !bytes.Equal(w.Body.Bytes(), again.Body.Bytes()) {
				t.Errorf("%s.svg?figure=%s differs from one time to the next", k.ID, name)
			}
			w = get(t, "/lab/"+k.ID+".png?width=480&figure="+name)
			m, err := png.Decode(bytes.NewReader(w.Body.Bytes()))
			if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/png" || err != nil || m.Bounds().Dx() != 480 {
				t.Errorf("%s.png?figure=%s answers %d, %v", k.ID, name, w.Code, err)
			}
		}
		none := get(t, "/lab/"+k.ID+".xyz")
		if none.Code != http.StatusNotFound || !strings.Contains(none.Body.String(), "/lab/"+k.ID+".json") {
			t.Errorf("%s.xyz answers %d without the forms there are", k.ID, none.Code)
		}
	}
	if w := get(t, "/lab/descent.svg?figure=pth"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an unknown figure answers %d", w.Code)
	}
	for _, form := range []string{"svg", "png"} {
		if w := get(t, "/lab/derivation."+form); w.Code != http.StatusNotFound || strings.Contains(w.Body.String(), "/lab/derivation.png") {
			t.Errorf("a kind without pictures answers .%s with %d", form, w.Code)
		}
	}
	for _, width := range []string{"0", "1921", "-960", "1e3", "960.5", "99999999999999999999", "two"} {
		if w := get(t, "/lab/descent.png?width="+width); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "between 240 and 1920") {
			t.Errorf("width %s answers %d %.200s", width, w.Code, w.Body)
		}
	}
	if w := get(t, "/lab/descent.svg?width=960"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an SVG of some width answers %d", w.Code)
	}
}

func checkXML(t *testing.T, body []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(body)); ; {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("not well-formed: %v", err)
			return
		}
	}
}

func TestDescentJSON(t *testing.T) {
	w := get(t, "/lab/descent.json?f=rosenbrock&method=momentum&eta=0.001&x=-1.2&y=1&steps=3")
	var run struct {
		Objective struct {
			ID, Expression string
			Variables      []string
			Gradient       []string `json:"gradient_expressions"`
		}
		Method   string
		Hyper    map[string]float64
		Schedule string
		Steps    []struct {
			K               int
			Theta, Gradient []float64
			Loss, Eta       float64
			State           map[string][]float64
		}
		Stop struct {
			Reason  string
			Step    int
			Message string
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &run); err != nil {
		t.Fatal(err)
	}
	if run.Objective.ID != "rosenbrock" || len(run.Objective.Gradient) != 2 || run.Method != "momentum" || run.Schedule != "constant" {
		t.Errorf("head: %+v", run.Objective)
	}
	if run.Hyper["momentum"] != 0.9 || run.Hyper["dampening"] != 0 || run.Hyper["weight_decay"] != 0 || len(run.Hyper) != 3 {
		t.Errorf("hyper: %v", run.Hyper)
	}
	if len(run.Steps) != 4 || run.Steps[0].Loss != 24.199999999999996 || len(run.Steps[1].State["b"]) != 2 || run.Stop.Reason != "steps" || run.Stop.Step != 3 {
		t.Errorf("steps: %+v, stop: %+v", run.Steps, run.Stop)
	}
}

// Divergence is a result: 200, with strings where JSON has no numbers.
func TestDivergenceIsAResult(t *testing.T) {
	w := get(t, "/lab/descent.json?f=x^2&x=1&eta=1000&steps=1000")
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"reason":"diverged"`) || !strings.Contains(w.Body.String(), `"Infinity"`) {
		t.Errorf("%d %.200s", w.Code, w.Body)
	}
	page := get(t, "/lab/descent?f=x^2&x=1&eta=1000&steps=1000")
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "Diverges.") || strings.Contains(page.Body.String(), "NaN") || strings.Contains(page.Body.String(), "Inf") {
		t.Error("the page does not say so, or shows what is not a number")
	}
}

func TestHeaders(t *testing.T) {
	w := get(t, "/")
	tag := w.Header().Get("ETag")
	if csp := w.Header().Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("policy %q", csp)
	}
	if tag == "" || get(t, "/", "If-None-Match", tag).Code != http.StatusNotModified {
		t.Errorf("ETag %q is not honoured", tag)
	}
	if got := get(t, "/", "Accept-Encoding", "gzip").Header().Get("Content-Encoding"); got != "gzip" {
		t.Errorf("encoding %q", got)
	}
	css := regexp.MustCompile(`/static/descent\.\w+\.css`).FindString(w.Body.String())
	if got := get(t, css).Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("%s: cache control %q", css, got)
	}
}

func TestErrorPages(t *testing.T) {
	tests := []struct {
		address string
		want    []string
	}{
		{"/nowhere", []string{"Nothing here"}},
		{"/lessons/steepest-decent", []string{"Did you mean “steepest-descent”?", "/lessons/sgd"}},
		{"/lessons/sgd/cells/rase", []string{"/lessons/sgd/cells/race"}},
		{"/lab/descend", []string{"Did you mean “descent”?", "/lab/slope"}},
		{"/static/x.css", []string{"no such file"}},
	}
	for _, tt := range tests {
		w := get(t, tt.address)
		for _, want := range tt.want {
			if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), want) || !strings.Contains(w.Body.String(), "<h1") {
				t.Errorf("%s answers %d without %q", tt.address, w.Code, want)
			}
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/lab/descent", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	rec := httptest.NewRecorder()
	newSite(t).ServeHTTP(rec, r)
	if rec.Code != http.StatusForbidden {
		t.Errorf("a cross-site post answers %d", rec.Code)
	}
}

func TestOperators(t *testing.T) {
	get(t, "/lab/descent")
	for address, want := range map[string]string{"/healthz": "ok", "/readyz": "ok", "/metrics": `descent_requests_total{route="/lab/:kind",status="200"}`} {
		if w := get(t, address); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s answers %d %.200s", address, w.Code, w.Body)
		}
	}
}

// Slides: every section is a slide with an address that works without script.
func TestSlides(t *testing.T) {
	body := get(t, "/lessons/steepest-descent?slides=learning-rate").Body.String()
	current := regexp.MustCompile(`<section class="slide current" id="([^"]+)"`).FindAllStringSubmatch(body, -1)
	if len(current) != 1 || current[0][1] != "learning-rate" {
		t.Errorf("current: %v", current)
	}
	if !strings.Contains(body, `href="/lessons/steepest-descent?slides=update-rule"`) || !strings.Contains(body, `href="/lessons/steepest-descent?slides=divergence"`) {
		t.Error("the neighbours are not linked")
	}
	notes := get(t, "/lessons/steepest-descent?notes=learning-rate").Body.String()
	if !strings.Contains(notes, "Why it diverges") || strings.Contains(notes, "<form") {
		t.Error("the notes lack the next title, or hold cells")
	}
	unknown := get(t, "/lessons/steepest-descent?slides=nonsense").Body.String()
	if !strings.Contains(unknown, `class="slide slide-title current"`) {
		t.Error("an unknown slide must show the title")
	}
}

// A picture's title may depend on what is chosen, and follows a tweak.
func TestTitlesFollow(t *testing.T) {
	body := get(t, "/lab/sgd?against=epochs", "HX-Request", "true").Body.String()
	title := between(t, body, `hx-target="#cell-sgd-fig-loss-title"`, "</hx-partial>")
	if !strings.Contains(title, "epochs") {
		t.Errorf("the title is %q where epochs are on the axis", title)
	}
}
