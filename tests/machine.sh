# shellcheck shell=bash
# machine: a system of its own under a real systemd, for one test script. Source after tap.sh and serve.sh.
#
#   machine_start               boots it; false, after a note that says why, where no such thing can be had
#   machine COMMAND…            runs there, as root
#   machine_put FILE…           copies files of ours to its /root
#   package PACKAGE [VERSION]   builds the Debian package into $work/packages/PACKAGE.deb, as of that version
#   machine_install PACKAGE     has dpkg install it there
#   machine_reboot              as an administrator does; its disk stays
#   $machine_disk               its files, as seen from here
#
# Namespaces, as a container has them: its processes, mounts, network and cgroups are its own. Its disk is this system's,
# with all that is installed here, below a layer in memory that takes the changes and vanishes with the script. Of this
# system's own services none is started there. See machine-boot.sh.

# shellcheck disable=SC2154 # $work comes from tap.sh
machine_keeper= # outside of it: waits for its end, boots again, tidies
machine_init=   # its process 1, as it is numbered here
machine_disk=

machine_room() { # WHAT: machine-boot.sh in a mount namespace, so that nothing of it stays
    unshare --mount --propagation private tests/machine-boot.sh "$work/machine" "$@"
}

# What a place must allow, tried without anything of ours: root, namespaces, mounts, and a systemd that then runs.
machine_start() {
    mkdir "$work/machine"
    if ! machine_room keep layers >"$work/machine.log" 2>&1; then
        not_run "here no system of its own can be made ($(tail -n 1 "$work/machine.log")): what a real systemd does with the units"
        return 1
    fi
    machine_room keep boot >"$work/machine.log" 2>&1 </dev/null &
    machine_keeper=$!
    if ! wait_for 180 machine_is_up; then
        not_run "no systemd comes up here ($(tail -n 1 "$work/machine.log")): what it does with the units"
        return 1
    fi
    machine_disk=/proc/$machine_init/root
}

# The first below the keeper that is process 1 of namespaces of its own. None: `machine` runs nothing, least of all here.
machine_find() {
    local pid=$machine_keeper
    machine_init=
    until [ "$(sed -n 's/^NSpid:.*[^0-9]//p' "/proc/$pid/status")" = 1 ]; do
        pid=$(cut -d' ' -f1 "/proc/$pid/task/$pid/children")
        [ -n "$pid" ] || return
    done
    machine_init=$pid
}

machine_is_up() {
    machine_find || return
    case $(machine systemctl is-system-running) in running | degraded) ;; *) return 1 ;; esac
}

machine() {
    nsenter --target "$machine_init" --all --root --wd env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive "$@"
}

machine_put() {
    cp "$@" "$machine_disk/root/"
}

package() {
    local packages=$work/packages version
    version=$(sed -n 's/^#define HANCHOT_VERSION "\(.*\)"/\1/p' engine/base/version.h)
    [ -d "$packages" ] || tools/deb.sh "$version" "$packages" >"$work/said" 2>&1 || fail "the packages" "$(cat "$work/said")"
    cp "$packages/$1_$version"_*.deb "$packages/$1.deb"
    [ -n "${2:-}" ] || return
    dpkg-deb --raw-extract "$packages/$1.deb" "$packages/$2"
    sed -i "s/^Version: .*/Version: $2/" "$packages/$2/DEBIAN/control"
    dpkg-deb -Znone --root-owner-group --build "$packages/$2" "$packages/$1.deb" >/dev/null
}

# The manual's index, which dpkg would have made anew, is not what is tested.
machine_install() {
    machine_put "$work/packages/$1.deb"
    machine dpkg --no-triggers --install "/root/$1.deb"
}

machine_reboot() {
    local before=$machine_init
    machine systemctl reboot
    machine_is_down() { ! kill -0 "$before"; }
    wait_for 180 machine_is_down && wait_for 180 machine_is_up && machine_disk=/proc/$machine_init/root
}

# All that runs there ends with its process 1.
machine_end() {
    [ -n "$machine_keeper" ] || return 0
    machine_find 2>/dev/null && kill -KILL "$machine_init"
    wait "$machine_keeper" 2>/dev/null
    machine_keeper=
}
trap 'machine_end; serve_stop; tap_clean' EXIT
