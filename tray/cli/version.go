package cli

// PrintVersion prints the program's version.
func (e *Env) PrintVersion() Code {
	e.print("altv-tray %s", Version)
	return OK
}
