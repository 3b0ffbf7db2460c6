package settings

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// BenchmarkReload is an edit of the file taken over, with one profile and with
// a hundred; "unchanged" is a look at a file that is as it was.
func BenchmarkReload(b *testing.B) {
	for _, profiles := range []int{1, 100} {
		texts := [2][]byte{}
		for i := range texts {
			texts[i] = fmt.Appendf(nil, "schema = 1\n[auto_reconnect]\nattempts = %d\n", i+1)
			for n := range profiles {
				name := "default"
				if n > 0 {
					name = fmt.Sprintf("profile %d", n)
				}
				texts[i] = fmt.Appendf(texts[i], "[[profiles]]\nname = %q\nserver = \"127.0.0.1:7788\"\n", name)
			}
		}
		file := filepath.Join(b.TempDir(), "settings.toml")
		write := func(i int) {
			if err := os.WriteFile(file, texts[i%2], 0o600); err != nil {
				b.Fatal(err)
			}
		}
		write(0)
		s, err := Open(file, "")
		if err != nil || s.Problem() != nil {
			b.Fatal(err, s.Problem())
		}
		b.Run(fmt.Sprintf("%d profiles", profiles), func(b *testing.B) {
			b.ReportAllocs()
			for i := 1; b.Loop(); i++ {
				write(i)
				s.Version()
				if want := i%2 + 1; s.Current().AutoReconnect.Attempts != want {
					b.Fatal("the edit was not taken over")
				}
			}
		})
		b.Run(fmt.Sprintf("%d profiles, unchanged", profiles), func(b *testing.B) {
			old := time.Now().Add(-time.Hour) // a look at a younger file reads it
			if err := os.Chtimes(file, old, old); err != nil {
				b.Fatal(err)
			}
			s.Version()
			if s.poll(nil) != nil {
				b.Fatal("the file has changed")
			}
			b.ReportAllocs()
			for b.Loop() {
				s.poll(nil)
			}
		})
	}
}
