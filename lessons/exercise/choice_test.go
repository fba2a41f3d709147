package exercise

import (
	"slices"
	"testing"
)

func TestChoiceOfOne(t *testing.T) {
	e := mustRead(t, "kind: choice\n"+common+`vary: {s: [-2]}
options:
  - {id: left, text: Left, right: s > 0, feedback: "The slope is @{s}."}
  - {id: right, text: Right, right: s < 0, feedback: So it is.}
  - {text: Stays, feedback: Only at 0.}
`)
	for answer, want := range map[string]string{
		"choice=2":          "right: So it is.",
		"choice=1":          "wrong left: The slope is −2.",
		"choice=3":          "wrong option-3: Only at 0.",
		"":                  "refused: choice: Choose one.",
		"choice=1&choice=2": "refused: choice: Choose only one.",
		"choice=0":          "refused: choice: This is none of the options.",
		"choice=4":          "refused: choice: This is none of the options.",
		"choice=left":       "refused: choice: This is none of the options.",
	} {
		if got := judged(t, e, answer); got != want {
			t.Errorf("%s: %s; want %s", answer, got, want)
		}
	}
}

func TestChoiceOfSeveral(t *testing.T) {
	e := mustRead(t, "kind: choice\n"+common+`several: true
options:
  - {text: A, right: true, missed: Think of A.}
  - {text: B, feedback: B is false.}
  - {text: C, right: true, feedback: Never said.}
  - {text: D, right: false, feedback: D is false.}
`)
	for answer, want := range map[string]string{
		"choice=1&choice=3":                   "right",
		"choice=3&choice=1&choice=1":          "right",
		"choice=1":                            "wrong missed-option-3: Something that holds is not chosen yet.",
		"choice=3":                            "wrong missed-option-1: Think of A.",
		"choice=1&choice=2&choice=3":          "wrong option-2: B is false.",
		"choice=2&choice=4":                   "wrong: Think of A.: B is false.: D is false.: Something that holds is not chosen yet.",
		"choice=1&choice=2&choice=3&choice=4": "wrong: B is false.: D is false.",
		"":                                    "refused: choice: Choose what holds; at least one does.",
	} {
		if got := judged(t, e, answer); got != want {
			t.Errorf("%s: %s; want %s", answer, got, want)
		}
	}
}

// The order on the page depends on the variant and on nothing else; the values stay those of the block.
func TestOrderOfOptions(t *testing.T) {
	const options = `options: [{text: A, right: true}, {text: B, feedback: F}, {text: C, feedback: F}, {text: D, feedback: F}]
vary: {a: {from: 1, to: 12}}
`
	e := mustRead(t, "kind: choice\n"+common+options+"shuffle: true\n")
	task := e.Task.(*ChoiceTask)
	orders := map[string]bool{}
	for n := range e.Variants {
		list := task.Options(e.Variant(n))
		if !slices.Equal(list, task.Options(e.Variant(n))) {
			t.Errorf("variant %d has two orders", n)
		}
		order := ""
		for _, o := range list {
			order += o.Value
			if want := string(rune('A' + o.Value[0] - '1')); o.HTML != want {
				t.Errorf("option %s is %s", o.Value, o.HTML)
			}
		}
		orders[order] = true
	}
	if len(orders) < 4 {
		t.Errorf("only %d orders in %d variants", len(orders), e.Variants)
	}
	plain := mustRead(t, "kind: choice\n"+common+options)
	for i, o := range plain.Task.(*ChoiceTask).Options(plain.Variant(5)) {
		if o.Value != string(rune('1'+i)) {
			t.Errorf("unshuffled, option %d is %s", i, o.Value)
		}
	}
}
