# For the scripts beside it: a desktop with a real panel on the screen of screen.sh,
# and altv-tray on it beside a simulated client and server. Read with ".", not run.

# It takes the script's two arguments: the folder with the program, and where pictures go.
if [[ $# -ne 2 || ! -x $1/altv-tray ]]; then
  echo "usage: $0 FOLDER_WITH_ALTV_TRAY OUTPUT_FOLDER (the first must hold an executable altv-tray)" >&2
  exit 2
fi
program=$(realpath "$1")/altv-tray
mkdir -p "$2"
out=$(realpath "$2")

. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/screen.sh"

# begin_desk GEOMETRY: begin_screen with a keyring, notifications, a panel along the
# top, and a browser that shows nothing but the page.
begin_desk() {
  screen=$1
  begin_screen "$screen"
  printf 'bench' | gnome-keyring-daemon --foreground --unlock --components=secrets >"$work/keyring.log" 2>&1 &
  started "$!"
  cat >"$work/dunstrc" <<'RC'
[global]
origin = top-right
offset = 12x44
width = 320
font = DejaVu Sans 10
frame_width = 1
frame_color = "#5a6270"
max_icon_size = 40
show_indicators = no
[urgency_normal]
background = "#1d2027"
foreground = "#e8eaef"
timeout = 10
RC
  dunst -config "$work/dunstrc" >"$work/dunst.log" 2>&1 &
  started "$!"
  wait_until 10 "the keyring is there" on_the_bus org.freedesktop.secrets
  wait_until 10 "the notification daemon is there" on_the_bus org.freedesktop.Notifications
  begin_browser
  begin_panel
}

on_the_bus() { gdbus call --session --dest org.freedesktop.DBus --object-path / --method org.freedesktop.DBus.NameHasOwner "$1" | grep -q true; }

# What xdg-open opens is shown in a window that fills the screen below the panel and
# has no frame.
begin_browser() {
  local size=${screen%x*}
  mkdir -p "$work/bin" "$work/chromium/Default" "$XDG_CONFIG_HOME/openbox"
  echo '{"browser": {"custom_chrome_frame": false}, "intl": {"accept_languages": "en-GB,en"}}' >"$work/chromium/Default/Preferences"
  cat >"$work/bin/xdg-open" <<SH
#!/bin/sh
chromium --app="\$1" --user-data-dir="$work/chromium" --no-sandbox --test-type --disable-gpu --no-first-run --disable-sync \\
  --disable-component-update --disable-background-networking --disable-quic --hide-scrollbars \\
  --window-position=0,32 --window-size=${size%x*},$((${size#*x} - 32)) >"$work/chromium.log" 2>&1 &
echo \$! >"$work/browser.pid"
SH
  chmod +x "$work/bin/xdg-open"
  export PATH=$work/bin:$PATH
  sed 's|</applications>|<application class="*"><decor>no</decor></application></applications>|' /etc/xdg/openbox/rc.xml >"$XDG_CONFIG_HOME/openbox/rc.xml"
  openbox --reconfigure
}

begin_panel() {
  # Nothing in it changes by itself: whatever differs between two pictures of it is
  # the icon.
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
  wait_until 20 "the panel offers a place for icons" panel_is_up
  wait_until 10 "the panel is drawn" settled
  shot "$work/empty.png"
}

panel_is_up() {
  gdbus call --session --dest org.kde.StatusNotifierWatcher --object-path /StatusNotifierWatcher --method org.freedesktop.DBus.Properties.Get org.kde.StatusNotifierWatcher IsStatusNotifierHostRegistered 2>/dev/null | grep -q true
}

# begin_app PROGRAM SPEED: starts the simulator, which steer steers, with the client
# in its main menu, and then the tray app.
begin_app() {
  program=$1
  local client port
  client=127.0.0.1:$(free_port) port=$(free_port)
  mkdir -p "$HOME/gamemode" "$HOME/altv" "$XDG_CONFIG_HOME/altv-tray"
  printf 'host = "127.0.0.1"\nport = %s\npassword = "hunter2"\ndebug = true\n' "$port" >"$HOME/gamemode/server.toml"
  printf 'debug = true\nlastip = "127.0.0.1:%s"\n' "$port" >"$HOME/altv/altv.toml"
  # It goes by the client's name, as the checks look who has the port.
  cp "$program" "$work/altv.exe"
  mkfifo "$work/steer"
  "$work/altv.exe" simulate --client "$client" --server "127.0.0.1:$port" --folder "$HOME/gamemode" --speed "$2" <"$work/steer" >"$work/simulate.log" 2>&1 &
  started "$!"
  exec 7>"$work/steer"
  cat >"$XDG_CONFIG_HOME/altv-tray/settings.toml" <<TOML
schema = 1
language = "en"

[client]
address = "$client"
folder = "$HOME/altv"

[auto_reconnect]
on_launch = false
delay = "0s"

[[profiles]]
name = "default"
folder = "$HOME/gamemode"
TOML
  printf 'hunter2' | "$program" password set
  # Only then the tray app: a server that becomes ready before its eyes is a restart,
  # and it would reconnect by itself.
  wait_until 60 "the client is in its main menu" client_is MAIN_MENU
  "$program" >"$work/altv-tray.log" 2>&1 &
  app=$!
  started "$app"
  wait_until 20 "the icon shows in the panel" icon_is_there
  wait_until 10 "the icon keeps still" settled
  icon_is_there
  echo "the icon is at $icon"
}

steer() { echo "$*" >&7; }

server_is() { [[ $("$program" status --json) == *"\"state\": \"$1\""* ]]; }

back_in_game() { client_is IN_GAME && server_is ready && [[ $("$program" status --json) == *'"reconnect": null'* ]]; }

client_is() { [[ $("$program" status) == "$1" ]]; }

icon_is_there() { shot "$work/now.png" && icon=$(difference "$work/empty.png" "$work/now.png" "${screen%%x*}x32+0+0"); }

# end_app: the app must end in good order.
end_app() {
  local code=0
  kill "$app"
  wait "$app" || code=$?
  echo "altv-tray ended with $code; pictures are in $out"
  [[ $code -eq 0 ]]
}
