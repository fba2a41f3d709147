package classroomtest

// names are of people, of pseudonyms, and of those who try what a program does with a name.
var names = []string{
	"Ada", "Émilie du Châtelet", "Nguyễn Thị Hồng", "Łukasz", "Søren", "Jürgen Müller-Lüdenscheidt", "O’Brien", "李明", "محمد", "Ольга",
	"<script>document.title='hit'</script>", "\"><img src=x onerror=\"document.title='hit'\">", "=HYPERLINK(\"http://example.org\",\"click\")", "+1+1", "-2+3|cmd", "@SUM(A1:A9)",
	"Robert'); DROP TABLE students;--", "a, b; \"c\"", "Zoë 🦊", "x", "Grace Hopper", "Emmy Noether", "Sofia Kovalevskaya", "Karl", "Leonhard",
	"{{7*7}}", "javascript:document.title='hit'", "&lt;b&gt;", "the one with a name as long as a name is allowed to be, here", "\u202ereversed", "Maryam", "Alan",
	"nabla", "gradient_goose", "theta-max", "Quokka", "Kestrel", "Otter", "Heron", "Badger",
}
