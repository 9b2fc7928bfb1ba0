#!/bin/bash
# Golden runs: what a person types and what hanchot prints, byte for byte.
#
#   tests/e2e/run.sh [NAME…]             compare; each case is one test
#   tests/e2e/run.sh --accept NAME…      take what is printed now as expected; then read the diff before committing it
#
# A case is a folder tests/e2e/NAME with
#   cmd        shell lines; `hanchot` is build/hanchot, now is 2026-11-20 08:00 unless a line sets HANCHOT_AT or --at;
#              `show …` runs hanchot, with its line before and its exit status behind what it prints
#   expected   stdout and stderr together
#   status     the exit status of the last line, when it is not 0
# and anything else that cmd reads: rules/, calendars/, site.lua, figures.csv … It runs in an empty directory that these are
# copied to. rules/ and calendars/ are the project's own where the case has none.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh

accept=
if [ "${1:-}" = --accept ]; then
    accept=yes
    shift
    [ $# -gt 0 ] || { echo "usage: tests/e2e/run.sh --accept NAME…" >&2; exit 2; }
fi
if [ $# -eq 0 ]; then
    set -- tests/e2e/*/cmd
    set -- "${@%/cmd}"
    set -- "${@##*/}"
fi

export LC_ALL=C.UTF-8 TZ=${TZ:-AAA+11}
unset HANCHOT_DEBUG JOURNAL_STREAM
mkdir "$work/bin"
ln -s "$HANCHOT" "$work/bin/hanchot"
ln -s "$PWD/tests/e2e/show" "$work/bin/show"

run_case() { # FOLDER: leaves $work/actual and $work/status
    local folder=$1 dir=$work/case file
    rm -rf "$dir" && mkdir "$dir"
    for file in "$folder"/*; do
        case ${file##*/} in cmd | expected | status) ;; *) cp -R "$file" "$dir/" ;; esac
    done
    for file in rules calendars; do
        [ -e "$dir/$file" ] || [ ! -e "$file" ] || cp -R "$file" "$dir/"
    done
    (cd "$dir" && PATH=$work/bin:$PATH HANCHOT_AT=2026-11-20T08:00:00+07:00 exec bash "$OLDPWD/$folder/cmd") \
        >"$work/raw" 2>&1 </dev/null
    echo $? >"$work/status"
    # Nothing printed may depend on where the run took place.
    sed -e "s|$dir|CASE|g" -e "s|$PWD|REPO|g" "$work/raw" >"$work/actual"
}

for name in "$@"; do
    folder=tests/e2e/$name
    if [ ! -e "$folder/cmd" ]; then
        fail "$name" "there is no $folder/cmd"
        continue
    fi
    run_case "$folder"
    if [ -n "$accept" ]; then
        cp "$work/actual" "$folder/expected"
        if [ "$(cat "$work/status")" = 0 ]; then rm -f "$folder/status"; else cp "$work/status" "$folder/status"; fi
        git --no-pager diff --stat -- "$folder" >&2
        pass "$name: accepted"
        continue
    fi
    expected_status=$(cat "$folder/status" 2>/dev/null || echo 0)
    difference=$(diff -u --label expected --label printed "$folder/expected" "$work/actual" 2>&1)
    [ "$(cat "$work/status")" = "$expected_status" ] ||
        difference="exit status $(cat "$work/status"), expected $expected_status"$'\n'"$difference"
    nothing "$name" "$difference"
done
finish
