package chart

import (
	_ "embed"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The pages' Source Sans 3 with the signs that labels use; static/fonts/build.sh makes it.
//
//go:embed fonts/source-sans-3.ttf
var fontFile []byte

// A typeface is a font whose glyphs are outlines ready to be placed, y downwards, in a square of side 1.
type typeface struct {
	font   *sfnt.Font
	em     fixed.Int26_6
	glyphs map[rune]glyph
	box    glyph // stands for what the font does not have
}

type glyph struct {
	index   sfnt.GlyphIndex
	lines   []polyline
	advance float64
}

// theTypeface is read once: a picture of pixels must not wait for glyphs, nor share what grows.
var theTypeface = sync.OnceValue(func() *typeface {
	t, err := newTypeface(fontFile)
	if err != nil {
		panic(err) // the program's own file
	}
	return t
})

// lastRune is the last that the file may have.
const lastRune = 0x2c7c

func newTypeface(file []byte) (*typeface, error) {
	f, err := sfnt.Parse(file)
	if err != nil {
		return nil, err
	}
	t := &typeface{font: f, em: fixed.Int26_6(f.UnitsPerEm()) << 6, glyphs: map[rune]glyph{}}
	var buf sfnt.Buffer
	if t.box, err = t.load(&buf, 0); err != nil {
		return nil, err
	}
	for r := ' '; r <= lastRune; r++ {
		index, err := f.GlyphIndex(&buf, r)
		if err != nil {
			return nil, err
		}
		if index == 0 {
			continue
		}
		if t.glyphs[r], err = t.load(&buf, index); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *typeface) load(buf *sfnt.Buffer, index sfnt.GlyphIndex) (glyph, error) {
	g := glyph{index: index}
	advance, err := t.font.GlyphAdvance(buf, index, t.em, font.HintingNone)
	if err != nil {
		return g, err
	}
	g.advance = float64(advance) / float64(t.em)
	segments, err := t.font.LoadGlyph(buf, index, t.em, nil)
	if err != nil {
		return g, err
	}
	at := func(p fixed.Point26_6) vec { return vec{float64(p.X) / float64(t.em), float64(p.Y) / float64(t.em)} }
	for _, s := range segments {
		if s.Op == sfnt.SegmentOpMoveTo {
			g.lines = append(g.lines, polyline{points: []vec{at(s.Args[0])}})
			continue
		}
		line := &g.lines[len(g.lines)-1]
		switch s.Op {
		case sfnt.SegmentOpLineTo:
			line.add(at(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			line.curve(at(s.Args[0]), at(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			line.curve(at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
		}
	}
	for i := range g.lines {
		g.lines[i].close()
	}
	return g, nil
}

func (t *typeface) glyph(r rune) glyph {
	if g, ok := t.glyphs[r]; ok {
		return g
	}
	return t.box
}

// kern is how much closer than by the first one's advance two glyphs stand, as a share of the em, mostly negative.
func (t *typeface) kern(buf *sfnt.Buffer, a, b glyph) float64 {
	k, err := t.font.Kern(buf, a.index, b.index, t.em, font.HintingNone)
	if err != nil {
		return 0 // the pair has none
	}
	return float64(k) / float64(t.em)
}
