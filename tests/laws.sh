#!/bin/bash
# The laws of the house, as far as a text search sees them: layers, bans, size. Reads engine/ as it lies there; needs no
# build. laws.sh [TREE]: of another tree, which is how tests/harness.sh sees that every law can fail.
set -u
. "$(dirname "$0")/tap.sh"
cd "${1:-$(dirname "$0")/..}" || exit 1

shopt -s nullglob
files=(engine/*/*.[ch])
[ "${#files[@]}" -gt 0 ] || { fail "engine/ has sources"; finish; }

# Every line of code as file:line:code, without comments and with empty strings; #include keeps its name.
awk '
    FNR == 1 { in_comment = 0 }
    {
        rest = $0
        code = ""
        if (!in_comment && rest ~ /^[ \t]*#[ \t]*include/) { sub(/[ \t]*(\/\*|\/\/).*/, "", rest); code = rest; rest = "" }
        while (rest != "") {
            if (in_comment) {
                end = index(rest, "*/")
                if (!end) break
                rest = substr(rest, end + 2)
                in_comment = 0
                code = code " "
            } else if (!match(rest, /\/\*|\/\/|"|\047/)) {
                code = code rest
                break
            } else {
                code = code substr(rest, 1, RSTART - 1)
                mark = substr(rest, RSTART, RLENGTH)
                rest = substr(rest, RSTART + RLENGTH)
                if (mark == "//") break
                if (mark == "/*") { in_comment = 1; continue }
                quoted = mark == "\"" ? "^([^\"\\\\]|\\\\.)*\"" : "^([^\047\\\\]|\\\\.)*\047"
                code = code mark mark
                if (!match(rest, quoted)) break
                rest = substr(rest, RLENGTH + 1)
            }
        }
        if (code ~ /[^ \t]/) print FILENAME ":" FNR ":" code
    }' "${files[@]}" >"$work/code"

# ban NAME REGEX [ROOMS]: no line matches, except in files matching ROOMS. A member of a struct may have any name.
ban() {
    nothing "$1" "$(grep -E "^[^:]*:[0-9]+:(.*[^A-Za-z0-9_.>])?($2)" "$work/code" | grep -Ev "^(${3:-no room})")"
}
call() { # a call of one of these functions
    printf '%s' "($1) *\("
}
name() { # the name itself, called or not
    printf '%s' "($1)([^A-Za-z0-9_.]|$)"
}

# --- Layers

nothing "includes go to the own layer or a lower one" "$(awk -F: '
    BEGIN {
        split("base time ledger rulebook evaluate intake publish alert shell", layer, " ")
        split("0    1    1      2        3        3      4       4     5", height, " ")
        for (i in layer) high[layer[i]] = height[i]
    }
    $3 ~ /^[ \t]*#[ \t]*include[ \t]*"/ {
        split($1, path, "/"); from = path[2]
        target = $3; sub(/^[^"]*"/, "", target); sub(/".*/, "", target)
        to = target; sub(/\/.*/, "", to)
        if (to == "gen") next
        if (from == to) next
        if (from == "notify" || from == "deliver") { if (to == "base") next }
        else if ((from in high) && (to in high) && high[to] <= high[from]) next
        print $1 ":" $2 ": " from " may not include " target
    }' "$work/code")"

nothing "each .c includes its own header first" "$(for file in engine/*/*.c; do
    header=${file%.c}.h
    folder=$(basename "$(dirname "$file")")
    first=$(grep -m1 -E '^[ \t]*#[ \t]*include' "$file")
    if [ -e "$header" ]; then
        [ "$first" = "#include \"${header#engine/}\"" ] || echo "$file: begins with '$first'"
    elif [ "$file" != engine/shell/main.c ] && [ "$folder" != notify ] && [ "$folder" != deliver ]; then
        # A room in several files has one header.
        [[ $first == "#include \"$folder/"*'"' ]] || echo "$file: begins with '$first', not with the header of its room"
    fi
done)"

nothing "each header has its guard" "$(for file in engine/*/*.h; do
    guard=HANCHOT_$(printf '%s' "${file#engine/}" | tr 'a-z/.-' 'A-Z___')
    grep -q "^#ifndef $guard\$" "$file" && grep -q "^#define $guard\$" "$file" || echo "$file: no guard $guard"
done)"

# --- Rooms that alone know a library

include() {
    printf '%s' "#[ \t]*include[ \t]*[<\"]($1)"
}
ban "libical only in feeds and the import of calendars" "$(include 'libical/|ical')" \
    'engine/publish/feed|engine/rulebook/calendar'
ban "ICU only where it is stood in for" "$(include 'unicode/')" 'engine/rulebook/calendar_icu\.c'
ban "libmicrohttpd only in http" "$(include 'microhttpd')" 'engine/publish/http'
ban "SQLite only in the ledger" "$(include 'sqlite3')" 'engine/ledger/'
ban "Lua only in the rulebook" "$(include 'lua|lauxlib|lualib')" 'engine/rulebook/'
ban "GnuTLS only for HTTPS and its certificates" "$(include 'gnutls/')" 'engine/publish/http_tls\.c|engine/shell/certificate'
ban "libcurl only in deliver" "$(include 'curl/')" 'engine/deliver/'
ban "libcsv and libzip only in the intake" "$(include 'csv\.h|zip\.h')" 'engine/intake/'
ban "expat only in the intake and for PROPFIND" "$(include 'expat\.h')" 'engine/intake/|engine/publish/propfind'
ban "GLib and libnotify only in notify" "$(include 'glib|gio/|libnotify')" 'engine/notify/'

# --- Memory, time, processes

ban "memory only from base/mem" "$(name 'malloc|calloc|realloc|reallocarray|strdup|strndup|asprintf|vasprintf|aligned_alloc|alloca')" \
    'engine/base/mem\.c'
# What a library allocated goes back to free() in these rooms.
ban "free() only where a library's memory comes back" "$(call 'free')" \
    'engine/base/mem\.c|engine/publish/(feed|http|api)[a-z_]*\.c|engine/rulebook/calendar[a-z_]*\.c|engine/shell/(line|routes)\.c'
ban "the system clock only in time/clock.c" \
    "$(call 'time|gettimeofday|clock_gettime|clock|ftime|timespec_get')" 'engine/time/clock\.c'
ban "civil time without the C library's zones" \
    "$(name 'localtime|localtime_r|mktime|tzset|ctime|ctime_r|timelocal')"
ban "evaluation and rules do not ask the clock" "$(call 'clock_now|clock_monotonic_ms')" \
    'engine/(base|time|ledger|intake|publish|alert|shell|notify|deliver)/'
ban "evaluation touches no file, socket or database" \
    "$(call 'fopen|open|openat|read|write|socket|connect|file_read|getenv')|$(include 'intake/|ledger/store|sys/socket|fcntl')" \
    'engine/(base|time|ledger|rulebook|intake|publish|alert|shell|notify|deliver)/'
ban "no locale" "$(name 'setlocale|newlocale|uselocale')"
ban "no unbounded strings" "$(name 'sprintf|vsprintf|strcpy|strcat|stpcpy|gets|strtok')"
ban "no number reading that hides errors" "$(call 'atoi|atol|atoll|atof')"
ban "no shell" "$(name 'system|popen')"
ban "no fork without exec" "$(call 'fork|vfork|daemon')"
ban "no random numbers but the system's" "$(call 'rand|srand|random|srandom|drand48')"
ban "no typedef" "$(name 'typedef')"
ban "no non-local jumps outside the tests" "$(name 'setjmp|longjmp|sigsetjmp|siglongjmp')"

# --- Size and loose ends

nothing "no file over 700 lines" "$(for file in engine/*/*.[ch] tests/*/*.[ch]; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 700 ] || echo "$file: $lines lines"
done)"
nothing "nothing is left open in the code" \
    "$(grep -rnIwE 'TOD[O]|FIXM[E]|XX[X]|HAC[K]' engine rules calendars tests tools docs Makefile README.md 2>/dev/null)"
nothing "no folder that is not a layer" "$(for folder in engine/*/; do
    case $(basename "$folder") in
    base | time | ledger | rulebook | evaluate | intake | publish | alert | shell | notify | deliver) ;;
    *) echo "$folder" ;;
    esac
done)"

finish
