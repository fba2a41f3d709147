package handlers

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A table with decimal commas is pasted, its columns are chosen, and the instrument shows it.
func ownDataTest(t *testing.T, p page) {
	p.open("/lab")
	p.do(chromedp.Click(chromedp.CSS(`.instruments a[href="/data"]`)))
	p.wait(`location.pathname === '/data'`)
	p.fill("#data-text", "höhe;breite;farbe;art\n1,5;2,25;rot;a\n2,5;3;blau;b\n3,25;1;rot;a\n1,75;2;blau;b\n2,5;4;rot;b\n3;2,5;rot;a\n1;3;blau;b\n2;2;rot;a\n4;1,5;rot;a\n")
	p.do(chromedp.Click(chromedp.CSS(".table-form button")))
	p.wait(`location.pathname === '/data/choose'`)
	if facts := eval[string](p, `document.querySelector('.facts').innerText`); !strings.Contains(facts, "semicolon") || !strings.Contains(facts, "comma") {
		t.Errorf("it is said: %s", facts)
	}
	p.do(chromedp.Click(chromedp.CSS(`.columns input[value="1"]`)), chromedp.Click(chromedp.CSS(".choice-form button")))
	p.wait(`document.querySelector('#features-error') !== null`)
	p.do(chromedp.Click(chromedp.CSS(`.columns input[value="1"]`)), chromedp.Click(chromedp.CSS(".choice-form button")))
	p.wait(`document.querySelector('#use') !== null`)
	p.do(chromedp.Click(chromedp.CSS(`.use-ways a`)))
	p.wait(`location.pathname === '/lab/logistic' && document.querySelector('.main-figure svg') !== null`)
	if text := eval[string](p, `document.querySelector('.main-figure').textContent`); !strings.Contains(text, "höhe") || !strings.Contains(text, "breite") {
		t.Error("the picture does not name the features")
	}
	p.set("#cell-logistic-steps", "7")
	p.wait(`location.search.includes('steps=7') && location.search.includes('data=own-')`)
	address := eval[string](p, `location.pathname + location.search`)
	p.open("/data")
	p.do(chromedp.Click(chromedp.CSS(".own button")))
	p.wait(`document.querySelector('.own') === null`)
	p.open(address)
	p.wait(`document.body.innerText.includes('another browser session')`)
}

// Names and cells that are script do not run, on the pages of the table nor in the instruments.
func hostileDataTest(t *testing.T, p page) {
	p.open("/data")
	const script = `<script>document.title='hit'</script>`
	p.fill("#data-text", script+`,x <img src=x onerror=document.title='hit'>,label`+"\n1,2,"+script+"\n2,1,</textarea></select>"+script+"\n3,4,"+script+"\n3,5,</textarea></select>"+script+"\n1,\"2\n")
	p.do(chromedp.Click(chromedp.CSS(".table-form button")))
	p.wait(`document.querySelector('#data-error') !== null`)
	p.fill("#data-text", eval[string](p, `document.querySelector('#data-text').value.replace('1,"2\n', '')`))
	p.do(chromedp.Click(chromedp.CSS(".table-form button")))
	p.wait(`location.pathname === '/data/choose'`)
	p.do(chromedp.Click(chromedp.CSS(".choice-form button")))
	p.wait(`document.querySelector('#use') !== null`)
	if title := eval[string](p, `document.querySelector('#use-title').textContent`); !strings.Contains(title, script) {
		t.Errorf("the classes are called %q", title)
	}
	for i := range 2 {
		p.do(chromedp.Click(chromedp.CSS(`.use-ways a:nth-child(` + strconv.Itoa(i+1) + `)`)))
		p.wait(`document.querySelector('.main-figure svg') !== null`)
		if eval[bool](p, `document.title.includes('hit') || document.querySelector('main script, main img[src=x]') !== null`) {
			t.Error("a cell of the table ran as script, or stands as an element")
		}
		p.do(chromedp.Click(chromedp.CSS(`.own-link a`)))
		p.wait(`location.pathname === '/data'`)
		p.do(chromedp.Click(chromedp.CSS(`.own-ways a[href*=choose]`)))
		p.wait(`document.querySelector('#use') !== null`)
	}
}

// fill writes a text into a field that no script listens to.
func (p page) fill(field, text string) {
	p.t.Helper()
	eval[bool](p, `(document.querySelector(`+strconv.Quote(field)+`).value = `+strconv.Quote(text)+`, true)`)
}
