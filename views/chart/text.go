package chart

import (
	"strings"
	"unicode/utf8"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Text sizes in user units. The page may enlarge texts on small screens; the margins allow for it.
const (
	textSize   = 13
	charWidth  = 8 // a generous mean advance, for keeping labels apart
	lineHeight = 17
)

// textHandler hands texts to the canvas with their alignment, for the browser to set in the page's own font. What it
// says about sizes is the same for every text, so that no label can move the data area.
type textHandler struct{}

var _ text.Handler = textHandler{}

func (textHandler) Cache() *font.Cache { return nil }

func (textHandler) Extents(f font.Font) font.Extents {
	return font.Extents{Ascent: f.Size, Height: f.Size}
}

// Lines says that a text is one line. gonum only counts and measures it, and all texts measure the same, so that one
// answer serves for all: it is asked for some forty times a figure.
func (textHandler) Lines(string) []string { return oneLine }

var oneLine = []string{""}

func (textHandler) Box(_ string, f font.Font) (width, height, depth vg.Length) {
	return 0, f.Size, 0
}

// Draw writes txt at pt.
func (textHandler) Draw(c vg.Canvas, txt string, sty text.Style, pt vg.Point) {
	svg := bottom(c)
	svg.SetColor(sty.Color)
	svg.text(txt, pt, sty.XAlign, sty.YAlign)
}

// bottom is our canvas under gonum's draw.Canvas, which wraps one anew at every crop.
func bottom(c vg.Canvas) *canvas {
	for {
		switch v := c.(type) {
		case *canvas:
			return v
		case *draw.Canvas:
			c = v.Canvas
		case draw.Canvas:
			c = v.Canvas
		}
	}
}

func textStyle(k class, x text.XAlignment, y text.YAlignment) text.Style {
	return text.Style{Color: k, Font: font.Font{Size: textSize}, XAlign: x, YAlign: y, Handler: textHandler{}}
}

// text writes one <text>. Vertical alignment is in em, so that it holds when the page enlarges the text.
func (c *canvas) text(s string, pt vg.Point, x text.XAlignment, y text.YAlignment) {
	if s == "" || c.wordless {
		return
	}
	k := string(c.class)
	switch {
	case x <= text.XRight:
		k += " e"
	case x <= text.XCenter:
		k += " m"
	}
	if c.painter != nil {
		c.painter.text(k, s, pt, y)
		return
	}
	b := append(c.texts, `<text class="`...)
	b = append(b, k...)
	b = append(b, `" x="`...)
	b = append(b, decimal(float64(pt.X))...)
	b = append(b, `" y="`...)
	b = append(b, decimal(c.height-float64(pt.Y))...)
	switch {
	case y <= text.YTop:
		b = append(b, `" dy=".75em`...)
	case y <= text.YCenter:
		b = append(b, `" dy=".35em`...)
	}
	b = append(b, `">`...)
	b = appendRuns(b, s)
	c.texts = append(b, `</text>`...)
}

// escape makes s safe inside an element or an attribute; what XML 1.0 cannot hold becomes U+FFFD.
func escape(s string) string {
	clean := true
	for _, r := range s {
		if r < ' ' || r == '<' || r == '>' || r == '&' || r == '"' || r == utf8.RuneError || r >= 0xfffe {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		case r < ' ' || r == 0xfffe || r == 0xffff:
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
