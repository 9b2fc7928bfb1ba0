#!/bin/bash
# Boots the system of machine.sh: machine-boot.sh FOLDER WHAT. In FOLDER, an empty one, it mounts what nobody else sees.
#
# WHAT `keep` makes the disk and the place among the cgroups, boots again after a reboot, and tidies at the end. `boot` is
# process 1 of the new namespaces until it becomes systemd; `layers` only says whether all that can be mounted.
set -eu
room=$1
what=$2
disk=$room/disk

mount_all() {
    mount -t overlay -o "lowerdir=/,upperdir=$room/upper,workdir=$room/scratch" overlay "$disk"
    cd "$disk"
    mount -t proc proc proc
    mount --bind proc/sys proc/sys # what counts for the whole kernel
    mount -o remount,bind,ro proc/sys
    mount -t sysfs -o ro sysfs sys
    mount -t cgroup2 cgroup2 sys/fs/cgroup
    mount -t tmpfs -o mode=755 tmpfs dev
    mount -t tmpfs -o mode=755 tmpfs run
    mount -t tmpfs -o mode=1777 tmpfs tmp
    mkdir dev/shm dev/pts
    mount -t tmpfs -o mode=1777 tmpfs dev/shm
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts dev/pts
    for device in null zero full random urandom tty; do
        : >"dev/$device"
        mount --bind "/dev/$device" "dev/$device"
    done
    ln -s pts/ptmx dev/ptmx
    ln -s /proc/self/fd dev/fd
    ln -s fd/0 dev/stdin
    ln -s fd/1 dev/stdout
    ln -s fd/2 dev/stderr
}

# As after a first installation: no service of this system's starts there, nor what drives devices and the kernel.
disk_prepare() {
    rm -rf etc/systemd/system/*.wants etc/rc?.d etc/machine-id usr/sbin/policy-rc.d
    for unit in systemd-udevd.service systemd-udev-trigger.service systemd-udevd-control.socket systemd-udevd-kernel.socket \
        systemd-timesyncd.service systemd-networkd.service systemd-sysctl.service systemd-modules-load.service \
        kmod-static-nodes.service systemd-binfmt.service systemd-firstboot.service systemd-tmpfiles-clean.timer \
        systemd-journald-audit.socket proc-sys-fs-binfmt_misc.automount sys-fs-fuse-connections.mount \
        sys-kernel-config.mount sys-kernel-debug.mount sys-kernel-tracing.mount dev-hugepages.mount dev-mqueue.mount getty.target; do
        ln -sf /dev/null "etc/systemd/system/$unit"
    done
    : >etc/fstab
    : >etc/machine-id
    mkdir -p var/log/journal # so that the journal outlives a reboot
    : >"$room/prepared"
}

case $what in
keep)
    mount -t tmpfs -o mode=755 tmpfs "$room"
    mkdir "$room"/{upper,scratch,disk,cgroup}
    mount -t cgroup2 cgroup2 "$room/cgroup"
    place=$room/cgroup/hanchot-machine-$$
    mkdir "$place"
    trap 'find "$place" -depth -type d -exec rmdir {} +' EXIT
    status=129 # what a reboot gives: systemd ended by SIGHUP
    while [ "$status" = 129 ]; do
        status=0
        (
            echo "$BASHPID" >"$place/cgroup.procs"
            exec unshare --uts --ipc --net --cgroup --mount --pid --fork --kill-child "$0" "$room" "${3-boot}"
        ) || status=$?
    done
    exit "$status"
    ;;
layers)
    mount_all
    mkdir sys/fs/cgroup/within
    ;;
boot)
    mount_all
    [ -e "$room/prepared" ] || disk_prepare
    pivot_root . mnt
    umount -l /mnt
    exec env -i container=hanchot PATH=/usr/sbin:/usr/bin:/sbin:/bin /lib/systemd/systemd --system --unit=multi-user.target \
        --log-target=console --show-status=1
    ;;
esac
