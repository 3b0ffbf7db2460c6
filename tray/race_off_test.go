//go:build !race

package tray

// raceDetector makes everything ten times as slow.
const raceDetector = false
