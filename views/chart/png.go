package chart

import (
	"encoding/binary"
	"hash/crc32"
	"image"
	"io"
	"math"
	"sync"

	"github.com/klauspost/compress/zlib"
)

// Bounds of a picture of pixels, in pixels to a unit of the viewBox.
const (
	MinScale     = 0.5
	MaxScale     = 4
	DefaultScale = 2 // sharp on slides
)

// WritePNG writes both layers as a picture of pixels, scale to a unit of the viewBox, in the light theme, with title and
// alt text inside. A scale outside MinScale to MaxScale counts as the nearest, NaN as DefaultScale. The error is w's.
func (f *Figure) WritePNG(w io.Writer, scale float64) error {
	if math.IsNaN(scale) {
		scale = DefaultScale
	}
	c := newCanvas(f.Width, f.Height)
	defer c.free()
	p := newPainter("chart standalone"+f.scrubbing(), f.Width, f.Height, min(max(scale, MinScale), MaxScale))
	defer p.free()
	c.painter = p
	if f.BackdropKey != "" {
		f.axes.draw(c, f.backdrop)
		c.flush()
	}
	f.drawOverlay(c)
	c.flush()
	f.writeMoment(c)
	return writePNG(w, p.image, plain(f.Title), f.Alt)
}

// deflaters are made anew at the price of a whole picture.
var deflaters = sync.Pool{New: func() any {
	const level = 4 // higher ones take twice the time for three parts in a hundred
	z, err := zlib.NewWriterLevel(io.Discard, level)
	if err != nil {
		panic(err) // the level is known
	}
	return z
}}

// writePNG writes an opaque image as W3C's Portable Network Graphics, 8 bits a channel. Rows are not filtered: figures
// are flat, and deflate alone is quicker and as good.
func writePNG(w io.Writer, m *image.RGBA, title, description string) error {
	width, height := m.Rect.Dx(), m.Rect.Dy()
	b := []byte("\x89PNG\r\n\x1a\n")
	header := binary.BigEndian.AppendUint32(nil, uint32(width))
	header = binary.BigEndian.AppendUint32(header, uint32(height))
	b = appendChunk(b, "IHDR", append(header, 8, 2, 0, 0, 0)) // 8 bits, red green blue, not interlaced
	b = appendText(b, "Title", title)
	b = appendText(b, "Description", description)

	data := buffer{}
	z := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(z)
	z.Reset(&data)
	row := make([]byte, 1+3*width)
	for y := range height {
		pix := m.Pix[y*m.Stride : y*m.Stride+4*width]
		for i, o := 0, 1; i < len(pix); i, o = i+4, o+3 {
			row[o], row[o+1], row[o+2] = pix[i], pix[i+1], pix[i+2]
		}
		if _, err := z.Write(row); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	b = appendChunk(b, "IDAT", data)
	_, err := w.Write(appendChunk(b, "IEND", nil))
	return err
}

type buffer []byte

func (b *buffer) Write(p []byte) (int, error) {
	*b = append(*b, p...)
	return len(p), nil
}

// appendText appends a text of the picture in UTF-8, not compressed.
func appendText(b []byte, keyword, s string) []byte {
	if s == "" {
		return b
	}
	return appendChunk(b, "iTXt", []byte(keyword+"\x00\x00\x00\x00\x00"+s))
}

func appendChunk(b []byte, name string, data []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
	from := len(b)
	b = append(append(b, name...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[from:]))
}
