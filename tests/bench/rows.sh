# shellcheck shell=bash disable=SC2154
# The table of "make bench": sourced by run.sh. Rows go to $rows, a JSON object a line.

# median FILE: "MEDIAN MIN MAX" of its numbers, one a line.
median() {
  sort -g "$1" | awk '{v[NR] = $1} END {if (!NR) exit 1; print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[1], v[NR]}'
}

heading() { printf '\n%s\n' "$1" && section=$1; }

table_head() { printf '%-58s %12s %9s %9s %9s %7s\n' "$1" target median least most ratio; }

# row WHAT UNIT TARGET SENSE FILE: SENSE is "most", "least" or "exactly" (in each run), or "-" for what is only told.
# The ratio is how far from the target: 1 is just there, above 1 is missed.
row() {
  local median least most ratio verdict
  if ! read -r median least most < <(median "$5"); then
    printf '  %-56s %6s %-5s not measured: see %s\n' "$1" "$3" "$2" "$errors"
    jq -nc --arg section "$section" --arg what "$1" --arg unit "$2" --arg target "$3" \
      '{$section, $what, $unit, target: ($target | tonumber? // null), verdict: "not measured", runs: []}' >>"$rows"
    return
  fi
  ratio=$(awk -v m="$median" -v t="$3" -v s="$4" 'BEGIN {print s == "most" ? m / t : s == "least" ? (m ? t / m : 99) : s == "exactly" ? (m == t ? 1 : 99) : 0}')
  verdict=$(awk -v r="$ratio" -v s="$4" -v differs="$([ "$least" = "$most" ] || echo 1)" \
    'BEGIN {print (s == "-" ? "-" : r > 1 || (s == "exactly" && differs) ? "missed" : "ok")}')
  printf '  %-56s %6s %-5s %9.4g %9.4g %9.4g %7s  %s\n' "$1" "$3" "$2" "$median" "$least" "$most" \
    "$(awk -v r="$ratio" 'BEGIN {if (r) printf "%.2f", r; else print "-"}')" "$verdict"
  jq -nc --arg section "$section" --arg what "$1" --arg unit "$2" --arg target "$3" --arg sense "$4" --argjson median "$median" \
    --argjson least "$least" --argjson most "$most" --argjson ratio "$ratio" --arg verdict "$verdict" --slurpfile runs "$5" \
    '{$section, $what, $unit, target: ($target | tonumber? // null), sense: (if $sense == "-" then null else $sense end),
      $median, $least, $most, ratio: (if $ratio == 0 then null else $ratio end), $verdict, $runs}' >>"$rows"
}

# profile NAME FILE…: what CARNET_PROFILE=1 printed, summed over the runs, as one line and as JSON.
profile() {
  local name=$1
  shift
  sed -nE 's/^profile: ([a-z0-9-]+) +([0-9.]+) s .*/\1 \2/p' "$@" |
    awk -v name="$name" '{s[$1] += $2; all += $2}
      END {for (part in s) if (all && s[part] / all >= 0.0005) printf "%s %.1f\n", part, 100 * s[part] / all}' |
    sort -k2,2gr >"$work/shares"
  printf '  %-24s %s\n' "$name" "$(awk '{printf "%s%s %s %%", (NR == 1 ? "" : ", "), $1, $2}' "$work/shares")"
  jq -Rnc --arg name "$name" '{profile: $name, shares: ([inputs / " " | {(.[0]): (.[1] | tonumber)}] | add)}' "$work/shares" >>"$rows"
}

version() { dpkg-query -W -f='${Version}' "$1" 2>/dev/null || echo unknown; }

# bench.json out of the rows.
write_json() { # FILE QUICK RUNS
  jq -s --arg date "$(date -u +%FT%TZ)" --argjson quick "$2" --argjson runs "$3" --arg processors "$(nproc)" \
    --arg model "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" --arg kernel "$(uname -sr)" \
    --arg system "$(. /etc/os-release 2>/dev/null && echo "$PRETTY_NAME")" \
    --arg memory "$(awk '/^MemTotal/ {print int($2 / 1024)}' /proc/meminfo)" --arg carnet "$("$CARNET" --version)" \
    --arg espeak "$(version espeak-ng)" --arg ffmpeg "$(version ffmpeg)" --arg lame "$(version libmp3lame0)" \
    --arg opus "$(version libopus0)" --arg sqlite "$(version libsqlite3-0)" --arg shout "$(version libshout3)" \
    --arg load "$(cut -d' ' -f1-3 /proc/loadavg)" \
    '{$date, $quick, $runs, $carnet,
      machine: {processors: ($processors | tonumber), $model, memory_mib: ($memory | tonumber), $kernel, $system, load_at_end: $load},
      versions: {"espeak-ng": $espeak, $ffmpeg, libmp3lame0: $lame, libopus0: $opus, "libsqlite3-0": $sqlite, libshout3: $shout},
      rows: map(select(.what)), profiles: map(select(.profile))}' "$rows" >"$1"
}

# markdown FILE: bench.json as a table for tests/README.md.
markdown() {
  jq -r 'def n: if . == null then "" elif . >= 100 then (. * 10 | round / 10) else (. * 1000 | round / 1000) end | tostring;
    "Measured on \(.date[:10]): \(.machine.model), \(.machine.processors) processors, \(.machine.system), \(.machine.kernel); " +
    "\(.runs) run\(if .runs > 1 then "s" else "" end)\(if .quick then ", quick" else "" end). ffmpeg \(.versions.ffmpeg), espeak-ng \(.versions["espeak-ng"]).\n",
    "| what | target | median | least – most | ratio | |", "| --- | --- | --- | --- | --- | --- |",
    (foreach .rows[] as $row ({section: ""}; {section: $row.section, is_new: (.section != $row.section), row: $row};
        (if .is_new then "| **\(.section)** | | | | | |" else empty end), (.row |
      "| \(.what | sub("^ +"; "… ")) | \(if .target then "\({most: "≤", least: "≥", exactly: "="}[.sense] // "") \(.target) \(.unit)" else "" end) " +
      "| \(.median | n) \(.unit) | \(.least | n) – \(.most | n) | \(if .ratio then .ratio * 100 | round / 100 else "" end) | \(if .verdict == "-" then "" else .verdict end) |"))),
    "", "| where the processor time goes | |", "| --- | --- |",
    (.profiles[] | "| \(.profile) | \([.shares | to_entries | sort_by(-.value)[] | "\(.key) \(.value) %"] | join(", ")) |")' "$1"
}

# insert FILE: standard input in place of what stands between the lines <!-- figures --> and <!-- /figures -->.
insert() {
  local table
  table=$(mktemp)
  cat >"$table"
  grep -q '^<!-- figures -->$' "$1" && grep -q '^<!-- /figures -->$' "$1" || { printf '%s: no lines <!-- figures -->\n' "$1" >&2; return 1; }
  awk -v table="$table" '$0 == "<!-- /figures -->" {inside = 0}
    !inside {print}
    $0 == "<!-- figures -->" {inside = 1; while ((getline line < table) > 0) print line}' "$1" >"$1.part"
  mv "$1.part" "$1"
  rm -f "$table"
}
