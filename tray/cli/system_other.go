//go:build !windows

package cli

import (
	"os"

	"altv-tray/monitor/problem"
)

func allowForeground(int) {}

func enableColours(*os.File) bool { return true }

func changeUserPath(func(string) string) error { return problem.New(problem.WindowsOnly) }
