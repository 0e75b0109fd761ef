#!/bin/bash
# What the tests need beside Python: PostgreSQL, Chromium, a Chinese font. Installs what is missing
# when run as root on Debian; otherwise says what will be skipped.
set -euo pipefail

missing=()
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || missing+=(postgresql)
[[ -x /usr/bin/chromium ]] || missing+=(chromium)
compgen -G "/usr/share/fonts/opentype/noto/NotoSansCJK*" >/dev/null || missing+=(fonts-noto-cjk)
((${#missing[@]})) || exit 0

if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
  cat >&2 <<NOTICE
================================================================================
  MISSING: ${missing[*]}
  The tests that need them will be SKIPPED. On Debian, as root:
    apt-get install --no-install-recommends ${missing[*]}
================================================================================
NOTICE
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; }
install 2>/dev/null || { apt-get update -qq && install; }
