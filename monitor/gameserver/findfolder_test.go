package gameserver

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestCandidates(t *testing.T) {
	// root makes an absolute path, on Windows too.
	root := func(path string) string { p, _ := filepath.Abs(filepath.FromSlash(path)); return p }
	srv, bin := root("/srv/altv"), root("/opt/bin")
	program := filepath.Join(bin, "altv-server")
	for name, test := range map[string]struct {
		dir, program string
		args         []string
		want         []string
	}{
		"nothing is known":        {"", "", nil, nil},
		"where it was started":    {srv, program, []string{"altv-server"}, []string{srv, bin}},
		"its command line is not": {"", program, nil, []string{bin}},
		"another file's folder":   {bin, program, []string{"s", "--config", filepath.Join(srv, "server.toml")}, []string{srv}},
		"with an equals sign":     {bin, "", []string{"s", "--config=" + filepath.Join(srv, "server.toml")}, []string{srv}},
		"a relative one":          {srv, "", []string{"s", "--config", filepath.FromSlash("dev/server.toml")}, []string{filepath.Join(srv, "dev")}},
		"a bare one":              {srv, program, []string{"s", "--config", "server.toml"}, []string{srv}},
		"to nobody knows where":   {"", program, []string{"s", "--config", "server.toml"}, nil},
		"another name":            {srv, program, []string{"s", "--config", "dev.toml"}, nil},
		"without a value":         {srv, program, []string{"s", "--config"}, nil},
		"other flags":             {srv, program, []string{"s", "--port", "7788", "--configure"}, []string{srv, bin}},
	} {
		if got := candidates(test.dir, test.program, test.args); !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// listening starts a server in a folder, with those arguments.
func listening(t *testing.T, folder string, args ...string) (address, port string) {
	t.Helper()
	s := newServer(t, nil) // for its address
	s.kill()
	server := exec.Command(os.Args[0], args...)
	server.Dir, server.Env = folder, append(os.Environ(), "GAMESERVER_TEST_LISTEN="+s.address)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for limit := time.Now().Add(patience); ; pass(10 * time.Millisecond) {
		if conn, err := net.Dial("tcp", s.address); err == nil {
			_ = conn.Close()
			break
		} else if time.Now().After(limit) {
			t.Fatal(err)
		}
	}
	_, port, _ = net.SplitHostPort(s.address)
	return s.address, port
}

func TestFindFolder(t *testing.T) {
	t.Parallel()
	write := func(dir, text string) string {
		t.Helper()
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "server.toml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	address, port := listening(t, dir)
	is := func(name, address, want string) {
		t.Helper()
		if got := FindFolder(t.Context(), address); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	is("no settings there", address, "")
	write(dir, "port = 1\n")
	is("those of another port", address, "")
	write(dir, "port = "+port+"\nuseCdn = true\n")
	is("a server that opens no port", address, "")
	write(dir, "port = \n")
	is("broken ones", address, "")
	write(dir, "port = "+port+"\npassword = \"x\"\n")
	is("its own", address, dir)
	is("another computer", "192.0.2.7:"+port, "")
	is("a name", "localhost:"+port, "")

	elsewhere := filepath.Join(dir, "elsewhere")
	address, port = listening(t, dir, "--config", filepath.Join("elsewhere", "server.toml"))
	write(dir, "port = "+port+"\n")
	is("nothing where --config leads", address, "")
	write(elsewhere, "port = "+port+"\n")
	is("where --config leads", address, elsewhere)

	own, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	is("this very process", own.Addr().String(), "")
}
