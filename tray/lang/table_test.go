package lang

import "testing"

func TestTable(t *testing.T) {
	menu := New("ru").Tables("menu")
	if menu["menu.profile_more.few"] == "" || menu["menu.quit"] != New("ru").T("menu.quit") || len(New("en").Tables("nowhere")) > 0 {
		t.Errorf("%q", menu)
	}
}
