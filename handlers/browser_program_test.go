package handlers

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What a student does with an exercise that asks for a program.

const (
	ownStep = "/lessons/steepest-descent/exercises/program-step"
	ownCode = "#exercise-program-step-code"
)

func TestBrowserProgram(t *testing.T) {
	ctx, url := browserOf(t, schoolOf(t, builtInLessons(t)).site)
	page{t, ctx, url}.open("/") // starts the browser, so that each test can have cookies of its own
	for _, test := range []struct {
		name string
		run  func(*testing.T, page)
	}{
		{"with the mouse", programTest},
		{"by keys", programKeysTest},
		{"without script", programNoScriptTest},
	} {
		inTab(t, ctx, url, test.name, test.run, chromedp.WithNewBrowserContext())
	}
}

// program types a program and sends it.
func (p page) program(source string) {
	p.t.Helper()
	eval[bool](p, `(() => { const e = document.querySelector('`+ownCode+`'); e.focus(); e.value = `+strconv.Quote(source)+`;
		e.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
	p.do(chromedp.Click(chromedp.CSS("#exercise-program-step .exercise-check")))
}

const ownStepText = `document.querySelector('#exercise-program-step').textContent.replace(/\s+/g, ' ')`

// A program that cannot be read is refused at its field and stays; a wrong one is raced and gets its feedback; a
// right one shows the solution. Nothing of the next program is left of the one before.
func programTest(t *testing.T, p page) {
	p.open(ownStep)
	if got := eval[string](p, `document.querySelector('`+ownCode+`').value`); !strings.HasPrefix(got, "def step(theta, gradient, eta):\n    #") {
		t.Errorf("the field begins with %q", got)
	}
	p.program("def step(theta, gradient, eta):\n    return theta - eta * gradeint")
	p.wait(ownStepText + `.includes('Did you mean gradient?')`)
	if !eval[bool](p, `document.querySelector('`+ownCode+`').value.endsWith('gradeint') && document.querySelector('`+ownCode+`').ariaInvalid === 'true' &&
		document.querySelector('#exercise-program-step .code-quote code').textContent === 'return theta - eta * gradeint'`) {
		t.Error("what was typed, the line, or the field's state is lost")
	}
	p.axe("refused", axeAll)
	p.program("def step(theta, gradient, eta):\n    print(theta)\n    return theta + eta * gradient")
	p.wait(`document.querySelector('#exercise-program-step .verdict-wrong') && ` + ownStepText + `.includes('The gradient points uphill')`)
	if n := eval[int](p, `document.querySelectorAll('#exercise-program-step .program-race svg.overlay').length`); n != 2 {
		t.Errorf("the race has %d pictures", n)
	}
	if !strings.Contains(eval[string](p, `document.querySelector('#exercise-program-step .code-printed').innerText`), "[3, 1]") {
		t.Error("what was printed is not shown")
	}
	p.axe("wrong", axeAll)
	p.program("def step(theta, gradient, eta):\n    return theta - eta * gradient")
	p.wait(`document.querySelector('#exercise-program-step .verdict-right') && ` + ownStepText + `.includes('One right program')`)
	p.axe("right", axeAll)
	if eval[bool](p, ownStepText+`.includes('points uphill')`) {
		t.Error("the feedback of the program before is still there")
	}
}

// The keyboard goes into the field and out of it again.
func programKeysTest(t *testing.T, p page) {
	p.open(ownStep)
	eval[bool](p, `(document.querySelector('`+ownCode+`').focus(), true)`)
	p.keys(kb.Tab)
	for range 20 {
		if eval[bool](p, `document.activeElement.matches('#exercise-program-step .exercise-check')`) {
			p.keys(kb.Enter)
			p.wait(ownStepText + `.includes('no step at all')`)
			return
		}
		p.keys(kb.Tab)
	}
	t.Errorf("the button is not reached: the focus is on %s", eval[string](p, `document.activeElement.outerHTML.slice(0, 200)`))
}

func programNoScriptTest(t *testing.T, p page) {
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.do(chromedp.Navigate(p.url + ownStep))
	p.do(chromedp.SetValue(chromedp.CSS(ownCode), "def step(theta, gradient, eta):\n    return theta / 0"))
	p.do(chromedp.Click(chromedp.CSS("#exercise-program-step .exercise-check")))
	p.wait(ownStepText + `.includes('Line 2: This divides by 0.') && document.querySelector('` + ownCode + `').value.endsWith('theta / 0')`)
	p.do(chromedp.SetValue(chromedp.CSS(ownCode), "def step(theta, gradient, eta):\n    return theta - eta * gradient"))
	p.do(chromedp.Click(chromedp.CSS("#exercise-program-step .exercise-check")))
	p.wait(`document.querySelector('#exercise-program-step .verdict-right')`)
}
