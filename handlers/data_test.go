package handlers

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/optim/dataset"
)

// A visitor is a browser that keeps cookies, at a site of its own.
type visitor struct {
	t       testing.TB
	site    http.Handler
	cookies []*http.Cookie
	scheme  string
}

// siteWithLog is a site whose log can be read. It has no lessons: their cells
// would be run again.
func siteWithLog(t testing.TB) (http.Handler, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	h, err := New(Config{Lessons: []*lessons.Lesson{}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	return h, &log
}

func (v *visitor) send(r *http.Request) *httptest.ResponseRecorder {
	v.t.Helper()
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
	if v.scheme != "" {
		r.Header.Set("X-Forwarded-Proto", v.scheme) // by a proxy on this machine
		r.RemoteAddr = "127.0.0.1:1"
	}
	w := httptest.NewRecorder()
	v.site.ServeHTTP(w, r)
	v.cookies = append(v.cookies, w.Result().Cookies()...)
	return w
}

func (v *visitor) get(address string) *httptest.ResponseRecorder {
	v.t.Helper()
	return v.send(httptest.NewRequest(http.MethodGet, address, nil))
}

func (v *visitor) post(address string, form url.Values) *httptest.ResponseRecorder {
	v.t.Helper()
	r := httptest.NewRequest(http.MethodPost, address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.send(r)
}

// tableForm is a form with a pasted text and, unless name is "", a file.
func tableForm(t testing.TB, text, name, file string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	m.WriteField("text", text)
	part, err := m.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write([]byte(file))
	m.Close()
	r := httptest.NewRequest(http.MethodPost, "/data", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return r
}

// paste gives a table and returns its id.
func (v *visitor) paste(text string) string {
	v.t.Helper()
	w := v.send(tableForm(v.t, text, "", ""))
	id, ok := strings.CutPrefix(w.Header().Get("Location"), "/data/choose?data=")
	if w.Code != http.StatusSeeOther || !ok {
		v.t.Fatalf("a table is answered with %d, %q", w.Code, w.Header().Get("Location"))
	}
	return id
}

// choose makes a set and returns its id.
func (v *visitor) choose(id, label string, features ...string) string {
	v.t.Helper()
	w := v.post("/data/choose", url.Values{"data": {id}, "label": {label}, "features[]": features})
	chosen, ok := strings.CutPrefix(w.Header().Get("Location"), "/data/choose?data=")
	if w.Code != http.StatusSeeOther || !ok {
		v.t.Fatalf("a choice is answered with %d: %s", w.Code, errorsOf(w))
	}
	return strings.TrimSuffix(chosen, "#use")
}

// errorsOf is what a page says in its error messages.
func errorsOf(w *httptest.ResponseRecorder) string {
	var all []string
	for _, m := range regexp.MustCompile(`(?s)<p class="error"[^>]*>(.*?)</p>`).FindAllStringSubmatch(w.Body.String(), -1) {
		all = append(all, strings.Join(strings.Fields(m[1]), " "))
	}
	return strings.Join(all, " ")
}

const secretTable = "länge;breite;Geheimnis\n1,5;2,25;Zyankali\n2,5;3;Arsen\n3,5;1;Zyankali\n1,25;4;Arsen\n"

func TestOwnData(t *testing.T) {
	site, log := siteWithLog(t)
	v := &visitor{t: t, site: site}
	id := v.paste(secretTable)
	w := v.get("/data/choose?data=" + id)
	if strings.Contains(w.Body.String(), "/lab/sgd?data=") {
		t.Error("there are links to instruments before there is a set")
	}
	for _, want := range []string{"semicolon", "comma", "länge", "Zyankali against Arsen", `value="3:1" selected`} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the choice lacks %q", want)
		}
	}
	if chosen := v.choose(id, "3:1", "1", "2", "3"); chosen != id {
		t.Errorf("the first choice has the id %s, not the table's %s", chosen, id)
	}
	if body := v.get("/data/choose?data=" + id).Body.String(); !strings.Contains(body, `href="/lab/sgd?data=`+id+`&amp;batch=1"`) || !strings.Contains(body, `href="/lab/logistic?data=`+id+`"`) {
		t.Error("the links to the instruments are missing")
	}
	for _, address := range []string{"/data", "/data/choose?data=" + id, "/lab/logistic?data=" + id, "/lab/sgd?batch=1&data=" + id, "/lab/logistic.json?data=" + id, "/lab/sgd.csv?batch=1&data=" + id, "/lab/logistic.svg?data=" + id, "/lab/logistic.share?data=" + id, "/embed/lab/sgd?batch=1&data=" + id} {
		w := v.get(address)
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "breite") && address != "/data" && !strings.Contains(address, ".share") {
			t.Errorf("%s answers %d without the feature's name", address, w.Code)
		}
		if got := w.Header().Get("Cache-Control"); got != "private, no-store" {
			t.Errorf("%s: Cache-Control %q", address, got)
		}
		if w.Header().Get("ETag") != "" {
			t.Errorf("%s has an ETag", address)
		}
	}
	if w := v.get("/lab/logistic.json?data=" + id); !strings.Contains(w.Body.String(), `"classes":["Arsen","Zyankali"]`) || !strings.Contains(w.Body.String(), `"rows":4`) {
		t.Errorf("the run says %.300s", w.Body.String())
	}
	again := v.choose(id, "3:0", "1", "2")
	if again == id {
		t.Error("another choice has the same id: pictures of the first would be shown for it")
	}
	for _, address := range []string{"/lab/logistic", "/lab/logistic?data=" + id} {
		w := v.get(address)
		if n := strings.Count(w.Body.String(), ": Zyankali or Arsen</option>"); n != 1 || !strings.Contains(w.Body.String(), ": Arsen or Zyankali</option>") || w.Header().Get("Cache-Control") != "private, no-store" {
			t.Errorf("%s does not offer both sets once, or may be kept in caches", address)
		}
	}
	if w := v.get("/lab/descent"); strings.Contains(w.Body.String(), "Arsen") || w.Header().Get("Cache-Control") != "no-cache" {
		t.Error("an instrument without data knows of them")
	}
	if got := v.get("/lab/logistic.svg?data=" + id).Body.String(); got == v.get("/lab/logistic.svg?data="+again).Body.String() {
		t.Error("another choice has the same picture")
	}
	v.send(tableForm(t, "x,y\nZyankali,1\n2", "", ""))
	v.post("/data/delete", url.Values{"data": {id}})
	if w := v.get("/data/choose?data=" + id); w.Code != http.StatusNotFound {
		t.Errorf("a deleted table answers %d", w.Code)
	}
	for _, secret := range []string{"länge", "breite", "Zyankali", "Arsen", "Geheimnis", "own-", v.cookies[0].Value} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log has %q", secret)
		}
	}
	if !strings.Contains(log.String(), "path=/data/choose") {
		t.Errorf("the log lacks what it should have:\n%s", log)
	}
}

func TestOwnDataOfAnotherVisitor(t *testing.T) {
	site, _ := siteWithLog(t)
	mine, other := &visitor{t: t, site: site}, &visitor{t: t, site: site}
	id := mine.choose(mine.paste(secretTable), "3:1", "1", "2")
	if w := mine.get("/lab/logistic?data=" + id); w.Code != http.StatusOK {
		t.Fatalf("own data answer %d", w.Code)
	}
	other.paste("x,y,label\n1,2,a\n2,1,b\n")
	for _, v := range []*visitor{other, {t: t, site: site}, {t: t, site: site, cookies: []*http.Cookie{{Name: "descent-session", Value: strings.Repeat("A", 22)}}}} {
		for _, address := range []string{"/lab/logistic?data=" + id, "/lab/sgd?data=" + id, "/lab/logistic.json?data=" + id, "/lab/logistic.svg?data=" + id, "/lab/logistic.film?data=" + id, "/data/choose?data=" + id, "/data", "/lab/sgd?"} {
			w := v.get(address)
			body := w.Body.String()
			for _, secret := range []string{"länge", "breite", "Zyankali", "Arsen", "Geheimnis"} {
				if strings.Contains(body, secret) {
					t.Errorf("%s shows %q to another visitor", address, secret)
				}
			}
			if strings.Contains(address, id) && strings.HasPrefix(address, "/lab") && (w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, "another browser session")) {
				t.Errorf("%s answers %d to another visitor: %.200s", address, w.Code, errorsOf(w))
			}
		}
		v.post("/data/delete", url.Values{"data": {id}})
		if w := v.post("/data/choose", url.Values{"data": {id}, "label": {"3:1"}, "features[]": {"1", "2"}}); w.Code != http.StatusNotFound {
			t.Errorf("another visitor's choice answers %d", w.Code)
		}
	}
	if w := mine.get("/lab/logistic?data=" + id); w.Code != http.StatusOK {
		t.Errorf("after another visitor's attempts own data answer %d", w.Code)
	}
}

func TestTableRefusals(t *testing.T) {
	site, _ := siteWithLog(t)
	v := &visitor{t: t, site: site}
	for _, test := range []struct{ text, name, file, say string }{
		{"x,y,label\n1,<b>2,a\n3,inf,b\n4,3", "", "", "Line 4, column 3 “label”: The row has 2 cells"},
		{"x,y,label\n1,2,a\n3,<i>4</i>,b,c", "", "", "Line 3, column 4"},
		{"", "", "", "There is no table yet"},
		{" \n", "", "", "There is no table yet"},
		{"", "leer.csv", "", "<strong>leer.csv</strong>: There is no table: the text is empty."},
		{"x,y\n1,2", "a.csv", "x,y\n1,2", "There are a pasted table and a file"},
		{"", `C:\temp\<img src=x>.csv`, "x,y,label\n1,2,a\n3,\"4,b\n", "<strong>&lt;img src=x&gt;.csv</strong>: Line 3, column 2: A cell that begins with a quote"},
		{"", "big.csv", strings.Repeat("1,2\n", 1_250_001), "larger than 5 MB"},
		{"", "huge.csv", strings.Repeat("1,2\n", 2_500_000), "larger than 5 MB"},
	} {
		w := v.send(tableForm(t, test.text, test.name, test.file))
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(errorsOf(w), test.say) {
			t.Errorf("%.20q, %s: %d, %q, want %q", test.text, test.name, w.Code, errorsOf(w), test.say)
		}
		if kept := "\n" + strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(test.text) + "</textarea>"; !strings.Contains(w.Body.String(), kept) {
			t.Errorf("%.20q is not kept", test.text)
		}
		if test.name == "" && !strings.Contains(w.Body.String(), `aria-describedby="data-error"`) {
			t.Errorf("%.20q: the message is tied to no field", test.text)
		}
	}
	if len(v.cookies) > 0 {
		t.Error("a refused table begins a session")
	}
	r := httptest.NewRequest(http.MethodPost, "/data", strings.NewReader("text=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if w := v.send(r); w.Code != http.StatusBadRequest {
		t.Errorf("a form of another sort: %d", w.Code)
	}
	r = tableForm(t, "x,y,label\n1,2,a\n3,4,b\n", "", "")
	r.Body = io.NopCloser(io.MultiReader(io.LimitReader(r.Body, 150), iotest.ErrReader(io.ErrUnexpectedEOF))) // as net/http says it
	if w := v.send(r); w.Code != http.StatusBadRequest {
		t.Errorf("half a form: %d", w.Code)
	}
}

func TestChoiceRefusals(t *testing.T) {
	site, _ := siteWithLog(t)
	v := &visitor{t: t, site: site}
	id := v.paste("x,y,city,one,label\n1,2,Rome,z,a\n2,1,Oslo,z,b\n3,5,Rome,z,a\n")
	for _, test := range []struct {
		label    string
		features []string
		say      string
	}{
		{"5:1", nil, "The features must be at least one column"},
		{"5:1", []string{"1"}, "The features must be at least two"},
		{"5:1", []string{"1", "2", "3"}, "The features cannot have column 3 “city”: it holds text, the first in line 2: “Rome”"},
		{"5:1", []string{"1", "7"}, "The features must be columns between 1 and 5"},
		{"5:1", []string{"1", "x"}, "The features must be columns between 1 and 5"},
		{"4:0", []string{"1", "2"}, "The label cannot be column 4 “one”: it has one class only"},
		{"9:0", []string{"1", "2"}, "The label must be one of the columns"},
		{"5:9", []string{"1", "2"}, "The label must name one of the values"},
		{"", []string{"1", "2"}, "The label must be one of the columns"},
		{"5", []string{"1", "2"}, "The label must be"},
		{"99999999999999999999:1", []string{"1", "2"}, "The label must be one of the columns"},
	} {
		w := v.post("/data/choose", url.Values{"data": {id}, "label": {test.label}, "features[]": test.features})
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(errorsOf(w), test.say) {
			t.Errorf("%s, %v: %d, %q, want %q", test.label, test.features, w.Code, errorsOf(w), test.say)
		}
		if w.Header().Get("Cache-Control") != "private, no-store" {
			t.Errorf("a refused choice may be kept in caches: %s", w.Header().Get("Cache-Control"))
		}
	}
	w := v.post("/data/choose", url.Values{"data": {id}, "label": {"5:0"}, "features[]": {"2"}})
	if body := w.Body.String(); !strings.Contains(body, `value="5:0" selected`) || !strings.Contains(body, `value="2" checked`) || strings.Contains(body, `value="1" checked`) {
		t.Error("a refused choice is not kept")
	}
}

func TestCrossSitePost(t *testing.T) {
	site, _ := siteWithLog(t)
	for _, address := range []string{"/data", "/data/choose", "/data/delete"} {
		for _, from := range []string{"cross-site", "same-site"} {
			v := &visitor{t: t, site: site}
			r := tableForm(t, secretTable, "", "")
			r.URL.Path = address
			r.Header.Set("Sec-Fetch-Site", from)
			if w := v.send(r); w.Code != http.StatusForbidden || len(v.cookies) > 0 {
				t.Errorf("a %s POST to %s is answered with %d", from, address, w.Code)
			}
		}
	}
}

func TestSessionCookie(t *testing.T) {
	site, _ := siteWithLog(t)
	for _, test := range []struct {
		scheme, name string
		secure       bool
	}{{"", "descent-session", false}, {"https", "__Host-descent-session", true}} {
		v := &visitor{t: t, site: site, scheme: test.scheme}
		id := v.paste(secretTable)
		if len(v.cookies) != 1 {
			t.Fatalf("%d cookies", len(v.cookies))
		}
		c := v.cookies[0]
		if c.Name != test.name || c.Secure != test.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge != 0 || !c.Expires.IsZero() || c.Domain != "" {
			t.Errorf("cookie %+v", c)
		}
		if w := v.get("/data/choose?data=" + id); w.Code != http.StatusOK {
			t.Errorf("with its cookie the table answers %d", w.Code)
		}
		v.paste(secretTable)
		if len(v.cookies) != 1 {
			t.Error("a second table begins a second session")
		}
	}
	// Who plants a cookie does not get to share what its bearer then gives.
	v := &visitor{t: t, site: site, cookies: []*http.Cookie{{Name: "descent-session", Value: strings.Repeat("A", 22)}}}
	v.paste(secretTable)
	if len(v.cookies) != 2 {
		t.Error("a cookie that the server did not give is taken")
	}
}

func TestSessionHasFiveTables(t *testing.T) {
	site, _ := siteWithLog(t)
	v := &visitor{t: t, site: site}
	var ids []string
	for i := range mostOwn + 1 {
		w := v.send(tableForm(t, "", fmt.Sprintf("table%d.csv", i), secretTable))
		ids = append(ids, strings.TrimPrefix(w.Header().Get("Location"), "/data/choose?data="))
	}
	for i, id := range ids {
		want := http.StatusOK
		if i == 0 {
			want = http.StatusNotFound
		}
		if w := v.get("/data/choose?data=" + id); w.Code != want {
			t.Errorf("table %d of %d answers %d", i, len(ids), w.Code)
		}
	}
	if body := v.get("/data").Body.String(); !strings.Contains(body, "To make room, this was forgotten: table0.csv.") {
		t.Error("it is not said that a table made room")
	}
	if body := v.get("/data").Body.String(); strings.Contains(body, "To make room") || !strings.Contains(body, "table5.csv") {
		t.Error("it is said twice, or the tables are not listed")
	}
}

// Tables together are bounded: those used longest ago make room.
func TestSessionsMakeRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSessions(nil)
		one := testUpload(t, "own-1")
		s.limit = 2*(one.size()+sessionSize) + one.size()/2
		s.keep("a", one)
		time.Sleep(time.Second)
		s.keep("b", testUpload(t, "own-2"))
		time.Sleep(time.Second)
		s.find("a", "own-1")
		time.Sleep(time.Second)
		s.keep("c", testUpload(t, "own-3"))
		if s.find("a", "own-1") == nil || s.find("b", "own-2") != nil || s.find("c", "own-3") == nil || s.size > s.limit {
			t.Error("not the session that was used longest ago made room")
		}
		if uploads, dropped := s.list("b"), s.tellDropped("b"); len(uploads) != 0 || fmt.Sprint(dropped) != "[own-2.csv]" {
			t.Errorf("b has %d tables and hears of %v", len(uploads), dropped)
		}
		for i := range 20 {
			s.keep(fmt.Sprint("more", i), testUpload(t, fmt.Sprint("own-more", i)))
			if s.size > s.limit || len(s.by) > 8 {
				t.Fatalf("%d bytes of %d, %d sessions", s.size, s.limit, len(s.by))
			}
		}
		s.limit = one.size() / 2
		s.keep("d", testUpload(t, "own-4"))
		if s.find("d", "own-4") == nil || len(s.by) != 1 {
			t.Error("a table alone must stay")
		}
		s.delete("d", "own-4")
		if s.size != 0 || len(s.by) != 0 {
			t.Errorf("nothing is left, and takes %d bytes in %d sessions", s.size, len(s.by))
		}
		time.Sleep(2 * sweepEvery)
	})
}

func TestSessionExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSessions(nil)
		s.keep("a", testUpload(t, "own-1"))
		s.keep("b", testUpload(t, "own-2"))
		time.Sleep(idleSession - time.Second)
		if s.find("a", "own-1") == nil {
			t.Error("a table is gone before its time")
		}
		time.Sleep(2 * time.Second)
		if s.find("a", "own-1") == nil || s.find("b", "own-2") != nil {
			t.Error("use must prolong a session, and only that one")
		}
		time.Sleep(idleSession + sweepEvery)
		synctest.Wait()
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(s.by) != 0 || s.size != 0 {
			t.Errorf("%d sessions of %d bytes are left that nobody asks for", len(s.by), s.size)
		}
		if s.timer != nil {
			t.Error("there is nothing to sweep, and a timer")
		}
	})
}

func testUpload(t testing.TB, id string) *upload {
	t.Helper()
	sheet, err := dataset.ReadCSV([]byte(secretTable))
	if err != nil {
		t.Fatal(err)
	}
	return &upload{id: id, name: id + ".csv", sheet: sheet}
}

// Names from a table are text wherever they stand.
func TestHostileNames(t *testing.T) {
	site, _ := siteWithLog(t)
	v := &visitor{t: t, site: site}
	const script, markup = "<script>hit()</script>", `"><img src=x onerror=hit()>`
	table := script + ";$x_{;\"" + strings.ReplaceAll(markup, `"`, `""`) + "\";label\n1;2;3;" + script + "\n2;1;5;\"" + strings.ReplaceAll(markup, `"`, `""`) + "\"\n3;2;4;" + script + "\n"
	id := v.choose(v.paste(table), "4:1", "1", "2", "3")
	addresses := []string{"/data", "/data/choose?data=" + id}
	for k, few := range map[string]string{"logistic": "", "sgd": "batch=1&"} {
		for _, form := range []string{"", ".share", ".svg"} {
			addresses = append(addresses, "/lab/"+k+form+"?"+few+"data="+id)
		}
		for _, f := range cell.Lookup(k).Figures {
			addresses = append(addresses, "/lab/"+k+".svg?figure="+f+"&"+few+"data="+id)
		}
	}
	for _, address := range addresses {
		w := v.get(address)
		if w.Code != http.StatusOK && w.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", address, w.Code)
		}
		for _, live := range []string{"<script>hit", "<img src=x"} {
			if strings.Contains(w.Body.String(), live) {
				t.Errorf("%s has %s as markup", address, live)
			}
		}
	}
}
