package cell

import (
	"context"
	"strings"

	"descent/optim"
)

// domainNear is where a function is defined that is not defined at a point.
func domainNear(ctx context.Context, f *optim.Function, w optim.Window, theta []float64) *optim.Domain {
	d := f.Domain(ctx, w, theta)
	return &d
}

// sayDomain says where a function is defined that is not defined at a point.
// name is what the page calls the function.
func sayDomain(name string, f *optim.Function, d *optim.Domain, picture optim.Window) []string {
	if d.Nearest == nil {
		return []string{"No place was found where " + name + " has a value: " + f.Expr.String() + "."}
	}
	nearest := "The nearest point found where it has a value and a gradient: " + sayPoint(d.Nearest) + "."
	switch {
	case d.Window != picture:
		return []string{"Nowhere in this picture does " + name + " have a value.", nearest}
	case len(d.Intervals) > 0 && len(d.Intervals) <= 4:
		parts := make([]string, len(d.Intervals))
		for i, interval := range d.Intervals {
			parts[i] = sayInterval(interval, f.Expr.Variables()[0])
		}
		return []string{"In this picture " + name + " is defined for " + strings.Join(parts, " and for ") + ".", nearest}
	}
	return []string{nearest}
}

// sayInterval writes 0 < x ≤ 5.
func sayInterval(i optim.Interval, variable string) string {
	sign := map[bool]string{true: " < ", false: " ≤ "}
	return say(i.From) + sign[i.FromOpen] + variable + sign[i.ToOpen] + say(i.To)
}
