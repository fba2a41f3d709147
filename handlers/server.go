// Package handlers serves the notebook over HTTP with Echo. [New] makes the handler
// of the whole site.
//
// # Addresses
//
//	/                           the contents
//	/lessons/{slug}             a lesson; with ?slides for the lecture, ?notes for the lecturer
//	/lessons/{slug}/cells/{id}  an instrument of a lesson, with its parameters as query
//	/lab, /lab/{kind}           the laboratory: all instruments, and one with all its parameters
//	/lab/derivation/check       a sheet for a derivation of the reader's own; a POST checks it, /lab/derivation/echo says how its lines are understood
//	/lab/sgd/race               the race over a million examples: a page, and streams of its states
//	/embed/…                    a cell or an instrument alone, for a frame in another page
//	/lessons/{slug}/exercises/{id}  an exercise alone; a POST answers it; with /cell its instrument
//	/work, /work.json, /work/…  the reader's work; /join puts it into a classroom
//	/owner/{token}              the owner's link, which admits a browser to /classrooms and what is below it
//	/data                       a table of the reader's own, read and kept for the session; /data/choose its label and features
//	/static/{name}              style sheets, scripts, fonts
//	/healthz, /readyz, /metrics for operators
//
// An instrument answers the whole page or, to htmx, what changes; with .json, .csv,
// .svg, .py, .go or .ipynb after its address it answers its result in that form.
// Pages are read only, every route is GET and HEAD, but for /data and below it, which take
// a table by POST and answer with a redirect, for those that start and steer a race,
// for those that check a derivation, which is sent as a form and not kept, for exercises, /work and /join,
// whose forms change a student's work, and for /owner/out, /classrooms and what is below it, which change a course. A student is known
// by a cookie (student.go), the owner by another one (owner.go); only the owner's pages have addresses that name a student.
//
// # Conventions
//
// Each file holds a group of routes and registers it; errors.go turns errors into
// answers and middleware.go holds what every answer shares. Handlers are thin: they
// find the cell that an address names, have its parameter table read the query, run
// it under the request's context and hand the result to the views. Values that are
// refused are answered with status 422 and a message at each field.
//
// Conventions of HTTP are those of RFC 9110; fragments follow htmx
// (https://htmx.org/reference/). The package computes nothing. Of readers it keeps
// the tables that they give, in memory, in bounds, for one browser session each (session.go),
// and which races they run (race_reader.go); of wrong codes it counts how many there were lately (join.go), and of an exercise
// that is judged again it remembers the verdicts (verdicts.go). Students' work is in the store alone. Nothing of a table is logged:
// its id stands in queries, which are not logged either; of tokens and codes in paths the log has only that they were there (redact.go).
package handlers

import (
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/lessons"
	"descent/lessons/cell"
	"descent/optim/param"
)

// runLimit is how long one request may compute. The kinds' own caps keep well
// below it; it is the last line.
const runLimit = 5 * time.Second

// A Config is what a server needs.
type Config struct {
	Lessons []*lessons.Lesson // in their order, checked
	Store   classroom.Store   // students' work; nil: nobody's is kept. It is closed by who opened it, after the server
	Log     *slog.Logger      // one line per request, and mistakes; not nil
	// Stopping, if set, is closed when the server begins to stop: streams then say so and end.
	Stopping <-chan struct{}
	// HeavyData, if set, is told how many bytes of data for races and of readers' own are alive, whenever that changes.
	HeavyData func(bytes int64)
	Embed     []string // origins whose pages may show cells in a frame, such as https://moodle.example.org; "*": all
}

// serve registers a page for GET and for HEAD, whose body the server drops.
func serve(e *echo.Echo, path string, h echo.HandlerFunc) {
	e.GET(path, h)
	e.HEAD(path, h)
}

type server struct {
	lessons   []*lessons.Lesson
	bySlug    map[string]*lessons.Lesson
	cells     map[*lessons.Cell]*lessonCell
	defaults  map[*cell.Kind]param.Values
	log       *slog.Logger
	embed     []string
	metrics   *metrics
	store     classroom.Store // nil: nobody's work is kept
	exercises map[*lessons.Lesson][]*lessonExercise
	newcomers bucket // students who begin
	joins     *joinLimits
	turns     turns
	grading   sync.Mutex // held while answers are settled or judged again
	verdicts  regradings
	own       *sessions     // readers' own data
	reading   chan struct{} // a place for each table that is being read
	races     *raceRoom
}

// New makes the handler of the whole site, safe for concurrent use. Cells are run
// when first asked for; a lesson's cell with its own values is run once and its
// picture kept. The error says which lesson names an unknown kind or values that
// the kind's table refuses; [lessons.Load] with [cell.Check] finds these before.
func New(c Config) (http.Handler, error) { return newServer(c, usualTerms()) }

// newServer is New with other terms for races.
func newServer(c Config, terms raceTerms) (http.Handler, error) {
	s, err := prepare(c, terms)
	if err != nil {
		return nil, err
	}
	return compressed(http.NewCrossOriginProtection().Handler(s.routes()))
}

// prepare makes the server of the lessons.
func prepare(c Config, terms raceTerms) (*server, error) {
	large := largeData{tell: c.HeavyData}
	s := &server{lessons: c.Lessons, bySlug: map[string]*lessons.Lesson{}, defaults: map[*cell.Kind]param.Values{}, log: c.Log, embed: c.Embed, metrics: newMetrics(),
		store: c.Store, newcomers: bucket{size: newcomersAtOnce, every: newcomersEvery}, joins: newJoinLimits(),
		own: newSessions(large.part()), reading: make(chan struct{}, mostReads), races: newRaceRoom(terms, large.part(), c.Stopping)}
	for _, l := range c.Lessons {
		s.bySlug[l.Slug] = l
	}
	if err := s.prepareCells(); err != nil {
		return nil, err
	}
	s.prepareExercises()
	for _, k := range cell.Kinds {
		var err error
		if s.defaults[k], err = k.Params.Defaults(nil); err != nil {
			return nil, fmt.Errorf("kind %s: %w", k.ID, err)
		}
	}
	return s, nil
}

// routes are all addresses and who answers them.
func (s *server) routes() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.handleError
	e.Pre(withoutTrailingSlash)
	e.IPExtractor = echo.ExtractIPDirect()
	e.Use(s.observe, s.secure, recoverPanics)

	s.registerPages(e)
	s.registerCells(e)
	s.registerExercises(e)
	s.registerWork(e)
	s.registerJoin(e)
	s.registerOwner(e)
	s.registerClassrooms(e)
	s.registerLab(e)
	s.registerRace(e)
	s.registerDerivation(e)
	s.registerDerivationPage(e)
	s.registerEmbed(e)
	s.registerData(e)
	s.registerStatic(e)
	s.registerOperators(e)
	return e
}

// largeData adds up the data that several rooms keep, for [Config].HeavyData.
type largeData struct {
	mu    sync.Mutex
	total int64
	tell  func(bytes int64) // nil: nobody wants to know
}

// part is for one room, to say how many bytes it keeps now.
func (l *largeData) part() func(bytes int64) {
	kept := int64(0)
	return func(bytes int64) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.total += bytes - kept
		kept = bytes
		if l.tell != nil {
			l.tell(l.total)
		}
	}
}

// compressed compresses the answers of h. A page is asked for once and compressed
// well; a tweak many times a second, and takes half the time for a fourteenth more.
func compressed(h http.Handler) (http.Handler, error) {
	well, err := gzhttp.NewWrapper(gzhttp.MinSize(1000), gzhttp.CompressionLevel(5))
	if err != nil {
		return nil, fmt.Errorf("compression: %w", err)
	}
	fast, err := gzhttp.NewWrapper(gzhttp.MinSize(1000), gzhttp.CompressionLevel(1))
	if err != nil {
		return nil, fmt.Errorf("compression: %w", err)
	}
	page, tweak := well(h), fast(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isHTMX(r) {
			tweak.ServeHTTP(w, r)
			return
		}
		page.ServeHTTP(w, r)
	}), nil
}
