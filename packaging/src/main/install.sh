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
    -h | --help) sed -n 's/^# \{0,1\}//p' "$0" | sed 1d && exit 0 ;;
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
    if [ -n "$dry" ]; then printf 'would run: %s\n' "$*"; else "$@"; fi
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

install_files() {
    [ -d "$here/share" ] || fail "$here holds no unpacked hermes-reaper"
    # Nothing of somebody else's is overwritten: what is there and not in our manifest stays, and ends this.
    plan | while IFS='	' read -r from to; do
        if [ -e "$to" ] || [ -h "$to" ]; then
            grep -qxF -- "$to" "$manifest" 2>/dev/null || fail "$to is there already and not from here: move it away"
        fi
    done
    do_it mkdir -p "$home"
    # Before the files, so that --uninstall finds all of them whatever interrupts this.
    if [ -z "$dry" ]; then
        old=''
        [ ! -e "$manifest" ] || old=$(cat "$manifest")
        plan | cut -f 2 >"$manifest.new"
        # Files of an earlier version that this one has no more.
        printf '%s\n' "$old" | grep -vxF -f "$manifest.new" | while read -r gone; do [ -z "$gone" ] || rm -f "$gone"; done
        mv "$manifest.new" "$manifest"
    fi
    plan | while IFS='	' read -r from to; do
        do_it mkdir -p "${to%/*}"
        case $from in
        '-> '*) do_it ln -sfn "${from#-> }" "$to" ;;
        *)
            mode=644
            case $from in "$here"/bin/* | "$here"/runtime/bin/* | "$here"/runtime/lib/jspawnhelper | "$here"/runtime/lib/jexec) mode=755 ;; esac
            # Replaced as a whole: a running program keeps the file it has open.
            do_it cp "$from" "$to.part"
            do_it chmod "$mode" "$to.part"
            do_it mv "$to.part" "$to"
            ;;
        esac
    done
}

remove_files() {
    [ -e "$manifest" ] || fail "nothing to uninstall: no $manifest"
    while read -r file; do do_it rm -f "$file"; done <"$manifest"
    do_it rm -f "$manifest" "$home"/lib/*.jsa # what share-classes.sh made
    [ -n "$dry" ] || find "$home" -depth -type d -exec rmdir {} \; 2>/dev/null || true
}

if [ "$act" = install ]; then
    install_files
    [ -z "$dry" ] || exit 0
    # Classes already parsed for the Java that is here: less than half the time to start. Works as well without.
    sh "$home/lib/share-classes.sh" >/dev/null 2>&1 || :
    "$prefix/bin/hermes-reaper" --version
    [ -z "$service" ] || "$prefix/bin/hermes-reaper" service install "--$scope" ||
        fail "installed, but the service was not started, see above; \`$prefix/bin/hermes-reaper service install --$scope\` tries again"
    case :$PATH: in *:"$prefix/bin":*) ;; *) echo "Add $prefix/bin to PATH to use the command without its directory." ;; esac
else
    [ -e "$manifest" ] || fail "nothing to uninstall: no $manifest"
    if [ -n "$service" ] && [ -x "$prefix/bin/hermes-reaper" ]; then
        do_it "$prefix/bin/hermes-reaper" service protect --undo "--$scope" || fail "see above; nothing was removed"
        do_it "$prefix/bin/hermes-reaper" service uninstall "--$scope" || fail "see above; nothing was removed"
    fi
    remove_files
fi
