package optim

import "descent/optim/param"

// The hyper-parameters that several methods share.

// One sentence for both, since a form of all methods has one control.
const weightDecayHelp = "Pulls θ towards 0: λθ joins the gradient, or with AdamW shrinks θ beside it."

var weightDecay = param.Param{
	Name: "weight_decay", Label: "weight decay", Symbol: "λ", Help: weightDecayHelp,
	Max: 100, SoftMax: 1, Step: 0.01, Default: "0",
}

// decoupledDecay is AdamW's: it does not pass through the moments.
var decoupledDecay = param.Param{
	Name: "weight_decay", Label: "weight decay", Symbol: "λ", Help: weightDecayHelp,
	Max: 100, SoftMax: 1, Step: 0.01, Default: "0.01",
}

func velocity(preset string, most float64) param.Param {
	return param.Param{Name: "momentum", Label: "momentum", Symbol: "μ", Help: "How much of the last velocity is kept.", Max: most, SoftMax: 1, Step: 0.01, Default: preset}
}

func stabiliser(preset string) param.Param {
	return param.Param{Name: "eps", Label: "stabiliser", Symbol: "ε", Help: "Keeps the division away from zero.", Max: 1, Step: 1e-8, Default: preset}
}

// moments are the hyper-parameters of Adam and its relatives.
var moments = param.Table{
	{Name: "beta1", Label: "first-moment decay", Symbol: "β₁", Help: "How slowly the mean of the gradients forgets.", Max: 0.9999, Step: 0.01, Default: "0.9"},
	{Name: "beta2", Label: "second-moment decay", Symbol: "β₂", Help: "How slowly the mean of the squared gradients forgets.", Max: 0.999999, Step: 0.001, Default: "0.999"},
	stabiliser("1e-8"),
}

var enough = param.Param{
	Name: "c1", Label: "decrease asked for", Symbol: "c₁", Help: "The loss must fall by at least this share of what the slope promises.",
	Min: 1e-10, Max: 0.5, SoftMin: 1e-6, SoftMax: 0.5, Step: 1e-4, Scale: param.Log, Default: "1e-4",
}

func flatness(preset string) param.Param {
	return param.Param{Name: "c2", Label: "flatness asked for", Symbol: "c₂", Help: "The slope at the new point must be at most this share of the slope at the old one.",
		Min: 0.001, Max: 0.999, Step: 0.01, Default: preset}
}

func wolfeSearch(v param.Values) wolfe { return wolfe{v.Float("c1"), v.Float("c2")} }
