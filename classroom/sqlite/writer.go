package sqlite

import (
	"context"
	"database/sql"
	"sync"
	"time"

	"descent/classroom"
)

const (
	waiting     = 256              // writes that wait for the writer before callers wait for a place
	groupSize   = 256              // writes in one transaction at most
	commitLimit = 20 * time.Second // for the work of a whole group, so that nobody waits for ever
)

// A write is one method's work in a transaction.
type write struct {
	do   func(t *tx) error
	err  error      // of do
	done chan error // gets the outcome once, after the commit
}

// A writer is the goroutine that alone writes. Many writes become one
// transaction, and one wait for the disk ("group commit"). BenchmarkSubmit measured ten times as many submissions a second as with
// a transaction for each.
type writer struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt // prepared on conn
	queue chan *write
	ended chan struct{}

	mu     sync.RWMutex // held for reading while a write is put into the queue
	closed bool
}

func startWriter(conn *sql.Conn) *writer {
	w := &writer{conn: conn, stmts: map[string]*sql.Stmt{}, queue: make(chan *write, waiting), ended: make(chan struct{})}
	go w.run()
	return w
}

// commit has do done in a transaction and returns when it is committed, or was not done at all. Do must not wait for anything else.
func (w *writer) commit(ctx context.Context, do func(t *tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	job := &write{do: do, done: make(chan error, 1)}
	if err := w.enqueue(ctx, job); err != nil {
		return err
	}
	return <-job.done // whatever becomes of ctx: the caller is to know what was kept
}

func (w *writer) enqueue(ctx context.Context, job *write) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return classroom.ErrClosed
	}
	select {
	case w.queue <- job:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stop waits for the writes in the queue. It is false when the writer was stopped before.
func (w *writer) stop() bool {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		<-w.ended
		return false
	}
	w.closed = true
	close(w.queue)
	w.mu.Unlock()
	<-w.ended
	return true
}

func (w *writer) stopped() bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.closed
}

func (w *writer) run() {
	defer close(w.ended)
	for job := range w.queue {
		w.group(job)
	}
	for _, s := range w.stmts {
		s.Close()
	}
	w.conn.Close()
}

// group does the first write and those that wait behind it, commits and tells all of them.
func (w *writer) group(first *write) {
	ctx, cancel := context.WithTimeout(context.Background(), commitLimit)
	defer cancel()
	t := &tx{ctx: ctx, writer: w}
	var jobs []*write
	err := t.exec("BEGIN IMMEDIATE")
	for job := first; job != nil; job = w.next(len(jobs)) {
		jobs = append(jobs, job)
		if err == nil {
			err = t.try(job)
		}
	}
	if err == nil {
		t.ctx = context.Background() // it waits for the disk alone, and a time that runs out would hide whether it was done
		err = t.exec("COMMIT")
	}
	if err != nil {
		w.rollback()
	}
	for _, job := range jobs {
		if job.err == nil {
			job.err = err
		}
		job.done <- written(job.err)
	}
}

// next is a write that waits already; nil: none, or the group is large enough.
func (w *writer) next(grouped int) *write {
	if grouped >= groupSize {
		return nil
	}
	select {
	case job := <-w.queue: // nil when the queue is closed and empty
		return job
	default:
		return nil
	}
}

// rollback leaves no transaction open, even after the time for the group has run out. After some errors SQLite has rolled back by itself.
func (w *writer) rollback() {
	_, _ = w.conn.ExecContext(context.Background(), "ROLLBACK")
}

// A tx is the transaction of a group, as one write sees it.
type tx struct {
	ctx    context.Context
	writer *writer
}

// try does one write under a savepoint. Its own error undoes it alone; the returned one means that the whole transaction is lost.
func (t *tx) try(job *write) error {
	if err := t.exec("SAVEPOINT one"); err != nil {
		return err
	}
	if job.err = job.do(t); job.err != nil {
		if err := t.exec("ROLLBACK TO one"); err != nil {
			if unwritable(job.err) { // as a full disk ends the transaction
				return job.err
			}
			return err
		}
	}
	return t.exec("RELEASE one")
}

func (t *tx) stmt(query string) (*sql.Stmt, error) {
	if s := t.writer.stmts[query]; s != nil {
		return s, nil
	}
	s, err := t.writer.conn.PrepareContext(t.ctx, query)
	if err == nil {
		t.writer.stmts[query] = s
	}
	return s, err
}

// exec runs a statement of the program's text: it is kept prepared.
func (t *tx) exec(query string, args ...any) error {
	_, err := t.changed(query, args...)
	return err
}

// changed is exec with the number of rows that changed.
func (t *tx) changed(query string, args ...any) (int64, error) {
	s, err := t.stmt(query)
	if err != nil {
		return 0, err
	}
	r, err := s.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// one changes a row that must be there.
func (t *tx) one(query string, args ...any) error {
	n, err := t.changed(query, args...)
	if err == nil && n == 0 {
		err = classroom.ErrNotFound
	}
	return err
}

// QueryContext makes a tx a querier, with statements that are kept prepared.
func (t *tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s, err := t.stmt(query)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}
