#!/usr/bin/env bash
# air.sh by TLS: air_tls.sh SECONDS [SEED]
set -euo pipefail
exec bash "$(dirname "$0")/air.sh" "${1:?usage: air_tls.sh SECONDS [SEED]}" "${2:-$(od -An -N3 -tu4 /dev/urandom | tr -d ' ')}" tls
