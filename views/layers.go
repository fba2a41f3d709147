package views

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"descent/views/chart"
)

// The layers of a figure as components.

func svgBackdrop(f *chart.Figure) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return f.WriteBackdrop(w) })
}

func svgOverlay(f *chart.Figure) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return f.WriteOverlay(w) })
}

func svgThumbnail(f *chart.Figure) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return f.WriteThumbnail(w) })
}
