package cell

import (
	"fmt"
	"math"
)

// A comparison as data.

// JSON implements [Result].
func (c *Compare) JSON() any {
	type racer struct {
		Label       string         `json:"label"`
		Method      string         `json:"method"`
		Hyper       map[string]any `json:"hyper"`
		Eta         Float          `json:"eta"`
		Tuned       bool           `json:"tuned"`
		Best        *Float         `json:"best_eta"`
		Predicted   *Float         `json:"predicted_rate"`
		Start       []Float        `json:"start"`
		Thetas      [][]Float      `json:"thetas"`
		Losses      []Float        `json:"losses"`
		Evaluations int            `json:"evaluations"`
		Reason      string         `json:"stop"`
		Step        int            `json:"stop_step"`
	}
	racers := make([]racer, len(c.Racers))
	for i, r := range c.Racers {
		racers[i] = racer{
			Label: r.Label, Start: floats(r.Start), Method: r.Method.ID, Hyper: hyperJSON(r.Method.Params, r.Hyper), Eta: Float(r.Eta),
			Tuned: c.Tuned() && !r.Method.Rateless, Losses: floats(r.Run.Losses),
			Evaluations: r.Run.Evaluations, Reason: r.Run.Stop.Reason, Step: r.Run.Stop.Step,
		}
		if !r.Method.Rateless && !r.Hopeless() {
			best := Float(r.Best.Eta)
			racers[i].Best = &best
		}
		if predicted := Float(r.Theory.Predicted); !math.IsNaN(r.Theory.Predicted) {
			racers[i].Predicted = &predicted
		}
		for k := range r.Run.Len() {
			racers[i].Thetas = append(racers[i].Thetas, floats(r.Run.Theta(k)))
		}
	}
	return struct {
		Expression string   `json:"expression"`
		Variables  []string `json:"variables"`
		Vary       string   `json:"vary"`
		Steps      int      `json:"steps"`
		Runs       []racer  `json:"runs"`
	}{c.Function.Expr.String(), c.Function.Expr.Variables(), c.Vary, c.Steps, racers}
}

// CSV implements [Result]: one row per run and step. That of step 0 has the start.
func (c *Compare) CSV() [][]string {
	header := []string{"run", "method", "eta", "k"}
	for i := range c.Function.Dim() {
		header = append(header, fmt.Sprintf("theta%d", i+1))
	}
	rows := [][]string{append(header, "loss")}
	for i, r := range c.Racers {
		for k := range r.Run.Len() {
			row := append([]string{fmt.Sprint(i + 1), r.Method.ID, csvNumber(r.Eta), fmt.Sprint(k)}, csvNumbers(r.Run.Theta(k)...)...)
			rows = append(rows, append(row, csvNumber(r.Run.Losses[k])))
		}
	}
	return rows
}
