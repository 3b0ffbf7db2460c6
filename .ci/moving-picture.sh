#!/usr/bin/env bash
# The README's moving picture, of about ten seconds: the server restarts, and the client is back in game.
# Usage: .ci/moving-picture.sh FOLDER_WITH_ALTV_TRAY OUTPUT_FOLDER
# It shows the real program on a real panel, and its dashboard in Chromium, beside a simulated client and server.
# Needs the Debian packages that .ci/run installs for the Linux desktop.
set -euo pipefail

. "$(dirname "$(realpath "$0")")/desk.sh"
begin_desk 1100x520x24
begin_app "$program" 1.6
"$program" reconnect --wait --timeout 60s
"$program" open
shot "$work/before.png"
page_shows() { shot "$work/now.png" && box=$(difference "$work/before.png" "$work/now.png" 1100x488+0+32) && [[ ${box%%x*} -gt 600 ]]; }
wait_until 30 "the dashboard shows" page_shows
wait_until 30 "the page is drawn" settled
dunstctl close-all
xdotool mousemove 1050 500

# Pictures as they are, with the time of each: putting them together comes later.
mkdir "$work/frames"
record() {
  local n=100
  while [[ ! -e $work/enough ]]; do
    xwd -root -silent -out "$work/frames/$((n++))-${EPOCHREALTIME/./}.xwd"
    sleep 0.12
  done
}
record &
recorder=$!
sleep 1
steer server restart
wait_until 20 "the server is down" server_is down
wait_until 60 "the client is back in game" back_in_game
sleep 1
touch "$work/enough"
wait "$recorder"

# Each picture stays until the next one; one that differs in nothing adds only time.
frames=("$work"/frames/*.xwd)
parts=() samples=()
for ((i = 0; i < ${#frames[@]}; i++)); do
  at=${frames[i]##*-} next=${frames[i + 1]:-}
  next=${next##*-}
  if [[ -n $next ]]; then stays=$(((${next%.xwd} - ${at%.xwd}) / 10000)); else stays=200; fi
  parts+=(-delay "$stays" "xwd:${frames[i]}")
  ((i % 5)) || samples+=("xwd:${frames[i]}")
done
# One palette for all: what stands still is then the same in each, and takes no room.
convert "${samples[@]}" -append +dither -colors 128 -unique-colors "$work/palette.png"
convert "${parts[@]}" +dither -remap "$work/palette.png" -layers OptimizePlus -layers OptimizeTransparency -loop 0 "$out/demo.gif"
size=$(stat -c %s "$out/demo.gif")
echo "$out/demo.gif has ${#frames[@]} pictures and $size bytes"
if ((size > 600000)); then
  echo "$0: more than 600,000 bytes are too much for a README" >&2
  exit 1
fi
end_app
