package handlers

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/optim/param"
	"descent/views"
)

// A lessonCell is a lesson's cell with its own values and, once computed,
// their result and how it looks, which every page of the lesson shows.
type lessonCell struct {
	lesson  *lessons.Lesson
	cell    *lessons.Cell
	kind    *cell.Kind
	base    param.Values
	presets []views.Preset
	slide   string // the slide that it stands on
	heading int    // the level of its title
	result  func() (cell.Result, error)
	// onPage and onSlide are the rendered cell; its forms differ.
	onPage, onSlide func() (string, error)
}

// prepareCells reads the values of every cell of every lesson.
func (s *server) prepareCells() error {
	s.cells = map[*lessons.Cell]*lessonCell{}
	for _, l := range s.lessons {
		if err := s.prepareBlocks(l, l.Intro, views.OpeningSlide, 2); err != nil {
			return err
		}
		for _, section := range l.Sections {
			if err := s.prepareBlocks(l, section.Blocks, section.ID, 3); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *server) prepareBlocks(l *lessons.Lesson, blocks []lessons.Block, slide string, heading int) error {
	for _, b := range blocks {
		c := b.Cell
		if c == nil {
			continue
		}
		kind := cell.Lookup(c.Kind)
		if kind == nil {
			return fmt.Errorf("%s:%d: no kind %q", l.File, c.Line, c.Kind)
		}
		base, err := kind.Params.Defaults(c.Set)
		if err != nil {
			return fmt.Errorf("%s:%d: cell %s: %w", l.File, c.Line, c.ID, err)
		}
		lc := &lessonCell{lesson: l, cell: c, kind: kind, base: base, slide: slide, heading: heading}
		for _, p := range c.Presets {
			lc.presets = append(lc.presets, views.Preset{Label: p.Label, Query: queryOf(base, kind.Params, p.Set, c.Show)})
		}
		lc.result = sync.OnceValues(func() (cell.Result, error) { return kind.Run(context.Background(), base) })
		lc.onPage = sync.OnceValues(func() (string, error) { return lc.render("") })
		lc.onSlide = sync.OnceValues(func() (string, error) { return lc.render(slide) })
		s.cells[c] = lc
	}
	return nil
}

func (lc *lessonCell) address() string {
	return "/lessons/" + lc.lesson.Slug + "/cells/" + lc.cell.ID
}

// figures are the pictures that the lesson chooses, else those that the kind shows unasked.
func (lc *lessonCell) figures() []string {
	if len(lc.cell.Figures) > 0 {
		return lc.cell.Figures
	}
	return lc.kind.Shown
}

func (lc *lessonCell) view() *views.Cell {
	return &views.Cell{
		ID: "cell-" + lc.cell.ID, Kind: lc.kind, Title: lc.cell.Title, CaptionHTML: lc.cell.CaptionHTML,
		Address: lc.address(), Show: lc.cell.Show, Presets: lc.presets, Heading: lc.heading,
	}
}

// own is the cell with its own values and its answer shown.
func (lc *lessonCell) own() (*views.Cell, error) {
	result, err := lc.result()
	if err != nil {
		return nil, fmt.Errorf("%s:%d: cell %s: %w", lc.lesson.File, lc.cell.Line, lc.cell.ID, err)
	}
	v := lc.view()
	v.Base, v.Values, v.Result = lc.base, lc.base, result
	v.Draw(lc.figures())
	return v, nil
}

func (lc *lessonCell) render(slide string) (string, error) {
	v, err := lc.own()
	if err != nil {
		return "", err
	}
	v.Slide = slide
	if v.Predict = ask(lc.cell.Predict); v.Predict != nil {
		v.Draw(lc.cell.Figures)
	}
	var b strings.Builder
	err = views.CellView(v).Render(context.Background(), &b)
	return b.String(), err
}

// rendered is the cell with its own values, ready for a page or for slides.
func (lc *lessonCell) rendered(slides bool) (*views.Cell, error) {
	render := lc.onPage
	if slides {
		render = lc.onSlide
	}
	html, err := render()
	return &views.Cell{HTML: html}, err
}

func (s *server) registerCells(e *echo.Echo) {
	serve(e, "/lessons/:slug/cells/:id", s.lessonCell)
}

// lessonCell answers one cell: a fragment for htmx, another form where the
// address has an extension, else the lesson opened at the cell.
func (s *server) lessonCell(c echo.Context) error {
	l, lc, form, err := s.findCell(c)
	if err != nil {
		return err
	}
	slide := ""
	if c.QueryParams().Has("slides") {
		slide = lc.slide
	}
	in := lc.instrument()
	in.slide = slide
	return s.answer(c, in, form, func(v *views.Cell) templ.Component {
		return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			page, err := s.lessonPage(c, l, slide)
			if err != nil {
				return err
			}
			page.Cells[lc.cell.ID], page.Opened = v, v.ID
			if slide != "" {
				return views.Lecture(page).Render(ctx, w)
			}
			return views.Lesson(page).Render(ctx, w)
		})
	})
}

func (lc *lessonCell) instrument() *instrument {
	return &instrument{
		lesson: true, predict: lc.cell.Predict,
		kind: lc.kind, address: lc.address(), base: lc.base, figures: lc.figures(), view: lc.view,
		run: func(context.Context) (cell.Result, error) { return lc.result() },
	}
}

// findCell is the cell that an address names, with the form that is asked for.
func (s *server) findCell(c echo.Context) (l *lessons.Lesson, lc *lessonCell, form string, err error) {
	if l, err = s.lesson(c.Param("slug")); err != nil {
		return nil, nil, "", err
	}
	id, form := splitForm(c.Param("id"))
	var links []views.Link
	for _, each := range l.Cells() {
		at := s.cells[each]
		if each.ID == id {
			lc = at
		}
		links = append(links, views.Link{Address: at.address(), Text: each.Title})
	}
	if lc == nil {
		return nil, nil, "", notFound("This lesson has no such picture. It has:", links...)
	}
	return l, lc, form, nil
}
