package cell

import (
	"context"
	"fmt"
	"math"
	"slices"

	"descent/optim"
	"descent/optim/logistic"
	"descent/optim/param"
)

var sgdKind = &Kind{
	ID: "sgd", Title: "Stochastic gradient descent",
	Summary: "Mini-batches instead of the whole data: the loss against the examples seen, the path over the NLL, and the cloud of mini-batch gradients.",
	Params: table(batchParams(), param.Table{
		{Name: "compare", Label: "batch sizes beside b", Help: "Numbers or the word all, between commas: 1, 64, all. Empty: none.", Type: param.Text, Optional: true, MaxLen: 100},
	}, sgdData()),
	Figures: []string{"loss", "nll", "cloud", "data"},
	Run:     runSGD,
}

// What the loss is drawn against.
const (
	AgainstExamples = "examples"
	AgainstEpochs   = "epochs"
	AgainstUpdates  = "updates"
)

// batchParams are the parameters of a run over mini-batches.
func batchParams() param.Table {
	average := param.Condition{Param: "average", In: []string{"true"}}
	return table(param.Table{
		{Name: "batch", Label: "batch size", Symbol: "b", Help: "How many examples one update looks at.", Type: param.Integer, Min: 1, Max: mostRows, SoftMin: 1, SoftMax: 100, Default: "8", Bound: rowCount},
	}, methodsFor("0.02", optim.GradientMethods()), scheduleParams(), param.Table{
		{Name: "average", Label: "average", Help: "The mean of the iterates, beside the run (Polyak and Ruppert).", Type: param.Choice, Default: "false", Options: []param.Option{
			{Value: "false", Label: "none"}, {Value: "true", Label: "the mean of θ over the updates"},
		}},
		{Name: "average_from", Label: "average from epoch", Help: "What came before, on the way down, is left out of the mean.", Type: param.Integer, Max: 1000, SoftMax: 50, Default: "1", When: average},
		{Name: "epochs", Label: "epochs", Help: "How many passes over the data.", Type: param.Integer, Max: 1000, SoftMax: 50, Default: "10"},
		{Name: "steps", Label: "updates", Help: "How many updates; empty: as many as the epochs have.", Type: param.Integer, Max: 1_000_000, Optional: true},
		{Name: "order", Label: "order of the examples", Type: param.Choice, Default: "shuffled", Options: []param.Option{
			{Value: "shuffled", Label: "shuffled anew each epoch"}, {Value: "replacement", Label: "drawn with replacement"}, {Value: "sequential", Label: "as they stand"},
		}},
		{Name: "seed", Label: "seed", Help: "The same seed draws the same batches.", Type: param.Integer, Max: MaxSeed, SoftMin: 1, SoftMax: 20, Default: "1"},
		{Name: "against", Label: "loss against", Type: param.Choice, Default: AgainstExamples, Options: []param.Option{
			{Value: AgainstExamples, Label: "examples seen"}, {Value: AgainstEpochs, Label: "epochs"}, {Value: AgainstUpdates, Label: "updates"},
		}},
	})
}

// sgdData are the parameters of the data and the model. Points are drawn with the
// seed of the batches.
func sgdData() param.Table { return table(without(dataParams(), "seed"), regressionParams()) }

// Caps of a run. A record looks at all rows, so long runs are recorded at every so
// many updates; a run may visit so many numbers of the data, or it takes too long
// for an answer.
const (
	mostRecords    = 10_000
	recordedValues = 12_000_000 // numbers that the records visit
	mostVisited    = 3e8        // numbers that a run visits, each row counting as some more: a second or two
	rowNumbers     = 8          // what a row costs besides its numbers
	cloudBatches   = 200
	cloudValues    = 40_000_000 // numbers that the cloud visits
)

// An SGD is stochastic gradient descent on a logistic model, full-batch
// descent beside it, and the mini-batch gradients where it ends.
type SGD struct {
	*Regression
	Method *optim.Method
	Run    *logistic.Run // recorded at every so many updates where it is long
	Batch  *logistic.Run // full batch, the same method, η and number of epochs
	Rivals []Rival       // the batch sizes beside b, in the order asked for
	Cloud  *Cloud        // nil where the run diverges
	Floor  float64       // how far above its minimum the loss stays in theory; NaN where theory has no such number
	Advice float64       // a smaller η that was tried and ends below the start; 0: none, or none needed
}

// A Rival is a run with another batch size on as many examples.
type Rival struct {
	Label string // "b = 64", "all 100"
	Batch int
	Run   *logistic.Run
}

func runSGD(ctx context.Context, v param.Values) (Result, error) {
	r, err := sgdRegression(ctx, v)
	if err != nil {
		return nil, err
	}
	s, err := trainSGD(ctx, r)
	if err != nil {
		return nil, err
	}
	if err := s.runRivals(ctx); err != nil {
		return nil, err
	}
	s.Cloud = s.cloud()
	return s, ctx.Err()
}

// sgdRegression is the model on the chosen data, which have a batch of examples.
func sgdRegression(ctx context.Context, v param.Values) (*Regression, error) {
	data, err := loadData(ctx, v)
	if err != nil {
		return nil, err
	}
	if v.Int("batch") > data.Rows {
		return nil, param.Errorf("batch", "must be between 1 and %d, the number of examples", data.Rows)
	}
	return newRegression(ctx, v, data)
}

// trainSGD makes the run that the values describe, and full-batch descent on as
// many examples.
func trainSGD(ctx context.Context, r *Regression) (*SGD, error) {
	v := r.Values
	s := &SGD{Regression: r, Method: optim.FindMethod(v.Text("method"))}
	updates := s.Updates()
	visited := float64(updates) * float64(v.Int("batch")) * float64(r.Model.Dim()+rowNumbers)
	if visited > mostVisited || updates > logistic.MaxUpdates {
		field := "epochs"
		if s.asksUpdates() {
			field = "steps"
		}
		return nil, param.Errorf(field, "are too many for %d examples with %d features; at most %d passes over them are made", r.Data.Rows, r.Data.Cols, s.mostEpochs())
	}
	var err error
	if s.Run, err = logistic.Train(ctx, r.Model, s.config(v.Int("batch"), updates)); err != nil {
		return nil, err
	}
	seen := s.Run.Steps[s.Run.Len()-1].Examples
	full := s.config(0, min((seen+r.Data.Rows-1)/r.Data.Rows, mostRecords)) // as many examples, rounded up
	full.Average = false
	if s.Batch, err = logistic.Train(ctx, r.Model, full); err != nil {
		return nil, err
	}
	s.Floor = s.floor(v.Float("eta"), v.Int("batch"))
	s.Advice, err = s.advise(ctx)
	return s, err
}

// mostEpochs is how many passes over the data a run may make.
func (s *SGD) mostEpochs() int {
	return min(int(mostVisited/float64(s.Data.Rows*(s.Model.Dim()+rowNumbers))), logistic.MaxUpdates/s.PerEpoch())
}

// Updates is how many updates the run makes: asked for, or those of its epochs.
func (s *SGD) Updates() int {
	if s.asksUpdates() {
		return s.Values.Int("steps")
	}
	return s.Values.Int("epochs") * s.PerEpoch()
}

// asksUpdates reports whether a number of updates was asked for, in a form that has
// one.
func (s *SGD) asksUpdates() bool {
	return s.Values.Table().Lookup("steps") != nil && s.Values.Has("steps")
}

// PerEpoch is the number of updates of one epoch.
func (s *SGD) PerEpoch() int { return perEpoch(s.Data.Rows, s.Values.Int("batch")) }

func perEpoch(rows, batch int) int { return (rows + batch - 1) / batch }

// config is a run with another batch size, 0 for all rows, and so many updates;
// everything else is as the values say.
func (s *SGD) config(batch, updates int) logistic.Config {
	v, values := s.Values, s.Data.Rows*s.Model.Dim()
	c := logistic.Config{
		Eta: v.Float("eta"), Mean: s.mean, Batch: batch, Order: logistic.Order(v.Text("order")), Seed: uint64(v.Int("seed")),
		Updates: updates, Theta0: s.theta0, Rule: rule(s.Method, v),
		Average: v.Text("average") == "true", AverageFrom: v.Int("average_from") * perEpoch(s.Data.Rows, max(batch, 1)),
	}
	if v.Text("schedule") != "constant" {
		c.Rate = schedule(v)
	}
	looks := 1
	if c.Average {
		looks = 2
	}
	records := max(1, min(recordedValues/(values*looks), mostRecords, logistic.MaxValues/(4*s.Model.Dim())))
	c.Every = max(1, (updates+records-1)/records)
	return c
}

// floor is the loss above its minimum at which plain steps of a constant rate stay
// in theory, with rows drawn with replacement; NaN for others.
func (s *SGD) floor(eta float64, batch int) float64 {
	if !s.Known || s.Optimum.Separable || s.Method.ID != "gd" || s.Values.Float("weight_decay") != 0 || s.Values.Text("schedule") != "constant" || batch == s.Data.Rows {
		return math.NaN()
	}
	if !s.mean {
		eta *= float64(batch)
	}
	return float64(s.Data.Rows) * s.Model.Noise(s.Optimum.Theta).Floor(eta, batch)
}

// rule is the method's, nil for the plain one: it has its own, fast way.
func rule(m *optim.Method, v param.Values) optim.Rule {
	if m.ID == "gd" && v.Float("weight_decay") == 0 {
		return nil
	}
	return m.New(v)
}

// runRivals makes the runs of other batch sizes.
func (s *SGD) runRivals(ctx context.Context) error {
	sizes, err := s.rivals()
	if err != nil {
		return err
	}
	seen := s.Run.Steps[s.Run.Len()-1].Examples
	if len(sizes) > 0 && float64(len(sizes)*seen)*float64(s.Model.Dim()+rowNumbers) > mostVisited {
		return param.Errorf("compare", "names too many batch sizes for so long runs; name fewer, or make fewer epochs")
	}
	for _, b := range sizes {
		c := s.config(b, min(s.updatesFor(seen, b), logistic.MaxUpdates))
		c.Average = false
		run, err := logistic.Train(ctx, s.Model, c)
		if err != nil {
			return err
		}
		s.Rivals = append(s.Rivals, Rival{s.batchLabel(b), b, run})
	}
	return nil
}

// updatesFor is how many updates of a batch size see so many examples, rounded up:
// without replacement the last batch of an epoch may be smaller.
func (s *SGD) updatesFor(seen, batch int) int {
	if s.Values.Text("order") == "replacement" {
		return (seen + batch - 1) / batch
	}
	rows := s.Data.Rows
	return seen/rows*perEpoch(rows, batch) + (seen%rows+batch-1)/batch
}

func (s *SGD) batchLabel(b int) string {
	if b == s.Data.Rows {
		return fmt.Sprintf("all %d", b)
	}
	return fmt.Sprintf("b = %d", b)
}

// mostRivals is how many batch sizes can stand beside b.
const mostRivals = 5

// rivals reads the batch sizes beside b; b itself among them is left out.
func (s *SGD) rivals() ([]int, error) {
	const field = "compare"
	if !s.Values.Has(field) {
		return nil, nil
	}
	whole := param.Param{Type: param.Integer, Min: 1, Max: float64(s.Data.Rows)}
	var sizes []int
	for _, item := range items(s.Values.Text(field)) {
		size := s.Data.Rows
		if item != "all" {
			n, message := number(&whole, item)
			if message == "" && n != float64(int(n)) {
				message = "must be a whole number"
			}
			if message != "" {
				return nil, param.Errorf(field, "“%s” %s; a batch has 1 to %d examples, or all", item, message, s.Data.Rows)
			}
			size = int(n)
		}
		if size == s.Values.Int("batch") || slices.Contains(sizes, size) {
			continue
		}
		if len(sizes) == mostRivals {
			return nil, param.Errorf(field, "names too many batch sizes; at most %d stand beside b", mostRivals)
		}
		sizes = append(sizes, size)
	}
	return sizes, nil
}

// A Cloud is mini-batch gradients at one θ.
type Cloud struct {
	X, Y     []float64      // mean gradients of mini-batches, in the two weights of the axes
	Full     [2]float64     // that of all data
	Noise    logistic.Noise // of single rows
	Measured float64        // mean squared distance of those gradients from the full one, in all coordinates
	Theory   float64        // what that is in expectation
}

// cloud draws mini-batches at the last θ.
func (s *SGD) cloud() *Cloud {
	if s.Run.Stop.Reason == logistic.Diverged {
		return nil
	}
	_, theta := s.Last()
	w, batch := s.Weights(), s.Values.Int("batch")
	c := &Cloud{Noise: s.Model.Noise(theta)}
	c.Full = [2]float64{c.Noise.Mean[w[0]], c.Noise.Mean[w[1]]}
	order := logistic.Shuffled
	if s.Values.Text("order") == "replacement" {
		order = logistic.Replacement
	}
	c.Theory = c.Noise.BatchVariance(batch, order == logistic.Replacement)
	batches := logistic.NewBatches(s.Model.Rows(), batch, order, uint64(s.Values.Int("seed"))+1)
	grad := make([]float64, s.Model.Dim())
	n := min(cloudBatches, max(2, cloudValues/(batch*s.Model.Dim())))
	for len(c.X) < n {
		rows := batches.Next()
		if len(rows) < batch {
			continue // the short last batch of an epoch has another spread
		}
		s.Model.EvalRows(rows, theta, grad)
		for j := range grad {
			grad[j] /= float64(batch)
			gap := grad[j] - c.Noise.Mean[j]
			c.Measured += gap * gap / float64(n)
		}
		c.X, c.Y = append(c.X, grad[w[0]]), append(c.Y, grad[w[1]])
	}
	return c
}

// Last is the last record of the run.
func (s *SGD) Last() (logistic.Step, []float64) {
	k := s.Run.Len() - 1
	return s.Run.Steps[k], s.Run.Theta(k)
}

// Averaged is the last record of the mean of the iterates; ok is false where there
// is none.
func (s *SGD) Averaged() (step logistic.Step, theta []float64, ok bool) {
	k := len(s.Run.Averaged) - 1
	if k < 0 || s.Run.Stop.Reason == logistic.Diverged {
		return step, nil, false
	}
	return s.Run.Averaged[k], s.Run.Average(k), true
}

// JSON implements [Result].
func (s *SGD) JSON() any {
	type rival struct {
		Batch int         `json:"batch"`
		Steps []trainStep `json:"steps"`
	}
	type cloud struct {
		Batch    int   `json:"batch"`
		Measured Float `json:"variance_measured"`
		Theory   Float `json:"variance_theory"`
		Single   Float `json:"variance_of_one"`
	}
	out := struct {
		regressionJSON
		Method   string         `json:"method"`
		Hyper    map[string]any `json:"hyper"`
		Schedule string         `json:"schedule"`
		Averaged []trainStep    `json:"averaged,omitempty"`
		Rivals   []rival        `json:"compare,omitempty"`
		Cloud    *cloud         `json:"cloud,omitempty"`
	}{
		regressionJSON: s.json(s.Run, s.Readout().Text()),
		Method:         s.Method.ID, Hyper: hyperJSON(s.Method.Params, s.Values), Schedule: s.Values.Text("schedule"),
	}
	if s.Run.Averaged != nil {
		means := &logistic.Run{Dim: s.Run.Dim, Steps: s.Run.Averaged, Thetas: s.Run.Averages, Gradients: make([]float64, len(s.Run.Averages))}
		for k := range means.Len() {
			s.Model.Eval(means.Theta(k), means.Gradient(k))
		}
		out.Averaged = s.json(means, "").Steps
	}
	for _, r := range s.Rivals {
		out.Rivals = append(out.Rivals, rival{r.Batch, s.json(r.Run, "").Steps})
	}
	if c := s.Cloud; c != nil {
		out.Cloud = &cloud{s.Values.Int("batch"), Float(c.Measured), Float(c.Theory), Float(c.Noise.Variance())}
	}
	return out
}

// CSV implements [Result].
func (s *SGD) CSV() [][]string {
	rows := s.csv(s.Run)
	if s.Run.Averaged == nil {
		return rows
	}
	rows[0] = append(rows[0], "nll_average")
	for i, step := range s.Run.Averaged {
		rows[i+1] = append(rows[i+1], csvNumber(step.NLL))
	}
	return rows
}
