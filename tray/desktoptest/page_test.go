//go:build linux

package desktoptest

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"altv-tray/monitor/history"
)

// openPage has the user type `altv-tray open` and returns where that leads.
func openPage(t testing.TB, d *Desktop, sent Sent) string {
	t.Helper()
	if result := d.Env.Run(t, "", d.Program, "open"); result.Code != 0 {
		t.Fatalf("altv-tray open: %v", result)
	}
	return sent.Address(t)
}

// TestDesktopPageOfTheProgram opens the dashboard of the built program in a
// browser by `altv-tray open`, reconnects there, and sees it happen.
func TestDesktopPageOfTheProgram(t *testing.T) {
	t.Parallel()
	Need(t, "chromium")
	d := NewDesktop(t, "MAIN_MENU")
	d.Port.Script(Joins...)
	sent := d.Env.Browser(t)
	d.Start(t, "alt:V: Main menu")
	page := StartBrowser(t)
	page.Do(chromedp.Navigate(openPage(t, d, sent)))
	page.Reads("h1", "Set up") // as there has been no reconnect
	PageValue[any](page, `location.hash = "now"`)
	page.Reads(".client .big", "Main menu")
	page.Do(chromedp.Click(chromedp.CSS("#go")))
	d.Port.WaitReconnects(t, 1, 5*time.Second)
	page.Reads(".client .big", "In game")
	d.Port.Set("LOADING")
	page.Reads(".client .big", "Loading")

	// The menu's row opens it, and the checks there.
	d.Click(t, "Open dashboard")
	if address := sent.Address(t); strings.Contains(address, "section") {
		t.Errorf("the dashboard is opened as %s", address)
	}
	d.Click(t, "Run checks")
	tab, end := page.Tab()
	defer end()
	tab.Do(chromedp.Navigate(sent.Address(t)))
	tab.Reads(".check", "alt:V answers on "+d.Port.Address)
}

// usage is what a process has used.
func usage(t testing.TB, pid int) (cpu time.Duration, memory string) {
	t.Helper()
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil || len(files) == 0 {
		t.Fatalf("process %d: %v", pid, err)
	}
	for _, file := range files {
		text, _ := os.ReadFile(file) // a thread may have ended
		first, _, _ := strings.Cut(string(text), " ")
		n, _ := strconv.ParseInt(first, 10, 64)
		cpu += time.Duration(n)
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			memory = strings.TrimSpace(value)
		}
	}
	return cpu, memory
}

// TestDesktopPageCosts measures the page of the built program: from the command to
// the first picture, from a change to its being there beside the icon, and what the
// program uses. It judges no time, as the machine may be busy.
func TestDesktopPageCosts(t *testing.T) {
	t.Parallel()
	Need(t, "chromium")
	d := NewDesktop(t, "MAIN_MENU")
	writeFile(t, d.Env.StateFile(history.FileName), string(workday(time.Now().UTC())))
	sent := d.Env.Browser(t)
	app := d.Start(t, "alt:V: Main menu")
	uses := func(when string) {
		t.Helper()
		before, _ := usage(t, app.Pid)
		begin := time.Now()
		polls := len(d.Port.Polls())
		d.Port.WaitPolls(t, 5) // a second each
		after, memory := usage(t, app.Pid)
		t.Logf("%s: %.2f %% of one core, RSS %s, %d polls", when, 100*float64(after-before)/float64(time.Since(begin)), memory, len(d.Port.Polls())-polls)
	}
	uses("the page was never open")
	browser := StartBrowser(t)
	_, _, end := OpenTab(t, browser.ctx, openPage(t, d, sent)) // warms the browser up
	end()
	var pictures, words []time.Duration
	for range 5 {
		begin := time.Now()
		address := openPage(t, d, sent)
		tab, painted, end := OpenTab(t, browser.ctx, address)
		pictures = append(pictures, painted.Sub(begin).Round(time.Millisecond))
		(&Page{t, tab}).Reads(".client .big", "Main menu")
		end()
		begin = time.Now()
		server, _, _ := strings.Cut(address, "#")
		_, painted, end = OpenTab(t, browser.ctx, server+"nowhere")
		words = append(words, painted.Sub(begin).Round(time.Millisecond))
		end()
	}
	slices.Sort(pictures)
	slices.Sort(words)
	t.Logf("altv-tray open → first picture: %v; a bare word in a new tab: %v", pictures, words)

	page, closePage := browser.Tab()
	page.Do(chromedp.Navigate(openPage(t, d, sent)))
	page.Reads(".client .big", "Main menu")
	PageValue[int](page, `(new MutationObserver(() => (window.changed = performance.timeOrigin + performance.now())).observe(document.querySelector(".client .big"), { childList: true }), 1)`)
	var behind []float64
	icon := d.WaitState(t, "alt:V: Main menu", 5*time.Second).Icon.Pixels
	for i := range 6 {
		PageValue[int](page, `window.changed = 0`)
		d.Port.Set([]string{"IN_GAME", "MAIN_MENU"}[i%2])
		sight := d.Panel.Wait(t, 10*time.Second, "the icon changes", func(s Sight) bool { return !slices.Equal(s.Icon.Pixels, icon) })
		changed := float64(time.Now().UnixMicro()) / 1000
		icon = sight.Icon.Pixels
		page.Sees(`window.changed > 0`)
		behind = append(behind, PageValue[float64](page, `window.changed`)-changed)
	}
	slices.Sort(behind)
	t.Logf("a change on the page, after it was seen in the panel: %.1f ms (median), %.1f ms (worst)", behind[3], behind[5])
	uses("the page is open")
	closePage()
	uses("the page is closed")
}

// TestDesktopPageOutlastsAFlood: whoever hammers at the page's port does not keep
// the program from its work.
func TestDesktopPageOutlastsAFlood(t *testing.T) {
	Need(t)
	d := NewDesktop(t, "MAIN_MENU")
	sent := d.Env.Browser(t)
	d.Start(t, "alt:V: Main menu")
	u, err := url.Parse(openPage(t, d, sent))
	if err != nil {
		t.Fatal(err)
	}
	const wanted, lasts = 10_000, 10 * time.Second // requests a second
	turns := make(chan struct{}, wanted/100)
	var answered, refused atomic.Int64
	var flood sync.WaitGroup
	client := http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 48}}
	for range 48 {
		flood.Go(func() {
			for range turns {
				answer, err := client.Get("http://" + u.Host + "/config.js")
				if err != nil {
					refused.Add(1)
					continue
				}
				_, _ = io.Copy(io.Discard, answer.Body)
				_ = answer.Body.Close()
				answered.Add(1)
			}
		})
	}
	begin, polls := time.Now(), len(d.Port.Polls())
	for since := time.Since(begin); since < lasts; since = time.Since(begin) {
		if due := int64(since.Seconds() * wanted); answered.Load()+refused.Load() < due {
			turns <- struct{}{}
		} else {
			<-time.After(time.Millisecond)
		}
		if since > lasts/2 && len(d.Port.Polls()) > polls {
			d.Port.Set("IN_GAME")
		}
	}
	close(turns)
	flood.Wait()
	d.WaitState(t, "alt:V: In game", 5*time.Second)
	all := d.Port.Polls()[polls:]
	var longest time.Duration
	for i := 1; i < len(all); i++ {
		longest = max(longest, all[i].At.Sub(all[i-1].At))
	}
	t.Logf("%d requests a second answered, %d refused in all; %d polls meanwhile, at most %v apart", int(float64(answered.Load())/time.Since(begin).Seconds()), refused.Load(), len(all), longest)
	if len(all) < 5 {
		t.Errorf("%d polls in %v", len(all), time.Since(begin))
	}
}
