#!/bin/sh
# Debian packages out of `make install`: deb.sh VERSION FOLDER. Needs dpkg-dev. The same source on the same Debian gives
# the same files.
set -eu
version=$1
out=$2
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
export SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(date -d "$(sed -n 's/^\.Dd //p' "$here/docs/hanchot.1")" +%s)}"
mkdir -p "$out" "$work/debian" "$work/all"
make -s -C "$here" install DESTDIR="$work/all" PREFIX=/usr
cp "$here/packaging/deb/control" "$work/debian/control"
architecture=$(dpkg --print-architecture)

take() { # PACKAGE PATH…: out of what was installed
    package=$1
    shift
    for path in "$@"; do
        mkdir -p "$work/$package$(dirname "$path")"
        mv "$work/all$path" "$work/$package$path"
    done
}

documents() { # PACKAGE
    doc=$work/$1/usr/share/doc/$1
    mkdir -p "$doc"
    cp "$here/packaging/deb/copyright" "$doc/copyright"
    {
        echo "hanchot ($version) unstable; urgency=medium"
        echo
        echo "  * See CHANGELOG.md of the source."
        echo
        echo " -- $(sed -n 's/^Maintainer: //p' "$here/packaging/deb/control")  $(date -R -u -d "@$SOURCE_DATE_EPOCH")"
    } | gzip -9n >"$doc/changelog.gz"
}

# The paragraph of the package, with the libraries that its programs load.
control() { # PACKAGE
    libraries=$(cd "$work" && dpkg-shlibdeps -O "$work/$1"/usr/bin/* 2>/dev/null | sed -n 's/^shlibs:Depends=//p')
    sed -n '/^Source:/,/^$/{/^Source:/d;/^Standards-Version:/d;/^$/d;p}' "$work/debian/control" >"$work/head"
    {
        echo "Package: $1"
        echo "Source: hanchot"
        echo "Version: $version"
        cat "$work/head"
        echo "Installed-Size: $(du -sk --exclude=DEBIAN "$work/$1" | cut -f1)"
        sed -n "/^Package: $1\$/,/^\$/{/^Package:/d;/^\$/d;p}" "$work/debian/control" |
            sed "s/^Architecture: any/Architecture: $architecture/; s/\${shlibs:Depends}/$libraries/"
    }
}

build() { # PACKAGE
    root=$work/$1
    strip --strip-unneeded "$root"/usr/bin/*
    documents "$1"
    find "$root" -name '*.1' -exec gzip -9n {} +
    mkdir -p "$root/DEBIAN"
    for script in postinst prerm postrm; do
        [ ! -e "$here/packaging/deb/$1.$script" ] || install -m 755 "$here/packaging/deb/$1.$script" "$root/DEBIAN/$script"
    done
    if [ -d "$root/etc" ]; then
        (cd "$root" && find etc -type f | sort | sed 's|^|/|') >"$root/DEBIAN/conffiles"
    fi
    (cd "$root" && find usr -type f | sort | xargs md5sum) >"$root/DEBIAN/md5sums"
    control "$1" >"$root/DEBIAN/control"
    find "$root" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group --build "$root" "$out/$1_${version}_$architecture.deb"
}

take hanchot-notify /usr/bin/hanchot-notify /usr/share/man/man1/hanchot-notify.1 /usr/lib/systemd/user/hanchot-notify.service
rmdir "$work/all/usr/lib/systemd/user"
mv "$work/all" "$work/hanchot"
mkdir -p "$work/hanchot/etc/default"
install -m 644 "$here/packaging/deb/default" "$work/hanchot/etc/default/hanchot"
find "$work/hanchot/etc" "$work/hanchot/usr/share" -type f -exec chmod 644 {} +
build hanchot
build hanchot-notify
