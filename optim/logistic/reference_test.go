package logistic_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"descent/optim/dataset"
	"descent/optim/logistic"
)

// reference is testdata/iris.json; its README says how each part was computed.
type reference struct {
	Evaluations []struct {
		ThetaName  string    `json:"theta_name"`
		Theta      []float64 `json:"theta"`
		NLLSum     float64   `json:"nll_sum"`
		GradNLLSum []float64 `json:"grad_nll_sum"`
		Accuracy   float64   `json:"accuracy"`
	} `json:"evaluations"`
	BatchGD []struct {
		Reduction string  `json:"reduction"`
		Eta       float64 `json:"eta"`
		Tol       float64 `json:"tol"`
		Steps     []struct {
			Step   int       `json:"step"`
			Theta  []float64 `json:"theta"`
			NLLSum float64   `json:"nll_sum"`
		} `json:"steps"`
	} `json:"batch_gd"`
	SGDOneEpoch []struct {
		BatchSize      int     `json:"batch_size"`
		Eta            float64 `json:"eta"`
		UpdatesInEpoch int     `json:"updates_in_epoch"`
		LastBatchSize  int     `json:"last_batch_size"`
		NLLSumAfter    float64 `json:"nll_sum_after_epoch"`
		Tol            float64 `json:"tol"`
		Records        []struct {
			Update int       `json:"update"`
			Theta  []float64 `json:"theta"`
		} `json:"records"`
	} `json:"sgd_one_epoch"`
	LipschitzSum float64 `json:"lipschitz_sum"`
	Optima       []struct {
		Penalty   string    `json:"penalty"`
		Lam       float64   `json:"lam"`
		Theta     []float64 `json:"theta"`
		NLLSum    float64   `json:"nll_sum"`
		Objective float64   `json:"objective"`
		Accuracy  float64   `json:"accuracy"`
	} `json:"optima"`
	ExtremeThetas []struct {
		Theta      []float64 `json:"theta"`
		MaxAbsZ    float64   `json:"max_abs_z"`
		NLLSum     float64   `json:"nll_sum"`
		GradNLLSum []float64 `json:"grad_nll_sum"`
	} `json:"extreme_thetas"`
	ScalarTable []struct {
		Z            float64 `json:"z"`
		P            float64 `json:"p"`
		OneMinusP    float64 `json:"one_minus_p"`
		LogP         float64 `json:"log_p"`
		LogOneMinusP float64 `json:"log_one_minus_p"`
		NLLY1        float64 `json:"nll_y1"`
		NLLY0        float64 `json:"nll_y0"`
		DSigma       float64 `json:"dsigma"`
		GradZY1      float64 `json:"grad_z_y1"`
		GradZY0      float64 `json:"grad_z_y0"`
	} `json:"scalar_table"`
}

func readReference(t *testing.T) *reference {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "iris.json"))
	if err != nil {
		t.Fatal(err)
	}
	ref := new(reference)
	if err := json.Unmarshal(text, ref); err != nil {
		t.Fatal(err)
	}
	if len(ref.Evaluations) == 0 || len(ref.BatchGD) == 0 || len(ref.SGDOneEpoch) == 0 ||
		len(ref.Optima) == 0 || len(ref.ExtremeThetas) == 0 || len(ref.ScalarTable) == 0 {
		t.Fatal("a part of the reference is empty")
	}
	return ref
}

// model fits a data set as it stands.
func model(s *dataset.Set, l2 float64) *logistic.Model {
	return logistic.New(s.X, s.Y, s.Cols, l2)
}

// iris is the model that the reference figures are for.
func iris(l2 float64) *logistic.Model {
	s, _ := dataset.Iris().Scaled(dataset.Standard)
	return model(s, l2)
}

func near(got, want, tol float64) bool { return math.Abs(got-want) <= tol*(1+math.Abs(want)) }

func allNear(got, want []float64, tol float64) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if !near(got[i], want[i], tol) {
			return false
		}
	}
	return true
}

func TestEvaluations(t *testing.T) {
	m := iris(0)
	gradient := make([]float64, m.Dim())
	for _, e := range readReference(t).Evaluations {
		if got := m.Eval(e.Theta, gradient); !near(got, e.NLLSum, 1e-12) || !allNear(gradient, e.GradNLLSum, 1e-12) {
			t.Errorf("at %s: NLL %v, gradient %v; want %v, %v", e.ThetaName, got, gradient, e.NLLSum, e.GradNLLSum)
		}
		if got := m.Eval(e.Theta, nil); !near(got, e.NLLSum, 1e-12) {
			t.Errorf("at %s without gradient: NLL %v, want %v", e.ThetaName, got, e.NLLSum)
		}
		if got := m.Accuracy(e.Theta); got != e.Accuracy {
			t.Errorf("at %s: accuracy %v, want %v", e.ThetaName, got, e.Accuracy)
		}
	}
}

func TestExtremeThetas(t *testing.T) {
	m := iris(0)
	gradient := make([]float64, m.Dim())
	for _, e := range readReference(t).ExtremeThetas {
		got := m.Eval(e.Theta, gradient)
		if math.Abs(got-e.NLLSum) > 1e-10*e.NLLSum || !allNear(gradient, e.GradNLLSum, 1e-10) {
			t.Errorf("|θᵀx| to %g: NLL %v, gradient %v; want %v, %v", e.MaxAbsZ, got, gradient, e.NLLSum, e.GradNLLSum)
		}
	}
}

// fewULP accepts an error of four units in the last place of want.
func fewULP(got, want float64) bool {
	ulp := math.Nextafter(math.Abs(want), math.Inf(1)) - math.Abs(want)
	return math.Abs(got-want) <= 4*ulp
}

func TestScalarTable(t *testing.T) {
	// One row with x = (1) makes θ the number z.
	one := logistic.New(nil, []float64{1}, 0, 0)
	zero := logistic.New(nil, []float64{0}, 0, 0)
	derivative, second := make([]float64, 1), make([]float64, 1)
	for _, row := range readReference(t).ScalarTable {
		z := []float64{row.Z}
		check := func(name string, got, want float64) {
			if !fewULP(got, want) {
				t.Errorf("%s(%v) = %v, want %v", name, row.Z, got, want)
			}
		}
		check("Sigmoid", logistic.Sigmoid(row.Z), row.P)
		check("Sigmoid of the negative of ", logistic.Sigmoid(-row.Z), row.OneMinusP)
		check("LogSigmoid", logistic.LogSigmoid(row.Z), row.LogP)
		check("LogSigmoid of the negative of ", logistic.LogSigmoid(-row.Z), row.LogOneMinusP)
		check("NLL for y = 1", one.Eval(z, derivative), row.NLLY1)
		check("its derivative", derivative[0], row.GradZY1)
		check("NLL for y = 0", zero.Eval(z, derivative), row.NLLY0)
		check("its derivative", derivative[0], row.GradZY0)
		one.Hessian(z, second)
		check("σ′", second[0], row.DSigma)
	}
}

func TestLipschitz(t *testing.T) {
	want := readReference(t).LipschitzSum
	if got := iris(0).Lipschitz(); !near(got, want, 1e-12) {
		t.Errorf("Lipschitz is %v, want %v", got, want)
	}
	if got := iris(3).Lipschitz(); !near(got, want+3, 1e-12) {
		t.Errorf("Lipschitz with a penalty of 3 is %v, want %v", got, want+3)
	}
}

func TestBatchGradientDescent(t *testing.T) {
	m := iris(0)
	for _, b := range readReference(t).BatchGD {
		last := b.Steps[len(b.Steps)-1].Step
		run, err := logistic.Train(context.Background(), m,
			logistic.Config{Eta: b.Eta, Mean: b.Reduction == "mean", Updates: last})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range b.Steps {
			if !allNear(run.Theta(want.Step), want.Theta, b.Tol) || !near(run.Steps[want.Step].NLL, want.NLLSum, b.Tol) {
				t.Errorf("%s, η = %g, step %d: θ %v, NLL %v; want %v, %v", b.Reduction, b.Eta, want.Step,
					run.Theta(want.Step), run.Steps[want.Step].NLL, want.Theta, want.NLLSum)
			}
		}
	}
}

func TestOneSequentialEpoch(t *testing.T) {
	m := iris(0)
	for _, b := range readReference(t).SGDOneEpoch {
		run, err := logistic.Train(context.Background(), m, logistic.Config{
			Eta: b.Eta, Batch: b.BatchSize, Order: logistic.Sequential, Updates: b.UpdatesInEpoch,
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range b.Records {
			if !allNear(run.Theta(want.Update), want.Theta, b.Tol) {
				t.Errorf("b = %d, η = %g, update %d: θ %v, want %v", b.BatchSize, b.Eta, want.Update,
					run.Theta(want.Update), want.Theta)
			}
		}
		end, before := run.Steps[b.UpdatesInEpoch], run.Steps[b.UpdatesInEpoch-1]
		if !near(end.NLL, b.NLLSumAfter, b.Tol) || end.Epoch != 1 {
			t.Errorf("b = %d, η = %g: NLL %v after %v epochs, want %v after 1", b.BatchSize, b.Eta, end.NLL, end.Epoch, b.NLLSumAfter)
		}
		if got := end.Examples - before.Examples; got != b.LastBatchSize {
			t.Errorf("b = %d: the last batch has %d rows, want %d", b.BatchSize, got, b.LastBatchSize)
		}
	}
}

func TestOptima(t *testing.T) {
	for _, want := range readReference(t).Optima {
		m := iris(want.Lam)
		got, err := m.Optimum(context.Background())
		if err != nil {
			t.Errorf("λ = %g: %v", want.Lam, err)
			continue
		}
		if got.Separable || !allNear(got.Theta, want.Theta, 1e-8) ||
			!near(got.NLL, want.NLLSum, 1e-12) || !near(got.Objective, want.Objective, 1e-12) {
			t.Errorf("λ = %g: %+v; want θ %v, NLL %v, objective %v", want.Lam, got, want.Theta, want.NLLSum, want.Objective)
		}
		if !(got.GradientNorm < 1e-12) {
			t.Errorf("λ = %g: gradient of norm %g at the minimum", want.Lam, got.GradientNorm)
		}
		if accuracy := m.Accuracy(got.Theta); accuracy != want.Accuracy {
			t.Errorf("λ = %g: accuracy %v, want %v", want.Lam, accuracy, want.Accuracy)
		}
	}
}
