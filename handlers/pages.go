package handlers

import (
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/optim/param"
	"descent/views"
	"descent/views/chart"
)

func (s *server) registerPages(e *echo.Echo) {
	serve(e, "/", s.contents)
	serve(e, "/lessons/:slug", s.showLesson)
	serve(e, "/lessons", func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, "/") })
}

// contents lists the lessons, each with the picture of its first cell.
func (s *server) contents(c echo.Context) error {
	page := views.ContentsPage{
		Page:       views.Page{Description: "Lessons on optimization and gradient descent with live pictures.", Lessons: s.lessons, Owner: s.seenByOwner(c)},
		Thumbnails: map[string]*chart.Figure{}, Kinds: cell.Kinds,
	}
	for _, l := range s.lessons {
		for _, each := range l.Cells() {
			if l.Thumbnail != "" && each.ID != l.Thumbnail {
				continue
			}
			v, err := s.cells[each].own()
			if err != nil {
				return err
			}
			if len(v.Figures) > 0 {
				page.Thumbnails[l.Slug] = v.Figures[0]
				break
			}
		}
	}
	page.Progress = s.solvedByLesson(c)
	return render(c, http.StatusOK, views.Contents(&page))
}

// showLesson answers a lesson as a page, as slides (?slides) or as the
// lecturer's notes (?notes).
func (s *server) showLesson(c echo.Context) error {
	l, err := s.lesson(c.Param("slug"))
	if err != nil {
		return err
	}
	query := c.QueryParams()
	var notes []string
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if name != "slides" && name != "notes" {
			notes = append(notes, param.Unknown{Name: name}.Note())
		}
	}
	switch {
	case query.Has("notes"):
		page, err := s.lessonPage(c, l, slideOf(l, query.Get("notes")))
		if err != nil {
			return err
		}
		return render(c, http.StatusOK, views.Notes(page))
	case query.Has("slides"):
		page, err := s.lessonPage(c, l, slideOf(l, query.Get("slides")))
		if err != nil {
			return err
		}
		page.Notes = append(page.Notes, notes...)
		return render(c, http.StatusOK, views.Lecture(page))
	}
	page, err := s.lessonPage(c, l, "")
	if err != nil {
		return err
	}
	page.Notes = append(page.Notes, notes...)
	return render(c, http.StatusOK, views.Lesson(page))
}

// slideOf is a slide that exists: the named one, else the first.
func slideOf(l *lessons.Lesson, id string) string {
	if slices.Contains(views.Slides(l), id) {
		return id
	}
	return views.TitleSlide
}

// lessonPage is a lesson with all its cells at their own values and its exercises as the reader left
// them; with a slide it is the lesson as slides, opened there, which is nobody's.
func (s *server) lessonPage(c echo.Context, l *lessons.Lesson, slide string) (*views.LessonPage, error) {
	page := &views.LessonPage{
		Page:   views.Page{Title: l.Title, Description: l.Summary, Lessons: s.lessons, Current: l.Slug, Owner: s.seenByOwner(c)},
		Lesson: l, Cells: map[string]*views.Cell{}, Slide: slide,
	}
	for _, c := range l.Cells() {
		var err error
		if page.Cells[c.ID], err = s.cells[c].rendered(slide != ""); err != nil {
			return nil, err
		}
	}
	if slide != "" {
		page.Exercises = s.asked(l)
		return page, nil
	}
	var notice string
	var err error
	if page.Exercises, notice, err = s.workAt(c, l); notice != "" {
		page.Notes = append(page.Notes, notice)
	}
	return page, err
}

func (s *server) lesson(slug string) (*lessons.Lesson, error) {
	if l := s.bySlug[slug]; l != nil {
		return l, nil
	}
	var links []views.Link
	var slugs []string
	for _, l := range s.lessons {
		links = append(links, views.Link{Address: "/lessons/" + l.Slug, Text: l.Title})
		slugs = append(slugs, l.Slug)
	}
	message := "There is no such lesson."
	if near := param.Nearest(slug, slugs); near != "" {
		message += " Did you mean “" + near + "”?"
	}
	return nil, notFound(message+" The lessons are:", links...)
}
