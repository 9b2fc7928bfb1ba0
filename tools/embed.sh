#!/bin/sh
# Writes DIR/assets.h and DIR/assets.c, which hold the bytes of files: embed.sh DIR FILE…
# page.css becomes `const char asset_page_css[]`, closed by a zero byte, and `const size_t asset_page_css_size` without it.
set -eu

dir=$1
shift
{
    printf '#ifndef HANCHOT_GEN_ASSETS_H\n#define HANCHOT_GEN_ASSETS_H\n\n#include <stddef.h>\n\n'
    for file in "$@"; do
        name=asset_$(basename "$file" | tr -c 'A-Za-z0-9\n' _)
        printf 'extern const char %s[];\nextern const size_t %s_size;\n' "$name" "$name"
    done
    printf '\n#endif\n'
} >"$dir/assets.h"
{
    printf '#include "gen/assets.h"\n'
    for file in "$@"; do
        name=asset_$(basename "$file" | tr -c 'A-Za-z0-9\n' _)
        printf '\nconst char %s[] = ""\n' "$name"
        od -An -v -to1 "$file" | sed 's/ /\\/g; s/.*/    "&"/'
        printf '    ;\nconst size_t %s_size = sizeof %s - 1;\n' "$name" "$name"
    done
} >"$dir/assets.c"
