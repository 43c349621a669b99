#!/bin/sh
# Shows what hermes-reaper makes of this Mac, to be pasted into an issue: read it before, it names processes, users and paths.
# Ends nobody but processes it has started itself; a job that it has launchd start is taken away again.
#   sh launchd/self-check.sh             tries the hermes-reaper of this archive, else the one on PATH
#   sh launchd/self-check.sh COMMAND     tries that one
# Ends with 0 if everything that could be tried went well, else with 1.
set -u

here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)
case ${1:-} in
-h | --help) sed -n -e '/^set/q' -e '1!s/^# \{0,1\}//p' "$0" && exit 0 ;;
esac
reaper=${1:-$here/../bin/hermes-reaper}
[ -x "$reaper" ] || reaper=$(command -v "${1:-hermes-reaper}") || {
    echo "self-check: no hermes-reaper beside this script or on PATH; name it: sh launchd/self-check.sh COMMAND" >&2
    exit 2
}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/hermes-reaper-check.XXXXXX") || exit 1
label=dev.hermesreaper.self-check.$$
domain=gui/$(id -u)
failed=0
is_mac=''
[ "$(uname -s)" = Darwin ] && is_mac=yes

# shellcheck disable=SC2317 # trap calls it
clean_up() {
    [ -z "$is_mac" ] || launchctl bootout "$domain/$label" 2>/dev/null
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# verdict STATUS WORDS: what was expected, and whether it was so.
verdict() {
    if [ "$1" -eq 0 ]; then
        echo "ok      $2"
    else
        echo "FAILED  $2"
        failed=1
    fi
}

# shown COMMAND…: what it prints, set apart.
shown() {
    echo
    echo "\$ $*"
    "$@" 2>&1 | sed 's/^/    /'
}

echo "== this machine"
shown uname -srm
[ -z "$is_mac" ] || shown sw_vers
shown "$reaper" --version
[ -z "$is_mac" ] || shown sysctl kern.boottime kern.maxfiles kern.maxfilesperproc
shown "$reaper" --state-dir "$scratch/state" doctor
shown "$reaper" --state-dir "$scratch/state" report

echo
echo "== what is asked of launchd, as this user"
if [ -n "$is_mac" ]; then
    launchctl list >"$scratch/list" 2>&1
    verdict $? "launchctl list ($(wc -l <"$scratch/list" | tr -d ' ') lines)"
    launchctl print system >"$scratch/system" 2>&1
    verdict $? "launchctl print system ($(wc -l <"$scratch/system" | tr -d ' ') lines)"
    head -3 "$scratch/list"
    sed -n '/services = {/,/}/p' "$scratch/system" | head -4
else
    echo "skipped: this is no Mac"
fi

# Apple's /usr/bin/python3 asks to install something where there is nothing behind it.
python=$(command -v python3) || python=''
if [ "$python" = /usr/bin/python3 ] && [ -n "$is_mac" ] && ! xcode-select -p >/dev/null 2>&1; then python=''; fi

echo
echo "== a leak of its own"
if [ -n "$python" ]; then
    "$reaper" --state-dir "$scratch/state" doctor --self-test >"$scratch/self-test" 2>&1
    verdict $? "an orphan that ignores SIGTERM is ended, a worker in use beside it is not"
    sed 's/^/    /' "$scratch/self-test"
else
    echo "skipped: there is no python3 to play it with"
fi

echo
echo "== a worker that launchd started"
if [ -n "$is_mac" ] && [ -n "$python" ]; then
    mkdir -p "$scratch/tui_gateway"
    : >"$scratch/tui_gateway/__init__.py"
    printf 'import time\ntime.sleep(300)\n' >"$scratch/tui_gateway/slash_worker.py"
    cat >"$scratch/job.plist" <<END
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
  <key>Label</key><string>$label</string>
  <key>ProgramArguments</key><array>
    <string>$python</string><string>-m</string><string>tui_gateway.slash_worker</string>
    <string>--session-key</string><string>started-by-launchd</string>
  </array>
  <key>EnvironmentVariables</key><dict><key>PYTHONPATH</key><string>$scratch</string></dict>
  <key>RunAtLoad</key><true/>
</dict></plist>
END
    launchctl bootstrap "$domain" "$scratch/job.plist" || {
        domain=user/$(id -u)
        launchctl bootstrap "$domain" "$scratch/job.plist"
    }
    verdict $? "launchctl bootstrap takes a job"
    pid=''
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        pid=$(launchctl list | awk -v label="$label" '$3 == label && $1 ~ /^[0-9]+$/ { print $1 }')
        [ -z "$pid" ] || break
        sleep 1
    done
    if [ -n "$pid" ]; then
        "$reaper" --state-dir "$scratch/state" explain "$pid" >"$scratch/job" 2>&1
        grep -q '^KEEP' "$scratch/job"
        verdict $? "it is kept"
        sed 's/^/    /' "$scratch/job"
    else
        verdict 1 "launchd started it within ten seconds"
    fi
else
    echo "skipped: this is no Mac, or it has no python3"
fi

echo
[ "$failed" -eq 0 ] && echo "all that could be tried went well" || echo "something went wrong: paste all of this into an issue"
exit "$failed"
