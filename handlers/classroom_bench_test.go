package handlers

import (
	"net/http"
	"testing"
)

// A dashboard of 500 students who have all worked at all of 30 exercises, from the request to the page, on a real database.
func BenchmarkDashboard(b *testing.B) {
	h := newHall(b, 500, 30, 1)
	for _, tt := range []struct{ name, path string }{
		{"page", ""}, {"page with hidden names", "?names=hidden"}, {"exercise", "/exercises/" + h.exercises()[0]}, {"gradebook", "/gradebook.csv"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if w := h.owner.send(http.MethodGet, h.at(tt.path), nil); w.Code != http.StatusOK {
					b.Fatalf("it answers %d", w.Code)
				}
			}
		})
	}
	b.Run("numbers", func(b *testing.B) {
		s := h.prepared(h.store)
		b.ReportAllocs()
		for b.Loop() {
			if _, err := s.countClass(b.Context(), h.class.Classroom.ID, false); err != nil {
				b.Fatal(err)
			}
		}
	})
}
