package views

import (
	"math"

	"descent/optim/param"
)

// A slider counts positions; its script turns them into values and back. The
// server places the thumb by the same rule.

// sliderPositions is the number of the last position: whole numbers get one
// position each where that is not too many.
func sliderPositions(p *param.Param, v param.Values) int {
	lo, hi := p.SliderRange(v)
	if p.Type == param.Integer && hi-lo <= 2*sliderMax {
		return int(hi - lo)
	}
	return sliderMax
}

func sliderPosition(p *param.Param, values param.Values) int {
	lo, hi := p.SliderRange(values)
	v := min(max(values.Float(p.Name), lo), hi)
	share := (v - lo) / (hi - lo)
	if p.Scale == param.Log {
		share = math.Log(v/lo) / math.Log(hi/lo)
	}
	return int(math.Round(share * float64(sliderPositions(p, values))))
}

func scaleName(p *param.Param) string {
	if p.Scale == param.Log {
		return "log"
	}
	return "linear"
}

func controlClass(p *param.Param) string {
	switch p.Type {
	case param.Choice:
		return "choice"
	case param.Several:
		return "several"
	case param.Flag:
		return "flag"
	case param.Expression:
		return "formula"
	case param.Text:
		return "text"
	}
	if !HasSlider(p) {
		return "edge"
	}
	return "number"
}
