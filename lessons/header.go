package lessons

import (
	"strings"

	"descent/lessons/block"
)

// header reads the head of the file into the lesson and answers the rest and
// the line on which it begins.
func (r *reading) header(l *Lesson, source string) (body string, line int) {
	const fence = "---\n"
	rest, ok := strings.CutPrefix(source, fence)
	head, body, closed := strings.Cut("\n"+rest, "\n"+fence)
	if !ok || !closed {
		r.problem(1, "a lesson begins with a header: a line ---, then title, question and summary, then another line ---")
		return source, 1
	}
	head = strings.TrimPrefix(head, "\n")
	line = 3
	if head != "" {
		line += 1 + strings.Count(head, "\n")
	}
	var entries []block.Entry
	var err *block.Error
	if strings.TrimSpace(head) != "" {
		entries, err = block.Read(head)
	}
	if err != nil {
		r.problem(1+err.Line, "header: %s", err.Message)
		return body, line
	}
	fields := map[string]*string{"title": &l.Title, "question": &l.Question, "summary": &l.Summary, "thumbnail": &l.Thumbnail}
	names := []string{"title", "question", "summary", "thumbnail"}
	for _, e := range entries {
		field := fields[e.Key]
		if field == nil {
			r.unknown(1+e.Line, "header", e.Key, names)
			continue
		}
		if *field, err = block.Scalar(e.Value); err != nil {
			r.problem(1+err.Line, "header: %s: %s", e.Key, err.Message)
		}
		if e.Key == "thumbnail" {
			r.thumbnail = 1 + e.Line
		}
	}
	for _, name := range names[:3] {
		if strings.TrimSpace(*fields[name]) == "" {
			r.problem(1, "header: %s is missing", name)
		}
	}
	return body, line
}
