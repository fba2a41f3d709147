// Command web serves the notebook.
//
//	web [-addr localhost:8080] [-data folder] [-lessons folder] [-embed origins] [-new-owner-link]
//	web -data folder -backup file
//
// Each flag has a twin in the environment: DESCENT_ADDR, DESCENT_DATA,
// DESCENT_LESSONS, DESCENT_EMBED; the flag wins. GOGC and GOMEMLIMIT are respected. With -lessons a folder of Markdown
// files is served instead of the built-in lessons; it is read and checked once, at the start, and
// every mistake is printed with file and line.
//
// Students' work is kept in the folder that -data names, in descent.db, and without -data until the server
// stops. Who holds the owner's link opens classrooms; it is printed at the first start with a database, and -new-owner-link makes a new one and
// voids the old. -backup copies the database into a new file, also while a server uses it, and ends.
//
// The address is printed when the server is ready; the log goes to standard error.
// SIGINT or SIGTERM lets open requests finish, for at most 10 seconds; a second
// signal ends the program at once. The exit status is 0 after an orderly stop, else
// 1.
//
// The command holds flags and environment, wiring, serving and stopping in order,
// nothing else.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"descent/handlers"
	"descent/lessons"
	"descent/lessons/cell"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	err := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return
	case !errors.Is(err, errUsage): // the flags have said what is wrong with them
		fmt.Fprintln(os.Stderr, "descent:", err)
	}
	os.Exit(1)
}

var errUsage = errors.New("usage")

// options are the settings; each that holds for good has a twin in the environment.
type options struct {
	addr, data, lessons, embed string
	newOwnerLink               bool
	backup                     string // file; "": serve
}

func parse(args []string, getenv func(string) string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("web", flag.ContinueOnError)
	flags.SetOutput(stderr)
	twin := func(p *string, name, preset, usage string) {
		env := "DESCENT_" + strings.ToUpper(name)
		flags.StringVar(p, name, cmp.Or(getenv(env), preset), usage+" (or "+env+")")
	}
	twin(&o.addr, "addr", "localhost:8080", "address to listen on")
	twin(&o.data, "data", "", "folder for students' work; without it the work is kept until the server stops")
	twin(&o.lessons, "lessons", "", "folder with lessons to serve instead of the built-in ones")
	twin(&o.embed, "embed", "", "origins whose pages may show cells in a frame, between commas, such as https://moodle.example.org; * for all")
	flags.BoolVar(&o.newOwnerLink, "new-owner-link", false, "make a new owner's link, which voids the one before, and print it")
	flags.StringVar(&o.backup, "backup", "", "copy the database in -data into this new file, also while a server uses it, and end")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return o, err
	} else if err != nil {
		return o, fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("unknown argument %q", flags.Arg(0))
	}
	return o, nil
}

// run serves until the context ends, then lets open requests finish.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) (err error) {
	o, err := parse(args, getenv, stderr)
	if err != nil {
		return err
	}
	if o.backup != "" {
		if err := backup(ctx, o.data, o.backup); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "The work is copied into %s.\n", o.backup)
		return nil
	}
	source := lessons.Embedded()
	if o.lessons != "" {
		source = os.DirFS(o.lessons)
	}
	list, err := lessons.Load(source, cell.Check)
	if err != nil {
		return err
	}
	embed, err := origins(o.embed)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	defer listener.Close() // a second time after serving, which does nothing
	desk, err := openDesk(ctx, o.data, o.newOwnerLink)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	log := slog.New(slog.NewTextHandler(stderr, nil))
	handler, err := handlers.New(handlers.Config{Lessons: list, Store: desk.Store, Log: log, Embed: embed, Stopping: ctx.Done(), HeavyData: tuneMemory(getenv)})
	if err != nil {
		return err
	}
	// In one piece: who reads the first line alone must not hold up the start.
	fmt.Fprint(stdout, desk.greeting(shown(o.addr, listener)))
	if err := serve(ctx, listener, handler, log); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "Descent has stopped.")
	return nil
}

// serve answers until the context ends, then lets open requests finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return fmt.Errorf("stopping: %w", err)
	}
	return nil
}

// origins reads a list of web origins, scheme and host alone, or "*".
func origins(list string) ([]string, error) {
	var all []string
	for part := range strings.SplitSeq(list, ",") {
		part = strings.TrimSuffix(strings.TrimSpace(part), "/")
		u, err := url.Parse(part)
		switch {
		case part == "":
			continue
		case part == "*":
		case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || part != u.Scheme+"://"+u.Host || strings.ContainsAny(u.Host, "; '"):
			return nil, fmt.Errorf("-embed: %q is no origin such as https://moodle.example.org", part)
		}
		all = append(all, part)
	}
	return all, nil
}

// shown is the address as a browser can open it: the name that was asked for,
// with the port that was given.
func shown(addr string, l net.Listener) string {
	host, _, err := net.SplitHostPort(addr)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	if err != nil || host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}
