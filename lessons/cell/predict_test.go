package cell

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"descent/optim"
	"descent/optim/param"
)

// predict is a guess, as an address has it, about a result.
func predict(t testing.TB, ask, guess string) *Prediction {
	t.Helper()
	query, err := url.ParseQuery(guess)
	if err != nil {
		t.Fatal(err)
	}
	v, unknown, errs := PredictionParams(ask).Parse(query, param.Values{})
	if len(errs)+len(unknown) > 0 {
		t.Fatalf("%s: %v %v", guess, errs, unknown)
	}
	return &Prediction{Ask: ask, Question: "What now?", Values: v}
}

const valley = "f=0.5*x^2%2B5*y^2&x=4&y=2"

// The first step from (4, 2) in the valley ½x² + 5y² at η = 0.05 lands at
// (3.8, 1): by hand, (4 − 0.05·4, 2 − 0.05·20). Its length is √(0.2² + 1²).
func TestCompare(t *testing.T) {
	tests := []struct{ kind, query, ask, guess, tone, want string }{
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=3.8&guess_y=1", "good", "On the spot. Step 1 lands at (3.8, 1)."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=3.8&guess_y=1.1", "good", "Very near. Step 1 lands at (3.8, 1). Your guess (3.8, 1.1) is 0.1 away: 10 % of the length of the step, 1.02."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=2&guess_y=1", "plain", "Somewhere else this time."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=2&guess_y=1", "plain", "You pointed at the minimum. The step, which knows only the slope where it stands, points 52° away from there."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=3.6&guess_y=0", "plain", "100 % of the length of the step, 1.02. Your direction is right; your step is 2 times as long."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=3.9&guess_y=1.5", "plain", "Not far. Step 1 lands at (3.8, 1). Your guess (3.9, 1.5) is 0.5099 away: 50 % of the length of the step, 1.02. Your direction is right; your step has 50 % of the length."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=4&guess_y=2", "plain", "Your guess stays where the run stood."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=1e6&guess_y=1e6", "plain", "times the length of the step, 1.02. Your direction is"},
		{"descent", valley + "&eta=0.05&steps=2", AskNextPoint, "guess_x=3.61&guess_y=0.5", "good", "On the spot. Step 2 lands at (3.61, 0.5)."},
		{"descent", "f=x^2&x=3&eta=0.25&steps=1", AskNextPoint, "guess_x=4", "plain", "The step goes the other way."},
		{"descent", "f=x^2&x=3&eta=0.25&steps=1", AskNextPoint, "guess_x=1.5", "good", "On the spot. Step 1 lands at 1.5."},
		{"descent", "f=x^2&x=0&eta=0.25&steps=1", AskNextPoint, "guess_x=1", "plain", "This step does not move. θ stays at 0. Your guess is 1 away."},
		{"descent", "f=x^2&x=0&eta=0.25&steps=1", AskNextPoint, "guess_x=0", "good", "θ stays where it is, as you said."},
		{"descent", "f=log(x)-x&x=0.1&eta=0.5&steps=5", AskNextPoint, "guess_x=1", "", ""},
		{"descent", "f=exp(x^2)&x=26.5&eta=1000&steps=1", AskNextPoint, "guess_x=1", "plain", "No place is right here."},

		{"descent", valley + "&eta=0.21&steps=60", AskFate, "guess=oscillates", "plain", "You said: it oscillates. It diverges. η·λmax = 2.1 > 2"},
		{"descent", valley + "&eta=0.21&steps=60", AskFate, "guess=diverges", "good", "Right: it diverges."},
		{"descent", valley + "&eta=0.20001&steps=10000", AskFate, "guess=converges", "plain", "η·λmax = 2.0001 > 2"},
		{"descent", valley + "&eta=0.18&steps=60", AskFate, "guess=diverges", "plain", "It oscillates. η·λmax = 1.8, between 1 and 2"},
		{"descent", valley + "&eta=0.18&steps=60", AskFate, "guess=converges", "plain", "Nearly: it does arrive, but it oscillates on the way."},
		{"descent", valley + "&eta=0.2&steps=60", AskFate, "guess=oscillates", "good", "η·λmax = 2, exactly on the edge"},
		{"descent", valley + "&eta=0.05&steps=60", AskFate, "guess=converges", "plain", "Nearly: you said it converges, and it is slow. After 60 steps ‖∇J‖ is 0.1843. It began with 20.4"},
		{"descent", valley + "&eta=0.05&steps=200", AskFate, "guess=converges", "good", "Right: it converges. After 200 steps"},
		{"descent", valley + "&method=momentum&eta=0.05&steps=100", AskFate, "guess=slow", "plain", "the gradient turned to the other side or J rose."},
		{"descent", "f=log(x)&x=-1", AskFate, "guess=slow", "", ""},
		{"descent", valley + "&steps=60", AskFate, "", "", ""},

		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", AskSlope, "guess_y=0", "good", "On the spot. Your line has slope 1; the derivative is f′(1) = 1. At x = 2 the tangent is at 0 and your line at 0."},
		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", AskSlope, "guess_y=1.5", "plain", "Too steep this time. Your line has slope 2.5;"},
		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", AskSlope, "guess_y=-1", "plain", "Too flat this time."},
		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", AskSlope, "guess_y=-3", "plain", "The other way."},
		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", AskSlope, "guess_y=0.2", "good", "Very near."},
		{"slope", "f=sqrt(x)&x=0&xmin=-1&xmax=3", AskSlope, "guess_y=1", "plain", "No line is right here. The curve has no slope at x = 0."},
		{"slope", "f=x^2", AskSlope, "", "", ""},
	}
	for _, tt := range tests {
		r := run(t, tt.kind, tt.query)
		got := predict(t, tt.ask, tt.guess).Compare(context.Background(), r)
		if tt.want == "" {
			if got != nil && tt.guess == "" {
				t.Errorf("%s, %s?%s: %v without a guess", tt.ask, tt.kind, tt.query, got)
			}
			continue
		}
		if got == nil || !strings.Contains(got.Text(), tt.want) || string(got.Tone) != tt.tone {
			t.Errorf("%s, %s?%s, %s:\ngot %v\nwant %s: %s", tt.ask, tt.kind, tt.query, tt.guess, got, tt.tone, tt.want)
		}
		if got == nil {
			continue
		}
		if text := got.Text(); strings.Contains(text, "NaN") || strings.Contains(text, "undefined") {
			t.Errorf("%s: %s", tt.guess, text)
		}
	}
}

// The fate in words is that of the sweep which the pictures of rates show.
func TestFateIsThatOfTheSweep(t *testing.T) {
	d := run(t, "descent", valley+"&steps=60").(*Descent)
	sweep, err := optim.SweepEta(context.Background(), d.Function, d.Method, d.Values, optim.Config{Start: []float64{4, 2}, Steps: 60}, d.Window, 1e-3, 1, 40, nil)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, point := range sweep.Points {
		at := run(t, "descent", valley+"&steps=60&eta="+param.Format(point.Eta)).(*Descent)
		if got := at.Fate(context.Background()); got != point.Fate {
			t.Errorf("η = %g: %s, the sweep says %s", point.Eta, got, point.Fate)
		}
		seen[point.Fate] = true
	}
	if len(seen) != 4 {
		t.Errorf("the rates have only the fates %v", seen)
	}
}

// What a cell asks holds no number of the answer.
func TestAsked(t *testing.T) {
	tests := []struct{ kind, query, ask, guess, want string }{
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "", "What now? Step 1 is made by gradient descent from θ = (4, 2) with η = 0.05."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=3", "What now? Step 1 is made by gradient descent from θ = (4, 2) with η = 0.05."},
		{"descent", valley + "&eta=0.05&steps=1", AskNextPoint, "guess_x=3&guess_y=1", "What now? Step 1 is made by gradient descent from θ = (4, 2) with η = 0.05. Your guess: (3, 1)."},
		{"descent", valley + "&eta=0.05&steps=0", AskNextPoint, "", "What now? This run makes no step. With more steps, or from another start, there is one to predict."},
		{"descent", valley + "&method=neldermead&steps=3", AskFate, "", "What now? The run: 3 steps of Nelder–Mead simplex from θ = (4, 2)."},
		{"descent", "f=log(x)&x=-1", AskFate, "", "What now? J is not defined at this start: choose another one."},
		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", AskSlope, "", "What now? Every line here goes through the point (1, −1). How high is it at x = 2 when it touches the curve?"},
		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", AskSlope, "guess_y=1", "What now? Every line here goes through the point (1, −1). How high is it at x = 2 when it touches the curve? Yours is at 1 there, so its slope is 2."},
	}
	for _, tt := range tests {
		if got := predict(t, tt.ask, tt.guess).Asked(run(t, tt.kind, tt.query)).Text(); got != tt.want {
			t.Errorf("%s, %s?%s, %s:\ngot  %s\nwant %s", tt.ask, tt.kind, tt.query, tt.guess, got, tt.want)
		}
	}
}

// The line's second point is in the picture, at a round distance.
func TestLineAt(t *testing.T) {
	for query, want := range map[string]float64{
		"x=1&xmin=-2&xmax=2.3":      2,
		"x=1.5&xmin=-2&xmax=2.3":    0.5,
		"x=1&xmin=-2&xmax=2":        0, // not at the very edge
		"x=0&xmin=-100&xmax=100":    50,
		"x=0&xmin=-0.001&xmax=0.01": 0.002,
	} {
		if got := run(t, "slope", "f=x^2&"+query).(*Slope).LineAt(); got != want {
			t.Errorf("%s: %g, want %g", query, got, want)
		}
	}
}

func TestCheckAsk(t *testing.T) {
	tests := []struct {
		kind    string
		set     map[string]string
		figures []string
		ask     string
		want    string
	}{
		{"descent", nil, nil, AskFate, ""},
		{"descent", nil, []string{"path"}, AskNextPoint, ""},
		{"slope", nil, []string{"slope", "errors"}, AskSlope, ""},
		{"compare", nil, nil, AskFate, "predict: compare asks nothing"},
		{"slope", nil, nil, AskFate, `predict: slope has no "fate"; it has slope`},
		{"descent", nil, nil, "fates", `predict: descent has no "fates"; did you mean fate?`},
		{"slope", nil, []string{"errors", "slope"}, AskSlope, "predict: the question is drawn in slope, which must be the first of figures"},
		{"descent", map[string]string{"steps": "0"}, nil, AskNextPoint, "predict: this run makes no step that could be asked for; set steps to 1 or more"},
	}
	for _, tt := range tests {
		got := ""
		for _, err := range Check(tt.kind, tt.set, nil, tt.figures, tt.ask) {
			got += err.Error()
		}
		if got != tt.want {
			t.Errorf("%s asks %s of %v: got %q, want %q", tt.kind, tt.ask, tt.figures, got, tt.want)
		}
	}
}
