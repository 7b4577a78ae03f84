# A private Icecast on loopback. Source me.
#
#   icecast_start FOLDER [PORT]   sets ICECAST_PORT and ICECAST_PID; FOLDER is made, and kept:
#                                 FOLDER/icecast.log has what it logs, accesses included,
#                                 FOLDER/playlist.log each title of each mount;
#                                 with FOLDER/icecast.pem (certificate and key) it also
#                                 speaks TLS, on ICECAST_TLS_PORT
#   icecast_stop                  ends it (frozen or not) and waits
#
# Admin: admin / gardien. As root it becomes nobody, since Icecast will not run as root.

ICECAST_PASSWORD=ouvre-toi

icecast_free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

icecast_config() { # FOLDER PORT
  local owner= tls_socket= tls_file=
  [ "$(id -u)" != 0 ] || owner='<changeowner><user>nobody</user><group>nogroup</group></changeowner>'
  if [ -e "$1/icecast.pem" ]; then
    [ -e "$1/tls.port" ] || icecast_free_port >"$1/tls.port" # the same when it is started again
    ICECAST_TLS_PORT=$(<"$1/tls.port")
    tls_socket="<listen-socket><port>$ICECAST_TLS_PORT</port><bind-address>127.0.0.1</bind-address><ssl>1</ssl></listen-socket>"
    tls_file="<ssl-certificate>$1/icecast.pem</ssl-certificate>"
  fi
  touch "$1/playlist.log" && chmod 666 "$1/playlist.log" # it is another user's when we are root
  cat >"$1/icecast.xml" <<XML
<icecast>
  <limits>
    <clients>4000</clients><sources>${ICECAST_SOURCES:-600}</sources><queue-size>524288</queue-size>
    <client-timeout>30</client-timeout><header-timeout>15</header-timeout><source-timeout>10</source-timeout>
    <burst-on-connect>1</burst-on-connect><burst-size>65535</burst-size>
  </limits>
  <authentication>
    <source-password>$ICECAST_PASSWORD</source-password>
    <admin-user>admin</admin-user><admin-password>gardien</admin-password>
  </authentication>
  <hostname>127.0.0.1</hostname>
  <listen-socket><port>$2</port><bind-address>127.0.0.1</bind-address></listen-socket>$tls_socket
  <paths>$tls_file
    <logdir>$1</logdir>
    <webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot>
  </paths>
  <logging><playlistlog>playlist.log</playlistlog><accesslog>-</accesslog><errorlog>-</errorlog><loglevel>3</loglevel></logging>
  <security><chroot>0</chroot>$owner</security>
</icecast>
XML
}

# Once in some ninety starts, more often on a busy machine, Icecast 2.4.4 dies while its threads begin.
icecast_try() { # FOLDER: false when it ended
  local i
  # 3>&- : bats waits for its descriptor 3 to be closed.
  icecast2 -c "$1/icecast.xml" >>"$1/icecast.log" 2>&1 3>&- &
  ICECAST_PID=$!
  for i in $(seq 400); do
    kill -0 "$ICECAST_PID" 2>/dev/null || return 1
    curl -s -o /dev/null -m 1 "http://127.0.0.1:$ICECAST_PORT/" && break
    sleep 0.05
  done
  sleep 0.2
  kill -0 "$ICECAST_PID" 2>/dev/null
}

icecast_start() {
  local folder=$1 try
  ICECAST_PORT=${2:-$(icecast_free_port)}
  mkdir -p "$folder"
  folder=$(cd "$folder" && pwd)
  icecast_config "$folder" "$ICECAST_PORT"
  for try in 1 2 3 4 5; do
    icecast_try "$folder" && return 0
    sleep 0.$try
  done
  echo "icecast2 did not start:" >&2
  cat "$folder/icecast.log" >&2
  return 1
}

icecast_stop() {
  [ -n "${ICECAST_PID:-}" ] || return 0
  kill -CONT "$ICECAST_PID" 2>/dev/null || true
  kill -KILL "$ICECAST_PID" 2>/dev/null || true
  wait "$ICECAST_PID" 2>/dev/null || true
  ICECAST_PID=
}
