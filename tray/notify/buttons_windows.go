package notify

import (
	"fmt"
	"strings"
	"time"

	"git.sr.ht/~jackmordaunt/go-toast"
	"git.sr.ht/~jackmordaunt/go-toast/tmpl"

	"altv-tray/settings"
	"altv-tray/tray/view"
)

// buttons shows toasts with buttons. When a button is pressed, Windows starts this program with the
// button's address: see Codes.
type buttons struct {
	registered bool   // the scheme is registered
	tag        string // the tag of the last toast of showTagged
}

// Open registers this program for the addresses of buttons. Before that, or if it fails, toasts have no
// buttons. They have none in an app with another state folder either, such as the demo: the program
// that Windows starts would not find it.
func (d *Desktop) Open() error {
	if user, err := settings.DefaultPaths(); err != nil || user.StateDir != d.paths.StateDir {
		return nil
	}
	err := registerScheme()
	d.registered = err == nil
	return err
}

// show shows a notice with its buttons. Shown is false if there are no buttons.
func (d *Desktop) show(n view.Notice, icon string) (shown bool, err error) {
	if !d.registered {
		return false, nil
	}
	codes := d.Codes.Issue(n, codeLimit)
	// Push sets the data too, but takes the path from the toast, where it is escaped.
	if err := toast.SetAppData(toast.AppData{AppID: AppID, IconPath: icon}); err != nil {
		return true, fmt.Errorf("naming the notifications: %w", err)
	}
	t := toastOf(n, icon, codes)
	var xml strings.Builder
	if n.Tag != "" && tmpl.XMLTemplate.Execute(&xml, &t) == nil && showTagged(xml.String(), n.Tag) == nil {
		d.tag = n.Tag
		return true, nil
	}
	err = t.Push()
	// If Windows refuses the toast but PowerShell shows it, Push returns the error of Windows alone.
	if several, ok := err.(interface{ Unwrap() []error }); ok && len(several.Unwrap()) == 1 {
		err = nil
	}
	if err != nil {
		return true, fmt.Errorf("showing a notification with buttons: %w", err)
	}
	return true, nil
}

// toastOf returns a notice in the library's form.
func toastOf(n view.Notice, icon string, codes []string) toast.Notification {
	t := toast.Notification{
		AppID: AppID, Title: clean(n.Title), Body: clean(n.Body), Icon: attribute(icon), Audio: toast.Silent, Duration: toast.Short,
		ActivationType: toast.Foreground,
	}
	if n.Timeout > shortToast {
		t.Duration = toast.Long
	}
	for i, code := range codes {
		t.Actions = append(t.Actions, toast.Action{Type: toast.Protocol, Content: attribute(n.Buttons[i].Label), Arguments: attribute(Scheme + code)})
	}
	return t
}

// codeLimit is how long a button works at most, as any program can open its address.
const codeLimit = time.Hour

// shortToast is about how long Windows shows a short toast. It shows a long one for 25 s.
const shortToast = 6 * time.Second

// remove removes a toast of showTagged. A toast of the library stays until Windows or the user
// removes it.
func (d *Desktop) remove(tag string) error {
	if d.tag != tag {
		return nil
	}
	d.tag = ""
	if err := removeTagged(tag); err != nil {
		return fmt.Errorf("removing a notification: %w", err)
	}
	return nil
}

// Close does nothing: the codes end with the app.
func (d *Desktop) Close() {}
