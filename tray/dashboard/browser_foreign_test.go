//go:build linux

package dashboard

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/chromedp/chromedp"
)

// A page of another local server, with the token and what a browser lets it try:
// it gets nothing, does nothing, and cannot show the page within itself.
func TestDesktopPageKeepsOtherPagesOut(t *testing.T) {
	f := newFixture(t)
	b := f.browse("", 1200)
	b.reads(".client .big", "Main menu")
	token := value[string](b, `sessionStorage.getItem("token")`)
	_, code := f.open()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!doctype html><title>other</title><iframe name=inner></iframe>")
	}))
	defer other.Close()
	for _, complaint := range []string{"403", "CORS", "ERR_", "frame", "it asks for", "Refused"} {
		b.allow(complaint)
	}
	evil := b.tab()
	evil.do(chromedp.Navigate(other.URL))
	try := func(what, script, want string) {
		t.Helper()
		if got := value[string](evil, fmt.Sprintf(`(async () => { const at = %s, token = %s, code = %s; %s })().catch((error) => error.name)`, quote("http://"+f.address), quote(token), quote(code), script)); got != want {
			t.Errorf("%s gives %s, want %s", what, got, want)
		}
	}
	try("reading it", `return (await fetch(at + "/api/start", { headers: { Authorization: "Bearer " + token } })).text()`, "TypeError")
	try("reading its files", `return (await fetch(at + "/")).text()`, "TypeError")
	try("a code", `return (await fetch(at + "/api/session", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ code }) })).text()`, "TypeError")
	try("a request that asks for no answer", `await fetch(at + "/api/do", { method: "POST", mode: "no-cors", body: '{"action":"reconnect"}' }); return "sent"`, "TypeError")
	try("its script", `return new Promise((done) => { const s = document.createElement("script"); s.src = at + "/app.js"; s.onload = () => done("ran"); s.onerror = () => done("refused"); document.head.append(s); })`, "refused")
	try("its picture", `return new Promise((done) => { const i = new Image(); i.src = at + "/icons/app.svg"; i.onload = () => done("shown"); i.onerror = () => done("refused"); })`, "refused")
	// What a frame is not allowed to show has no window that answers.
	try("a frame", `const heard = new Promise((done) => { onmessage = () => done("shown"); setTimeout(() => done("refused"), 500); });
		const frame = document.querySelector("iframe"); frame.src = at + "/";
		await new Promise((done) => { frame.onload = done; });
		try { frame.contentWindow.document; return "shown"; } catch { return heard; }`, "refused")
	try("a form", `const form = Object.assign(document.createElement("form"), { method: "post", action: at + "/api/do", enctype: "text/plain", target: "inner" });
		form.innerHTML = '<input name=\'{"action":"reconnect","name":"\' value=\'"}\'>'; document.body.append(form);
		const frame = document.querySelector("iframe"); const loaded = new Promise((done) => { frame.onload = done; });
		form.submit(); await loaded; return "sent"`, "sent")
	if f.mu.Lock(); len(f.did) > 0 {
		t.Errorf("it did %v", f.did)
	}
	f.mu.Unlock()
	if f.exchange(f.address, code) == "" {
		t.Error("the code was used up")
	}
	b.sees(`document.querySelector(".client .big").textContent === "Main menu"`)
}
