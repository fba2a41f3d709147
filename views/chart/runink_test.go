package chart

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"testing"
)

func TestRunsDifferInMoreThanColour(t *testing.T) {
	dashes := map[string]int{}
	for i := range runLooks {
		dash := ""
		if m := regexp.MustCompile(fmt.Sprintf(`\.chart \.k%d \{ stroke-dasharray: ([\d ]+); \}`, i)).FindStringSubmatch(Stylesheet()); m != nil {
			dash = m[1]
		}
		if (dash == "") != (i == 0) {
			t.Errorf("run %d has the dashes %q", i, dash)
		}
		if other, taken := dashes[dash]; taken {
			t.Errorf("runs %d and %d have the same dashes", i, other)
		}
		dashes[dash] = i
		if got := InkRun(i + runLooks); got != InkRun(i) || got.look() != i {
			t.Errorf("InkRun(%d) is %q, whose look is %d", i+runLooks, got, got.look())
		}
	}
	markers := map[string]int{}
	for i := range runLooks {
		c := newCanvas(20, 20)
		p := &pen{svg: c}
		p.runMarker(InkRun(i), p.Center())
		shape := regexp.MustCompile(`run\d+`).ReplaceAllString(string(c.shapes), "run")
		if other, taken := markers[shape]; taken {
			t.Errorf("runs %d and %d have the same marker", i, other)
		}
		markers[shape] = i
	}
	for _, ink := range []Ink{InkTheta, "", "run", "runner", "run-1", "rung3"} {
		if ink.look() != -1 {
			t.Errorf("%q is taken for a run's ink", ink)
		}
	}
}

// vision is how dichromats see linear RGB (Machado, Oliveira and Fernandes 2009, table 1, severity 1).
var vision = map[string][3][3]float64{
	"full":         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopic":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopic": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopic":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// oklab is a colour as seen, in Ottosson's OKLab (2020), where 0.02 is just noticeable for large patches.
func oklab(color string, m [3][3]float64) (lab [3]float64) {
	n, _ := strconv.ParseUint(color[1:], 16, 32)
	var rgb, seen [3]float64
	for i := range rgb {
		c := float64(n>>(16-8*i)&255) / 255
		rgb[i] = math.Pow((c+0.055)/1.055, 2.4)
		if c <= 0.04045 {
			rgb[i] = c / 12.92
		}
	}
	mul := func(m [3][3]float64, v [3]float64) (out [3]float64) {
		for i, row := range m {
			out[i] = row[0]*v[0] + row[1]*v[1] + row[2]*v[2]
		}
		return out
	}
	seen = mul(m, rgb)
	for i := range seen {
		seen[i] = min(max(seen[i], 0), 1)
	}
	lms := mul([3][3]float64{{0.4122214708, 0.5363325363, 0.0514459929}, {0.2119034982, 0.6806995451, 0.1073969566}, {0.0883024619, 0.2817188376, 0.6299787005}}, seen)
	for i := range lms {
		lms[i] = math.Cbrt(lms[i])
	}
	return mul([3][3]float64{{0.2104542553, 0.7936177850, -0.0040720468}, {1.9779984951, -2.4285922050, 0.4505937099}, {0.0259040371, 0.7827717662, -0.8086757660}}, lms)
}

func TestRunColoursForTheColourBlind(t *testing.T) {
	// Three to five times what is just noticeable: lines are thin. Dashes and markers do the rest.
	least := map[string]float64{"full": 0.10, "protanopic": 0.08, "deuteranopic": 0.08, "tritanopic": 0.06}
	for _, theme := range []string{":root", `:root[data-theme="dark"]`} {
		all := tokens(t, theme)
		for name, m := range vision {
			for i := range 8 {
				for j := range i {
					a, b := oklab(all[fmt.Sprint("run-", i)], m), oklab(all[fmt.Sprint("run-", j)], m)
					if d := math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2]); d < least[name] {
						t.Errorf("%s: runs %d and %d are %.3f apart in %s vision", theme, i, j, d, name)
					}
				}
			}
		}
	}
}
