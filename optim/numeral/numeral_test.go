package numeral

import "testing"

func TestScan(t *testing.T) {
	tests := []struct {
		src, text string
		length    int
		message   string
		at        int
	}{
		{"12", "12", 2, "", 0},
		{"1.5e-3x", "1.5e-3", 6, "", 0},
		{"1.5e−3", "1.5e-3", 6, "", 0},
		{"1E+30", "1E+30", 5, "", 0},
		{".5.", "", 0, "this number has a second point.", 2},
		{"5.", "5.", 2, "", 0},
		{"2e^x", "2", 1, "", 0},
		{"2e-x", "2", 1, "", 0},
		{"2exp(x)", "2", 1, "", 0},
		{".", "", 0, "I expect a digit beside the point.", 0},
		{".e5", "", 0, "I expect a digit beside the point.", 0},
		{"", "", 0, "I expect a digit beside the point.", 0},
		{"1.2.3", "", 0, "this number has a second point.", 3},
	}
	for _, tt := range tests {
		text, length, message, at := Scan([]rune(tt.src))
		if text != tt.text || length != tt.length || message != tt.message || at != tt.at {
			t.Errorf("%q: %q, %d, %q, %d", tt.src, text, length, message, at)
		}
	}
}
