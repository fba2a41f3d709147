package cell

import (
	"encoding/json"
	"math"
	"strconv"
)

// A Float is a float64 in the public JSON: shortest decimal that reads back
// the same; NaN and the infinities, which JSON lacks, as strings.
type Float float64

// MarshalJSON implements json.Marshaler.
func (f Float) MarshalJSON() ([]byte, error) {
	switch v := float64(f); {
	case math.IsNaN(v):
		return []byte(`"NaN"`), nil
	case math.IsInf(v, 1):
		return []byte(`"Infinity"`), nil
	case math.IsInf(v, -1):
		return []byte(`"-Infinity"`), nil
	default:
		return json.Marshal(v)
	}
}

func floats(vs []float64) []Float {
	out := make([]Float, len(vs))
	for i, v := range vs {
		out[i] = Float(v)
	}
	return out
}

// csvNumber writes a number for CSV with all its digits; what is not finite is
// called as in the JSON.
func csvNumber(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// csvNumbers writes several.
func csvNumbers(vs ...float64) []string {
	out := make([]string, len(vs))
	for i, v := range vs {
		out[i] = csvNumber(v)
	}
	return out
}
