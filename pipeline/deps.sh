#!/bin/sh
# Installs the Debian packages of a list (one a line, # for comments) that are missing.
set -eu
missing=
for package in $(sed 's/#.*//' "$1"); do
  case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true) in
    *' installed') ;;
    *) command -v "$package" >/dev/null 2>&1 || missing="$missing $package" ;; # or from elsewhere, by its name
  esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "missing packages:$missing" >&2
    echo "as root, run: apt-get install --no-install-recommends$missing" >&2; exit 5; }
  as_root='sudo'
fi
echo "installing:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # the list is meant to be split
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
