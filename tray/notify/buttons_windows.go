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

// buttons shows toasts with buttons. A pressed one has Windows call this program
// with its address: see Codes.
type buttons struct {
	on     bool   // Windows knows the scheme
	tagged string // the tag of the toast that showTagged has shown last
}

// Open tells Windows which program the addresses of buttons are for. Without it
// there are none. Nor are there where a press would not find this app, which keeps
// its state elsewhere, as the demo does.
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

// show shows a notice with its buttons; false where Windows has none.
func (d *Desktop) show(n view.Notice, icon string) (shown bool, err error) {
	if !d.on {
		return false, nil
	}
	codes := d.codes.Issue(n)
	// The name, and the picture that stands beside it, as they are: in the toast
	// the path is escaped.
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
	// Where Windows refuses it, the library has PowerShell show it, and returns the
	// first error all the same.
	if several, ok := err.(interface{ Unwrap() []error }); ok && len(several.Unwrap()) == 1 {
		err = nil
	}
	if err != nil {
		return true, fmt.Errorf("showing a notification with buttons: %w", err)
	}
	return true, nil
}

// toastOf is the library's notification. What it puts into attributes it does not
// escape.
func toastOf(n view.Notice, icon string, codes []string) toast.Notification {
	made := toast.Notification{
		AppID: AppID, Title: clean(n.Title), Body: clean(beside(n)), Icon: attribute(icon), Audio: toast.Silent, Duration: toast.Short,
		ActivationType: toast.Foreground,
	}
	if n.For > shortToast {
		made.Duration = toast.Long
	}
	for i, code := range codes {
		made.Actions = append(made.Actions, toast.Action{Type: toast.Protocol, Content: attribute(n.Buttons[i].Label), Arguments: attribute(Scheme + code)})
	}
	return made
}

// shortToast is how long Windows shows a short one, about; a long one 25 s.
const shortToast = 6 * time.Second

// takeAway ends the codes of a toast, and removes it. A toast that the library has shown
// stays until Windows or the user removes it.
func (d *Desktop) takeAway(tag string) error {
	d.codes.takeAway(tag)
	if d.tagged != tag {
		return nil
	}
	d.tagged = ""
	if err := removeTagged(tag); err != nil {
		return fmt.Errorf("removing a notification: %w", err)
	}
	return nil
}

// Close has nothing to do: the codes are gone with the app.
func (d *Desktop) Close() {}
