package cli

import (
	"errors"

	"golang.org/x/sys/windows/registry"
)

// changeUserPath changes what the registry holds as this user's own PATH. Its kind
// stays, as one of the two has %NAMES% replaced. An empty one is removed.
func changeUserPath(change func(string) string) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, "Environment", registry.QUERY_VALUE|registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close()
	old, kind, err := key.GetStringValue("Path")
	if err != nil && !errors.Is(err, registry.ErrNotExist) {
		return err
	}
	switch path := change(old); {
	case path == old:
		return nil
	case path == "":
		return key.DeleteValue("Path")
	case kind == registry.SZ:
		return key.SetStringValue("Path", path)
	default:
		return key.SetExpandStringValue("Path", path)
	}
}
