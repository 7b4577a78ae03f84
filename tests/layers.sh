#!/bin/sh
# The rooms' order, checked from their #include lines: a room may include base/,
# itself, and the type headers of rooms before it; commands/, daemon/ and main.c join them.
# And each library has the one room that calls it.
set -eu
cd "$(dirname "$0")/.."

types='logbook/entry.h sources/draft.h editorial/rundown.h sound/packets.h'
rooms='base schedule logbook sources editorial speech sound air podcast web'

# library's header (a pattern) and the only files that may include it
libraries='
libical/                schedule/
sqlite3\.h              logbook/
espeak-ng/              speech/
lib(av|sw)[a-z]*/       sound/
shout/                  air/
openssl/                air/
ogg/                    air/
unicode/                base/
yaml\.h                 base/
cyaml/                  base/
json-glib/              base/json.h
seccomp\.h              base/
microhttpd              web/
libxml/                 (schedule|base)/
qrencode\.h             podcast/
curl/                   base/
sodium\.h               base/
'

bad=0
complain() { echo "layers: $1" >&2; bad=1; }

before() { # is room $1 before room $2?
  for each in $rooms; do
    [ "$each" = "$2" ] && return 1
    [ "$each" = "$1" ] && return 0
  done
  return 1
}

for room in $rooms; do
  for line in $(grep -HoE '^#include "[^"]+"' pipeline/"$room"/*.[ch] | sed 's/#include "//; s/"$//'); do
    file=${line%%:*} header=${line#*:} target=${header%%/*}
    [ "$header" = "$target" ] && complain "$file includes \"$header\" without its room" && continue
    [ "$target" = base ] || [ "$target" = "$room" ] && continue
    case " $types " in
      *" $header "*) before "$target" "$room" || complain "$file includes $header, of a room after it" ;;
      *) complain "$file includes $header, which is not a type header" ;;
    esac
  done
done

while read -r pattern allowed; do
  [ -n "$pattern" ] || continue
  for file in $(grep -lE "^#include <$pattern" -r pipeline --include='*.[ch]' || true); do
    echo "$file" | grep -qE "^pipeline/($allowed)" || complain "$file calls a library that belongs to $allowed"
  done
done <<EOF
$libraries
EOF

[ $bad = 0 ] && echo 'layers: every room stays in its place'
exit $bad
