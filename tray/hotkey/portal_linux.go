package hotkey

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// Names from the documentation of xdg-desktop-portal: its interfaces GlobalShortcuts,
// Request and Session.
const (
	portalName  = "org.freedesktop.portal.Desktop"
	portalPath  = dbus.ObjectPath("/org/freedesktop/portal/desktop")
	shortcuts   = "org.freedesktop.portal.GlobalShortcuts"
	request     = "org.freedesktop.portal.Request"
	session     = "org.freedesktop.portal.Session"
	registry    = "org.freedesktop.host.portal.Registry"
	desktopFile = "altv-tray" // without .desktop, as the packages install it
)

var errNoPortal = errors.New("there is no portal for hotkeys")

// portalLimit is the limit for answers that do not depend on the user.
const portalLimit = 10 * time.Second

// portal is a session with the portal. It has a connection of its own, and ends with it.
type portal struct {
	registration
	conn    *dbus.Conn
	signals chan *dbus.Signal
	session dbus.ObjectPath
	count   int // of requests so far
}

// holdPortal is a holder. It returns errNoPortal if there is no portal for hotkeys.
func holdPortal(ctx context.Context, r registration) error {
	conn, err := dbus.ConnectSessionBus(dbus.WithContext(ctx))
	if err != nil {
		return errNoPortal
	}
	defer conn.Close()
	p := portal{registration: r, conn: conn, signals: make(chan *dbus.Signal, 64)}
	conn.Signal(p.signals)
	if err := p.open(ctx); err != nil {
		return err
	}
	name, err := p.bind(ctx)
	if err != nil {
		return err
	}
	p.report(State{Stage: Registered, Backend: Portal, Name: name})
	return p.serve(ctx)
}

// open checks that there is a portal, and creates a session.
func (p *portal) open(ctx context.Context) error {
	short, cancel := context.WithTimeout(ctx, portalLimit)
	defer cancel()
	object := p.conn.Object(portalName, portalPath)
	var version dbus.Variant
	if err := object.CallWithContext(short, "org.freedesktop.DBus.Properties.Get", 0, shortcuts, "version").Store(&version); errors.As(err, new(dbus.Error)) {
		return errNoPortal
	} else if err != nil {
		return err // such as a timeout
	}
	for _, match := range [][]dbus.MatchOption{
		{dbus.WithMatchSender(portalName)},
		{dbus.WithMatchSender("org.freedesktop.DBus"), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, portalName)},
	} {
		if err := p.conn.AddMatchSignalContext(short, match...); err != nil {
			return err
		}
	}
	// Portals since 1.20 identify the program by this call. It fails on older ones, and if no package
	// installed the desktop file; some portals accept the program even then.
	object.CallWithContext(short, registry+".Register", 0, desktopFile, map[string]dbus.Variant{})
	// KDE remembers the shortcuts of a session by this token.
	code, results, err := p.ask(short, "CreateSession", map[string]dbus.Variant{"session_handle_token": dbus.MakeVariant("altv_tray")})
	if err != nil {
		return err
	}
	handle, _ := results["session_handle"].Value().(string)
	if code != 0 || handle == "" {
		return errRefused
	}
	p.session = dbus.ObjectPath(handle)
	return nil
}

// id returns the ID of the shortcut. Desktops remember the key that the user accepted for an ID, so
// each key needs an ID of its own.
func (p *portal) id() string {
	return "reconnect_" + strings.ToLower(strings.ReplaceAll(p.key.String(), "+", "_"))
}

// trigger returns the key in the form of the shortcuts specification, such as "CTRL+SHIFT+F9".
func (p *portal) trigger() string {
	return strings.ToUpper(strings.TrimSuffix(p.key.String(), p.key.Key)) + codesOf(p.key.Key).name
}

// shortcut is an element of the D-Bus type a(sa{sv}).
type shortcut struct {
	ID   string
	More map[string]dbus.Variant
}

// bind binds the key, unless the desktop remembers it. The desktop may ask the user. bind returns the
// desktop's name for the key, which may be empty.
func (p *portal) bind(ctx context.Context) (name string, err error) {
	short, cancel := context.WithTimeout(ctx, portalLimit)
	defer cancel()
	none := map[string]dbus.Variant{}
	if _, results, err := p.ask(short, "ListShortcuts", none, p.session); err == nil {
		if name, found := p.find(results); found {
			return name, nil
		}
	}
	p.report(State{Stage: Asking})
	asked := []shortcut{{p.id(), map[string]dbus.Variant{
		"description": dbus.MakeVariant(p.label), "preferred_trigger": dbus.MakeVariant(p.trigger()),
	}}}
	code, results, err := p.ask(ctx, "BindShortcuts", none, p.session, asked, "")
	if err != nil {
		return "", err
	}
	if code != 0 {
		return "", errRefused
	}
	name, _ = p.find(results) // some desktops do not list a shortcut that is bound
	return name, nil
}

// find looks for the shortcut in the results of a request.
func (p *portal) find(results map[string]dbus.Variant) (name string, found bool) {
	var all []shortcut
	if results["shortcuts"].Store(&all) != nil {
		return "", false
	}
	i := slices.IndexFunc(all, func(s shortcut) bool { return s.ID == p.id() })
	if i < 0 {
		return "", false
	}
	name, _ = all[i].More["trigger_description"].Value().(string)
	return name, true
}

// ask calls a method of the portal and waits for its Response. The code is 0 for success, 1 if the user
// cancelled, and 2 otherwise.
func (p *portal) ask(ctx context.Context, method string, options map[string]dbus.Variant, args ...any) (code uint32, results map[string]dbus.Variant, err error) {
	p.count++
	token := fmt.Sprintf("altv_tray_%d", p.count)
	with := map[string]dbus.Variant{"handle_token": dbus.MakeVariant(token)}
	for name, value := range options {
		with[name] = value
	}
	sender := strings.ReplaceAll(strings.TrimPrefix(p.conn.Names()[0], ":"), ".", "_")
	expected := dbus.ObjectPath(fmt.Sprintf("%s/request/%s/%s", portalPath, sender, token))
	var handle dbus.ObjectPath
	call := p.conn.Object(portalName, portalPath).CallWithContext(ctx, shortcuts+"."+method, 0, append(args, with)...)
	if err := call.Store(&handle); err != nil {
		return 0, nil, err
	}
	for {
		s, err := p.next(ctx)
		if err != nil {
			return 0, nil, err
		}
		if s.Name == request+".Response" && (s.Path == expected || s.Path == handle) {
			return code, results, dbus.Store(s.Body, &code, &results)
		}
	}
}

// next waits for a signal. It returns errGone if the portal or the bus has ended, and errRefused if the
// desktop closed the session.
func (p *portal) next(ctx context.Context) (*dbus.Signal, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case s, ok := <-p.signals:
		switch {
		case !ok:
			return nil, errGone
		case s.Name == "org.freedesktop.DBus.NameOwnerChanged" && len(s.Body) == 3 && s.Body[0] == portalName && s.Body[2] == "":
			return nil, errGone
		case s.Name == session+".Closed" && s.Path == p.session:
			return nil, errRefused
		}
		return s, nil
	}
}

// serve waits for presses.
func (p *portal) serve(ctx context.Context) error {
	var keyboard presses
	begin := time.Now()
	for {
		s, err := p.next(ctx)
		if err != nil {
			return err
		}
		var handle dbus.ObjectPath
		var id string
		if len(s.Body) < 2 || dbus.Store(s.Body[:2], &handle, &id) != nil || handle != p.session || id != p.id() {
			continue
		}
		at := time.Since(begin) // the clock of the signal's own time is not specified
		switch s.Name {
		case shortcuts + ".Activated":
			if keyboard.press(at) {
				p.press()
			}
		case shortcuts + ".Deactivated":
			keyboard.up(at)
		}
	}
}
