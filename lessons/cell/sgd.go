package cell

import (
	"context"
	"fmt"
	"math"

	"descent/optim/logistic"
	"descent/optim/param"
)

var sgdKind = &Kind{
	ID: "sgd", Title: "Stochastic gradient descent",
	Summary: "Mini-batches instead of the whole data: the loss against the examples seen, the path over the NLL, and the cloud of mini-batch gradients.",
	Params: table(param.Table{
		{Name: "batch", Label: "batch size", Symbol: "b", Help: "How many examples one update looks at.", Type: param.Integer, Min: 1, Max: mostRows, SoftMin: 1, SoftMax: 100, Default: "8", Bound: rowCount},
		learningRate("0.02"),
		{Name: "epochs", Label: "epochs", Help: "How many passes over the data.", Type: param.Integer, Max: 1000, SoftMax: 50, Default: "10"},
		{Name: "steps", Label: "updates", Help: "How many updates; empty: as many as the epochs have.", Type: param.Integer, Max: 1_000_000, Optional: true},
		{Name: "order", Label: "order of the examples", Type: param.Choice, Default: "shuffled", Options: []param.Option{
			{Value: "shuffled", Label: "shuffled anew each epoch"}, {Value: "replacement", Label: "drawn with replacement"}, {Value: "sequential", Label: "as they stand"},
		}},
		{Name: "seed", Label: "seed", Help: "The same seed draws the same batches.", Type: param.Integer, Max: 1 << 31, SoftMin: 1, SoftMax: 20, Default: "1"},
	}, without(dataParams(), "seed"), regressionParams()),
	Figures: []string{"loss", "nll", "cloud", "data"},
	Run:     runSGD,
}

// Caps of the record: it looks at all rows each time, so that long runs are
// recorded at every so many updates.
const (
	mostRecords  = 10_000
	recordedRows = 4_000_000
	cloudBatches = 200
)

// An SGD is stochastic gradient descent on a logistic model, full-batch
// descent beside it, and the mini-batch gradients where it ends.
type SGD struct {
	*Regression
	Run   *logistic.Run // recorded at every so many updates where it is long
	Batch *logistic.Run // full batch, the same η and as many epochs
	// CloudX and CloudY are mean gradients of mini-batches at the last θ, in the
	// two weights of the axes; Full is that of all data.
	CloudX, CloudY []float64
	Full           [2]float64
	Noise          logistic.Noise // of single rows, at the last θ
	Measured       float64        // mean squared distance of those gradients from the full one, in all coordinates
}

func runSGD(ctx context.Context, v param.Values) (Result, error) {
	data, err := loadData(ctx, v)
	if err != nil {
		return nil, err
	}
	batch := v.Int("batch")
	if batch > data.Rows {
		return nil, param.Errorf("batch", "must be between 1 and %d, the number of examples", data.Rows)
	}
	r, err := newRegression(ctx, v, data)
	if err != nil {
		return nil, err
	}
	s := &SGD{Regression: r}
	perEpoch := (data.Rows + batch - 1) / batch
	updates := v.Int("epochs") * perEpoch
	if v.Has("steps") {
		updates = v.Int("steps")
	}
	config := logistic.Config{
		Eta: v.Float("eta"), Mean: r.mean, Batch: batch, Order: logistic.Order(v.Text("order")),
		Seed: uint64(v.Int("seed")), Updates: updates, Theta0: r.theta0,
		Every: max(1, (updates*data.Rows+recordedRows-1)/recordedRows, (updates+mostRecords-1)/mostRecords),
	}
	if s.Run, err = logistic.Train(ctx, r.Model, config); err != nil {
		return nil, err
	}
	// Full batches that have seen as many examples, rounded up.
	seen := s.Run.Steps[s.Run.Len()-1].Examples
	full := min((seen+data.Rows-1)/data.Rows, mostRecords)
	config.Batch, config.Updates, config.Every = 0, full, max(1, full*data.Rows/recordedRows)
	if s.Batch, err = logistic.Train(ctx, r.Model, config); err != nil {
		return nil, err
	}
	if s.Run.Stop.Reason != logistic.Diverged {
		s.cloud(batch, uint64(v.Int("seed")))
	}
	return s, ctx.Err()
}

// cloud draws mini-batches at the last θ.
func (s *SGD) cloud(batch int, seed uint64) {
	_, theta := s.Last()
	w := s.Weights()
	s.Noise = s.Model.Noise(theta)
	s.Full = [2]float64{s.Noise.Mean[w[0]], s.Noise.Mean[w[1]]}
	order := logistic.Shuffled
	if s.Values.Text("order") == "replacement" {
		order = logistic.Replacement
	}
	batches := logistic.NewBatches(s.Model.Rows(), batch, order, seed+1)
	grad := make([]float64, s.Model.Dim())
	for len(s.CloudX) < cloudBatches {
		rows := batches.Next()
		if len(rows) < batch {
			continue // the short last batch of an epoch has another spread
		}
		s.Model.EvalRows(rows, theta, grad)
		for j := range grad {
			grad[j] /= float64(batch)
			gap := grad[j] - s.Noise.Mean[j]
			s.Measured += gap * gap / cloudBatches
		}
		s.CloudX, s.CloudY = append(s.CloudX, grad[w[0]]), append(s.CloudY, grad[w[1]])
	}
}

// Last is the last record of the run.
func (s *SGD) Last() (logistic.Step, []float64) {
	k := s.Run.Len() - 1
	return s.Run.Steps[k], s.Run.Theta(k)
}

// Readout implements [Result].
func (s *SGD) Readout() Readout {
	if s.Run.Stop.Reason == logistic.Diverged {
		return Readout{Bad, "Diverges.", []string{fmt.Sprintf("At update %d the numbers become too large. Try a smaller η.", s.Run.Stop.K)}}
	}
	last, _ := s.Last()
	loss, name := s.Loss(last)
	r := Readout{Plain, fmt.Sprintf("After %s on %d examples the %s is %s.", plural(last.K, "update"), last.Examples, name, say(loss)), nil}
	batch := s.Batch.Steps[s.Batch.Len()-1]
	full, _ := s.Loss(batch)
	r.Sentences = append(r.Sentences,
		fmt.Sprintf("Full-batch descent with the same η: %s on %d examples, and %s.", plural(batch.K, "update"), batch.Examples, say(full)),
		s.compare())
	if last.K > 0 {
		return r
	}
	theory := s.Noise.BatchVariance(s.Values.Int("batch"), s.Values.Text("order") == "replacement")
	return Readout{Plain, fmt.Sprintf("Before the first update the %s is %s.", name, say(loss)), []string{
		fmt.Sprintf("Mini-batch gradients lie around the full gradient at a root-mean-square distance of %s; theory says %s.", say(math.Sqrt(s.Measured)), say(math.Sqrt(theory))),
	}}
}

// JSON implements [Result].
func (s *SGD) JSON() any { return s.json(s.Run, s.Readout().Text()) }

// CSV implements [Result].
func (s *SGD) CSV() [][]string { return s.csv(s.Run) }
