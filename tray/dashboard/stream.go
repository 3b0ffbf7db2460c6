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

// pingEvery is how often a page hears something, so that it notices when the app
// has gone.
const pingEvery = 15 * time.Second

// logEvery is how often the log is looked at while a page is open.
const logEvery = time.Second

// lines writes one JSON object a line, each sent at once.
type lines struct {
	w http.ResponseWriter
	c *http.ResponseController
}

// newLines begins an answer that may take longer than others.
func newLines(w http.ResponseWriter) lines {
	c := http.NewResponseController(w)
	_ = c.SetReadDeadline(time.Time{}) // that the asker has gone is noticed by the end of its connection
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

// message is one line of the stream that has nothing but its type.
type message struct {
	Type string `json:"type"`
}

type nowMessage struct {
	message
	view.Now
}

// stream tells a page all that changes for as long as it is open: what is so now,
// at once, and then what is new.
func (v *serving) stream(w http.ResponseWriter, r *http.Request) {
	replaced := v.enter()
	defer v.leave(replaced)
	s := v.server
	scenes, stop := s.Scenes.Follow()
	defer stop()
	settings, stop := s.Store.Subscribe()
	defer stop()
	recorded, stop := s.Recorded.Follow()
	defer stop()
	ping, tick, look := time.NewTicker(pingEvery), time.NewTimer(0), time.NewTicker(logEvery)
	defer ping.Stop()
	defer look.Stop()
	written := newLogEnd(s.Log)
	defer tick.Stop()
	scene := s.Scenes.Get()
	p := follower{Server: s, lines: newLines(w), tick: tick, around: scene.Facts}
	_, p.seen = s.Recorded.After(math.MaxInt)
	err := p.now()
	for err == nil {
		select {
		case <-r.Context().Done():
			return
		case <-replaced:
			_ = p.send(message{"replaced"})
			return
		case <-scenes:
			err = p.now()
		case <-tick.C:
			err = p.now()
		case <-settings:
			err = p.send(message{"settings"})
		case <-recorded:
			var added []history.Entry
			added, p.seen = s.Recorded.After(p.seen)
			err = p.send(map[string]any{"type": "history", "entries": added})
		case <-look.C:
			if lines := written.more(); len(lines) > 0 {
				err = p.send(map[string]any{"type": "log", "lines": lines})
			}
		case <-ping.C:
			err = p.send(message{"ping"})
		}
	}
}

// follower is what one page has been told.
type follower struct {
	*Server
	lines
	tick   *time.Timer // when what is so now changes though nothing happens
	told   []byte      // the last of now
	around surroundings.Facts
	seen   int // of what was recorded
}

// now is what a page shows of a scene, and for how long if nothing happens.
func (s *Server) now(scene *view.Scene) (n nowMessage, next time.Duration) {
	at := s.Now()
	shown, until := view.NowOf(scene, at)
	if err := s.Store.Problem(); err != nil {
		shown.Problem = errtext.Message(scene.Text, err)
	}
	return nowMessage{message{"now"}, shown}, until - scene.Snap.TimeAt(at)
}

// now tells what is so now, unless the page knows.
func (p *follower) now() error {
	scene := p.Scenes.Get()
	if scene.Facts != p.around {
		p.around = scene.Facts
		if err := p.send(message{"around"}); err != nil {
			return err
		}
	}
	n, next := p.Server.now(&scene)
	p.tick.Reset(next)
	text, err := json.Marshal(n)
	if err != nil || bytes.Equal(text, p.told) {
		return err
	}
	p.told = text
	return p.send(json.RawMessage(text))
}
