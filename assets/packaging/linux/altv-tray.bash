# bash completion for altv-tray, which knows itself what can follow
_altv_tray() {
    mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
}
complete -o default -F _altv_tray altv-tray
