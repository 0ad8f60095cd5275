#!/bin/sh
# Installs the checkers of package.json into node_modules/ beside this file. Never fails: a test whose need is
# missing is skipped and counted.
set -u
cd "$(dirname "$0")" || exit 0

stamp=node_modules/.gxsite-stamp
if [ -f "$stamp" ] && [ -z "$(find package.json -newer "$stamp")" ]; then
  exit 0
fi
if ! command -v npm >/dev/null 2>&1; then
  echo "npm: 缺少，跳过 missing, skipped: vnu, axe"
  exit 0
fi
echo "npm: 安装 installing vnu-jar, axe-core"
if complaint=$(npm install --ignore-scripts --no-audit --no-fund --no-package-lock --no-update-notifier \
  --loglevel=error --fetch-retries=1 --fetch-timeout=60000 2>&1 >/dev/null); then
  touch "$stamp"
else
  echo "npm: 安装失败，跳过 could not install, skipped: vnu, axe"
  printf '%s\n' "$complaint" | head -n 4
fi
