package cell

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"descent/optim"
	"descent/optim/param"
)

var basinsKind = &Kind{
	ID: "basins", Title: "Basins of attraction",
	Summary: "Every start is coloured by the minimum that the method reaches from it; critical points are found and named.",
	Params: table(param.Table{
		formula("f", "himmelblau", "A formula in x, or in x and y, or the name of a known function."),
	}, methodParams("0.01"), param.Table{
		coordinate("x", "one start, first coordinate", "0"),
		coordinate("y", "one start, second coordinate", "-1"),
		stepCount("200", 2000),
		tolerance("0.000001"),
		fieldParam(),
	}, windowParams("xmin", "xmax", "ymin", "ymax")),
	Figures: []string{"basins"},
	Run: func(ctx context.Context, v param.Values) (Result, error) {
		return runBasins(ctx, v, Page{Waits: true})
	},
	RunFor: runBasins,
}

// Basins is a map of where starts lead, the critical points in the window and
// one chosen run.
type Basins struct {
	Function *optim.Function
	Method   *optim.Method
	Values   param.Values
	Window   optim.Window          // of the starts and of the picture
	Map      *optim.Basins         // as fine as the runs' price allows, or a sketch; nil where the page shows it already
	Sketch   bool                  // a finer map than that of Map, or than the page shows, can be had
	Points   []optim.CriticalPoint // found in the window, lowest first
	Run      *optim.Run            // from the chosen start
	Domain   *optim.Domain         // where J is defined, when it is not at the chosen start; else nil
}

func runBasins(ctx context.Context, v param.Values, page Page) (Result, error) {
	fn, err := function(v)
	if err != nil {
		return nil, err
	}
	b := &Basins{Function: fn, Method: optim.FindMethod(v.Text("method")), Values: v}
	theta0 := start(v, fn.Dim())
	if b.Window, err = window(v, fn.Dim(), optim.WindowFor(fn, theta0)); err != nil {
		return nil, err
	}
	config := optim.Config{Start: theta0, Eta: v.Float("eta"), Steps: v.Int("steps"), Tol: v.Float("tol")}
	b.Run = optim.Minimize(ctx, fn.Objective(), b.Method.New(v), config)
	if err := b.draw(ctx, config, page); err != nil {
		return nil, err
	}
	if b.Run.LastFinite() < 0 {
		b.Domain = domainNear(ctx, fn, b.Window, theta0)
	}
	return b, ctx.Err()
}

// end says in words where the chosen run ends.
func (b *Basins) end() Readout {
	last := b.Run.LastFinite()
	start := sayPoint(b.Run.Theta(0))
	if last < 0 {
		return Readout{Bad, "J is not defined at the start.", sayDomain("J", b.Function, b.Domain, b.Window)}
	}
	if b.Run.Stop.Reason == optim.Diverged {
		return Readout{Bad, "Diverges.", []string{"From " + start + " the numbers become too large: try a smaller η."}}
	}
	end := b.Run.Theta(last)
	if size := b.Window.Diagonal(); optim.Norm(end) > 1e6*(size+optim.Norm(b.Run.Theta(0))) {
		return Readout{Bad, "Diverges.", []string{fmt.Sprintf("From %s the run is at %s after %s, and goes on outwards: try a smaller η.", start, sayPoint(end), plural(last, "step"))}}
	}
	best, least := -1, math.Inf(1)
	for i, p := range b.Points {
		if d := optim.Distance(end, p.Theta); d < least {
			best, least = i, d
		}
	}
	there := best >= 0 && least <= 0.01*b.Window.Diagonal()
	if there && b.Points[best].Kind != optim.Minimum { // a run may pass it
		there = optim.Settled(optim.Norm(b.Run.Gradient(last)), optim.Norm(b.Run.Gradient(0)))
	}
	if !there {
		return Readout{Warn, "Not yet at a critical point.", []string{fmt.Sprintf("From %s the run is at %s after %s.", start, sayPoint(end), plural(last, "step"))}}
	}
	p := b.Points[best]
	where := fmt.Sprintf("From %s the run ends at %s with J = %s.", start, sayPoint(p.Theta), say(p.Loss))
	low := lowestMinimum(b.Points)
	switch {
	case p.Kind != optim.Minimum:
		return Readout{Warn, "A " + p.Kind + ", not a minimum.", []string{where, "The gradient is zero there, so the method stays."}}
	case low != nil && p.Loss > low.Loss+1e-6*(1+math.Abs(low.Loss)):
		return Readout{Warn, "A local minimum.", []string{where, fmt.Sprintf("The lowest found in this window is J = %s at %s.", say(low.Loss), sayPoint(low.Theta))}}
	}
	return Readout{Good, "The lowest minimum found in this window.", []string{where}}
}

// Readout implements [Result]. What there is to say of the map is in MapWords.
func (b *Basins) Readout() Readout {
	r := b.end()
	counts := map[string]int{}
	for _, p := range b.Points {
		counts[p.Kind]++
	}
	found := ""
	for _, c := range []struct{ kind, one, many string }{
		{optim.Minimum, "minimum", "minima"}, {optim.Saddle, "saddle", "saddles"},
		{optim.Maximum, "maximum", "maxima"}, {optim.Flat, "flat point", "flat points"},
	} {
		if n := counts[c.kind]; n > 0 {
			if found != "" {
				found += ", "
			}
			word := c.many
			if n == 1 {
				word = c.one
			}
			found += strconv.Itoa(n) + " " + word
		}
	}
	if found == "" {
		found = "no critical point"
	}
	r.Sentences = append(r.Sentences, "Found in this window: "+found+".")
	return r
}

// JSON implements [Result].
func (b *Basins) JSON() any {
	type attractor struct {
		criticalPoint
		Share Float `json:"share"`
	}
	attractors := make([]attractor, len(b.Map.Attractors))
	for i, p := range criticalPoints(b.Map.Attractors) {
		attractors[i] = attractor{p, Float(b.share(i))}
	}
	return struct {
		Expression string          `json:"expression"`
		Method     string          `json:"method"`
		Window     []Float         `json:"window"`
		NX         int             `json:"nx"`
		NY         int             `json:"ny"`
		Reached    []int           `json:"reached"`
		Attractors []attractor     `json:"attractors"`
		Points     []criticalPoint `json:"critical_points"`
	}{
		b.Function.Expr.String(), b.Method.ID,
		floats([]float64{b.Window.XMin, b.Window.XMax, b.Window.YMin, b.Window.YMax}),
		b.Map.NX, b.Map.NY, b.Map.Reached, attractors, criticalPoints(b.Points),
	}
}

// CSV implements [Result]: each start and where it leads.
func (b *Basins) CSV() [][]string {
	header := []string{"start1", "start2", "reached", "theta1", "theta2", "loss"}
	if b.Function.Dim() == 1 {
		header = []string{"start1", "reached", "theta1", "loss"}
	}
	rows := [][]string{header}
	w := b.Window
	for cell, at := range b.Map.Reached {
		i, j := cell%b.Map.NX, cell/b.Map.NX
		row := csvNumbers(w.XMin + (float64(i)+0.5)/float64(b.Map.NX)*(w.XMax-w.XMin))
		if b.Function.Dim() == 2 {
			row = append(row, csvNumber(w.YMin+(float64(j)+0.5)/float64(b.Map.NY)*(w.YMax-w.YMin)))
		}
		switch at {
		case optim.Unsettled:
			row = append(row, "not settled")
		case optim.Escaped:
			row = append(row, "diverged")
		default:
			p := b.Map.Attractors[at]
			row = append(append(append(row, p.Kind), csvNumbers(p.Theta...)...), csvNumber(p.Loss))
		}
		for len(row) < len(header) {
			row = append(row, "")
		}
		rows = append(rows, row)
	}
	return rows
}
