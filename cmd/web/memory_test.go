package main

import (
	"runtime/debug"
	"testing"
)

// The limit follows the data that are alive, unless the operator has set it.
func TestMemoryFollowsHeavyData(t *testing.T) {
	limit, percent := debug.SetMemoryLimit(-1), debug.SetGCPercent(100)
	defer func() { debug.SetMemoryLimit(limit); debug.SetGCPercent(percent) }()
	environment := map[string]string{}
	getenv := func(name string) string { return environment[name] }

	heavy := tuneMemory(getenv)
	for _, bytes := range []int64{0, 168_000_000, 336_000_000, 168_000_000, 0} {
		heavy(bytes)
		if got := debug.SetMemoryLimit(-1); got != memoryLimit+bytes {
			t.Errorf("with %d bytes of data the limit is %d", bytes, got)
		}
	}
	if got := debug.SetGCPercent(100); got != garbage {
		t.Errorf("the collector is set to %d per cent", got)
	}

	environment["GOMEMLIMIT"], environment["GOGC"] = "1GiB", "50"
	debug.SetMemoryLimit(1 << 30)
	tuneMemory(getenv)(168_000_000)
	if got := debug.SetMemoryLimit(-1); got != 1<<30 {
		t.Errorf("the operator's limit became %d", got)
	}
	if got := debug.SetGCPercent(100); got != 100 {
		t.Errorf("the operator's percentage became %d", got)
	}
}
