package optim

import (
	"math"

	"descent/optim/param"
)

// A Rate is a schedule: the learning rate of the update from step k to k+1,
// k ≥ 0, for the rate η that the run was given. It is a pure function of both.
type Rate func(eta float64, k int) float64

// A Schedule is one catalogue entry.
type Schedule struct {
	ID      string                  // in addresses and JSON: "cosine"
	Title   string                  // name in words
	Formula string                  // TeX of the rate of the update from step t to t+1
	Source  string                  // where the schedule and this variant of it come from
	Params  param.Table             // its parameters; nil: none
	New     func(param.Values) Rate // takes values of a table that has Params; panics where they lack one
}

// Schedules is the catalogue in teaching order.
var Schedules = []*Schedule{
	{
		ID: "constant", Title: "constant",
		Formula: `\eta_t = \eta`,
		Source:  "the same rate for all steps",
		New:     func(param.Values) Rate { return func(eta float64, _ int) float64 { return eta } },
	},
	{
		ID: "step", Title: "step by step",
		Formula: `\eta_t = \eta\, \gamma^{\lfloor t / s \rfloor}`,
		Source:  "PyTorch’s StepLR",
		Params: param.Table{
			{Name: "step_size", Label: "steps between drops", Symbol: "s", Help: "After so many steps the rate drops once.", Type: param.Integer, Min: 1, Max: 10000, SoftMin: 1, SoftMax: 100, Default: "20"},
			gamma("0.5"),
		},
		New: func(v param.Values) Rate {
			factor, size := v.Float("gamma"), v.Int("step_size")
			return func(eta float64, k int) float64 { return eta * math.Pow(factor, float64(k/size)) }
		},
	},
	{
		ID: "exponential", Title: "exponential decay",
		Formula: `\eta_t = \eta\, \gamma^t`,
		Source:  "PyTorch’s ExponentialLR",
		Params:  param.Table{gamma("0.97")},
		New: func(v param.Values) Rate {
			factor := v.Float("gamma")
			return func(eta float64, k int) float64 { return eta * math.Pow(factor, float64(k)) }
		},
	},
	{
		ID: "cosine", Title: "cosine",
		Formula: `\eta_t = \eta_{\min} + \tfrac{1}{2}(\eta - \eta_{\min})\left(1 + \cos\frac{\pi t}{T}\right)`,
		Source:  "I. Loshchilov and F. Hutter, arXiv:1608.03983 (2016), equation 5, without restarts: after T the rate climbs back, as PyTorch’s CosineAnnealingLR does",
		Params:  param.Table{cosineLength, cosineFloor},
		New: func(v param.Values) Rate {
			length, floor := v.Int("t_max"), v.Float("eta_min")
			return func(eta float64, k int) float64 { return cosine(eta, floor, k, length) }
		},
	},
	{
		ID: "inverse", Title: "inverse time",
		Formula: `\eta_t = \frac{\eta}{1 + c\, t}`,
		Source:  "H. Robbins and S. Monro, Annals of Mathematical Statistics 22 (1951), 400–407: the rates sum to infinity, their squares do not",
		Params: param.Table{
			{Name: "decay", Label: "decay", Symbol: "c", Help: "How fast the rate falls: after 1/c steps it is half.", Max: 100, SoftMax: 1, Step: 0.01, Default: "0.1"},
		},
		New: func(v param.Values) Rate {
			decay := v.Float("decay")
			return func(eta float64, k int) float64 { return eta / (1 + decay*float64(k)) }
		},
	},
	{
		ID: "warmup-cosine", Title: "warm-up, then cosine",
		Formula: `\eta_t = \begin{cases} \eta\, \dfrac{t + 1}{w} & t < w \\ \eta_{\min} + \tfrac{1}{2}(\eta - \eta_{\min})\left(1 + \cos\dfrac{\pi (t - w)}{T - w}\right) & t \ge w \end{cases}`,
		Source:  "warm-up: P. Goyal and others, arXiv:1706.02677 (2017), section 2.2; then the cosine",
		Params: param.Table{
			{
				Name: "warmup", Label: "steps of warm-up", Symbol: "w", Help: "The rate grows in equal parts over so many steps.", Type: param.Integer, Max: 10000, SoftMax: 100, Default: "10",
				Bound: func(v param.Values) float64 { return v.Float("t_max") - 1 }, // one step at least is left for the cosine
			},
			cosineLength, cosineFloor,
		},
		New: func(v param.Values) Rate {
			warmup, length, floor := v.Int("warmup"), v.Int("t_max"), v.Float("eta_min")
			return func(eta float64, k int) float64 {
				if k < warmup {
					return eta * float64(k+1) / float64(warmup)
				}
				return cosine(eta, floor, k-warmup, length-warmup)
			}
		},
	},
}

var (
	cosineLength = param.Param{Name: "t_max", Label: "steps down", Symbol: "T", Help: "How many steps the cosine takes from the top to the bottom.", Type: param.Integer, Min: 1, Max: 10000, SoftMin: 1, SoftMax: 200, Default: "100"}
	cosineFloor  = param.Param{Name: "eta_min", Label: "rate at the bottom", Symbol: "η min", Help: "The rate at the bottom of the cosine.", Max: 1000, SoftMax: 1, Step: 0.001, Default: "0"}
)

func gamma(preset string) param.Param {
	return param.Param{Name: "gamma", Label: "factor", Symbol: "γ", Help: "What the rate is multiplied by.", Max: 2, SoftMax: 1, Step: 0.01, Default: preset}
}

// cosine is half a wave from eta at k = 0 down to floor at k = length, and on.
func cosine(eta, floor float64, k, length int) float64 {
	return floor + (eta-floor)*(1+math.Cos(math.Pi*float64(k)/float64(length)))/2
}

// FindSchedule finds a schedule by its id; nil when there is none.
func FindSchedule(id string) *Schedule {
	for _, s := range Schedules {
		if s.ID == id {
			return s
		}
	}
	return nil
}
