//go:build !windows

package portowner

const onWine = false
