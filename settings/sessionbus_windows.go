package settings

// NameSessionBus does nothing: nothing on Windows needs a session bus.
func NameSessionBus() {}
