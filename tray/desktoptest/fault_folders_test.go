//go:build linux

package desktoptest

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// With folders that cannot be used, only what would be stored in them is missing, and
// every place where the user may look says so.
func TestDesktopFaultFolders(t *testing.T) {
	t.Parallel()
	for _, fault := range []struct {
		name     string
		make     func(t *testing.T, d *Desktop)
		mend     func(t *testing.T, d *Desktop)
		told     []string // words of what is printed
		doctor   []string // words of the doctor's check
		commands bool     // whether they still reach the app
	}{
		{
			name:   "state folder read-only",
			make:   func(t *testing.T, d *Desktop) { folder(t, d.Env.StateFile("."), 0o500) },
			mend:   func(t *testing.T, d *Desktop) { chmod(t, d.Env.StateFile("."), 0o700) },
			told:   []string{"it goes to the terminal instead", "will not reach this app"},
			doctor: []string{"/state/altv-tray", systemWords[denied]},
		},
		{
			name:     "cache folder read-only",
			make:     func(t *testing.T, d *Desktop) { folder(t, filepath.Join(d.Env.Cache, "altv-tray"), 0o500) },
			mend:     func(t *testing.T, d *Desktop) { chmod(t, filepath.Join(d.Env.Cache, "altv-tray"), 0o700) },
			doctor:   []string{"/.cache/altv-tray", systemWords[denied]},
			commands: true,
		},
		{
			name: "state and cache folders missing and not to be made",
			make: func(t *testing.T, d *Desktop) {
				for _, parent := range []string{d.Env.State, d.Env.Cache} {
					if err := os.RemoveAll(parent); err != nil {
						t.Fatal(err)
					}
					chmod(t, filepath.Dir(parent), 0o500)
				}
			},
			mend: func(t *testing.T, d *Desktop) {
				for _, parent := range []string{d.Env.State, d.Env.Cache} {
					chmod(t, filepath.Dir(parent), 0o700)
				}
			},
			told:   []string{"the log cannot be written", "it goes to the terminal instead", "will not reach this app"},
			doctor: []string{"/.local: ", systemWords[denied]},
		},
		{
			name:     "log made a folder",
			make:     func(t *testing.T, d *Desktop) { folder(t, d.Env.StateFile("altv-tray.log"), 0o700) },
			mend:     func(t *testing.T, d *Desktop) { remove(t, d.Env.StateFile("altv-tray.log")) },
			told:     []string{"altv-tray.log: is a directory", "it goes to the terminal instead"},
			doctor:   []string{"altv-tray.log", "is a directory"},
			commands: true,
		},
	} {
		t.Run(fault.name, func(t *testing.T) {
			d := NewDesktop(t, "MAIN_MENU")
			file := filepath.Join(d.Env.Config, "altv-tray", "settings.toml")
			sound := d.settingsText(t)
			if err := os.RemoveAll(d.Env.StateFile(".")); err != nil { // the command that stores the password has been here
				t.Fatal(err)
			}
			fault.make(t, d)
			mended := false
			mend := func() {
				if !mended {
					mended = true
					fault.mend(t, d)
				}
			}
			t.Cleanup(mend) // else the test's folders could not be removed
			app := d.startAsUser(t, "alt:V: Main menu")
			for _, words := range fault.told {
				if said := app.Stderr(); !strings.Contains(said, words) {
					t.Errorf("not said: %q; but %q", words, said)
				}
			}
			if len(fault.told) == 0 && app.Stderr() != "" {
				t.Errorf("said: %q", app.Stderr())
			}
			d.reconnects(t)
			d.Notes.Wait(t, 0, AnswerLimit, "Back in game")
			files := len(app.openFiles(t))
			d.saves(t, file, sound)
			d.checked(t, 1, "folders", fault.doctor...)
			reach := 3
			if fault.commands {
				reach = 0
				d.Answers(t)
			}
			for code, command := range map[int]string{0: "status", reach: "resume"} {
				if result := d.command(t, command); result.Code != code {
					t.Errorf("%s: %v, want %d", command, result, code)
				}
			}
			if second := d.command(t, "run"); second.Code != 0 || !strings.Contains(second.Stderr, "running already") {
				t.Errorf("a second start: %v, want that it is running already", second)
			}
			if problems := d.Panel.Problems(); len(problems) > 0 {
				t.Error(problems)
			}

			mend()
			d.reconnects(t)
			history := d.Env.StateFile("history.jsonl")
			Until(t, AnswerLimit, "the history is kept", func() (bool, string) {
				data, err := os.ReadFile(history)
				return strings.Contains(string(data), `"reconnect"`), fmt.Sprint(err)
			})
			d.noMoreFiles(t, app, files+1) // the first notice with a button keeps a connection to the bus
			if strings.Contains(app.Stderr(), "panic") || strings.Contains(app.Stderr(), "goroutine ") {
				t.Errorf("a panic: %s", app.Stderr())
			}
			d.CheckNoPassword(t, app)
			d.quits(t, app)
			healthy := d.startAsUser(t, "alt:V: In game")
			d.Answers(t)
			d.said(t, healthy, "panel_ready")
			if healthy.Stderr() != "" {
				t.Errorf("mended, it says %q", healthy.Stderr())
			}
			d.quits(t, healthy)
		})
	}
}

// reconnects reconnects the client once from its main menu.
func (d *Desktop) reconnects(t testing.TB) {
	t.Helper()
	d.Port.Set("MAIN_MENU")
	d.WaitState(t, "alt:V: Main menu", 5*time.Second)
	d.ReconnectWorks(t)
}

// folder makes a folder with that mode.
func folder(t testing.TB, path string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	chmod(t, path, mode)
}

// command runs a command of the program as startAsUser runs the app.
func (d *Desktop) command(t testing.TB, args ...string) Result {
	t.Helper()
	return d.Env.Run(t, "", "env", d.asUser(args...)...)
}

// startAsUser is Start for a program to which file modes apply. They do not apply to
// root; without two of its capabilities they do, and the bus still accepts it.
func (d *Desktop) startAsUser(t testing.TB, state string) *Process {
	t.Helper()
	app := d.Env.Start(t, "", "env", d.asUser()...)
	d.Panel.WaitForIcon(t, app, 10*time.Second)
	d.WaitState(t, state, 5*time.Second)
	return app
}

// asUser returns the command line for that.
func (d *Desktop) asUser(args ...string) []string {
	line := append([]string{d.Program}, args...)
	if os.Geteuid() != 0 {
		return line
	}
	const heedless = "=-dac_override,-dac_read_search"
	return append([]string{"setpriv", "--bounding-set" + heedless, "--inh-caps" + heedless}, line...)
}

// stillInForce checks that the menu shows the setting, at once.
func (d *Desktop) stillInForce(t testing.TB, automatic bool) {
	t.Helper()
	d.Panel.Wait(t, AnswerLimit, fmt.Sprintf("automatic reconnect is %v", automatic), func(s Sight) bool {
		row, ok := s.Find("Automatic reconnect")
		return ok && row.Checked == automatic
	})
}

// sight returns what the menu shows, at once.
func (d *Desktop) sight(t testing.TB) Sight {
	t.Helper()
	return d.Panel.Wait(t, AnswerLimit, "a menu", func(s Sight) bool { return len(s.Rows) > 2 })
}

// said waits until the log or the program's output has all the words.
func (d *Desktop) said(t testing.TB, app *Process, words ...string) {
	t.Helper()
	Until(t, AnswerLimit, fmt.Sprintf("the program says %q", words), func() (bool, string) {
		said := d.log(t) + app.Stderr()
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(said, w) }), said
	})
}

// refused clicks a row that changes the settings. That must be refused, with a
// notification that has the words.
func (d *Desktop) refused(t testing.TB, app *Process, words ...string) {
	t.Helper()
	row, _ := d.sight(t).Find("Automatic reconnect")
	before := len(d.Notes.Shown())
	d.Click(t, "Automatic reconnect")
	d.Notes.Wait(t, before, AnswerLimit, words...)
	d.stillInForce(t, row.Checked)
}

// saves clicks a row that changes the settings, and clicks it again to change them back.
func (d *Desktop) saves(t testing.TB, file, sound string) {
	t.Helper()
	row, _ := d.sight(t).Find("Automatic reconnect")
	for _, want := range []bool{!row.Checked, row.Checked} {
		d.Click(t, "Automatic reconnect")
		d.stillInForce(t, want)
		text := strings.Replace(sound, fmt.Sprint("enabled = ", row.Checked), fmt.Sprint("enabled = ", want), 1)
		if now := d.settingsText(t); now != text {
			t.Errorf("the file is %q, want %q", now, text)
		}
	}
}

// checked runs doctor, which must exit with the code and have a line with the words.
func (d *Desktop) checked(t testing.TB, code int, id string, words ...string) {
	t.Helper()
	result := d.command(t, "doctor", "--json")
	at := strings.Index(result.Stdout, fmt.Sprintf(`"id": %q`, id))
	if result.Code != code || at < 0 {
		t.Fatalf("doctor: %v, want exit %d and the check %q", result, code, id)
	}
	check, _, _ := strings.Cut(result.Stdout[at:], "}")
	missing := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return strings.Contains(check, w) })
	if len(missing) > 0 || !strings.Contains(check, `"level": "failure"`) {
		t.Errorf("the doctor's check has not %q: %s", missing, check)
	}
}

// mend writes valid settings and waits until they are in force.
func (d *Desktop) mend(t testing.TB, file, sound string) {
	t.Helper()
	before := strings.Count(d.log(t), "msg=settings_changed")
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		remove(t, file)
	} else if err == nil {
		chmod(t, file, 0o600)
	}
	writeFile(t, file, sound)
	Until(t, AnswerLimit, "the mended settings are in force", func() (bool, string) {
		log := d.log(t)
		return strings.Count(log, "msg=settings_changed") > before, log
	})
}

// noMoreFiles checks that the program has no more files open than before. It first ends
// all notifications: while one stands whose button can be pressed, there is a connection
// for it.
func (d *Desktop) noMoreFiles(t testing.TB, app *Process, before int) {
	t.Helper()
	d.Notes.ExpireAll()
	Until(t, 10*time.Second, fmt.Sprintf("no more than %d files are open", before), func() (bool, string) {
		open := app.openFiles(t)
		return len(open) <= before, fmt.Sprintf("%d: %q", len(open), open)
	})
}

// quits ends the program through its menu.
func (d *Desktop) quits(t testing.TB, app *Process) {
	t.Helper()
	d.Click(t, "Quit")
	if code := app.Wait(t, 5*time.Second); code != 0 {
		t.Errorf("Quit ended with %d: %s", code, app.Stderr())
	}
	Until(t, 2*time.Second, "the icon is gone", func() (bool, string) {
		_, there := d.Panel.Registered()
		return !there, "registered"
	})
}

func remove(t testing.TB, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func rename(t testing.TB, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func chmod(t testing.TB, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}
