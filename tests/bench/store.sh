#!/usr/bin/env bash
# A logbook of N entries in FOLDER/N.sqlite, over three days, approved and not, expired and
# not; made by one statement, and kept: ten million take some minutes and 2.4 GB. Their words
# are not put into the search index, which choosing does not read.
#
#   store.sh N FOLDER
set -euo pipefail
n=$1 folder=$2
: "${CARNET:?}"
if [ -s "$folder/$n.sqlite" ]; then exit; fi
work=$(mktemp -d)
trap 'rm -rf "$work" "$folder/$n.part"' EXIT
mkdir -p "$folder"
"$CARNET" -q init "$work/station"
"$CARNET" -q -C "$work/station" add 'La première.' >/dev/null
cp "$work/station/logbook.sqlite" "$folder/$n.part"
trigger=$(sqlite3 "$folder/$n.part" "SELECT sql FROM sqlite_master WHERE name = 'entries_search_add'")
sqlite3 "$folder/$n.part" <<SQL >/dev/null
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -400000;
DROP TRIGGER entries_search_add;
WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < $n)
INSERT INTO entries(date, kind, text, language, attribution, created_us, changed_us, status, priority, endorsements, expires_us)
SELECT date('2026-11-20', '+' || (n % 3) || ' days'), 'idea', 'À Kervalan, la marée monte, dit la ligne ' || n || ' du carnet.',
  'fr', 'place', (n * 7919) % 100003, 0,
  CASE n % 5 WHEN 0 THEN 'pending' WHEN 1 THEN 'withdrawn' ELSE 'approved' END,
  (n % 11 = 0) + (n % 97 = 0), (n * 31) % 17, CASE n % 4 WHEN 0 THEN 1 WHEN 1 THEN 2000000 ELSE 0 END FROM number;
$trigger;
SQL
mv "$folder/$n.part" "$folder/$n.sqlite"
