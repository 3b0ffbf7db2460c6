//go:build !linux

package main

import "context"

// panel is for Linux alone.
type panel struct{}

func startPanel(context.Context, string) (*panel, error) { return nil, nil }
func (*panel) address() string                           { return "" }
func (*panel) close()                                    {}

func measureIcon(context.Context, string, string) (durations, error) { return nil, nil }
