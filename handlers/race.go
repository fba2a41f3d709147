package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"descent/lessons/race"
	"descent/optim/param"
	"descent/views"
)

func (s *server) registerRace(e *echo.Echo) {
	serve(e, race.Address, s.racePage)
	e.POST(race.Address, s.startRace)
	e.GET(race.Address+"/:id/stream", s.streamRace)
	e.POST(race.Address+"/:id/:command", s.commandRace)
}

// raceCell is the form of the race: what is asked for over its defaults.
func (s *server) raceCell(query url.Values) (*views.Cell, param.Errors) {
	base, err := race.Kind.Params.Defaults(nil)
	if err != nil {
		panic(err) // the table's own
	}
	values, unknown, errs := race.Kind.Params.Parse(query, base)
	v := &views.Cell{
		ID: "cell-race", Kind: race.Kind, Title: race.Kind.Title, Address: race.Address, Show: race.Kind.Params.Names(), Heading: 2, InLab: true,
		Base: base, Values: values, Typed: query, Errors: errs,
	}
	for _, u := range unknown {
		v.Notes = append(v.Notes, u.Note())
	}
	return v, errs
}

func (s *server) showRace(c echo.Context, status int, v *views.Cell, state race.State) error {
	return render(c, status, views.Race(&views.RacePage{
		Page: views.Page{Title: race.Kind.Title, Description: race.Kind.Summary, Lessons: s.lessons, Kind: race.Kind.ID},
		Cell: v, State: &state, PlainSeconds: plainSeconds,
	}))
}

func (s *server) racePage(c echo.Context) error {
	v, errs := s.raceCell(c.QueryParams())
	status := http.StatusOK
	if len(errs) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.showRace(c, status, v, race.State{})
}

// startRace puts a race into the queue and says where it can be watched. Without script it is run at once, shortened,
// and the finished page is the answer.
func (s *server) startRace(c echo.Context) error {
	scripted := strings.Contains(c.Request().Header.Get(echo.HeaderAccept), echo.MIMEApplicationJSON)
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, 16<<10)
	query, err := c.FormParams()
	if err != nil {
		return &problem{http.StatusBadRequest, "This cannot be read", "The form did not arrive whole. Send it again.", nil}
	}
	v, errs := s.raceCell(query)
	switch {
	case len(errs) > 0 && scripted:
		return refuse(c, errs)
	case len(errs) > 0:
		return s.showRace(c, http.StatusUnprocessableEntity, v, race.State{})
	}
	values := v.Values
	if !scripted {
		values = values.With("seconds", min(values.Float("seconds"), plainSeconds))
	}
	run, err := s.races.enter(readerOf(c), values)
	if err != nil {
		return s.turnedAway(c, err, scripted)
	}
	if !scripted {
		return s.plainRace(c, v, run)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusCreated, map[string]string{"race": race.Address + "/" + run.id, "address": v.Permalink()})
}

// turnedAway says why a race cannot begin, and when to come back.
func (s *server) turnedAway(c echo.Context, err error, scripted bool) error {
	p := &problem{http.StatusServiceUnavailable, "Too many are waiting", "The queue for long computations is full. Try again in a minute; the rest of the notebook works as ever.", nil}
	if errors.Is(err, errTooMany) {
		p = &problem{http.StatusTooManyRequests, "You have enough races", "You have as many races at once as one reader may have. End one of them, or wait until it is over.", nil}
	}
	p.links = []views.Link{{Address: race.Address, Text: "Back to the race"}}
	c.Response().Header().Set("Retry-After", strconv.Itoa(int(raceRetry.Seconds())))
	if scripted {
		return c.JSON(p.status, map[string]any{"errors": []map[string]any{{"field": nil, "message": p.message, "position": nil}}})
	}
	return p
}

// Times of a race without script: how long each runner has, how long it may wait in the queue, how long the answer may
// take altogether, and when one who was turned away should come back.
const (
	plainSeconds = 2.5
	plainWait    = 15 * time.Second
	plainLimit   = 40 * time.Second
	raceRetry    = 30 * time.Second
)

// errWaited is for a plain request that has waited for too long.
var errWaited = errors.New("not admitted in time")

// plainRace runs a race to its end and answers the page with its result.
func (s *server) plainRace(c echo.Context, v *views.Cell, run *raceRun) error {
	if err := http.NewResponseController(c.Response()).SetWriteDeadline(time.Now().Add(plainLimit)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	ctx, done, ok := run.watched(c.Request().Context())
	if !ok {
		return c.Request().Context().Err()
	}
	defer done(true)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	late := time.AfterFunc(plainWait, func() { cancel(errWaited) })
	defer late.Stop()
	defer s.races.whileOpen(cancel)()
	var last race.State
	err := run.drive(ctx, func(state race.State) error {
		if last = state; state.Phase != race.Queued {
			late.Stop()
		}
		return nil
	})
	switch {
	case c.Request().Context().Err() != nil:
		return c.Request().Context().Err()
	case errors.Is(err, errAway):
		return s.turnedAway(c, context.Cause(ctx), false)
	case err != nil:
		return err
	}
	return s.showRace(c, http.StatusOK, v, last)
}

// commandRace is what the buttons send.
func (s *server) commandRace(c echo.Context) error {
	run := s.races.find(c.Param("id"))
	if run == nil || !run.command(c.Param("command")) {
		return notFound("There is no such race, or it is over.", views.Link{Address: race.Address, Text: "Start another one"})
	}
	return c.NoContent(http.StatusNoContent)
}
