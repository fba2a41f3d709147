package handlers

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"descent/classroom"
)

// What the student wrote and is called, which nobody else may see.
const (
	secretAnswer = "987654.125"
	secretDraft  = "123456.875"
	secretName   = "Ada of the secret"
)

// addresses are those of all routes, with the parameters of a student's work.
func addresses(s *school, link, student string) []string {
	with := strings.NewReplacer(":student", student, ":exercise", "sum", ":attempt", "1", ":command", "stop", ":slug", "practice", ":token", strings.TrimPrefix(link, "/work/link/"), ":code", "AAAA", ":kind", "descent", ":name", "x", "*", "x")
	seen := map[string]bool{}
	var all []string
	for _, r := range s.prepared(s.store).routes().Routes() {
		for _, id := range []string{"sum", "single", "a", "b"} {
			address := strings.ReplaceAll(with.Replace(r.Path), ":id", id)
			if !seen[address] && strings.HasPrefix(address, "/") {
				seen[address] = true
				all = append(all, address)
			}
		}
	}
	return all
}

// Whoever asks, by whatever address: a student's work is seen and changed by that student alone. The personal link is not among
// what the others have; that it opens the work is what it is for.
func TestRolesAndRoutes(t *testing.T) {
	s := newSchool(t)
	s.room("a", "AAAA")
	s.room("b", "BBBB")
	student := s.pupil()
	student.send(http.MethodPost, "/join", url.Values{"code": {"AAAA"}, "name": {secretName}})
	student.done(sumAddress, "check", variantNumber(t, student), "answer", secretAnswer)
	student.done(singleAddress, "draft", 0, "answer", secretDraft)
	personalLink(t, student)
	before := everythingOf(t, s, student)
	if !strings.Contains(before, secretAnswer) || !strings.Contains(before, secretDraft) || !strings.Contains(before, secretName) {
		t.Fatalf("the student's work is not there: %s", before)
	}
	for _, address := range []string{"/work.json", "/work", "/lessons/practice"} {
		if body := student.read(address); !strings.Contains(body, secretAnswer) && !strings.Contains(body, secretDraft) && !strings.Contains(body, secretName) {
			t.Errorf("the student does not find the own work at %s", address)
		}
	}

	roles := map[string]*pupil{"nobody": s.pupil(), "a student alone": s.pupil(), "a student of another classroom": s.pupil(), "a student of the same classroom": s.pupil()}
	roles["a student alone"].done(sumAddress, "draft", 0, "answer", "1")
	roles["a student of another classroom"].send(http.MethodPost, "/join", url.Values{"code": {"BBBB"}, "name": {"Bob"}})
	roles["a student of the same classroom"].send(http.MethodPost, "/join", url.Values{"code": {"AAAA"}, "name": {"Cleo"}})
	token := classroom.NewToken()
	if err := s.store.SetOwnerHash(context.Background(), classroom.OwnerHash(token)); err != nil {
		t.Fatal(err)
	}
	roles["the owner"] = s.pupil()
	if w := roles["the owner"].send(http.MethodGet, "/owner/"+token, nil); w.Code != http.StatusSeeOther {
		t.Fatalf("the owner is not let in: %d", w.Code)
	}
	if body := roles["the owner"].read("/classrooms/a/attempts.jsonl"); !strings.Contains(body, secretAnswer) {
		t.Error("the owner does not see the answers of a classroom")
	}
	id := student.student().ID
	all := addresses(s, "/work/link/"+classroom.NewToken(), id)
	if len(all) < 50 {
		t.Fatalf("only %d addresses", len(all))
	}
	for role, v := range roles {
		own := v.cookies["descent-work"]
		for _, address := range all {
			if strings.Contains(address, ":") {
				t.Fatalf("%s has a parameter that this test does not know", address)
			}
			if role == "the owner" && strings.HasPrefix(address, "/classrooms") {
				continue // what owners may see and do there is tested beside it
			}
			for _, query := range []string{"", "?student=" + id + "&id=" + id + "&name=Ada"} {
				if strings.HasPrefix(address, "/lab") && query != "" { // an instrument knows nothing of students; once is enough
					continue
				}
				if w := v.send(http.MethodGet, address+query, nil); holdsSecret(w.Body.String()) {
					t.Errorf("%s sees the work at %s", role, address)
				}
			}
			if strings.HasPrefix(address, "/lab/sgd/race") {
				continue // it takes seconds, and is no place of work
			}
			for _, action := range []string{"check", "draft", "hint", "give-up", "another"} {
				form := url.Values{"action": {action}, "variant": {"0"}, "answer": {"1"}, "student": {id}, "id": {id}, "name": {"Mallory"}, "code": {"none"}}
				w := v.send(http.MethodPost, address, form)
				if w.Code >= 500 {
					t.Errorf("%s: POST %s answers %d", role, address, w.Code)
				}
				if holdsSecret(w.Body.String()) {
					t.Errorf("%s sees the work at POST %s", role, address)
				}
				if w.Code == http.StatusNotFound || w.Code == http.StatusMethodNotAllowed {
					break
				}
				if own != "" { // what ended the session or deleted the own work is no excuse for the rest of the walk
					v.cookies["descent-work"] = own
				}
			}
		}
	}
	if after := everythingOf(t, s, student); after != before {
		t.Errorf("the work was changed:\n%s\nbefore:\n%s", after, before)
	}
}

func holdsSecret(body string) bool {
	return strings.Contains(body, secretAnswer) || strings.Contains(body, secretDraft) || strings.Contains(body, secretName)
}

// everythingOf is what the store has of a student.
func everythingOf(t *testing.T, s *school, v *pupil) string {
	t.Helper()
	student := v.student()
	works, err := s.store.Works(context.Background(), student.ID)
	if err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal([]any{student, works})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// Forms that come from other sites are answered with 403, whoever sends them, and do nothing.
func TestForeignForms(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	v.done(sumAddress, "draft", 0, "answer", "1")
	before := everythingOf(t, s, v)
	for _, from := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}, {"Origin": {"null"}}} {
		v.header = from
		for _, address := range addresses(s, "/work/link/"+classroom.NewToken(), v.student().ID) {
			w := v.send(http.MethodPost, address, url.Values{"action": {"check"}, "variant": {"0"}, "answer": {"2"}})
			if w.Code != http.StatusForbidden || len(w.Result().Cookies()) > 0 {
				t.Errorf("%v: POST %s answers %d", from, address, w.Code)
			}
		}
	}
	if after := everythingOf(t, s, v); after != before {
		t.Error("a form of another site changed the work")
	}
}

// No token of an address is logged, whatever becomes of the request.
func TestTokensAreNotLogged(t *testing.T) {
	s := newSchool(t)
	token := classroom.NewToken()
	for _, address := range []string{"/work/link/" + token, "/work/link/" + token + "/", "/owner/" + token, "/owner/" + token + "/classrooms", "//work/link/" + token, "/Work/Link/" + token, "/work/link/" + token + "/x", "/nowhere/" + token} {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut} {
			s.pupil().send(method, address, url.Values{})
		}
	}
	s.pupil().send(http.MethodGet, "/join/SECRETCODE", nil)
	if log := s.log.String(); strings.Contains(log, token) || strings.Contains(log, "SECRETCODE") || !strings.Contains(log, "path=/work/link/…") {
		t.Errorf("the log: %s", log)
	}
}

// hostile are names and answers that would be something else than text if they were not escaped.
var hostile = []string{
	`<script>document.title='hit'</script>`,
	`"><script>document.title='hit'</script>`,
	`'><img src=x onerror=document.title='hit'>`,
	`</textarea></title></style><script>document.title='hit'</script>`,
	`javascript:document.title='hit'`,
	`{{7*7}}${7*7}<%= 7*7 %>`,
	`<svg onload=document.title='hit'>`,
	`<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
	"\" autofocus onfocus=document.title='hit' x=\"",
	`<!--<script>`, `]]><b>`, `&lt;script&gt;`, "a\u2028b", "\u202eevil", `<base href=//evil.example>`,
}

func TestHostileTextIsEscaped(t *testing.T) {
	s := newSchool(t)
	s.room("a", "AAAA")
	v := s.pupil()
	v.done(sumAddress, "draft", 0, "answer", "1")
	for _, text := range hostile {
		w := v.press(sumAddress, "check", 0, "answer", text)
		bare(t, text, w.Body.String())
		v.press(sumAddress, "draft", 0, "answer", text, text, text)
		bare(t, text, v.read(sumAddress))
		bare(t, text, v.read("/lessons/practice"))
		name := text
		if runes := []rune(text); len(runes) > 60 {
			name = string(runes[:60])
		}
		w = v.send(http.MethodPost, "/join", url.Values{"code": {"AAAA"}, "name": {name}})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("name %q: %d", name, w.Code)
		}
		bare(t, text, v.read("/work"))
		bare(t, text, v.read("/work/delete"))
		bare(t, text, s.pupil().read(personalLink(t, v)))
		bare(t, text, v.send(http.MethodPost, "/join", url.Values{"code": {text}, "name": {text + text}}).Body.String())
		bare(t, text, s.pupil().send(http.MethodGet, "/join/"+url.PathEscape(text), nil).Body.String())
	}
}

// bare fails the test if a text stands in a page as it was sent, so that it could be markup.
func bare(t *testing.T, text, body string) {
	t.Helper()
	if strings.ContainsAny(text, `<"'`) && strings.Contains(body, text) {
		t.Errorf("%q stands unescaped in a page", text)
	}
}
