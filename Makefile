# hanchot: build, test and install. `make help` lists the targets.
#
#   make                           build/hanchot, always the release binary
#   make SAN=address,undefined     the same with sanitizers, in build/asan-ubsan/
#   make SAN=thread                … in build/tsan/
#   make WERROR=1 V=1              warnings are errors; show the commands
#   make install DESTDIR=… PREFIX=/usr

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif
Q := $(if $(V),,@)
comma := ,

# --- What is needed -------------------------------------------------------------------------------------------------
# Debian packages. `run`, `test`, `test-clients` and `lint` install what is missing, when they may; the others only say so.

BUILD_PACKAGES  := gcc libc6-dev pkgconf liblua5.4-dev libical-dev libicu-dev libsqlite3-dev libmicrohttpd-dev libgnutls28-dev libjansson-dev \
                   nettle-dev libutf8proc-dev zlib1g-dev libqrencode-dev libcsv-dev libzip-dev libexpat1-dev
TEST_PACKAGES   := libcmocka-dev curl sqlite3
LINT_PACKAGES   := clang-format clang-tidy cppcheck shellcheck lua5.4
CLIENT_PACKAGES := exim4-daemon-light khal vdirsyncer python3-icalendar python3-jsonschema prometheus nginx-light openssl dunst xvfb dbus \
                   systemd libpam-systemd dbus-user-session \
                   fonts-dejavu-core x11-apps netpbm tesseract-ocr tesseract-ocr-vie \
                   evolution-data-server gir1.2-ecal-2.0 python3-gi dpkg-dev lintian debootstrap \
                   chromium nodejs thunderbird $(if $(shell command -v npm),,npm)
BENCH_PACKAGES  := nginx-light wrk sqlite3
DEB_PACKAGES    := dpkg-dev

# The same libraries as pkg-config knows them, per program; `late` is loaded by hanchot when it is needed (zip_library.h,
# http_tls.c), `within` is in it, so that what it brings along and hanchot seldom or never needs stays out (calendar_icu.c, http_tls.c).
hanchot_MODULES := lua5.4 sqlite3 jansson nettle libutf8proc zlib libqrencode expat
late_MODULES    := libzip gnutls
within_MODULES  := libical libmicrohttpd
notify_MODULES  := libnotify libsoup-3.0
deliver_MODULES := libcurl

# --- What there is --------------------------------------------------------------------------------------------------

LAYERS  := base time ledger rulebook evaluate intake publish alert shell
MAIN    := engine/shell/main.c
ENGINE  := $(sort $(wildcard $(LAYERS:%=engine/%/*.c)))
LIBRARY := $(filter-out $(MAIN),$(ENGINE))
NOTIFY  := $(sort $(wildcard engine/notify/*.c))
DELIVER := $(sort $(wildcard engine/deliver/*.c))
# What the unit tests look at of it: all that needs no libcurl to link.
DELIVER_PURE := $(filter-out engine/deliver/main.c engine/deliver/transfer.c,$(DELIVER))
ASSETS  := $(sort $(wildcard engine/ledger/*.sql engine/publish/assets/*))

# Each test_*.c is a program; the other files of its folder are linked to all of them.
UNIT_TESTS   := $(sort $(wildcard tests/unit/test_*.c))
THREAD_TESTS := $(sort $(wildcard tests/threads/test_*.c))
CLIENT_TESTS := $(sort $(wildcard tests/clients/*.c))
SOAK_TESTS   := $(sort $(wildcard tests/soak/*.c))
RECEIVERS    := $(sort $(wildcard tests/receivers/*.c))
helpers = $(filter-out $(1)test_%,$(wildcard $(1)*.c))

PROGRAMS := $(if $(wildcard $(MAIN)),hanchot) $(if $(NOTIFY),hanchot-notify) $(if $(DELIVER),hanchot-deliver)
BUILD_PACKAGES += $(if $(NOTIFY),libnotify-dev libsoup-3.0-dev) $(if $(DELIVER),libcurl4-gnutls-dev)
MODULE_GROUPS := hanchot late within $(if $(NOTIFY),notify) $(if $(DELIVER),deliver)

# --- Where it goes --------------------------------------------------------------------------------------------------
# Objects, libhanchot.a and test programs lie in build/$(VARIANT)/; so do the programs, except those of the release.

short_name = $(patsubst thread,tsan,$(patsubst address,asan,$(patsubst undefined,ubsan,$(patsubst leak,lsan,$(1)))))
empty :=
VARIANT ?= $(if $(SAN),$(subst $(empty) $(empty),-,$(foreach s,$(subst $(comma), ,$(SAN)),$(call short_name,$(s)))),release)
B := build/$(VARIANT)
BIN := $(if $(filter release,$(VARIANT)),build,$(B))

PREFIX  ?= /usr/local
DESTDIR ?=
UNITS   := $(PREFIX)/lib/systemd/system

# --- How ------------------------------------------------------------------------------------------------------------

ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS ?= $(if $(SAN),-O1,-O2) -g

WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat -Wformat-security $(if $(WERROR),-Werror)
HARDENING := -fstack-protector-strong $(if $(SAN),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
SANITIZE := $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_CFLAGS  = -std=c11 -D_GNU_SOURCE -Iengine -I$(B) $(CPPFLAGS) $(CFLAGS) $(WARNINGS) $(HARDENING) $(SANITIZE) \
              -fPIE -pthread -ffile-prefix-map=$(CURDIR)/=
ALL_LDFLAGS = $(CFLAGS) $(SANITIZE) -pie -pthread -Wl,-z,relro -Wl,-z,now -Wl,--as-needed $(LDFLAGS)

# --- Targets that people call ---------------------------------------------------------------------------------------

.PHONY: all programs run test test-clients test-soak bench lint install uninstall clean help FORCE

all: programs ## build the programs (the default)
programs: $(B)/libhanchot.a $(PROGRAMS:%=$(BIN)/%)

run: all ## build, then serve rules/ and calendars/ on 127.0.0.1:8466 with var/demo.db and sample figures
	@mkdir -p var
	@[ -e var/demo.db ] || $(BIN)/hanchot ingest --sample --db var/demo.db samples/haiphong-2026.csv
	$(BIN)/hanchot serve --db var/demo.db --listen 127.0.0.1:8466

# What does not build is a failed test: the builds go on after an error, and the runner is told, so that what an earlier
# build left cannot pass for it.
test: packages-test ## all tests that need no other program; ends with "N passed, N failed"
	@broken=; \
	$(MAKE) -ks VARIANT=release SAN= all soak-tests receivers || broken="$$broken release"; \
	$(MAKE) -ks SAN=address,undefined unit-tests || broken="$$broken unit-tests"; \
	$(MAKE) -ks SAN=thread thread-tests || broken="$$broken thread-tests"; \
	tests/run.sh $${broken:+--broken "$$broken"} tests/harness.sh tests/laws.sh tests/globals.sh \
	    $(UNIT_TESTS:%.c=build/asan-ubsan/%) \
	    tests/golden.sh tests/e2e/run.sh \
	    tests/rules.sh tests/examples.sh \
	    $(sort $(wildcard tests/http/*.sh)) tests/soak/kills.sh \
	    $(THREAD_TESTS:%.c=build/tsan/%)

test-clients: packages-clients ## the feeds against real calendar clients; installs them; ends like test
	@broken=; \
	$(MAKE) -ks VARIANT=release SAN= all client-tests receivers || broken=release; \
	TEST_SECONDS=$${TEST_SECONDS:-300} tests/run.sh $${broken:+--broken "$$broken"} $(sort $(wildcard tests/clients/*.sh))

test-soak: packages-test ## a simulated month with 200 kills at random moments; ends like test (SOAK_SEED=… for another course)
	@broken=; \
	$(MAKE) -ks VARIANT=release SAN= all soak-tests receivers || broken=release; \
	SOAK_KILLS=$${SOAK_KILLS:-200} TEST_SECONDS=600 tests/run.sh $${broken:+--broken "$$broken"} tests/soak/kills.sh

bench: packages-bench ## hanchot beside nginx in one run: cold start, answers, memory (see docs/performance.md)
	@$(MAKE) VARIANT=release SAN= all build/release/tests/bench/first_answer
	@tests/bench/bench.sh

# Each file has a stamp, so that only what changed is looked at again.
lint: packages-lint ## format, warnings of gcc, clang-tidy, cppcheck, shellcheck, syntax of the rules
	@$(MAKE) -k --output-sync=target VARIANT=lint/gcc WERROR=1 lint-files

clean: ## remove everything that was built
	rm -rf build

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 22

# Rules and calendars under share/ are ours and replaced; those in /etc/hanchot are the administrator's and stay.
install: all ## install to $(DESTDIR)$(PREFIX); fills /etc/hanchot only where it is empty
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/hanchot $(DESTDIR)/etc/hanchot $(DESTDIR)/var/lib/hanchot
	install $(PROGRAMS:%=$(BIN)/%) $(DESTDIR)$(PREFIX)/bin
	install -d $(DESTDIR)$(UNITS) $(DESTDIR)$(PREFIX)/lib/sysusers.d
	for u in service socket; do \
	    sed 's|@BINDIR@|$(PREFIX)/bin|' packaging/hanchot.$$u >$(DESTDIR)$(UNITS)/hanchot.$$u && \
	    chmod 644 $(DESTDIR)$(UNITS)/hanchot.$$u || exit 1; \
	done
	install -m 644 packaging/hanchot.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/hanchot.conf
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/user
	sed 's|@BINDIR@|$(PREFIX)/bin|' packaging/hanchot-notify.service \
	    >$(DESTDIR)$(PREFIX)/lib/systemd/user/hanchot-notify.service
	install -d $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/doc/hanchot/examples
	install -m 644 $(PROGRAMS:%=docs/%.1) $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 packaging/nginx.conf $(DESTDIR)$(PREFIX)/share/doc/hanchot/examples
	for d in $(wildcard rules calendars); do \
	    rm -rf $(DESTDIR)$(PREFIX)/share/hanchot/$$d; \
	    cp -R $$d $(DESTDIR)$(PREFIX)/share/hanchot/; \
	    [ -e $(DESTDIR)/etc/hanchot/$$d ] || cp -R $$d $(DESTDIR)/etc/hanchot/; \
	done

uninstall: ## remove what install put under PREFIX; /etc/hanchot and /var/lib/hanchot stay
	rm -f $(PROGRAMS:%=$(DESTDIR)$(PREFIX)/bin/%)
	rm -f $(DESTDIR)$(UNITS)/hanchot.service $(DESTDIR)$(UNITS)/hanchot.socket \
	    $(DESTDIR)$(PREFIX)/lib/sysusers.d/hanchot.conf
	rm -f $(DESTDIR)$(PREFIX)/lib/systemd/user/hanchot-notify.service
	rm -f $(PROGRAMS:%=$(DESTDIR)$(PREFIX)/share/man/man1/%.1)
	rm -rf $(DESTDIR)$(PREFIX)/share/hanchot $(DESTDIR)$(PREFIX)/share/doc/hanchot

deb: all packages-deb ## build/hanchot_VERSION_ARCH.deb and build/hanchot-notify_….deb
	tools/deb.sh $$(sed -n 's/^#define HANCHOT_VERSION "\(.*\)"/\1/p' engine/base/version.h) build

# --- Packages and the flags of libraries ----------------------------------------------------------------------------
# The stamps are older than dpkg's own list of packages whenever something was installed or removed. build/config.mk is
# included, so make writes it, and sees to the packages, before anything else; only then does pkg-config have to be there.

INSTALLS := $(filter run test test-clients test-soak bench lint,$(MAKECMDGOALS))
need_packages = tools/packages.sh $(if $(INSTALLS),--install) $(1) && mkdir -p build && touch $@
DPKG_STATUS := $(wildcard /var/lib/dpkg/status)

build/packages-%: Makefile tools/packages.sh $(DPKG_STATUS)
	@$(call need_packages,$($*_PACKAGES))

.PHONY: packages-test packages-clients packages-bench packages-lint packages-deb
packages-test: build/packages-TEST
packages-clients: build/packages-TEST build/packages-CLIENT
packages-bench: build/packages-TEST build/packages-BENCH
packages-lint: build/packages-TEST build/packages-LINT
packages-deb: build/packages-DEB

soname = readelf -d $$(pkg-config --variable=libdir $(1))/$(2).so | sed -n 's/.*SONAME.*\[\(.*\)\]/\1/p'
build/config.mk: build/packages-BUILD
	@{ $(foreach g,$(MODULE_GROUPS),\
	    pkg-config --exists --print-errors $($(g)_MODULES) && \
	    echo "$(g)_CFLAGS := $$(pkg-config --cflags $($(g)_MODULES))" && \
	    echo "$(g)_LIBS := $$(pkg-config --libs $($(g)_MODULES))" &&) \
	    echo "LIBZIP := $$($(call soname,libzip,libzip))" && echo "LIBGNUTLS := $$($(call soname,gnutls,libgnutls))"; } >$@

ifneq ($(filter-out clean help uninstall,$(or $(MAKECMDGOALS),all)),)
include build/config.mk
endif

# --- Objects, library, programs -------------------------------------------------------------------------------------

# Rewritten only when its text changes, so that other flags or a removed source rebuild what depends on them.
keep_if_same = mkdir -p $(@D) && printf '%s\n' '$(1)' | cmp -s - $@ || printf '%s\n' '$(1)' >$@
$(B)/flags: FORCE
	@$(call keep_if_same,$(CC) $(ALL_CFLAGS) / $(ALL_LDFLAGS))
$(B)/sources: FORCE
	@$(call keep_if_same,$(LIBRARY) $(ASSETS))

$(B)/gen/assets.c: $(ASSETS) tools/embed.sh $(B)/sources
	@mkdir -p $(@D)
	$(Q)tools/embed.sh $(@D) $(ASSETS)
$(B)/gen/assets.h: $(B)/gen/assets.c ;

define compile
	@mkdir -p $(@D)
	$(if $(V),,@echo "  CC    $@")
	$(Q)$(CC) $(ALL_CFLAGS) $(1) -MMD -MP -c -o $@ $<
endef
define link
	$(if $(V),,@echo "  LD    $@")
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ -Wl,--start-group $(filter %.o %.a,$^) $(1) -Wl,--end-group
endef
# Of what is linked with libhanchot.a.
ENGINE_LIBS = $(hanchot_LIBS) -l:libical.a -l:libmicrohttpd.a -lcsv -lm

# The notify and deliver folders are programs of their own, with libraries of their own.
$(B)/engine/notify/%.o: engine/notify/%.c $(B)/flags
	$(call compile,$(notify_CFLAGS))
$(B)/engine/deliver/%.o: engine/deliver/%.c $(B)/flags
	$(call compile,$(deliver_CFLAGS))
$(B)/%.o: %.c $(B)/flags | $(B)/gen/assets.h
	$(call compile,$(hanchot_CFLAGS) $(late_CFLAGS) $(within_CFLAGS))
$(B)/engine/intake/zip_library.o: hanchot_CFLAGS += -DLIBZIP='"$(LIBZIP)"'
$(B)/engine/publish/http_tls.o: hanchot_CFLAGS += -DLIBGNUTLS='"$(LIBGNUTLS)"'
$(B)/gen/%.o: $(B)/gen/%.c $(B)/flags
	$(call compile)

$(B)/libhanchot.a: $(LIBRARY:%.c=$(B)/%.o) $(B)/gen/assets.o $(B)/sources
	$(if $(V),,@echo "  AR    $@")
	$(Q)rm -f $@ && $(AR) rcsD $@ $(filter %.o,$^)

$(BIN)/hanchot: $(MAIN:%.c=$(B)/%.o) $(B)/libhanchot.a
	$(call link,$(ENGINE_LIBS))
$(BIN)/hanchot-notify: $(NOTIFY:%.c=$(B)/%.o) $(B)/libhanchot.a
	$(call link,$(notify_LIBS) $(ENGINE_LIBS))
$(BIN)/hanchot-deliver: $(DELIVER:%.c=$(B)/%.o) $(B)/libhanchot.a
	$(call link,$(deliver_LIBS) $(ENGINE_LIBS))

# --- Test programs --------------------------------------------------------------------------------------------------

.PHONY: unit-tests thread-tests client-tests soak-tests receivers
.SECONDARY:
unit-tests: $(UNIT_TESTS:%.c=$(B)/%)
thread-tests: $(THREAD_TESTS:%.c=$(B)/%)
client-tests: $(CLIENT_TESTS:%.c=$(B)/%)
soak-tests: $(SOAK_TESTS:%.c=$(B)/%)
receivers: $(RECEIVERS:%.c=$(B)/%)

$(B)/tests/unit/test_%: $(B)/tests/unit/test_%.o \
                        $(patsubst %.c,$(B)/%.o,$(call helpers,tests/unit/) $(DELIVER_PURE)) $(B)/libhanchot.a
	$(call link,-lcmocka $(ENGINE_LIBS) -lzip)
$(B)/tests/threads/test_%: $(B)/tests/threads/test_%.o $(patsubst %.c,$(B)/%.o,$(call helpers,tests/threads/)) $(B)/libhanchot.a
	$(call link,-lcmocka $(ENGINE_LIBS))
$(B)/tests/bench/%: $(B)/tests/bench/%.o
	$(call link,)
$(B)/tests/receivers/%: $(B)/tests/receivers/%.o
	$(call link,)
$(B)/tests/clients/%: $(B)/tests/clients/%.o
	$(call link,$(hanchot_LIBS) $(within_LIBS))
$(B)/tests/soak/%: $(B)/tests/soak/%.o
	$(call link,$(hanchot_LIBS))

# --- Lint -----------------------------------------------------------------------------------------------------------

SOURCES := $(ENGINE) $(NOTIFY) $(DELIVER) $(UNIT_TESTS) $(THREAD_TESTS) $(CLIENT_TESTS) $(SOAK_TESTS) $(RECEIVERS) \
           $(wildcard tests/bench/*.c) \
           $(call helpers,tests/unit/) $(call helpers,tests/threads/)
HEADERS := $(sort $(wildcard engine/*/*.h tests/*/*.h))
SCRIPTS := $(sort $(wildcard tools/*.sh tests/*.sh tests/*/*.sh tests/e2e/show .ci/run))
RULES   := $(sort $(shell find rules calendars -name '*.lua' 2>/dev/null))

.PHONY: lint-files lint-sanitized objects
lint-files: $(SOURCES:%=$(B)/%.tidy) $(SOURCES:%=$(B)/%.cppcheck) $(SOURCES:%=$(B)/%.format) $(HEADERS:%=$(B)/%.format) \
            $(SCRIPTS:%=$(B)/%.shell) $(RULES:%=$(B)/%.luac) lint-sanitized
lint-sanitized:
	@$(MAKE) -k VARIANT=lint/gcc-san SAN=address,undefined WERROR=1 objects
objects: $(SOURCES:%.c=$(B)/%.o)

# A stamp is made when the tool found nothing. The object, built with WERROR=1, stands for the source and its headers.
define stamp
	@mkdir -p $(@D)
	$(if $(V),,@echo "  $(1) $<")
	$(Q)$(2) && touch $@
endef
lint_flags = -std=c11 -D_GNU_SOURCE -Iengine -I$(B)
$(B)/%.c.tidy: %.c $(B)/%.o .clang-tidy
	$(call stamp,TIDY ,clang-tidy --quiet --warnings-as-errors='*' $< -- $(lint_flags) -DLIBZIP='"$(LIBZIP)"' -DLIBGNUTLS='"$(LIBGNUTLS)"' $(hanchot_CFLAGS) $(late_CFLAGS) $(within_CFLAGS) $(notify_CFLAGS) \
	    $(deliver_CFLAGS) 2>&1)
$(B)/%.c.cppcheck: %.c $(B)/%.o
	$(call stamp,CHECK,cppcheck --quiet --std=c11 --enable=warning$(comma)performance$(comma)portability \
	    --error-exitcode=1 --inline-suppr --suppress=missingIncludeSystem \
	    -Iengine -I$(B) $<)
$(B)/%.format: % .clang-format
	$(call stamp,STYLE,clang-format --dry-run -Werror $<)
$(B)/%.shell: %
	$(call stamp,SHELL,shellcheck -S warning -x -P SCRIPTDIR $<)
$(B)/%.luac: %
	$(call stamp,LUA  ,luac5.4 -p $<)

-include $(shell find $(B) -name '*.d' 2>/dev/null)
