#!/usr/bin/env bash
# Pictures of the Windows build in a real tray, under Wine and without a screen.
# Usage: .ci/screenshots-windows.sh FOLDER_WITH_ALTV_TRAY_EXE_AND_COM OUTPUT_FOLDER
# Of those in assets/screenshots windows-menu.png is made here.
# Needs the Debian packages that .ci/run installs for Wine.
set -euo pipefail

if [[ $# -ne 2 || ! -f $1/altv-tray.exe || ! -f $1/altv-tray.com ]]; then
  echo "usage: $0 FOLDER_WITH_ALTV_TRAY_EXE_AND_COM OUTPUT_FOLDER" >&2
  exit 2
fi
here=$(dirname "$(realpath "$0")")
programs=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")

. "$here/screen.sh"
begin_screen 1024x600x24

export USER=bench WINEPREFIX=$work/prefix WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml="
"$here/wine-prefix.sh" >"$work/wine.log" 2>&1

tint2 -c "$here/wine/tint2rc" >"$work/tint2.log" 2>&1 &
started "$!"
tray_is_up() { xprop -root -notype _NET_CLIENT_LIST >/dev/null && xdotool search --class tint2 >/dev/null; }
wait_until 10 "the taskbar is there" tray_is_up
wait_until 10 "the taskbar is drawn" settled
shot "$work/empty.png"

mkdir -p "$work/server"
printf 'port = 7788\npassword = "hunter2"\ndebug = true\n' >"$work/server/server.toml"
mkfifo "$work/steer"
client=127.0.0.1:$(free_port) server=127.0.0.1:$(free_port)
wine "$programs/altv-tray.com" simulate --client "$client" --server "$server" --folder "Z:${work//\//\\}\\server" --speed 4 <"$work/steer" >"$work/simulate.log" 2>&1 &
started "$!"
exec 7>"$work/steer"

settings=$(wine cmd /c 'echo %APPDATA%' 2>/dev/null | tr -d '\r')
settings=$(winepath -u "$settings")/altv-tray
mkdir -p "$settings"
cat >"$settings/settings.toml" <<TOML
schema = 1
language = "en"

[client]
address = "$client"

[auto_reconnect]
on_launch = false
delay = "40s"

[notifications]
ready = false # its balloon would stand beside the menu

[[profiles]]
name = "default"
server = "$server"
TOML
printf 'hunter2' | wine "$programs/altv-tray.com" password set

# Only then the tray app: a server that becomes ready before its eyes is a restart,
# and it would reconnect by itself.
client_is_ready() { [[ $(wine "$programs/altv-tray.com" status 2>/dev/null | tr -d '\r') == MAIN_MENU ]]; }
wait_until 60 "the client is in its main menu" client_is_ready

icon_is_there() { shot "$work/now.png" && icon=$(difference "$work/empty.png" "$work/now.png" 34x32+990+568); } # a balloon brings an icon of its own, to the left of it
# Now and then, on a busy machine, Wine puts a new icon into the taskbar and does
# not paint it; the program is then started once more.
for attempt in 1 2; do
  wine "$programs/altv-tray.exe" >"$work/altv-tray.log" 2>&1 &
  app=$!
  started "$app"
  if wait_until 20 "the icon shows in the tray" icon_is_there; then break; fi
  [[ $attempt -eq 1 ]] || exit 1
  kill "$app"
  wait "$app" || true
done
wait_until 10 "the icon keeps still" settled
icon_is_there
echo "the icon is at $icon"
shot "$out/windows-tray.png"

read -r x y < <(middle "$icon")
shot "$work/before-menu.png"
xdotool mousemove "$x" "$y"
wait_until 10 "the tooltip is drawn" settled
shot "$out/windows-tooltip.png"

# The menu while the server has just restarted and a reconnect counts down.
echo server restart >&7
counts_down() { wine "$programs/altv-tray.com" status --json 2>/dev/null | grep -q '"phase": "countdown"'; }
wait_until 30 "a reconnect counts down" counts_down
xdotool click 3
menu_is_open() { shot "$work/now.png" && menu=$(difference "$work/before-menu.png" "$work/now.png" 1024x568+0+0) && [[ ${menu%%x*} -gt 60 ]]; }
wait_until 10 "the menu opens" menu_is_open
wait_until 10 "the menu is drawn" settled
menu_is_open
echo "the menu is at $menu"
IFS='x+' read -r _ _ left top <<<"$menu"
convert "$work/now.png" -crop "$((1024 - left))x$((600 - top))+$left+$top" +repage "$out/windows-menu.png"
xdotool mousemove 5 5 click 1
above_the_bar() { shot "$work/now.png" && box=$(difference "$work/empty.png" "$work/now.png" 1024x568+0+0); }
nothing_is_above() { ! above_the_bar; }
balloon_shows() { above_the_bar && [[ ${box%%x*} -gt 60 ]]; }
wait_until 10 "the menu is gone" nothing_is_above

wine "$programs/altv-tray.com" reconnect --wait --timeout 60s >>"$work/altv-tray.log" 2>&1
wait_until 10 "a balloon tells that the client is in the game" balloon_shows
wait_until 10 "the balloon is drawn" settled
shot "$out/windows-notification.png"
echo "pictures are in $out"
