# What the tests of trouble on the air share (air_faults.bats, soak/air.sh). Source me, and icecast.bash.
# Needs CARNET, TOOLS and S, the station's folder; for certificates T, a folder.
# shellcheck shell=bash disable=SC2034

# station_of_noise SECONDS: a station whose bulletin "bruit" is made of sounds of 5 s that never
# repeat themselves, so that a listener knows from each frame where in it he is. Sets PROGRAMME.
station_of_noise() {
  local i n=$((($1 + 4) / 5))
  "$CARNET" -q init "$S"
  mkdir -p "$S/sounds"
  ffmpeg -nostdin -v error -f lavfi -i "anoisesrc=d=$((n * 5)):c=pink:r=48000:a=0.2:seed=7" -ac 1 -f segment \
    -segment_time 5 "$S/sounds/bruit%03d.wav"
  {
    printf 'title: Du bruit\nlanguage: fr\nlength: "%d:%02d"\nfit: at-most\nvoices: {presenter: claire}\norder:\n' \
      $((n / 12 + 1)) 0
    for i in $(seq 0 $((n - 1))); do printf '  - sound: bruit%03d.wav\n' "$i"; done
  } >"$S/scripts/bruit.yaml"
}

# mounts_at HOST:PORT…: the station's mounts /0.mp3, /1.mp3…, each by its own way
mounts_at() {
  local i=0 way
  sed -i '/^mounts:/,$d' "$S/station.yaml"
  echo 'mounts:' >>"$S/station.yaml"
  for way; do
    printf '  - {mount: /%d.mp3, format: mp3, bitrate: 128, host: %s, port: %s}\n' "$i" "${way%:*}" "${way#*:}"
    i=$((i + 1))
  done >>"$S/station.yaml"
  (umask 077 && printf '%s\n' "$ICECAST_PASSWORD" >"$S/icecast.password")
}

# Makes it once, for the mount's own encoding. Sets PROGRAMME.
produce_noise() {
  "$CARNET" -q -C "$S" produce --script bruit
  PROGRAMME=$(echo "$S"/editions/*-bruit/bulletin.mp3)
}

# proxy_start FOLDER PORT DOORS [OPTION…]: sets PROXY (its process), PROXY_FD (its commands), DOORS (its ports)
proxy_start() {
  local folder=$1
  shift
  mkfifo "$folder/proxy.in"
  "$TOOLS/fault_proxy" "$@" <"$folder/proxy.in" >"$folder/proxy.log" 3>&- &
  PROXY=$!
  exec {PROXY_FD}>"$folder/proxy.in"
  until [ "$(grep -c ^door "$folder/proxy.log")" = "$2" ]; do sleep 0.02; done
  mapfile -t DOORS < <(awk '$1 == "door" {print $3}' "$folder/proxy.log")
}

# fault DOOR NAME
fault() { echo "$*" >&"$PROXY_FD"; }

# listeners_start FOLDER N: one on each mount, to FOLDER/heard.I. Sets HEARERS.
listeners_start() {
  local i
  HEARERS=
  for i in $(seq 0 $(($2 - 1))); do
    "$TOOLS/hear" "$ICECAST_PORT" "/$i.mp3" "$PROGRAMME" 128 >"$1/heard.$i" 3>&- &
    HEARERS="$HEARERS $!"
  done
}

listeners_stop() {
  [ -n "${HEARERS:-}" ] || return 0
  kill -TERM $HEARERS 2>/dev/null || true
  wait $HEARERS 2>/dev/null || true
  HEARERS=
}

# truth FOLDER N: for each mount, "MOUNT CLAIMED HEARD OLD": the seconds that the as-run log says were
# sent, those that its listener heard in time (both of the bulletin's items; pauses have no rows), and
# those that he heard more than 4 s late.
truth() {
  local i first folder=${PROGRAMME%/*}
  first=$(cat "$1"/heard.* | sort -n -k 3 | awk 'NR == 1 {print $3}') # where the first packet lies in the file
  jq -r '.items[] | select(.type != "pause") | "\(.start_frame) \(.start_frame + .frames)"' "$folder/cues.json" >"$1/items"
  "$CARNET" -C "$S" asrun --json >"$1/asrun.json"
  for i in $(seq 0 $(($2 - 1))); do
    # 128 kbit/s: 3 frames a byte; the first packet begins by the encoder's delay before the programme.
    awk -v first="$first" -v mount="$i" \
      -v claimed="$(jq "[.[] | select(.mount == \"/$i.mp3\").sent_frames] | add // 0" "$1/asrun.json")" '
      FILENAME ~ /items$/ {from[n] = $1; until[n++] = $2; next}
      {a = ($3 - first) * 3 - 1105; b = ($4 - first) * 3 - 1105
       for (k = 0; k < n; k++) {
         l = a > from[k] ? a : from[k]; r = b < until[k] ? b : until[k]
         if (r > l && $5 > 4) old += r - l; else if (r > l) heard += r - l
       }}
      END {printf "%d %.2f %.2f %.2f\n", mount, claimed / 48000, heard / 48000, old / 48000}' "$1/items" "$1/heard.$i"
  done
}

# back_after LOG.HEARD TIME: how long after TIME its listener heard again what was due then; or "never"
back_after() {
  awk -v t="$2" '!b && $2 > t && $5 <= 4 {b = 1; printf "%.2f\n", $1 < t ? 0 : $1 - t} END {if (!b) print "never"}' "$1"
}

# certificate NAME HOST,… [CA OPTION…]: $T/NAME.pem with its key, signed by itself, for those names
certificate() {
  local name=$1 hosts=$2
  shift 2
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=${hosts%%,*}" -keyout "$T/$name.key" \
    -out "$T/$name.csr" 2>/dev/null
  : >"$T/index-$name"
  printf '%s\n' '[ca]' 'default_ca = own' '[own]' "database = $T/index-$name" "new_certs_dir = $T" \
    'default_md = sha256' 'policy = any' 'rand_serial = yes' 'x509_extensions = names' '[any]' \
    'commonName = supplied' '[names]' "subjectAltName = DNS:${hosts//,/,DNS:}" 'basicConstraints = CA:TRUE' >"$T/$name.cnf"
  openssl ca -batch -selfsign -notext -config "$T/$name.cnf" -keyfile "$T/$name.key" -in "$T/$name.csr" \
    -out "$T/$name.crt" -days 30 "$@" 2>/dev/null
  cat "$T/$name.crt" "$T/$name.key" >"$T/$name.pem"
}

# Any server will do for a certificate that must not be trusted; what it is told is kept.
tls_server() { # NAME; sets PORT
  PORT=$(icecast_free_port)
  openssl s_server -quiet -accept "127.0.0.1:$PORT" -cert "$T/$1.pem" >"$T/$1.told" 2>/dev/null 3>&- &
  SERVERS="${SERVERS:-} $!"
}

# trusting NAME…: the station broadcasts by TLS, and trusts those certificates
trusting() {
  (cd "$T" && cat "${@/%/.crt}") >"$S/trusted.pem"
  sed -i -e 's/^  tls: .*/  tls: transport\n  ca-file: trusted.pem/' "$S/station.yaml"
}
