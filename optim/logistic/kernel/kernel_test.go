package kernel_test

import (
	"math"
	"math/big"
	"testing"

	"descent/optim/logistic/kernel"
)

// exact is exp(−|z|), 1/(1 + exp(−|z|)) and log(1 + exp(−|z|)) with 200 bits.
func exact(z float64) (e, p, l *big.Float) {
	const bits = 200
	// exp by its series at z/2⁴⁰⁺, squared back.
	const halvings = 30
	x := new(big.Float).SetPrec(bits).SetFloat64(-math.Abs(z))
	x.SetMantExp(x, -halvings)
	e = big.NewFloat(1).SetPrec(bits)
	for k := 30; k >= 1; k-- {
		e.Mul(e, x)
		e.Quo(e, new(big.Float).SetInt64(int64(k)))
		e.Add(e, big.NewFloat(1))
	}
	for range halvings {
		e.Mul(e, e)
	}
	p = new(big.Float).SetPrec(bits).Add(e, big.NewFloat(1))
	p.Quo(big.NewFloat(1), p)
	// log(1 + e) = 2·artanh(e/(2 + e))
	s := new(big.Float).SetPrec(bits).Add(e, big.NewFloat(2))
	s.Quo(e, s)
	square := new(big.Float).SetPrec(bits).Mul(s, s)
	l = new(big.Float).SetPrec(bits)
	for k := 101; k >= 1; k -= 2 {
		l.Mul(l, square)
		l.Add(l, new(big.Float).SetPrec(bits).Quo(big.NewFloat(1), new(big.Float).SetInt64(int64(k))))
	}
	l.Mul(l, s)
	l.Add(l, l)
	return e, p, l
}

// ulps is the error of got in units in the last place of want.
func ulps(got float64, want *big.Float) float64 {
	w, _ := want.Float64()
	unit := math.Nextafter(math.Abs(w), math.Inf(1)) - math.Abs(w)
	d := new(big.Float).SetPrec(200).Sub(new(big.Float).SetFloat64(got), want)
	f, _ := d.Quo(d, new(big.Float).SetFloat64(unit)).Float64()
	return math.Abs(f)
}

// The error bounds that the comments of Residuals and Losses state, over the whole
// range.
func TestAccuracy(t *testing.T) {
	var worst [3]float64
	for i := range 1500 {
		z := float64(i - 750)
		if i%2 == 1 { // near 0 and between the integers
			z = math.Copysign(math.Exp(float64(i)/25-35), float64(i%4)-2)
		}
		if math.Abs(z) > 744 {
			continue
		}
		e, p, loss := exact(z)
		residuals := make([]float64, 4)
		var sums [8]float64
		kernel.Losses([]float64{z, z, math.Inf(-1), math.Inf(-1)}, []float64{0, 1, 0, 0}, residuals, &sums)
		// σ(|z|) = p, and 1 − p = e·p.
		small := new(big.Float).Mul(e, p)
		large := p
		positive := new(big.Float).SetPrec(200).Add(loss, new(big.Float).SetFloat64(math.Abs(z)))
		zero, one := large, small
		lossZero, lossOne := positive, loss
		if z < 0 {
			zero, one, lossZero, lossOne = one, zero, lossOne, lossZero
		}
		for k, err := range []float64{
			max(ulps(residuals[0], zero), ulps(-residuals[1], one)), ulps(sums[4], lossZero), ulps(sums[5], lossOne),
		} {
			if err > 3 {
				t.Errorf("z = %v: an error of %.2f units in the last place in figure %d", z, err, k)
			}
			worst[k] = max(worst[k], err)
		}
		if residuals[2] != 0 || residuals[3] != 0 || sums[6] != 0 || sums[7] != 0 {
			t.Fatalf("the filling adds %v, %v", residuals, sums)
		}
	}
	t.Logf("worst errors in units in the last place: residual %.2f, losses %.2f and %.2f", worst[0], worst[1], worst[2])
}

func TestLengthsAreChecked(t *testing.T) {
	for name, call := range map[string]func(){
		"residuals, no multiple of 4": func() { kernel.Residuals(make([]float64, 3), make([]float64, 3), make([]float64, 3), new([8]float64)) },
		"losses, few labels":          func() { kernel.Losses(make([]float64, 4), make([]float64, 3), make([]float64, 4), new([8]float64)) },
		"dots, few scores":            func() { kernel.Dots(nil, []int{0}, nil, []float64{1}, nil) },
		"accumulate, few factors":     func() { kernel.Accumulate(nil, 0, []int{0}, nil, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			call()
		})
	}
}
