//go:build linux

package desktoptest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestDesktopPageOfTheProgram opens the dashboard of the built program in a
// browser by `altv-tray open`, reconnects there, and sees it happen.
func TestDesktopPageOfTheProgram(t *testing.T) {
	t.Parallel()
	Need(t, "chromium")
	d := &Desktop{Program: Build(t), Env: NewEnv(t, nil), Port: StartPort(t, "MAIN_MENU"), Server: StartGameServer(t)}
	d.Env.WriteSettings(t, settings(d.Port, d.Server, false, "")+"password = \"none\"\n")
	d.Port.Script(Joins...)
	d.Env.Start(t, "", d.Program)
	d.Port.WaitPolls(t, 2)

	// The browser of this user notes where it is sent.
	bin, sent := t.TempDir(), filepath.Join(t.TempDir(), "address")
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\necho \"$1\" >"+sent+".new\nmv "+sent+".new "+sent+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	d.Env.Set("PATH", bin+":"+os.Getenv("PATH"))
	begin := time.Now()
	if result := d.Env.Run(t, "", d.Program, "open"); result.Code != 0 {
		t.Fatalf("altv-tray open: %v", result)
	}
	address, err := os.ReadFile(sent)
	if err != nil || !strings.HasPrefix(string(address), "http://127.0.0.1:") {
		t.Fatalf("the browser is sent to %q: %v", address, err)
	}
	opened := time.Since(begin)

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.ExecPath("chromium"), chromedp.Flag("disable-quic", true))
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	defer end()
	ctx, cancel := chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	sees := func(text string) {
		t.Helper()
		limited, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		if _, err := chromedp.Run(limited, chromedp.Poll[chromedp.Void](fmt.Sprintf(`document.querySelector(".client .big")?.textContent === %q`, text))); err != nil {
			t.Fatalf("the page never said %q: %v", text, err)
		}
	}
	begin = time.Now()
	if err := chromedp.Do(ctx, chromedp.Navigate(strings.TrimSpace(string(address)))); err != nil {
		t.Fatal(err)
	}
	sees("Main menu")
	t.Logf("altv-tray open took %v, the page %v", opened, time.Since(begin))
	if err := chromedp.Do(ctx, chromedp.Click(chromedp.CSS("#go"))); err != nil {
		t.Fatal(err)
	}
	d.Port.WaitReconnects(t, 1, 5*time.Second)
	sees("In game")
	d.Port.Set("LOADING")
	sees("Loading")
}
