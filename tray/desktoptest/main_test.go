//go:build linux

package desktoptest

import (
	"flag"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	// These tests mostly wait: four of them can run in parallel on two processors. A
	// -parallel on the command line still counts.
	flag.Set("test.parallel", "4")
	os.Exit(Main(m))
}
