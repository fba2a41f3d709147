package race

import (
	"descent/lessons/cell"
	"descent/optim/dataset"
	"descent/optim/param"
)

// Address is where the race is on the site.
const Address = "/lab/sgd/race"

// Limits of the data and of the clocks.
const (
	MostRows    = dataset.MaxRows
	MostCols    = dataset.MaxCols
	MostSeconds = 15 // of each runner's clock
)

func shapes(ids ...string) param.Condition { return param.Condition{Param: "shape", In: ids} }

// Kind describes the race as the lab describes its instruments. It is not among
// cell.Kinds: it answers with a stream, and what it answers depends on the
// machine.
var Kind = &cell.Kind{
	ID: "race", Title: "A race over a million examples",
	Summary: "Batch gradient descent and SGD learn from the same data, by default 1,000,000 examples with 20 features. Each has a clock of its own. Which loss falls first?",
	Params: param.Table{
		{Name: "shape", Label: "data", Type: param.Choice, Default: "gaussians", Options: []param.Option{
			{Value: "gaussians", Label: "two Gaussian clouds"}, {Value: "moons", Label: "two moons"}, {Value: "rings", Label: "two rings"}, {Value: "xor", Label: "XOR"},
		}},
		{Name: "rows", Label: "examples", Symbol: "m", Help: "How many examples both learn from.", Type: param.Integer, Min: 1000, Max: MostRows, Scale: param.Log, Default: "1000000"},
		{Name: "cols", Label: "features", Help: "How many numbers an example has.", Type: param.Integer, Min: 2, Max: MostCols, Default: "20"},
		{Name: "distance", Label: "distance of the clouds", Help: "Between the two centres, in standard deviations.", Max: 10, Step: 0.1, Default: "3", When: shapes("gaussians")},
		{Name: "noise", Label: "noise", Help: "How far points stand from the shape.", Max: 2, Step: 0.01, Default: "0.2", When: shapes("moons", "rings", "xor")},
		{Name: "batch", Label: "batch size of SGD", Symbol: "b", Help: "How many examples one update of SGD looks at.", Type: param.Integer, Min: 1, Max: 100_000, SoftMax: 4096, SoftMin: 1, Scale: param.Log, Default: "32",
			Bound: func(v param.Values) float64 { return v.Float("rows") }},
		{Name: "eta", Label: "learning rate of SGD", Symbol: "η", Help: "The gradient is the mean over the batch.", Min: 1e-6, Max: 1e3, SoftMin: 1e-3, SoftMax: 10, Step: 0.001, Scale: param.Log, Default: "0.1"},
		{Name: "eta_batch", Label: "learning rate of batch GD", Symbol: "η", Help: "Empty: 1/L, which does not overshoot. The gradient is the mean over all examples.", Min: 1e-6, Max: 1e3, Step: 0.001, Optional: true},
		{Name: "l2", Label: "L2 penalty", Symbol: "λ", Help: "Adds λ/2·‖θ‖² without the bias to the sum over the examples. Empty: none.", Max: 1e6, Step: 0.01, Optional: true},
		{Name: "seed", Label: "seed", Help: "The same seed draws the same data and the same batches.", Type: param.Integer, Max: cell.MaxSeed, SoftMin: 1, SoftMax: 20, Default: "1"},
		{Name: "seconds", Label: "seconds for each", Help: "How long each runner may compute, by its own clock.", Min: 0.1, Max: MostSeconds, Step: 0.1, Default: "5"},
	},
}

// Recipe is what data the values ask for.
func Recipe(v param.Values) dataset.Recipe {
	r := dataset.Recipe{Shape: v.Text("shape"), Rows: v.Int("rows"), Cols: v.Int("cols"), Seed: uint64(v.Int("seed"))}
	if v.Relevant("distance") {
		r.Distance = v.Float("distance")
	}
	if v.Relevant("noise") {
		r.Noise = v.Float("noise")
	}
	return r
}
