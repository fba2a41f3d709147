package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func noEnvironment(string) string { return "" }

// The server says where it is, answers there, and stops in order.
func TestServeAndStop(t *testing.T) {
	defer goleak.VerifyNone(t)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, []string{"-addr", "localhost:0"}, noEnvironment, in, io.Discard)
		in.Close()
	}()
	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("the server says nothing")
	}
	_, address, ok := strings.Cut(lines.Text(), "Descent is ready: ")
	if !ok || !strings.HasPrefix(address, "http://localhost:") {
		t.Fatalf("the server says %q", lines.Text())
	}
	client := &http.Client{Transport: &http.Transport{}, Timeout: 10 * time.Second}
	answer, err := client.Get(address + "/healthz")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	client.CloseIdleConnections()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("/healthz answers %d", answer.StatusCode)
	}
	stop()
	last := ""
	for lines.Scan() {
		last = lines.Text()
	}
	if last != "Descent has stopped." {
		t.Errorf("at the end the server says %q", last)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	if _, err := client.Get(address + "/healthz"); err == nil {
		t.Error("the server still answers")
	}
}

func TestOptions(t *testing.T) {
	environment := map[string]string{"DESCENT_ADDR": ":9000", "DESCENT_LESSONS": "from-environment"}
	o, err := parse([]string{"-lessons", "from-flag"}, func(name string) string { return environment[name] }, io.Discard)
	if err != nil || o.addr != ":9000" || o.lessons != "from-flag" {
		t.Errorf("got %+v, %v: a flag goes before the environment, the environment before the default", o, err)
	}
	for _, args := range [][]string{{"-port", "1"}, {"serve"}} {
		if _, err := parse(args, noEnvironment, io.Discard); err == nil {
			t.Errorf("%v is accepted", args)
		}
	}
}

// Mistakes in a lecturer's lessons stop the start and name file and line.
func TestOwnLessons(t *testing.T) {
	folder := t.TempDir()
	lesson := "---\ntitle: T\nquestion: Q?\nsummary: S.\n---\n## One {#one}\n\n```cell\nkind: descend\nid: a\ntitle: A\n```\n"
	if err := os.WriteFile(filepath.Join(folder, "01-own.md"), []byte(lesson), 0o600); err != nil {
		t.Fatal(err)
	}
	err := run(context.Background(), []string{"-addr", "localhost:0", "-lessons", folder}, noEnvironment, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "01-own.md:9:") || !strings.Contains(err.Error(), "descent") {
		t.Errorf("got %v, want file, line and the kinds there are", err)
	}
}

func TestImpossibleAddress(t *testing.T) {
	err := run(context.Background(), []string{"-addr", "localhost:99999"}, noEnvironment, io.Discard, io.Discard)
	if err == nil {
		t.Error("an impossible address is accepted")
	}
}

// From the start of the program's work to its first answer: reading and
// checking the lessons is nearly all of it.
func BenchmarkColdStart(b *testing.B) {
	for b.Loop() {
		ctx, stop := context.WithCancel(context.Background())
		out, in := io.Pipe()
		done := make(chan error, 1)
		go func() { done <- run(ctx, []string{"-addr", "localhost:0"}, noEnvironment, in, io.Discard) }()
		lines := bufio.NewScanner(out)
		lines.Scan()
		_, address, _ := strings.Cut(lines.Text(), "ready: ")
		answer, err := http.Get(address + "/lessons/steepest-descent")
		if err != nil {
			b.Fatal(err)
		}
		answer.Body.Close()
		go func() { _, _ = io.Copy(io.Discard, out) }()
		stop()
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
}
