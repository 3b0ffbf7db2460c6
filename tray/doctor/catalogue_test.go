package doctor

import (
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"altv-tray/assets"
)

// TestNoDeadTexts: every text of the catalogue is some finding's, so a
// translator translates nothing in vain. It finds, too, what TestExamine leaves
// out.
func TestNoDeadTexts(t *testing.T) {
	data, err := assets.Translations.ReadFile("translations/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue struct {
		Doctor map[string]map[string]any `toml:"doctor"`
	}
	if err := toml.Unmarshal(data, &catalogue); err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, test := range cases {
		told[test.id+"."+test.name] = true
	}
	delete(catalogue.Doctor, "summary")
	if len(catalogue.Doctor) != len(examinations) {
		t.Errorf("the catalogue has %d checks, want %d", len(catalogue.Doctor), len(examinations))
	}
	for id, texts := range catalogue.Doctor {
		for name := range texts {
			if !told[id+"."+strings.TrimSuffix(name, "_do")] {
				t.Errorf("doctor.%s.%s is no finding of TestExamine", id, name)
			}
		}
	}
}
