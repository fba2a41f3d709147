package storetest

import (
	"strings"

	"descent/classroom"
)

func people(r *room) {
	ada := r.student("ada", "", "")
	same(r, "by id", must(r.Student(r.ctx, "ada")), ada)
	same(r, "by session", must(r.StudentOfSession(r.ctx, "session-ada")), ada)
	r.ok(r.AddSession(r.ctx, "ada", "phone"))
	same(r, "by the second session", must(r.StudentOfSession(r.ctx, "phone")), ada)

	r.student("bob", "", "")
	r.is(r.AddStudent(r.ctx, ada, "another"), classroom.ErrTaken)
	r.is(r.AddStudent(r.ctx, classroom.Student{ID: "eve"}, "phone"), classroom.ErrTaken)
	_, err := r.Student(r.ctx, "eve")
	r.is(err, classroom.ErrNotFound) // not half of her
	r.is(r.AddSession(r.ctx, "bob", "phone"), classroom.ErrTaken)
	same(r, "the session still", must(r.StudentOfSession(r.ctx, "phone")).ID, "ada")

	r.ok(r.EndSession(r.ctx, "phone"))
	r.ok(r.EndSession(r.ctx, "phone"))
	_, err = r.StudentOfSession(r.ctx, "phone")
	r.is(err, classroom.ErrNotFound)
	same(r, "the first session", must(r.StudentOfSession(r.ctx, "session-ada")).ID, "ada")
}

func joining(r *room) {
	r.classroom("monday", 0)
	r.classroom("tuesday", 1)
	r.student("ada", "", "")
	r.submit(answer("ada", one, "k", classroom.Right, 1))
	r.ok(r.SaveDraft(r.ctx, "ada", two, 0, map[string][]string{"x": {"2"}}, after(2)))

	r.ok(r.Join(r.ctx, "ada", "monday", "Ada L."))
	same(r, "after joining", must(r.Student(r.ctx, "ada")), classroom.Student{ID: "ada", Classroom: "monday", Name: "Ada L.", Created: noon})
	same(r, "works that came along", len(must(r.ClassWorks(r.ctx, "monday", "", false))), 2)
	r.is(r.Join(r.ctx, "ada", "nowhere", "Ada"), classroom.ErrNotFound)
	r.is(r.Join(r.ctx, "ada", "tuesday", ""), classroom.ErrInvalid)
	same(r, "after joining in vain", must(r.Student(r.ctx, "ada")).Classroom, "monday")

	r.ok(r.Join(r.ctx, "ada", "tuesday", "A."))
	same(r, "works left behind", len(must(r.ClassWorks(r.ctx, "monday", "", false))), 0)
	same(r, "works in the new classroom", len(must(r.ClassWorks(r.ctx, "tuesday", "", false))), 2)

	r.ok(r.Join(r.ctx, "ada", "", "dropped"))
	same(r, "after leaving", must(r.Student(r.ctx, "ada")), classroom.Student{ID: "ada", Created: noon})
	same(r, "works after leaving", len(must(r.Works(r.ctx, "ada"))), 2)
	r.ok(r.DeleteClassroom(r.ctx, "tuesday"))
	same(r, "works after the classroom is gone", len(must(r.Works(r.ctx, "ada"))), 2)
}

func links(r *room) {
	ada := r.student("ada", "", "")
	r.student("bob", "", "")
	r.ok(r.SetLink(r.ctx, "ada", "first"))
	same(r, "by link", must(r.StudentOfLink(r.ctx, "first")), ada)
	r.is(r.SetLink(r.ctx, "bob", "first"), classroom.ErrTaken)
	r.ok(r.SetLink(r.ctx, "ada", "second"))
	_, err := r.StudentOfLink(r.ctx, "first")
	r.is(err, classroom.ErrNotFound)
	same(r, "by the new link", must(r.StudentOfLink(r.ctx, "second")), ada)
	r.ok(r.SetLink(r.ctx, "bob", "first")) // it is free again
	same(r, "by the link of another", must(r.StudentOfLink(r.ctx, "first")).ID, "bob")
	_, err = r.StudentOfLink(r.ctx, "")
	r.is(err, classroom.ErrNotFound)
}

// Names are kept to the byte or refused, never mended.
func hostileNames(r *room) {
	r.student("ada", "", "")
	for i, name := range []string{
		"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "'; DROP TABLE student; --", "=1+1", "@SUM(A1)", "%s%n{{.}}",
		"名前", "e\u0301", "👩‍🔬", "עברית", strings.Repeat("😀", classroom.MaxName), "a  b", "\\", "?", "$1", ":x",
	} {
		id := "course" + string(rune('a'+i))
		c := classroom.Classroom{ID: id, Name: name, Code: "CODE" + id, Created: noon}
		r.ok(r.AddClassroom(r.ctx, c))
		same(r, "the classroom's name", must(r.Classroom(r.ctx, id)), c)
		r.ok(r.Join(r.ctx, "ada", id, name))
		same(r, "the student's name", must(r.Student(r.ctx, "ada")).Name, name)
	}
	before := must(r.Student(r.ctx, "ada"))
	for _, name := range []string{"", "  ", "a\x00b", "\xff\xfe", "a\nb", "\x1b[31m", "\u0085", strings.Repeat("x", classroom.MaxName+1)} {
		r.is(r.Join(r.ctx, "ada", "coursea", name), classroom.ErrInvalid)
		r.is(r.AddClassroom(r.ctx, classroom.Classroom{ID: "new", Name: name, Code: "NEW"}), classroom.ErrInvalid)
		r.is(r.RenameClassroom(r.ctx, "coursea", name, "NEW"), classroom.ErrInvalid)
		if name != "" {
			r.is(r.AddStudent(r.ctx, classroom.Student{ID: "new", Name: name}, "new"), classroom.ErrInvalid)
		}
	}
	same(r, "after refusals", must(r.Student(r.ctx, "ada")), before)
}

// Of a student who is deleted nothing is left, and nothing of others is missing.
func deleting(r *room) {
	r.classroom("c", 0)
	for _, id := range []string{"ada", "bob"} {
		r.student(id, "c", id)
		r.ok(r.AddSession(r.ctx, id, "phone-"+id))
		r.ok(r.SetLink(r.ctx, id, "link-"+id))
		r.ok(r.SaveDraft(r.ctx, id, two, 0, map[string][]string{"x": {"2"}}, noon))
		r.ok(r.TakeHint(r.ctx, id, two, 0, 1, false, noon))
	}
	gone := r.submit(answer("ada", one, "k", classroom.Undecided, 1))
	r.submit(answer("bob", one, "k", classroom.Right, 2))
	r.ok(r.DeleteStudent(r.ctx, "ada"))

	for _, find := range []func() (classroom.Student, error){
		func() (classroom.Student, error) { return r.Student(r.ctx, "ada") },
		func() (classroom.Student, error) { return r.StudentOfSession(r.ctx, "session-ada") },
		func() (classroom.Student, error) { return r.StudentOfSession(r.ctx, "phone-ada") },
		func() (classroom.Student, error) { return r.StudentOfLink(r.ctx, "link-ada") },
	} {
		_, err := find()
		r.is(err, classroom.ErrNotFound)
	}
	_, err := r.Attempt(r.ctx, "c", gone.ID)
	r.is(err, classroom.ErrNotFound)
	r.is(r.DeleteStudent(r.ctx, "ada"), classroom.ErrNotFound)
	same(r, "the others", must(r.Students(r.ctx, "c")), []classroom.Student{must(r.Student(r.ctx, "bob"))})
	same(r, "their works", len(must(r.ClassWorks(r.ctx, "c", "", false))), 2)
	same(r, "their draft", r.work("bob", two).Draft.Get("x"), "2")

	r.student("ada", "c", "Ada again")
	same(r, "a new student with the old id", len(must(r.Works(r.ctx, "ada"))), 0)
	if again := r.submit(answer("ada", one, "k", classroom.Right, 3)); again.ID <= gone.ID {
		r.Errorf("attempt %d was given again as %d", gone.ID, again.ID)
	}

	r.student("eve", "", "")
	r.submit(answer("eve", one, "k", classroom.Right, 3))
	r.ok(r.DeleteClassroom(r.ctx, "c"))
	for _, id := range []string{"ada", "bob"} {
		_, err := r.Student(r.ctx, id)
		r.is(err, classroom.ErrNotFound)
	}
	same(r, "who is in no classroom", len(must(r.Works(r.ctx, "eve"))), 1)
}
