package lang

import "golang.org/x/sys/windows"

// systemLanguages returns the languages of Windows' own windows and menus.
func systemLanguages() []string {
	languages, _ := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME) // none with an error
	return languages
}
