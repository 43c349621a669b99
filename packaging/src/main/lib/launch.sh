# Sourced by bin/hermes-reaper and bin/hermes-reaperd, which set $home and $program. POSIX sh, and as few
# processes as possible: the answer of a sweep is expected in a tenth of a second.
# shellcheck shell=sh disable=SC2154  # $home and $program: see above

fail() {
    printf '%s: %s\n' "$program" "$1" >&2
    exit 69
}

# java_facts JAVA: sets java, version, major and, where known, os and arch. Fails if there is nothing to run.
java_facts() {
    java=$1 version='' major=0 os='' arch=''
    [ -d "$java" ] && java=$java/bin/java
    [ -f "$java" ] && [ -x "$java" ] || return 1
    # The file `release` beside bin/ says all without starting a JVM. /usr/bin/java is a chain of links to it.
    while [ ! -f "${java%/*}/../release" ] && [ -h "$java" ]; do
        # All of the chain at once where that is known, which is a process less.
        link=$(readlink -f "$java" 2>/dev/null) || link=$(readlink "$java")
        case $link in
        /*) java=$link ;;
        *) java=${java%/*}/$link ;;
        esac
    done
    if [ -r "${java%/*}/../release" ]; then
        while IFS='=' read -r key value || [ -n "$key" ]; do
            value=${value#\"} value=${value%\"}
            case $key in
            JAVA_VERSION) version=$value ;;
            OS_NAME) os=$value ;;
            OS_ARCH) arch=$value ;;
            esac
        done <"${java%/*}/../release"
    fi
    if [ -z "$version" ]; then
        version=$("$java" -version 2>&1) || return 1
        version=${version#*version \"} version=${version%%\"*}
    fi
    major=${version#1.} major=${major%%[!0-9]*}
    [ -n "$major" ]
}

# Sets java to one of version 17 or newer, or ends.
find_java() {
    if [ -n "${HERMES_REAPER_JAVA:-}" ]; then
        java_facts "$HERMES_REAPER_JAVA" || fail "HERMES_REAPER_JAVA=$HERMES_REAPER_JAVA is no Java: let it name the java of a Java 17 or newer"
        [ "$major" -ge 17 ] || fail "HERMES_REAPER_JAVA=$HERMES_REAPER_JAVA is Java $version: let it name the java of a Java 17 or newer"
        return
    fi
    seen=''
    # The archive with a Java of its own.
    if [ -x "$home/runtime/bin/java" ]; then
        java_facts "$home/runtime/bin/java" && return
    fi
    path_java=$(command -v java) || path_java=''
    # macOS has a stub there that asks the user to install one; java_home below knows the real ones.
    [ "$path_java" = /usr/bin/java ] && [ -x /usr/libexec/java_home ] && path_java=''
    for candidate in \
        "${JAVA_HOME:+$JAVA_HOME/bin/java}" \
        "$path_java" \
        /usr/lib/jvm/*/bin/java \
        /opt/java/*/bin/java \
        /opt/homebrew/opt/openjdk*/bin/java \
        /usr/local/opt/openjdk*/bin/java; do
        { [ -n "$candidate" ] && java_facts "$candidate"; } || continue
        [ "$major" -ge 17 ] && return
        seen="${seen:-, found Java $version ($candidate)}"
    done
    if [ -x /usr/libexec/java_home ] && candidate=$(/usr/libexec/java_home -v 17+ 2>/dev/null); then
        java_facts "$candidate" && [ "$major" -ge 17 ] && return
    fi
    fail "needs Java 17 or newer$seen: install it (Debian, Ubuntu: apt install openjdk-17-jre-headless; macOS: brew install openjdk@17) or set HERMES_REAPER_JAVA to its java"
}

# launch MODULE CLASS JVM-OPTION… -- ARGUMENT…: becomes the JVM, so that signals and the pid are the program's own.
launch() {
    module=$1 main=$2 && shift 2
    options=''
    while [ "$1" != -- ]; do
        # With compilers of somebody's own one thread may be too few, and the JVM would not start.
        case $1:${HERMES_REAPER_JAVA_OPTS:-}${JAVA_TOOL_OPTIONS:-}${JDK_JAVA_OPTIONS:-}${_JAVA_OPTIONS:-} in
        -XX:CICompilerCount=*:*Tiered*) ;;
        *) options="$options $1" ;;
        esac
        shift
    done
    shift
    find_java
    if [ -z "$os" ] || [ -z "$arch" ]; then
        os=$(uname -s) arch=$(uname -m)
    fi
    case $arch in
    x86_64 | amd64) native=x86-64 ;;
    aarch64 | arm64) native=aarch64 ;;
    *) native=$arch ;;
    esac
    # Without it the JVM says something about shared libraries, and there would be nothing to observe anyway.
    if [ "$os" = Linux ] && [ ! -e /proc/self/stat ]; then
        printf '%s: cannot read /proc: run where it is mounted\n' "$program" >&2
        exit 4
    fi
    case $os in
    Darwin) native=$home/lib/native/darwin-$native ;;
    *) native=$home/lib/native/linux-$native ;;
    esac
    # A Java in the locale that cron and many containers have cannot name a file with a letter beyond ASCII.
    case $os:${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    Linux:C | Linux:POSIX) export LC_ALL=C.UTF-8 ;;
    esac
    for jar in "$home/lib/$module"-*.jar; do :; done
    # Made by share-classes.sh for this very Java. One that does not fit after all is left aside without a word.
    archive=$home/lib/$module-$version.jsa
    [ "${1:-}" != sweep ] || [ ! -r "$home/lib/sweep-$version.jsa" ] || archive=$home/lib/sweep-$version.jsa
    # Newer Javas have linked classes in it, whose objects need 3 MiB of heap at once, or the JVM does not start: a heap of
    # somebody's own does without.
    case $major:${HERMES_REAPER_JAVA_OPTS:-}${JAVA_TOOL_OPTIONS:-}${JDK_JAVA_OPTIONS:-}${_JAVA_OPTIONS:-} in
    1[0-9]:* | 2[0-3]:*) ;;
    *-Xm[nsx]* | *NewSize* | *HeapSize* | *RAM*) archive='' ;;
    *) options="$options -Xms4m" ;;
    esac
    case $jar in
    *:*) fail "there is a colon in $home, where Java ends a path: install it elsewhere" ;;
    esac
    # By the name of its class a program starts 3 ms sooner than by its jar, which has to be opened for that. From Java 22 on the
    # jar says that native code may be called.
    case $major in
    1[0-9] | 2[01]) set -- -cp "$jar" "$main" "$@" ;;
    *) set -- -jar "$jar" "$@" ;;
    esac
    # Nothing written at run time: JNA's and SQLite's libraries lie here unpacked. UTF-8 also where the locale is C.
    [ ! -d "$native" ] || set -- -Djna.nounpack=true -Djna.nosys=true "-Djna.boot.library.path=$native" \
        "-Dorg.sqlite.lib.path=$native" "$@"
    set -f
    # shellcheck disable=SC2086  # options are split into words on purpose; ours hold no blanks
    set -- ${HERMES_REAPER_JAVA_OPTS:-} "$@"
    # Where it was made for, so that its pages stay those of the file: elsewhere the JVM rewrites and so owns them all.
    [ ! -r "$archive" ] || set -- "-XX:SharedArchiveFile=$archive" -Xshare:auto \
        -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "$@"
    # An option that a Java yet to come no longer knows costs some CPU, not the start. The JVM would warn on stdout, into the middle of somebody's JSON.
    # shellcheck disable=SC2086
    exec "$java" -XX:+IgnoreUnrecognizedVMOptions $options \
        -XX:+DisplayVMOutputToStderr -Xlog:disable -Xlog:all=warning:stderr -Xlog:cds*=off:stderr \
        -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \
        -Dsun.stdout.encoding=UTF-8 -Dsun.stderr.encoding=UTF-8 "$@"
}
