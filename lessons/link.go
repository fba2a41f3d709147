package lessons

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"descent/lessons/exercise"
)

// A link is where a lesson points to.
type link struct {
	to   string
	file string
	line int
}

// checkLinks reports the links of a lesson that lead nowhere.
func checkLinks(l *Lesson, all []*Lesson, unread []string, check CheckCell) Problems {
	var problems Problems
	for _, link := range l.links {
		if message := link.check(l, all, unread, check); message != "" {
			problems = append(problems, Problem{link.file, link.line, "link " + link.to + ": " + message})
		}
	}
	return problems
}

// pages are those of the site besides lessons and instruments that a lesson may send
// its readers to.
var pages = []string{"/data", "/lab/sgd/race", "/lab/derivation/check"}

// check says what is wrong with the link; "" if nothing is.
func (k link) check(l *Lesson, all []*Lesson, unread []string, check CheckCell) string {
	to, err := url.Parse(k.to)
	if err != nil {
		return "this is no address"
	}
	if to.Scheme == "https" || to.Scheme == "http" || to.Scheme == "mailto" {
		return ""
	}
	target := l
	path := strings.Split(strings.TrimPrefix(to.Path, "/"), "/")
	switch {
	case to.Scheme != "" || to.Host != "":
		return "only http, https and mailto lead out of the notebook"
	case to.Path == "":
	case to.Path == "/" || to.Path == "/lab":
		return ""
	case slices.Contains(pages, to.Path) && to.RawQuery == "":
		return ""
	case len(path) == 2 && path[0] == "lab":
		return checkLab(path[1], to, check)
	case (len(path) == 2 || len(path) == 4 && (path[2] == "cells" || path[2] == "exercises")) && path[0] == "lessons":
		i := slices.IndexFunc(all, func(l *Lesson) bool { return l.Slug == path[1] })
		switch {
		case i < 0 && slices.Contains(unread, path[1]):
			return ""
		case i < 0:
			return fmt.Sprintf("there is no lesson %q", path[1])
		}
		target = all[i]
		switch {
		case len(path) == 2:
		case path[2] == "cells" && !slices.ContainsFunc(target.Cells(), func(c *Cell) bool { return c.ID == path[3] }):
			return fmt.Sprintf("%s has no cell %q", target.File, path[3])
		case path[2] == "exercises" && !slices.ContainsFunc(target.Exercises(), func(e *exercise.Exercise) bool { return e.ID == path[3] }):
			return fmt.Sprintf("%s has no exercise %q", target.File, path[3])
		}
	default:
		return "links lead to /lessons/slug#section-id, #section-id, /lab/kind?…, or out to https://…"
	}
	if id := to.Fragment; id != "" && !slices.ContainsFunc(target.Sections, func(s Section) bool { return s.ID == id }) {
		return fmt.Sprintf("%s has no section %q", target.File, id)
	}
	return ""
}

func checkLab(kind string, to *url.URL, check CheckCell) string {
	query, err := url.ParseQuery(to.RawQuery)
	if err != nil {
		return err.Error()
	}
	set := make(map[string]string, len(query))
	for name := range query {
		set[name] = query.Get(name)
	}
	var messages []string
	for _, err := range check(kind, set, nil, nil, "") {
		messages = append(messages, err.Error())
	}
	slices.Sort(messages)
	return strings.Join(messages, "; ")
}
