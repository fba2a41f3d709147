package handlers

import (
	"encoding/json"
	"flag"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"descent/optim"
)

// slowAnswer is what no request may take, on a machine that does nothing else.
const slowAnswer = 200 * time.Millisecond

// FuzzDescent asks for whole runs, words, pictures and numbers together: any
// text as the formula, any float64 as start, rate and window, every method.
// The answer is a page or a refusal, never an error of the server, and no
// number on the page is NaN. Answers that take too long are reported while
// fuzzing only, since a test machine may be busy.
func FuzzDescent(f *testing.F) {
	f.Add("x^2 + y^2", 4.0, 1.0, 0.1, -5.0, 5.0, uint8(0), uint8(0))
	f.Add("log(x)", -1.0, 0.0, 1e308, 5e-324, -1e308, uint8(2), uint8(1))
	f.Add("1/x", 0.0, 0.0, 0.1, 0.0, 0.0, uint8(5), uint8(2))
	f.Add("exp(exp(exp(x*y)))", 10.0, 10.0, 1000.0, -1e6, 1e6, uint8(9), uint8(3))
	f.Add("x^y^x^y", -2.5, 3.5, 1.0, -3.0, 3.0, uint8(14), uint8(4))
	f.Add("abs(x)+min(x,y)*1e300", 1e6, -1e6, 1e-6, -1e-6, 1e-6, uint8(17), uint8(5))
	f.Add("sin(", 0.0, 0.0, 0.0, 0.0, 0.0, uint8(0), uint8(0))
	newSite(f) // loads the lessons, before the clock runs
	fuzzing := flag.Lookup("test.fuzz").Value.String() != ""
	f.Fuzz(func(t *testing.T, formula string, x, y, eta, low, high float64, method, schedule uint8) {
		query := url.Values{
			"f": {formula}, "method": {optim.Methods[int(method)%len(optim.Methods)].ID},
			"schedule": {optim.Schedules[int(schedule)%len(optim.Schedules)].ID}, "steps": {"100"}, "k": {"3"},
		}
		for name, v := range map[string]float64{"x": x, "y": y, "eta": eta, "xmin": low, "xmax": high} {
			query.Set(name, strconv.FormatFloat(v, 'g', -1, 64))
		}
		for _, form := range []string{"", ".json"} {
			begin := time.Now()
			w := get(t, "/lab/descent"+form+"?"+query.Encode(), "HX-Request", "true")
			if took := time.Since(begin); fuzzing && took > slowAnswer {
				t.Errorf("%q took %v", query.Encode(), took)
			}
			if w.Code != http.StatusOK && w.Code != http.StatusUnprocessableEntity {
				t.Errorf("%q answers %d: %s", query.Encode(), w.Code, w.Body)
			}
			if form != "" && !json.Valid(w.Body.Bytes()) {
				t.Errorf("%q: not JSON", query.Encode())
			}
			if form == "" && w.Code == http.StatusOK && strings.Contains(w.Body.String(), "NaN") && !strings.Contains(formula, "NaN") {
				t.Errorf("%q: NaN on the page", query.Encode())
			}
		}
	})
}
