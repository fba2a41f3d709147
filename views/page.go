// Package views holds the notebook's pages and components as templ templates,
// and the view models they take. Views receive values and decide nothing:
// which values are valid, what a run answers and what status a page has is
// settled before. Which figures a result has is in figures.go.
package views

import (
	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/formula"
	"descent/static"
	"descent/views/chart"
)

// Assets are the static files, among them the style sheets of figures and formulas.
var Assets = static.Load(map[string][]byte{
	"css/chart.css":   []byte(chart.Stylesheet()),
	"css/formula.css": formula.Stylesheet(),
})

// A Page is what every page has.
type Page struct {
	Title       string // of the document; the site's name is added
	Description string
	Lessons     []*lessons.Lesson
	Current     string // slug of the lesson that is open; "" elsewhere
	Kind        string // instrument that is open; "" elsewhere
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
	Lesson *lessons.Lesson
	Cells  map[string]*Cell // by the cell's id in the lesson
	Slide  string           // in lecture mode, the id of the slide shown; "" for the page
	Opened string           // id of the cell that the address names; "" for none
	Notes  []string         // quiet remarks on the address
}

// Previous and Next are the neighbours in the contents; nil at the ends.
func (p *LessonPage) Previous() *lessons.Lesson { return p.neighbour(-1) }

// Next is the lesson after this one.
func (p *LessonPage) Next() *lessons.Lesson { return p.neighbour(1) }

func (p *LessonPage) neighbour(step int) *lessons.Lesson {
	for i, l := range p.Lessons {
		if j := i + step; l == p.Lesson && j >= 0 && j < len(p.Lessons) {
			return p.Lessons[j]
		}
	}
	return nil
}

// TitleSlide is the id of the slide that opens a lesson,
// OpeningSlide that of what stands before the first section.
const (
	TitleSlide   = "title"
	OpeningSlide = "opening"
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
	Thumbnails map[string]*chart.Figure // by slug
	Kinds      []*cell.Kind
}

// A LabPage is one instrument with all its parameters.
type LabPage struct {
	Page
	Cell  *Cell // nil on the page that lists all instruments
	Kinds []*cell.Kind
	Known []FunctionNote // on that page
}

// A FunctionNote is a function of the catalogue, with the address that shows
// it from a start of its own.
type FunctionNote struct{ Address, Title, FormulaHTML, Source string }

// An ErrorPage says what went wrong in words for a reader.
type ErrorPage struct {
	Page
	Status  int
	Heading string
	Message string
	Links   []Link // where to go instead
}

// A Link is an address and its words.
type Link struct{ Address, Text string }
