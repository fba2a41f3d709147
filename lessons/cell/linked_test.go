package cell

import (
	"context"
	"math"
	"net/url"
	"strings"
	"testing"

	"descent/optim/param"
)

// logisticOf runs the kind logistic on a query.
func logisticOf(t *testing.T, query string) *Logistic {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	base, err := logisticKind.Params.Defaults(nil)
	if err != nil {
		t.Fatal(err)
	}
	v, unknown, errs := logisticKind.Params.Parse(values, base)
	if len(errs)+len(unknown) > 0 {
		t.Fatal(errs, unknown)
	}
	r, err := logisticKind.Run(context.Background(), v)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return r.(*Logistic)
}

// In every plane the boundary is where p = ½ for examples that lie in it, and the
// lift of a classifier is a θ that has it there.
func TestPlanes(t *testing.T) {
	for _, query := range []string{
		"features=3,4&steps=20", "steps=20", "steps=20&axes=components", "scale=raw&steps=5&eta=0.001",
		"scale=unit&axes=components&steps=5", "data=breast-cancer&axes=components&steps=5", "data=digits-3-8&steps=3", "data=wine&axes=components&steps=3",
	} {
		l := logisticOf(t, query)
		_, theta := l.Last()
		p := l.Plane
		bias, w1, w2 := p.Classifier(theta)
		for _, at := range [][2]float64{{0, 0}, {1.5, -2}, {30, 7}} {
			score := theta[0]
			for j := range p.Centre {
				score += theta[1+j] * (p.Centre[j] + at[0]*p.Across[j] + at[1]*p.Upwards[j])
			}
			if got := bias + w1*at[0] + w2*at[1]; math.Abs(got-score) > 1e-9*(1+math.Abs(score)) {
				t.Errorf("%s: at %v the plane says %g, the model %g", query, at, got, score)
			}
		}
		lift := p.Lift(theta)
		changed := make([]float64, len(theta))
		for j := range changed {
			changed[j] = lift.Rest[j] + 0.3*lift.Right[j] - 0.7*lift.Up[j]
		}
		changed[0] += 2
		b, u, v := p.Classifier(changed)
		for i, got := range [][2]float64{{b, 2}, {u, 0.3}, {v, -0.7}} {
			if math.Abs(got[0]-got[1]) > 1e-9 {
				t.Errorf("%s: entry %d of the lifted classifier is %g, want %g", query, i, got[0], got[1])
			}
		}
	}
}

func TestPoint(t *testing.T) {
	l := logisticOf(t, "features=3,4&steps=0&point=71")
	text := l.Readout().Text()
	for _, want := range []string{"Flower 71: virginica, p = 0.5, mistake y − p = 0.5.", "0.5·(1, ", "Its part of the NLL is 0.693."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q lacks %q", text, want)
		}
	}
	// The list is in order and holds the longest.
	l = logisticOf(t, "steps=30")
	_, theta := l.Last()
	list := l.Strongest(theta)
	if len(list) != mostPulls {
		t.Fatalf("%d examples", len(list))
	}
	for i := 1; i < len(list); i++ {
		if list[i].Size > list[i-1].Size {
			t.Errorf("example %d pulls more than the one before", i)
		}
	}
	for i := range l.Data.Rows {
		if p := l.pulling(i, theta); p.Size > list[0].Size {
			t.Errorf("row %d pulls more than the first of the list", i)
		}
	}
}

func TestPairs(t *testing.T) {
	for _, test := range []struct {
		query string
		want  [2]int
	}{
		{"", [2]int{3, 4}}, {"weight1=0", [2]int{0, 4}}, {"weight2=0", [2]int{3, 0}}, {"weight1=4", [2]int{4, 3}},
		{"weight1=1&weight2=2", [2]int{1, 2}}, {"features=3,4&weight1=0&weight2=4", [2]int{0, 2}},
	} {
		if got := logisticOf(t, test.query).Pair; got != test.want {
			t.Errorf("%s: weights %v, want %v", test.query, got, test.want)
		}
	}
}

func TestLinkedRefusals(t *testing.T) {
	base, err := logisticKind.Params.Defaults(nil)
	if err != nil {
		t.Fatal(err)
	}
	for query, field := range map[string]string{
		"point=101": "point", "weight1=2&weight2=2": "weight2", "weight1=5": "weight1", "features=3,4&weight2=1": "weight2",
	} {
		values, _ := url.ParseQuery(query)
		v, _, errs := logisticKind.Params.Parse(values, base)
		if len(errs) == 0 {
			_, err := logisticKind.Run(context.Background(), v)
			errs, _ = err.(param.Errors)
		}
		if len(errs) != 1 || errs[0].Field != field {
			t.Errorf("%s: %v, want a mistake at %s", query, errs, field)
		}
	}
}

// Known figures: L = 45.6 and κ = 11 for standardised petals, κ > 16,000 for raw
// ones; raw breast cancer needs an η of some 10⁻⁸.
func TestScalings(t *testing.T) {
	l := logisticOf(t, "features=3,4&steps=50&eta=0.02")
	list, err := l.Scalings(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		own := logisticOf(t, "features=3,4&steps=50&eta=0.02&scale="+s.Scale)
		last, _ := own.Last()
		if s.NLL != last.NLL || s.SafeEta != own.StableEta || s.Condition != own.Condition() {
			t.Errorf("%s: the table says %v, the run itself NLL %g, 2/L %g, κ %g", s.Scale, s, last.NLL, own.StableEta, own.Condition())
		}
		switch {
		case s.Scale == "standard" && (math.Abs(s.Condition-11) > 0.5 || math.Abs(s.SafeEta-0.0439) > 1e-4):
			t.Errorf("standardised: κ = %g, 2/L = %g", s.Condition, s.SafeEta)
		case s.Scale == "raw" && s.Condition < 16_000:
			t.Errorf("raw: κ = %g", s.Condition)
		}
	}
	cancer := logisticOf(t, "data=breast-cancer&scale=raw&steps=3&eta=0.000000008")
	if cancer.StableEta < 1e-9 || cancer.StableEta > 1e-7 || !strings.Contains(cancer.Readout().Text(), "safe below 2/L") {
		t.Errorf("raw breast cancer: 2/L = %g, %s", cancer.StableEta, cancer.Readout().Text())
	}
}

// A fit is made once for all rates and starts, and again for another penalty.
func TestFitsAreKept(t *testing.T) {
	a, b, c := logisticOf(t, "eta=0.01"), logisticOf(t, "eta=0.02&theta0=1,1,1,1,1"), logisticOf(t, "l2=1")
	if a.fit != b.fit || a.fit == c.fit {
		t.Error("fits are not kept by what they depend on")
	}
	d, e := logisticOf(t, "eta=0.02&theta0=1,1,1,1,1&point=3"), logisticOf(t, "eta=0.02&theta0=1,1,1,1,2")
	if b.Run != d.Run || d.Run == e.Run {
		t.Error("runs are not kept by what they depend on")
	}
}

func TestFitMemoryIsBounded(t *testing.T) {
	m := fitMemory{most: 5000}
	l := logisticOf(t, "")
	for i := range 30 {
		if _, err := m.get(context.Background(), l.all, "", l.columns, "raw", float64(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(m.entries); n < 2 || n > 6 { // 800 numbers each
		t.Errorf("%d fits are kept", n)
	}
	if m.entries[0].key.l2 != 30 {
		t.Errorf("the newest is that of λ = %g", m.entries[0].key.l2)
	}
}

func TestSeparableIsProvedInWords(t *testing.T) {
	l := logisticOf(t, "data=digits-3-8&steps=200&eta=0.01")
	if !strings.Contains(strings.Join(l.Proof(), " "), "linearly separable") {
		t.Error(l.Proof())
	}
	steps, norms, losses := l.Norms()
	n := len(steps) - 1
	if n != 200 || !(norms[n] > norms[n/2]) || !(losses[n] < losses[n/2]) {
		t.Errorf("after %d steps ‖θ‖ = %g (half-way %g)", n, norms[n], norms[n/2])
	}
}

func BenchmarkLogisticTweak(b *testing.B) {
	for _, query := range []string{"", "data=breast-cancer", "data=digits-3-8"} {
		b.Run(query, func(b *testing.B) {
			values, _ := url.ParseQuery(query)
			base, _ := logisticKind.Params.Defaults(nil)
			v, _, _ := logisticKind.Params.Parse(values, base)
			for b.Loop() {
				if _, err := logisticKind.Run(context.Background(), v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// What a tweak would cost if the optimum were found anew each time.
func BenchmarkNewFit(b *testing.B) {
	for _, data := range []string{"iris", "breast-cancer", "digits-3-8"} {
		b.Run(data, func(b *testing.B) {
			values := url.Values{"data": {data}}
			base, _ := logisticKind.Params.Defaults(nil)
			v, _, _ := logisticKind.Params.Parse(values, base)
			r, err := logisticKind.Run(context.Background(), v)
			if err != nil {
				b.Fatal(err)
			}
			l := r.(*Logistic)
			for b.Loop() {
				if _, err := newFit(context.Background(), l.all, l.columns, "standard", 0); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
