//go:build !linux

package main

import (
	"fmt"
	"runtime"
)

func watchUsage(int) func() usage { return func() usage { return usage{} } }

func describeMachine() string {
	return fmt.Sprintf("%d cores, %s", runtime.NumCPU(), runtime.GOOS)
}

func memory(int, string) int64 { return 0 }
