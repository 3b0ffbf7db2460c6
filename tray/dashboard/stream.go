package dashboard

import (
	"bytes"
	"encoding/json"
	"math"
	"net/http"
	"time"

	"altv-tray/monitor/history"
	"altv-tray/tray/errtext"
	"altv-tray/tray/surroundings"
	"altv-tray/tray/view"
)

const (
	pingEvery = 15 * time.Second // between two pings, so that a page notices when the app is gone
	logEvery  = time.Second      // between two looks at the log
)

// lines sends JSON values, one a line, each at once.
type lines struct {
	w http.ResponseWriter
	c *http.ResponseController
}

// newLines starts an answer that may take longer than writeLimit.
func newLines(w http.ResponseWriter) lines {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{}) // the end of the connection still ends the request
	w.Header().Set("Content-Type", "application/x-ndjson")
	return lines{w, c}
}

func (l lines) send(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_ = l.c.SetWriteDeadline(time.Now().Add(writeLimit))
	if _, err := l.w.Write(append(text, '\n')); err != nil {
		return err
	}
	return l.c.Flush()
}

// message is a line of the stream without data.
type message struct {
	Type string `json:"type"`
}

type nowMessage struct {
	message
	view.Now
}

// stream sends the current state, and then all changes while the page is open.
func (v *serving) stream(w http.ResponseWriter, r *http.Request) {
	replaced := v.addPage()
	defer v.removePage(replaced)
	s := v.server
	scenes, stop := s.Scenes.Follow()
	defer stop()
	settings, stop := s.Store.Subscribe()
	defer stop()
	recorded, stop := s.Recorded.Follow()
	defer stop()
	ping, tick, logDue := time.NewTicker(pingEvery), time.NewTimer(0), time.NewTicker(logEvery)
	defer ping.Stop()
	defer tick.Stop()
	defer logDue.Stop()
	log := newLogEnd(s.Log)
	p := pageStream{Server: s, lines: newLines(w), tick: tick, facts: s.Scenes.Get().Facts}
	_, seen := s.Recorded.After(math.MaxInt)
	err := p.sendNow()
	for err == nil {
		select {
		case <-r.Context().Done():
			return
		case <-replaced:
			_ = p.send(message{"replaced"})
			return
		case <-scenes:
			err = p.sendNow()
		case <-tick.C:
			err = p.sendNow()
		case <-settings:
			err = p.send(message{"settings"})
		case <-recorded:
			var added []history.Entry
			added, seen = s.Recorded.After(seen)
			err = p.send(map[string]any{"type": "history", "entries": added})
		case <-logDue.C:
			if lines := log.added(); len(lines) > 0 {
				err = p.send(map[string]any{"type": "log", "lines": lines})
			}
		case <-ping.C:
			err = p.send(message{"ping"})
		}
	}
}

// pageStream sends the state to one page.
type pageStream struct {
	*Server
	lines
	tick  *time.Timer        // expires when the state changes even if the scene does not
	sent  []byte             // the state that was last sent
	facts surroundings.Facts // those that the page knows
}

// now returns the state in a scene, and for how long it stays if the scene does.
func (s *Server) now(scene *view.Scene) (n nowMessage, next time.Duration) {
	at := s.Now()
	shown, until := view.NowOf(scene, at)
	if err := s.Store.Problem(); err != nil {
		shown.Problem = errtext.Message(scene.Text, err)
	}
	return nowMessage{message{"now"}, shown}, until - scene.Snap.TimeAt(at)
}

// sendNow sends the state, unless it has not changed.
func (p *pageStream) sendNow() error {
	scene := p.Scenes.Get()
	if scene.Facts != p.facts {
		p.facts = scene.Facts
		if err := p.send(message{"around"}); err != nil {
			return err
		}
	}
	n, next := p.now(&scene)
	p.tick.Reset(next)
	text, err := json.Marshal(n)
	if err != nil || bytes.Equal(text, p.sent) {
		return err
	}
	p.sent = text
	return p.send(json.RawMessage(text))
}
