// Package formula turns TeX into MathML, which browsers set without a script
// and screen readers speak.
//
// The work is done by Temml 0.13.5 (temml.min.js, MIT licence beside it), run in
// a JavaScript engine written in Go. Loading it takes tens of milliseconds and a
// formula some more, so the formulas of the embedded lessons and of the program
// itself are rendered ahead of time: cache.json holds them and a server that
// shows only these never starts the engine. Other formulas, those of a
// lecturer's own lessons, are rendered when they are asked for.
//
// What Temml writes is made fit for the notebook's pages: no style attributes,
// which their content security policy forbids (what they said is said by
// attributes or by the classes of formula.css); \vec as a stretchy accent;
// nothing that browsers ignore. There is no annotation with the TeX source:
// screen readers would read it besides the formula.
//
// After a formula of a lesson, a method or a derivation changes, go generate
// renders the cache anew; the tests fail until it is.
//
// Sources: Temml, https://temml.org; MathML Core, https://www.w3.org/TR/mathml-core/.
//
// The package does not know expressions that a reader types; those print
// themselves ([descent/optim/expr.Expr.MathML]).
package formula

//go:generate go run ./gen

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed cache.json
var cacheFile []byte

//go:embed formula.css
var stylesheet []byte

// Stylesheet is the CSS that the markup needs besides a font with a MATH table.
// The slice is the caller's own.
func Stylesheet() []byte { return slices.Clone(stylesheet) }

// A Formula is TeX and where it stands: within a line of text, or displayed
// on a line of its own.
type Formula struct {
	TeX     string // without dollars
	Display bool   // on a line of its own
}

// MathML is the formula as a <math> element, safe to put into a page as it is.
// Space around the TeX does not matter. The error is Temml's, in one line with
// the position in the TeX, or says which construction pages cannot show. It is
// safe for concurrent use.
func MathML(tex string, display bool) (string, error) {
	f := Formula{normal(tex), display}
	if markup, ok := cached()[f]; ok {
		return markup, nil
	}
	return f.render()
}

func normal(tex string) string {
	return strings.TrimSpace(strings.ReplaceAll(tex, "\r\n", "\n"))
}

// An entry is one formula in cache.json.
type entry struct {
	TeX     string `json:"tex"`
	Display bool   `json:"display,omitempty"`
	MathML  string `json:"mathml"`
}

var cached = sync.OnceValue(func() map[Formula]string {
	var entries []entry
	if err := json.Unmarshal(cacheFile, &entries); err != nil {
		panic("formula: cache.json: " + err.Error()) // embedded and tested
	}
	m := make(map[Formula]string, len(entries))
	for _, e := range entries {
		m[Formula{e.TeX, e.Display}] = e.MathML
	}
	return m
})

// Cache renders formulas afresh and returns the content of cache.json for
// them: sorted, each once, one a line. The error is the first of [MathML]'s, with
// the formula.
func Cache(formulas []Formula) ([]byte, error) {
	list := make([]Formula, len(formulas))
	for i, f := range formulas {
		list[i] = Formula{normal(f.TeX), f.Display}
	}
	slices.SortFunc(list, func(a, b Formula) int {
		if a.Display != b.Display && a.TeX == b.TeX {
			if a.Display {
				return 1
			}
			return -1
		}
		return strings.Compare(a.TeX, b.TeX)
	})
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	separator := "[\n"
	for _, f := range slices.Compact(list) {
		markup, err := f.render()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.TeX, err)
		}
		out.WriteString(separator)
		if err := encoder.Encode(entry{f.TeX, f.Display, markup}); err != nil {
			return nil, err
		}
		separator = ","
	}
	if separator == "[\n" {
		return []byte("[]\n"), nil
	}
	return []byte(out.String() + "]\n"), nil
}
