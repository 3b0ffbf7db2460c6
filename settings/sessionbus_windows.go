package settings

// SetSessionBusAddress does nothing: Windows has no session bus.
func SetSessionBusAddress() {}
