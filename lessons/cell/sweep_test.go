package cell

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"descent/optim"
	"descent/optim/param"
)

const bowl = "f=0.5*x^2%2B5*y^2&x=4&y=2"

func TestSweepSays(t *testing.T) {
	tests := []struct{ query, want string }{
		{bowl + "&eta=0.05", "η = 0.05: still on the way. After 60 steps J = 0.01698, at the start 28."},
		{bowl + "&eta=0.1", "η = 0.1: converges."},
		{bowl + "&eta=0.18", "η = 0.18: oscillates, and arrives."},
		{bowl + "&eta=0.21", "η = 0.21: diverges. After 60 steps J has grown"},
		{bowl + "&eta=0.21", "η·λmax = 2.1 > 2"},
		{bowl, "Up to η = 0.0842 runs are still on the way, up to 0.13 they converge, up to 0.2 they oscillate, above they diverge."},
		{bowl, "Theory: near the minimum, steps are stable below η = 0.2."},
		{bowl + "&from=0.3&to=3&eta=1", "All runs from η = 0.3 to 3 diverge."},
		{bowl + "&over=plane&method=momentum", "Theory’s best in the long run: η = 0.2309, μ = 0.2699."},
		{bowl + "&over=plane&method=momentum&eta=0.1&momentum=1.5", "η = 0.1, μ = 1.5: diverges."},
		{bowl + "&over=plane&method=momentum&from=50&to=100", "Every run of the map diverges."},
		{"f=log(x)&x=-1", "J is not defined at the start."},
		{"f=log(x)&x=-1&over=plane&method=adam", "J is not defined at the start."},
		{"f=-x&x=1", "That is the end of the range"},
		{"f=5", "All runs from η = 10⁻⁶ to 1000 converge."},
		{"f=1e300*x^2&x=1", "No rate was found that does not diverge."},
		{"f=rastrigin&method=bfgs&steps=2000&x=2.1&y=1", "The runs take long, so each makes only"},
	}
	for _, tt := range tests {
		if got := run(t, "sweep", tt.query).Readout().Text(); !strings.Contains(got, tt.want) {
			t.Errorf("%s says %q, want %q in it", tt.query, got, tt.want)
		}
	}
}

func TestSweepRefuses(t *testing.T) {
	tests := []struct{ query, field, want string }{
		{"over=plane", "over", "gradient descent has no second parameter; choose momentum"},
		{"over=plane&method=bfgs", "over", "no second parameter"},
		{"method=neldermead", "method", "no learning rate"},
		{"over=plan", "over", "did you mean “plane”?"},
		{"from=1&to=0.5", "to", "greater than the smallest η, 1"},
		{"from=1&to=1", "to", "greater than"},
		{"from=1000", "from", "no larger η"},
		{"to=0.000001", "to", "no smaller η"},
		{"from=0", "from", "between"},
		{"to=1e400", "to", "between"},
		{"steps=2001", "steps", "between 0 and 2000"},
		{"eta=0", "eta", "between"},
		{"f=sin(", "f", "("},
		{"xmin=3&xmax=1", "xmax", "greater than the left edge"},
	}
	for _, tt := range tests {
		_, err := try(t, "sweep", tt.query)
		errs, ok := err.(param.Errors)
		if !ok || errs.For(tt.field) == nil || !strings.Contains(errs.For(tt.field).Message, tt.want) {
			t.Errorf("%s: got %v, want %q at %s", tt.query, err, tt.want, tt.field)
		}
	}
}

// Every method is swept, alone and where it has a second parameter with it; the
// chosen run is that of the descent kind; each point of the data is a number, or
// says that it is none.
func TestSweepEveryMethod(t *testing.T) {
	for _, m := range optim.Methods {
		if m.Rateless {
			continue
		}
		for _, over := range []string{"eta", "plane"} {
			if over == "plane" && m.Second() == nil {
				continue
			}
			query := "f=rosenbrock&x=-1.2&y=1&steps=20&method=" + m.ID
			s := run(t, "sweep", query+"&over="+over).(*Sweep)
			d := run(t, "descent", query).(*Descent)
			if got, want := s.Chosen.Run.Losses, d.Run.Losses; len(got) != len(want) || got[len(got)-1] != want[len(want)-1] {
				t.Errorf("%s over %s: the chosen run is not that of descent", m.ID, over)
			}
			if s.Chosen.Readout().Text() != d.Readout().Text() {
				t.Errorf("%s over %s: the chosen run says %q, descent %q", m.ID, over, s.Chosen.Readout().Text(), d.Readout().Text())
			}
			raw, err := json.Marshal(s.JSON())
			if err != nil || strings.Contains(string(raw), "NaN") {
				t.Errorf("%s over %s: %v in %.300s", m.ID, over, err, raw)
			}
			rows := s.CSV()
			wantRows := 1 + sweepRates
			if over == "plane" {
				wantRows = 1 + len(s.Survey.Plane.Runs())
			}
			if len(rows) != wantRows {
				t.Errorf("%s over %s: %d rows of CSV, want %d", m.ID, over, len(rows), wantRows)
			}
			if strings.Contains(s.Readout().Text(), "undefined") {
				t.Errorf("%s over %s says %q", m.ID, over, s.Readout().Text())
			}
		}
	}
}

// The edges that are chosen hold the best rate with room on both sides; those that
// are given are kept.
func TestSweepEdges(t *testing.T) {
	for _, query := range []string{bowl, bowl + "&over=plane&method=momentum", "f=rosenbrock&x=-1.2&y=1&method=adam", "f=0.1*x^2&x=1"} {
		s := run(t, "sweep", query).(*Sweep)
		best, ok := s.best()
		if !ok || best.eta < 10*s.Survey.From || best.eta > s.Survey.To/2 {
			t.Errorf("%s: best η = %g between %g and %g", query, best.eta, s.Survey.From, s.Survey.To)
		}
	}
	tests := []struct {
		query    string
		from, to float64
	}{
		{"&from=0.02&to=0.3", 0.02, 0.3}, {"&from=0.5", 0.5, 500}, {"&from=100", 100, 1000}, {"&to=0.001", 1e-6, 0.001}, {"&to=50", 0.001, 50}, {"&from=0.01", 0.01, 2},
	}
	for _, tt := range tests {
		s := run(t, "sweep", bowl+tt.query).(*Sweep)
		points := s.Survey.Sweep.Points
		if s.Survey.From != tt.from || s.Survey.To != tt.to || points[0].Eta != tt.from || points[len(points)-1].Eta != tt.to {
			t.Errorf("%s: from %g to %g, want %g to %g", tt.query, s.Survey.From, s.Survey.To, tt.from, tt.to)
		}
	}
}

// Theory has lines for the map where it holds, and nowhere else.
func TestSweepEigenvalues(t *testing.T) {
	for query, want := range map[string]int{
		bowl + "&over=plane&method=momentum": 2, "f=x^2&x=3&over=plane&method=momentum": 1,
		bowl + "&over=plane&method=momentum&dampening=0.5": 0, bowl + "&over=plane&method=momentum&weight_decay=1": 0,
		bowl + "&over=plane&method=nesterov": 0, bowl + "&method=momentum": 0, "f=rosenbrock&over=plane&method=momentum": 0,
	} {
		if got := run(t, "sweep", query).(*Sweep).Eigenvalues(); len(got) != want {
			t.Errorf("%s: eigenvalues %v, want %d", query, got, want)
		}
	}
}

// The chosen point changes the run and not the survey, which is kept; everything
// else changes the survey.
func TestSweepKeepsTheSurvey(t *testing.T) {
	const base = bowl + "&over=plane&method=momentum"
	first := run(t, "sweep", base).(*Sweep)
	moved := run(t, "sweep", base+"&eta=0.3&momentum=0.2").(*Sweep)
	if first.Survey != moved.Survey || first.SurveyKey() != moved.SurveyKey() {
		t.Error("a moved point makes another survey")
	}
	if first.Chosen.Run.Losses[1] == moved.Chosen.Run.Losses[1] {
		t.Error("a moved point shows the same run")
	}
	for _, change := range []string{"&steps=61", "&x=3", "&dampening=0.1", "&from=0.01", "&ymax=9", "&weight_decay=0.1", "&f=x^2%2By^2"} {
		if run(t, "sweep", base+change).(*Sweep).Survey == first.Survey {
			t.Errorf("%s keeps the survey", change)
		}
	}
	alone := run(t, "sweep", bowl+"&method=momentum").(*Sweep)
	if run(t, "sweep", bowl+"&method=momentum&momentum=0.2").(*Sweep).Survey == alone.Survey {
		t.Error("over η alone the momentum belongs to the survey")
	}
}

func TestSurveyMemory(t *testing.T) {
	m := memory[Survey]{most: 2}
	made := 0
	get := func(key string) *Survey {
		s, err := m.get(context.Background(), key, func(context.Context) (*Survey, error) { made++; return &Survey{Steps: made}, nil })
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a := get("a")
	get("b")
	if get("a") != a || made != 2 {
		t.Error("a was not kept")
	}
	get("c") // b was asked for longest ago
	if get("a") != a || made != 3 {
		t.Error("a was dropped instead of b")
	}
	if get("b"); made != 4 || len(m.entries) != 2 {
		t.Errorf("%d made, %d kept", made, len(m.entries))
	}
}

// Those who ask at once wait for one survey; when the one who makes it leaves,
// another one makes it; who leaves while waiting has the context's error.
func TestSurveyMemoryTogether(t *testing.T) {
	m := memory[Survey]{most: 8}
	leaves, cancel := context.WithCancel(context.Background())
	started := make(chan struct{})
	var made atomic.Int32
	var wait sync.WaitGroup
	wait.Go(func() {
		_, err := m.get(leaves, "k", func(ctx context.Context) (*Survey, error) {
			close(started)
			<-ctx.Done()
			return nil, ctx.Err()
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("who left got %v", err)
		}
	})
	<-started
	gone, goes := context.WithCancel(context.Background())
	goes()
	if _, err := m.get(gone, "k", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("who left while waiting got %v", err)
	}
	for range 8 {
		wait.Go(func() {
			s, err := m.get(context.Background(), "k", func(context.Context) (*Survey, error) { made.Add(1); return &Survey{Steps: 7}, nil })
			if err != nil || s.Steps != 7 {
				t.Errorf("got %v, %v", s, err)
			}
		})
	}
	cancel()
	wait.Wait()
	if made.Load() != 1 {
		t.Errorf("made %d times", made.Load())
	}
	func() { // a panic leaves nothing behind that others would wait for
		defer func() { _ = recover() }()
		_, _ = m.get(context.Background(), "p", func(context.Context) (*Survey, error) { panic("bug") })
	}()
	if s, err := m.get(context.Background(), "p", func(context.Context) (*Survey, error) { return &Survey{}, nil }); err != nil || s == nil {
		t.Errorf("after a panic: %v, %v", s, err)
	}
}

// A cancelled request answers the context's error, and is not remembered.
func TestSweepCancelled(t *testing.T) {
	query, _ := url.ParseQuery("f=rastrigin&method=rmsprop&over=plane&steps=1999")
	v, _, errs := sweepKind.Params.Parse(query, param.Values{})
	if errs != nil {
		t.Fatal(errs)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := sweepKind.Run(ctx, v); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// Dear maps keep to their price and say so.
func TestSweepIsCoarseWhereItIsDear(t *testing.T) {
	s := run(t, "sweep", "f=ackley&method=nadam&over=plane&steps=2000&x=2&y=1").(*Sweep)
	p := s.Survey.Plane
	if p.Block == 1 || !strings.Contains(s.Readout().Text(), "the map is coarse") || p.Cost > planeCost && p.Block < 8 {
		t.Errorf("blocks of %d cells for %g: %s", p.Block, p.Cost, s.Readout().Text())
	}
	if rows := s.CSV(); len(rows) != 1+len(p.Runs()) || len(rows) >= len(p.Points) {
		t.Errorf("%d rows for %d runs", len(rows), len(p.Runs()))
	}
}

// The least loss of the picture is at its minimum where that is known.
func TestSweepLowestLoss(t *testing.T) {
	for query, known := range map[string]bool{bowl: true, "f=x^2-7&x=3": true, "f=-x&x=1": false} {
		s := run(t, "sweep", query).(*Sweep)
		low, ok := s.Survey.LowestLoss()
		if ok != known {
			t.Errorf("%s: known %v, want %v", query, ok, known)
		}
		if best, _ := s.best(); ok && best.loss < low-1e-9*(1+math.Abs(low)) {
			t.Errorf("%s: best %g below %g", query, best.loss, low)
		}
	}
}

func BenchmarkSweepDrag(b *testing.B) {
	run(b, "sweep", bowl+"&over=plane&method=momentum")
	for b.Loop() {
		run(b, "sweep", bowl+"&over=plane&method=momentum&eta=0.1")
	}
}
