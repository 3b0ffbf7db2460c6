//go:build linux

package packaging

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"altv-tray/tray/desktoptest"
)

// With a certificate, here one that is made on the spot, all that Windows asks
// about is signed: programs, installers and uninstaller.
func TestDesktopPackageSigned(t *testing.T) {
	desktoptest.Need(t, "makensis", "openssl", "osslsigncode", "unzip", "wine", "wineboot", "wineserver", "x86_64-w64-mingw32-gcc", "Xvfb", "openbox", "tint2")
	// What a shell would take apart, for the uninstaller is signed through one.
	folder := filepath.Join(t.TempDir(), "my certificate & key")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	file := func(name string) string { return filepath.Join(folder, name) }
	if err := os.WriteFile(file("password"), []byte(`pass "word"`), 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, "openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-days", "2", "-subj", "/CN=altv-tray tests",
		"-addext", "keyUsage=digitalSignature", "-addext", "extendedKeyUsage=codeSigning", "-keyout", file("key.pem"), "-out", file("cert.pem"))
	command(t, "openssl", "pkcs12", "-export", "-inkey", file("key.pem"), "-in", file("cert.pem"), "-passout", "file:"+file("password"), "-out", file("cert.p12"))
	t.Setenv("SIGN_PKCS12", file("cert.p12"))
	t.Setenv("SIGN_PASSWORD_FILE", file("password"))
	t.Setenv("SIGN_TIMESTAMP", "") // no network
	dist := filepath.Join(t.TempDir(), "dist")
	command(t, "go", "run", "./build", "-version", testVersion, "-out", dist)

	signed := func(program string) error {
		out, err := exec.Command("osslsigncode", "verify", "-CAfile", file("cert.pem"), "-in", program).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "altv-tray tests") {
			return &notSigned{program, string(out)}
		}
		return nil
	}
	for _, arch := range []string{"amd64", "arm64"} {
		name := "altv-tray-" + testVersion + "-windows-" + arch
		command(t, "unzip", "-q", filepath.Join(dist, name+".zip"), "-d", folder)
		for _, program := range []string{filepath.Join(folder, name, "altv-tray.exe"), filepath.Join(folder, name, "altv-tray.com"), filepath.Join(dist, name+"-setup.exe")} {
			if err := signed(program); err != nil {
				t.Error(err)
			}
		}
	}
	// The check itself sees a byte that has changed since.
	forged := []byte(read(t, folder, "altv-tray-"+testVersion+"-windows-amd64", "altv-tray.exe"))
	forged[len(forged)/2] ^= 1
	if err := os.WriteFile(file("forged.exe"), forged, 0o600); err != nil {
		t.Fatal(err)
	}
	if signed(file("forged.exe")) == nil {
		t.Error("a program with another byte counts as signed")
	}

	w := desktoptest.StartWine(t)
	if r := w.Run(t, "", filepath.Join(dist, "altv-tray-"+testVersion+"-windows-amd64-setup.exe"), "/S"); r.Code != 0 {
		t.Fatalf("the signed installer: %v", r)
	}
	for _, name := range []string{"uninstall.exe", "altv-tray.exe", "altv-tray.com"} {
		if err := signed(filepath.Join(w.Local, "Programs", "altv-tray", name)); err != nil {
			t.Errorf("installed: %v", err)
		}
	}
}

type notSigned struct{ program, why string }

func (n *notSigned) Error() string { return n.program + " is not signed:\n" + n.why }
