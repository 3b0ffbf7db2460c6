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

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// browserScript writes a program that systems start for a web page. It notes the
// address, or fails where sent is empty.
func browserScript(t testing.TB, sent string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	script := "#!/bin/sh\nexit 1\n"
	if sent != "" {
		script = fmt.Sprintf("#!/bin/sh\necho \"$1\" >'%s.new' && mv '%[1]s.new' '%[1]s'\n", sent)
	}
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// Sent is where a browser was sent to.
type Sent string

// Address waits for the next address.
func (s Sent) Address(t testing.TB) string {
	t.Helper()
	var address string
	Until(t, 20*time.Second, "a browser is opened", func() (bool, string) {
		text, err := os.ReadFile(string(s))
		address = strings.TrimSpace(string(text))
		return err == nil && strings.HasPrefix(address, "http://127.0.0.1:"), fmt.Sprintf("%q, %v", text, err)
	})
	if err := os.Remove(string(s)); err != nil {
		t.Fatal(err)
	}
	return address
}

// Browser gives this user a browser that notes where it is sent.
func (e *Env) Browser(t testing.TB) Sent {
	t.Helper()
	sent := filepath.Join(t.TempDir(), "address")
	e.Set("PATH", browserScript(t, sent)+":"+os.Getenv("PATH"))
	return Sent(sent)
}

// Page is a tab of a real browser.
type Page struct {
	t   testing.TB
	ctx context.Context
}

// StartBrowser starts one with an empty tab; both end with the test.
func StartBrowser(t testing.TB, options ...chromedp.ExecAllocatorOption) *Page {
	t.Helper()
	Need(t, "chromium")
	options = append(append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.ExecPath("chromium"), chromedp.Flag("disable-quic", true)), options...)
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(end)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	p := &Page{t, ctx}
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return p
}

// Tab is another one of the same browser. End closes it.
func (p *Page) Tab() (tab *Page, end func()) {
	p.t.Helper()
	ctx, end := chromedp.NewContext(p.ctx)
	if err := chromedp.Do(ctx); err != nil {
		p.t.Fatal(err)
	}
	return &Page{p.t, ctx}, end
}

// OpenTab has a browser open an address in a new tab, as another program would, and
// returns when its first picture was on the screen. Nothing watches the tab until it has
// had the time for that: a browser takes longer over a page that is watched. End closes it.
func OpenTab(t testing.TB, browser context.Context, address string) (tab context.Context, painted time.Time, end func()) {
	t.Helper()
	made, err := chromedp.CallBrowser(browser, target.CreateTarget, target.CreateTargetParams{URL: address})
	if err != nil {
		t.Fatal(err)
	}
	<-time.After(time.Second)
	tab, end = chromedp.NewContext(browser, chromedp.WithTargetID(made.TargetID))
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	page := &Page{t, tab}
	const first = `performance.getEntriesByName("first-contentful-paint")[0]`
	page.Sees(first)
	at := PageValue[float64](page, `performance.timeOrigin + `+first+`.startTime`)
	return tab, time.UnixMicro(int64(at * 1000)), end
}

// Do does something in the page, with a bound.
func (p *Page) Do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// Sees waits for an expression to be true.
func (p *Page) Sees(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingInterval(20*time.Millisecond))); err != nil {
		p.t.Fatalf("it never was true: %s: %v", expression, err)
	}
}

// Reads waits for an element to have a text.
func (p *Page) Reads(selector, text string) {
	p.t.Helper()
	p.Sees(fmt.Sprintf(`[...document.querySelectorAll(%q)].some((e) => e.checkVisibility() && e.textContent.includes(%q))`, selector, text))
}

// PageValue evaluates an expression in a page.
func PageValue[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatal(err)
	}
	return v
}
