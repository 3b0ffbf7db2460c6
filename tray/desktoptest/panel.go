//go:build linux

package desktoptest

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"
)

const (
	watcherName = "org.kde.StatusNotifierWatcher"
	watcherPath = dbus.ObjectPath("/StatusNotifierWatcher")
	itemName    = "org.kde.StatusNotifierItem"
)

// Panel is a StatusNotifier watcher and host, as a desktop's panel is. The test reads and
// clicks through it. It holds one item.
type Panel struct {
	conn *dbus.Conn
	poke chan struct{} // something on the bus has changed

	mu       sync.Mutex
	service  string // the item's; empty where there is none
	path     dbus.ObjectPath
	at       time.Time
	count    int           // registrations so far
	hang     chan struct{} // nil: answer at once; else answer when closed
	sightOf  string        // the item whose menu has been asked for already
	problems []string
}

// Pixmap is the item's picture: ARGB, four bytes a pixel.
type Pixmap struct {
	Width, Height int32
	Pixels        []byte
}

// Sight is what a user can see of the item at one moment.
type Sight struct {
	ID      string
	Title   string
	ToolTip string
	Icon    Pixmap
	Rows    []Row
}

// String shows the sight in a failure's message.
func (s Sight) String() string {
	return fmt.Sprintf("id %q, title %q, tooltip %q, icon %dx%d, menu:\n%s", s.ID, s.Title, s.ToolTip, s.Icon.Width, s.Icon.Height, outline(s.Rows, "  "))
}

// StartPanel puts a panel on the bus until the test ends.
func StartPanel(t testing.TB, bus *Bus) *Panel {
	t.Helper()
	p := newPanel(t, bus)
	own(t, p.conn, "org.kde.StatusNotifierHost-bench")
	// Another panel may take over.
	reply, err := p.conn.RequestName(watcherName, dbus.NameFlagAllowReplacement)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("take the name %s on the test's bus: reply %d, error %v", watcherName, reply, err)
	}
	return p
}

func newPanel(t testing.TB, bus *Bus) *Panel {
	t.Helper()
	p := &Panel{conn: bus.Connect(t), poke: make(chan struct{}, 1)}
	if err := p.conn.Export((*watcher)(p), watcherPath, watcherName); err != nil {
		t.Fatalf("offer a panel: %v", err)
	}
	_, err := prop.Export(p.conn, watcherPath, prop.Map{watcherName: {
		"RegisteredStatusNotifierItems":  {Value: []string{}, Emit: prop.EmitFalse},
		"IsStatusNotifierHostRegistered": {Value: true, Emit: prop.EmitFalse},
		"ProtocolVersion":                {Value: int32(0), Emit: prop.EmitFalse},
	}})
	if err != nil {
		t.Fatalf("offer a panel's properties: %v", err)
	}
	p.listen(t)
	return p
}

// listen wakes those that wait, at each signal of an item, and forgets the item when its
// program leaves the bus.
func (p *Panel) listen(t testing.TB) {
	t.Helper()
	for _, name := range []string{itemName, "com.canonical.dbusmenu", "org.freedesktop.DBus.Properties"} {
		if err := p.conn.AddMatchSignal(dbus.WithMatchInterface(name)); err != nil {
			t.Fatalf("listen to %s: %v", name, err)
		}
	}
	if err := p.conn.AddMatchSignal(dbus.WithMatchInterface("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged")); err != nil {
		t.Fatalf("listen to who leaves the bus: %v", err)
	}
	signals := make(chan *dbus.Signal, 100)
	p.conn.Signal(signals)
	go func() {
		for s := range signals {
			if s.Name == "org.freedesktop.DBus.NameOwnerChanged" && len(s.Body) == 3 && s.Body[2] == "" {
				p.mu.Lock()
				if s.Body[0] == p.service {
					p.service = ""
				}
				p.mu.Unlock()
			}
			p.notice()
		}
	}()
}

func (p *Panel) notice() {
	select {
	case p.poke <- struct{}{}:
	default:
	}
}

// watcher holds the methods that the bus may call.
type watcher Panel

// RegisterStatusNotifierItem is org.kde.StatusNotifierWatcher's: an item names
// its bus name or, as some do, only the path of its object.
func (w *watcher) RegisterStatusNotifierItem(sender dbus.Sender, service string) *dbus.Error {
	p := (*Panel)(w)
	p.mu.Lock()
	if p.service != "" && p.service != string(sender) {
		p.problems = append(p.problems, fmt.Sprintf("%s registered an icon beside that of %s", sender, p.service))
	}
	p.service, p.path, p.at = string(sender), "/StatusNotifierItem", time.Now()
	p.count++
	hang := p.hang
	if strings.HasPrefix(service, "/") {
		p.path = dbus.ObjectPath(service)
	}
	p.mu.Unlock()
	// A program that ends at once may have left the bus by now.
	var there bool
	if err := p.conn.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, string(sender)).Store(&there); err == nil && !there {
		p.mu.Lock()
		if p.service == string(sender) {
			p.service = ""
		}
		p.mu.Unlock()
	}
	p.notice()
	if hang != nil {
		<-hang
	}
	return nil
}

// RegisterStatusNotifierHost is org.kde.StatusNotifierWatcher's.
func (w *watcher) RegisterStatusNotifierHost(service string) *dbus.Error { return nil }

// Registered reports whether an item is there, and since when.
func (p *Panel) Registered() (time.Time, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.at, p.service != ""
}

// Problems returns what no correct item does, such as registering twice.
func (p *Panel) Problems() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.problems...)
}

// WaitForIcon waits for the program's item and returns the time that it took from
// the program's start to the registration.
func (p *Panel) WaitForIcon(t testing.TB, program *Process, limit time.Duration) time.Duration {
	t.Helper()
	Until(t, limit, "the icon is registered", func() (bool, string) {
		if !program.Running() {
			t.Fatalf("the program has ended:\n%s%s", program.Stdout(), program.Stderr())
		}
		_, ok := p.Registered()
		return ok, fmt.Sprintf("no item on the bus; the program printed %q", program.Stderr())
	})
	at, _ := p.Registered()
	return at.Sub(program.Started)
}

var errNoItem = errors.New("no icon is registered")

// Look reads the item and its whole menu.
func (p *Panel) Look() (Sight, error) {
	p.mu.Lock()
	service, path := p.service, p.path
	p.mu.Unlock()
	if service == "" {
		return Sight{}, errNoItem
	}
	var all map[string]dbus.Variant
	object := p.conn.Object(service, path)
	if err := object.Call("org.freedesktop.DBus.Properties.GetAll", 0, itemName).Store(&all); err != nil {
		return Sight{}, fmt.Errorf("read the icon's properties: %w", err)
	}
	var sight Sight
	var pixmaps []Pixmap
	var tip struct {
		Icon        string
		Pixmaps     []Pixmap
		Title, Text string
	}
	var menu dbus.ObjectPath
	for name, to := range map[string]any{"Id": &sight.ID, "Title": &sight.Title, "IconPixmap": &pixmaps, "ToolTip": &tip, "Menu": &menu} {
		if err := all[name].Store(to); err != nil {
			return Sight{}, fmt.Errorf("read the icon's %s: %w", name, err)
		}
	}
	if len(pixmaps) > 0 {
		sight.Icon = pixmaps[0]
	}
	sight.ToolTip = strings.TrimSpace(tip.Title + "\n" + tip.Text)

	p.mu.Lock()
	first := p.sightOf != service
	p.sightOf = service
	p.mu.Unlock()
	rows, err := readMenu(p.conn.Object(service, menu))
	if err == nil && first {
		// The systray library's first answer is one level deep only.
		rows, err = readMenu(p.conn.Object(service, menu))
	}
	sight.Rows = rows
	return sight, err
}

// Wait waits for a sight as wanted, for at most limit, and returns it. Otherwise it fails
// the test with the last sight.
func (p *Panel) Wait(t testing.TB, limit time.Duration, what string, wanted func(Sight) bool) Sight {
	t.Helper()
	deadline := time.NewTimer(limit)
	defer deadline.Stop()
	// An item may forget a signal, so this also looks now and then.
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		sight, err := p.Look()
		if err == nil && wanted(sight) {
			return sight
		}
		select {
		case <-p.poke:
		case <-tick.C:
		case <-deadline.C:
			t.Fatalf("not within %v: %s; last seen (error: %v): %v", limit, what, err, sight)
		}
	}
}

// Click clicks a row and returns the time just before.
func (p *Panel) Click(t testing.TB, row Row) time.Time {
	t.Helper()
	p.mu.Lock()
	service, path := p.service, p.path
	p.mu.Unlock()
	menu, err := p.conn.Object(service, path).GetProperty(itemName + ".Menu")
	if err != nil {
		t.Fatalf("find the menu of %s: %v", service, err)
	}
	var menuPath dbus.ObjectPath
	if err := menu.Store(&menuPath); err != nil {
		t.Fatalf("find the menu of %s: %v", service, err)
	}
	at := time.Now()
	call := p.conn.Object(service, menuPath).Call("com.canonical.dbusmenu.Event", 0, row.ID, "clicked", dbus.MakeVariant(int32(0)), uint32(at.Unix()))
	if call.Err != nil {
		t.Fatalf("click %q: %v", row.Label, call.Err)
	}
	return at
}
