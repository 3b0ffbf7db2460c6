//go:build linux

package dashboard

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"altv-tray/tray/desktoptest"
)

// patience is for a browser on a busy machine.
const patience = 30 * time.Second

// tab is a page in a real browser. A script that fails, what the page's policy
// forbids, and a request to anywhere but the page's server fail the test.
type tab struct {
	*fixture
	ctx context.Context // of the browser

	mu      sync.Mutex
	allowed []string // parts of what may be complained of
}

// chromium is the browser of all tests.
var chromium = sync.OnceValues(func() (context.Context, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU, chromedp.ExecPath("chromium"),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "en-GB"))
	ctx, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(ctx)
	endBrowser = func() {
		cancel()
		end()
	}
	return ctx, chromedp.Do(ctx)
})

// browse opens the page in a new tab, with a window of that width.
func (f *fixture) browse(section string, width int64) *tab {
	f.t.Helper()
	desktoptest.Need(f.t, "chromium")
	browser, err := chromium()
	if err != nil {
		f.t.Fatal(err)
	}
	ctx, end := chromedp.NewContext(browser)
	f.t.Cleanup(end)
	b := &tab{fixture: f, ctx: ctx}
	if err := chromedp.Listen(ctx, b.heard); err != nil {
		f.t.Fatal(err)
	}
	b.call(func(ctx context.Context) error {
		if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, log.Enable, cdp.Empty{})
		return err
	})
	b.do(chromedp.EmulateViewport(width, 900))
	b.open(section)
	return b
}

// tab is another one of the same browser.
func (b *tab) tab() *tab {
	b.t.Helper()
	ctx, end := chromedp.NewContext(b.ctx)
	b.t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		b.t.Fatal(err)
	}
	return &tab{fixture: b.fixture, ctx: ctx}
}

// open goes to the address that the app would open.
func (b *tab) open(section string) {
	b.t.Helper()
	address, err := b.Open(section)
	if err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.Navigate(address))
}

// heard is called with all that the browser tells, from a goroutine of its own.
func (b *tab) heard(event any) {
	switch event := event.(type) {
	case *runtime.EventExceptionThrown:
		b.complain("a script failed: %s", quote(event.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		for _, arg := range event.Args {
			b.complain("the console: %s", arg.Value)
		}
	case *log.EventEntryAdded:
		b.complain("%s: %s %s", event.Entry.Source, event.Entry.Text, event.Entry.URL)
	case *network.EventRequestWillBeSent:
		if url := event.Request.URL; !strings.HasPrefix(url, "http://"+b.address+"/") && !strings.HasPrefix(url, "data:") {
			b.complain("it asks for %s", url)
		}
	}
}

func (b *tab) complain(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	text := fmt.Sprintf(format, args...)
	for _, part := range b.allowed {
		if strings.Contains(text, part) {
			return
		}
	}
	b.t.Error(text)
}

// allow takes complaints with that part for what is meant to happen.
func (b *tab) allow(part string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.allowed = append(b.allowed, part)
}

// call does what has no action, with a bound.
func (b *tab) call(do func(ctx context.Context) error) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := do(ctx); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	b.call(func(ctx context.Context) error { return chromedp.Do(ctx, actions...) })
}

// value evaluates an expression in the page.
func value[T any](b *tab, expression string) (v T) {
	b.t.Helper()
	b.call(func(ctx context.Context) (err error) {
		v, err = chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
		return err
	})
	return v
}

// sees waits for an expression to be true. While a page takes the place of another
// there may be nothing to evaluate it in; that counts as not yet.
func (b *tab) sees(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if yes && err == nil {
			return
		}
		select {
		case <-ctx.Done():
			page := value[string](b, `(document.querySelector("main:not([hidden])") ?? document.body)?.innerText ?? "nothing"`)
			b.t.Fatalf("it never was true: %s (%v); the page says:\n%s", expression, err, page)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// reads waits for an element that is visible to have a text.
func (b *tab) reads(selector, text string) {
	b.t.Helper()
	b.sees(fmt.Sprintf(`[...document.querySelectorAll(%s)].some((e) => e.checkVisibility() && e.textContent.includes(%s))`, quote(selector), quote(text)))
}

// click clicks on the first visible element that has the text, or on the first at
// all where there is none.
func (b *tab) click(selector, text string) {
	b.t.Helper()
	b.reads(selector, text)
	at := value[struct{ X, Y float64 }](b, fmt.Sprintf(`(() => {
		const e = [...document.querySelectorAll(%s)].find((e) => e.checkVisibility() && e.textContent.includes(%s));
		e.scrollIntoView({block: "center"});
		const r = e.getBoundingClientRect();
		return {X: r.x + r.width / 2, Y: r.y + r.height / 2};
	})()`, quote(selector), quote(text)))
	b.do(chromedp.MouseClickXY(at.X, at.Y))
}

func quote(text any) string {
	out, _ := json.Marshal(text)
	return string(out)
}
