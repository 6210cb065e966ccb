#!/bin/sh
# Installs Debian packages that provide the named commands where they are missing: need.sh redis-server chromium ip
# With --check before them it installs nothing, and only says what is missing and how to get it.
set -eu
check=''
if [ "${1:-}" = --check ]; then check=1; shift; fi
missing=''
for command in "$@"; do
  case "$command" in
    redis-server) command -v redis-server >/dev/null 2>&1 || command -v valkey-server >/dev/null 2>&1 || missing="$missing redis-server" ;;
    chromium) command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || [ -n "${CHROMIUM:-}" ] || missing="$missing chromium" ;;
    # Network namespaces are Linux's; elsewhere nothing asks for them.
    ip) command -v ip >/dev/null 2>&1 || [ "$(uname)" != Linux ] || missing="$missing iproute2" ;;
    *) command -v "$command" >/dev/null 2>&1 || missing="$missing $command" ;;
  esac
done
[ -n "$missing" ] || exit 0
if [ -n "$check" ]; then
  echo "missing:$missing. Debian and Ubuntu: \`sh scripts/need.sh $*\` installs them; macOS: brew install; Fedora: dnf install (there redis, iproute)." >&2
  exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
  echo "missing:$missing. Install with your package manager (macOS: brew install redis chromium; Fedora: dnf install redis chromium iproute)." >&2
  exit 1
fi
sudo=''
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "missing:$missing. As root: apt-get install$missing" >&2; exit 1; }
  sudo=sudo
fi
echo "installing$missing (apt-get)" >&2
$sudo apt-get update >&2
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing >&2
