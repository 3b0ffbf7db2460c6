//go:build linux

package dashboard

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"altv-tray/monitor"
	"altv-tray/monitor/debugport"
	"altv-tray/tray/action"
	"altv-tray/tray/desktoptest"
	"altv-tray/tray/lang"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

// answers sets what comes of the actions that follow.
func (f *fixture) answers(a action.Message) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answer = a
}

// done waits for the page to have asked for an action.
func (b *tab) done(want action.Action) {
	b.t.Helper()
	for end := time.Now().Add(patience); ; <-time.After(10 * time.Millisecond) {
		b.fixture.mu.Lock()
		did := slices.Clone(b.fixture.did)
		b.fixture.mu.Unlock()
		if slices.Contains(did, want) {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("it asked for %#v, want %#v", did, want)
		}
	}
}

// Its times are told, not judged: the machine may be busy. A word of the server
// that no script follows is what a picture costs at least.
func TestDesktopPageIsQuick(t *testing.T) {
	f := newFixture(t)
	b := f.browse("", 1200)
	b.reads(".client .big", "Main menu")
	var pictures, words, changes []time.Duration
	for range 5 {
		address, err := f.Open("")
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		ctx, painted, end := desktoptest.OpenTab(t, b.ctx, address)
		pictures = append(pictures, painted.Sub(begin).Round(time.Millisecond))
		fresh := &tab{fixture: f, ctx: ctx}
		fresh.sees(requested("/log.js"))
		if !value[bool](fresh, requested("/api/session")+`.responseEnd < `+firstPicture) {
			t.Error("the first picture was there before what is so now")
		}
		if value[bool](fresh, requested("/log.js")+`.startTime < `+firstPicture) {
			t.Error("what is not shown was loaded before the first picture")
		}
		end()
		begin = time.Now()
		_, painted, end = desktoptest.OpenTab(t, b.ctx, "http://"+f.address+"/nowhere")
		words = append(words, painted.Sub(begin).Round(time.Millisecond))
		end()
	}
	value[any](b, `(new MutationObserver(() => (window.changed = performance.timeOrigin + performance.now())).observe(document.querySelector(".client .big"), { childList: true }), 1)`)
	for i := range 8 {
		value[any](b, `(window.changed = 0, 1)`)
		begin := time.Now()
		f.scenes.Update(func(sc *view.Scene) {
			sc.Snap.Client.Status = []debugport.Status{debugport.InGame, debugport.MainMenu}[i%2]
		})
		b.sees(`window.changed > 0`)
		changes = append(changes, time.UnixMicro(int64(value[float64](b, `window.changed * 1000`))).Sub(begin).Round(time.Millisecond))
	}
	for _, all := range [][]time.Duration{pictures, words, changes} {
		slices.Sort(all)
	}
	t.Logf("opened in a new tab: first picture after %v, a bare word after %v; a change was there after %v", pictures, words, changes)
}

const firstPicture = `performance.getEntriesByName("first-contentful-paint")[0].startTime`

// requested is an expression for the times of a request of the page.
func requested(path string) string {
	return `performance.getEntriesByName(location.origin + ` + quote(path) + `)[0]`
}

func TestDesktopPageLetsItselfIn(t *testing.T) {
	f := newFixture(t)
	b := f.browse("timeline", 1200)
	b.reads("h1", "Timeline")
	if at := value[string](b, "location.href"); at != "http://"+f.address+"/#timeline" {
		t.Errorf("the address is %s", at)
	}
	if n := value[int](b, "history.length"); n > 2 {
		t.Errorf("the address with the code may be among the %d of the history", n)
	}
	b.do(chromedp.Reload())
	b.reads("h1", "Timeline")

	// The address in a tab that has it already, as when it is pasted there.
	address, err := f.Open("log")
	if err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(address))
	b.reads("h1", "Log")

	// An address that was used, in a tab that has no token.
	value[any](b, "(sessionStorage.clear(), 1)")
	b.allow("403")
	b.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address))
	b.reads("#closed h1", "Open this page from altv-tray")
	if value[bool](b, `document.getElementById("main").checkVisibility()`) {
		t.Error("there is a page without a token")
	}
}

func TestDesktopPageNow(t *testing.T) {
	f := newFixture(t)
	b := f.browse("", 1200)
	b.reads(".client .big", "Main menu")
	b.reads(".server .big", "ready")
	b.click("#go", "Reconnect now")
	b.done(action.Reconnect{})

	f.scenes.Update(func(sc *view.Scene) { sc.Snap.Client.Status = debugport.InGame })
	b.reads(".client .big", "In game")
	b.reads("#glance", "In game")
	b.sees(`document.title === "In game · altv-tray" && document.getElementById("favicon").href.endsWith("/icons/in_game.svg")`)
	b.sees(`document.getElementById("spoken").textContent === "alt:V: In game. Server: ready"`)

	f.scenes.Update(func(sc *view.Scene) { sc.Failure = monitor.JoinTimeout })
	b.reads(".last.bad", "Last reconnect failed: it took too long")
	b.sees(`document.getElementById("favicon").href.endsWith("/icons/in_game+overlay_failed.svg")`)
	b.sees(`document.querySelector(".client .overlay").src.endsWith("/icons/overlay_failed.svg")`)
	f.scenes.Update(func(sc *view.Scene) {
		sc.Failure, sc.Facts.Password = monitor.WrongPassword, surroundings.PasswordMissing
	})
	b.reads(".reconnect .password", "Server password of profile “default”")
	b.sees(`!document.querySelector(".reconnect .clear").checkVisibility()`)
	f.scenes.Update(func(sc *view.Scene) { sc.Failure = monitor.NoReason })
	b.sees(`!document.querySelector(".reconnect .password").checkVisibility()`)

	f.scenes.Update(func(sc *view.Scene) {
		sc.Snap.Reconnect = monitor.Reconnect{ID: 7, Phase: monitor.Countdown, Until: time.Hour, Attempt: 2, Attempts: 5}
	})
	b.reads(".reconnect", "attempt 2 of 5")
	b.click("#go", "Cancel reconnect (")
	b.done(action.Cancel{Job: 7})
	f.scenes.Update(func(sc *view.Scene) { sc.Snap.Reconnect = monitor.Reconnect{} })
	b.reads("#go", "Reconnect now") // what is below has moved

	b.click("label", "Automatic reconnect")
	b.done(action.Automatic{})
	f.answers(action.Message{Title: "No", Failed: true})
	b.click("label", "Start at login")
	b.reads("#notices .failed", "No")
	b.sees(`![...document.querySelectorAll("label")].find((one) => one.textContent === "Start at login").control.checked`)
	f.answers(action.Message{})
	b.click("label", "Start at login")
	b.done(action.Autostart{On: true})
	b.click("button", "For 1 hour")
	b.done(action.Pause{For: time.Hour})
	b.click("button", "Until resumed")
	b.done(action.Pause{})
	f.scenes.Update(func(sc *view.Scene) { sc.Snap.PausedUntil = monitor.Forever })
	b.click("button", "Resume")
	b.done(action.Resume{})
	b.sees(`!document.querySelector("section.now [role=group]").checkVisibility()`)

	f.scenes.Update(func(sc *view.Scene) {
		sc.Facts.CanStartClient, sc.Snap.Client = true, debugport.Reading{Outcome: debugport.NotRunning}
	})
	f.answers(action.Message{Title: "Not started", Body: "<b>No</b> altv.exe.", Failed: true})
	b.click("button", "Start alt:V")
	b.reads("#notices .failed", "Not started: <b>No</b> altv.exe.")
}

// What a client, a log or a file says is text, whatever it looks like.
func TestDesktopPageShowsStrangeTextAsText(t *testing.T) {
	const strange = `<img src=x onerror=alert(1)>`
	f := newFixture(t)
	f.scenes.Update(func(sc *view.Scene) {
		sc.Snap.Client = debugport.Reading{Outcome: debugport.UnknownWord, Word: strange}
		set := *sc.Settings
		set.Profiles = slices.Clone(set.Profiles)
		set.Profiles[0].Name = strange
		sc.Settings, set.Profile = &set, strange
	})
	b := f.browse("", 1200)
	b.reads(".client .big", strange)
	b.sees(`document.querySelectorAll('img[src="x"]').length === 0 && document.getElementById("profile").value.startsWith("<img")`)
}

// speaks changes the language of the app, and waits for the page to follow.
func (b *tab) speaks(tag string) {
	b.t.Helper()
	b.scenes.Update(func(sc *view.Scene) { sc.Text = lang.New(tag) })
	b.sees(`document.documentElement.lang === ` + quote(tag))
}

func TestDesktopPageByKeyboard(t *testing.T) {
	f := newFixture(t)
	b := f.browse("", 1200)
	b.reads("h1", "Now")
	b.do(chromedp.Reload()) // so that nothing has had the focus yet
	b.reads("h1", "Now")
	focused := func() string {
		return value[string](b, `document.activeElement.innerText || document.activeElement.getAttribute("aria-label") || document.activeElement.id`)
	}
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := focused(); got != "Skip to the content" {
		t.Errorf("the first stop is %q", got)
	}
	b.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	b.reads("h1", "Timeline")
	b.sees(`document.activeElement.id === "title-timeline"`)
	b.reads(".segments", "1 h")
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := focused(); got != "1 h" {
		t.Errorf("after the title comes %q", got)
	}
	// Whatever takes the focus shows it.
	value[any](b, `(location.hash = "settings", 1)`)
	b.reads("label", "Debug port")
	var without []string
	for range 30 {
		b.do(chromedp.KeyEvent(kb.Tab))
		if value[bool](b, `document.activeElement !== document.body && getComputedStyle(document.activeElement).outlineStyle === "none"`) {
			without = append(without, focused())
		}
	}
	if len(without) > 0 {
		t.Errorf("without a ring around: %s", strings.Join(without, ", "))
	}
}

// A browser has few connections to a server, for all tabs together: a new tab works
// however many there are, and an old one when the user comes back to it.
func TestDesktopPageInManyTabs(t *testing.T) {
	f := newFixture(t)
	first := f.browse("", 1200)
	first.reads(".client .big", "Main menu")
	for range 6 {
		next := first.tab()
		next.open("")
		next.reads(".client .big", "Main menu")
	}
	f.scenes.Update(func(sc *view.Scene) { sc.Snap.Client.Status = debugport.InGame })
	value[any](first, `(dispatchEvent(new Event("focus")), 1)`)
	first.reads(".client .big", "In game")
	first.click("#go", "Reconnect now")
	first.done(action.Reconnect{})
}

func TestDesktopPageSaysThatTheAppHasEnded(t *testing.T) {
	f := newFixture(t)
	b := f.browse("", 1200)
	b.reads(".client .big", "Main menu")
	b.allow("ERR_")
	f.Close()
	b.reads("#lasting", "altv-tray does not answer")
	b.sees(`document.title === "altv-tray does not answer · altv-tray" && !document.querySelector("#glance img")`)
	b.reads("#glance", "altv-tray does not answer")
	b.click("#lasting button", "×")
	b.sees(`!document.querySelector("#lasting .notice")`)
}
