#!/usr/bin/env bash
# Pictures of altv-tray on a real Linux panel, without a screen and without touching the user's desktop.
# Usage: .ci/screenshots-linux.sh FOLDER_WITH_ALTV_TRAY OUTPUT_FOLDER
# ALTV_TRAY_LANGUAGE picks the language (en); zh-Hans needs the package fonts-noto-cjk too.
# Needs the Debian packages that .ci/run installs for the Linux desktop.
set -euo pipefail

if [[ $# -ne 2 || ! -x $1/altv-tray ]]; then
  echo "usage: $0 FOLDER_WITH_ALTV_TRAY OUTPUT_FOLDER (the first must hold an executable altv-tray)" >&2
  exit 2
fi
program=$(realpath "$1")/altv-tray
mkdir -p "$2"
out=$(realpath "$2")

. "$(dirname "$(realpath "$0")")/screen.sh"
begin_screen 1024x600x24

printf 'bench' | gnome-keyring-daemon --foreground --unlock --components=secrets >"$work/keyring.log" 2>&1 &
started "$!"
dunst >"$work/dunst.log" 2>&1 &
started "$!"
on_the_bus() { gdbus call --session --dest org.freedesktop.DBus --object-path / --method org.freedesktop.DBus.NameHasOwner "$1" | grep -q true; }
wait_until 10 "the keyring is there" on_the_bus org.freedesktop.secrets
wait_until 10 "the notification daemon is there" on_the_bus org.freedesktop.Notifications

# A panel along the top with nothing in it that changes by itself: whatever
# differs between two pictures of it is the icon.
mkdir -p "$XDG_CONFIG_HOME/xfce4/xfconf/xfce-perchannel-xml"
cat >"$XDG_CONFIG_HOME/xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml" <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="dark-mode" type="bool" value="true"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="icon-size" type="uint" value="22"/>
      <property name="size" type="uint" value="32"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-2" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
XML
xfce4-panel --disable-wm-check >"$work/panel.log" 2>&1 &
started "$!"
panel_is_up() {
  gdbus call --session --dest org.kde.StatusNotifierWatcher --object-path /StatusNotifierWatcher --method org.freedesktop.DBus.Properties.Get org.kde.StatusNotifierWatcher IsStatusNotifierHostRegistered 2>/dev/null | grep -q true
}
wait_until 20 "the panel offers a place for icons" panel_is_up
wait_until 10 "the panel is drawn" settled
shot "$work/empty.png"

server_folder=$work/server
mkdir -p "$server_folder"
client=127.0.0.1:$(free_port) port=$(free_port)
printf 'host = "127.0.0.1"\nport = %s\npassword = "hunter2"\ndebug = true\n' "$port" >"$server_folder/server.toml"
mkfifo "$work/steer"
"$program" simulate --client "$client" --server "127.0.0.1:$port" --folder "$server_folder" <"$work/steer" >"$work/simulate.log" 2>&1 &
started "$!"
exec 7>"$work/steer"

mkdir -p "$XDG_CONFIG_HOME/altv-tray"
cat >"$XDG_CONFIG_HOME/altv-tray/settings.toml" <<TOML
schema = 1
language = "${ALTV_TRAY_LANGUAGE:-en}"

[client]
address = "$client"

[auto_reconnect]
on_launch = false

[[profiles]]
name = "default"
folder = "$server_folder"
TOML
printf 'hunter2' | "$program" password set

# Only then the tray app: a server that becomes ready before its eyes is a restart,
# and it would reconnect by itself.
client_is_ready() { [[ $("$program" status) == MAIN_MENU ]]; }
wait_until 60 "the client is in its main menu" client_is_ready

"$program" >"$work/altv-tray.log" 2>&1 &
app=$!
started "$app"
icon_is_there() { shot "$work/now.png" && icon=$(difference "$work/empty.png" "$work/now.png" 1024x32+0+0); }
wait_until 20 "the icon shows in the panel" icon_is_there
wait_until 10 "the icon keeps still" settled
icon_is_there
echo "the icon is at $icon"
shot "$out/linux-panel.png"

read -r x y < <(middle "$icon")
before_menu=$work/before-menu.png
xdotool mousemove "$x" "$y"
wait_until 10 "the tooltip is drawn" settled
shot "$out/linux-tooltip.png"
shot "$before_menu"
xdotool click 3
menu_is_open() { shot "$work/now.png" && menu=$(difference "$before_menu" "$work/now.png" 1024x568+0+32) && [[ ${menu%%x*} -gt 60 ]]; }
wait_until 10 "the menu opens" menu_is_open
wait_until 10 "the menu is drawn" settled
menu_is_open
echo "the menu is at $menu"
shot "$out/linux-menu.png"
xdotool key Escape mousemove 400 400
wait_until 10 "the menu and the tooltip are gone" settled

shot "$work/before.png"
"$program" reconnect --wait --timeout 60s >>"$work/altv-tray.log" 2>&1 || echo "reconnect ended with $?" >&2
notification_shows() { shot "$work/now.png" && box=$(difference "$work/before.png" "$work/now.png" 1024x568+0+32) && [[ ${box%%x*} -gt 60 ]]; }
wait_until 10 "a notification shows" notification_shows
wait_until 10 "the notification is drawn" settled
shot "$out/linux-notification.png"

kill "$app"
code=0
wait "$app" || code=$?
echo "altv-tray ended with $code; pictures are in $out"
[[ $code -eq 0 ]]
