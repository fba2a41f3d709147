package cell

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"weak"

	"descent/optim/dataset"
	"descent/optim/logistic"
)

// A fit is what a logistic model is before any run: the data scaled, where the NLL
// is least, and how curved it is. It costs more than a run of fifty steps and
// depends on neither η nor the start, so the last ones are kept while their set
// is in use.
type fit struct {
	data    *dataset.Set // the features used, in raw units
	mean    []float64    // of the scaled features, one per column
	scaling dataset.Scaling
	model   *logistic.Model
	optimum logistic.Optimum // zero unless known
	known   bool             // an optimum or a separation was proved
	skipped bool             // not known, because to look for it would take too long
	lambda  float64          // L: the largest curvature that J can have anywhere

	condition  func() float64 // at the optimum, or at θ = 0 where there is none
	components func() *Plane  // of the scaled features

	last atomic.Pointer[keptRun]
}

// A keptRun is the run that was made last: who points from example to example asks
// for the same one.
type keptRun struct {
	config logistic.Config
	run    *logistic.Run
}

// mostKept bounds the run that is kept, in numbers of its record.
const mostKept = 1 << 16

// train is the run of a config.
func (f *fit) train(ctx context.Context, c logistic.Config) (*logistic.Run, error) {
	if kept := f.last.Load(); kept != nil && sameRun(kept.config, c) {
		return kept.run, nil
	}
	run, err := logistic.Train(ctx, f.model, c)
	if err == nil && len(run.Thetas) <= mostKept {
		f.last.Store(&keptRun{c, run})
	}
	return run, err
}

func sameRun(a, b logistic.Config) bool {
	start := slices.Equal(a.Theta0, b.Theta0)
	a.Theta0, b.Theta0 = nil, nil
	return start && reflect.DeepEqual(a, b)
}

// A fitKey names all that a fit depends on. The figures are held weakly: what a
// reader has put in is not kept for the sake of its fit.
type fitKey struct {
	set      string
	figures  weak.Pointer[float64]
	features string
	scale    dataset.Scale
	l2       float64
}

// mostNewton bounds rows·dim² for which an optimum is looked for: a tenth of a
// second for each of some ten iterations.
const mostNewton = 1 << 28

// fits keeps the fits used last, at most that many numbers of data.
var fits = fitMemory{most: 1 << 19}

type fitMemory struct {
	most int // numbers

	mu      sync.Mutex
	entries []fitEntry // the one asked for last in front
}

type fitEntry struct {
	key fitKey
	fit *fit
}

// get answers the fit of some columns of a set. Two that ask for a new one at the
// same time both make it.
func (m *fitMemory) get(ctx context.Context, all *dataset.Set, features string, columns []int, scale dataset.Scale, l2 float64) (*fit, error) {
	key := fitKey{all.Key, weak.Make(&all.X[0]), features, scale, l2}
	if f := m.find(key); f != nil {
		return f, nil
	}
	f, err := newFit(ctx, all, columns, scale, l2)
	if err == nil {
		m.keep(key, f)
	}
	return f, err
}

func (m *fitMemory) find(key fitKey) *fit {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries = slices.DeleteFunc(m.entries, func(e fitEntry) bool { return e.key.figures.Value() == nil })
	i := slices.IndexFunc(m.entries, func(e fitEntry) bool { return e.key == key })
	if i < 0 {
		return nil
	}
	e := m.entries[i]
	copy(m.entries[1:i+1], m.entries[:i])
	m.entries[0] = e
	return e.fit
}

func (m *fitMemory) keep(key fitKey, f *fit) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.entries = slices.Insert(m.entries, 0, fitEntry{key, f})
	total := 0
	for i, e := range m.entries {
		if total += 2 * len(e.fit.data.X); total > m.most { // raw and scaled
			clear(m.entries[i:])
			m.entries = m.entries[:i]
			return
		}
	}
}

func newFit(ctx context.Context, all *dataset.Set, columns []int, scale dataset.Scale, l2 float64) (*fit, error) {
	f := &fit{}
	var err error
	if f.data, err = all.Select(columns); err != nil {
		return nil, err
	}
	scaled, scaling := f.data.Scaled(scale)
	f.scaling = scaling
	f.model = logistic.New(scaled.X, scaled.Y, scaled.Cols, l2)
	f.mean = columnMeans(scaled)
	f.lambda = f.model.Lipschitz()
	if rows, dim := f.model.Rows(), f.model.Dim(); rows > mostNewton/dim/dim {
		f.skipped = true
	} else {
		f.optimum, err = f.model.Optimum(ctx)
		if err != nil && !errors.Is(err, logistic.ErrUndecided) {
			return nil, err
		}
		f.known = err == nil
	}
	f.condition = sync.OnceValue(func() float64 { return f.model.Condition(f.reference()) })
	f.components = sync.OnceValue(func() *Plane { return componentPlane(scaled) })
	return f, nil
}

// reference is the θ at which the condition number is taken.
func (f *fit) reference() []float64 {
	if f.known && !f.optimum.Separable {
		return f.optimum.Theta
	}
	return make([]float64, f.model.Dim())
}

func columnMeans(s *dataset.Set) []float64 {
	mean := make([]float64, s.Cols)
	for i := range s.Rows {
		for j, v := range s.Row(i) {
			mean[j] += v
		}
	}
	for j := range mean {
		mean[j] /= float64(s.Rows)
	}
	return mean
}
