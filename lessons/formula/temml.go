package formula

import (
	_ "embed"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/dop251/goja"
)

//go:embed temml.min.js
var temml string

// maxLength is the longest TeX that is rendered, in bytes. It also bounds the
// depth of the markup.
const maxLength = 4000

// maxCalls bounds the engine's stack; a formula of the lessons needs under 200.
const maxCalls = 4000

// An engine is Temml, loaded. The engine is for one goroutine at a time.
type engine struct {
	sync.Mutex
	runtime *goja.Runtime
	render  goja.Callable
}

var loaded = sync.OnceValue(func() *engine {
	e := &engine{runtime: goja.New()}
	e.runtime.SetMaxCallStackSize(maxCalls)
	_, err := e.runtime.RunScript("temml.min.js", temml)
	if err != nil {
		panic("formula: " + err.Error()) // embedded and tested
	}
	render, err := e.runtime.RunString(
		`(function(tex, display) { return temml.renderToString(tex, {displayMode: display, throwOnError: true, strict: false}) })`)
	if err != nil {
		panic("formula: " + err.Error())
	}
	e.render, _ = goja.AssertFunction(render)
	return e
})

// render renders without looking into the cache.
func (f Formula) render() (string, error) {
	if len(f.TeX) > maxLength {
		return "", fmt.Errorf("the formula has %d bytes; at most %d are allowed", len(f.TeX), maxLength)
	}
	if f.TeX == "" {
		return "", errors.New("the formula is empty")
	}
	e := loaded()
	e.Lock()
	defer e.Unlock()
	value, err := e.render(goja.Undefined(), e.runtime.ToValue(f.TeX), e.runtime.ToValue(f.Display))
	if err != nil {
		return "", complaint(err)
	}
	return fit(value.String())
}

// position ends the useful part of Temml's message; the TeX itself follows,
// with the place underlined by combining characters.
var position = regexp.MustCompile(` at (end of input|position \d+)`)

// complaint is Temml's message in one line.
func complaint(err error) error {
	if errors.As(err, new(*goja.StackOverflowError)) {
		return errors.New("the formula is nested too deeply")
	}
	message := err.Error()
	if thrown := (*goja.Exception)(nil); errors.As(err, &thrown) {
		message = thrown.Value().String()
		if object, ok := thrown.Value().(*goja.Object); ok {
			if m := object.Get("message"); m != nil {
				message = m.String()
			}
		}
	}
	message = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(message), "ParseError:"))
	if at := position.FindStringIndex(message); at != nil {
		message = message[:at[1]]
	}
	message, _, _ = strings.Cut(message, "\n")
	return errors.New(message)
}
