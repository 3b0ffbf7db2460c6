//go:build linux

// Package packaging holds what packages are made of; the command build, below,
// makes them. Its tests install, run and remove them as users do.
package packaging

import (
	"crypto/sha256"
	"debug/elf"
	"debug/pe"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"altv-tray/tray/desktoptest"
)

// testVersion is what the tests build where nobody has built for them.
const testVersion = "1.2.3"

var built string

func TestMain(m *testing.M) {
	code := desktoptest.Main(m)
	if built != "" {
		os.RemoveAll(built)
	}
	os.Exit(code)
}

// build makes all packages once, for all tests.
var build = sync.OnceValues(func() (string, error) {
	var err error
	if built, err = os.MkdirTemp("", "altv-tray-packages"); err != nil {
		return "", err
	}
	cmd := exec.Command("go", "run", "./build", "-version", testVersion, "-out", filepath.Join(built, "dist"))
	cmd.Stderr = os.Stderr
	return filepath.Join(built, "dist"), cmd.Run()
})

// packages returns the folder of the packages and their version: those that the
// environment variable ALTV_TRAY_DIST names, or newly built ones.
func packages(t *testing.T) (dist, version string) {
	t.Helper()
	dist = os.Getenv("ALTV_TRAY_DIST")
	if dist == "" {
		desktoptest.Need(t, "makensis")
		var err error
		if dist, err = build(); err != nil {
			t.Fatal(err)
		}
	}
	name, err := filepath.Glob(filepath.Join(dist, "altv-tray-*.cdx.json"))
	if err != nil || len(name) != 1 {
		t.Fatalf("%s holds no release, or more than one: %v %v", dist, name, err)
	}
	return dist, strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name[0]), "altv-tray-"), ".cdx.json")
}

// command runs a program of this machine to its end.
func command(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func read(t *testing.T, elements ...string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elements...))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestDesktopPackageSums(t *testing.T) {
	desktoptest.Need(t)
	dist, version := packages(t)
	sums := map[string]string{}
	for line := range strings.Lines(read(t, dist, "SHA256SUMS")) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		hash := sha256.Sum256([]byte(read(t, dist, name)))
		if !ok || sum != hex.EncodeToString(hash[:]) {
			t.Errorf("the checksum of %s is not %s", name, sum)
		}
		sums[name] = sum
	}
	if len(sums) != 9 {
		t.Errorf("%d packages have a checksum, want 2 archives, 2 zips, 2 installers, 2 .debs and an SBOM", len(sums))
	}
	for _, arch := range []string{"amd64", "arm64"} {
		zip, setup := "altv-tray-"+version+"-windows-"+arch+".zip", "altv-tray-"+version+"-windows-"+arch+"-setup.exe"
		if scoop := read(t, dist, "scoop", "altv-tray.json"); !json.Valid([]byte(scoop)) || !strings.Contains(scoop, "/v"+version+"/"+zip+`",`+"\n      "+`"hash": "`+sums[zip]) {
			t.Errorf("Scoop's manifest lacks %s and its checksum, or is no JSON:\n%s", zip, scoop)
		}
		if winget := read(t, dist, "winget", "altv-tray.altv-tray.installer.yaml"); !strings.Contains(winget, "/"+setup+"\n    InstallerSha256: "+strings.ToUpper(sums[setup])) {
			t.Errorf("winget's manifest lacks %s and its checksum:\n%s", setup, winget)
		}
	}
	var bom struct {
		Components []struct{ PURL string }
	}
	if err := json.Unmarshal([]byte(read(t, dist, "altv-tray-"+version+".cdx.json")), &bom); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, c := range bom.Components {
		known[strings.TrimPrefix(c.PURL, "pkg:golang/")] = true
	}
	// Both are linked into every program, the one on every platform.
	for _, want := range regexp.MustCompile(`(?m)^\t(\S*(?:alecthomas/kong|go-toml/v2)) (\S+)$`).FindAllStringSubmatch(read(t, "..", "..", "go.mod"), -1) {
		if !known[want[1]+"@"+want[2]] {
			t.Errorf("the SBOM lacks %s %s: %v", want[1], want[2], known)
		}
	}
}

func TestDesktopPackageTarGzip(t *testing.T) {
	desktoptest.Need(t, "tar", "desktop-file-validate", "appstreamcli")
	dist, version := packages(t)
	for arch, machine := range map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64} {
		folder := t.TempDir()
		name := "altv-tray-" + version + "-linux-" + arch
		command(t, "tar", "-xzf", filepath.Join(dist, name+".tar.gz"), "-C", folder)
		folder = filepath.Join(folder, name)
		program, err := elf.Open(filepath.Join(folder, "altv-tray"))
		if err != nil {
			t.Fatal(err)
		}
		if program.Machine != machine {
			t.Errorf("%s holds a program for %v", name, program.Machine)
		}
		program.Close()
		command(t, "desktop-file-validate", filepath.Join(folder, "share/applications/altv-tray.desktop"))
		meta, err := filepath.Glob(filepath.Join(folder, "share/metainfo/*.metainfo.xml"))
		if err != nil || len(meta) != 1 {
			t.Fatalf("%v %v", meta, err)
		}
		command(t, "appstreamcli", "validate", "--no-net", "--pedantic", meta[0])
		if arch == "amd64" {
			if got := command(t, filepath.Join(folder, "altv-tray"), "version"); got != "altv-tray "+version+"\n" {
				t.Errorf("version says %q", got)
			}
		}
	}
}

// The two programs of a zip are one but for the console, and have the resources
// that Windows looks for.
func TestDesktopPackageZip(t *testing.T) {
	desktoptest.Need(t, "unzip")
	dist, version := packages(t)
	for arch, machine := range map[string]uint16{"amd64": pe.IMAGE_FILE_MACHINE_AMD64, "arm64": pe.IMAGE_FILE_MACHINE_ARM64} {
		folder := t.TempDir()
		name := "altv-tray-" + version + "-windows-" + arch
		command(t, "unzip", "-q", filepath.Join(dist, name+".zip"), "-d", folder)
		for file, subsystem := range map[string]uint16{"altv-tray.exe": pe.IMAGE_SUBSYSTEM_WINDOWS_GUI, "altv-tray.com": pe.IMAGE_SUBSYSTEM_WINDOWS_CUI} {
			program, err := pe.Open(filepath.Join(folder, name, file))
			if err != nil {
				t.Fatal(err)
			}
			defer program.Close()
			if program.Machine != machine || program.OptionalHeader.(*pe.OptionalHeader64).Subsystem != subsystem {
				t.Errorf("%s in %s is for another machine or subsystem", file, name)
			}
			resources, err := program.Section(".rsrc").Data()
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"permonitorv2,", "asInvoker", "Microsoft.Windows.Common-Controls", wide(version), wide("The altv-tray authors")} {
				if !strings.Contains(string(resources), want) {
					t.Errorf("the resources of %s in %s lack %q", file, name, want)
				}
			}
		}
	}
}

// wide is how Windows keeps a text of ASCII letters.
func wide(text string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		b.Write([]byte{c, 0})
	}
	return b.String()
}
