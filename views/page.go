// Package views holds the notebook's pages and components as templ templates,
// and the view models they take.
//
// A page is a template with its model: [Contents] takes a [ContentsPage], [Lesson],
// [Lecture] and [Notes] a [LessonPage], [Lab] and [LabIndex] a [LabPage], [Error] an
// [ErrorPage]. Every model embeds a [Page]. The instrument on a page is a [Cell]:
// [CellView] draws it whole, [CellAnswer] what changes after a tweak, [CellRefusal]
// what is said of values that are refused. [Figures] says which pictures a result
// has, in figures.go, and package chart draws them.
//
// # Conventions
//
// Views receive values and decide nothing: which values are valid, what a run
// answers and what status a page has is settled before. Models are filled by
// package handlers; a [Cell] belongs to one goroutine, since it remembers its
// query. Strings are escaped where they are written, but for fields whose name
// ends in HTML, which come rendered from a lesson or a formula. Every page works without script;
// ids and data attributes are the contract with the scripts in package static.
//
// The yardstick is WCAG 2.2 (https://www.w3.org/TR/WCAG22/): every picture has its
// words and its table, every mistake stands at its field. The package reads no
// request and sets no status.
package views

import (
	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/formula"
	"descent/static"
	"descent/views/chart"
)

// Assets are the static files, among them the style sheets of figures and
// formulas. Templates ask them for addresses, package handlers serves them.
var Assets = static.Load(map[string][]byte{
	"css/chart.css":   []byte(chart.Stylesheet()),
	"css/formula.css": formula.Stylesheet(),
})

// A Page is what every page has.
type Page struct {
	Title       string            // of the document; the site's name is added
	Description string            // one sentence for search engines; "": none
	Lessons     []*lessons.Lesson // all, in their order: for the navigation
	Current     string            // slug of the lesson that is open; "" elsewhere
	Kind        string            // instrument that is open; "work" and "classrooms" for those pages; "" elsewhere
	Owner       bool              // the reader holds the owner's link: the head leads to the classrooms
}

func (p *Page) title() string {
	if p.Title == "" {
		return "Descent: optimization and gradient descent, by hand"
	}
	return p.Title + " · Descent"
}

// A LessonPage is a lesson with its live cells.
type LessonPage struct {
	Page
	Lesson    *lessons.Lesson      // one of Lessons
	Cells     map[string]*Cell     // by the cell's id in the lesson
	Exercises map[string]*Exercise // by the exercise's
	Slide     string               // in lecture mode, the id of the slide shown; "" for the page
	Opened    string               // id of the cell that the address names; "" for none
	Notes     []string             // quiet remarks on the address
}

// Previous is the lesson before this one in the contents; nil for the first.
func (p *LessonPage) Previous() *lessons.Lesson { return p.neighbour(-1) }

// Next is the lesson after this one in the contents; nil for the last.
func (p *LessonPage) Next() *lessons.Lesson { return p.neighbour(1) }

func (p *LessonPage) neighbour(step int) *lessons.Lesson {
	for i, l := range p.Lessons {
		if j := i + step; l == p.Lesson && j >= 0 && j < len(p.Lessons) {
			return p.Lessons[j]
		}
	}
	return nil
}

// Ids of slides that are no section's.
const (
	TitleSlide   = "title"   // the slide that opens a lesson
	OpeningSlide = "opening" // what stands before the first section
)

// Slides are the ids of a lesson's slides in order: the title, the opening,
// then one for each section.
func Slides(l *lessons.Lesson) []string {
	ids := []string{TitleSlide}
	if len(l.Intro) > 0 {
		ids = append(ids, OpeningSlide)
	}
	for _, s := range l.Sections {
		ids = append(ids, s.ID)
	}
	return ids
}

// A ContentsPage lists the lessons.
type ContentsPage struct {
	Page
	Progress   map[string]string        // how many exercises the reader has solved, in words, by slug; nil: nobody whose work is kept
	Thumbnails map[string]*chart.Figure // by slug
	Kinds      []*cell.Kind             // instruments of the laboratory
}

// A LabPage is one instrument with all its parameters.
type LabPage struct {
	Page
	Cell  *Cell          // nil on the page that lists all instruments
	Kinds []*cell.Kind   // all, in teaching order
	Known []FunctionNote // on that page
}

// A FunctionNote is a function of the catalogue, with the address that shows
// it from a start of its own.
type FunctionNote struct{ ID, Address, Title, FormulaHTML, Source string }

// An ErrorPage says what went wrong in words for a reader.
type ErrorPage struct {
	Page
	Status  int    // of the answer, 400 to 599
	Heading string // a few words
	Message string // plain text
	Links   []Link // where to go instead
}

// A Link is an address and its words.
type Link struct{ Address, Text string }
