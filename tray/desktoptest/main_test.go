//go:build linux

package desktoptest

import (
	"flag"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	// These tests wait much and compute little: on two processors, too, four of
	// them can run side by side. A -parallel on the command line still counts.
	flag.Set("test.parallel", "4")
	os.Exit(Main(m))
}
