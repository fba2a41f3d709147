package handlers

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// From the slider's event to the changed page, in the browser: the median of
// the tweaks, each of which moves the path over an unchanged backdrop.
func BenchmarkSlider(b *testing.B) {
	ctx, url := browser(b)
	p := page{b, ctx, url}
	p.open("/lessons/steepest-descent")
	eval[bool](p, `(() => {
		window.slider = document.querySelector('.slider[data-for="cell-valley-eta"]');
		window.times = [];
		window.tweak = () => new Promise((done) => {
			const start = performance.now();
			document.addEventListener('htmx:after:swap', () => { times.push(performance.now() - start); done(true); }, {once: true});
			slider.value = 100 + (times.length * 37) % 150;
			slider.dispatchEvent(new Event('input', {bubbles: true}));
		});
		return true })()`)
	for b.Loop() {
		if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`tweak()`, chromedp.EvalAwaitPromise)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(eval[float64](p, `times.sort((a, b) => a - b)[Math.floor(times.length / 2)]`), "ms/tweak")
	b.ReportMetric(0, "ns/op") // mostly the talk with the browser
}

// The first page a visitor opens: bytes over the wire, compressed, and when its
// largest part is painted.
func BenchmarkFirstPage(b *testing.B) {
	ctx, url := browser(b)
	p := page{b, ctx, url}
	for b.Loop() {
		p.open("/")
		p.wait(`document.fonts.status === 'loaded'`)
	}
	b.ReportMetric(eval[float64](p, `(() => {
		const load = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
		return load.reduce((sum, e) => sum + e.encodedBodySize, 0) })()`), "bytes")
	b.ReportMetric(eval[float64](p, `new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime))
		.observe({type: 'largest-contentful-paint', buffered: true}))`, chromedp.EvalAwaitPromise), "ms-to-paint")
	b.ReportMetric(0, "ns/op")
}
