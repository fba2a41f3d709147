package cell

import (
	"math"

	"descent/optim"
)

// A sweptRun is one run of a survey.
type sweptRun struct {
	eta, second, loss float64 // second is NaN where η alone changes
	fate              string
}

// runs are those of the survey, ascending in the second parameter and then in η.
func (s *Sweep) runs() []sweptRun {
	var runs []sweptRun
	if s.Second == nil {
		for _, p := range s.Survey.Sweep.Points {
			runs = append(runs, sweptRun{p.Eta, math.NaN(), p.Loss, p.Fate})
		}
		return runs
	}
	p := s.Survey.Plane
	for _, cell := range p.Runs() {
		runs = append(runs, sweptRun{p.Eta(cell % p.NX), p.Value(cell / p.NX), p.Points[cell].Loss, p.Points[cell].Fate})
	}
	return runs
}

// best is the best run of the survey; ok is false when all diverge.
func (s *Sweep) best() (run sweptRun, ok bool) {
	if p := s.Survey.Plane; p != nil {
		if p.Best < 0 {
			return run, false
		}
		return sweptRun{eta: p.Eta(p.Best % p.NX), second: p.Value(p.Best / p.NX), loss: p.Points[p.Best].Loss}, true
	}
	best := s.Survey.Best
	return sweptRun{eta: best.Eta, second: math.NaN(), loss: best.Loss}, !math.IsNaN(best.Eta)
}

// JSON implements [Result].
func (s *Sweep) JSON() any {
	type point struct {
		Eta    Float  `json:"eta"`
		Second *Float `json:"second,omitempty"`
		Loss   Float  `json:"loss"`
		Fate   string `json:"fate,omitempty"`
	}
	type band struct {
		Fate string `json:"fate"`
		From Float  `json:"from"`
		To   Float  `json:"to"`
	}
	type chosen struct {
		point
		Thetas [][]Float `json:"thetas"`
		Losses []Float   `json:"losses"`
		Stop   string    `json:"stop"`
		Step   int       `json:"stop_step"`
	}
	pointOf := func(r sweptRun) point {
		p := point{Eta: Float(r.eta), Loss: Float(r.loss), Fate: r.fate}
		if s.Second != nil {
			second := Float(r.second)
			p.Second = &second
		}
		return p
	}
	out := struct {
		Expression string         `json:"expression"`
		Variables  []string       `json:"variables"`
		Method     string         `json:"method"`
		Hyper      map[string]any `json:"hyper"`
		Steps      int            `json:"steps"`
		Over       string         `json:"over"`
		Second     string         `json:"second,omitempty"`
		Edges      []Float        `json:"edges"`
		Points     []point        `json:"points"`
		Bands      []band         `json:"bands,omitempty"`
		StableEta  *Float         `json:"stable_eta,omitempty"`
		Best       *point         `json:"best"`
		Chosen     chosen         `json:"chosen"`
	}{
		Expression: s.Function.Expr.String(), Variables: s.Function.Expr.Variables(), Method: s.Method.ID,
		Hyper: hyperJSON(s.Method.Params, s.Values), Steps: s.Survey.Steps, Over: s.Values.Text("over"),
		Edges: floats([]float64{s.Survey.From, s.Survey.To}),
	}
	for _, r := range s.runs() {
		out.Points = append(out.Points, pointOf(r))
	}
	if s.Second != nil {
		out.Second = s.Second.Name
	} else {
		for _, b := range s.Survey.Sweep.Bands {
			out.Bands = append(out.Bands, band{b.Fate, Float(b.From), Float(b.To)})
		}
		if stable := Float(s.Survey.Sweep.StableEta); !math.IsNaN(float64(stable)) {
			out.StableEta = &stable
		}
	}
	if best, ok := s.best(); ok {
		p := pointOf(best)
		out.Best = &p
	}
	run := s.Chosen.Run
	out.Chosen = chosen{pointOf(sweptRun{s.Values.Float("eta"), s.secondValue(), s.Loss(), s.Fate}), nil, floats(run.Losses), run.Stop.Reason, run.Stop.Step}
	for k := range run.Len() {
		out.Chosen.Thetas = append(out.Chosen.Thetas, floats(run.Theta(k)))
	}
	return out
}

// Loss is J where the chosen run ends: +Inf when it is not finite.
func (s *Sweep) Loss() float64 {
	run := s.Chosen.Run
	if run.Stop.Reason == optim.Diverged {
		return math.Inf(1)
	}
	return run.Losses[run.Len()-1]
}

// CSV implements [Result]: one row per run that was made.
func (s *Sweep) CSV() [][]string {
	header := []string{"eta", "loss", "fate"}
	if s.Second != nil {
		header = []string{s.Second.Name, "eta", "loss", "fate"}
	}
	rows := [][]string{header}
	for _, r := range s.runs() {
		row := append(csvNumbers(r.eta, r.loss), r.fate)
		if s.Second != nil {
			row = append([]string{csvNumber(r.second)}, row...)
		}
		rows = append(rows, row)
	}
	return rows
}
