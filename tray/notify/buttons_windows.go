package notify

import (
	"fmt"
	"strings"
	"time"

	"git.sr.ht/~jackmordaunt/go-toast"
	"git.sr.ht/~jackmordaunt/go-toast/tmpl"
	"golang.org/x/sys/windows"

	"altv-tray/settings"
	"altv-tray/tray/view"
)

// buttons shows toasts with buttons. When one is pressed, Windows calls this program with the
// button's address: see Codes.
type buttons struct {
	on     bool   // the scheme is registered
	tagged string // the tag of the toast that showTagged has shown last
}

// Open registers this program for the addresses of buttons. Before it, and where it fails,
// toasts have none. Nor have they in an app that keeps its state elsewhere, as the demo does: a
// press would not find it.
func (d *Desktop) Open() error {
	if user, err := settings.DefaultPaths(); err != nil || user.StateDir != d.paths.StateDir {
		return nil
	}
	if windows.RtlGetVersion().MajorVersion < 10 {
		return nil // it has no toasts
	}
	err := registerScheme()
	d.on = err == nil
	return err
}

// show shows a notice with its buttons; false if Windows has none.
func (d *Desktop) show(n view.Notice, icon string) (shown bool, err error) {
	if !d.on {
		return false, nil
	}
	codes := d.Codes.Issue(n, codeLife)
	// Push sets them too, but from the toast, where the path is escaped.
	if err := toast.SetAppData(toast.AppData{AppID: AppID, IconPath: icon}); err != nil {
		return true, fmt.Errorf("naming the notifications: %w", err)
	}
	made := toastOf(n, icon, codes)
	var xml strings.Builder
	if n.Tag != "" && tmpl.XMLTemplate.Execute(&xml, &made) == nil && showTagged(xml.String(), n.Tag) == nil {
		d.tagged = n.Tag
		return true, nil
	}
	err = made.Push()
	// If Windows refuses the toast, PowerShell shows it, and the error of Windows is returned
	// all the same.
	if several, ok := err.(interface{ Unwrap() []error }); ok && len(several.Unwrap()) == 1 {
		err = nil
	}
	if err != nil {
		return true, fmt.Errorf("showing a notification with buttons: %w", err)
	}
	return true, nil
}

// toastOf makes the library's notification of a notice.
func toastOf(n view.Notice, icon string, codes []string) toast.Notification {
	made := toast.Notification{
		AppID: AppID, Title: clean(n.Title), Body: clean(n.Body), Icon: attribute(icon), Audio: toast.Silent, Duration: toast.Short,
		ActivationType: toast.Foreground,
	}
	if n.Timeout > shortToast {
		made.Duration = toast.Long
	}
	for i, code := range codes {
		made.Actions = append(made.Actions, toast.Action{Type: toast.Protocol, Content: attribute(n.Buttons[i].Label), Arguments: attribute(Scheme + code)})
	}
	return made
}

// codeLife is how long a button works at most: anybody can call its address.
const codeLife = time.Hour

// shortToast is about how long Windows shows a short toast. A long one takes 25 s.
const shortToast = 6 * time.Second

// takeAway removes a toast. A toast that the library has shown
// stays until Windows or the user removes it.
func (d *Desktop) takeAway(tag string) error {
	if d.tagged != tag {
		return nil
	}
	d.tagged = ""
	if err := removeTagged(tag); err != nil {
		return fmt.Errorf("removing a notification: %w", err)
	}
	return nil
}

// Close does nothing: the codes end with the app.
func (d *Desktop) Close() {}
