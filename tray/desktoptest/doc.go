// Package desktoptest tests the finished program on a real desktop without a
// screen: a session bus, a panel, a notification daemon and a keyring of its
// own on Linux, and Wine with a taskbar for the Windows build. Only tests use
// it; nothing in the program imports it.
//
// Its tests run where ALTV_TRAY_DESKTOP=1 is set, which .ci/run does; then a
// missing program is a failure. They touch only temporary folders, and end
// what they start by its process id.
package desktoptest
