# For the scripts beside it: a screen, a home and XDG folders of their own, and
# looking at that screen. Read with ".", not run.

# begin_screen GEOMETRY: sets DISPLAY, HOME, the XDG folders and $work, and
# arranges that everything named to started() ends with the script.
begin_screen() {
  work=$(mktemp -d)
  pids=()
  trap end_screen EXIT
  # A home whose paths may stand in a picture, unless there is one already.
  home=/home/dev made=
  if mkdir "$home" 2>/dev/null; then made=$home; else home=$work/home; fi
  export HOME=$home XDG_RUNTIME_DIR=$work/run
  export XDG_CONFIG_HOME=$HOME/.config XDG_STATE_HOME=$HOME/.local/state XDG_CACHE_HOME=$HOME/.cache XDG_DATA_HOME=$HOME/.local/share
  export LANG=C.UTF-8 NO_AT_BRIDGE=1 GSETTINGS_BACKEND=memory
  unset WAYLAND_DISPLAY XAUTHORITY
  mkdir -p "$XDG_CONFIG_HOME" "$XDG_STATE_HOME" "$XDG_CACHE_HOME" "$XDG_DATA_HOME"
  mkdir -m 700 "$XDG_RUNTIME_DIR"

  # Its services (xfconfd for one) take over this environment, so it comes last.
  dbus-daemon --session --nofork --print-address=6 6>"$work/bus" >"$work/bus.log" 2>&1 &
  started "$!"
  wait_until 10 "the session bus is there" test -s "$work/bus"
  DBUS_SESSION_BUS_ADDRESS=$(cat "$work/bus")
  export DBUS_SESSION_BUS_ADDRESS

  Xvfb -displayfd 6 -screen 0 "$1" -noreset -nolisten tcp 6>"$work/display" >"$work/xvfb.log" 2>&1 &
  started "$!"
  wait_until 10 "the screen is there" test -s "$work/display"
  DISPLAY=:$(cat "$work/display")
  export DISPLAY
  openbox >"$work/openbox.log" 2>&1 &
  started "$!"
  wait_until 10 "the window manager runs" window_manager_runs
}

started() { pids+=("$1"); }

end_screen() {
  local code=$? i
  if [[ $code -ne 0 ]]; then
    xwd -root -silent 2>/dev/null | convert xwd:- "${out:-$work}/failed.png" 2>/dev/null || true
    tail -n 20 "$work"/*.log "$XDG_STATE_HOME"/altv-tray/*.log >&2 2>/dev/null || true
  fi
  [[ -z ${WINEPREFIX:-} ]] || wineserver -k || true
  if [[ -s $work/browser.pid ]]; then
    kill "$(cat "$work/browser.pid")" 2>/dev/null || true
    tail -f --pid="$(cat "$work/browser.pid")" /dev/null || true # it writes into its folder until it has ended
  fi
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do kill "${pids[i]}" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work" ${made:+"$made"}
}

window_manager_runs() { xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; }

# wait_until SECONDS WORDS COMMAND…: tries the command until it succeeds.
wait_until() {
  local seconds=$1 words=$2 end
  shift 2
  end=$((SECONDS + seconds))
  until "$@"; do
    if ((SECONDS >= end)); then
      echo "$0: not within $seconds s: $words" >&2
      return 1
    fi
    sleep 0.1
  done
}

# xwd fails when a window goes away under it, so it is tried again.
shot() {
  local n
  for n in 1 2 3 4 5; do
    xwd -root -silent 2>/dev/null | convert xwd:- "$1" 2>/dev/null && return
  done
  echo "$0: no picture of the screen" >&2
  return 1
}

# settled: two pictures half a second apart are the same.
settled() {
  shot "$work/settled-1.png"
  sleep 0.5
  shot "$work/settled-2.png"
  ! difference "$work/settled-1.png" "$work/settled-2.png" >/dev/null
}

# difference BEFORE AFTER [WxH+X+Y]: prints the smallest box WxH+X+Y (in the
# screen's coordinates) that holds all that differs, inside the region where one
# is given; fails where nothing does.
difference() {
  local region=${3:-} box w h x y
  box=$(convert "$1" "$2" ${region:+-crop "$region" +repage} -compose difference -composite -colorspace gray -threshold 8% -bordercolor black -border 1 -format '%@ %[fx:maxima]' info: 2>/dev/null) || return 1
  [[ ${box##* } == 1 ]] || return 1
  IFS='x+' read -r w h x y <<<"${box% *}"
  if [[ -n $region ]]; then
    IFS='x+' read -r _ _ rx ry <<<"$region"
    x=$((x + rx)) y=$((y + ry))
  fi
  echo "${w}x$h+$((x - 1))+$((y - 1))"
}

# middle WxH+X+Y: prints the box's middle as "X Y".
middle() {
  local w h x y
  IFS='x+' read -r w h x y <<<"$1"
  echo "$((x + w / 2)) $((y + h / 2))"
}

free_port() { perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'; }
