package handlers

import (
	"crypto/rand"
	"encoding/base64"
	"slices"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"descent/optim/dataset"
)

// Limits of what is kept of readers' own data.
const (
	mostOwn     = 5             // tables of one session
	mostOwnSize = 64 << 20      // bytes of all sessions together
	idleSession = 2 * time.Hour // without a request for own data
	sessionSize = 1024          // what a session takes besides its tables, in bytes
	sweepEvery  = 10 * time.Minute
)

// An upload is a table that a reader gave, and what was made of it. It is read
// only once kept.
type upload struct {
	id    string // of the set, in addresses: own- and 128 random bits
	name  string // of the file
	sheet *dataset.Sheet
	set   *dataset.Set // nil while no label is chosen
	notes []string     // on the set
}

// size estimates the memory that it takes. A sheet that two uploads share is
// counted twice.
func (u *upload) size() int {
	n := u.sheet.Bytes()
	if u.set != nil {
		n += 8*(len(u.set.X)+len(u.set.Y)) + 1024
	}
	return n
}

// A session is one browser's data, the oldest first.
type session struct {
	uploads []*upload
	used    time.Time
	dropped []string // names of tables that had to make room; said once
}

// sessions keeps readers' own data in memory, for as long as a browser's session
// lasts and it is used. It is safe for concurrent use.
type sessions struct {
	mu      sync.Mutex
	by      map[string]*session // by the cookie's value
	size    int                 // bytes
	limit   int                 // of size
	changed func(bytes int64)   // nil: nobody is told
	timer   *time.Timer         // of the next sweep; nil while there is no session
}

// newSessions tells changed, if it is set, how many bytes are kept whenever that changes.
func newSessions(changed func(bytes int64)) *sessions {
	return &sessions{by: map[string]*session{}, limit: mostOwnSize, changed: changed}
}

// lock locks; the function that it returns unlocks, once it has told a change of size.
func (s *sessions) lock() (unlock func()) {
	s.mu.Lock()
	before := s.size
	return func() {
		if s.size != before && s.changed != nil {
			s.changed(int64(s.size))
		}
		s.mu.Unlock()
	}
}

// randomID is 128 random bits in base64url, 22 characters.
func randomID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// live is a session that has not expired, marked as used; nil: there is none. The
// lock is held.
func (s *sessions) live(token string) *session {
	at := s.by[token]
	if at == nil {
		return nil
	}
	if time.Since(at.used) >= idleSession {
		s.remove(token)
		return nil
	}
	at.used = time.Now()
	return at
}

func (s *sessions) remove(token string) {
	for _, u := range s.by[token].uploads {
		s.size -= u.size()
	}
	s.size -= sessionSize
	delete(s.by, token)
}

// keep adds an upload to a session, which begins with it if need be. A session's
// oldest upload makes room for its sixth; where all together are too large, the
// uploads go first that were used longest ago.
func (s *sessions) keep(token string, u *upload) {
	defer s.lock()()
	at := s.live(token)
	if at == nil {
		at = &session{used: time.Now()}
		s.by[token] = at
		s.size += sessionSize
	}
	if len(at.uploads) == mostOwn {
		s.drop(at, u)
	}
	at.uploads = append(at.uploads, u)
	s.size += u.size()
	s.fit(u)
	if s.timer == nil {
		s.timer = time.AfterFunc(sweepEvery, s.sweep)
	}
}

// drop takes the oldest upload but one out of a session, which will be told.
func (s *sessions) drop(at *session, but *upload) {
	i := slices.IndexFunc(at.uploads, func(u *upload) bool { return u != but })
	s.size -= at.uploads[i].size()
	at.dropped = append(at.dropped, at.uploads[i].name)
	at.uploads = slices.Delete(at.uploads, i, i+1)
}

// fit makes room until all is within the limit: it drops the oldest upload of the
// session that was used longest ago, or that session if it has none left. But one
// upload stays.
func (s *sessions) fit(but *upload) {
	for s.size > s.limit {
		oldest, found := "", false
		for token, at := range s.by {
			if len(at.uploads) == 1 && at.uploads[0] == but {
				continue
			}
			if !found || at.used.Before(s.by[oldest].used) {
				oldest, found = token, true
			}
		}
		switch {
		case !found:
			return
		case len(s.by[oldest].uploads) == 0:
			s.remove(oldest)
		default:
			s.drop(s.by[oldest], but)
		}
	}
}

// find is an upload of a session; nil when that session has none of the id.
func (s *sessions) find(token, id string) *upload {
	defer s.lock()()
	at := s.live(token)
	if at == nil {
		return nil
	}
	if i := slices.IndexFunc(at.uploads, func(u *upload) bool { return u.id == id }); i >= 0 {
		return at.uploads[i]
	}
	return nil
}

// replace puts an upload with a set in the place of the one without.
func (s *sessions) replace(token string, old, new *upload) {
	defer s.lock()()
	at := s.live(token)
	if at == nil {
		return
	}
	if i := slices.Index(at.uploads, old); i >= 0 {
		at.uploads[i] = new
		s.size += new.size() - old.size()
	}
	s.fit(new)
}

// delete forgets an upload of a session, and a session without any.
func (s *sessions) delete(token, id string) {
	defer s.lock()()
	at := s.live(token)
	if at == nil {
		return
	}
	at.uploads = slices.DeleteFunc(at.uploads, func(u *upload) bool {
		if u.id == id {
			s.size -= u.size()
		}
		return u.id == id
	})
	if len(at.uploads) == 0 && len(at.dropped) == 0 {
		s.remove(token)
	}
}

// list is a session's uploads, the newest first.
func (s *sessions) list(token string) []*upload {
	defer s.lock()()
	at := s.live(token)
	if at == nil {
		return nil
	}
	uploads := slices.Clone(at.uploads)
	slices.Reverse(uploads)
	return uploads
}

// tellDropped names the uploads of a session that had to make room since it was
// last told.
func (s *sessions) tellDropped(token string) []string {
	defer s.lock()()
	at := s.live(token)
	if at == nil {
		return nil
	}
	dropped := at.dropped
	at.dropped = nil
	return dropped
}

// sweep forgets what has expired, and comes again while there is more.
func (s *sessions) sweep() {
	defer s.lock()()
	for token, at := range s.by {
		if time.Since(at.used) >= idleSession {
			s.remove(token)
		}
	}
	if s.timer = nil; len(s.by) > 0 {
		s.timer = time.AfterFunc(sweepEvery, s.sweep)
	}
}

// sessionCookie names the session.
const sessionCookie = "session"

// sessionToken is the value of the request's cookie; "": none.
func sessionToken(c echo.Context) string { return tokenOf(c, sessionCookie) }

// beginSession is the token of the request's session, or of a new one. A token
// that the server did not give is not taken.
func (s *server) beginSession(c echo.Context) string {
	if token := sessionToken(c); token != "" && s.own.known(token) {
		return token
	}
	return newToken(c)
}

// newToken gives the browser a new session.
func newToken(c echo.Context) string {
	token := randomID()
	setCookie(c, sessionCookie, token, 0)
	return token
}

func (s *sessions) known(token string) bool {
	defer s.lock()()
	return s.live(token) != nil
}
