//go:build !windows

package cli

func letToTheFront(int) {}
