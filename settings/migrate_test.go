package settings

import (
	"errors"
	"strings"
	"testing"
)

func TestCurrentSchema(t *testing.T) {
	if currentSchema != len(steps)+1 {
		t.Errorf("currentSchema is %d with %d steps", currentSchema, len(steps))
	}
}

// Made-up history: schema 2 renamed "lang", schema 3 moved "folder" into [client].
var madeUp = []step{
	func(d map[string]any) error {
		if value, ok := d["lang"]; ok {
			d["language"] = value
			delete(d, "lang")
		}
		return nil
	},
	func(d map[string]any) error {
		if d["folder"] == "impossible" {
			return errors.New("impossible folder")
		}
		if value, ok := d["folder"]; ok {
			d["client"] = map[string]any{"folder": value}
			delete(d, "folder")
		}
		return nil
	},
}

func TestMigrate(t *testing.T) {
	for _, test := range []struct{ name, text, language, folder string }{
		{"without a schema", "lang = \"de\"\nfolder = \"f\"", "de", "f"},
		{"from 1", "schema = 1\nlang = \"de\"\nfolder = \"f\"", "de", "f"},
		{"from 2", "schema = 2\nlanguage = \"de\"\nfolder = \"f\"", "de", "f"},
		{"current", "schema = 3\nlanguage = \"de\"\nclient.folder = \"f\"", "de", "f"},
		{"empty", "", "auto", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := parseWith([]byte(test.text), "f", madeUp)
			if err != nil {
				t.Fatal(err)
			}
			if string(s.Language) != test.language || s.Client.Folder != test.folder || s.Schema != 3 {
				t.Errorf("got %+v", s)
			}
		})
	}
}

func TestMigrateErrors(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"newer", "schema = 4", "f:1: schema: was made by a newer altv-tray (schema 4, this one knows 3)"},
		{"zero", "schema = 0", "f:1: schema: must be 3, is 0"},
		{"an old key in a new file", "schema = 2\nlang = \"de\"", "f:2: lang: is not a known key"},
		{"a step fails", "\nschema = 2\nfolder = \"impossible\"", "f:2: schema: cannot be brought from schema 2 to 3 (impossible folder)"},
		{"a step fails without a schema", "folder = \"impossible\"", "f: schema: cannot be brought from schema 2 to 3"},
		{"a renamed key is wrong", "lang = \"fr\"", "f: language: must be"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := parseWith([]byte(test.text), "f", madeUp)
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got %v, want %s…", err, test.want)
			}
		})
	}
}
