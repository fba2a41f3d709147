package cell

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"descent/optim/param"
)

func TestComparisonsInWords(t *testing.T) {
	tests := []struct{ query, want string }{
		{"", "Gradient descent is there first."},
		{"", "Each method runs at the best η of those tried for 60 steps from this start"},
		{"rate=same&eta=0.05", "The same η is not the same length of step"},
		{"rate=same&eta=3&methods=gd,momentum&steps=2000", "All diverge. Choose “each at its own best η”"},
		{"vary=rates", "η = 0.18 is there first."},
		{"vary=rates&etas=0.02,0.21", "η = 0.02 is lowest after 60 steps."},
		{"vary=rates&etas=0.02,0.21", "η = 0.21 ends above the start."},
		{"vary=rates&etas=0.02,2&steps=1000", "η = 2 diverges."},
		{"vary=rates&etas=5,9&steps=1000", "Try smaller rates: of those looked at from this start, η = 0.1"},
		{"vary=rates&etas=0.10001,0.10002&steps=0", "η = 0.10001"},
		{"vary=rates&etas=0.18", "η = 0.18 arrives."},
		{"vary=starts&starts=4 1, -4 2", "All starts lead to the same minimum. From (4, 1) and (−4, 2) to (0, 0) with J = 0."},
		{"vary=starts&starts=4 1", "The run arrives."},
		{"vary=starts&f=himmelblau&starts=3 3, -3 3&rate=same&eta=0.01", "The starts lead to 2 minima. From (3, 3) to (3, 2) with J = 0. From (−3, 3) to (−2.805, 3.131) with J = 0."},
		{"vary=starts&rate=same&eta=0.01", "is lowest after 60 steps."},
		{"vary=starts&starts=4 1,0 1&rate=same&eta=0.1", "1 of 2 runs have arrived. From (0, 1) to (0, 0)"},
		{"vary=starts&f=x^2&starts=3, -1&rate=same&eta=0.3", "From 3 and −1 to 0 with J = 0."},
		{"vary=starts&f=himmelblau", "minima"},
		{"vary=starts&f=double-well", "minima"},
	}
	for _, tt := range tests {
		if got := run(t, "compare", strings.ReplaceAll(tt.query, " ", "%20")).Readout().Text(); !strings.Contains(got, tt.want) {
			t.Errorf("%s says %q, want %q in it", tt.query, got, tt.want)
		}
	}
}

func TestListsAreRefusedByItem(t *testing.T) {
	tests := []struct{ query, field, want string }{
		{"vary=rates&etas=0.1,,0.2", "etas", "expects numbers between commas"},
		{"vary=rates&etas=0.1,oops", "etas", "“oops” must be a number between 0.000001 and 1000"},
		{"vary=rates&etas=0.1,0", "etas", "“0” must be between"},
		{"vary=rates&etas=0.1,2e3", "etas", "“2e3” must be between"},
		{"vary=rates&etas=0.1,NaN", "etas", "“NaN” must be a number"},
		{"vary=rates&etas=0.1,0.10", "etas", "“0.10” stands there twice"},
		{"vary=rates&etas=1,2,3,4,5,6,7,8,9", "etas", "has 9 rates; at most 8"},
		{"vary=rates&etas=", "etas", "must not be empty"},
		{"vary=rates&method=neldermead", "method", "has no learning rate"},
		{"vary=starts&starts=4 1,5", "starts", "“5” has 1 number; each start has two numbers"},
		{"vary=starts&starts=4 1,5 6 7", "starts", "“5 6 7” has 3 numbers"},
		{"vary=starts&starts=4 1,,0 1", "starts", "expects starts between commas"},
		{"vary=starts&starts=4 1,2 x", "starts", "“x” in “2 x” must be a number"},
		{"vary=starts&starts=4 1,2 1e7", "starts", "“1e7” in “2 1e7” must be between -1000000 and 1000000"},
		{"vary=starts&starts=4 1,4 1.0", "starts", "“4 1.0” stands there twice"},
		{"vary=starts&starts=1 1,2 2,3 3,4 4,5 5,6 6,7 7,8 8,9 9", "starts", "has 9 starts; at most 8"},
		{"vary=starts&f=x^2&starts=4 1", "starts", "“4 1” has 2 numbers; each start has one number"},
		{"sort=size", "sort", "must be one of drawn, name, -name"},
	}
	for _, tt := range tests {
		_, err := try(t, "compare", strings.ReplaceAll(tt.query, " ", "%20"))
		errs, ok := err.(param.Errors)
		if !ok || errs.For(tt.field) == nil || !strings.Contains(errs.For(tt.field).Message, tt.want) {
			t.Errorf("%s: got %v, want %q at %s", tt.query, err, tt.want, tt.field)
		}
	}
}

// The table is sorted by each of its columns, and what has no number comes last
// in either direction.
func TestComparisonIsSorted(t *testing.T) {
	tests := []struct{ query, want string }{
		{"", "gradient descent|momentum (heavy ball)|Adam|Nelder–Mead simplex"},
		{"sort=name", "Adam|gradient descent|momentum (heavy ball)|Nelder–Mead simplex"},
		{"sort=-name", "Nelder–Mead simplex|momentum (heavy ball)|gradient descent|Adam"},
		{"sort=eta", "gradient descent|momentum (heavy ball)|Adam|Nelder–Mead simplex"},
		{"sort=-eta", "Adam|momentum (heavy ball)|gradient descent|Nelder–Mead simplex"},
	}
	for _, tt := range tests {
		if got := firstCells(run(t, "compare", "methods=gd,momentum,adam,neldermead&"+tt.query).(*Compare)); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.query, got, tt.want)
		}
	}
	for _, tt := range []struct{ query, want string }{
		{"", "0.1|0.02|2|0.18"}, {"sort=name", "0.02|0.1|0.18|2"}, {"sort=-eta", "2|0.18|0.1|0.02"},
		{"sort=loss", "0.18|0.1|0.02|2"}, {"sort=-loss", "0.02|0.1|0.18|2"}, // 2 diverges: it has no loss
		{"sort=arrival", "0.18|0.1|0.02|2"}, {"sort=-arrival", "0.02|0.1|0.18|2"}, {"sort=evaluations", "2|0.1|0.02|0.18"},
	} {
		if got := firstCells(run(t, "compare", "vary=rates&etas=0.1,0.02,2,0.18&steps=1000&"+tt.query).(*Compare)); got != tt.want {
			t.Errorf("rates, %q: %s, want %s", tt.query, got, tt.want)
		}
	}
	c := run(t, "compare", "vary=starts&starts=4%201,-4%202,0%203&sort=name").(*Compare)
	if got := firstCells(c); got != "(−4, 2)|(0, 3)|(4, 1)" {
		t.Errorf("starts by name: %s", got)
	}
	if got := c.Rows()[0].Order; got != 1 {
		t.Errorf("the first row is run %d of the picture, want 1", got)
	}
	for _, row := range c.Rows() {
		if len(row.Cells) != len(c.Columns()) {
			t.Errorf("%d cells under %d columns", len(row.Cells), len(c.Columns()))
		}
	}
}

func firstCells(c *Compare) string {
	var names []string
	for _, row := range c.Rows() {
		names = append(names, row.Cells[0])
	}
	return strings.Join(names, "|")
}

// On J = (x² + 10y²)/2 gradient descent shrinks each coordinate by 1 − ηλ: the
// runs are those, and so are the rates that theory predicts.
func TestComparedRunsAreThoseAskedFor(t *testing.T) {
	var got struct {
		Vary string
		Runs []struct {
			Label     string
			Eta       float64
			Start     []float64
			Thetas    [][]float64
			Predicted float64 `json:"predicted_rate"`
		}
	}
	read := func(query string) {
		t.Helper()
		raw, err := json.Marshal(run(t, "compare", query).JSON())
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
	}
	check := func(label string, i int, eta, x, y float64) {
		t.Helper()
		r := got.Runs[i]
		if r.Label != label || r.Eta != eta || r.Start[0] != x || r.Start[1] != y {
			t.Errorf("run %d is %s with η = %g from %v", i, r.Label, r.Eta, r.Start)
		}
		for k, theta := range r.Thetas {
			wantX, wantY := x*math.Pow(1-eta, float64(k)), y*math.Pow(1-10*eta, float64(k))
			if math.Abs(theta[0]-wantX) > 1e-12 || math.Abs(theta[1]-wantY) > 1e-12*math.Max(1, math.Abs(wantY)) {
				t.Fatalf("%s at step %d: %v, want (%g, %g)", label, k, theta, wantX, wantY)
			}
		}
		if want := math.Max(math.Abs(1-eta), math.Abs(1-10*eta)); math.Abs(r.Predicted-want) > 1e-12 {
			t.Errorf("%s: theory predicts %g, want %g", label, r.Predicted, want)
		}
	}
	read("vary=rates&etas=0.02,%200.1,%200.18")
	check("η = 0.02", 0, 0.02, 4, 1)
	check("η = 0.1", 1, 0.1, 4, 1)
	check("η = 0.18", 2, 0.18, 4, 1)
	read("vary=starts&rate=same&eta=0.15&starts=4%201,-4%202.5")
	check("(4, 1)", 0, 0.15, 4, 1)
	check("(−4, 2.5)", 1, 0.15, -4, 2.5)
	if got.Vary != "starts" {
		t.Errorf("vary is %q", got.Vary)
	}
	rows := run(t, "compare", "vary=starts&starts=4%201,-4%202&steps=3").CSV()
	if last := rows[len(rows)-1]; last[0] != "2" || last[1] != "gd" || last[3] != "3" {
		t.Errorf("the last row of the CSV is %v", last)
	}
}
