#!/bin/bash
# What the tests need beside Python: PostgreSQL, Chromium, a Chinese font, Java for Spark, Tesseract
# with its Chinese model. Installs what is missing when run as root on Debian; otherwise says what
# will be skipped.
set -uo pipefail

missing=()
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || missing+=(postgresql)
[[ -x /usr/bin/chromium ]] || missing+=(chromium)
compgen -G "/usr/share/fonts/opentype/noto/NotoSansCJK*" >/dev/null || missing+=(fonts-noto-cjk)
[[ -x "${JAVA_HOME:+$JAVA_HOME/bin/java}" ]] || command -v java >/dev/null || missing+=(default-jre-headless)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
compgen -G "/usr/share/tesseract-ocr/*/tessdata/chi_sim.traineddata" >/dev/null ||
  missing+=(tesseract-ocr tesseract-ocr-chi-sim)
((${#missing[@]})) || exit 0

install() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
if ((EUID == 0)) && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]}"
  install >/dev/null 2>&1 && exit 0
  apt-get update -qq && install >/dev/null && exit 0
fi
cat >&2 <<NOTICE
================================================================================
  MISSING: ${missing[*]}
  The tests that need them will be SKIPPED. On Debian, as root:
    apt-get install --no-install-recommends ${missing[*]}
================================================================================
NOTICE
