package lessons

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// YAML is walked rather than decoded into structs: a value keeps the text that
// the author wrote (0.10 stays 0.10), and every mistake knows its line.

// A yamlEntry is one key of a mapping; lines count from 1 within the block.
type yamlEntry struct {
	key   string
	line  int
	value ast.Node
}

// A yamlError is a mistake at a line of the block.
type yamlError struct {
	line    int
	message string
}

// readMapping parses YAML whose top level is a mapping.
func readMapping(source string) ([]yamlEntry, *yamlError) {
	file, err := parser.ParseBytes([]byte(source), 0)
	if err != nil {
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) {
			return nil, &yamlError{syntax.Token.Position.Line, syntax.Message}
		}
		return nil, &yamlError{1, err.Error()}
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, &yamlError{1, "expects lines of the form “name: value”"}
	}
	return mapping(file.Docs[0].Body)
}

func mapping(node ast.Node) ([]yamlEntry, *yamlError) {
	m, ok := node.(*ast.MappingNode)
	if !ok {
		return nil, &yamlError{lineOf(node), "expects “name: value”"}
	}
	entries := make([]yamlEntry, 0, len(m.Values))
	for _, v := range m.Values {
		entries = append(entries, yamlEntry{v.Key.GetToken().Value, v.Key.GetToken().Position.Line, v.Value})
	}
	return entries, nil
}

// scalar is the text of a plain value as the author wrote it.
func scalar(node ast.Node) (string, *yamlError) {
	switch n := node.(type) {
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.NullNode:
		return "", nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, nil
	}
	return "", &yamlError{lineOf(node), "expects a single value"}
}

func sequence(node ast.Node) ([]ast.Node, *yamlError) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return nil, &yamlError{lineOf(node), "expects a list, such as [eta, x]"}
	}
	return list.Values, nil
}

func scalars(node ast.Node) ([]string, *yamlError) {
	nodes, err := sequence(node)
	if err != nil {
		return nil, err
	}
	texts := make([]string, 0, len(nodes))
	for _, v := range nodes {
		text, err := scalar(v)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

func scalarMap(node ast.Node) (map[string]string, *yamlError) {
	entries, err := mapping(node)
	if err != nil {
		return nil, err
	}
	m := make(map[string]string, len(entries))
	for _, e := range entries {
		text, err := scalar(e.value)
		if err != nil {
			return nil, err
		}
		if _, twice := m[e.key]; twice {
			return nil, &yamlError{e.line, fmt.Sprintf("%s stands twice", e.key)}
		}
		m[e.key] = text
	}
	return m, nil
}

func lineOf(node ast.Node) int {
	if node == nil || node.GetToken() == nil {
		return 1
	}
	return node.GetToken().Position.Line
}
