package clientfolder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"

	"altv-tray/monitor/folder"
	"altv-tray/monitor/problem"
)

// Running returns the processes named altv.exe. It takes some milliseconds.
func Running() ([]Process, error) {
	snapshot, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return nil, fmt.Errorf("listing the processes: %w", err)
	}
	defer windows.CloseHandle(snapshot)
	var found []Process
	entry := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(snapshot, &entry); err == nil; err = windows.Process32Next(snapshot, &entry) {
		if strings.EqualFold(windows.UTF16ToString(entry.ExeFile[:]), exeName) {
			found = append(found, describe(entry.ProcessID))
		}
	}
	if !errors.Is(err, windows.ERROR_NO_MORE_FILES) {
		return nil, fmt.Errorf("listing the processes: %w", err)
	}
	return found, nil
}

func describe(id uint32) Process {
	found := Process{PID: int32(id)}
	// This right does not allow reading the process's memory, which an anti-cheat might
	// mind, and is granted for programs that run as administrator.
	handle, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, id)
	if err != nil {
		return found
	}
	defer windows.CloseHandle(handle)
	path := make([]uint16, windows.MAX_LONG_PATH)
	size := uint32(len(path))
	if err := windows.QueryFullProcessImageName(handle, 0, &path[0], &size); err == nil {
		found.Path = windows.UTF16ToString(path[:size])
	}
	if args, err := windows.DecomposeCommandLine(commandLine(handle)); err == nil {
		found.HasDebugFlag = hasDebugFlag(args)
	}
	return found
}

// commandLine returns "" before Windows 8.1, which does not provide it.
func commandLine(handle windows.Handle) string {
	const most = 1<<16 + 64 // a command line has up to 32767 UTF-16 units
	buffer := make([]uintptr, most/unsafe.Sizeof(uintptr(0)))
	err := windows.NtQueryInformationProcess(handle, windows.ProcessCommandLineInformation, unsafe.Pointer(&buffer[0]), most, nil)
	if err != nil {
		return ""
	}
	return (*windows.NTUnicodeString)(unsafe.Pointer(&buffer[0])).String()
}

// Start starts the altv.exe in dir in debug mode, and does not wait for it. alt:V joins the
// server, or shows its main menu if server is empty. It gets no password.
func Start(dir, server string) error {
	args, err := arguments(server)
	if err != nil {
		return err
	}
	program := filepath.Join(dir, exeName)
	_, err = folder.Do(dir, func() (os.FileInfo, error) { return os.Stat(program) })
	if err != nil {
		return fmt.Errorf("starting alt:V: %w; correct client.folder in the settings", err)
	}
	// Through the shell, as CreateProcess refuses a client that is set to run as
	// administrator, which alt:V itself advises for some problems.
	err = shellOpen(program, windows.ComposeCommandLine(args), dir)
	if errors.Is(err, windows.ERROR_CANCELLED) {
		return problem.New(problem.Declined).In(program).Because(err)
	}
	if err != nil {
		return &fs.PathError{Op: "starting", Path: program, Err: err}
	}
	return nil
}

func shellOpen(program, args, folder string) error {
	var texts [3]*uint16
	for i, text := range []string{program, args, folder} {
		var err error
		if texts[i], err = windows.UTF16PtrFromString(text); err != nil {
			return err
		}
	}
	return windows.ShellExecute(0, nil, texts[0], texts[1], texts[2], windows.SW_SHOWNORMAL)
}
