package lessons

import (
	"context"

	"github.com/yuin/goldmark/ast"

	"descent/lessons/exercise"
)

// exercise reads an exercise's block and tries it; nil when it has a mistake.
func (r *reading) exercise(f *ast.FencedCodeBlock) *exercise.Exercise {
	content, first := r.content(f)
	e := exercise.Read(exercise.Source{
		Text: content,
		Line: first,
		Markdown: func(text string, line int) string {
			defer func(holes bool) { r.holes = holes }(r.holes)
			r.holes = true
			return r.markdown(text, line)
		},
		Claim:   func(line int, id string) { r.id(r.cells, line, id) },
		Problem: r.problem,
	})
	if e == nil {
		return nil
	}
	for _, err := range exercise.Check(context.Background(), e, r.variants) {
		r.problem(e.Line, "exercise %s: %v", e.ID, err)
	}
	return e
}
