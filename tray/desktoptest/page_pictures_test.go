//go:build linux

package desktoptest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"altv-tray/monitor/history"
)

// workday is the history of a day of development up to now: restarts of the server
// every few minutes, a loop of them, a crash, a break, and joins that fail.
func workday(now time.Time) []byte {
	random := rand.New(rand.NewPCG(13, 37))
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	at := now.Add(-8*time.Hour - 20*time.Minute)
	client, server := at, at
	span := func(kind history.Kind, state string, since *time.Time) {
		_ = out.Encode(history.Entry{At: at, Kind: kind, Duration: at.Sub(*since), Profile: "default", State: state})
		*since = at
	}
	restart := func(down time.Duration, fails string) {
		span(history.Server, "ready", &server)
		left := at
		at = at.Add(down / 3)
		if down > 20*time.Second {
			span(history.Client, "IN_GAME", &client)
		}
		at = left.Add(down)
		span(history.Server, "down", &server)
		if down > 20*time.Second {
			span(history.Client, "MAIN_MENU", &client)
		} else {
			span(history.Client, "IN_GAME", &client)
		}
		took := 3*time.Second + time.Duration(random.ExpFloat64()*float64(4*time.Second))
		if fails != "" {
			took = 40 * time.Second
		}
		at = at.Add(took)
		span(history.Client, "DOWNLOADING_FILES", &client)
		_ = out.Encode(history.Entry{At: at, Kind: history.Reconnect, Duration: took, Profile: "default", Cause: "server_restart", Joined: fails == "", Reason: fails, Attempts: 1})
		if fails != "" {
			at = at.Add(90 * time.Second)
			span(history.Client, "MAIN_MENU", &client)
		}
	}
	at = at.Add(4 * time.Minute)
	span(history.Client, "NOT_RUNNING", &client)
	for n := 0; at.Before(now.Add(-6 * time.Minute)); n++ {
		at = at.Add(3*time.Minute + time.Duration(random.ExpFloat64()*float64(9*time.Minute)))
		switch {
		case n == 7:
			restart(8*time.Minute, "wrong_password")
		case n == 19: // a break
			span(history.Client, "IN_GAME", &client)
			at = at.Add(50 * time.Minute)
			span(history.Client, "NOT_RUNNING", &client)
		case n == 24:
			restart(4*time.Minute, "join_timeout")
		default:
			restart(4*time.Second+time.Duration(random.ExpFloat64()*float64(25*time.Second)), "")
		}
	}
	return text.Bytes()
}

// TestDesktopPagePictures shows a day on the page of the built program.
// ALTV_TRAY_PICTURES names a folder for pictures of it; those of the README are made
// so: see CONTRIBUTING.md.
func TestDesktopPagePictures(t *testing.T) {
	Need(t, "chromium")
	d := NewDesktop(t, "IN_GAME")
	folder := t.TempDir()
	writeFile(t, filepath.Join(folder, "server.toml"), fmt.Sprintf("host = \"127.0.0.1\"\nport = %s\npassword = \"x\"\n", d.Server.Address[strings.LastIndex(d.Server.Address, ":")+1:]))
	writeFile(t, d.Env.StateFile(history.FileName), string(workday(time.Now().UTC())))
	sent := d.Env.Browser(t)
	tell := func(language string) {
		t.Helper()
		text := strings.Replace(settings(d.Port, d.Server, true, ""), `"en"`, fmt.Sprintf("%q", language), 1)
		d.Env.WriteSettings(t, text+fmt.Sprintf("folder = %q\n", folder))
	}
	tell("en")
	d.Start(t, "alt:V: In game")
	page := StartBrowser(t, chromedp.Flag("lang", "en-GB"), chromedp.Flag("accept-lang", "en-GB"), chromedp.Flag("hide-scrollbars", true))
	// The end of a working day, wherever this runs.
	zone := time.Now().UTC().Hour() - 18
	if zone < -12 {
		zone += 24
	}
	page.call(func(ctx context.Context) error {
		_, err := chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: fmt.Sprintf("Etc/GMT%+d", zone)})
		return err
	})
	page.Do(chromedp.EmulateViewport(1180, 730, chromedp.EmulateScale(1.5)), chromedp.Navigate(openPage(t, d, sent)))
	page.Reads(".client .big", "In game")
	for _, language := range []string{"en", "zh-Hans"} {
		tell(language)
		page.Sees(fmt.Sprintf("document.documentElement.lang === %q", language))
		for _, scheme := range []string{"light", "dark"} {
			page.call(func(ctx context.Context) error {
				_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
				return err
			})
			for section, there := range map[string]string{
				"now": `document.querySelector(".last.good")`, "timeline": `document.querySelectorAll(".mark").length > 15`, "setup": `document.querySelectorAll(".steps .check").length === 4 && !document.querySelector(".summary progress").checkVisibility()`,
			} {
				PageValue[any](page, fmt.Sprintf("location.hash = %q", section))
				page.Sees(there)
				page.keep(fmt.Sprintf("dashboard-%s-%s-%s.png", section, language, scheme))
			}
		}
	}
}

// call does what has no action.
func (p *Page) call(do func(ctx context.Context) error) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := do(ctx); err != nil {
		p.t.Fatal(err)
	}
}

// keep takes a picture of what the window shows, where pictures are wanted.
func (p *Page) keep(name string) {
	p.t.Helper()
	folder := os.Getenv("ALTV_TRAY_PICTURES")
	if folder == "" {
		return
	}
	p.call(func(ctx context.Context) error {
		picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
		if err == nil {
			err = os.MkdirAll(folder, 0o755)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), picture, 0o644)
		}
		return err
	})
}
