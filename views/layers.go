package views

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"descent/views/chart"
	"descent/views/memo"
)

// Backdrops remembers the backdrops that were drawn last. Their names say all that they depend on, so it serves every
// page, reader and cell of the process.
var Backdrops = memo.New(mostBackdrops)

// mostBackdrops bounds the memory, in bytes: room for two thousand backdrops and
// more. The whole process shall stay below 96 MB.
const mostBackdrops = 32 << 20

func backdropOf(ctx context.Context, f *chart.Figure) ([]byte, error) {
	if f.BackdropKey == "" {
		return nil, nil
	}
	return Backdrops.Get(ctx, f.Name+":"+f.BackdropKey, f.Backdrop)
}

// WriteSVG writes a figure as a file that stands alone. The error is w's, or that
// of the context when it ends before the backdrop is drawn.
func WriteSVG(ctx context.Context, w io.Writer, f *chart.Figure) error {
	backdrop, err := backdropOf(ctx, f)
	if err != nil {
		return err
	}
	return f.WriteSVGOf(w, backdrop)
}

// The layers of a figure as components.

func svgBackdrop(f *chart.Figure) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		backdrop, err := backdropOf(ctx, f)
		if err != nil {
			return err
		}
		return f.WriteBackdropOf(w, backdrop)
	})
}

func svgOverlay(f *chart.Figure) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return f.WriteOverlay(w) })
}

func svgThumbnail(f *chart.Figure) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return f.WriteThumbnail(w) })
}

// swatch is the sign of run i of those that a picture compares.
func swatch(i int) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return chart.WriteSwatch(w, chart.InkRun(i)) })
}
