package lang

import "golang.org/x/sys/windows"

// systemLanguages returns the languages of Windows' own windows and menus.
func systemLanguages() []string {
	languages, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return languages
}
