package cell

import (
	"sync"

	"descent/optim"
	"descent/optim/param"
)

// A slider that is dragged asks for the same formula many times a second.
// Functions are immutable, so those understood last are kept with all that is
// derived from them.

// mostFunctions bounds the memory: a formula has at most 256 nodes, and some
// tens of kilobytes belong to it.
const mostFunctions = 256

var functions = struct {
	sync.Mutex
	byText map[string]*optim.Function
}{byText: map[string]*optim.Function{}}

// function understands the value of the parameter f.
func function(v param.Values) (*optim.Function, error) {
	text := v.Text("f")
	functions.Lock()
	known := functions.byText[text]
	functions.Unlock()
	if known != nil {
		return known, nil
	}
	f, err := optim.Resolve("f", text)
	if err != nil {
		return nil, err
	}
	functions.Lock()
	defer functions.Unlock()
	if len(functions.byText) >= mostFunctions {
		clear(functions.byText)
	}
	functions.byText[text] = f
	return f, nil
}

// lineFunction is function for kinds that draw a curve: it refuses a function
// of two variables.
func lineFunction(v param.Values) (*optim.Function, error) {
	f, err := function(v)
	if err == nil && f.Dim() != 1 {
		return nil, param.Errorf("f", "must be a function of one variable here; this one has two")
	}
	return f, err
}
