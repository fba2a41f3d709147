package logistic

import "gonum.org/v1/gonum/floats"

// Why a run stopped.
const (
	StepLimit = "steps"    // all updates were made
	Diverged  = "diverged" // J or θ is no longer finite
)

// Stop says why and where a run ended.
type Stop struct {
	Reason string // StepLimit or Diverged
	K      int    // updates made; when diverged, the first after which J or θ was not finite
}

// Step is one record of a run. All its figures are over all rows, whatever the
// batch was.
type Step struct {
	K            int     // updates made so far; 0 is the start
	Examples     int     // rows visited so far, repeats counted
	Epoch        float64 // Examples/Rows
	Objective    float64 // J: the NLL and the penalty, summed
	NLL          float64 // the NLL alone, summed
	GradientNorm float64 // ‖∇J‖₂
	Accuracy     float64 // 0 to 1
}

// Run is the record of a run; row k of each flat array belongs to Steps[k].
type Run struct {
	Dim       int       // length of θ, the bias included
	Steps     []Step    // one per record, the start first
	Thetas    []float64 // len(Steps)×Dim
	Gradients []float64 // len(Steps)×Dim: ∇J, the sum over all rows
	Stop      Stop      // why and where it ended

	// Averaged and Averages are the records of the mean of the iterates, with the
	// same K, Examples and Epoch; nil without one.
	Averaged []Step
	Averages []float64 // len(Averaged)×Dim
}

// Len is the number of records, the start included.
func (r *Run) Len() int { return len(r.Steps) }

// Theta is θ of record k, a view of Thetas.
func (r *Run) Theta(k int) []float64 { return r.Thetas[k*r.Dim : (k+1)*r.Dim] }

// Gradient is ∇J of record k, the sum over all rows, a view of Gradients.
func (r *Run) Gradient(k int) []float64 { return r.Gradients[k*r.Dim : (k+1)*r.Dim] }

// Average is the mean of the iterates at record k, a view of Averages.
func (r *Run) Average(k int) []float64 { return r.Averages[k*r.Dim : (k+1)*r.Dim] }

func newRun(dim, records int) *Run {
	return &Run{
		Dim:       dim,
		Steps:     make([]Step, 0, records),
		Thetas:    make([]float64, 0, records*dim),
		Gradients: make([]float64, 0, records*dim),
	}
}

// record appends the figures of θ after k updates and returns J(θ).
func (r *Run) record(m *Model, theta []float64, k, examples int) float64 {
	r.Thetas = append(r.Thetas, theta...)
	r.Gradients = append(r.Gradients, theta...) // room, filled below
	step := stepOf(m, theta, r.Gradients[len(r.Gradients)-r.Dim:], k, examples)
	r.Steps = append(r.Steps, step)
	return step.Objective
}

// recordAverage appends the figures of the mean of the iterates.
func (r *Run) recordAverage(m *Model, average []float64, k, examples int) {
	r.Averages = append(r.Averages, average...)
	r.Averaged = append(r.Averaged, stepOf(m, average, make([]float64, r.Dim), k, examples))
}

// stepOf looks at θ after k updates, and stores ∇J there in gradient.
func stepOf(m *Model, theta, gradient []float64, k, examples int) Step {
	nll, right := m.pass(m.all(), theta, gradient, withAccuracy)
	return Step{
		K:            k,
		Examples:     examples,
		Epoch:        float64(examples) / float64(m.rows),
		Objective:    nll + m.penalty(theta, gradient, 1),
		NLL:          nll,
		GradientNorm: floats.Norm(gradient, 2),
		Accuracy:     float64(right) / float64(m.rows),
	}
}
