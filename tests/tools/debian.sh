#!/bin/sh
# What the tests can use of Debian: as root, installs what is missing; otherwise only says what is missing.
# Never fails: a test whose need is missing is skipped and counted. GXSITE_NO_APT=1 leaves the machine as it is.
set -u

present=0 installed=0 missing=0 lacking='' updated=''

has() {
  case $1 in
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    java) java -version ;;
    fonts-noto-cjk) fc-list :lang=zh-cn family | grep . || dpkg -s fonts-noto-cjk ;;
  esac >/dev/null 2>&1
}

may_install() {
  [ "$(id -u)" = 0 ] && [ -z "${GXSITE_NO_APT:-}" ] && command -v apt-get >/dev/null 2>&1
}

apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -qq \
    -o Acquire::Retries=1 -o Acquire::http::Timeout=30 -o DPkg::Lock::Timeout=60 "$@" </dev/null >/dev/null 2>&1
}

# want NAME PACKAGE: one line about one thing
want() {
  if has "$1"; then
    echo "  $1: 已有 present"
    present=$((present + 1))
    return
  fi
  if may_install; then
    [ -n "$updated" ] || apt update
    updated=yes
    apt install -y --no-install-recommends "$2"
    if has "$1"; then
      echo "  $1: 已安装 installed ($2)"
      installed=$((installed + 1))
      return
    fi
  fi
  echo "  $1: 缺少 missing ($2)"
  missing=$((missing + 1))
  lacking="$lacking $1"
}

echo "系统软件 system packages:"
want chromium chromium
want java default-jre-headless
want fonts-noto-cjk fonts-noto-cjk
echo "  $present present, $installed installed, $missing missing"
[ -z "$lacking" ] || echo "  需要以下软件的测试将跳过 tests that need these are skipped:$lacking"
