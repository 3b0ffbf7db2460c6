#!/usr/bin/env bash
# Pictures of altv-tray on a real Linux panel, without a screen and without touching the user's desktop.
# Usage: .ci/screenshots-linux.sh FOLDER_WITH_ALTV_TRAY OUTPUT_FOLDER
# Those of assets/screenshots have the same names here. Run as root, it has a home whose paths may be seen.
# Needs the Debian packages that .ci/run installs for the Linux desktop; with fonts-noto-cjk Chinese looks better.
set -euo pipefail

. "$(dirname "$(realpath "$0")")/desk.sh"
begin_desk 1280x800x24
begin_app "$program" 2
settings=$XDG_CONFIG_HOME/altv-tray/settings.toml
log=$XDG_STATE_HOME/altv-tray/altv-tray.log

# Below the panel, what was not there before.
below=1280x768+0+32
box_shows() { shot "$work/now.png" && box=$(difference "$work/before.png" "$work/now.png" "$below") && [[ ${box%%x*} -gt 60 ]]; }
nothing_shows() { shot "$work/now.png" && ! difference "$work/before.png" "$work/now.png" "$below" >/dev/null; }

shot "$work/before.png"
shot "$out/linux-panel.png"
"$program" reconnect --wait --timeout 60s
wait_until 10 "a notification shows" box_shows # it is drawn at once, and may not stay for long
convert "$work/now.png" -crop "$box" +repage "$out/linux-notification.png"
dunstctl set-paused true # no more of them from here on
dunstctl close-all
wait_until 10 "the notification is gone" nothing_shows

# menu PICTURE: the open menu, with the panel's end above it.
menu() {
  local w h x y
  read -r x y < <(middle "$icon")
  xdotool mousemove "$x" "$y" click 3
  wait_until 10 "the menu opens" box_shows
  xdotool mousemove "$((x - 400))" 700
  sleep 0.7 # it is drawn; a row that counts down keeps no picture the same for long
  box_shows
  IFS='x+' read -r w h x y <<<"$box"
  convert "$work/now.png" -crop "$((1280 - x))x$((y + h))+$x+0" +repage "$1"
  xdotool key Escape
  wait_until 10 "the menu is gone" nothing_shows
}

# set_key KEY VALUE: changes the settings, and waits until the app has noticed.
set_key() {
  local before
  before=$(grep -c msg=settings_changed "$log" || true)
  sed -i "s/^$1 = .*/$1 = $2/" "$settings"
  wait_until 10 "the settings are in force" changed_since "$before"
}
changed_since() { [[ $(grep -c msg=settings_changed "$log" || true) -gt $1 ]]; }

for language in de ru zh-Hans en; do
  set_key language "\"$language\""
  menu "$work/menu-$language.png"
done
convert "$work"/menu-{en,de,ru,zh-Hans}.png -bordercolor '#5a6472' -border 4 -background '#5a6472' +append "$out/linux-languages.png"

# The server has restarted, and the reconnect counts down.
set_key delay '"20s"'
steer server restart
counts_down() { "$program" status --json | grep -q '"phase": "countdown"'; }
wait_until 30 "a reconnect counts down" counts_down
icon_is_there
menu "$out/linux-menu.png"
read -r x y < <(middle "$icon")
xdotool mousemove "$x" "$y"
wait_until 10 "the tooltip shows" box_shows
shot "$out/linux-tooltip.png"
xdotool mousemove 640 700
"$program" reconnect --wait --timeout 60s
set_key delay '"0s"'

# The checks on the dashboard, with one thing left to do.
sed -i 's/^debug = true/debug = false/' "$HOME/gamemode/server.toml"
"$program" open
wait_until 30 "the browser's window is there" box_shows
wait_until 20 "the page is drawn" settled
xdotool key Tab Tab Tab Tab Return # past the link that skips the sections, to the third of them
sleep 1 # the checks begin
wait_until 20 "the checks are done" settled
convert "$work/settled-2.png" -crop "$below" +repage "$out/linux-checks.png"
end_app
