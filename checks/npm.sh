#!/usr/bin/env bash
# npm.sh FOLDER: the pinned programs of checks/FOLDER, with their hashes, into .venv/FOLDER, once.
# Says plainly what is missing, and ends with status 1.
set -eu
name=$1
kept=.venv/$name
if ! command -v npm >/dev/null; then
  echo "checks/$name needs npm (Debian: apt-get install npm)."
  exit 1
fi
cmp -s "checks/$name/package-lock.json" "$kept/package-lock.json" && [ -d "$kept/node_modules" ] && exit 0
rm -rf "$kept"
mkdir -p "$kept"
cp "checks/$name/package.json" "checks/$name/package-lock.json" "$kept/"
echo "Fetching what checks/$name names ..."
if ! (cd "$kept" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >/dev/null 2>"$kept.log"; then
  rm -rf "$kept"
  echo "npm could not fetch it: $(grep -m1 "npm error [a-z]" "$kept.log" || true)"
  exit 1
fi
