#!/bin/sh
# The PDF needs the Pango library, which pip cannot bring: install it where we may, else say how.
set -u
python=$1
"$python" -c "import weasyprint" >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Pango for the PDF …"
  { apt-get update -qq && apt-get install -y -qq libpango-1.0-0 libpangoft2-1.0-0; } >/dev/null 2>&1
fi
"$python" -c "import weasyprint" >/dev/null 2>&1 && exit 0
echo "The Pango library is missing: the brief will come without its PDF." >&2
echo "Debian or Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0   macOS: brew install pango" >&2
exit 0
