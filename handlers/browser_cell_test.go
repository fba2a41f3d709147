package handlers

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// What a reader does with one instrument.

func sliderTest(t *testing.T, p page) {
	p.open("/lessons/steepest-descent")
	before := eval[string](p, `document.querySelector('#cell-valley-fig-path-overlay').innerHTML`)
	eval[bool](p, `(window.backdrop = document.querySelector('#cell-valley-fig-path-backdrop').firstElementChild, true)`)
	p.set(`.slider[data-for="cell-valley-eta"]`, "300")
	p.wait(`location.pathname === '` + valley + `' && location.search.includes('eta=0.178')`)
	p.wait(`document.querySelector('#cell-valley-readout').textContent.includes('zigzag')`)
	if eval[string](p, `document.querySelector('#cell-valley-eta').value`) != "0.178" {
		t.Error("the number field does not follow the slider")
	}
	if eval[string](p, `document.querySelector('#cell-valley-fig-path-overlay').innerHTML`) == before {
		t.Error("the path has not changed")
	}
	if !eval[bool](p, `document.querySelector('#cell-valley-fig-path-backdrop').firstElementChild === backdrop`) {
		t.Error("the backdrop was drawn again")
	}
	if got := eval[string](p, `document.activeElement.dataset.for ?? ''`); got != "cell-valley-eta" {
		t.Errorf("the focus is on %q", got)
	}
	if got := eval[string](p, `document.querySelector('#cell-valley-links a[href*=".json"]').search`); !strings.Contains(got, "eta=0.178") {
		t.Errorf("the links still say %s", got)
	}
}

func sliderKeysTest(t *testing.T, p page) {
	p.open("/lab/descent")
	eval[bool](p, `(document.querySelector('.slider[data-for="cell-descent-eta"]').focus(), true)`)
	before := eval[string](p, `document.querySelector('#cell-descent-eta').value`)
	p.keys(kb.ArrowRight)
	p.wait(`document.querySelector('#cell-descent-eta').value !== '` + before + `'`)
	p.wait(`location.search.includes('eta=' + document.querySelector('#cell-descent-eta').value)`)
}

func typedTest(t *testing.T, p page) {
	p.open("/lab/descent")
	p.set("#cell-descent-f", "x^2 + 3y^2")
	p.wait(`document.querySelector('#cell-descent-f-echo math') && document.querySelector('#cell-descent-f-echo').textContent.includes('3')`)
	p.wait(`location.search.includes('f=x%5E2')`)
	if alt := p.text("#cell-descent-fig-path-alt"); !strings.Contains(alt, "x^2") {
		t.Errorf("the picture's description is %q", alt)
	}
	p.set("#cell-descent-f", "sin(x) + x^2/10")
	p.wait(`document.querySelector('#cell-descent-fig-path-alt').textContent.startsWith('The curve')`)
}

func errorTest(t *testing.T, p page) {
	p.open("/lab/descent")
	picture := eval[string](p, `document.querySelector('#cell-descent-fig-path-overlay').innerHTML`)
	p.set("#cell-descent-f", "sin(")
	p.wait(`document.querySelector('#cell-descent-f-error').textContent.includes('At character')`)
	if got := eval[string](p, `document.querySelector('#cell-descent-f').getAttribute('aria-invalid') ?? ''`); got != "true" {
		t.Errorf("aria-invalid is %q", got)
	}
	if eval[string](p, `document.querySelector('#cell-descent-f').value`) != "sin(" {
		t.Error("the field lost what was typed")
	}
	if eval[string](p, `document.querySelector('#cell-descent-fig-path-overlay').innerHTML`) != picture {
		t.Error("the last good picture is gone")
	}
	p.set("#cell-descent-f", "sin(x)")
	p.wait(`document.querySelector('#cell-descent-f-error').textContent.trim() === ''`)
	p.wait(`!document.querySelector('#cell-descent-f').hasAttribute('aria-invalid')`)
}

func tableTest(t *testing.T, p page) {
	p.open("/lab/descent")
	p.set("#cell-descent-x", "3")
	p.wait(`location.search.includes('x=3&')`)
	first := `document.querySelector('#cell-descent-fig-path-table tbody td:nth-child(2)').textContent`
	eval[bool](p, `(document.querySelector('#cell-descent-fig-path details').open = true)`)
	p.wait(first + ` === '3'`)
	p.set("#cell-descent-x", "2")
	p.wait(first + ` === '2'`)
}

func presetTest(t *testing.T, p page) {
	p.open("/lessons/steepest-descent")
	eval[bool](p, `(window.here = true)`)
	eval[bool](p, `([...document.querySelectorAll('#cell-valley .presets a')].find(a => a.textContent === 'too large').click(), true)`)
	p.wait(`document.querySelector('#cell-valley-readout').textContent.includes('Diverges')`)
	if !eval[bool](p, `window.here === true`) {
		t.Error("the page was left")
	}
	// A preset that sets what no control shows loads the page, and the next one does not keep its values.
	for _, preset := range []struct{ label, want string }{{"κ = 100", "50*θ2"}, {"κ = 10", "+ 5*θ2"}} {
		eval[bool](p, `([...document.querySelectorAll('#cell-tuned .presets a')].find(a => a.textContent === '`+preset.label+`').click(), true)`)
		p.wait(`document.readyState === 'complete' && document.querySelector('#cell-tuned-fig-path-alt')?.textContent.includes('` + preset.want + `')`)
	}
}

func methodTest(t *testing.T, p page) {
	p.open("/lab/descent")
	if eval[bool](p, `document.querySelector('#cell-descent-beta1').checkVisibility()`) {
		t.Error("β₁ is shown with gradient descent")
	}
	p.set("#cell-descent-method", "adam")
	p.wait(`document.querySelector('#cell-descent-beta1').checkVisibility()`)
	p.wait(`location.search.includes('beta1=0.9')`)
	// A default that was left alone follows the method; one that was changed stays.
	p.set("#cell-descent-method", "adagrad")
	p.wait(`location.search.includes('method=adagrad') && location.search.includes('eps=1e-10')`)
	p.set("#cell-descent-eps", "0.001")
	p.set("#cell-descent-method", "adadelta")
	p.wait(`location.search.includes('method=adadelta') && location.search.includes('eps=0.001') && location.search.includes('eta=1&')`)
	p.set("#cell-descent-method", "gd")
	p.wait(`!document.querySelector('#cell-descent-beta1').checkVisibility() && !location.search.includes('beta1')`)
}

func compareTest(t *testing.T, p page) {
	p.open("/lab/compare?f=rosenbrock&x=-1.2&y=1")
	picture := eval[string](p, `document.querySelector('#cell-compare-fig-loss-overlay').innerHTML`)
	eval[bool](p, `(document.querySelector('#cell-compare-methods [value=bfgs]').click(), true)`)
	p.wait(`location.search.includes('methods=gd,momentum,adam,bfgs') && document.querySelector('#cell-compare-details').textContent.includes('BFGS')`)
	if eval[string](p, `document.querySelector('#cell-compare-fig-loss-overlay').innerHTML`) == picture {
		t.Error("the losses are drawn without BFGS")
	}
	// None is refused at its place; the same η for all brings its field.
	eval[bool](p, `(document.querySelectorAll('#cell-compare-methods :checked').forEach(b => b.click()), true)`)
	p.wait(`document.querySelector('#cell-compare-methods-error').textContent.includes('choose at least one')`)
	eval[bool](p, `(document.querySelector('#cell-compare-methods [value=gd]').click(), true)`)
	p.wait(`document.querySelector('#cell-compare-methods-error').textContent.trim() === ''`)
	p.set("#cell-compare-rate", "same")
	p.wait(`document.querySelector('#cell-compare-eta').checkVisibility() && location.search.includes('rate=same&eta=0.05')`)
}

func permalinkTest(t *testing.T, p page) {
	p.open("/lessons/steepest-descent")
	p.set("#cell-valley-eta", "0.17")
	p.wait(`location.search.includes('eta=0.17')`)
	said := p.text("#cell-valley-readout")
	address := eval[string](p, `location.pathname + location.search`)
	p.open(address)
	if got := eval[string](p, `document.querySelector('#cell-valley-eta').value`); got != "0.17" {
		t.Errorf("the field shows %s", got)
	}
	if got := p.text("#cell-valley-readout"); strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(said), " ") {
		t.Errorf("the readout is %q, was %q", got, said)
	}
	if top := eval[float64](p, `document.querySelector('#cell-valley').getBoundingClientRect().top`); top < -50 || top > 400 {
		t.Errorf("the cell is at %g, not in view", top)
	}
}

// Another data set brings its own axes, as far as its columns reach; what it does
// not have is hidden, and its origin is told.
func dataTest(t *testing.T, p page) {
	p.open("/lab/logistic")
	eval[bool](p, `(document.querySelector('#cell-logistic-details [data-table=about] summary').click(), true)`)
	for _, step := range []struct{ data, axis1, reach, shown, about string }{
		{"digits-3-8", "27", "64", "", "Kybernetika"},
		{"wine", "10", "13", "class", "PARVUS"},
		{"generated", "1", "2", "shape", "seed 1"},
	} {
		p.set("#cell-logistic-data", step.data)
		p.wait(`location.search.includes('data=` + step.data + `') && document.querySelector('#cell-logistic-details').textContent.includes('` + step.about + `')`)
		axis := eval[string](p, `document.querySelector('#cell-logistic-axis1').value + ' of ' + (Number(document.querySelector('.slider[data-for="cell-logistic-axis1"]').max) + 1)`)
		if want := step.axis1 + " of " + step.reach; axis != want {
			t.Errorf("%s: the first axis is %s, want %s", step.data, axis, want)
		}
		for _, name := range []string{"class", "shape", "rows", "cols", "seed"} {
			visible := eval[bool](p, `document.querySelector('#cell-logistic-`+name+`').offsetParent !== null`)
			if want := name == step.shown || step.data == "generated" && name != "class"; visible != want {
				t.Errorf("%s: %s is shown: %t", step.data, name, visible)
			}
		}
	}
}
