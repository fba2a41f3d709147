package exercise

import (
	"hash/fnv"
	"maps"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"descent/lessons/block"
)

const (
	maxVariants     = 200
	defaultVariants = 12
	maxChoices      = 1000    // values of one parameter
	maxCombinations = 100_000 // of all parameters
)

// A parameter is what differs between variants.
type parameter struct {
	name   string
	values []float64
}

// A derived value is computed from those before it.
type derived struct {
	name    string
	formula *Formula
}

var valueName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

// taken are words that Starlark keeps to itself.
var taken = strings.Fields("and break continue def elif else for if in lambda load not or pass return while as assert async await class del except finally from global import is nonlocal raise try with yield True False None")

// values reads vary, let, where and variants, and answers the values of each variant.
func (r *Reader) values(id string) []map[string]float64 {
	parameters := r.parameters()
	lets := r.lets()
	where := r.Formula("where")
	most := r.Whole("variants", 1, maxVariants, defaultVariants)
	if r.in.failed {
		return nil
	}
	total := 1
	for _, p := range parameters {
		if total *= len(p.values); total > maxCombinations {
			r.Problem("vary", "there are more than %d combinations", maxCombinations)
			return nil
		}
	}
	h := fnv.New64a()
	h.Write([]byte(id))
	order := rand.New(rand.NewPCG(h.Sum64(), 1)).Perm(total)
	var list []map[string]float64
	for _, k := range order {
		if len(list) == most {
			break
		}
		values, ok := r.combination(k, parameters, lets, where)
		if r.in.failed {
			return nil
		}
		if ok {
			list = append(list, values)
		}
	}
	switch {
	case len(list) == 0:
		r.Problem("where", "no combination of the values fulfils it")
	case len(list) < most && r.Has("variants"):
		r.Problem("variants", "there are only %d combinations", len(list))
	}
	return list
}

// combination is the kth combination of the parameters with what is derived from it; false if
// where leaves it out.
func (r *Reader) combination(k int, parameters []parameter, lets []derived, where *Formula) (map[string]float64, bool) {
	values := make(map[string]float64, len(parameters)+len(lets))
	for _, p := range parameters {
		values[p.name] = p.values[k%len(p.values)]
		k /= len(p.values)
	}
	needs := func(name string) bool { return where != nil && slices.Contains(where.Names(), name) }
	late := slices.ContainsFunc(lets, func(d derived) bool { return needs(d.name) })
	allowed := func() bool {
		if where == nil {
			return true
		}
		ok, err := where.True(values)
		if err != nil {
			r.Problem("where", "%v (with %s)", err, say(values))
		}
		return ok
	}
	if !late && !allowed() {
		return nil, false
	}
	for _, d := range lets {
		v, err := d.formula.Value(values)
		if err != nil {
			r.Problem("let", "%s: %v (with %s)", d.name, err, say(values))
			return nil, false
		}
		values[d.name] = v
	}
	return values, !late || allowed()
}

// say writes values for a message, in order of their names.
func say(values map[string]float64) string {
	var parts []string
	for _, name := range sortedKeys(values) {
		parts = append(parts, name+" = "+Number(values[name]))
	}
	return strings.Join(parts, ", ")
}

// newName judges the name of a value and remembers it.
func (r *Reader) newName(e block.Entry) bool {
	switch _, isFunction := functions[e.Key]; {
	case !valueName.MatchString(e.Key):
		r.fail(r.fileLine(e.Line), "the name %q does not begin with a letter and go on with letters, digits and _", e.Key)
	case isFunction || slices.Contains(taken, e.Key):
		r.fail(r.fileLine(e.Line), "the name %q is taken", e.Key)
	case slices.Contains(r.in.names, e.Key):
		r.fail(r.fileLine(e.Line), "the name %q stands for two values", e.Key)
	default:
		r.in.names = append(r.in.names, e.Key)
		return true
	}
	return false
}

func (r *Reader) parameters() []parameter {
	vary := r.Sub("vary")
	var list []parameter
	for _, e := range vary.entries {
		if !vary.newName(e) {
			continue
		}
		p := parameter{name: e.Key}
		if _, err := block.Mapping(e.Value); err == nil {
			p.values = vary.Sub(e.Key).span()
		} else {
			for _, text := range vary.Words(e.Key) {
				v, ok := parseNumber(text)
				if !ok {
					vary.Problem(e.Key, "%q is not a number", text)
				}
				p.values = append(p.values, v)
			}
		}
		if len(p.values) == 0 && !r.in.failed {
			vary.Problem(e.Key, "has no values")
		}
		list = append(list, p)
	}
	return list
}

// span reads from, to and step.
func (r *Reader) span() []float64 {
	const most = 1e9
	if !r.Need("from", "to") {
		return nil
	}
	from, to := r.Number("from", -most, most, 0), r.Number("to", -most, most, 0)
	step := r.Number("step", 1e-9, most, 1)
	r.Close()
	count := math.Floor((to-from)/step+1e-9) + 1
	if count < 1 || count > maxChoices {
		r.fail(r.line, "there must be 1 to %d values; these are %v", maxChoices, count)
		return nil
	}
	values := make([]float64, int(count))
	for i := range values {
		// 0.1, 0.2, 0.3 as they are written, not 0.30000000000000004
		values[i], _ = strconv.ParseFloat(strconv.FormatFloat(from+float64(i)*step, 'g', 12, 64), 64)
	}
	return values
}

func (r *Reader) lets() []derived {
	let := r.Sub("let")
	var list []derived
	for _, e := range let.entries {
		f := let.Formula(e.Key) // knows the names before it only
		if let.newName(e) && f != nil {
			list = append(list, derived{e.Key, f})
		}
	}
	return list
}

// parseNumber reads a finite number as authors write it.
func parseNumber(text string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.Replace(text, "−", "-", 1), 64)
	return v, err == nil && !math.IsNaN(v) && !math.IsInf(v, 0)
}

func sortedKeys[V any, M ~map[string]V](m M) []string { return slices.Sorted(maps.Keys(m)) }
