/* What Windows and its users do to a program, for the tests under Wine. It is
 * part of no release.
 *
 *   bench forget-icon               takes the tray's icon away without a word to the program
 *   bench taskbar-created           tells all windows that the taskbar is new, as Explorer does
 *   bench end-session yes|no        asks the tray's windows whether the session may end,
 *                                   and tells them that it does or does not
 *   bench credential TARGET USER    stores standard input, byte for byte, in the Credential Manager
 *   bench ctrl-c FILE PROGRAM ARGUMENTS…
 *                                   starts a program in a console of its own, presses Ctrl+C
 *                                   there once the file exists, and ends with the program's
 *                                   exit code
 *   bench -ExecutionPolicy Bypass -File SCRIPT
 *                                   stands in for PowerShell, by which the notification library
 *                                   shows toasts where Windows refuses them, as under Wine: keeps
 *                                   the script as C:\toast.ps1
 *   bench game                      fills the screen with a window that has the keyboard focus, and
 *                                   prints each key that it receives
 *   bench take-key N                registers Ctrl and the function key N as its hotkey and prints
 *                                   "taken"
 */
#include <windows.h>
#include <wincred.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *what)
{
	fprintf(stderr, "bench: %s: error %lu\n", what, GetLastError());
	return 100;
}

static int forget_icon(void)
{
	NOTIFYICONDATAW icon = {0};
	icon.cbSize = sizeof icon;
	icon.hWnd = FindWindowW(L"SystrayClass", NULL);
	icon.uID = 100;
	if (!icon.hWnd)
		return fail("find the tray's window");
	if (!Shell_NotifyIconW(NIM_DELETE, &icon))
		return fail("take the icon away");
	return 0;
}

static int taskbar_created(void)
{
	DWORD_PTR result;
	UINT message = RegisterWindowMessageW(L"TaskbarCreated");
	if (!message)
		return fail("register the message");
	if (!SendMessageTimeoutW(HWND_BROADCAST, message, 0, 0, SMTO_ABORTIFHUNG, 5000, &result))
		return fail("send the message");
	return 0;
}

static DWORD tray_process;
static HWND windows[64];
static int window_count;

/* A balloon, in which notifications come before Windows 10 and under Wine, leaves
 * windows behind on a thread that answers nothing. A toast does not. */
static BOOL CALLBACK find_balloon(HWND window, LPARAM found)
{
	WCHAR class[64] = L"";
	GetClassNameW(window, class, 64);
	if (!wcscmp(class, L"MainForm"))
		*(BOOL *)found = TRUE;
	return TRUE;
}

static BOOL CALLBACK collect(HWND window, LPARAM unused)
{
	DWORD process, thread = GetWindowThreadProcessId(window, &process);
	BOOL balloon = FALSE;
	(void)unused;
	if (process != tray_process)
		return TRUE;
	EnumThreadWindows(thread, find_balloon, (LPARAM)&balloon);
	if (!balloon && window_count < 64)
		windows[window_count++] = window;
	return TRUE;
}

/* fail_at names the window that does not answer. */
static int fail_at(HWND window, const char *what)
{
	DWORD error = GetLastError();
	WCHAR class[64] = L"", title[64] = L"";
	GetClassNameW(window, class, 64);
	GetWindowTextW(window, title, 64);
	fprintf(stderr, "bench: %s of class %ls, title \"%ls\", thread %lu: error %lu\n",
		what, class, title, GetWindowThreadProcessId(window, NULL), error);
	return 100;
}

/* Windows waits five seconds for each answer, and ends what has not answered. */
static int end_session(BOOL ends)
{
	DWORD_PTR answer;
	DWORD begun;
	BOOL agreed = TRUE;
	HWND tray = FindWindowW(L"SystrayClass", NULL);
	if (!tray)
		return fail("find the tray's window");
	GetWindowThreadProcessId(tray, &tray_process);
	HANDLE process = OpenProcess(SYNCHRONIZE | PROCESS_TERMINATE, FALSE, tray_process);
	if (!process)
		return fail("open the tray's process");
	EnumWindows(collect, 0);
	for (int i = 0; i < window_count; i++) {
		if (!SendMessageTimeoutW(windows[i], WM_QUERYENDSESSION, 0, (LPARAM)ENDSESSION_LOGOFF, SMTO_ABORTIFHUNG, 5000, &answer))
			return fail_at(windows[i], "ask a window");
		agreed = agreed && answer;
	}
	printf("agreed %d\n", agreed);
	begun = GetTickCount();
	for (int i = 0; i < window_count; i++)
		/* A window that goes away meanwhile goes with its program. */
		if (IsWindow(windows[i]) && !SendMessageTimeoutW(windows[i], WM_ENDSESSION, ends, (LPARAM)ENDSESSION_LOGOFF, SMTO_ABORTIFHUNG, 5000, &answer) && IsWindow(windows[i]) && WaitForSingleObject(process, 0) != WAIT_OBJECT_0)
			return fail_at(windows[i], "tell a window");
	printf("told in %lu ms\n", GetTickCount() - begun);
	/* From here on Windows ends the process as it likes: what is not done is lost. */
	if (ends)
		TerminateProcess(process, 99);
	return 0;
}

static int credential(const WCHAR *target, const WCHAR *user)
{
	static BYTE blob[2560];
	CREDENTIALW c = {0};
	setvbuf(stdin, NULL, _IONBF, 0);
	HANDLE in = GetStdHandle(STD_INPUT_HANDLE);
	DWORD size = 0, part;
	while (size < sizeof blob && ReadFile(in, blob + size, sizeof blob - size, &part, NULL) && part > 0)
		size += part;
	c.Type = CRED_TYPE_GENERIC;
	c.TargetName = (WCHAR *)target;
	c.UserName = (WCHAR *)user;
	c.CredentialBlob = blob;
	c.CredentialBlobSize = size;
	c.Persist = CRED_PERSIST_LOCAL_MACHINE;
	if (!CredWriteW(&c, 0))
		return fail("store the credential");
	return 0;
}

static BOOL WINAPI survive(DWORD event)
{
	(void)event;
	return TRUE; /* the keys are meant for the program in the console */
}

static int ctrl_c(const WCHAR *file, const WCHAR *command)
{
	static WCHAR line[4096];
	STARTUPINFOW start = {0};
	PROCESS_INFORMATION program;
	DWORD code;

	start.cb = sizeof start;
	FreeConsole();
	if (!AllocConsole())
		return fail("open a console");
	wcsncpy(line, command, 4095);
	start.dwFlags = STARTF_USESTDHANDLES;
	start.hStdInput = CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
	start.hStdOutput = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
	SetHandleInformation(start.hStdInput, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
	SetHandleInformation(start.hStdOutput, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
	start.hStdError = start.hStdOutput;
	if (!CreateProcessW(NULL, line, NULL, NULL, TRUE, 0, NULL, NULL, &start, &program))
		return fail("start the program");
	SetConsoleCtrlHandler(survive, TRUE);
	while (GetFileAttributesW(file) == INVALID_FILE_ATTRIBUTES)
		if (WaitForSingleObject(program.hProcess, 50) == WAIT_OBJECT_0)
			return fail("press the keys: the program has ended");
	if (!GenerateConsoleCtrlEvent(CTRL_C_EVENT, 0))
		return fail("press the keys");
	if (WaitForSingleObject(program.hProcess, 15000) != WAIT_OBJECT_0) {
		TerminateProcess(program.hProcess, 97);
		return fail("wait for the program's end");
	}
	GetExitCodeProcess(program.hProcess, &code);
	return (int)code;
}

static LRESULT CALLBACK game_window(HWND window, UINT message, WPARAM w, LPARAM l)
{
	if (message == WM_KEYDOWN) {
		printf("key %u\n", (unsigned)w);
		fflush(stdout);
	}
	return DefWindowProcW(window, message, w, l);
}

static int game(void)
{
	WNDCLASSW class = {0};
	HWND window;
	MSG message;
	class.lpfnWndProc = game_window;
	class.lpszClassName = L"BenchGame";
	if (!RegisterClassW(&class))
		return fail("register the window's class");
	window = CreateWindowExW(WS_EX_TOPMOST, class.lpszClassName, L"bench game", WS_POPUP | WS_VISIBLE, 0, 0,
		GetSystemMetrics(SM_CXSCREEN), GetSystemMetrics(SM_CYSCREEN), NULL, NULL, NULL, NULL);
	if (!window)
		return fail("make the window");
	SetForegroundWindow(window);
	while (GetMessageW(&message, NULL, 0, 0) > 0)
		DispatchMessageW(&message);
	return 0;
}

static int take_key(int n)
{
	if (!RegisterHotKey(NULL, 1, MOD_CONTROL, VK_F1 + n - 1))
		return fail("take the key");
	printf("taken\n");
	fflush(stdout);
	Sleep(INFINITE);
	return 0;
}

/* The command line behind the first n words, as it is. */
static const WCHAR *rest(int n)
{
	const WCHAR *p = GetCommandLineW();
	while (n-- > 0) {
		BOOL quoted = FALSE;
		for (; *p && (quoted || *p != ' '); p++)
			if (*p == '"')
				quoted = !quoted;
		while (*p == ' ')
			p++;
	}
	return p;
}

int wmain(int argc, WCHAR **argv)
{
	if (argc == 2 && !wcscmp(argv[1], L"forget-icon"))
		return forget_icon();
	if (argc == 2 && !wcscmp(argv[1], L"taskbar-created"))
		return taskbar_created();
	if (argc == 3 && !wcscmp(argv[1], L"end-session"))
		return end_session(!wcscmp(argv[2], L"yes"));
	if (argc == 4 && !wcscmp(argv[1], L"credential"))
		return credential(argv[2], argv[3]);
	if (argc == 2 && !wcscmp(argv[1], L"game"))
		return game();
	if (argc == 3 && !wcscmp(argv[1], L"take-key"))
		return take_key(_wtoi(argv[2]));
	if (argc >= 4 && !wcscmp(argv[1], L"ctrl-c"))
		return ctrl_c(argv[2], rest(3));
	if (argc == 5 && !wcscmp(argv[1], L"-ExecutionPolicy"))
		return !CopyFileW(argv[4], L"C:\\toast.ps1", FALSE);
	fprintf(stderr, "bench: the comment in .ci/wine/bench.c tells how it is used\n");
	return 101;
}
