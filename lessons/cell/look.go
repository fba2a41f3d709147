package cell

import "descent/optim/param"

// Parameters of how a function is looked at. They change its pictures, not the
// run.

// turnParams are the direction from which a surface is seen, in degrees.
func turnParams() param.Table {
	return param.Table{
		{Name: "azimuth", Label: "surface seen from: around, in degrees", Help: "0: from the lower edge of the map, 90: from its right edge.",
			Type: param.Integer, Min: -180, Max: 180, Default: "-40"},
		{Name: "elevation", Label: "surface seen from: up, in degrees", Help: "90: from above, as on a map.",
			Type: param.Integer, Min: 10, Max: 90, Default: "40"},
	}
}

func fieldParam() param.Param {
	return param.Param{Name: "field", Label: "arrows of −∇J", Type: param.Flag, Default: "false",
		Help: "True in direction; their length is the fourth root of ‖∇J‖, so that all can be seen."}
}

// taylorParams are the approximation that is drawn beside the function, and how
// far it reaches.
func taylorParams() param.Table {
	return param.Table{
		{Name: "taylor", Label: "Taylor polynomial at the point", Type: param.Choice, Default: "none",
			Help:    "1 is made of value and gradient, 2 of the Hessian as well.",
			Options: []param.Option{{Value: "none", Label: "none"}, {Value: "1", Label: "degree 1"}, {Value: "2", Label: "degree 2"}}},
		{Name: "patch", Label: "its patch, as a share of the window", Help: "How far around the point it is drawn.",
			Min: 0.05, Max: 1, Step: 0.005, Default: "0.25", When: param.Condition{Param: "taylor", In: []string{"1", "2"}}},
	}
}
