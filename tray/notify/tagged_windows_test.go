package notify

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/go-ole/go-ole"
	"golang.org/x/sys/windows"
)

const (
	eFail              = 0x80004005
	classNotRegistered = 0x80040154
)

// interfaces are those of windows.ui.notifications.idl and windows.data.xml.dom.idl: the
// methods behind the six of IInspectable, in order, each with its arguments: t is a text, o an
// object, and > the address for an object with that interface.
var interfaces = map[string][]string{
	activationFactory: {"ActivateInstance >document"},
	"document":        {},
	xmlDocument:       {},
	xmlDocumentIO:     {"LoadXml t", "LoadXmlWithSettings to", "SaveToFileAsync o>"},
	toastFactory:      {"CreateToastNotification o>toast"},
	"toast": {"get_Content >", "put_ExpirationTime o", "get_ExpirationTime >", "add_Dismissed o>", "remove_Dismissed", "add_Activated o>",
		"remove_Activated", "add_Failed o>", "remove_Failed"},
	toast2:          {"put_Tag t", "get_Tag >", "put_Group t", "get_Group >", "put_SuppressPopup", "get_SuppressPopup >"},
	managerStatics:  {"CreateToastNotifier >notifier", "CreateToastNotifierWithId t>notifier", "GetTemplateContent >"},
	"notifier":      {"Show o", "Hide o", "get_Setting >", "AddToSchedule o", "RemoveFromSchedule o", "GetScheduledToastNotifications >"},
	managerStatics2: {"get_History >history"},
	"history": {"RemoveGroup t", "RemoveGroupWithId tt", "RemoveGroupedTagWithId ttt", "RemoveGroupedTag tt", "Remove t", "Clear",
		"ClearWithId t"},
}

// fakeWindows stands for Windows' objects.
type fakeWindows struct {
	said   []string // what was called, with its texts
	failAt int      // the call that fails, from 1; 0: none
	live   int      // references
}

// fakeObject has the layout of a COM object.
type fakeObject struct {
	table *[16]uintptr
	kind  string
	in    *fakeWindows
}

var fakeTable [16]uintptr

func init() {
	copy(fakeTable[:], []uintptr{
		windows.NewCallback(func(o *fakeObject, id *ole.GUID, out unsafe.Pointer) uintptr {
			if _, known := interfaces[id.String()]; !known {
				return ole.E_NOINTERFACE
			}
			return o.in.answer(id.String(), out)
		}),
		windows.NewCallback(func(o *fakeObject) uintptr { o.in.live++; return 1 }),
		windows.NewCallback(func(o *fakeObject) uintptr { o.in.live--; return 1 }),
	})
	for slot := 6; slot < len(fakeTable); slot++ {
		fakeTable[slot] = windows.NewCallback(func(o *fakeObject, a, b, c, d unsafe.Pointer) uintptr {
			return o.in.called(o.kind, slot-6, a, b, c, d)
		})
	}
}

// answer is the result of a call that returns an object.
func (f *fakeWindows) answer(kind string, out unsafe.Pointer) uintptr {
	if len(f.said)+1 == f.failAt {
		return eFail
	}
	f.live++
	*(*unsafe.Pointer)(out) = unsafe.Pointer(&fakeObject{&fakeTable, kind, f})
	return ole.S_OK
}

func (f *fakeWindows) called(kind string, method int, arguments ...unsafe.Pointer) uintptr {
	if method >= len(interfaces[kind]) {
		f.said = append(f.said, fmt.Sprintf("%s has no method %d", kind, method))
		return eFail
	}
	name, kinds, _ := strings.Cut(interfaces[kind][method], " ")
	kinds, result, _ := strings.Cut(kinds, ">")
	f.said = append(f.said, name)
	line := &f.said[len(f.said)-1]
	if len(f.said) == f.failAt {
		return eFail
	}
	for i, k := range kinds {
		if k == 't' {
			*line += " " + ole.HString(arguments[i]).String()
		} else {
			*line += " " + (*fakeObject)(arguments[i]).kind
		}
	}
	if result != "" {
		return f.answer(result, arguments[len(kinds)])
	}
	return ole.S_OK
}

// The objects of Windows are called by their own methods, with the right arguments, and
// released; what fails is returned, and nothing else is called.
func TestTaggedToast(t *testing.T) {
	fake := new(fakeWindows)
	defer func(real func(string, *ole.GUID) (*ole.IUnknown, error)) { getFactory = real }(getFactory)
	getFactory = func(_ string, id *ole.GUID) (*ole.IUnknown, error) {
		fake.live++
		return (*ole.IUnknown)(unsafe.Pointer(&fakeObject{&fakeTable, id.String(), fake})), nil
	}
	for _, c := range []struct {
		do   func() error
		want []string
	}{
		{func() error { return showTagged("<toast/>", "countdown") }, []string{
			"ActivateInstance", "LoadXml <toast/>", "CreateToastNotification " + xmlDocument, "put_Tag countdown", "put_Group altv-tray",
			"CreateToastNotifierWithId altv-tray", "Show toast",
		}},
		{func() error { return removeTagged("countdown") }, []string{"get_History", "RemoveGroupedTagWithId countdown altv-tray altv-tray"}},
	} {
		*fake = fakeWindows{}
		if err := c.do(); err != nil || !slices.Equal(fake.said, c.want) || fake.live != 0 {
			t.Errorf("%v, %q, want %q; %d references are left", err, fake.said, c.want, fake.live)
		}
		for i := range c.want {
			*fake = fakeWindows{failAt: i + 1}
			if err := c.do(); err == nil || len(fake.said) > i+1 || fake.live != 0 {
				t.Errorf("call %d fails: %v, %q; %d references are left", i+1, err, fake.said, fake.live)
			}
		}
	}
}

// Windows itself returns the tag.
func TestTagOfARealToast(t *testing.T) {
	var c calls
	defer c.release()
	made := c.as(c.toast("<toast/>", "countdown"), toast2)
	if code := new(ole.OleError); errors.As(c.err, &code) && uint32(code.Code()) == classNotRegistered {
		t.Skip("Wine has no toasts")
	}
	var tag ole.HString
	c.pinned.Pin(&tag)
	c.call(made, putTag+1, uintptr(unsafe.Pointer(&tag)))
	c.used = append(c.used, func() { _ = ole.DeleteHString(tag) })
	if c.err != nil || tag.String() != "countdown" {
		t.Errorf("%q, %v", tag.String(), c.err)
	}
}
