package main

import (
	"bytes"
	"os"
	"testing"
)

// The cache holds every formula of the lessons and of the program, as Temml
// renders it today, and no other.
func TestCacheIsUpToDate(t *testing.T) {
	want, err := cache()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../cache.json")
	if err != nil {
		t.Fatal(err)
	}
	old, fresh := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range max(len(old), len(fresh)) {
		if i >= len(old) || i >= len(fresh) || !bytes.Equal(old[i], fresh[i]) {
			t.Fatalf("cache.json is stale from line %d on: run go generate ./lessons/formula", i+1)
		}
	}
}
