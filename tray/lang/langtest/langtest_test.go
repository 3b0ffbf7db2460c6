package langtest

import "testing"

func TestLeftInEnglish(t *testing.T) {
	const english = `settings.toml:3: language: must be "de" or "ru", is a date or time.`
	for _, test := range []struct{ tag, text, want string }{
		{"zh-Hans", `settings.toml:3: language: 必须是 "de" 或 "ru"，当前值：日期或时间。`, ""},
		{"zh-Hans", `settings.toml:3: language: 必须是 "de" 或 "ru"，当前值：a date or time。`, "a date or"},
		{"zh-Hans", `请运行 altv-tray password set，并查看 "a b c"。`, ""},
		{"ru", `settings.toml:3: language: допустимо "de" или "ru", сейчас: a date or time.`, "a date or"},
		{"ru", `система сообщает: detail from the system.`, ""},
		{"ru", `система сообщает: another word from elsewhere.`, "another word from"},
		{"de", `settings.toml:3: language: muss "de" oder "ru" sein, ist aber a date or time.`, "a date or"},
		{"de", `settings.toml:3: language: muss "de" oder "ru" sein, ist aber ein Datum.`, ""},
	} {
		if got := LeftInEnglish(test.tag, english, test.text, "detail from the system"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.text, got, test.want)
		}
	}
}
