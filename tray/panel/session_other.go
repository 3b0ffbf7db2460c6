//go:build !windows

package panel

// watchSession: elsewhere the end of the session comes as a signal.
func (p *systrayPanel) watchSession() {}
