package lessons

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"

	"descent/lessons/formula"
)

//go:embed *.md
var embedded embed.FS

// Embedded is the folder of the built-in lessons.
func Embedded() fs.FS { return embedded }

var fileName = regexp.MustCompile(`^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)\.md$`)

// Load reads all lessons of a folder in their order: the files *.md in it,
// except README.md. The error is [Problems] with the mistakes of all files, or
// says that the folder cannot be read or has no lesson.
//
// Every variant of every exercise is tried, except for the built-in lessons, of which only the
// first ones are: the tests try them all.
func Load(folder fs.FS, check CheckCell) ([]*Lesson, error) {
	variants := allVariants
	if folder == fs.FS(embedded) {
		variants = 1
	}
	return load(folder, check, formula.MathML, variants)
}

func load(folder fs.FS, check CheckCell, render renderFormula, variants int) ([]*Lesson, error) {
	names, err := fs.Glob(folder, "*.md")
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool { return name == "README.md" })
	if len(names) == 0 {
		return nil, errors.New("no lessons: the folder has no file named like 01-slug.md")
	}
	slices.Sort(names)
	var lessons []*Lesson
	var problems Problems
	var unread []string // slugs of lessons with mistakes: links to them are not dead
	for _, name := range names {
		source, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("reading a lesson: %w", err)
		}
		l, err := parse(name, source, check, render, variants)
		var found Problems
		if errors.As(err, &found) {
			problems = append(problems, found...)
			_, slug, _ := nameParts(name)
			unread = append(unread, slug)
			continue
		}
		for _, other := range lessons {
			if other.Slug == l.Slug || other.Number == l.Number {
				problems = append(problems, Problem{name, 1, other.File + " has the same number or slug; both must differ"})
			}
		}
		lessons = append(lessons, l)
	}
	for _, l := range lessons {
		problems = append(problems, checkLinks(l, lessons, unread, check)...)
	}
	if err := problems.err(); err != nil {
		return nil, err
	}
	return lessons, nil
}

// Formulas lists the formulas of the built-in lessons, those that the cache of
// package formula must hold.
func Formulas() ([]formula.Formula, error) {
	var all []formula.Formula
	collect := func(tex string, display bool) (string, error) {
		all = append(all, formula.Formula{TeX: tex, Display: display})
		return "", nil
	}
	anything := func(string, map[string]string, []string, []string, string) []error { return nil }
	_, err := load(Embedded(), anything, collect, 0)
	return all, err
}

// nameParts takes number and slug from a file's name.
func nameParts(file string) (number int, slug string, ok bool) {
	m := fileName.FindStringSubmatch(file)
	if m == nil {
		return 0, "", false
	}
	number, _ = strconv.Atoi(m[1])
	return number, m[2], true
}
