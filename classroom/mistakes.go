package classroom

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
)

// A MistakeGroup is the wrong answers to one exercise with the same diagnosis.
type MistakeGroup struct {
	Mistake
	Students int      // who sent at least one of them
	Samples  []Sample // different answers, the most frequent first
}

// A Sample is an answer that was sent to a variant, perhaps more than once.
type Sample struct {
	Variant int
	Answer  url.Values
	Times   int
}

// GroupMistakes groups the wrong answers in works of one exercise, which must have their answers, by diagnosis: the most frequent
// first, but those without a diagnosis last. Of each group at most samples different answers are named.
func GroupMistakes(works []Work, samples int) []MistakeGroup {
	type sent struct {
		variant int
		answer  string
	}
	type group struct {
		MistakeGroup
		last string       // student who was counted last: works are ordered by student
		at   map[sent]int // of Samples
	}
	groups := map[string]*group{}
	for i := range works {
		for j := range works[i].Attempts {
			a := &works[i].Attempts[j]
			if a.Final() != Wrong {
				continue
			}
			g := groups[a.Diagnosis]
			if g == nil {
				g = &group{at: map[sent]int{}}
				g.Diagnosis = a.Diagnosis
				groups[a.Diagnosis] = g
			}
			g.Answers++
			if a.Student != g.last {
				g.Students++
				g.last = a.Student
			}
			key := sent{a.Variant, a.Answer.Encode()}
			at, known := g.at[key]
			if !known {
				at = len(g.Samples)
				g.at[key] = at
				g.Samples = append(g.Samples, Sample{a.Variant, a.Answer, 0})
			}
			g.Samples[at].Times++
		}
	}
	list := make([]MistakeGroup, 0, len(groups))
	for _, g := range groups {
		slices.SortStableFunc(g.Samples, func(a, b Sample) int { return cmp.Compare(b.Times, a.Times) })
		g.Samples = g.Samples[:min(samples, len(g.Samples))]
		list = append(list, g.MistakeGroup)
	}
	slices.SortFunc(list, func(a, b MistakeGroup) int {
		return cmp.Or(cmp.Compare(unnamed(a), unnamed(b)), cmp.Compare(b.Answers, a.Answers), strings.Compare(a.Diagnosis, b.Diagnosis))
	})
	return list
}

func unnamed(g MistakeGroup) int {
	if g.Diagnosis == "" {
		return 1
	}
	return 0
}

// Judge counts the answers of works that were judged alike, in the order in which they first appear.
func Judge(works []Work) []Judged {
	var list []Judged
	at := map[Judged]int{}
	for i := range works {
		for j := range works[i].Attempts {
			a := &works[i].Attempts[j]
			key := Judged{Exercise: a.Exercise, Rule: a.Rule, Outcome: a.Final(), Diagnosis: a.Diagnosis}
			k, known := at[key]
			if !known {
				k = len(list)
				at[key] = k
				list = append(list, key)
			}
			list[k].Answers++
		}
	}
	return list
}
