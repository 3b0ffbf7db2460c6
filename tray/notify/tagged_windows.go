package notify

import (
	"cmp"
	"errors"
	"runtime"
	"sync"
	"syscall"
	"unsafe"

	"github.com/go-ole/go-ole"
	"golang.org/x/sys/windows"
)

// The classes and interfaces of Windows that give a toast a tag, which the library cannot do, and the
// positions of their methods. The first six methods of each interface are those of IInspectable. From
// windows.ui.notifications.idl and windows.data.xml.dom.idl.
const (
	documentClass = "Windows.Data.Xml.Dom.XmlDocument"
	toastClass    = "Windows.UI.Notifications.ToastNotification"
	managerClass  = "Windows.UI.Notifications.ToastNotificationManager"

	activationFactory = "{00000035-0000-0000-C000-000000000046}"
	xmlDocument       = "{F7F3A506-1E87-42D6-BCFB-B8C809FA5494}"
	xmlDocumentIO     = "{6CD0E74E-EE65-4489-9EBF-CA43E87BA637}"
	toastFactory      = "{04124B20-82C6-4229-B109-FD9ED4662B53}"
	toast2            = "{9DFB9FD1-143A-490E-90BF-B9FBA7132DE7}"
	managerStatics    = "{50AC103F-D235-4598-BBEF-98FE4D1A3AD4}"
	managerStatics2   = "{7AB93C52-0E48-4750-BA9D-1A4113981847}"

	activateInstance       = 6
	loadXML                = 6
	createToast            = 6
	putTag, putGroup       = 6, 8
	createNotifierWithID   = 7
	notifierShow           = 6
	getHistory             = 6
	removeGroupedTagWithID = 8
)

// showTagged shows a toast that replaces the one with the same tag.
func showTagged(xml, tag string) error {
	var c calls
	defer c.release()
	toast := c.toast(xml, tag)
	notifier := c.object(c.factory(managerClass, managerStatics), createNotifierWithID, c.text(AppID))
	c.call(notifier, notifierShow, address(toast))
	return c.err
}

// toast makes a toast with a tag.
func (c *calls) toast(xml, tag string) *ole.IUnknown {
	document := c.object(c.factory(documentClass, activationFactory), activateInstance)
	c.call(c.as(document, xmlDocumentIO), loadXML, c.text(xml))
	toast := c.object(c.factory(toastClass, toastFactory), createToast, address(c.as(document, xmlDocument)))
	tagged := c.as(toast, toast2)
	c.call(tagged, putTag, c.text(tag))
	c.call(tagged, putGroup, c.text(AppID))
	return toast
}

// removeTagged removes a toast from the screen and from the Action Center. It is no error if there is none.
func removeTagged(tag string) error {
	var c calls
	defer c.release()
	history := c.object(c.factory(managerClass, managerStatics2), getHistory)
	c.call(history, removeGroupedTagWithID, c.text(tag), c.text(AppID), c.text(AppID))
	return c.err
}

// calls makes calls to objects of Windows. After a call has failed it makes no other.
type calls struct {
	err    error    // of the call that failed
	used   []func() // each releases an object or a text
	pinned runtime.Pinner
}

// getFactory calls RoGetActivationFactory. Tests replace it.
var getFactory = func(class string, id *ole.GUID) (*ole.IUnknown, error) {
	useCOM()
	factory, err := ole.RoGetActivationFactory(class, id)
	return (*ole.IUnknown)(unsafe.Pointer(factory)), err
}

// useCOM lets all threads use COM without setting it up, as a goroutine may move to another thread. If it
// fails, the calls fail too.
var useCOM = sync.OnceFunc(func() {
	var cookie uintptr
	_, _, _ = windows.NewLazySystemDLL("combase.dll").NewProc("CoIncrementMTAUsage").Call(uintptr(unsafe.Pointer(&cookie)))
})

func address(o *ole.IUnknown) uintptr { return uintptr(unsafe.Pointer(o)) }

// keep records an object to release. A missing object is an error.
func (c *calls) keep(o *ole.IUnknown, err error) *ole.IUnknown {
	switch {
	case err != nil:
		c.err = err
	case o == nil:
		c.err = errors.New("a call returned no object")
	default:
		c.used = append(c.used, func() { o.Release() })
		return o
	}
	return nil
}

func (c *calls) factory(class, id string) *ole.IUnknown {
	if c.err != nil {
		return nil
	}
	return c.keep(getFactory(class, ole.NewGUID(id)))
}

// as returns another interface of an object.
func (c *calls) as(o *ole.IUnknown, id string) *ole.IUnknown {
	if c.err != nil {
		return nil
	}
	other, err := o.QueryInterface(ole.NewGUID(id))
	return c.keep((*ole.IUnknown)(unsafe.Pointer(other)), err)
}

// text returns a handle for a text.
func (c *calls) text(s string) uintptr {
	text, err := ole.NewHString(s)
	c.err = cmp.Or(c.err, err)
	c.used = append(c.used, func() { _ = ole.DeleteHString(text) }) // 0 is an empty text
	return uintptr(text)
}

// call calls a method. The arguments are handles, or addresses of objects that c keeps.
func (c *calls) call(o *ole.IUnknown, method uintptr, arguments ...uintptr) {
	if c.err != nil {
		return
	}
	procedure := *(*uintptr)(unsafe.Add(unsafe.Pointer(o.RawVTable), method*unsafe.Sizeof(method)))
	result, _, _ := syscall.SyscallN(procedure, append([]uintptr{address(o)}, arguments...)...)
	if int32(result) < 0 { // an HRESULT
		c.err = ole.NewError(result)
	}
}

// object calls a method whose last argument receives an object.
func (c *calls) object(o *ole.IUnknown, method uintptr, arguments ...uintptr) *ole.IUnknown {
	out := new(*ole.IUnknown)
	c.pinned.Pin(out)
	c.call(o, method, append(arguments, uintptr(unsafe.Pointer(out)))...)
	if c.err != nil {
		return nil
	}
	return c.keep(*out, nil)
}

func (c *calls) release() {
	for _, release := range c.used {
		release()
	}
	c.pinned.Unpin()
}
