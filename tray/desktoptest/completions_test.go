//go:build linux

package desktoptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bash, zsh and fish find the completions in the folders where packages put them, and
// complete what a user types.
func TestDesktopCompletions(t *testing.T) {
	t.Parallel()
	Need(t, "bash", "zsh", "fish")
	folder := shortDir(t)
	env := NewEnv(t, nil)
	env.Set("PATH", filepath.Dir(Build(t))+":"+os.Getenv("PATH"))
	for file, name := range map[string]string{"altv-tray.bash": "altv-tray.bash", "altv-tray.zsh": "_altv-tray", "altv-tray.fish": "altv-tray.fish"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "assets", "packaging", "linux", file))
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(folder, name), string(text))
	}
	prints := func(t *testing.T, want, shell string, args ...string) string {
		t.Helper()
		r := env.Run(t, "", shell, args...)
		if r.Code != 0 || !strings.Contains(r.Stdout, want) || r.Stderr != "" {
			t.Errorf("%s %q: %v, want %q", shell, args, r, want)
		}
		return r.Stdout
	}
	t.Run("bash", func(t *testing.T) {
		file := filepath.Join(folder, "altv-tray.bash")
		prints(t, "", "bash", "-n", file)
		prints(t, "complete -o default -F _altv_tray altv-tray\n", "bash", "--norc", "-c", ". "+file+" && complete -p altv-tray")
	})
	t.Run("zsh", func(t *testing.T) {
		prints(t, "", "zsh", "-n", filepath.Join(folder, "_altv-tray"))
		rc, script := filepath.Join(folder, "rc.zsh"), filepath.Join(folder, "type.zsh")
		writeFile(t, rc, "fpath=("+folder+" $fpath)\nautoload -Uz compinit && compinit -u -d "+folder+"/dump && print loaded:$_comps[altv-tray]\n")
		writeFile(t, script, strings.ReplaceAll(typeIntoZsh, "RC", rc))
		out := prints(t, "loaded:_altv-tray", "zsh", "-f", script)
		for _, want := range []string{"altv-tray password ", "--watch", "Print a line for each change"} {
			if !strings.Contains(out, want) {
				t.Errorf("zsh does not show %q: %q", want, out)
			}
		}
	})
	t.Run("fish", func(t *testing.T) {
		file := filepath.Join(folder, "altv-tray.fish")
		prints(t, "", "fish", "-n", file)
		complete := func(line string) string { return `source ` + file + `; complete -C "` + line + `"` }
		prints(t, "password\tStore, remove or check the server password", "fish", "-N", "-c", complete("altv-tray passw"))
		out := prints(t, "set\tStore the password.", "fish", "-N", "-c", complete("altv-tray password s"))
		if !strings.Contains(out, "\nstatus\t") || strings.Contains(out, "start") {
			t.Errorf("fish offers %q after password", out)
		}
		prints(t, "--watch\tPrint a line", "fish", "-N", "-c", complete("altv-tray status --w"))
	})
}

// typeIntoZsh types into a shell in its own terminal and waits for what it completes.
const typeIntoZsh = `zmodload zsh/zpty
zpty z "TERM=dumb zsh -f -i"
zpty -w z ". RC"
zpty -r -m z out '*loaded:_altv-tray*'
print -r -- $out
zpty -w -n z $'altv-tray passw\t'
zpty -r -m z out '*password *'
print -r -- $out
zpty -w -n z $'se\t'
zpty -r -m z out '*set *'
print -r -- $out
zpty -w -n z $'\C-ualtv-tray status --\t'
zpty -r -m z out '*each change until*'
print -r -- $out
zpty -d z
`
