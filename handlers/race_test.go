package handlers

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"descent/lessons/race"
)

// quickTerms let one race run at a time and wait for nobody for long.
var quickTerms = raceTerms{slots: 1, grace: 500 * time.Millisecond * slowness, patience: 300 * time.Millisecond}

// raceSite is a site of its own, without lessons; stop has it stop.
func raceSite(t *testing.T) (site *httptest.Server, stop func()) { return raceSiteWith(t, quickTerms) }

func raceSiteWith(t *testing.T, terms raceTerms) (site *httptest.Server, stop func()) {
	t.Helper()
	stopping := make(chan struct{})
	h, err := newServer(Config{Log: slog.New(slog.DiscardHandler), Stopping: stopping}, terms)
	if err != nil {
		t.Fatal(err)
	}
	site = httptest.NewServer(h)
	t.Cleanup(site.Close)
	return site, func() { close(stopping) }
}

// A spectator is a browser with cookies of its own.
type spectator struct {
	t      *testing.T
	site   string
	client *http.Client
}

func newSpectator(t *testing.T, site *httptest.Server) spectator {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar, Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	return spectator{t, site.URL, client}
}

// start asks for a race as the script does.
func (s spectator) start(query string) (status int, answer struct {
	Race, Address string
	Errors        []struct{ Field, Message string }
}) {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.site+race.Address, strings.NewReader(query))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "application/json")
	got, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer got.Body.Close()
	if err := json.NewDecoder(got.Body).Decode(&answer); err != nil {
		s.t.Fatal(err)
	}
	return got.StatusCode, answer
}

func (s spectator) command(address, what string) int {
	s.t.Helper()
	got, err := s.client.Post(s.site+address+"/"+what, "", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	got.Body.Close()
	return got.StatusCode
}

// A watcher reads the events of a race.
type watcher struct {
	t      *testing.T
	events *bufio.Scanner
	close  func()
}

func (s spectator) watch(address string) watcher {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.site+address+"/stream", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	got, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { got.Body.Close() })
	if got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "text/event-stream" || got.Header.Get("X-Accel-Buffering") != "no" || got.Header.Get("Content-Encoding") != "" {
		s.t.Fatalf("the stream answers %d with %v", got.StatusCode, got.Header)
	}
	events := bufio.NewScanner(got.Body)
	events.Buffer(nil, 1<<20)
	return watcher{s.t, events, cancel}
}

// next is the next event; false at the end of the stream.
func (w watcher) next() (event raceEvent, ok bool) {
	w.t.Helper()
	for w.events.Scan() {
		if data, found := strings.CutPrefix(w.events.Text(), "data: "); found {
			if err := json.Unmarshal([]byte(data), &event); err != nil {
				w.t.Fatal(err)
			}
			return event, true
		}
	}
	return event, false
}

// until reads on to a phase.
func (w watcher) until(phase race.Phase) raceEvent {
	w.t.Helper()
	var seen []race.Phase
	for {
		event, ok := w.next()
		if !ok {
			w.t.Fatalf("the stream ended after %v, before the phase %q", seen, phase)
		}
		if event.Phase == phase {
			return event
		}
		seen = append(seen, event.Phase)
	}
}

// gauge reads a figure of /metrics.
func gauge(t *testing.T, site *httptest.Server, name string) (value int) {
	t.Helper()
	got, err := http.Get(site.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(text), "\ndescent_heavy_"+name+" ")
	if !ok {
		t.Fatalf("/metrics has no descent_heavy_%s", name)
	}
	if _, err := fmt.Sscan(after, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// becomes waits for a gauge.
func becomes(t *testing.T, site *httptest.Server, name string, want int, within time.Duration) {
	t.Helper()
	deadline := time.Now().Add(within)
	for {
		got := gauge(t, site, name)
		switch {
		case got == want:
			return
		case time.Now().After(deadline):
			t.Fatalf("%s is %d after %v, want %d", name, got, within, want)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

const (
	shortRace = "rows=1000&cols=2&seconds=0.2"
	longRace  = "rows=1000&cols=2&seconds=15"
)

// A race is streamed from its data to its result; each event is whole.
func TestRaceStream(t *testing.T) {
	site, _ := raceSite(t)
	reader := newSpectator(t, site)
	status, answer := reader.start(shortRace)
	if status != http.StatusCreated || !strings.HasPrefix(answer.Address, race.Address+"?") || !strings.Contains(answer.Address, "rows=1000") {
		t.Fatalf("started with %d, %+v", status, answer)
	}
	w := reader.watch(answer.Race)
	for progress := 0.0; ; {
		event, ok := w.next()
		if !ok {
			t.Fatal("the stream ends before the race")
		}
		text := fmt.Sprint(event.Parts, event.Said)
		if strings.Contains(text, "NaN") || len(event.Parts) != 7 || !strings.Contains(text, "<svg") {
			t.Errorf("the event holds %s", text)
		}
		if event.Over {
			if event.Phase != race.Finished || !strings.Contains(event.Said, "The race is over.") || !strings.Contains(event.Parts["race-numbers"], "over all examples") {
				t.Errorf("the last event is %+v", event)
			}
			break
		}
		if event.Phase == race.Running {
			if event.Progress == nil || *event.Progress < progress {
				t.Errorf("the progress goes from %g to %v", progress, event.Progress)
			}
			progress = *event.Progress
		}
	}
	if _, ok := w.next(); ok {
		t.Error("events follow the last one")
	}
	becomes(t, site, "runs", 0, time.Second)
	if status := reader.command(answer.Race, "pause"); status != http.StatusNotFound {
		t.Errorf("a race that is over answers %d", status)
	}
}

// Closing the page stops the work within 100 ms, and the next one in the queue runs.
func TestClosedPageStopsTheWork(t *testing.T) {
	site, _ := raceSite(t)
	one, two := newSpectator(t, site), newSpectator(t, site)
	_, first := one.start(longRace)
	w := one.watch(first.Race)
	w.until(race.Running)
	_, second := two.start(longRace + "&seed=2")
	next := two.watch(second.Race)
	event := next.until(race.Queued)
	if !strings.Contains(event.Said, "You are number 1 in the queue.") || event.Progress != nil {
		t.Errorf("in the queue it says %q", event.Said)
	}
	if gauge(t, site, "runs") != 1 || gauge(t, site, "waiting") != 1 {
		t.Errorf("%d run and %d wait", gauge(t, site, "runs"), gauge(t, site, "waiting"))
	}
	next.close()
	becomes(t, site, "waiting", 0, 2*quickTerms.grace)
	w.close()
	becomes(t, site, "runs", 0, 100*time.Millisecond*slowness)
}

// A connection that is lost comes back to the same race; one that stays away does not.
func TestRaceResumes(t *testing.T) {
	site, _ := raceSite(t)
	reader := newSpectator(t, site)
	_, answer := reader.start(longRace)
	w := reader.watch(answer.Race)
	w.until(race.Running)
	var before raceEvent
	for range 3 {
		before = w.until(race.Running)
	}
	w.close()
	becomes(t, site, "runs", 0, time.Second)
	w = reader.watch(answer.Race)
	if after := w.until(race.Running); *after.Progress < *before.Progress {
		t.Errorf("the progress goes from %g back to %g", *before.Progress, *after.Progress)
	}
	w.close()
	time.Sleep(quickTerms.grace + 100*time.Millisecond)
	if status := reader.command(answer.Race, "stop"); status != http.StatusNotFound {
		t.Errorf("a race that was left answers %d", status)
	}
	if gauge(t, site, "data_bytes") == 0 {
		t.Error("the data are dropped at once")
	}
}

// A race that is paused for too long ends, and says so.
func TestPausedForTooLong(t *testing.T) {
	site, _ := raceSite(t)
	reader := newSpectator(t, site)
	_, answer := reader.start(longRace)
	w := reader.watch(answer.Race)
	w.until(race.Running)
	reader.command(answer.Race, "pause")
	if event := w.until(race.Expired); !event.Over || !strings.Contains(event.Said, "paused for too long") {
		t.Errorf("it says %q", event.Said)
	}
	becomes(t, site, "runs", 0, time.Second)
}

// A paused race gives up its core, and goes on where it was.
func TestRacePauses(t *testing.T) {
	site, _ := raceSiteWith(t, raceTerms{slots: 1, grace: time.Minute, patience: time.Minute})
	one, two := newSpectator(t, site), newSpectator(t, site)
	_, first := one.start(longRace)
	w := one.watch(first.Race)
	w.until(race.Running)
	if status := one.command(first.Race, "pause"); status != http.StatusNoContent {
		t.Errorf("pausing answers %d", status)
	}
	paused := w.until(race.Paused)
	becomes(t, site, "runs", 0, time.Second)

	_, second := two.start(longRace + "&seed=2")
	other := two.watch(second.Race)
	other.until(race.Running)
	one.command(first.Race, "continue")
	w.until(race.Queued)
	two.command(second.Race, "stop")
	if stopped := other.until(race.Stopped); !stopped.Over || !strings.Contains(stopped.Said, "You have stopped the race.") {
		t.Errorf("after the stop it says %q", stopped.Said)
	}
	if resumed := w.until(race.Running); *resumed.Progress < *paused.Progress {
		t.Errorf("the progress goes from %g back to %g", *paused.Progress, *resumed.Progress)
	}
	if status := one.command(first.Race, "faster"); status != http.StatusNotFound {
		t.Errorf("an unknown command answers %d", status)
	}
	one.command(first.Race, "stop")
	w.until(race.Stopped)
}

// One browser has at most two races at once, one address half of the queue, and the queue its length.
func TestRaceLimits(t *testing.T) {
	site, _ := raceSiteWith(t, raceTerms{slots: 1, grace: time.Minute, patience: time.Minute})
	reader := newSpectator(t, site)
	for i := range racesAddress {
		if i%racesSession == 0 {
			reader = newSpectator(t, site)
		}
		if status, answer := reader.start(longRace); status != http.StatusCreated {
			t.Fatalf("race %d answers %d, %+v", i, status, answer)
		}
		if i%racesSession == racesSession-1 {
			if status, answer := reader.start(longRace); status != http.StatusTooManyRequests || len(answer.Errors) != 1 {
				t.Fatalf("a third race answers %d, %+v", status, answer)
			}
		}
	}
	if status, _ := newSpectator(t, site).start(longRace); status != http.StatusTooManyRequests {
		t.Errorf("another race from the same address answers %d", status)
	}
}

// When the server stops, streams say so and end.
func TestRaceEndsWithTheServer(t *testing.T) {
	site, stop := raceSite(t)
	reader := newSpectator(t, site)
	_, first := reader.start(longRace)
	w := reader.watch(first.Race)
	w.until(race.Running)
	_, second := reader.start(longRace)
	waiting := reader.watch(second.Race)
	waiting.until(race.Queued)
	stop()
	for _, each := range []watcher{w, waiting} {
		if event := each.until(race.Closing); !event.Over || !strings.Contains(event.Said, "The server is stopping.") {
			t.Errorf("it says %q", event.Said)
		}
		if _, ok := each.next(); ok {
			t.Error("the stream goes on")
		}
	}
	becomes(t, site, "runs", 0, time.Second)
}

// Mistakes are told at their fields, with and without script.
func TestRaceRefusals(t *testing.T) {
	for query, field := range map[string]string{
		"rows=999": "rows", "rows=1000001": "rows", "cols=21": "cols", "cols=1": "cols", "shape=star": "shape", "eta=0": "eta", "eta=nan": "eta",
		"eta_batch=-1": "eta_batch", "seconds=16": "seconds", "seconds=0": "seconds", "batch=0": "batch", "rows=1000&batch=1001": "batch",
		"distance=11": "distance", "shape=moons&noise=-1": "noise", "l2=-1": "l2", "seed=-1": "seed",
	} {
		site := newSite(t)
		for _, scripted := range []bool{true, false} {
			r := httptest.NewRequest(http.MethodPost, race.Address, strings.NewReader(query))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if scripted {
				r.Header.Set("Accept", "application/json")
			}
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			want := `id="cell-race-` + field + `"`
			if scripted {
				want = `"field":"` + field + `"`
			}
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s, script %v: answers %d %.200s", query, scripted, w.Code, w.Body)
			}
		}
		if w := get(t, race.Address+"?"+query); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "aria-invalid") {
			t.Errorf("GET %s answers %d", query, w.Code)
		}
	}
	for _, address := range []string{"/stream", "/nonsense/stream"} {
		if w := get(t, race.Address+address); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", address, w.Code)
		}
	}
}

// Nobody starts a race from another site.
func TestRaceFromElsewhere(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, race.Address, strings.NewReader(shortRace))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	newSite(t).ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("answers %d", w.Code)
	}
}

// Without script the form's second button answers the page with the result.
func TestPlainRace(t *testing.T) {
	site, _ := raceSite(t)
	reader := newSpectator(t, site)
	values, err := url.ParseQuery(shortRace)
	if err != nil {
		t.Fatal(err)
	}
	got, err := reader.client.PostForm(site.URL+race.Address, values)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	body, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"The race is over.", "over all examples", `value="1000"`, "examples per second"} {
		if got.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("answers %d, without %q", got.StatusCode, want)
		}
	}
	becomes(t, site, "runs", 0, time.Second)
}
