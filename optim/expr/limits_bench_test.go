package expr

import (
	"strconv"
	"strings"
	"testing"
)

// BenchmarkRefused measures texts over the limits, which a server has to turn away at little cost.
func BenchmarkRefused(b *testing.B) {
	for _, c := range []struct{ name, source string }{
		{"a megabyte", strings.Repeat("x+", 1<<19)},
		{"deep", strings.Repeat("(", 128) + strings.Repeat(")", 128)},
		{"many nodes", strings.Repeat("xy", 128)},
		{"unknown words", strings.Repeat("sinsinh", 36) + "q"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(c.source); err == nil {
					b.Fatal("accepted")
				}
			}
		})
	}
}

// BenchmarkHessian derives and prints gradient and Hessian of formulas near the limits.
func BenchmarkHessian(b *testing.B) {
	for i, source := range heavySources() {
		e := mustParse(b, source)
		b.Run(strconv.Itoa(i), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, g := range e.Gradient() {
					_ = g.String()
				}
				for j, row := range e.Hessian() {
					for _, h := range row[:j+1] {
						_ = h.String()
					}
				}
			}
		})
	}
}
