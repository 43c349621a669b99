# To be run as `sh lib/share-classes.sh`.
# shellcheck shell=sh
#
# Makes archives of the classes both programs load, already parsed, for the Java that runs them here (class data sharing):
# a start takes half the time, and the service some MiB less. To be run once after installing and after a new Java; without
# it, or with archives that no longer fit, everything works as before. `--remove` takes them away again.
set -eu

program=share-classes.sh
case $0 in
*/*) home=${0%/*}/.. ;;
*) home=.. ;;
esac
home=$(CDPATH='' cd -P -- "$home" && pwd)
# shellcheck source=launch.sh
. "$home/lib/launch.sh"

rm -f "$home"/lib/*.jsa
[ "${1:-}" != --remove ] || exit 0
[ -w "$home/lib" ] || fail "$home/lib cannot be written: run it as who installed it"
find_java
scratch=$(TMPDIR=/tmp mktemp -d) # without a blank in its name, since the JVM is told of it among other options
trap 'rm -rf "$scratch"' EXIT

# In observe mode and on state of its own, so that it can do nothing to anybody; whatever is configured is left aside.
# Becomes the program, so that a signal reaches it.
# shellcheck disable=SC2086  # the words of a command
train() {
    exec env HERMES_REAPER_REAP_MODE=observe HERMES_REAPER_CONFIG="$scratch/empty.toml" HERMES_REAPER_SCAN_SOURCE="$1" \
        HERMES_REAPER_NOTIFY_COMMAND='' HERMES_REAPER_METRICS_TEXTFILE='' HERMES_REAPER_METRICS_LISTEN='' \
        HERMES_REAPER_JUDGE_SETTLE=0s HERMES_REAPER_SCAN_INTERVAL=1s \
        HERMES_REAPER_JAVA_OPTS="-XX:DumpLoadedClassList=$scratch/list.$time -Xshare:off" \
        HERMES_REAPER_JAVA="$java" "$home/bin/$2" $3 --state-dir "$scratch/state" >/dev/null 2>"$scratch/said"
}

# dump ARCHIVE LIST...: makes the archive of one program out of the classes it loaded.
dump() {
    archive=$home/lib/$1-$version.jsa && shift
    # A line as often as the list that has it most often: two lambdas of one class may look the same. Newer Javas number the
    # classes of each list anew; that is of use for class loaders of one's own only.
    awk '{ sub(/ id: [0-9]+$/, "") }
        FNR == 1 { split("", here) } ++here[$0] > written[$0] { written[$0]++; print }' "$@" >"$scratch/classes"
    # The collector has to be that of the run, or objects of the archive are left out. Java 24 and newer link the classes, too.
    if "$java" -Xshare:dump -XX:+IgnoreUnrecognizedVMOptions -XX:+AOTClassLinking -XX:+UseSerialGC -Xlog:disable \
        -XX:SharedClassListFile="$scratch/classes" -XX:SharedArchiveFile="$archive" -cp "$jar" >"$scratch/said" 2>&1; then
        chmod 644 "$archive"
    else
        rm -f "$archive"
        missing="${missing:-}${missing:+, }${archive##*/} ($(tail -n 1 "$scratch/said"))"
    fi
}

(umask 077 && : >"$scratch/empty.toml")
for agent in "$home/lib"/reaper-agent-*.jar; do :; done
for module in reaper-agent reaper-daemon; do
    for jar in "$home/lib/$module"-*.jar; do :; done
    case $module in
    # The second sweep reads what the first one left.
    reaper-agent) name=hermes-reaper && set -- auto:sweep 'auto:sweep --quiet' auto:report oshi:report ;;
    *) name=hermes-reaperd && set -- auto: oshi: ;;
    esac
    rm -f "$scratch"/list.*
    # What loads beside workers only, or before something is ended, no training shows: so all that a pass may come by. The
    # names of its files stand in a jar as they are.
    LC_ALL=C tr -c '[:alnum:]/$._-' '\n' <"$agent" |
        sed -n 's|^.*\(dev/hermesreaper/agent/[^.]*\)\.class.*|\1|p' | sort -u |
        grep -Ev '/(cli|report|doctor|demo|service)/|/package-info$' >"$scratch/list.0"
    time=0
    for each in "$@"; do
        time=$((time + 1))
        source=${each%%:*} command=${each#*:}
        : >"$scratch/said"
        train "$source" "$name" "$command" &
        trained=$!
        # A command ends by itself, a service once it has been at work for a moment.
        if [ -z "$command" ]; then
            for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
                sleep 1
                ! grep -q config.loaded "$scratch/said" || break
            done
            sleep 3
            kill "$trained" 2>/dev/null || :
        fi
        wait "$trained" || :
        [ -s "$scratch/list.$time" ] || missing="${missing:-}${missing:+, }what '$name${command:+ }$command' loads ($(tail -n 1 "$scratch/said"))"
    done
    dump "$module" "$scratch"/list.*
    # Linked classes are all loaded at the start, needed or not, so what cron starts every minute has an archive of its own.
    if [ "$module" = reaper-agent ] && [ "$major" -ge 24 ]; then
        dump sweep "$scratch"/list.[12]
    fi
done
[ -z "${missing:-}" ] || fail "not made, or not whole, with $java, Java $version: $missing; all works without, a start takes twice as long"
