package chart

import (
	"math/rand/v2"
	"testing"
)

// The overlay is laid out by the outermost ticks alone, to the same bits as the backdrop with all of them.
func TestLayersLieOverEachOther(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		a := axes{size: planeSize}
		lo, span := 10*random.NormFloat64(), random.ExpFloat64()*float64(random.IntN(20)+1)
		if random.IntN(2) == 0 { // ticks at the very ends
			lo, span = float64(int(lo)), float64(int(span)+1)
		}
		a.x = linear(lo, lo+span, "")
		a.y = linear(lo, lo+span, "")
		if random.IntN(4) == 0 {
			a.y = logarithmic(span/100, span*10, maxDecades, "")
		}
		c := newCanvas(a.width, a.height)
		p := a.plot()
		all := p.DataCanvas(a.canvas(c)).Rectangle
		p.X.Tick.Marker, p.Y.Tick.Marker = ends(a.x.ticks), ends(a.y.ticks)
		if few := p.DataCanvas(a.canvas(c)).Rectangle; few != all {
			t.Fatalf("x %v, y %v: the data area is %v by the outermost ticks, %v by all", a.x, a.y, few, all)
		}
		c.free()
	}
}
