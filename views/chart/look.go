package chart

import (
	"fmt"
	"image/color"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A look is how an element is painted: what chart.css says of its classes, in the light theme.
type look struct {
	color, fill, stroke        ink
	opacity                    float64 // of the element as a whole; not inherited
	fillOpacity, strokeOpacity float64
	width                      float64   // of the stroke, in the element's units
	dashes                     []float64 // in the element's units; nil: none
	roundCap, roundJoin        bool
	strokeFirst                bool
	crisp                      bool    // without soft edges
	size                       float64 // of text, in units
	italic                     bool
	anchor                     float64 // the share of a text's width that lies left of its place
}

// An ink is a colour of a look.
type ink struct {
	color.RGBA
	none    bool
	current bool // the element's own colour
}

// initial is what CSS begins with.
func initial() look {
	black := ink{RGBA: color.RGBA{A: 255}}
	return look{color: black, fill: black, stroke: ink{none: true}, opacity: 1, fillOpacity: 1, strokeOpacity: 1, width: 1, size: 16}
}

// A sheet is chart.css as read for pictures of pixels.
type sheet struct {
	tokens map[string]string
	rules  []rule
}

// theSheet is read once. A mistake in it is the program's own, and the tests' to find.
var theSheet = sync.OnceValue(func() *sheet {
	s, err := newSheet(Stylesheet())
	if err != nil {
		panic(err)
	}
	return s
})

// newSheet reads a style sheet and tries every declaration of it.
func newSheet(css string) (*sheet, error) {
	tokens, rules, err := parseStylesheet(css)
	if err != nil {
		return nil, err
	}
	s := &sheet{tokens: tokens, rules: rules}
	for _, r := range rules {
		for _, d := range r.declarations {
			l := initial()
			if err := s.apply(&l, d); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

func byWeight(rules []rule) []rule {
	slices.SortStableFunc(rules, func(a, b rule) int { return a.weight - b.weight })
	return rules
}

// look is that of an element inside one that looks like parent, in a figure of class root; tag "svg" is the figure
// itself.
func (s *sheet) look(root string, parent look, tag, class string) look {
	l := parent // all properties but one are inherited
	l.opacity = 1
	for _, important := range [...]bool{false, true} {
		for i := range s.rules {
			if !s.rules[i].selects(root, tag, class) {
				continue
			}
			for _, d := range s.rules[i].declarations {
				if d.important == important {
					_ = s.apply(&l, d) // newSheet has tried it
				}
			}
		}
	}
	return l
}

// apply makes one declaration hold.
func (s *sheet) apply(l *look, d declaration) error {
	v := d.value
	if name, ok := strings.CutPrefix(v, "var("); ok {
		token, _, fallback := strings.Cut(strings.TrimSuffix(name, ")"), ",")
		if v, ok = s.tokens[token]; !ok && !fallback {
			return fmt.Errorf("%s: there is no %s", d.property, token)
		}
	}
	var err error
	switch d.property {
	case "color":
		l.color, err = parseInk(v)
	case "fill":
		l.fill, err = parseInk(v)
	case "stroke":
		l.stroke, err = parseInk(v)
	case "opacity":
		l.opacity, err = strconv.ParseFloat(v, 64)
	case "fill-opacity":
		l.fillOpacity, err = strconv.ParseFloat(v, 64)
	case "stroke-opacity":
		l.strokeOpacity, err = strconv.ParseFloat(v, 64)
	case "stroke-width":
		l.width, err = strconv.ParseFloat(strings.TrimSuffix(v, "px"), 64)
	case "font-size":
		l.size, err = fontSize(v, l.size)
	case "stroke-dasharray":
		l.dashes, err = parseDashes(v)
	case "stroke-linecap":
		l.roundCap, err = choice(d, "round", "butt")
	case "stroke-linejoin":
		l.roundJoin, err = choice(d, "round", "miter")
	case "paint-order":
		l.strokeFirst, err = choice(d, "stroke", "normal")
	case "shape-rendering":
		l.crisp, err = choice(d, "crispEdges", "auto")
	case "font-style":
		l.italic, err = choice(d, "italic", "normal")
	case "text-anchor":
		anchors := map[string]float64{"start": 0, "middle": 0.5, "end": 1}
		share, known := anchors[v]
		if l.anchor = share; !known {
			err = fmt.Errorf("text-anchor: %s", v)
		}
	case "font-family", "font-variant-numeric", "overflow": // there is one typeface, and its digits are tabular
	default:
		err = fmt.Errorf("chart.css sets %s, which pictures of pixels do not know", d.property)
	}
	return err
}

// choice says whether the value is the first of two.
func choice(d declaration, yes, no string) (bool, error) {
	if d.value != yes && d.value != no {
		return false, fmt.Errorf("%s: %s is neither %s nor %s", d.property, d.value, yes, no)
	}
	return d.value == yes, nil
}

func parseInk(v string) (ink, error) {
	switch v {
	case "none":
		return ink{none: true}, nil
	case "currentColor":
		return ink{current: true}, nil
	}
	n, err := strconv.ParseUint(strings.TrimPrefix(v, "#"), 16, 32)
	if err != nil || len(v) != len("#rrggbb") {
		return ink{}, fmt.Errorf("%q is not a colour like #rrggbb", v)
	}
	return ink{RGBA: color.RGBA{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 255}}, nil
}

func fontSize(v string, parent float64) (float64, error) {
	if share, ok := strings.CutSuffix(v, "em"); ok {
		f, err := strconv.ParseFloat(share, 64)
		return f * parent, err
	}
	return strconv.ParseFloat(strings.TrimSuffix(v, "px"), 64)
}

func parseDashes(v string) ([]float64, error) {
	if v == "none" {
		return nil, nil
	}
	var list []float64
	sum := 0.0
	for field := range strings.FieldsSeq(v) {
		f, err := strconv.ParseFloat(field, 64)
		if err != nil || f < 0 {
			return nil, fmt.Errorf("stroke-dasharray: %s", v)
		}
		list = append(list, f)
		sum += f
	}
	if sum <= 0 {
		return nil, fmt.Errorf("stroke-dasharray: %s", v)
	}
	return list, nil
}

// paint is the colour that an ink has in this look.
func (l *look) paint(i ink) (color.RGBA, bool) {
	if i.current {
		i = l.color
	}
	return i.RGBA, !i.none
}
