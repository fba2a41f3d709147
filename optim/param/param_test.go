package param

import (
	"net/url"
	"strings"
	"testing"
)

var table = Table{
	{Name: "eta", Type: Number, Min: 1e-6, Max: 1000, Default: "0.1", Scale: Log},
	{Name: "steps", Type: Integer, Min: 0, Max: 10000, Default: "100"},
	{Name: "method", Type: Choice, Default: "gd", Options: []Option{{"gd", "gradient descent"}, {"momentum", "heavy ball"}}},
	{Name: "momentum", Type: Number, Min: 0, Max: 2, Default: "0.9", When: Condition{Param: "method", In: []string{"momentum"}}},
	{Name: "eps", Type: Number, Max: 1, Default: "1e-8", Vary: Variation{Param: "method", Defaults: map[string]string{"momentum": "0.5"}}},
	{Name: "rivals", Type: Several, Default: "a,b", Max: 2, Options: []Option{{"a", "A"}, {"b", "B"}, {"c", "C"}}},
	{Name: "mirror", Type: Flag, Default: "false"},
	{Name: "xmin", Type: Number, Min: -1e6, Max: 1e6, Optional: true},
	{Name: "f", Type: Expression, Default: "x^2", MaxLen: 256},
	{Name: "data", Type: Choice, Default: "iris", Options: []Option{{"iris", "irises"}, {"wine", "wines"}},
		Others: func(text string) bool { return strings.HasPrefix(text, "own-") && len(text) == 6 }, OthersName: "your own data"},
}

// A parameter matters where all its conditions hold; one on a choice that does
// not matter itself makes no difference.
func TestConditions(t *testing.T) {
	option := func(values ...string) (list []Option) {
		for _, v := range values {
			list = append(list, Option{Value: v})
		}
		return list
	}
	vary := Condition{Param: "vary", In: []string{"rates", "starts"}}
	table := Table{
		{Name: "vary", Type: Choice, Default: "methods", Options: option("methods", "rates", "starts")},
		{Name: "method", Type: Choice, Default: "gd", Options: option("gd", "adam", "newton"), When: vary},
		{Name: "beta", Type: Number, Max: 1, Default: "0.9", When: Condition{Param: "method", In: []string{"adam"}, And: []Condition{vary}}},
		{Name: "rate", Type: Choice, Default: "best", Options: option("best", "same"), When: Condition{
			Param: "vary", In: []string{"methods", "starts"}, And: []Condition{{Param: "method", In: []string{"gd", "adam"}}}}},
	}
	for _, tt := range []struct{ query, want string }{
		{"", "vary rate"},
		{"method=newton", "vary rate"}, // no method is chosen when several are compared
		{"vary=rates", "vary method"},
		{"vary=rates&method=adam", "vary method beta"},
		{"vary=starts", "vary method rate"},
		{"vary=starts&method=newton", "vary method"},
	} {
		query, err := url.ParseQuery(tt.query)
		if err != nil {
			t.Fatal(err)
		}
		v, _, errs := table.Parse(query, Values{})
		var relevant []string
		for _, p := range table {
			if v.Relevant(p.Name) {
				relevant = append(relevant, p.Name)
			}
		}
		if got := strings.Join(relevant, " "); got != tt.want || len(errs) > 0 {
			t.Errorf("%q: %s matter, want %s; %v", tt.query, got, tt.want, errs)
		}
	}
	if n := len(table[3].When.All()); n != 2 {
		t.Errorf("rate has %d conditions", n)
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"eta", "0", "must be between 0.000001 and 1000"},
		{"eta", "NaN", "must be a number between"},
		{"eta", "1e400", "must be between"},
		{"eta", "0x1p-2", "must be a number"},
		{"eta", "Inf", "must be a number"},
		{"eta", "", "must be a number"},
		{"eta", "1,5,2", "must be a number"},
		{"steps", "1.5", "must be a whole number between 0 and 10000"},
		{"steps", "999999999", "must be between 0 and 10000"},
		{"method", "momentun", "did you mean “momentum”?"},
		{"method", "", "must be one of gd, momentum"},
		{"rivals", "a,d", "must be one of a, b, c"},
		{"rivals", "", "choose at least one"},
		{"rivals", "a,b,c", "choose at most 2"},
		{"mirror", "maybe", "must be true or false"},
		{"f", "", "must not be empty"},
		{"f", strings.Repeat("x+", 200), "too long: at most 256 characters"},
		{"f", "x\x00", "not valid text"},
		{"f", "\xff", "not valid text"},
		{"data", "own-", "must be one of iris, wine or your own data"},
		{"data", "own-abc", "must be one of iris, wine or your own data"},
		{"data", "irs", "or your own data; did you mean “iris”?"},
		{"data", "", "must be one of iris"},
	}
	for _, tt := range tests {
		v, _, errs := table.Parse(url.Values{tt.name: {tt.value}}, Values{})
		got := errs.For(tt.name)
		if len(errs) != 1 || got == nil || !strings.Contains(got.Message, tt.want) {
			t.Errorf("%s=%.20q: got %v, want %q", tt.name, tt.value, errs, tt.want)
		}
		if v.Text(tt.name) != table.Lookup(tt.name).Default {
			t.Errorf("%s=%.20q: a refused value must leave the default", tt.name, tt.value)
		}
	}
}

func TestParseAccepts(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"eta", "1e-3", "0.001"},
		{"eta", " 0,25 ", "0.25"},
		{"eta", "1e-6", "0.000001"},
		{"xmin", "−3", "-3"},
		{"xmin", "-0", "0"},
		{"xmin", "", ""},
		{"mirror", "on", "true"},
		{"steps", "1e3", "1000"},
		{"rivals", " c, a,,c", "a,c"},
		{"data", " own-a1 ", "own-a1"},
		{"data", "wine", "wine"},
	}
	for _, tt := range tests {
		v, unknown, errs := table.Parse(url.Values{tt.name: {tt.value}}, Values{})
		if len(errs)+len(unknown) > 0 || v.Text(tt.name) != tt.want {
			t.Errorf("%s=%q: got %q %v, want %q", tt.name, tt.value, v.Text(tt.name), errs, tt.want)
		}
	}
}

func TestEncodeReadsBack(t *testing.T) {
	v, err := table.Defaults(map[string]string{"eta": "0.05", "f": "x^2+θ", "momentum": "0.5"})
	if err != nil {
		t.Fatal(err)
	}
	const want = "eta=0.05&steps=100&method=gd&eps=1e-8&rivals=a,b&mirror=false&f=x%5E2%2B%CE%B8&data=iris"
	if got := v.Encode(nil); got != want {
		t.Errorf("Encode: got %s, want %s (momentum does not matter for gd, xmin is blank)", got, want)
	}
	query, _ := url.ParseQuery(v.Encode(nil))
	again, _, errs := table.Parse(query, Values{})
	if errs != nil || again.Encode(nil) != want {
		t.Errorf("read back: got %s %v", again.Encode(nil), errs)
	}
	if got := v.Encode([]string{"steps", "eta"}); got != "eta=0.05&steps=100" {
		t.Errorf("Encode of two: got %s", got)
	}
}

func TestUnknownNamesTheNearest(t *testing.T) {
	_, unknown, _ := table.Parse(url.Values{"mometum": {"1"}, "utm_source": {"x"}, "eat": {"1"}}, Values{})
	want := []Unknown{{"eat", "eta"}, {"mometum", "momentum"}, {"utm_source", ""}}
	if len(unknown) != len(want) {
		t.Fatalf("got %v", unknown)
	}
	for i := range want {
		if unknown[i] != want[i] {
			t.Errorf("got %v, want %v", unknown[i], want[i])
		}
	}
}

func TestDefaultsReportEveryMistake(t *testing.T) {
	_, err := table.Defaults(map[string]string{"eta": "-1", "stepz": "3"})
	errs, ok := err.(Errors)
	if !ok || errs.For("eta") == nil || errs.For("stepz") == nil {
		t.Errorf("got %v, want mistakes for eta and stepz", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("eta=1e308&steps=-0&f=%ff&xmin=")
	f.Add("eta=4.9e-324&method=gd&mirror=1")
	f.Add("data=own-%26%3D")
	f.Add("data=+own-é")
	f.Fuzz(func(t *testing.T, raw string) {
		query, _ := url.ParseQuery(raw)
		v, _, _ := table.Parse(query, Values{})
		again, err := url.ParseQuery(v.Encode(nil))
		if err != nil {
			t.Fatal(err)
		}
		w, _, errs := table.Parse(again, Values{})
		if len(errs) > 0 || w.Encode(nil) != v.Encode(nil) {
			t.Fatalf("%q is not canonical: %q, %v", v.Encode(nil), w.Encode(nil), errs)
		}
	})
}

// The values of a list of check boxes add up.
func TestSeveralAddsUp(t *testing.T) {
	v, unknown, errs := table.Parse(url.Values{"rivals[]": {"", "c", "b"}}, Values{})
	if errs != nil || unknown != nil || v.Text("rivals") != "b,c" {
		t.Errorf("got %q %v, want b,c", v.Text("rivals"), errs)
	}
}

// A default that depends on a choice follows it, unless the value was given.
func TestDefaultsVary(t *testing.T) {
	base, err := table.Defaults(map[string]string{"method": "momentum", "eps": "0.25"})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		base  Values
		query url.Values
		want  string
	}{
		{"table's own", Values{}, nil, "1e-8"},
		{"of the choice", Values{}, url.Values{"method": {"momentum"}}, "0.5"},
		{"given beside the choice", Values{}, url.Values{"method": {"momentum"}, "eps": {"0.125"}}, "0.125"},
		{"base's value under base's choice", base, nil, "0.25"},
		{"another choice than base's", base, url.Values{"method": {"gd"}}, "1e-8"},
	}
	for _, tt := range tests {
		v, _, errs := table.Parse(tt.query, tt.base)
		if errs != nil || v.Text("eps") != tt.want {
			t.Errorf("%s: got %s %v, want %s", tt.name, v.Text("eps"), errs, tt.want)
		}
	}
}

// Values besides the options are taken, told apart and documented.
func TestOthers(t *testing.T) {
	p := table.Lookup("data")
	if got, want := p.Allowed(), "iris, wine or your own data"; got != want {
		t.Errorf("allowed: %q, want %q", got, want)
	}
	if !p.Listed("wine") || p.Listed("own-a1") {
		t.Error("options and others are not told apart")
	}
	v, _, _ := table.Parse(url.Values{"data": {"own-a1"}}, Values{})
	if got := v.Encode([]string{"data"}); got != "data=own-a1" {
		t.Errorf("written as %s", got)
	}
	if base, _ := table.Defaults(nil); len(v.Differing(base)) != 1 {
		t.Errorf("differing: %v", v.Differing(base))
	}
}

// A slider's upper end may follow a choice.
func TestSliderVaries(t *testing.T) {
	table := Table{
		{Name: "data", Type: Choice, Default: "iris", Options: []Option{{"iris", ""}, {"digits", ""}, {"own", ""}}},
		{Name: "axis", Type: Integer, Min: 1, Max: 1000, SoftMin: 1, SoftMax: 20, Default: "1",
			Vary: Variation{Param: "data", Defaults: map[string]string{"iris": "3"}, SoftMax: map[string]float64{"iris": 4, "digits": 64}}},
	}
	for data, want := range map[string]float64{"iris": 4, "digits": 64, "own": 20} {
		v, _ := table.Defaults(map[string]string{"data": data})
		if lo, hi := table.Lookup("axis").SliderRange(v); lo != 1 || hi != want {
			t.Errorf("%s: the slider spans %g to %g, want 1 to %g", data, lo, hi, want)
		}
	}
}
