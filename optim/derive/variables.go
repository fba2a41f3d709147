package derive

import (
	"strings"
	"unicode/utf8"

	"descent/optim/param"
)

// domainNames has every spelling of a domain.
var domainNames = map[string]Domain{"real": Real, "pos": Positive, "positive": Positive, "unit": Unit, "binary": Binary, "01": Binary}

// ParseVariables reads declarations such as "x:pos, p:unit, y:binary". Greek letters are their names, and x_1 is x1. The
// error is an [*InputError] whose Field is vars.
func ParseVariables(text string) (Variables, error) {
	vars := Variables{}
	if strings.TrimSpace(text) == "" {
		return vars, nil
	}
	if len(text) > MaxLine {
		return nil, &InputError{"vars", MaxLine, "the declarations are too long"}
	}
	position := 0
	for _, item := range strings.Split(text, ",") {
		at := position
		position += utf8.RuneCountInString(item) + 1
		name, domain, _ := strings.Cut(item, ":")
		name, domain = strings.TrimSpace(name), strings.ToLower(strings.TrimSpace(domain))
		if domain == "" {
			domain = "real"
		}
		d, ok := domainNames[domain]
		if !ok {
			message := "I do not know the domain “" + domain + "”: it is real, pos (above 0), unit (between 0 and 1) or binary (0 or 1)"
			if near := param.Nearest(domain, []string{"real", "pos", "unit", "binary"}); near != "" {
				message = "I do not know the domain “" + domain + "”. Did you mean " + near + "?"
			}
			return nil, &InputError{"vars", at, message}
		}
		name = declaredName(name)
		if name == "" {
			return nil, &InputError{"vars", at, "a declaration is a name and its domain, as in x:pos; several stand between commas"}
		}
		if vars[name] != "" && vars[name] != d {
			return nil, &InputError{"vars", at, "“" + name + "” is declared twice"}
		}
		if vars[name] = d; len(vars) > maxScalars {
			return nil, &InputError{"vars", at, "there are more variables than can be compared"}
		}
	}
	return vars, nil
}

// declaredName is the name that a variable has inside, or "" if it cannot be one. An index of rows is left out: y_i is y.
func declaredName(text string) string {
	name, index, _ := strings.Cut(text, "_")
	index = strings.Trim(index, "{}")
	var plain strings.Builder
	for _, r := range name {
		switch {
		case lowered[r] != 0:
			index += string(lowered[r])
		case isLetter(r) || isDigit(r) && plain.Len() > 0:
			plain.WriteRune(r)
		default:
			return ""
		}
	}
	name = plain.String()
	if greek[name] != "" {
		name = greek[name]
	}
	if strings.Trim(index, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return ""
	}
	if index != "" && strings.Trim(index, indexLetters) == "" {
		return name
	}
	return name + index
}
