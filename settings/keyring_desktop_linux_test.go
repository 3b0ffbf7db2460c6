package settings

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
)

// caseVariable says which case a copy of the test binary runs. The keyring's
// connection to the bus is one for the whole process, so each case is a process
// with an environment of its own.
const caseVariable = "ALTV_TRAY_KEYRING_CASE"

// keyringCases run in the private environment.
var keyringCases = map[string]func(*testing.T, context.Context, Keyring){
	"unlocked":   keepsByteForByte,
	"locked":     givesOnly(ErrLocked),
	"no service": givesOnly(ErrNoKeyring),
	"no bus":     givesOnly(ErrNoKeyring),
}

func keepsByteForByte(t *testing.T, ctx context.Context, k Keyring) {
	if _, err := k.Get(ctx, "default"); !errors.Is(err, ErrNotStored) {
		t.Errorf("Get of none: %v", err)
	}
	if err := k.Clear(ctx, "default"); !errors.Is(err, ErrNotStored) {
		t.Errorf("Clear of none: %v", err)
	}
	longest := strings.Repeat("ä€🔒x", MaxPassword/10)
	if len(longest) != MaxPassword {
		t.Fatalf("%d bytes", len(longest))
	}
	for _, password := range []string{longest, " \t\"'\\\n", "a"} {
		if err := k.Set(ctx, "default", password); err != nil {
			t.Fatal(err)
		}
		if got, err := k.Get(ctx, "default"); got != password || err != nil {
			t.Errorf("got %q, %v; want %q", got, err, password)
		}
	}
	if err := k.Set(ctx, "zweites 密码", "other"); err != nil {
		t.Fatal(err)
	}
	if err := k.Clear(ctx, "default"); err != nil {
		t.Error(err)
	}
	if _, err := k.Get(ctx, "default"); !errors.Is(err, ErrNotStored) {
		t.Errorf("Get after Clear: %v", err)
	}
	if got, err := k.Get(ctx, "zweites 密码"); got != "other" || err != nil {
		t.Errorf("the other profile: %q, %v", got, err)
	}
	if err := k.Set(ctx, "default", longest+"x"); !errors.Is(err, ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
}

func givesOnly(want error) func(*testing.T, context.Context, Keyring) {
	return func(t *testing.T, ctx context.Context, k Keyring) {
		_, err := k.Get(ctx, "default")
		checkError(t, "Get", err, want)
		err = errors.Join(err, k.Set(ctx, "default", canary))
		checkError(t, "Set", err, want)
		err = errors.Join(err, k.Clear(ctx, "default"))
		checkError(t, "Clear", err, want)
		if errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("no answer came: %v", err)
		}
	}
}

// TestDesktopKeyring meets a real GNOME Keyring on a bus of its own.
func TestDesktopKeyring(t *testing.T) {
	if name := os.Getenv(caseVariable); name != "" {
		SetSessionBusAddress() // as the program does at its start
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		keyringCases[name](t, ctx, OSKeyring())
		return
	}
	for _, program := range []string{"dbus-daemon", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err == nil {
			continue
		}
		if os.Getenv("ALTV_TRAY_DESKTOP") == "1" {
			t.Fatalf("%s is not installed and ALTV_TRAY_DESKTOP=1 asks for it: install the packages dbus and gnome-keyring", program)
		}
		t.Skipf("needs %s: install the packages dbus and gnome-keyring", program)
	}

	t.Run("unlocked, then locked", func(t *testing.T) {
		session := newSession(t)
		session.startBus(t)
		stop := session.startKeyring(t, "--unlock")
		session.run(t, "unlocked")
		stop()
		// The same keyring, now locked.
		session.startKeyring(t)
		session.run(t, "locked")
	})
	t.Run("no service", func(t *testing.T) {
		session := newSession(t)
		session.startBus(t)
		session.run(t, "no service")
	})
	t.Run("stale bus", func(t *testing.T) {
		session := newSession(t)
		session.address = "unix:path=" + filepath.Join(session.folder, "gone")
		session.run(t, "no bus")
	})
}

// session is the environment of a user of its own.
type session struct {
	folder  string
	address string // of the bus; empty: none
}

func newSession(t *testing.T) *session {
	t.Helper()
	// Not t.TempDir: a socket's path has room for some hundred bytes only.
	folder, err := os.MkdirTemp("", "altv")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	for _, name := range []string{"home", "run"} {
		if err := os.Mkdir(filepath.Join(folder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return &session{folder: folder}
}

func (s *session) environment(more ...string) []string {
	home := filepath.Join(s.folder, "home")
	environment := []string{
		"HOME=" + home,
		"XDG_RUNTIME_DIR=" + filepath.Join(s.folder, "run"),
		"XDG_DATA_HOME=" + filepath.Join(home, "data"),
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"),
		"XDG_CACHE_HOME=" + filepath.Join(home, "cache"),
		"PATH=" + os.Getenv("PATH"),
	}
	if s.address != "" {
		environment = append(environment, "DBUS_SESSION_BUS_ADDRESS="+s.address)
	}
	return append(environment, more...)
}

// run runs a case in a copy of the test binary.
func (s *session) run(t *testing.T, name string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestDesktopKeyring$", "-test.v")
	command.Env = s.environment(caseVariable + "=" + name)
	output, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(output), "--- PASS: TestDesktopKeyring") {
		t.Errorf("%s: %v\n%s", name, err, output)
	}
	if strings.Contains(string(output), canary) {
		t.Errorf("%s: the password is in the output", name)
	}
}

// startBus starts a bus without services, so that none of the system's own is
// started by asking for it.
func (s *session) startBus(t *testing.T) {
	t.Helper()
	config := filepath.Join(s.folder, "bus.conf")
	if err := os.WriteFile(config, []byte(`<busconfig>
  <type>session</type>
  <listen>unix:path=`+filepath.Join(s.folder, "bus")+`</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`), 0o600); err != nil {
		t.Fatal(err)
	}
	command := exec.Command("dbus-daemon", "--nofork", "--print-address", "--config-file="+config)
	command.Env = s.environment()
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	start(t, command)
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil {
		t.Fatalf("dbus-daemon gave no address: %v", err)
	}
	s.address = strings.TrimSpace(line)
}

// startKeyring starts GNOME Keyring and waits until it has its name on the bus.
// The function returned ends it, as the test's end does.
func (s *session) startKeyring(t *testing.T, arguments ...string) (stop func()) {
	t.Helper()
	bus, err := dbus.Connect(s.address)
	if err != nil {
		t.Fatal(err)
	}
	defer bus.Close()
	const name = "org.freedesktop.secrets"
	if err := bus.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"),
		dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, name)); err != nil {
		t.Fatal(err)
	}
	owned := make(chan *dbus.Signal, 10)
	bus.Signal(owned)

	command := exec.Command("gnome-keyring-daemon", append(arguments, "--foreground", "--components=secrets")...)
	command.Env = s.environment()
	command.Stdin = strings.NewReader("keyring password")
	command.Stdout = io.Discard
	stop = start(t, command)

	// The name is taken by its own only once: a signal without a new owner is the
	// end of the daemon before.
	limit := time.After(20 * time.Second)
	for {
		select {
		case signal := <-owned:
			if len(signal.Body) == 3 && signal.Body[2] != "" {
				return stop
			}
		case <-limit:
			t.Fatal("gnome-keyring-daemon did not come up")
		}
	}
}

func start(t *testing.T, command *exec.Cmd) (stop func()) {
	t.Helper()
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	stopped := false
	stop = func() {
		if !stopped {
			stopped = true
			_ = command.Process.Kill()
			_ = command.Wait()
		}
	}
	t.Cleanup(stop)
	return stop
}
