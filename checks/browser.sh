#!/usr/bin/env bash
# A real Chromium and fonts for Chinese and Uyghur: fetched where that is allowed, named where not.
set -eu
packages="chromium fonts-noto-cjk fonts-noto-core"
missing() {
  command -v chromium >/dev/null || command -v google-chrome >/dev/null || [ -d "/Applications/Chromium.app" ] || return 0
  command -v fc-list >/dev/null || return 1
  [ -n "$(fc-list :lang=zh-cn)" ] && [ -n "$(fc-list :lang=ug)" ] && return 1
  return 0
}
missing || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Fetching Chromium and fonts for the tests ..."
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update && apt-get -qq install -y --no-install-recommends $packages fontconfig >/dev/null
  exit 0
fi
echo "The tests need a browser and fonts. Please run: sudo apt-get install -y --no-install-recommends $packages fontconfig"
exit 1
