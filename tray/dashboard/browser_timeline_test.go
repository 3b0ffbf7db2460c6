//go:build linux

package dashboard

import (
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"altv-tray/monitor/history"
	"altv-tray/tray/lang"
	"altv-tray/tray/view"
)

// restarts is a history of n restarts of the server, gap apart, the last of them
// half a gap ago; every ninth reconnect fails. It has seven entries for each.
func restarts(n int, gap time.Duration) (all []history.Entry) {
	at := time.Now().UTC().Add(-time.Duration(n)*gap - gap/2)
	add := func(took time.Duration, e history.Entry) {
		e.At, e.Duration, e.Profile = at, took, "default"
		all = append(all, e)
	}
	for i := range n {
		down, join := gap/10, time.Duration(2+i%10)*time.Second
		up := gap - down - join
		at = at.Add(up)
		add(up, history.Entry{Kind: history.Client, State: "IN_GAME"})
		add(up, history.Entry{Kind: history.Server, State: "ready"})
		at = at.Add(down)
		add(down, history.Entry{Kind: history.Client, State: "MAIN_MENU"})
		add(down, history.Entry{Kind: history.Server, State: "down"})
		at = at.Add(join)
		add(join, history.Entry{Kind: history.Client, State: "CONNECTING"})
		add(join, history.Entry{Kind: history.Server, State: "ready"})
		e := history.Entry{Kind: history.Reconnect, Cause: "server_restart", Joined: i%9 != 8, Attempts: 1}
		if !e.Joined {
			e.Reason = "join_timeout"
		}
		add(join, e)
	}
	return all
}

func TestDesktopPageTimeline(t *testing.T) {
	f := newFixture(t)
	f.kept = restarts(18, 20*time.Minute)
	b := f.browse("timeline", 1200)
	b.sees(`document.querySelectorAll(".mark").length === 18 && document.querySelectorAll(".mark.failed").length === 2`)
	b.reads(".figure", "89 %")
	b.reads(".cost", "18 reconnects after a restart, 16 succeeded")
	b.sees(`document.querySelector(".bars svg").getAttribute("aria-label").includes("3 s – 4 s: 2")`)
	b.reads("td", "failed: it took too long")
	// One that had to wait for another's end costs what the user has waited. When the
	// server was ready for the second is not known.
	if took := value[[]float64](b, `import("/history.js").then((m) => m.cost([{ cause: "server_restart", joined: true, from: 10000, to: 14000 },
		{ cause: "server_restart", joined: true, from: 990000, to: 994000 }], [7000, 30000]).took)`); !slices.Equal(took, []float64{7}) {
		t.Errorf("a reconnect 3 s after the server was ready, and another one, cost %v s", took)
	}

	// The same without a mouse: the marks are one stop, the arrows go along them.
	value[any](b, `(document.querySelector(".chart").focus(), 1)`)
	b.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.ArrowLeft))
	b.reads(".tip", "back in game after 8 s")
	b.do(chromedp.KeyEvent(kb.Enter))
	b.sees(`document.querySelectorAll(".mark").length === 1`)
	b.reads(".cost", "1 reconnect after a restart, 1 succeeded")
	b.click("button", "Now")
	b.click("button", "8 h")
	b.sees(`document.querySelectorAll(".mark").length === 18`)

	// With it: what is under the pointer, and moving by drag.
	box := value[struct{ X, Y, W float64 }](b, `(() => { const r = document.querySelector(".chart").getBoundingClientRect(); return {X: r.x, Y: r.y, W: r.width}; })()`)
	b.do(chromedp.MouseEvent("mouseMoved", box.X+box.W*0.7, box.Y+75))
	b.reads(".tip", "alt:V: ")
	b.do(chromedp.DragAndDropXY(box.X+box.W*0.2, box.Y+75, box.X+box.W*0.9, box.Y+75, 4))
	b.sees(`document.querySelectorAll(".mark").length < 15 && !document.querySelector(".range").textContent.endsWith("now")`)
	b.click("button", "Now")
	b.click("button", "1 h")
	b.sees(`document.querySelectorAll(".mark").length === 3`)

	// What happens meanwhile comes by itself.
	f.feed.Add(history.Entry{At: time.Now().UTC(), Kind: history.Reconnect, Duration: 4 * time.Second, Cause: "server_restart", Joined: true, Attempts: 1})
	b.sees(`document.querySelectorAll(".mark").length === 4`)

	b.do(chromedp.SetValue(chromedp.CSS("#kind"), "server"))
	value[any](b, `(document.getElementById("kind").dispatchEvent(new Event("change")), 1)`)
	b.sees(`[...document.querySelectorAll("td.what")].every((cell) => cell.textContent === "Server")`)

	f.scenes.Update(func(sc *view.Scene) { sc.Text = lang.New("de") })
	b.reads("h2", "Was ein Neustart kostet")
	b.reads("td", "offline")
}

// However much there is, the picture has no more parts than there is room for.
func TestDesktopPageDrawsMuch(t *testing.T) {
	f := newFixture(t)
	f.kept = restarts(1429, 7*time.Minute)
	b := f.browse("timeline", 1600)
	b.sees(`document.querySelectorAll(".mark").length > 0`)
	b.click("button", "Week")
	b.sees(`[...document.querySelectorAll(".segments button")].some((one) => one.textContent === "Week" && one.ariaPressed === "true")`)
	parts := value[int](b, `document.querySelectorAll(".chart *").length + document.querySelectorAll("tr").length`)
	took := value[float64](b, `(async () => {
		const button = [...document.querySelectorAll(".segments button")].find((one) => one.textContent === "Week");
		const all = [];
		for (let i = 0; i < 5; i++) {
			const begin = performance.now();
			button.click();
			await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
			document.body.offsetHeight;
			all.push(performance.now() - begin);
		}
		return all.sort((a, b) => a - b)[2];
	})()`)
	t.Logf("%d entries: %d parts, drawn within %.0f ms", len(f.kept), parts, took)
	if parts > 1000 {
		t.Errorf("%d parts", parts)
	}
}
