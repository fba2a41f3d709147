package handlers

import (
	"strings"
	"testing"
)

func TestNoTokenIsLogged(t *testing.T) {
	for _, token := range []string{strings.Repeat("aZ9_-", 4) + "xy", strings.Repeat("b", 21) + "-"} {
		for _, path := range []string{
			"/owner/T", "/owner/Tx", "/work/link/T/", "/work/link/xT", "/join/T", "/T", "/x/T/T", "//owner/T", "/x/T/T/y", "/x/T.css", "/x/T)", "/x/T/",
		} {
			if got := redacted(strings.ReplaceAll(path, "T", token)); strings.Contains(got, token) {
				t.Errorf("%s is logged as %s", path, got)
			}
		}
	}
	for _, path := range []string{"/", "/lessons/steepest-descent/exercises/one-step", "/join", "/work/link", "/a-word-of-much-more-than-22-signs"} {
		if got := redacted(path); got != path {
			t.Errorf("%s is logged as %s", path, got)
		}
	}
}
