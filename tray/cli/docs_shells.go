package cli

import (
	"fmt"
	"strings"
)

// All three completions first go through the words so far and find out which
// command they have come to, as "/password/set"; the flags between do not count.

func bashCompletion(all []command) string {
	files, folders, others := values(all)
	var b strings.Builder
	fmt.Fprintf(&b, `# bash completion for altv-tray
_altv_tray() {
    local current=${COMP_WORDS[COMP_CWORD]} at= words= i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "$at/${COMP_WORDS[i]}" in
            %s) at=$at/${COMP_WORDS[i]} ;;
        esac
    done
    case ${COMP_WORDS[COMP_CWORD - 1]} in
        %s) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$current"); return ;;
        %s) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$current"); return ;;
        %s) return ;;
    esac
    case $at in
`, strings.Join(paths(all), " | "), strings.Join(files, " | "), strings.Join(folders, " | "), strings.Join(others, " | "))
	for _, c := range all {
		var words []string
		for _, child := range c.children {
			words = append(words, child.name())
		}
		for _, f := range c.flags {
			words = append(words, "--"+f.Name)
		}
		fmt.Fprintf(&b, "        %q) words=%q ;;\n", c.path, strings.Join(words, " "))
	}
	b.WriteString(`    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -F _altv_tray altv-tray
`)
	return b.String()
}

func zshCompletion(all []command) string {
	files, folders, others := values(all)
	var b strings.Builder
	fmt.Fprintf(&b, `#compdef altv-tray
_altv_tray() {
  local at= i
  local -a commands flags
  for ((i = 2; i < CURRENT; i++)); do
    case "$at/$words[i]" in
      (%s) at=$at/$words[i] ;;
    esac
  done
  case $words[CURRENT-1] in
    (%s) _files; return ;;
    (%s) _files -/; return ;;
    (%s) return ;;
  esac
  case $at in
`, strings.Join(paths(all), "|"), strings.Join(files, "|"), strings.Join(folders, "|"), strings.Join(others, "|"))
	for _, c := range all {
		fmt.Fprintf(&b, "    ('%s')\n", c.path)
		if len(c.children) > 0 {
			b.WriteString("      commands=(")
			for _, child := range c.children {
				fmt.Fprintf(&b, "\n        %s", quoted(child.name()+":"+child.help, `'\''`))
			}
			b.WriteString("\n      )\n")
		}
		b.WriteString("      flags=(")
		for _, f := range c.flags {
			fmt.Fprintf(&b, "\n        %s", quoted("--"+f.Name+":"+f.Help, `'\''`))
		}
		b.WriteString("\n      ) ;;\n")
	}
	b.WriteString(`  esac
  if [[ $words[CURRENT] == -* ]]; then
    _describe -o flag flags
  elif (( $#commands )); then
    _describe command commands
  fi
}
_altv_tray "$@"
`)
	return b.String()
}

func fishCompletion(all []command) string {
	var b strings.Builder
	fmt.Fprintf(&b, `# fish completion for altv-tray
function __altv_tray_at
    set -l at ""
    for word in (commandline -opc)[2..]
        switch "$at/$word"
            case %s
                set at "$at/$word"
        end
    end
    test "$at" = "$argv[1]"
end
complete -c altv-tray -f
`, strings.Join(paths(all), " "))
	global := len(all[0].flags)
	for _, c := range all {
		when := fmt.Sprintf(`-n '__altv_tray_at "%s"' `, c.path)
		for _, child := range c.children {
			fmt.Fprintf(&b, "complete -c altv-tray %s-a %s -d %s\n", when, child.name(), quoted(child.help, `\'`))
		}
		flags := c.flags[global:]
		if c.path == "" {
			flags, when = c.flags, ""
		}
		for _, f := range flags {
			needs := " -r"
			switch {
			case f.IsBool():
				needs = ""
			case f.PlaceHolder == "FILE", f.PlaceHolder == "DIR":
				needs = " -r -F"
			}
			fmt.Fprintf(&b, "complete -c altv-tray %s-l %s%s -d %s\n", when, f.Name, needs, quoted(f.Help, `\'`))
		}
	}
	return b.String()
}

func paths(all []command) (list []string) {
	for _, c := range all[1:] {
		list = append(list, c.path)
	}
	return list
}

// quoted puts a text into single quotes; quote is how the shell writes one
// within them.
func quoted(text, quote string) string {
	return "'" + strings.ReplaceAll(text, "'", quote) + "'"
}
