#!/bin/bash
# No mutable globals: nothing of ours lies in a writable section of the release library. Constant tables that hold addresses
# are in .data.rel.ro, which the loader makes read-only. globals.sh [LIBRARY]
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh

library=${1:-build/release/libhanchot.a}
[ -s "$library" ] || { fail "there is no $library"; finish; }
objdump -t "$library" >"$work/symbols"
check "it has symbols" grep -q ' g .*F .text' "$work/symbols"
nothing "no mutable globals" "$(awk '
    /file format/ { member = $1; sub(/:$/, "", member) }
    { for (i = 2; i <= NF; i++)
        if ($i ~ /^\.(data|bss|tdata|tbss)(\.|$)/ && $i !~ /^\.data\.rel\.ro/ && $NF != $i) print member " " $NF }
    $0 ~ /\*COM\*/ { print member " " $NF }' "$work/symbols")"
finish
