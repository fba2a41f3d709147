// Package block reads the YAML of a lesson: its header and its fenced blocks.
//
// YAML is walked rather than decoded into structs: a value keeps the text that
// the author wrote (0.10 stays 0.10), and every mistake knows its line. Lines
// count from 1 within the text that is read.
package block

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A Node is a value of a mapping: a scalar, a list or a mapping again.
type Node = ast.Node

// An Entry is one key of a mapping.
type Entry struct {
	Key   string
	Line  int // of the key
	Value Node
}

// An Error is a mistake at a line.
type Error struct {
	Line    int
	Message string
}

// Read parses YAML whose top level is a mapping.
func Read(source string) ([]Entry, *Error) {
	file, err := parser.ParseBytes([]byte(source), 0)
	if err != nil {
		var syntax *yaml.SyntaxError
		if errors.As(err, &syntax) {
			return nil, &Error{syntax.Token.Position.Line, syntax.Message}
		}
		return nil, &Error{1, err.Error()}
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		return nil, &Error{1, "expects lines of the form “name: value”"}
	}
	return Mapping(file.Docs[0].Body)
}

// Mapping is the keys of a mapping in the author's order.
func Mapping(node Node) ([]Entry, *Error) {
	m, ok := node.(*ast.MappingNode)
	if !ok {
		return nil, &Error{Line(node), "expects “name: value”"}
	}
	entries := make([]Entry, 0, len(m.Values))
	for _, v := range m.Values {
		entries = append(entries, Entry{v.Key.GetToken().Value, v.Key.GetToken().Position.Line, v.Value})
	}
	return entries, nil
}

// Scalar is the text of a plain value as the author wrote it.
func Scalar(node Node) (string, *Error) {
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
	return "", &Error{Line(node), "expects a single value"}
}

// Sequence is the values of a list.
func Sequence(node Node) ([]Node, *Error) {
	list, ok := node.(*ast.SequenceNode)
	if !ok {
		return nil, &Error{Line(node), "expects a list, such as [eta, x]"}
	}
	return list.Values, nil
}

// Scalars is the texts of a list of plain values.
func Scalars(node Node) ([]string, *Error) {
	nodes, err := Sequence(node)
	if err != nil {
		return nil, err
	}
	texts := make([]string, 0, len(nodes))
	for _, v := range nodes {
		text, err := Scalar(v)
		if err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, nil
}

// ScalarMap is the texts of a mapping to plain values.
func ScalarMap(node Node) (map[string]string, *Error) {
	entries, err := Mapping(node)
	if err != nil {
		return nil, err
	}
	m := make(map[string]string, len(entries))
	for _, e := range entries {
		text, err := Scalar(e.Value)
		if err != nil {
			return nil, err
		}
		if _, twice := m[e.Key]; twice {
			return nil, &Error{e.Line, fmt.Sprintf("%s stands twice", e.Key)}
		}
		m[e.Key] = text
	}
	return m, nil
}

// Line is where a value begins.
func Line(node Node) int {
	if node == nil || node.GetToken() == nil {
		return 1
	}
	return node.GetToken().Position.Line
}

// TextLine is where the text of a plain value begins: below the bar of a block of text.
func TextLine(node Node) int {
	if n, ok := node.(*ast.LiteralNode); ok {
		return n.Start.Position.Line + 1
	}
	return Line(node)
}
