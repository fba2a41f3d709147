// Command gen renders the formulas of the built-in lessons and of the program
// itself into cache.json. go generate ./lessons/formula runs it.
package main

import (
	"log"
	"os"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/exercise"
	"descent/lessons/formula"
	"descent/optim"
)

func main() {
	content, err := cache()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("cache.json", content, 0o644); err != nil {
		log.Fatal(err)
	}
}

func cache() ([]byte, error) {
	all, err := lessons.Formulas()
	if err != nil {
		return nil, err
	}
	for _, tex := range cell.DerivationFormulas() {
		all = append(all, formula.Formula{TeX: tex, Display: true})
	}
	for _, m := range optim.Methods {
		all = append(all, formula.Formula{TeX: m.Formula, Display: true})
	}
	for _, s := range optim.Schedules {
		all = append(all, formula.Formula{TeX: s.Formula, Display: true})
	}
	for _, f := range exercise.Facts {
		all = append(all, formula.Formula{TeX: f.TeX})
	}
	return formula.Cache(all)
}
