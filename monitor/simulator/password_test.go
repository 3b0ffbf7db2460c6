package simulator_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"altv-tray/monitor/debugport"
	"altv-tray/monitor/simulator"
)

// TestPasswords joins once from the menu and looks at where that leads. No
// refusal comes before the whole download.
func TestPasswords(t *testing.T) {
	const right = "correct horse"
	cases := map[string]struct {
		opts simulator.Options
		toml string // server.toml; "-" for none
		send string
		want debugport.Status
	}{
		"right":                     {simulator.Options{Password: right}, "-", right, debugport.InGame},
		"wrong":                     {simulator.Options{Password: right}, "-", "battery", debugport.MainMenu},
		"wrong, error":              {simulator.Options{Password: right, AfterRefusal: debugport.Error}, "-", "battery", debugport.Error},
		"empty":                     {simulator.Options{Password: right}, "-", "", debugport.MainMenu},
		"empty, nothing to reuse":   {simulator.Options{Password: right, ReuseLast: true}, "-", "", debugport.MainMenu},
		"needless":                  {simulator.Options{}, "-", "battery", debugport.InGame},
		"needless, refused":         {simulator.Options{RefuseNeedless: true}, "-", "battery", debugport.MainMenu},
		"none needed, none given":   {simulator.Options{RefuseNeedless: true}, "-", "", debugport.InGame},
		"toml right":                {simulator.Options{Password: "x"}, "password = 'correct horse'\nport = 7788\n[x]\ny=1", right, debugport.InGame},
		"toml wrong":                {simulator.Options{Password: "x"}, "password = 'correct horse'", "x", debugport.MainMenu},
		"toml with byte order mark": {simulator.Options{}, "\ufeffpassword = 'correct horse'", right, debugport.InGame},
		"toml without password":     {simulator.Options{Password: right}, "name = 'n'", "", debugport.InGame},
		"toml broken":               {simulator.Options{Password: right}, "name = 'n'\npassword = 'correct", right, debugport.InGame},
		"toml of another type":      {simulator.Options{Password: right}, "password = 12", "12", debugport.MainMenu},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if c.toml != "-" {
				c.opts.Folder = t.TempDir()
				if err := os.WriteFile(filepath.Join(c.opts.Folder, "server.toml"), []byte(c.toml), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			inBubble(t, c.opts, func(t *testing.T, b bench) {
				b.toMenu()
				b.post(c.send)
				b.pass(simulator.ConnectingTime)
				b.pass(simulator.DownloadTime - 10*time.Millisecond)
				b.says(debugport.DownloadingFiles)
				b.pass(10 * time.Millisecond)
				b.says(c.want)

				p := b.Client.Posts()[0]
				if p.PasswordOK != (c.want == debugport.InGame) || p.Empty != (c.send == "") || p.Body != c.send {
					t.Errorf("recorded as %+v", p)
				}
				if c.want != debugport.InGame {
					b.told("refused")
				}
				if name == "toml broken" {
					b.told("server.toml is broken in line 2")
				}
				for _, secret := range []string{right, "battery", "horse", "'correct"} {
					if holds(*b.events, secret) {
						t.Errorf("an event holds a password:\n%s", strings.Join(*b.events, "\n"))
					}
				}
			})
		})
	}
}

func TestPasswordIsReadAtEachJoin(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "server.toml")
	inBubble(t, simulator.Options{Folder: folder, Password: "first"}, func(t *testing.T, b bench) {
		b.toGame("first")
		if err := os.WriteFile(file, []byte("password = 'second'"), 0o600); err != nil {
			t.Fatal(err)
		}
		b.post("first")
		b.pass(simulator.DisconnectingTime + simulator.ConnectingTime + simulator.DownloadTime)
		b.says(debugport.MainMenu)
		b.post("second")
		b.pass(simulator.ConnectingTime + simulator.DownloadTime)
		b.says(debugport.InGame)
	})
}

func TestEmptyPasswordCanMeanTheLastOne(t *testing.T) {
	inBubble(t, simulator.Options{Password: "pw", ReuseLast: true}, func(t *testing.T, b bench) {
		b.toGame("pw")
		b.post("")
		b.pass(simulator.DisconnectingTime + simulator.ConnectingTime + simulator.DownloadTime)
		b.says(debugport.InGame)
		if p := b.Client.Posts()[1]; !p.Empty || !p.PasswordOK {
			t.Errorf("recorded as %+v", p)
		}

		b.Client.Quit() // a new process has no last one
		if err := b.Client.Start(); err != nil {
			t.Fatal(err)
		}
		b.toMenu()
		b.post("")
		b.pass(simulator.ConnectingTime + simulator.DownloadTime)
		b.says(debugport.MainMenu)
	})
}

func TestPasswordIsNotLogged(t *testing.T) {
	folder := t.TempDir()
	inBubble(t, simulator.Options{Folder: folder, Password: "opensesame"}, func(t *testing.T, b bench) {
		b.toGame("opensesame")
		b.post("opensesame")
		b.post("opensesame") // freezes it
		b.pass(time.Minute)
		if holds(*b.events, "opensesame") || strings.Contains(readLog(t, folder), "opensesame") {
			t.Error("the password is in an event or in the log")
		}
	})
}
