package clientfolder

import (
	"errors"
	"fmt"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Running lists the processes named altv.exe. It takes some milliseconds.
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

// commandLine returns "" before Windows 8.1, where it cannot be read.
func commandLine(handle windows.Handle) string {
	const most = 1<<16 + 64 // a command line has up to 32767 UTF-16 units
	buffer := make([]uintptr, most/unsafe.Sizeof(uintptr(0)))
	err := windows.NtQueryInformationProcess(handle, windows.ProcessCommandLineInformation, unsafe.Pointer(&buffer[0]), most, nil)
	if err != nil {
		return ""
	}
	return (*windows.NTUnicodeString)(unsafe.Pointer(&buffer[0])).String()
}
