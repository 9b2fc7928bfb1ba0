# shellcheck shell=bash
# browser: what the scripts that drive Chromium share. Source after tap.sh and serve.sh.
#
#   browser_prepare          installs what drives it, as the lockfile says, into build/
#   look PART KEY            one part of pages.mjs against $url; its cases become cases of the script; screenshots go to $screenshots

tools=build/pages
screenshots=build/screenshots

browser_fetch() { # a registry may be out of reach for a moment
    local pause
    for pause in 5 15 30 0; do
        npm ci --prefix "$tools" --ignore-scripts --no-audit --no-fund --loglevel=error && return
        sleep $pause
    done
    return 1
}

browser_prepare() {
    mkdir -p "$tools" "$screenshots"
    # Two scripts may come at the same moment; what one of them is reading stays as it is.
    exec 8>"$tools/.installing"
    flock 8
    if ! cmp -s tests/clients/pages/pages.mjs "$tools/pages.mjs"; then
        cp tests/clients/pages/pages.mjs "$tools/pages.new" && mv "$tools/pages.new" "$tools/pages.mjs"
    fi
    if ! cmp -s tests/clients/pages/package-lock.json "$tools/node_modules/.lock"; then
        cp tests/clients/pages/package.json tests/clients/pages/package-lock.json "$tools/"
        check "playwright-core and axe-core" browser_fetch
        cp "$tools/package-lock.json" "$tools/node_modules/.lock"
    fi
    exec 8>&-
}

# Each case of the script comes as a line: ok, name, and what was found where it is not.
# shellcheck disable=SC2154 # $work comes from tap.sh, $url from serve.sh
look() { # PART KEY
    local line ended=
    while IFS=$'\t' read -r line name found; do
        case $line in
        ok) pass "$1: $name" ;;
        bad) fail "$1: $name" "${found//'\n'/$'\n'}" ;;
        end) ended=1 ;;
        esac
    done < <(node "$tools/pages.mjs" "$1" "$url" "$2" "$screenshots" 2>"$work/node.log")
    check "$1: to its end" test -n "$ended"
    [ -n "$ended" ] || sed 's/^/# /' "$work/node.log"
}
