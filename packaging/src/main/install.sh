#!/bin/sh
# Installs this unpacked hermes-reaper, without a package manager.
#   ./install.sh --user        programs in ~/.local/share/hermes-reaper, commands in ~/.local/bin
#   ./install.sh --system      programs in /usr/local/lib/hermes-reaper, commands in /usr/local/bin; root only
#   ./install.sh --uninstall   takes away what one of these put there, and nothing else; with --user or --system
# --dry-run shows what would be done. --no-service leaves the service out, --prefix DIR puts it elsewhere.
# Configuration, state and history are never touched.
set -eu

here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd)
scope='' act=install dry='' service=yes prefix=''

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    exit "${2:-1}"
}

while [ $# -gt 0 ]; do
    case $1 in
    --user | --system)
        [ -z "$scope" ] || [ "$scope" = "${1#--}" ] || fail "--user and --system exclude each other" 2
        scope=${1#--}
        ;;
    --uninstall) act=uninstall ;;
    --dry-run) dry=yes ;;
    --no-service) service='' ;;
    --prefix)
        [ $# -gt 1 ] || fail "--prefix: expected a directory" 2
        prefix=$2 && shift
        ;;
    -h | --help) sed -n -e '/^set/q' -e '1!s/^# \{0,1\}//p' "$0" && exit 0 ;;
    *) fail "unknown option $1; try --help" 2 ;;
    esac
    shift
done
[ -n "$scope" ] || fail "say --user or --system; try --help" 2

uid=$(id -u)
if [ "$scope" = system ]; then
    [ "$uid" -eq 0 ] || [ -n "$prefix" ] || fail "--system needs root: run it with sudo, or take --user"
    prefix=${prefix:-/usr/local}
    home=$prefix/lib/hermes-reaper
else
    [ "$uid" -ne 0 ] || [ -n "$prefix" ] || fail "--user as root would install for root only: run it as the dashboard's user, or take --system"
    prefix=${prefix:-$HOME/.local}
    home=$prefix/share/hermes-reaper
fi
case $prefix in /*) ;; *) fail "--prefix: $prefix is not an absolute path" 2 ;; esac
manifest=$home/installed-files

# do_it COMMAND…: does it, or says what it would do.
do_it() {
    if [ -n "$dry" ]; then printf 'would run    %s\n' "$*"; else "$@"; fi
}

remove() {
    if [ -n "$dry" ]; then printf 'would remove %s\n' "$1"; else rm -f "$1"; fi
}

# Files to be put in place, as "FROM TO" lines; links as "-> TARGET TO".
plan() {
    (cd "$here" && find bin lib etc cron.d systemd launchd docs README.md CHANGELOG.md SECURITY.md runtime -type f 2>/dev/null) | sort |
        while read -r file; do printf '%s\t%s\n' "$here/$file" "$home/$file"; done
    (cd "$here/share" && find . -type f) | sort | while read -r file; do
        to=$prefix/share/${file#./}
        # zsh looks for what is installed by hand elsewhere than for what a distribution installs.
        case $to in */zsh/vendor-completions/*) to=$prefix/share/zsh/site-functions/${to##*/} ;; esac
        printf '%s\t%s\n' "$here/share/${file#./}" "$to"
    done
    for program in hermes-reaper hermes-reaperd; do printf '%s\t%s\n' "-> $home/bin/$program" "$prefix/bin/$program"; done
}

# Nothing of somebody else's is overwritten: what is there and not in our manifest stays, and ends this.
refuse_strangers() {
    plan | while IFS='	' read -r from to; do
        if [ -e "$to" ] || [ -h "$to" ]; then
            grep -qxF -- "$to" "$manifest" 2>/dev/null || fail "$to is there already and not from here: move it away"
        fi
    done
}

# place FROM TO
place() {
    if [ -n "$dry" ]; then
        printf 'would write  %s\n' "$2"
        return
    fi
    mkdir -p "${2%/*}"
    case $1 in
    '-> '*) ln -sfn "${1#-> }" "$2" ;;
    *)
        mode=644
        case $1 in "$here"/bin/* | "$here"/runtime/bin/* | "$here"/runtime/lib/jspawnhelper | "$here"/runtime/lib/jexec) mode=755 ;; esac
        # Replaced as a whole: a running program keeps the file it has open.
        cp "$1" "$2.part"
        chmod "$mode" "$2.part"
        mv "$2.part" "$2"
        ;;
    esac
}

install_files() {
    # Files of an earlier version that this one has no more.
    if [ -e "$manifest" ]; then
        plan | cut -f 2 | awk 'NR == FNR { planned[$0]; next } !($0 in planned)' - "$manifest" |
            while read -r gone; do remove "$gone"; done
    fi
    # Before the files, so that --uninstall finds all of them whatever interrupts this.
    [ -n "$dry" ] || { mkdir -p "$home" && plan | cut -f 2 >"$manifest"; }
    plan | while IFS='	' read -r from to; do place "$from" "$to"; done
}

remove_files() {
    while read -r file; do remove "$file"; done <"$manifest"
    for file in "$manifest" "$home"/lib/*.jsa; do [ ! -e "$file" ] || remove "$file"; done # *.jsa: what share-classes.sh made
    [ -n "$dry" ] || find "$home" -depth -type d -exec rmdir {} \; 2>/dev/null || true
}

if [ "$act" = install ]; then
    [ -d "$here/share" ] || fail "$here holds no unpacked hermes-reaper"
    # Without a Java nothing is put anywhere; the launcher says what is missing.
    "$here/bin/hermes-reaper" --version >/dev/null || fail "nothing was installed"
    refuse_strangers
    install_files
    if [ -z "$dry" ]; then
        # Classes already parsed for the Java that is here: less than half the time to start. Works as well without.
        sh "$home/lib/share-classes.sh" >/dev/null 2>&1 || :
        "$prefix/bin/hermes-reaper" --version
    fi
    [ -z "$service" ] || do_it "$prefix/bin/hermes-reaper" service install "--$scope" ||
        fail "installed, but the service was not started, see above; \`$prefix/bin/hermes-reaper service install --$scope\` tries again"
    [ "$scope" = user ] || [ -e /etc/hermes-reaper/config.toml ] || cat <<'END'
It ends root's own workers only, until /etc/hermes-reaper/config.toml says users = ["*"] in [reap]: `hermes-reaper config init`
writes that file.
END
    if [ "$scope" = user ] && [ -n "$service" ] && [ -d /run/systemd/system ] && [ ! -e "/var/lib/systemd/linger/$(id -un)" ]; then
        echo "It runs while you are logged in; \`loginctl enable-linger\` has it run always, as your dashboard may do already."
    fi
    case :$PATH: in *:"$prefix/bin":*) ;; *) echo "Add $prefix/bin to PATH to use the command without its directory." ;; esac
else
    [ -e "$manifest" ] || fail "nothing to uninstall: no $manifest"
    if [ -n "$service" ] && [ -x "$prefix/bin/hermes-reaper" ]; then
        left="see above; nothing was removed. With --no-service the programs go and service and protections stay"
        do_it "$prefix/bin/hermes-reaper" service protect --undo "--$scope" || fail "$left"
        do_it "$prefix/bin/hermes-reaper" service uninstall "--$scope" || fail "$left"
    fi
    remove_files
fi
