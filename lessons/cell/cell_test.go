package cell

import (
	"context"
	"encoding/json"
	"math"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"descent/optim/param"
)

// run makes the result of a kind with some values set.
func run(t testing.TB, kind, query string) Result {
	t.Helper()
	r, err := try(t, kind, query)
	if err != nil {
		t.Fatalf("%s?%s: %v", kind, query, err)
	}
	return r
}

func try(t testing.TB, kind, query string) (Result, error) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	k := Lookup(kind)
	v, unknown, errs := k.Params.Parse(values, param.Values{})
	if len(errs) > 0 {
		return nil, errs
	}
	if len(unknown) > 0 {
		t.Fatalf("%s has no parameter %v", kind, unknown)
	}
	return k.Run(context.Background(), v)
}

// Every kind runs at its defaults, says something, and its forms hold no NaN
// that JSON could not carry.
func TestKindsRunAtTheirDefaults(t *testing.T) {
	for _, k := range Kinds {
		r := run(t, k.ID, "")
		if r.Readout().Headline == "" {
			t.Errorf("%s says nothing", k.ID)
		}
		if _, err := json.Marshal(r.JSON()); err != nil {
			t.Errorf("%s: %v", k.ID, err)
		}
		rows := r.CSV()
		for i, row := range rows {
			if len(row) != len(rows[0]) {
				t.Errorf("%s: CSV row %d has %d fields, the header %d", k.ID, i, len(row), len(rows[0]))
			}
		}
		v, _ := k.Params.Defaults(nil)
		for i := range k.Params {
			p := &k.Params[i]
			if lo, hi := p.SliderRange(v); p.Numeric() && !p.Optional && (lo >= hi || lo < p.Min || hi > p.Max) {
				t.Errorf("%s: the slider of %s spans %g to %g of %g to %g", k.ID, p.Name, lo, hi, p.Min, p.Max)
			}
		}
	}
}

func TestReadouts(t *testing.T) {
	tests := []struct{ kind, query, want string }{
		{"descent", "f=0.5*(x^2%2B10*y^2)&eta=0.15&tol=1e-6&steps=1000", "Converged after"},
		{"descent", "f=0.5*(x^2%2B10*y^2)&eta=0.15", "zigzag: η·λmax = 1.5"},
		{"descent", "f=0.5*(x^2%2B10*y^2)&eta=0.23&steps=60", "Diverges. After 60 steps"},
		{"descent", "f=0.5*(x^2%2B10*y^2)&eta=0.23&steps=60", "η·λmax = 2.3 > 2"},
		{"descent", "f=0.5*(x^2%2B10*y^2)&eta=0.23&steps=60", "Try η ≤ 0.19."},
		{"descent", "f=0.5*(x^2%2B10*y^2)&eta=0.23&steps=10000", "the numbers become too large"},
		{"descent", "f=0.5*(x^2%2B10*y^2)&eta=0.001", "A larger η would be faster"},
		{"descent", "f=x^2&x=0&steps=5", "Arrived."},
		{"descent", "f=x^2-y^2&x=0&y=0&steps=5", "Stands still at a saddle."},
		{"descent", "f=saddle&x=1&y=0&tol=0.001&steps=1000", "Stands still at a saddle."},
		{"descent", "f=x^2%2By^2&x=4&y=1&steps=1&eta=0.1&xmin=-1e6&xmax=1e6", "Still on the way."},
		{"descent", "f=x^4&x=2.2&eta=0.1&steps=30", "above 2: there the steps overshoot"},
		{"descent", "f=x^2&x=3&eta=1&steps=30", "exactly on the edge"},
		{"descent", "f=0.5x^2&x=3&eta=1&steps=30", "η·λmax = 1: not above 1"},
		{"descent", "f=sqrt(1%2Bx^2)&x=0.1&eta=3&steps=50", "Does not settle."},
		{"descent", "f=sqrt(x^2%2By^2)&x=0&y=0", "The gradient is not defined at θ = (0, 0)"},
		{"descent", "f=5&method=adam&eps=0", "divides zero by zero"},
		{"descent", "f=x^3&x=-1&eta=0.3&steps=1000", "J falls without end"},
		{"basins", "f=x^2-y^2&x=0.05&y=0.05&steps=1", "Not yet at a critical point."},
		{"basins", "f=ackley&x=0.9&y=0&eta=0.01", "A local minimum."},
		{"basins", "f=x^4&x=1&eta=0.1&steps=2000", "1 minimum"},
		{"basins", "f=x^2&x=3&eta=2", "Diverges."},
		{"logistic", "l2=10&eta=0.001&steps=5", "NLL with its penalty"},
		{"sgd", "batch=64&order=replacement&epochs=1", "2 updates on 200 examples"},
		{"slope", "f=x^2&x=1000&eps=1e-14", "nothing moves"},
		{"slope", "f=abs(x)&x=0", "has a kink here"},
		{"descent", "f=log(x)&x=-1", "J is not defined at the start."},
		{"descent", "f=sqrt(x)&x=1&eta=4", "Leaves the domain."},
		{"descent", "f=x&x=1&eta=100&steps=10", "After 10 steps"},
		{"descent", "f=0.5*(x^2%2B10*y^2)&method=momentum&eta=0.5&steps=60", "Diverges."},
		{"descent", "f=0.5*(x^2%2B10*y^2)&method=momentum&momentum=1.5&eta=0.01&steps=60", "Try μ = 0.9."},
		{"slope", "f=x^2&x=1&eps=0.1", "f′(1) = 2."},
		{"slope", "f=x^2&x=1&eps=3", "does not lead down: from 1 to 4"},
		{"slope", "f=x^2&x=0", "The slope is zero"},
		{"objective", "f=(x-1)^2&x=1", "This is θ*"},
		{"objective", "f=(x-1)^2&x=3", "smaller values lie to the left"},
		{"objective", "f=-(x-1)^2&mirror=true", "f has a maximum at 1; exactly there −f has a minimum"},
		{"likelihood", "heads=7&tails=3&theta=0.7", "θ* = 0.7, 7 heads in 10 throws"},
		{"likelihood", "heads=0&tails=0", "No tosses yet."},
		{"likelihood", "heads=7&tails=3&theta=0.4", "a larger θ"},
		{"objective", "f=x^4-2x^2%2B0.3x&x=0.96&xmin=-2&xmax=2", "only a local minimum"},
		{"objective", "f=x^4-2x^2%2B0.3x&x=0.076&xmin=-2&xmax=2", "this is no minimum"},
		{"descent", "f=0.5*x^2%2B5*y^2&x=4&y=0&eta=0.205", "no step of this run goes in the direction"},
		{"likelihood", "heads=3&theta=0", "the data are impossible"},
		{"likelihood", "model=gaussian&values=1, 2, 6&mu=3", "θ* = 3, the mean of the observations"},
		{"basins", "f=himmelblau&x=0&y=-1", "4 minima, 4 saddles, 1 maximum"},
		{"basins", "f=double-well&x=1.8&eta=0.02", "A local minimum."},
		{"basins", "f=x^2-y^2%2B0.05*y^4&x=1&y=0&eta=0.1", "A saddle, not a minimum."},
		{"logistic", "steps=0", "After 0 steps the NLL is 69.31"},
		{"logistic", "eta=0.5&steps=20", "rises at step"},
		{"sgd", "batch=50", "Full-batch descent"},
		{"sgd", "epochs=40&batch=1&order=replacement&reduction=mean&eta=1.6&features=3,4", "It does not settle"},
		{"sgd", "epochs=5&batch=20&reduction=mean&eta=0.1", "still on the way down"},
		{"sgd", "eta=300&l2=5&epochs=40", "Diverges. At update"},
		{"sgd", "average=true&epochs=20", "The mean of the iterates has"},
		{"escape", "", "186 of 200 runs of SGD end in the deeper valley, 0 of 200 of full batch."},
		{"escape", "", "11 runs of SGD had been in it and were carried out again"},
		{"noise", "reduction=mean&eta=0.4&batch=2&epochs=20", "half of η is half of the floor"},
		{"noise", "batch=100&epochs=5", "no noise"},
		{"noise", "over=plane&reduction=mean", "The best of full batch on as many examples"},
		{"escape", "eta=1", "200 runs of SGD diverge"},
		{"escape", "f=x^2", "There is one valley only: 200 of 200 runs of SGD end in it"},
		{"escape", "f=x", "No valley."},
		{"escape", "batch=2&order=shuffled", "With all examples in every batch there is no noise."},
		{"derivation", "", "Every line has the value"},
		{"derivation", "b=-20&w1=20&w2=20", "lose their digits"},
	}
	for _, tt := range tests {
		if got := run(t, tt.kind, tt.query).Readout().Text(); !strings.Contains(got, tt.want) {
			t.Errorf("%s?%s says %q, want %q in it", tt.kind, tt.query, got, tt.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct{ kind, query, field, want string }{
		{"descent", "f=sin(", "f", "("},
		{"descent", "f=rosenbrok", "f", "rosenbrock"},
		{"descent", "xmin=3&xmax=1", "xmax", "must be greater than the left edge"},
		{"slope", "f=x*y", "f", "one variable"},
		{"slope", "f=log(x)&x=-1", "x", "not defined"},
		{"likelihood", "theta=2", "theta", "between 0 and 1"},
		{"likelihood", "model=gaussian&values=1,,2", "values", "numbers between commas"},
		{"likelihood", "model=gaussian&values=1,oops", "values", "“oops” must be a number"},
		{"logistic", "features=9", "features", "between 1 and 4"},
		{"logistic", "features=3", "features", "at least two"},
		{"logistic", "features=1,2&axis1=3&axis2=1", "", ""},
		{"logistic", "axis1=9", "axis1", "a feature that is used: 1 to 4"},
		{"logistic", "features=1,2&axis1=4", "axis1", "a feature that is used: 1 to 2"},
		{"logistic", "data=own-0123456789abcdefghij_-", "data", "another browser session"},
		{"logistic", "data=own-1", "data", "or your own data"},
		{"logistic", "data=generated&rows=20000&cols=20&steps=10000", "steps", "at most 666 for 20000 examples with 20 features"},
		{"logistic", "data=generated&rows=20000&cols=20&epochs=10000", "epochs", "at most 666"},
		{"logistic", "data=generated&shape=spiral", "shape", "gaussians, moons, rings, xor"},
		{"sgd", "data=digits-3-8&batch=358", "batch", "between 1 and 357"},
		{"logistic", "features=1,2&axis1=2&axis2=2", "axis2", "differ"},
		{"logistic", "axis1=4", "axis2", "differ"},
		{"logistic", "features=1,2", "", ""},
		{"logistic", "theta0=1,2", "theta0", "has 2 numbers; the bias and the weights are 5"},
		{"sgd", "batch=101", "batch", "between 1 and 100"},
		{"sgd", "compare=1,oops", "compare", "“oops” must be a number between 1 and 100; a batch has 1 to 100 examples, or all"},
		{"sgd", "compare=101", "compare", "between 1 and 100"},
		{"sgd", "compare=1.5", "compare", "whole number"},
		{"sgd", "compare=1,2,3,4,5,6", "compare", "at most 5"},
		{"sgd", "compare=8,1,all,1", "", ""},
		{"sgd", "method=newton", "method", "gd"},
		{"sgd", "data=generated&rows=2000&cols=20&batch=2000&steps=1000000", "steps", "too many for 2000 examples"},
		{"sgd", "data=generated&rows=20000&batch=1&epochs=300", "epochs", "at most 250 passes"},
		{"sgd", "data=generated&rows=20000&cols=20&batch=200&epochs=300&compare=100,300,all", "compare", "fewer epochs"},
		{"noise", "data=breast-cancer", "over", "separable"},
		{"noise", "data=breast-cancer&over=plane&epochs=1", "", ""},
		{"noise", "from=1&to=0.5", "to", "greater than the smallest η"},
		{"escape", "f=x*y", "f", "one variable"},
		{"escape", "batch=3", "batch", "between 1 and 2"},
		{"escape", "xmin=1&xmax=0", "xmax", "greater than the left edge"},
	}
	for _, tt := range tests {
		_, err := try(t, tt.kind, tt.query)
		if tt.field == "" {
			if err != nil {
				t.Errorf("%s?%s: %v", tt.kind, tt.query, err)
			}
			continue
		}
		errs, ok := err.(param.Errors)
		if !ok || errs.For(tt.field) == nil || !strings.Contains(errs.For(tt.field).Message, tt.want) {
			t.Errorf("%s?%s: got %v, want %q at %s", tt.kind, tt.query, err, tt.want, tt.field)
		}
	}
}

func TestCheckReportsLessonMistakes(t *testing.T) {
	if got := Check("slop", nil, nil, nil, ""); len(got) != 1 {
		t.Errorf("unknown kind: %v", got)
	}
	if got := Check("descent", map[string]string{"eta": "-1", "etta": "2"}, []string{"stepz"}, nil, ""); len(got) != 3 {
		t.Errorf("three mistakes: %v", got)
	}
	if got := Check("descent", map[string]string{"f": "sin("}, nil, nil, ""); len(got) != 1 {
		t.Errorf("a broken formula: %v", got)
	}
	if got := Check("descent", map[string]string{"f": "x^2"}, []string{"eta"}, []string{"path"}, ""); got != nil {
		t.Errorf("no mistake: %v", got)
	}
}

func TestSay(t *testing.T) {
	tests := []struct {
		v    float64
		want string
	}{
		{0, "0"}, {1, "1"}, {-2.5, "−2.5"}, {0.123456, "0.1235"}, {123456.7, "123457"}, {1e-7, "10⁻⁷"}, {2.5e-8, "2.5·10⁻⁸"},
		{-3e12, "−3·10¹²"}, {math.Inf(1), "∞"}, {math.Inf(-1), "−∞"}, {math.NaN(), "undefined"}, {9.99999, "10"}, {0.00099999, "10⁻³"},
	}
	for _, tt := range tests {
		if got := say(tt.v); got != tt.want {
			t.Errorf("say(%g) = %q, want %q", tt.v, got, tt.want)
		}
	}
}

func TestFloorTo(t *testing.T) {
	for v, want := range map[float64]float64{0.1739: 0.17, 0.2: 0.2, 0.19999: 0.19, 2: 2, 37.9: 37, 0.000123: 0.00012} {
		if got := floorTo(v); math.Abs(got-want) > 1e-15 {
			t.Errorf("floorTo(%g) = %g, want %g", v, got, want)
		}
	}
}

func TestFloatsInJSON(t *testing.T) {
	got, err := json.Marshal([]Float{0.1, 1e300, Float(math.NaN()), Float(math.Inf(1)), Float(math.Inf(-1))})
	if err != nil || string(got) != `[0.1,1e+300,"NaN","Infinity","-Infinity"]` {
		t.Errorf("got %s, %v", got, err)
	}
}

// The lines of the derivation are equal to what central differences can tell,
// and the last one is the model's own gradient.
func TestDerivationLinesAgree(t *testing.T) {
	for _, j := range []string{"0", "1", "2"} {
		d := run(t, "derivation", "b=-0.7&w1=1.3&w2=0.4&j="+j).(*Derivation)
		if spread := d.Spread(); spread > 1e-7 {
			t.Errorf("j = %s: the lines differ by %g", j, spread)
		}
		fit := run(t, "logistic", "features=3,4&steps=0&theta0=-0.7,1.3,0.4").(*Logistic)
		n, _ := strconv.Atoi(j)
		if got, want := d.Lines[len(d.Lines)-1].Value, fit.Run.Gradient(0)[n]; math.Abs(got-want) > 1e-11*(1+math.Abs(want)) {
			t.Errorf("j = %s: last line %v, gradient of the model %v", j, got, want)
		}
	}
}

// The quotients agree with the reference figures of testdata/finite_diff.json
// within its slack: another libm may differ by an ulp in f.
func TestSlopeAgreesWithReference(t *testing.T) {
	raw, err := os.ReadFile("testdata/finite_diff.json")
	if err != nil {
		t.Fatal(err)
	}
	var reference struct {
		Functions []struct {
			F    string
			X    float64
			Rows []struct {
				Eps, Forward, Backward, Central float64
				Slack                           float64 `json:"error_slack"`
			}
			Derivative float64
		}
	}
	if err := json.Unmarshal(raw, &reference); err != nil {
		t.Fatal(err)
	}
	if len(reference.Functions) < 2 {
		t.Fatal("the reference is missing")
	}
	for _, f := range reference.Functions {
		s := run(t, "slope", "f="+url.QueryEscape(f.F)+"&x="+param.Format(f.X)).(*Slope)
		if math.Abs(s.Derivative-f.Derivative) > 1e-14*math.Abs(f.Derivative) {
			t.Errorf("%s: derivative %v, want %v", f.F, s.Derivative, f.Derivative)
		}
		for i, row := range f.Rows {
			got := s.Sweep[i]
			for _, q := range []struct {
				name      string
				got, want float64
			}{{"forward", got.Forward, row.Forward}, {"backward", got.Backward, row.Backward}, {"central", got.Central, row.Central}} {
				if math.Abs(q.got-q.want) > row.Slack {
					t.Errorf("%s, ε = %g: %s quotient %v, want %v within %g", f.F, row.Eps, q.name, q.got, q.want, row.Slack)
				}
			}
		}
	}
}

// The rate that a diverging run is advised to take does converge, or at least
// ends lower than it starts.
func TestAdvisedRatesWork(t *testing.T) {
	advice := regexp.MustCompile(`Try η ≤ ([0-9.]+)\.`)
	given := 0
	for _, f := range []string{"quadratic", "rosenbrock", "beale", "himmelblau", "booth", "x^4", "x^4+y^4-4x*y", "(x^2-1)^2+y^2", "exp(x)+exp(-y)+x^2+y^2"} {
		for _, start := range []string{"x=-1.5&y=2", "x=0.3&y=-0.2", "x=4&y=1"} {
			for _, method := range []string{"gd", "momentum"} {
				for _, eta := range []string{"0.02", "0.3", "1.5"} {
					query := "f=" + url.QueryEscape(f) + "&" + start + "&method=" + method + "&steps=500"
					m := advice.FindStringSubmatch(run(t, "descent", query+"&eta="+eta).Readout().Text())
					if m == nil {
						continue
					}
					given++
					tried := run(t, "descent", query+"&eta="+m[1]).(*Descent)
					if last := tried.Run.Len() - 1; tried.Run.Stop.Reason != "steps" || !(tried.Run.Losses[last] <= tried.Run.Losses[0]) {
						t.Errorf("%s&eta=%s advises η ≤ %s, with which the run ends: %s", query, eta, m[1], tried.Readout().Text())
					}
				}
			}
		}
	}
	if given < 40 {
		t.Errorf("only %d runs gave advice", given)
	}
}

// The dearest maps keep to their price.
func TestBasinsAreCoarseWhereTheyAreDear(t *testing.T) {
	long := "sin(1*x*y)^2"
	for i := 2; i < 15; i++ {
		long += "+sin(" + strconv.Itoa(i) + "*x*y)^2"
	}
	b := run(t, "basins", "steps=2000&tol=0&f="+url.QueryEscape(long)).(*Basins)
	if b.Map.Block == 1 || !strings.Contains(strings.Join(b.MapWords(), " "), "the map is coarse") {
		t.Errorf("blocks of %d cells: %s", b.Map.Block, b.MapWords())
	}
}
