#compdef altv-tray
# altv-tray knows itself what can follow.
local -a offers
offers=("${(@f)$($words[1] complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
offers=("${(@)offers/$'\t'/:}")
if [[ -n $offers ]]; then
  _describe altv-tray offers
else
  _files
fi
