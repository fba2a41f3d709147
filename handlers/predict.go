package handlers

import (
	"context"
	"net/url"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/optim/param"
)

// Some cells ask before they show. What they ask, and a reader's guess, stand in
// the address beside the kind's own parameters:
//
//	predict=ask | show, guess_x, guess_y, guess

// revealName is what the button that shows the answer sends beside the state that the page has.
const revealName = "reveal"

// ask is the question of a lesson's cell, without a guess; nil for a cell that asks
// nothing.
func ask(p *lessons.Predict) *cell.Prediction {
	if p == nil {
		return nil
	}
	return &cell.Prediction{Ask: p.Ask, Question: p.Question, Values: cell.PredictionState(p.Ask, true)}
}

// prediction takes the state and the guess out of the query, so that the kind
// does not take them for names that it should know. turned says that the page
// shows the other state: a form names first what is shown, then what is to be.
func (in *instrument) prediction(query url.Values) (p *cell.Prediction, turned bool, errs param.Errors) {
	if in.predict == nil {
		return nil, false, nil
	}
	p = ask(in.predict)
	own := url.Values{}
	for _, name := range p.Values.Table().Names() {
		if given := query[name]; len(given) > 0 {
			own[name] = given
			query.Del(name)
		}
	}
	own["predict"] = append(own["predict"], query[revealName]...)
	query.Del(revealName)
	states := own["predict"]
	turned = len(states) > 1 && states[0] != states[len(states)-1]
	p.Values, _, errs = p.Values.Table().Parse(own, p.Values)
	return p, turned, errs
}

// judge compares a guess with the result. A guess that cannot be compared is asked
// for again, with what is wrong with it. others are mistakes besides, with which
// there is nothing to compare.
func judge(ctx context.Context, p *cell.Prediction, result cell.Result, wrong, others param.Errors) param.Errors {
	if p == nil {
		return others
	}
	if result != nil && len(wrong) == 0 {
		wrong = p.Check(result)
	}
	if len(wrong) > 0 {
		p.AskAgain()
	}
	if len(wrong)+len(others) == 0 && !p.Asking() {
		p.Compared = p.Compare(ctx, result)
	}
	return append(others, wrong...)
}
