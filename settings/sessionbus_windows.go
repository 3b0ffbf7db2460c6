package settings

// SetSessionBusAddress does nothing: nothing on Windows needs a session bus.
func SetSessionBusAddress() {}
