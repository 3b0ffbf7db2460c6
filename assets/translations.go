package assets

import "embed"

// Translations holds the catalogues of what a user reads, one TOML file a
// language: translations/<tag>.toml.
//
//go:embed translations/*.toml
var Translations embed.FS
