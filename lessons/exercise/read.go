package exercise

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"descent/lessons/block"
)

// commonKeys are what every block may say, besides the kind's own keys.
var commonKeys = []string{"kind", "id", "title", "question", "vary", "where", "variants", "let", "points", "per_try", "hints", "solution", "mistakes"}

const (
	maxHints  = 6
	maxPoints = 100
)

// Lookup finds a kind; nil when there is none.
func Lookup(id string) *Kind {
	i := slices.IndexFunc(Kinds, func(k *Kind) bool { return k.ID == id })
	if i < 0 {
		return nil
	}
	return Kinds[i]
}

// IDs lists the kinds in order.
func IDs() []string {
	ids := make([]string, len(Kinds))
	for i, k := range Kinds {
		ids[i] = k.ID
	}
	return ids
}

// Read reads a block. Every mistake is reported to the source; where there is one, the answer is nil.
func Read(s Source) *Exercise {
	in := &reading{Source: s}
	entries, bad := block.Read(s.Text)
	if bad != nil {
		s.Problem(s.Line+bad.Line-1, "exercise: %s", bad.Message)
		return nil
	}
	r := &Reader{in: in, path: "exercise", line: s.Line - 1, entries: entries}
	e := &Exercise{Line: r.line}
	if !r.head(e) {
		return nil
	}
	e.values = r.values(e.ID)
	if in.failed {
		return nil // holes and formulas would be reported for values that are missing
	}
	e.Variants = len(e.values)
	e.Points = r.Number("points", 0, maxPoints, 1)
	e.PerTry = r.Number("per_try", 0, 1, 0.1)
	r.Need("question", "solution")
	e.question = r.Markdown("question")
	e.hints = r.hints()
	e.solution = r.Markdown("solution")
	e.Task = e.Kind.Read(r)
	if in.failed {
		return nil
	}
	if s, ok := e.Task.(series); ok {
		e.Variants = s.cases()
		e.values = slices.Repeat(e.values[:1], e.Variants)
	}
	sum := sha256.Sum256([]byte(in.rule.String()))
	e.Rule = hex.EncodeToString(sum[:8])
	return e
}

// head reads what an exercise is and is called.
func (r *Reader) head(e *Exercise) bool {
	if !r.Need("kind", "id", "title") {
		return false
	}
	e.ID = r.Text("id")
	r.path = "exercise " + e.ID
	r.in.Claim(r.fileLine(r.entry("id").Line), e.ID)
	kind := r.Text("kind")
	if e.Kind = Lookup(kind); e.Kind == nil {
		r.Problem("kind", "there is no %q; %s", kind, suggest(kind, IDs()))
		return false
	}
	if e.Title = r.Prose("title"); e.Title == "" {
		r.Problem("title", "is empty")
	}
	known := slices.Concat(commonKeys, e.Kind.Keys)
	for _, entry := range r.entries {
		if !slices.Contains(known, entry.Key) {
			r.unknown(entry, known)
		}
	}
	return true
}

// hints reads the ladder of hints.
func (r *Reader) hints() []hint {
	r.Need("hints")
	var list []hint
	sum := 0.0
	for _, h := range r.Each("hints") {
		h.Need("text", "cost")
		list = append(list, hint{h.Markdown("text"), h.Number("cost", 0, 1, 0)})
		sum += list[len(list)-1].cost
		h.Close()
	}
	switch {
	case len(list) == 0 || len(list) > maxHints:
		r.Problem("hints", "there must be 1 to %d hints", maxHints)
	case sum > 1:
		r.Problem("hints", "together the hints cost more than the exercise is worth")
	}
	return list
}
