//go:build !windows

package lang

import "testing"

func TestAutoGoesByTheEnvironment(t *testing.T) {
	type env map[string]string
	for _, test := range []struct {
		env  env
		want string
	}{
		{env{}, "en"},
		{env{"LANG": "de_AT.UTF-8"}, "de"},
		{env{"LANG": "de_DE@euro"}, "de"},
		{env{"LANG": "ru_RU"}, "ru"},
		{env{"LANG": "ru_RU.KOI8-R"}, "ru"},
		{env{"LANG": "zh_CN"}, "zh-Hans"},
		{env{"LANG": "zh_CN.UTF-8"}, "zh-Hans"},
		{env{"LANG": "zh_SG"}, "zh-Hans"},
		{env{"LANG": "zh_TW"}, "en"},
		{env{"LANG": "zh_HK.UTF-8"}, "en"},
		{env{"LANG": "fr_FR.UTF-8"}, "en"},
		{env{"LANG": "C"}, "en"},
		{env{"LANG": "C.UTF-8"}, "en"},
		{env{"LANG": "POSIX"}, "en"},
		{env{"LANG": "no such thing"}, "en"},

		{env{"LC_MESSAGES": "ru_RU.UTF-8", "LANG": "de_DE.UTF-8"}, "ru"},
		{env{"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8", "LANG": "de_DE.UTF-8"}, "zh-Hans"},
		{env{"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, "en"},

		{env{"LANGUAGE": "ru:de", "LANG": "en_US.UTF-8"}, "ru"},
		{env{"LANGUAGE": "fr:de_AT:ru", "LANG": "en_US.UTF-8"}, "de"},
		{env{"LANGUAGE": "fr:pl", "LANG": "ru_RU.UTF-8"}, "ru"},
		{env{"LANGUAGE": "", "LANG": "ru_RU.UTF-8"}, "ru"},
		{env{"LANGUAGE": "de"}, "en"}, // no locale at all: no wishes either
		{env{"LANGUAGE": "de", "LC_ALL": "C"}, "en"},
		{env{"LANGUAGE": "de", "LANG": "POSIX"}, "en"},
	} {
		for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"} {
			t.Setenv(name, test.env[name])
		}
		if got := New("auto").Tag(); got != test.want {
			t.Errorf("%v: %s, want %s", test.env, got, test.want)
		}
	}
}
