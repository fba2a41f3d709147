package views

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
)

// What holds is marked once the solution is shown, in words besides the sign, and not before.
func TestChoiceMarksWhatHolds(t *testing.T) {
	list := exampleExercises(t)
	for _, tt := range []struct {
		id, word string
	}{{"which-way", "right"}, {"which-hold", "holds"}} {
		e := list[tt.id]
		for n := range e.Variants {
			v := e.Variant(n)
			shown := &Exercise{ID: "exercise-" + tt.id, Variant: v, Answer: url.Values{"choice": {"1"}}}
			for _, closed := range []bool{false, true} {
				shown.GaveUp = closed
				var b bytes.Buffer
				if err := ChoiceFields(shown).Render(t.Context(), &b); err != nil {
					t.Fatal(err)
				}
				want := map[string]bool{}
				for _, value := range v.Task.Model(v)["choice"] {
					want[value] = closed
				}
				for _, option := range strings.Split(b.String(), `<label class="`)[1:] {
					_, after, _ := strings.Cut(option, `value="`)
					value, _, _ := strings.Cut(after, `"`)
					mark := strings.Contains(option, `aria-hidden="true">✓</span> `+tt.word)
					if mark != want[value] || strings.HasPrefix(option, "choice-option choice-held") != want[value] {
						t.Errorf("%s, variant %d, closed %v: option %s is marked: %v", tt.id, n, closed, value, mark)
					}
				}
			}
		}
	}
}

// An exercise with one version never speaks of another.
func TestRulesOfOneVersion(t *testing.T) {
	list := exampleExercises(t)
	for id, e := range list {
		v := e.Variant(0)
		for _, shown := range []*Exercise{{Variant: v}, {Variant: v, GaveUp: true}, {Variant: v, Solved: true, SolvedOnce: true, Score: 0.8}} {
			rules := shown.rules()
			if rules == "" || strings.Contains(rules, "version") != (e.Variants > 1) {
				t.Errorf("%s, %d variants: %q", id, e.Variants, rules)
			}
		}
	}
}
