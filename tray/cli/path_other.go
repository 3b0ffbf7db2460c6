//go:build !windows

package cli

import "altv-tray/monitor/problem"

func changeUserPath(func(string) string) error { return problem.New(problem.WindowsOnly) }
