package dataset_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"

	"descent/optim/dataset"
	"descent/optim/logistic"
)

// numpyTable was computed with NumPy 1.24 from the files in data/: of each set two
// columns with mean and deviation; on standardised features and θ = (¼, 1/10, −1/10,
// 1/10, …) the NLL, the norm of its gradient, the gradient of the bias and of the two
// columns, and the trace of the Hessian; the shares of the first two eigenvalues of the
// covariance and the two columns' entries in the eigenvectors, the largest made positive.
var numpyTable = []struct {
	set             string
	rows, positives int
	columns         [2]int
	mean, deviation [2]float64
	nll, norm, bias float64
	gradient        [2]float64
	trace           float64
	explained       [2]float64
	first, second   [2]float64
}{
	{"iris", 100, 50, [2]int{2, 3}, [2]float64{4.906000000000001, 1.6760000000000006}, [2]float64{0.8214401986754728, 0.4226393261399133},
		69.5925421427691, 63.621758196669084, 6.187278226225546, [2]float64{-38.15281367982824, -41.78534000927224}, 122.10669988697971,
		[2]float64{0.7394777999352485, 0.1387779128671452}, [2]float64{0.5436952446950318, 0.5081408031462541}, [2]float64{-0.37958718657397306, -0.13380925990364528}},
	{"breast-cancer", 569, 357, [2]int{20, 27}, [2]float64{16.269189806678394, 0.11460622319859404}, [2]float64{4.828992576060773, 0.06567455451119318},
		408.00899549081635, 823.9102235805038, -38.28737666929973, [2]float64{226.70339850421772, 220.22562473783927}, 4004.2770323019436,
		[2]float64{0.4427202560752636, 0.18971182044033075}, [2]float64{0.22799663423247202, 0.25088597121799694}, [2]float64{-0.21986637929991082, -0.008257235069545052}},
	{"digits-3-8", 357, 174, [2]int{26, 42}, [2]float64{4.915966386554622, 5.92436974789916}, [2]float64{5.52089968300407, 6.303028924444978},
		262.2022566508326, 456.9415445409048, 25.547004543948944, [2]float64{-116.73119006267157, -125.58480956444114}, 4320.498975729667,
		[2]float64{0.1584325708717007, 0.10343453201911137}, [2]float64{-0.20415991833989414, -0.23328775105864324}, [2]float64{-0.10926533007338482, -0.0032237157918263426}},
	{"wine/0", 178, 59, [2]int{9, 12}, [2]float64{5.058089882022473, 746.8932584269663}, [2]float64{2.3117646609525573, 314.0216568419877},
		109.15884520861773, 122.64389463420447, 40.540799891477, [2]float64{-13.493718566738227, -56.09928202328141}, 584.3312569318728,
		[2]float64{0.3619884809992632, 0.19207490257008933}, [2]float64{-0.08861670472472274, 0.2867522268968053}, [2]float64{0.5299956720700439, 0.36490283179808214}},
	{"wine/1", 178, 71, [2]int{9, 12}, [2]float64{5.058089882022473, 746.8932584269663}, [2]float64{2.3117646609525573, 314.0216568419877},
		140.97118545315314, 133.47767895867617, 28.540799891477004, [2]float64{59.05565525886661, 64.60805861786696}, 584.3312569318728,
		[2]float64{0.3619884809992632, 0.19207490257008933}, [2]float64{-0.08861670472472274, 0.2867522268968053}, [2]float64{0.5299956720700439, 0.36490283179808214}},
	{"wine/2", 178, 48, [2]int{9, 12}, [2]float64{5.058089882022473, 746.8932584269663}, [2]float64{2.3117646609525573, 314.0216568419877},
		158.51387205720576, 182.69726926378007, 51.540799891477015, [2]float64{-50.041118537561246, 31.07997316763926}, 584.3312569318728,
		[2]float64{0.3619884809992632, 0.19207490257008933}, [2]float64{-0.08861670472472274, 0.2867522268968053}, [2]float64{0.5299956720700439, 0.36490283179808214}},
}

// named finds "iris" and, among the wines, "wine/2".
func named(t *testing.T, name string) *dataset.Set {
	t.Helper()
	if class, ok := strings.CutPrefix(name, "wine/"); ok {
		n, err := strconv.Atoi(class)
		if err != nil {
			t.Fatal(err)
		}
		return dataset.Wine(n)
	}
	s, ok := dataset.Shipped(name)
	if !ok {
		t.Fatalf("there is no set %q", name)
	}
	return s
}

func TestAgreesWithNumPy(t *testing.T) {
	for _, want := range numpyTable {
		s := named(t, want.set)
		near := func(what string, got, want, tolerance float64) {
			t.Helper()
			if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
				t.Errorf("%s: %s is %v, NumPy has %v", s.Key, what, got, want)
			}
		}
		if s.Rows != want.rows || positives(s) != want.positives {
			t.Errorf("%s: %d rows with %d positives, want %d with %d", s.Key, s.Rows, positives(s), want.rows, want.positives)
		}
		scaled, scaling := s.Scaled(dataset.Standard)
		m := logistic.New(scaled.X, scaled.Y, scaled.Cols, 0)
		theta, gradient, hessian := make([]float64, m.Dim()), make([]float64, m.Dim()), make([]float64, m.Dim()*m.Dim())
		theta[0] = 0.25
		for j := range s.Cols {
			theta[1+j] = 0.1 - 0.2*float64(j%2)
		}
		near("NLL", m.Eval(theta, gradient), want.nll, 1e-12)
		near("the gradient's norm", floats.Norm(gradient, 2), want.norm, 1e-12)
		near("the bias's gradient", gradient[0], want.bias, 1e-11)
		m.Hessian(theta, hessian)
		trace := 0.0
		for j := range m.Dim() {
			trace += hessian[j*m.Dim()+j]
		}
		near("the trace", trace, want.trace, 1e-12)
		_, components, explained := dataset.Principal(scaled)
		for k, column := range want.columns {
			near("a mean", scaling.Shift[column], want.mean[k], 1e-13)
			near("a deviation", scaling.Divisor[column], want.deviation[k], 1e-13)
			near("a gradient", gradient[1+column], want.gradient[k], 1e-11)
			near("an explained share", explained[k], want.explained[k], 1e-12)
			near("an entry of the first component", components[0][column], want.first[k], 1e-10)
			near("an entry of the second component", components[1][column], want.second[k], 1e-10)
		}
	}
}

// Of the shipped sets only iris is not separated by a plane; two columns of the
// others are not enough.
func TestSeparability(t *testing.T) {
	for _, test := range numpyTable {
		s := named(t, test.set)
		two, err := s.Select(test.columns[:])
		if err != nil {
			t.Fatal(err)
		}
		for _, try := range []struct {
			set  *dataset.Set
			want bool
		}{{s, s.Name != "iris"}, {two, false}} {
			scaled, _ := try.set.Scaled(dataset.Standard)
			o, err := logistic.New(scaled.X, scaled.Y, scaled.Cols, 0).Optimum(t.Context())
			if err != nil || o.Separable != try.want {
				t.Errorf("%s with %d columns: separable %t, %v", s.Key, try.set.Cols, o.Separable, err)
			}
		}
	}
}
