package sqlite

func childFile() string { return "" }
func child()            {}
