package settings

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// TestEveryFieldIsReloaded changes one field after the other, as an edit of the
// file does, those of tomorrow too.
func TestEveryFieldIsReloaded(t *testing.T) {
	var fields int
	eachField(t, reflect.TypeFor[Settings](), "Settings", func(s *Settings) reflect.Value { return reflect.ValueOf(s).Elem() }, func(name string, field func(*Settings) reflect.Value) {
		fields++
		s := Default()
		changeValue(t, name, field(&s))
		if s.equal(Default()) {
			t.Errorf("%s: a change is not noticed", name)
		}
		if !s.equal(s.clone()) {
			t.Errorf("%s: a copy is taken for a change", name)
		}
	})
	if fields < 20 {
		t.Errorf("only %d fields were changed", fields)
	}
}

// eachField calls do with each field that holds a value, and how to find it in
// settings.
func eachField(t *testing.T, in reflect.Type, name string, find func(*Settings) reflect.Value, do func(string, func(*Settings) reflect.Value)) {
	switch in.Kind() {
	case reflect.Struct:
		for i := range in.NumField() {
			eachField(t, in.Field(i).Type, name+"."+in.Field(i).Name, func(s *Settings) reflect.Value { return find(s).Field(i) }, do)
		}
	case reflect.Slice:
		eachField(t, in.Elem(), name, func(s *Settings) reflect.Value { return find(s).Index(0) }, do)
	default:
		do(name, find)
	}
}

func changeValue(t *testing.T, name string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Uint8:
		v.SetUint(v.Uint() + 1)
	default:
		t.Fatalf("%s: a %v is not known here", name, v.Kind())
	}
}

// TestEveryKeyHasADefaultInTheFile: the file that is made for a user has each
// key that is read, with the value that it has when it is left out. So has the
// settings block of the READMEs.
func TestEveryKeyHasADefaultInTheFile(t *testing.T) {
	for _, name := range []string{"default.toml", "../README.md", "../README.zh-Hans.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if _, block, found := strings.Cut(text, "```toml\nschema = 1"); found {
			block, _, _ = strings.Cut(block, "```")
			text = "schema = 1" + block
		}
		got, err := Parse([]byte(text), name)
		if err != nil || !got.equal(Default()) {
			t.Errorf("%s does not have the defaults: %v, %+v", name, err, got)
		}
		var there []string
		for _, e := range linesOf([]byte(text)) {
			there = append(there, e.path())
		}
		for _, key := range allKeys() {
			if !slices.Contains(there, key) {
				t.Errorf("%s does not have %s", name, key)
			}
		}
	}
}

func allKeys() []string {
	global, profile := Keys()
	all := []string{"schema"}
	for _, k := range global {
		all = append(all, k.Name)
	}
	for _, k := range profile {
		all = append(all, "profiles.0."+k.Name)
	}
	return all
}
