package chart

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// tokens are the custom properties of one block of chart.css.
func tokens(t *testing.T, selector string) map[string]string {
	t.Helper()
	_, rest, ok := strings.Cut(Stylesheet(), "\n"+selector+" {\n")
	if !ok {
		t.Fatalf("no block %s", selector)
	}
	block, _, _ := strings.Cut(rest, "}")
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`--([\w-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(block, -1) {
		found[m[1]] = m[2]
	}
	return found
}

// luminance is WCAG 2's relative luminance of #rrggbb.
func luminance(color string) float64 {
	n, _ := strconv.ParseUint(color[1:], 16, 32)
	sum := 0.0
	for i, weight := range [3]float64{0.2126, 0.7152, 0.0722} {
		c := float64(n>>(16-8*i)&255) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrast(t *testing.T) {
	for _, theme := range []string{":root", `:root[data-theme="dark"]`} {
		all := tokens(t, theme)
		for _, text := range []string{"ink", "ink-soft", "theta-text", "gradient-text", "loss-text", "theory-text", "class0-text", "class1-text"} {
			if c := contrast(all[text], all["paper"]); c < 4.5 {
				t.Errorf("%s: --%s on paper has %.2f:1", theme, text, c)
			}
		}
		for _, mark := range []string{"theta", "gradient", "loss", "theory", "frame"} {
			if c := contrast(all[mark], all["paper"]); c < 3 {
				t.Errorf("%s: --%s on paper has %.2f:1", theme, mark, c)
			}
		}
		// Lines of compared runs are seen on paper, and their names are read on every band.
		for i := range 8 {
			run := "run-" + strconv.Itoa(i)
			if c := contrast(all[run], all["paper"]); c < 3 {
				t.Errorf("%s: --%s on paper has %.2f:1", theme, run, c)
			}
			for name, color := range all {
				if name == "paper" || strings.HasPrefix(name, "band-") {
					if c := contrast(all[run+"-text"], color); c < 4.5 {
						t.Errorf("%s: --%s-text on --%s has %.2f:1", theme, run, name, c)
					}
				}
			}
		}
		for _, tone := range []string{"tone-0", "tone-1", "tone-2"} {
			if c := contrast(all["ink-soft"], all[tone]); c < 4.5 {
				t.Errorf("%s: --ink-soft on --%s has %.2f:1", theme, tone, c)
			}
		}
		// Labels stand on bands and basins too, with a rim of paper: ink itself must be read on each.
		for name, color := range all {
			if strings.HasPrefix(name, "band-") || strings.HasPrefix(name, "basin-") || strings.HasPrefix(name, "heat-") {
				if c := contrast(all["ink"], color); c < 4.5 {
					t.Errorf("%s: --ink on --%s has %.2f:1", theme, name, c)
				}
			}
		}
	}
}

func TestThemesAgree(t *testing.T) {
	dark := tokens(t, `:root[data-theme="dark"]`)
	media := tokens(t, `:root:not([data-theme="light"])`)
	for name := range tokens(t, ":root") {
		if dark[name] == "" || dark[name] != media[name] {
			t.Errorf("--%s: dark %q, preferred dark %q", name, dark[name], media[name])
		}
	}
}
