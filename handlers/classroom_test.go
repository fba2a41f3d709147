package handlers

import (
	"cmp"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"descent/classroom"
	"descent/classroom/classroomtest"
)

// The owner's link admits a browser, keeps out of log and address bar, and is void when there is a new one.
func TestOwnerLink(t *testing.T) {
	h := newHall(t, 3, 3, 1)
	w := h.pupil().send(http.MethodGet, "/owner/"+h.token, nil)
	cookie := w.Result().Cookies()[0]
	if cookie.Name != "descent-owner" || !cookie.HttpOnly || cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.MaxAge <= 0 || cookie.Value == h.token {
		t.Errorf("the cookie is %+v", cookie)
	}
	if !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
		t.Error("the answer to the link may be stored")
	}
	secure := httptest.NewRequest(http.MethodGet, "/owner/"+h.token, nil)
	secure.Header.Set("X-Forwarded-Proto", "https")
	secure.RemoteAddr = "127.0.0.1:1"
	w = httptest.NewRecorder()
	h.site.ServeHTTP(w, secure)
	if c := w.Result().Cookies()[0]; c.Name != "__Host-descent-owner" || !c.Secure || c.Path != "/" || c.Domain != "" {
		t.Errorf("under HTTPS the cookie is %+v", c)
	}
	for _, wrong := range []string{"x", classroom.NewToken(), h.token + "x", h.owner.cookies["descent-owner"], classroom.OwnerHash(h.token)} {
		w := h.pupil().send(http.MethodGet, "/owner/"+wrong, nil)
		if w.Code != http.StatusNotFound || len(w.Result().Cookies()) > 0 || !strings.Contains(w.Body.String(), "not the owner’s link") {
			t.Errorf("a wrong link answers %d", w.Code)
		}
	}
	if body := h.owner.read("/classrooms"); !strings.Contains(body, "Optimization, winter term") {
		t.Error("the owner sees no classroom")
	}
	if err := h.store.SetOwnerHash(t.Context(), classroom.OwnerHash(classroom.NewToken())); err != nil {
		t.Fatal(err)
	}
	if w := h.owner.send(http.MethodGet, "/classrooms", nil); w.Code != http.StatusForbidden {
		t.Errorf("after a new link the old session is answered %d", w.Code)
	}
	for _, secret := range []string{h.token, h.owner.cookies["descent-owner"]} {
		if strings.Contains(h.log.String(), secret) {
			t.Error("the log has the owner's token or session")
		}
	}
}

// Who holds the owner's link finds the classrooms again from every page; nobody else is led there, and no cache gives the page to others.
func TestHeadLeadsTheOwnerToTheClassrooms(t *testing.T) {
	h := newHall(t, 1, 3, 1)
	link := `href="/classrooms"`
	for _, path := range []string{"/", "/work", "/lessons/slopes", "/lessons/slopes/exercises/step-00"} {
		w := h.owner.send(http.MethodGet, path, nil)
		if !strings.Contains(w.Body.String(), link) || w.Header().Get("Cache-Control") != privately {
			t.Errorf("%s: %d, %q, no way to the classrooms", path, w.Code, w.Header().Get("Cache-Control"))
		}
		if w := h.pupil().send(http.MethodGet, path, nil); strings.Contains(w.Body.String(), link) {
			t.Errorf("%s leads everybody to the classrooms", path)
		}
	}
}

func TestOwnerSignsOut(t *testing.T) {
	h := newHall(t, 3, 3, 1)
	if w := h.owner.send(http.MethodPost, "/owner/out", url.Values{}); w.Code != http.StatusSeeOther {
		t.Fatalf("signing out is answered %d", w.Code)
	}
	if w := h.owner.send(http.MethodGet, "/classrooms", nil); w.Code != http.StatusForbidden || len(h.owner.cookies) > 0 {
		t.Errorf("afterwards: %d, cookies %v", w.Code, h.owner.cookies)
	}
}

// ownersRoutes are all that only the owner may use.
func ownersRoutes(h *hall) (get, post []string) {
	student, first := "/students/"+h.class.Students[0].ID, "/exercises/"+h.class.Works[0].Exercise
	get = []string{"/classrooms", h.at(""), h.at(first), h.at(student), h.at("/gradebook.csv"), h.at("/attempts.jsonl"), h.at("/regrade?exercise=" + h.class.Works[0].Exercise)}
	post = []string{"/classrooms", h.at(""), h.at("/code"), h.at("/delete"), h.at("/attempts/1/settle"), h.at(student + "/delete"), h.at("/regrade")}
	return get, post
}

// Nobody but the owner reads or changes anything below /classrooms, a student of the class as little as a stranger, and other sites cannot act
// through the owner's browser.
func TestOnlyTheOwner(t *testing.T) {
	h := newHall(t, 3, 3, 1)
	student := h.pupil()
	session := classroom.NewToken()
	if err := h.store.AddSession(t.Context(), h.class.Students[0].ID, classroom.Hash(session)); err != nil {
		t.Fatal(err)
	}
	student.cookies["descent-work"] = session
	guesser := h.pupil()
	guesser.cookies["descent-owner"] = classroom.NewToken()
	gets, posts := ownersRoutes(h)
	form := url.Values{"name": {"hit"}, "sure": {"yes"}, "outcome": {"right"}, "exercise": {h.class.Works[0].Exercise}}
	for who, b := range map[string]*pupil{"a stranger": h.pupil(), "a student": student, "a guesser": guesser} {
		for _, address := range gets {
			if w := b.send(http.MethodGet, address, nil); w.Code != http.StatusForbidden || strings.Contains(w.Body.String(), "Optimization, winter term") {
				t.Errorf("%s gets %d at %s", who, w.Code, address)
			}
		}
		for _, address := range posts {
			if w := b.send(http.MethodPost, address, form); w.Code != http.StatusForbidden {
				t.Errorf("%s gets %d from a form to %s", who, w.Code, address)
			}
		}
	}
	foreign := h.admitted()
	foreign.header.Set("Sec-Fetch-Site", "cross-site")
	for _, address := range append(posts, "/owner/out") {
		if w := foreign.send(http.MethodPost, address, form); w.Code != http.StatusForbidden {
			t.Errorf("another site gets %d from %s", w.Code, address)
		}
	}
	for _, address := range gets {
		w := h.owner.send(http.MethodGet, address, nil)
		if w.Code != http.StatusOK || !strings.Contains(w.Header().Get("Cache-Control"), "no-store") {
			t.Errorf("the owner gets %d at %s, Cache-Control %q", w.Code, address, w.Header().Get("Cache-Control"))
		}
	}
	rooms, err := h.store.Classrooms(t.Context())
	if err != nil || len(rooms) != 1 || rooms[0].Name == "hit" || rooms[0].Code != h.class.Classroom.Code {
		t.Errorf("the classrooms are %v, %v", rooms, err)
	}
}

// Without a store there are no classrooms, and nothing breaks.
func TestNoStoreNoClassrooms(t *testing.T) {
	site, _ := siteWithLog(t)
	for address, want := range map[string]int{"/classrooms": http.StatusForbidden, "/owner/x": http.StatusNotFound} {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
		if w.Code != want {
			t.Errorf("%s answers %d", address, w.Code)
		}
	}
}

func TestOpenClassroom(t *testing.T) {
	h := newHall(t, 3, 3, 1)
	for _, tt := range []struct{ name, want string }{
		{"", "Give the classroom a name."}, {"   ", "Give the classroom a name."}, {strings.Repeat("é", 61), "has 61 characters"}, {"a\nb", "signs that cannot be shown"}, {"a\xffb", "signs that cannot be shown"},
	} {
		for _, address := range []string{"/classrooms", h.at("")} {
			w := h.owner.send(http.MethodPost, address, url.Values{"name": {tt.name}})
			if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), tt.want) || !strings.Contains(w.Body.String(), `aria-describedby="class-name-error"`) {
				t.Errorf("%q at %s is answered %d", tt.name, address, w.Code)
			}
		}
	}
	const name = `<script>alert(1)</script> & "Übung"`
	w := h.owner.send(http.MethodPost, "/classrooms", url.Values{"name": {" " + name + " "}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("a new classroom is answered %d", w.Code)
	}
	address := w.Header().Get("Location")
	body := h.owner.read(address)
	if !strings.Contains(body, "<h1>"+html.EscapeString(name)+"</h1>") || !strings.Contains(body, "Nobody has joined yet.") || !strings.Contains(body, "example.com/join") {
		t.Error("the new classroom lacks its name, or how to join")
	}
	code := regexp.MustCompile(`<dd class="class-code">([A-Z0-9]{4}) ([A-Z0-9]{4})</dd>`)
	old := code.FindStringSubmatch(body)
	if old == nil || strings.ContainsAny(old[1]+old[2], "01258BILOSZ") {
		t.Fatalf("the code is %v", old)
	}
	if w := h.owner.send(http.MethodPost, address+"/code", url.Values{}); w.Code != http.StatusSeeOther {
		t.Fatalf("a new code is answered %d", w.Code)
	}
	if _, err := h.store.ClassroomOfCode(t.Context(), old[1]+old[2]); !isNotFound(err) {
		t.Errorf("the old code still admits: %v", err)
	}
	if w := h.owner.send(http.MethodPost, address, url.Values{"name": {"Another name"}}); w.Code != http.StatusSeeOther || !strings.Contains(h.owner.read(address), "<h1>Another name</h1>") {
		t.Error("it is not renamed")
	}
	if w := h.owner.send(http.MethodPost, address+"/delete", url.Values{}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("deleting without being sure is answered %d", w.Code)
	}
	if w := h.owner.send(http.MethodPost, address+"/delete", url.Values{"sure": {"yes"}}); w.Code != http.StatusSeeOther {
		t.Errorf("deleting is answered %d", w.Code)
	}
	if w := h.owner.send(http.MethodGet, address, nil); w.Code != http.StatusNotFound {
		t.Errorf("a deleted classroom answers %d", w.Code)
	}
}

// What the dashboard of 200 students says of each of 30 exercises, and of each student, is what counting the attempts gives.
func TestDashboardNumbers(t *testing.T) {
	h := newHall(t, 200, 30, 0.25)
	body := h.owner.read(h.at("?order=lesson"))
	tables := strings.Split(body, "<tbody>")
	rows := strings.Split(tables[1], "<tr>")[1:]
	for i, e := range h.exercises() {
		var answers, solved, tried int
		var tries []int
		wrong := map[string]int{}
		for _, w := range h.class.Works {
			if w.Exercise != e {
				continue
			}
			tried++
			decided := 0
			for _, a := range w.Attempts {
				answers++
				switch a.Outcome {
				case classroom.Right:
					solved++
					tries = append(tries, decided+1)
				case classroom.Wrong:
					decided++
					wrong[a.Diagnosis]++
				}
			}
		}
		slices.Sort(tries)
		median := strconv.FormatFloat(float64(tries[(len(tries)-1)/2]+tries[len(tries)/2])/2, 'f', -1, 64)
		row := shownWords(rows[i])
		want := fmt.Sprintf("%d of %d %d %s ", solved, tried, answers, median)
		if !strings.Contains(row, want) {
			t.Errorf("%s: the page says %q, counted %q", e, row, want)
		}
		most := slices.MaxFunc(keys(wrong), func(a, b string) int { return cmp.Compare(wrong[a], wrong[b]) })
		words := map[string]string{"": "no known mistake", "forgot-the-first": "forgot the first", "wrong-sign": "wrong sign"}[most]
		if !strings.Contains(row, fmt.Sprintf("%d %s", wrong[most], words)) {
			t.Errorf("%s: the page says %q, the most frequent mistake is %s, %d times", e, row, words, wrong[most])
		}
	}
	checkStudentRows(t, h, strings.Split(tables[2], "<tr>")[1:])
}

func checkStudentRows(t *testing.T, h *hall, rows []string) {
	t.Helper()
	if len(rows) != len(h.class.Students) {
		t.Fatalf("%d rows for %d students", len(rows), len(h.class.Students))
	}
	byID := map[string]string{}
	for _, row := range rows {
		byID[regexp.MustCompile(`/students/([\w-]+)`).FindStringSubmatch(row)[1]] = row
	}
	worth := map[string]float64{}
	for _, l := range h.list {
		for _, e := range l.Exercises() {
			worth[l.Slug+"/"+e.ID] = e.Points
		}
	}
	for _, s := range h.class.Students {
		var solved, tried, answers int
		points := 0.0
		for _, w := range h.class.Works {
			if w.Student != s.ID {
				continue
			}
			tried++
			answers += len(w.Attempts)
			if last := w.Attempts[len(w.Attempts)-1]; last.Outcome == classroom.Right {
				solved++
				points += worth[w.Exercise] * last.Score
			}
		}
		want := fmt.Sprintf("%d %d %d %s ", solved, tried-solved, answers, strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(points, 'f', 2, 64), "0"), "."))
		if got := shownWords(byID[s.ID]); !strings.Contains(got, want) {
			t.Errorf("%s: the page says %q, counted %q", s.Name, got, want)
		}
	}
}

func (h *hall) exercises() []string {
	var all []string
	for _, l := range h.list {
		for _, e := range l.Exercises() {
			all = append(all, l.Slug+"/"+e.ID)
		}
	}
	return all
}

func keys(m map[string]int) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// An undecided answer is settled as right, as wrong, and taken back; the score follows the rules, and nothing else can be settled.
func TestSettle(t *testing.T) {
	h := newHall(t, 40, 3, 1)
	var open, decided *classroom.Attempt
	var before int
	for i := range h.class.Works {
		w := &h.class.Works[i]
		for j := range w.Attempts {
			a := &w.Attempts[j]
			if a.Outcome == classroom.Wrong {
				decided = a
			}
			if a.Outcome == classroom.Undecided && open == nil && j > 0 && w.Attempts[0].Outcome == classroom.Wrong {
				open, before = a, 0
				for _, b := range w.Attempts[:j] {
					if b.Outcome == classroom.Wrong {
						before++
					}
				}
			}
		}
	}
	address := h.at("/exercises/" + open.Exercise)
	id := strconv.FormatInt(open.ID, 10)
	if body := h.owner.read(address); !strings.Contains(body, `id="answer-`+id+`"`) || !strings.Contains(body, "To be settled by hand") {
		t.Fatal("the undecided answer is not offered")
	}
	settled := func() classroom.Attempt {
		a, err := h.store.Attempt(t.Context(), h.class.Classroom.ID, open.ID)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	w := h.post("/attempts/"+id+"/settle?names=hidden", "outcome", "right")
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != address+"?names=hidden#answer-"+id {
		t.Errorf("settling answers %d to %s", w.Code, w.Header().Get("Location"))
	}
	want := 1 - 0.1*float64(before)
	for n := range open.Hints {
		want -= []float64{0.1, 0.2}[n]
	}
	if a := settled(); a.Settled != classroom.Right || a.Score < want-1e-9 || a.Score > want+1e-9 {
		t.Errorf("settled %q with %g, want %g after %d tries and %d hints", a.Settled, a.Score, want, before, open.Hints)
	}
	for _, outcome := range []string{"wrong", ""} {
		if w := h.post("/attempts/"+id+"/settle", "outcome", outcome); w.Code != http.StatusSeeOther {
			t.Errorf("settling as %q answers %d", outcome, w.Code)
		}
		if a := settled(); string(a.Settled) != outcome || a.Score != 0 {
			t.Errorf("settled %q with %g, want %q", a.Settled, a.Score, outcome)
		}
	}
	for _, tt := range []struct {
		attempt, outcome string
		want             int
	}{
		{id, "maybe", http.StatusConflict}, {strconv.FormatInt(decided.ID, 10), "right", http.StatusConflict}, {"0", "right", http.StatusNotFound}, {"x", "right", http.StatusNotFound}, {"99999999999999999999", "right", http.StatusNotFound},
	} {
		if w := h.post("/attempts/"+tt.attempt+"/settle", "outcome", tt.outcome); w.Code != tt.want {
			t.Errorf("settling %s as %q answers %d, want %d", tt.attempt, tt.outcome, w.Code, tt.want)
		}
	}
	if w := h.post("/attempts/" + id + "/settle"); w.Code != http.StatusConflict {
		t.Errorf("a form without an outcome answers %d", w.Code)
	}
}

// An exercise's page tells what students are told of each mistake, with their answers.
func TestMistakesInWords(t *testing.T) {
	h := newHall(t, 60, 3, 1)
	body := h.owner.read(h.at("/exercises/" + h.exercises()[1]))
	for _, want := range []string{"The sign is the other one.", "You left out", "no known mistake", "12345"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if w := h.owner.send(http.MethodGet, h.at("/exercises/slopes/nothing"), nil); w.Code != http.StatusNotFound {
		t.Errorf("an unknown exercise answers %d", w.Code)
	}
}

// A student of the class is deleted after a tick, with everything; one of another class is not there.
func TestDeleteStudent(t *testing.T) {
	h := newHall(t, 3, 3, 1)
	other := classroom.Student{ID: classroom.NewToken(), Created: time.Now()}
	if err := h.store.AddStudent(t.Context(), other, classroom.Hash(classroom.NewToken())); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/students/" + other.ID, "/students/nobody"} {
		if w := h.owner.send(http.MethodGet, h.at(path), nil); w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, w.Code)
		}
		if w := h.post(path+"/delete", "sure", "yes"); w.Code != http.StatusNotFound {
			t.Errorf("deleting %s answers %d", path, w.Code)
		}
	}
	if _, err := h.store.Student(t.Context(), other.ID); err != nil {
		t.Error(err)
	}
	path := "/students/" + h.class.Students[1].ID
	if w := h.post(path + "/delete"); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "Tick the box") {
		t.Errorf("deleting without a tick answers %d", w.Code)
	}
	if w := h.post(path+"/delete", "sure", "yes"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != h.at("") {
		t.Errorf("deleting answers %d", w.Code)
	}
	if _, err := h.store.Works(t.Context(), h.class.Students[1].ID); !isNotFound(err) {
		t.Errorf("the work is still there: %v", err)
	}
}

// With hidden names no page has one, not even in its source, and every link on it hides them too.
func TestHiddenNames(t *testing.T) {
	h := newHall(t, 60, 6, 0.5)
	student, first := "/students/"+h.class.Students[0].ID, "/exercises/"+h.exercises()[0]
	h.teach(curriculum(6, "What is", " + 1"))
	pages := []string{h.at(""), h.at(first), h.at(student), h.at("/regrade?exercise=" + h.exercises()[0]), h.at("/gradebook.csv"), h.at("/attempts.jsonl"), h.at("?order=points"), h.at("?order=lesson")}
	links := regexp.MustCompile(`(?:href|action)="(/classrooms/[^"#]*)`)
	for _, address := range pages {
		hidden := address + map[bool]string{true: "&", false: "?"}[strings.Contains(address, "?")] + "names=hidden"
		body := h.owner.read(hidden)
		for _, s := range h.class.Students {
			for _, form := range []string{s.Name, html.EscapeString(s.Name), url.QueryEscape(s.Name)} {
				if len(form) > 2 && strings.Contains(body, form) {
					t.Errorf("%s has the name %q", hidden, s.Name)
				}
			}
		}
		if !strings.Contains(body, "Student 1") && address != h.at(student) && address != h.at(first) {
			t.Errorf("%s has no numbers for students", hidden)
		}
		shown := 0
		for _, m := range links.FindAllStringSubmatch(body, -1) {
			if !strings.Contains(m[1], "names=hidden") {
				shown++ // the one that shows names again
			}
		}
		if html := strings.HasPrefix(strings.TrimSpace(body), "<!"); html && shown != 1 {
			t.Errorf("%s has %d links that show names", hidden, shown)
		}
	}
	var again []string
	for range 2 {
		again = append(again, strings.Join(regexp.MustCompile(`Student \d+`).FindAllString(h.owner.read(h.at("?names=hidden")), -1), " "))
	}
	if again[0] != again[1] {
		t.Error("the numbers change from one page to the next")
	}
}

// The exercises of the built-in lessons, of every kind, have their pages, and judge anew the answers that they judged.
func TestClassOfTheBuiltInLessons(t *testing.T) {
	h := newHall(t, 1, 3, 1)
	list := builtInLessons(t)
	h.list = list
	h.serve(h.store, h.log)
	class := classroomtest.Invent(3, 12, forClass(list), 1)
	class.Classroom.Code = "ACDEFGHJ"
	for i := range class.Works {
		for j := range class.Works[i].Attempts {
			class.Works[i].Attempts[j].Rule = "older"
		}
	}
	if err := classroomtest.Fill(t.Context(), h.store, class); err != nil {
		t.Fatal(err)
	}
	h.class = class
	if len(h.exercises()) < 10 {
		t.Fatalf("only %d exercises", len(h.exercises()))
	}
	h.owner.read(h.at(""))
	h.owner.read(h.at("/students/" + class.Students[0].ID))
	for _, name := range h.exercises() {
		if body := h.owner.read(h.at("/exercises/" + name)); strings.Contains(body, "@{") {
			t.Errorf("%s has an empty hole", name)
		}
		body := h.owner.read(h.at("/regrade?exercise=" + name))
		if strings.Contains(body, "Judge the next ones") {
			continue // on a machine under load
		}
		if w := h.post("/regrade", "exercise", name, "digest", digestField.FindStringSubmatch(body)[1]); w.Code != http.StatusSeeOther {
			t.Errorf("%s: applying answers %d", name, w.Code)
		}
		if n := h.judged(name, classroom.Right); n == 0 {
			t.Errorf("%s: no model answer is right", name)
		}
	}
}
