#!/usr/bin/env bash
# Makes a Wine prefix in which Go programs for Windows run.
# Usage: WINEPREFIX=FOLDER .ci/wine-prefix.sh
set -euo pipefail
: "${WINEPREFIX:?name the folder of the new prefix}"
export WINEPREFIX WINEARCH=win64 WINEDEBUG=-all
# No offers to download Mono and Gecko: nothing here needs them.
export WINEDLLOVERRIDES="mscoree=;mshtml="

here=$(dirname "$(realpath "$0")")
wineboot -i
x86_64-w64-mingw32-gcc -O2 -s -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$here/wine/bcryptprimitives.c" -ladvapi32
wineserver -w
