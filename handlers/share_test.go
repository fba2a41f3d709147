package handlers

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Controls that an address hides are carried along, and every way on keeps them hidden.
func TestHiddenControls(t *testing.T) {
	page := body(t, "/lessons/steepest-descent/cells/valley?eta=0.07&hide=eta,x,k", http.StatusOK)
	cell := between(t, page, `id="cell-valley"`, `</section>`)
	for _, lacks := range []string{`id="cell-valley-eta"`, `id="cell-valley-x"`, `class="walk`} {
		if strings.Contains(cell, lacks) {
			t.Errorf("the cell still has %s", lacks)
		}
	}
	for _, has := range []string{`<input type="hidden" name="eta" value="0.07">`, `<input type="hidden" name="x" value="4">`,
		`<input type="hidden" name="hide" value="eta,x,k">`, `id="cell-valley-steps"`, `hide=eta%2Cx%2Ck`} {
		if !strings.Contains(cell, has) {
			t.Errorf("the cell lacks %s", has)
		}
	}
	if presets := between(t, cell, `class="presets"`, `</ul>`); strings.Count(presets, "<li>") != strings.Count(presets, `hide=eta%2Cx%2Ck"`) {
		t.Errorf("a preset shows the controls again: %s", presets)
	}
	note := body(t, "/lab/descent?hide=etta", http.StatusOK)
	if !strings.Contains(note, "Did you mean “eta”?") {
		t.Error("a control that does not exist is hidden without a word")
	}
	body(t, "/lab/descent.json?hide=eta", http.StatusUnprocessableEntity)
}

// Only the addresses for frames may be framed, and only by those who are named.
func TestFrames(t *testing.T) {
	const frame, lesson = "/embed/lessons/steepest-descent/cells/valley?eta=0.07", "/lessons/steepest-descent"
	list := builtInLessons(t)
	for _, tt := range []struct {
		allowed []string
		address string
		want    string
	}{
		{nil, frame, "frame-ancestors 'none'"},
		{[]string{"https://a.example", "https://b.example:8443"}, frame, "frame-ancestors https://a.example https://b.example:8443"},
		{[]string{"*"}, "/embed/lab/slope", "frame-ancestors *"},
		{[]string{"*"}, lesson, "frame-ancestors 'none'"},
		{[]string{"*"}, "/embedded", "frame-ancestors 'none'"},
	} {
		h, err := New(Config{Lessons: list, Log: slog.New(slog.DiscardHandler), Embed: tt.allowed})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, tt.address, nil))
		if got := w.Header().Get("Content-Security-Policy"); !strings.HasSuffix(got, tt.want) {
			t.Errorf("%v: %s says %q, want %q", tt.allowed, tt.address, got, tt.want)
		}
	}
	page := body(t, frame, http.StatusOK)
	for _, has := range []string{`action="/embed/lessons/steepest-descent/cells/valley"`, `href="/lessons/steepest-descent/cells/valley?eta=0.07`, "Open in Descent"} {
		if !strings.Contains(page, has) {
			t.Errorf("the frame lacks %s", has)
		}
	}
	for _, lacks := range []string{"site-head", "Share, embed"} {
		if strings.Contains(page, lacks) {
			t.Errorf("the frame has %s", lacks)
		}
	}
	body(t, "/embed/lab/nothing", http.StatusNotFound)
	body(t, "/embed/lab/descent?eta=minus", http.StatusUnprocessableEntity)
}

func TestSharePage(t *testing.T) {
	page := body(t, "/lab/descent.share?eta=0.07&hide[]=method&hide[]=steps", http.StatusOK)
	for _, has := range []string{`value="http://example.com/lab/descent?`, "eta=0.07", "hide=method%2Csteps", "&lt;iframe src=&#34;http://example.com/embed/lab/descent?", `value="method" checked`, "with <code>-embed</code>", ".json?"} {
		if !strings.Contains(page, has) {
			t.Errorf("the page lacks %s", has)
		}
	}
	body(t, "/lab/descent.share?eta=minus", http.StatusUnprocessableEntity)
}

func TestFilm(t *testing.T) {
	page := body(t, "/lab/descent.film?steps=150&eta=0.05&at=100", http.StatusOK)
	for _, has := range []string{`"from":100,"last":150`, `"path":{"class":"theta"`, "Update 151, worked out"} {
		if !strings.Contains(page, has) {
			t.Errorf("the film lacks %s", has)
		}
	}
	body(t, "/lab/descent.film?at=x", http.StatusUnprocessableEntity)
	body(t, "/lab/descent.film?att=1", http.StatusUnprocessableEntity)
	body(t, "/lab/slope.film", http.StatusNotFound)
	for _, address := range []string{"?at=-5", "?at=99999", "?eta=50&steps=400&at=399", "?f=log(x)&x=-1", "?steps=0", "?f=1"} { // nothing to walk along, or the end
		body(t, "/lab/descent.film"+strings.ReplaceAll(address, "f=1", "f=x-x"), http.StatusOK)
	}
}

// body is the page at an address, which has to answer with that status.
func body(t *testing.T, address string, status int) string {
	t.Helper()
	w := get(t, address)
	if w.Code != status {
		t.Errorf("%s answers %d, want %d", address, w.Code, status)
	}
	return w.Body.String()
}

// between is the part of a page from a mark to the next end after it.
func between(t *testing.T, page, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, from)
	if !ok {
		t.Fatalf("the page lacks %s", from)
	}
	part, _, _ := strings.Cut(rest, to)
	return part
}
