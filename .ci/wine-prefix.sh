#!/usr/bin/env bash
# Makes a Wine prefix in which Go programs for Windows run.
# Usage: WINEPREFIX=FOLDER [WINE_TEMPLATE=FOLDER] .ci/wine-prefix.sh
# That takes 15 s. With WINE_TEMPLATE it is done once and kept there, and each
# prefix is a copy of it.
set -euo pipefail
: "${WINEPREFIX:?name the folder of the new prefix}"
export WINEPREFIX WINEARCH=win64 WINEDEBUG=-all
# No offers to download Mono and Gecko: nothing here needs them.
export WINEDLLOVERRIDES="mscoree=;mshtml="

here=$(dirname "$(realpath "$0")")
make_prefix() {
  wineboot -i
  x86_64-w64-mingw32-gcc -O2 -s -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" "$here/wine/bcryptprimitives.c" -ladvapi32
  wineserver -w
}

template=${WINE_TEMPLATE:-}
if [[ -z $template ]]; then
  make_prefix
  exit
fi
mkdir -p "$(dirname "$template")"
exec 9>"$template.lock"
flock 9
if [[ ! -d $template ]]; then
  rm -rf "$template.new"
  WINEPREFIX=$template.new make_prefix 9>&-
  mv "$template.new" "$template"
fi
# Windows' own 700 MB are links, of which Wine changes none. Who replaces one removes it first.
mkdir -p "$WINEPREFIX/drive_c"
cp -al "$template/drive_c/windows" "$WINEPREFIX/drive_c/"
cp -an "$template/." "$WINEPREFIX/"
# Documents, Pictures and the like lead to the home of whoever made it.
find "$WINEPREFIX/drive_c/users" -type l -exec ln -sfn "$HOME" {} \;
