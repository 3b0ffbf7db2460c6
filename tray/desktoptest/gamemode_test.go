//go:build linux

package desktoptest

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// The lines that the README gives to game modes tell that the server is ready. Where
// there is nobody to tell, they say so, and the game mode goes on. Mono stands for
// .NET, which Debian has no package of.
func TestDesktopGameMode(t *testing.T) {
	t.Parallel()
	Need(t, "node", "tsc", "mcs", "mono")
	lines := readmeLines(t)
	program := Build(t)
	env, server := NewEnv(t, nil), StartGameServer(t)
	env.WriteSettings(t, settings(StartPort(t, "MAIN_MENU"), server, false, "")+"ready = \"signal\"\n")

	type gameMode struct {
		name    string
		command []string
	}
	var gameModes []gameMode
	folder := shortDir(t)
	file := func(name, format string, args ...any) string {
		path := filepath.Join(folder, name)
		writeFile(t, path, fmt.Sprintf(format, args...))
		return path
	}
	tool := func(name string, args ...string) string {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(args) > 0 {
			if r := env.Run(t, "", path, args...); r.Code != 0 {
				t.Fatalf("%s %q: %v", name, args, r)
			}
		}
		return path
	}

	const node = "%s\nprocess.on(\"exit\", (code%s) => console.log(\"the game mode ends with\", code));\n"
	script := file("gamemode.mjs", node, lines["js"], "")
	gameModes = append(gameModes, gameMode{"JavaScript", []string{tool("node"), script}})

	file("package.json", `{"type": "module"}`)
	typed := file("typed.ts", node, lines["js"], ": number")
	args := []string{"--strict", "--target", "es2020", "--module", "es2020", "--moduleResolution", "node", "--outDir", folder, typed}
	if _, err := os.Stat(filepath.Join(debianTypes, "node")); err == nil {
		args = append(args, "--skipLibCheck", "--typeRoots", debianTypes, "--types", "node")
	} else {
		args = append(args, file("node.d.ts", "%s", nodeTypes))
	}
	tool("tsc", args...)
	gameModes = append(gameModes, gameMode{"TypeScript", []string{tool("node"), filepath.Join(folder, "typed.js")}})

	source := file("gamemode.cs", "class GameMode { static void Main() {\n%s\nSystem.Console.WriteLine(\"the game mode ends with 0\");\n} }\n", lines["csharp"])
	binary := filepath.Join(folder, "gamemode.exe")
	tool("mcs", "-out:"+binary, source)
	gameModes = append(gameModes, gameMode{"C#", []string{tool("mono"), binary}})

	goesOn := func(t *testing.T, g gameMode, path, prints string) {
		t.Helper()
		env.Set("PATH", path)
		r := env.Run(t, "", g.command[0], g.command[1:]...)
		if r.Code != 0 || strings.TrimSpace(r.Stdout) != "the game mode ends with 0" ||
			!strings.Contains(r.Stderr, prints) || prints == "" && r.Stderr != "" {
			t.Errorf("with PATH=%s: %v", path, r)
		}
	}
	state := func() string {
		var report struct{ Server struct{ State, Why string } }
		r := env.Run(t, "", program, "status", "--json")
		if err := json.Unmarshal([]byte(r.Stdout), &report); err != nil {
			t.Fatalf("%v: %v", err, r)
		}
		return report.Server.State + " " + report.Server.Why
	}
	is := func(t *testing.T, want string) {
		t.Helper()
		Until(t, 10*time.Second, "the server is "+want, func() (bool, string) {
			got := state()
			return strings.HasPrefix(got, want), got
		})
	}
	nobody := shortDir(t)
	for _, g := range gameModes {
		t.Run("no altv-tray/"+g.name, func(t *testing.T) { goesOn(t, g, nobody, "altv-tray") })
		t.Run("it does not run/"+g.name, func(t *testing.T) { goesOn(t, g, filepath.Dir(program), "altv-tray is not running") })
	}
	app := env.Start(t, "", program)
	Until(t, 10*time.Second, "the tray app runs", func() (bool, string) {
		r := env.Run(t, "", program, "resume")
		return r.Code == 0, r.String()
	})
	for _, g := range gameModes {
		t.Run("ready/"+g.name, func(t *testing.T) {
			server.Down()
			is(t, "down nothing listens")
			server.Up(t)
			is(t, "down waits for")
			goesOn(t, g, nobody, "altv-tray") // which changes nothing
			is(t, "down waits for")
			goesOn(t, g, filepath.Dir(program), "")
			is(t, "ready")
		})
	}
	if !app.Running() {
		t.Error("the tray app has ended")
	}
}

// debianTypes is where Debian's nodejs has the types of Node.js. Elsewhere those below are
// used, which follow its documentation.
const (
	debianTypes = "/usr/share/nodejs/@types"
	nodeTypes   = `declare module "node:child_process" {
	export interface ExecFileException extends Error { code?: string | number | null; }
	export function execFile(file: string, args?: readonly string[] | null,
		callback?: (error: ExecFileException | null, stdout: string, stderr: string) => void): { readonly pid?: number };
}
declare const process: { on(event: "exit", listener: (code: number) => void): void };
`
)

// readmeLines returns the README's code by its language.
func readmeLines(t *testing.T) map[string]string {
	t.Helper()
	root, err := repository()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]string{}
	for _, block := range regexp.MustCompile("(?s)```(js|csharp)\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		lines[block[1]] += block[2]
	}
	if !strings.Contains(lines["js"], `"ready"`) || !strings.Contains(lines["csharp"], `"ready"`) {
		t.Fatalf("the README has no lines for game modes: %q", lines)
	}
	return lines
}
