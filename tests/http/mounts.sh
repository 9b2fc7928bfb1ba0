#!/bin/bash
# Rules on a disk that is mounted after the daemon started, and taken away while it runs.
# shellcheck disable=SC2317 # functions that wait_for calls
set -u
cd "$(dirname "$0")/../.." || exit 1
if [ "${1-}" != apart ]; then # mounts of its own, which nobody else sees
    for own in '--mount --propagation private' '--user --map-root-user --mount --propagation private'; do
        # shellcheck disable=SC2086 # options
        ! unshare $own true 2>/dev/null || exec unshare $own "$0" apart
    done
fi
. tests/tap.sh
. tests/serve.sh

at=2026-11-20
rules=$work/rules
cp -R rules "$work/disk"
mkdir "$rules" "$work/other"
start() { serve_start --at $at --rules "$1"; }
metric() { curl -sS "$url/metrics" | sed -n "s/^$1 //p"; }
is() { [ "$(metric "$1")" = "$2" ]; }
has_title() { curl -sS "$url/items/haiphong-2026/2.3?lang=vi" | grep -qF "$1"; }
title='Đề xuất cắt giảm thời gian giải quyết TTHC'

start "$work/disk"
check "the rules are on the disk" is hanchot_rules_from_copy 0
serve_stop
start "$rules"
check "it is not mounted: the copy serves" is hanchot_rules_from_copy 1
if ! mount --bind "$work/other" "$work/other" 2>"$work/said"; then
    not_run "a disk that is mounted while the daemon runs: $(<"$work/said")"
    finish
fi
check "something else is mounted" is hanchot_rules_from_copy 1
check "the disk is mounted" mount --bind "$work/disk" "$rules"
check "its rules are taken" wait_for 60 is hanchot_rules_from_copy 0
check "without faults" is hanchot_rule_faults 0
sed -i "s/$title/$title (sửa)/" "$rules/haiphong-2026.lua"
check "an edit on it is seen" wait_for 60 has_title "$title (sửa)"
check "the disk is taken away" wait_for 60 umount "$rules" # it may be being read
check "that is told" wait_for 60 is hanchot_rule_faults 1
check "and its rules stay in use" has_title "$title (sửa)"
sed -i "s/$title (sửa)/$title (sửa nữa)/" "$work/disk/haiphong-2026.lua"
check "it comes back" mount --bind "$work/disk" "$rules"
check "with other rules" wait_for 60 has_title "$title (sửa nữa)"
check "and nothing to tell" is hanchot_rule_faults 0
serve_stop
same "it ends in good order" 0 $?
umount "$rules" "$work/other"
finish
