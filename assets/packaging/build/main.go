// Command build makes all packages of a release from a checkout: programs,
// archives, the Debian packages, the Windows installers, checksums, an SBOM and
// the manifests for winget and Scoop. The same checkout, version and tools give
// the same bytes.
//
//	go run ./assets/packaging/build -version 1.0.0 -out dist
//
// It runs on Linux and needs go, makensis (Debian: nsis) and, where the
// environment names a certificate (see signer), osslsigncode.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// noHome stands for the project's page where there is none.
const noHome = "https://example.invalid/altv-tray"

func main() {
	var r release
	flag.StringVar(&r.Version, "version", "", "the release's version, as 1.0.0")
	flag.StringVar(&r.Home, "home", noHome, "address of the project, below which releases/download/v1.0.0 holds the files")
	out := flag.String("out", "dist", "folder for the packages; what is in it is removed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := r.make(ctx, *out)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

// release is what is being made. The exported fields are what templates see.
type release struct {
	Version string
	Home    string
	Epoch   time.Time // the time that all files get

	root string // of the checkout
	work string // a temporary folder
	out  string
	sign signer
}

var versions = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$`)

func (r *release) make(ctx context.Context, out string) (err error) {
	if !versions.MatchString(r.Version) {
		return fmt.Errorf("-version is %q and must look like 1.0.0 or 1.0.0-rc.1", r.Version)
	}
	if err := r.prepare(ctx, out); err != nil {
		return err
	}
	defer func() {
		if e := os.RemoveAll(r.work); err == nil {
			err = e
		}
	}()
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"programs", r.programs},
		{"third-party notices", r.notices},
		{"Linux", r.linux},
		{"Windows", r.windows},
		{"SBOM", r.sbom},
		{"checksums", r.checksums},
		{"manifests", r.manifests},
	} {
		begin := time.Now()
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		fmt.Printf("%-20s %5.1f s\n", step.name, time.Since(begin).Seconds())
	}
	return nil
}

func (r *release) prepare(ctx context.Context, out string) error {
	module, err := r.output(ctx, "", "go", "env", "GOMOD")
	if err != nil {
		return err
	}
	r.root = filepath.Dir(module)
	if r.out, err = filepath.Abs(out); err != nil {
		return err
	}
	if r.Epoch, err = r.epoch(ctx); err != nil {
		return err
	}
	if r.sign, err = signerFromEnvironment(); err != nil {
		return err
	}
	if err := os.RemoveAll(r.out); err != nil {
		return err
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	r.work, err = os.MkdirTemp("", "altv-tray-build")
	return err
}

// epoch is SOURCE_DATE_EPOCH (reproducible-builds.org), else the time of the
// newest commit.
func (r *release) epoch(ctx context.Context) (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		var err error
		if text, err = r.output(ctx, r.root, "git", "log", "-1", "--format=%ct"); err != nil {
			return time.Time{}, fmt.Errorf("finding the time of the newest commit: %w; set SOURCE_DATE_EPOCH where there is no git", err)
		}
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH must be a number of seconds: %w", err)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

// source is a file of the checkout.
func (r *release) source(elements ...string) string {
	return filepath.Join(append([]string{r.root}, elements...)...)
}

// output runs a tool and returns what it prints, without the last line end.
func (r *release) output(ctx context.Context, dir, tool string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, tool, args...)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", cmd, err)
	}
	return strings.TrimRight(string(out), "\n"), nil
}

// run runs a tool; what it prints is shown where it fails.
func (r *release) run(ctx context.Context, env []string, tool string, args ...string) error {
	cmd := exec.CommandContext(ctx, tool, args...)
	cmd.Dir = r.root
	cmd.Env = append(os.Environ(), append(env, "SOURCE_DATE_EPOCH="+strconv.FormatInt(r.Epoch.Unix(), 10))...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return nil
}
