package assets

import "embed"

// Translations holds the texts that the user reads, one TOML file for each language:
// translations/<tag>.toml.
//
//go:embed translations/*.toml
var Translations embed.FS
