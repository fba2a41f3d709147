package derive

import (
	"context"
	"encoding/json"
	"os"
	"testing"
)

type referencePair struct {
	ID, A, B          string
	Variables         map[string]string
	Equal             bool
	EqualCommonDomain bool `json:"equal_common_domain"`
	Indistinguishable bool `json:"float64_indistinguishable"`
}

func referencePairs(t testing.TB) []referencePair {
	t.Helper()
	text, err := os.ReadFile("testdata/equivalence.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Pairs []referencePair }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Pairs) < 40 {
		t.Fatalf("only %d pairs", len(file.Pairs))
	}
	return file.Pairs
}

func (p *referencePair) vars() Variables {
	v := Variables{}
	for name, domain := range p.Variables {
		v[name] = Domain(domain)
		if domain == "01" {
			v[name] = Binary
		}
	}
	return v
}

// No pair of the reference gets a wrong verdict, and at most 3 % get none.
func TestEqualAgreesWithReference(t *testing.T) {
	undecided := 0
	pairs := referencePairs(t)
	for _, p := range pairs {
		for _, swap := range []bool{false, true} {
			a, b := p.A, p.B
			if swap {
				a, b = b, a
			}
			c, err := Equal(context.Background(), a, b, p.vars())
			if err != nil {
				t.Errorf("%s: %s against %s: %v", p.ID, a, b, err)
				continue
			}
			want := Different
			switch {
			case p.Equal:
				want = Same
			case p.EqualCommonDomain:
				want = SameWhereDefined
			}
			switch {
			case c.Verdict == Undecided:
				undecided++
				t.Logf("%s: %s against %s is undecided: %s", p.ID, a, b, c.Note)
			case c.Verdict != want && !p.Indistinguishable:
				t.Errorf("%s: %s against %s (%v): %s, %s; want %s", p.ID, a, b, p.Variables, c.Verdict, c.Note, want)
			case c.Verdict == Different && c.Counterexample == nil:
				t.Errorf("%s: no counterexample", p.ID)
			}
		}
	}
	if share := float64(undecided) / float64(2*len(pairs)); share > 0.03 {
		t.Errorf("%.1f %% are undecided", 100*share)
	}
}
