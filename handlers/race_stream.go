package handlers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/labstack/echo/v4"

	"descent/lessons/race"
	"descent/views"
)

// Times of a stream.
const (
	streamDeadline = 5 * time.Second  // for one event: a reader who does not read is let go
	saidEvery      = 10 * time.Second // between two sentences for a screen reader while the clocks run
)

// errClosing is why streams end when the server stops.
var errClosing = errors.New("the server is stopping")

// whileOpen cancels with errClosing when the server stops, until the returned function is called.
func (room *raceRoom) whileOpen(cancel context.CancelCauseFunc) (release func()) {
	over := make(chan struct{})
	go func() {
		select {
		case <-room.closing:
			cancel(errClosing)
		case <-over:
		}
	}()
	return func() { close(over) }
}

// streamRace sends the race's states as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html),
// each of them all that there is to show, and advances the race between them. The race stands still as soon as the
// connection is closed, and ends unless the same address is opened again within a few seconds.
func (s *server) streamRace(c echo.Context) error {
	run := s.races.find(c.Param("id"))
	if run == nil {
		return notFound("There is no such race, or it is over.", views.Link{Address: race.Address, Text: "Start another one"})
	}
	ctx, done, ok := run.watched(c.Request().Context())
	if !ok {
		return notFound("This race is over.", views.Link{Address: race.Address, Text: "Start another one"})
	}
	over := false
	defer func() { done(over) }()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer s.races.whileOpen(cancel)()

	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx would gather the events
	h.Set(gzhttp.HeaderNoCompression, "1")
	c.Response().WriteHeader(http.StatusOK)
	stream := &raceStream{to: c.Response(), control: http.NewResponseController(c.Response()), run: run}

	err := run.drive(ctx, stream.send)
	switch {
	case errors.Is(context.Cause(ctx), errClosing):
		over = true
		return stream.send(run.state(race.Closing))
	case errors.Is(err, errAway), errors.Is(err, errStalled):
		return nil
	case err != nil:
		s.log.Error("race failed", "error", err)
	}
	over = true
	return nil
}

// errStalled is for a connection that does not take its events.
var errStalled = errors.New("the reader does not read")

// A raceStream writes one connection's events.
type raceStream struct {
	to      *echo.Response
	control *http.ResponseController
	run     *raceRun
	buffer  bytes.Buffer
	phase   race.Phase // of the event before
	place   int
	said    time.Time
}

// raceEvent is the data of an event.
type raceEvent struct {
	Phase    race.Phase        `json:"phase"`
	Over     bool              `json:"over"`
	Progress *float64          `json:"progress"` // 0 to 1; null: not known
	Parts    map[string]string `json:"parts"`    // HTML by the id of the element that it fills
	Said     string            `json:"said"`     // for a screen reader; "": nothing new
}

func (s *raceStream) send(state race.State) error {
	event := raceEvent{Phase: state.Phase, Over: state.Phase.Over(), Parts: map[string]string{}}
	if state.Phase != race.Queued {
		event.Progress = &state.Progress
	}
	for _, part := range views.RaceParts(&state) {
		s.buffer.Reset()
		if err := part.Content.Render(context.Background(), &s.buffer); err != nil {
			return err
		}
		event.Parts[part.ID] = s.buffer.String()
	}
	if state.Phase != s.phase || state.Place != s.place || time.Since(s.said) > saidEvery {
		event.Said = views.RaceSaid(&state)
		s.phase, s.place, s.said = state.Phase, state.Place, time.Now()
	}
	data, err := json.Marshal(event)
	if err != nil {
		return err
	}
	if err := s.control.SetWriteDeadline(time.Now().Add(streamDeadline)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	s.run.events++
	if _, err := fmt.Fprintf(s.to, "id: %d\nevent: state\nretry: 500\ndata: %s\n\n", s.run.events, data); err != nil {
		return errStalled
	}
	if err := s.control.Flush(); err != nil {
		return errStalled
	}
	return nil
}
