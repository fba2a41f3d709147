package optim

import (
	"math"
	"testing"

	"descent/optim/param"
)

// Rates worked out by hand, for η = 1.
func TestSchedulesByHand(t *testing.T) {
	tests := []struct {
		id   string
		set  map[string]string
		want map[int]float64 // by step
	}{
		{"constant", nil, map[int]float64{0: 1, 9999: 1}},
		{"step", nil, map[int]float64{0: 1, 19: 1, 20: 0.5, 39: 0.5, 40: 0.25}},
		{"exponential", map[string]string{"gamma": "0.5"}, map[int]float64{0: 1, 1: 0.5, 3: 0.125}},
		{"inverse", map[string]string{"decay": "0.5"}, map[int]float64{0: 1, 2: 0.5, 8: 0.2}},
		// Down to the floor at t_max, half-way at the half, and up again.
		{"cosine", map[string]string{"t_max": "4", "eta_min": "0.2"}, map[int]float64{0: 1, 2: 0.6, 4: 0.2, 6: 0.6, 8: 1}},
		// A floor above η is a rise.
		{"cosine", map[string]string{"t_max": "2", "eta_min": "3"}, map[int]float64{0: 1, 1: 2, 2: 3}},
		// A quarter more at each step, then a cosine of four steps.
		{"warmup-cosine", map[string]string{"warmup": "4", "t_max": "8"}, map[int]float64{0: 0.25, 2: 0.75, 3: 1, 4: 1, 6: 0.5, 8: 0}},
		{"warmup-cosine", map[string]string{"warmup": "0", "t_max": "2"}, map[int]float64{0: 1, 1: 0.5, 2: 0}},
		{"warmup-cosine", map[string]string{"t_max": "1", "warmup": "0"}, map[int]float64{0: 1, 1: 0, 2: 1}},
	}
	for _, tt := range tests {
		s := FindSchedule(tt.id)
		v, err := s.Params.Defaults(tt.set)
		if err != nil {
			t.Fatal(err)
		}
		rate := s.New(v)
		for k, want := range tt.want {
			if got := rate(1, k); math.Abs(got-want) > 1e-15 {
				t.Errorf("%s %v: the rate at %d is %v, want %v", tt.id, tt.set, k, got, want)
			}
		}
	}
}

// A cosine needs a step; a warm-up that leaves none is a mistake in that field.
func TestWarmupLeavesASteps(t *testing.T) {
	_, err := FindSchedule("warmup-cosine").Params.Defaults(map[string]string{"warmup": "10", "t_max": "10"})
	if errs, ok := err.(param.Errors); !ok || errs.For("warmup") == nil {
		t.Errorf("got %v, want a mistake of warmup", err)
	}
	v, err := FindSchedule("warmup-cosine").Params.Defaults(map[string]string{"t_max": "5"})
	if err != nil || v.Int("warmup") != 4 {
		t.Errorf("got %v %v, want the default cut to 4", v.Int("warmup"), err)
	}
}
