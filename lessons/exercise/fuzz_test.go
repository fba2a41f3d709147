package exercise

import (
	"context"
	"net/url"
	"testing"
)

// Whatever a block says, it is read or its mistakes are reported; what is read can be drawn, tried and answered.
func FuzzRead(f *testing.F) {
	f.Add("kind: number\n"+common+"vary: {a: [1, 2]}\nlet: {b: a/2}\nwhere: a != b\nanswer: b\nunit: m\nmistakes: [{id: m, answer: 2*a, feedback: F}]", "answer", "1 m")
	f.Add("kind: number\n"+common+"parts: [{name: x, label: X, answer: 1/3, tolerance: {digits: 3}}]", "x", "2^(1/3)")
	f.Add("kind: choice\n"+common+"several: true\nshuffle: true\noptions: [{text: A, right: true}, {text: B, right: 1 > 2, feedback: F}]", "choice", "2")
	f.Add("kind: expression\n"+common+"vary: {a: {from: -1, to: 1}}\nanswer: \"@{a}*x^2 @{+a}\"\nvariables: x\nform: [expanded]", "answer", "x^2 - 1")
	f.Fuzz(func(t *testing.T, block, field, answer string) {
		e, problems := read(block)
		if (e == nil) != (problems != "") {
			t.Fatalf("exercise %v, problems %q", e, problems)
		}
		if e == nil {
			return
		}
		Check(context.Background(), e, 2)
		for n := range min(2, e.Variants) {
			v := e.Variant(n)
			verdict, err := e.Task.Check(context.Background(), v, url.Values{field: {answer}})
			if err == nil && (verdict.Outcome == "") != (len(verdict.Errors) > 0) {
				t.Errorf("variant %d: %+v", n, verdict)
			}
		}
	})
}
