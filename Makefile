# carnet: from a community's logbook to the air. "make help" lists the targets.

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0

# The rooms, in the order of the signal; see pipeline/README.md.
ROOMS := base schedule logbook sources editorial speech sound air podcast web desk daemon commands

# Plain data that rooms may share; everything else of a room stays in it.
TYPES := logbook/entry sources/draft editorial/rundown sound/packets

# libcurl's headers alone: it is opened when a web server is asked (base/curl.c).
PKGS := glib-2.0 gio-2.0 libcyaml yaml-0.1 json-glib-1.0 icu-i18n icu-uc libseccomp libical sqlite3 espeak-ng \
        libavformat libavcodec libswresample libavutil shout libcrypto ogg libmicrohttpd libxml-2.0 libqrencode libsodium

# -ffp-contract=off: no multiply-add where a compiler likes one, so that all of them mix the same bytes.
WARN   := -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wvla
# -O3: a bulletin takes 2 % less processor time than by -O2, whose loops over sound are not vectorized.
# -g1: lines, for who reads a backtrace; all of -g is a sixth of the compiling.
CFLAGS ?= -O3 -g1

ifdef DEV
WARN += -Werror
endif
ifdef SANITIZE
CFLAGS   = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
endif
ifdef FUZZ # libFuzzer sees which branches an input takes; tests/fuzz/run.sh
CC       = clang
CFLAGS   = -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
endif
ifdef COVERAGE # tests/coverage.sh; the header has the children that _exit tell what they ran
CFLAGS   = -O0 -g
COUNTED  = --coverage -fprofile-abs-path -fprofile-update=atomic -include tests/coverage.h \
           -DCARNET_COVERAGE='"$(abspath $(BUILD))"'
LDFLAGS += --coverage
endif

# Asked once, and only when something is compiled: a fresh machine has no
# pkg-config before "make deps". -isystem keeps our warnings for our code.
PKG_CFLAGS  = $(eval PKG_CFLAGS := $$(patsubst -I%,-isystem%,$$(shell pkg-config --cflags $(PKGS) libcurl)))$(PKG_CFLAGS)
PKG_LIBS    = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PKGS)) -lm)$(PKG_LIBS)
ALL_CFLAGS  = $(WARN) $(CFLAGS) -ffp-contract=off $(COUNTED) -D_GNU_SOURCE -DG_LOG_DOMAIN='"carnet"' -DCARNET_VERSION='"$(VERSION)"' \
              -Ipipeline $(PKG_CFLAGS) -pthread
ALL_LDFLAGS = $(LDFLAGS) -pthread -Wl,--as-needed

# gcc reads GLib's headers once, not once a file: a quarter of the compiling. Not for "make strict", where each file has
# to name what it includes.
READ_ONCE  := $(if $(DEV)$(COVERAGE),,$(if $(filter cc gcc,$(CC)),read_once.h))

sources_of = $(sort $(wildcard pipeline/$(1)/*.c))
objects_of = $(patsubst pipeline/%.c,$(BUILD)/obj/%.o,$(1))

TYPE_OBJS := $(TYPES:%=$(BUILD)/obj/%.o)
ROOM_LIBS := $(ROOMS:%=$(BUILD)/lib%.a) $(BUILD)/libtypes.a
SRCS      := $(foreach room,$(ROOMS),$(call sources_of,$(room))) pipeline/main.c
UNIT_SRCS := $(sort $(wildcard tests/unit/test_*.c))
UNITS     := $(UNIT_SRCS:tests/unit/%.c=$(BUILD)/tests/%)
TOOL_SRCS := $(sort $(wildcard tests/tools/*.c))
TOOLS     := $(TOOL_SRCS:tests/tools/%.c=$(BUILD)/tools/%)
FAULTS    := $(BUILD)/tools/fault.so
E2E        := $(sort $(wildcard tests/e2e/*.bats))
# First the two that listen to the air for minutes, beside them what works hardest; then the others that wait, one by one.
FIRST      := tests/e2e/air.bats tests/e2e/run.bats tests/e2e/bulletin.bats tests/e2e/robust.bats tests/e2e/faults.bats \
              tests/e2e/desk_browser.bats tests/e2e/exact.bats tests/e2e/pages.bats tests/e2e/system.bats $(BUILD)/tests/test_air_playout \
              tests/e2e/voices.bats tests/e2e/station_kills.bats tests/e2e/lexicon.bats $(BUILD)/tests/test_daemon_master \
              tests/e2e/air_faults.bats tests/e2e/desk.bats $(BUILD)/tests/test_web_answering
IN_ORDER    = $(FIRST) $(filter-out $(FIRST),$(E2E) $(UNITS))
CATALOGUES := $(patsubst po/%.po,$(BUILD)/locale/%/LC_MESSAGES/carnet.mo,$(sort $(wildcard po/*.po)))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDEXPANSION:
.PHONY: all help deps demo test test-deps check long unit e2e bench asan strict layers jingles po install uninstall clean \
        built tools soak station fuzz fuzzers coverage lint valgrind

all: $(BUILD)/carnet $(CATALOGUES)

help:
	@echo 'make              build $(BUILD)/carnet'
	@echo 'make demo         install what is missing, make a bulletin of the sample logbook, put it on the air'
	@echo 'make test         install what is missing, run the tests: less than five minutes'
	@echo 'make long         the tests that are left out of those five minutes'
	@echo 'make unit         the rooms alone        make e2e      the whole program, real servers'
	@echo 'make asan         every test under AddressSanitizer and UBSan'
	@echo 'make bench        the figures, side by side with espeak-ng and ffmpeg (QUICK=1: in a minute)'
	@echo 'make soak         everything goes wrong, for long (SECONDS=60)'
	@echo 'make station      a station left running, through every trouble, against what listeners record (MINUTES=30)'
	@echo 'make fuzz         hostile input by the million, with libFuzzer (SECONDS=60)'
	@echo 'make coverage     which branches the tests take; what is not covered, and why'
	@echo 'make lint         clang-format, cppcheck, clang-tidy'
	@echo 'make valgrind     memory, on the path from the logbook to the air'
	@echo 'make tools        the Debian packages that only these six need (of bench: what it is held against)'
	@echo 'make strict       gcc and clang, warnings are errors'
	@echo 'make layers       no room reaches where it should not'
	@echo 'make jingles      compose the station'"'"'s music again'
	@echo 'make po           bring the translations up to the messages of the sources'
	@echo 'make install      PREFIX=$(PREFIX) DESTDIR='
	@echo 'make deps         the Debian packages of pipeline/packages.txt that are missing'

# --- the program -----------------------------------------------------------

$(BUILD)/carnet: $(BUILD)/obj/main.o $(ROOM_LIBS)
	@echo '  LINK $@'
	@$(CC) $(ALL_LDFLAGS) -o $@ $< -Wl,--start-group $(ROOM_LIBS) -Wl,--end-group $(PKG_LIBS)

define room_rule
$(BUILD)/lib$(1).a: $(filter-out $(TYPE_OBJS),$(call objects_of,$(call sources_of,$(1))))
	@rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach room,$(ROOMS),$(eval $(call room_rule,$(room))))

$(BUILD)/libtypes.a: $(TYPE_OBJS)
	@rm -f $@ && ar rcs $@ $^

# The pages' style and script, in the program.
SITE := $(wildcard pipeline/podcast/site/*)
$(BUILD)/gen/site.c: $(SITE)
	@mkdir -p $(@D)
	@glib-compile-resources --generate-source --manual-register --c-name=carnet_site --sourcedir=pipeline/podcast/site --target=$@ pipeline/podcast/site/site.gresource.xml

$(BUILD)/obj/podcast/site.o: $(BUILD)/gen/site.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(PKG_CFLAGS) -c -o $@ $<

$(BUILD)/libpodcast.a: $(BUILD)/obj/podcast/site.o

# The desk's, the same way.
DESK := $(wildcard pipeline/desk/static/*)
$(BUILD)/gen/desk.c: $(DESK)
	@mkdir -p $(@D)
	@glib-compile-resources --generate-source --manual-register --c-name=carnet_desk --sourcedir=pipeline/desk/static --target=$@ pipeline/desk/static/static.gresource.xml

$(BUILD)/obj/desk/static_files.o: $(BUILD)/gen/desk.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(PKG_CFLAGS) -c -o $@ $<

$(BUILD)/libdesk.a: $(BUILD)/obj/desk/static_files.o

$(BUILD)/obj/%.o: pipeline/%.c | $(addprefix $(BUILD)/obj/,$(READ_ONCE:=.gch))
	@mkdir -p $(@D)
	@echo '  CC   $<'
	@$(CC) $(ALL_CFLAGS) $(addprefix -include $(BUILD)/obj/,$(READ_ONCE)) -MMD -MP -c -o $@ $<

# The tests' own is another: a header that was read is good for one -O.
$(BUILD)/tests/read_once.h.gch: OPT = $(TEST_OPT)
$(BUILD)/obj/read_once.h.gch $(BUILD)/tests/read_once.h.gch:
	@mkdir -p $(@D)
	@printf '#include <%s>\n' gio/gio.h glib/gstdio.h string.h >$(@:.gch=)
	@$(CC) $(ALL_CFLAGS) $(OPT) -x c-header -o $@ $(@:.gch=)

$(BUILD)/locale/%/LC_MESSAGES/carnet.mo: po/%.po
	@mkdir -p $(@D)
	@msgfmt --check -o $@ $<

# --- tests -----------------------------------------------------------------
# tests/unit/test_ROOM_WHAT.c is linked with its room, the base and the types alone; commands/ and daemon/ join all rooms.

CORES = $(shell nproc)
LANES ?= 4

# Where the scripts of tests/ find what is tested.
TESTED = CARNET=$(abspath $(BUILD)/carnet) TOOLS=$(abspath $(BUILD)/tools) TESTS=$(abspath $(BUILD)/tests)

TEST_LIBS := -lebur128 # another meter, to hold ours against
TEST_OPT  := -O0       # of the tests themselves: what is compiled once is not run often
# Linking more than a hundred of them takes longer than compiling them; gold is binutils' quicker one.
TEST_LINK  = $(eval TEST_LINK := $$(if $$(shell command -v ld.gold),-fuse-ld=gold))$(TEST_LINK)

room_of_test = $(if $(filter test_commands_% test_daemon_%,$(1)),$(ROOM_LIBS),$(BUILD)/lib$(word 2,$(subst _, ,$(1))).a)

$(UNITS): $(BUILD)/tests/%: tests/unit/%.c $$(call room_of_test,$$*) $(BUILD)/libbase.a $(BUILD)/libtypes.a \
    | $(addprefix $(BUILD)/tests/,$(READ_ONCE:=.gch))
	@mkdir -p $(@D)
	@echo '  TEST $@'
	@$(CC) $(ALL_CFLAGS) $(TEST_OPT) $(addprefix -include $(BUILD)/tests/,$(READ_ONCE)) $(ALL_LDFLAGS) $(TEST_LINK) -Itests/unit -MMD -MP -MF $@.d -o $@ $< \
	  -Wl,--start-group $(call room_of_test,$*) $(BUILD)/libtypes.a $(BUILD)/libbase.a -Wl,--end-group \
	  $(PKG_LIBS) $(TEST_LIBS)

$(TOOLS): $(BUILD)/tools/%: tests/tools/%.c
	@mkdir -p $(@D)
	@$(CC) $(WARN) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed -o $@ $< -lm -lseccomp

# Loaded before the program's libraries; AddressSanitizer has a malloc of its own.
$(FAULTS): tests/faults/fault.c
	@mkdir -p $(@D)
	@$(CC) $(WARN) -O2 -g -fPIC -shared -D_GNU_SOURCE $(if $(SANITIZE),-DFAULT_NO_ALLOC) -o $@ $< -ldl -lsqlite3

deps:
	@sh pipeline/deps.sh pipeline/packages.txt

test-deps:
	@sh tests/pages/deps.sh

test: deps test-deps
	@$(MAKE) --no-print-directory check

built: all $(UNITS) $(TOOLS) $(FAULTS)

# Four lanes more than processors, for those that wait. Real servers and real time are in it: what fails beside five others
# is said, and of a bats script that alone is run once more by itself; what is broken fails again.
# Of a test that is tagged "long" another one asks the same in short: "make long" runs them, "make check LONG=too" all.
check: layers
	@$(MAKE) --no-print-directory -j $(CORES) built
	@rm -f .prove
	@export $(TESTED) LONG=$(LONG); prove -j $$(($(CORES) + $(LANES))) --timer --state=save --exec tests/run $(ASKED) || \
	  { echo '== once more, by itself, what failed beside others'; AGAIN=1 prove --timer --state=failed --exec tests/run; }

LONG_ONES = $(shell grep -l '^# bats test_tags=long' $(E2E)) \
            $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(shell grep -l g_test_slow $(UNIT_SRCS)))
ASKED     = $(if $(filter only,$(LONG)),$(LONG_ONES),$(IN_ORDER))

long:
	@$(MAKE) --no-print-directory check LONG=only

unit: $(UNITS)
	@$(TESTED) prove -j 2 --exec tests/run $(UNITS)

e2e: all $(TOOLS) $(FAULTS)
	@$(TESTED) prove --timer --exec tests/run $(E2E)

bench: deps
	@$(MAKE) --no-print-directory all $(TOOLS) $(BUILD)/tests/test_logbook_candidates
	@$(TESTED) bash tests/bench/run.sh $(if $(QUICK),--quick) $(BUILD)

# The libraries' own leaks are not ours to mend: tests/lsan.supp names them.
# (ASan measures the whole text in each strstr: what is linear would not be.)
asan:
	@ASAN_OPTIONS=detect_leaks=1:intercept_strstr=0 LSAN_OPTIONS=suppressions=$(abspath tests/lsan.supp):print_suppressions=0 \
	  $(MAKE) --no-print-directory check LONG=too BUILD=build/asan SANITIZE=1

# --- longer than a test: each is a script of its own, given the build's folder

SECONDS = 60
unexport SECONDS # bash has a clock of this name

# What bench, soak, fuzz, coverage, lint and valgrind need beyond "make deps".
tools:
	@sh pipeline/deps.sh tests/packages.txt

soak: built
	@$(TESTED) bash tests/soak/run.sh $(SECONDS)

MINUTES ?= 30
station: all $(TOOLS) $(FAULTS)
	@$(TESTED) bash tests/soak/station.sh $(MINUTES)

fuzz:
	@bash tests/fuzz/run.sh $(SECONDS)

# A target is a main of libFuzzer's (FUZZ=1); pump, child and speak have one of their own.
FUZZ_NAMES := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))

fuzzers: $(FUZZ_NAMES:%=$(BUILD)/fuzz_%)

$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(wildcard tests/fuzz/*.h) $(ROOM_LIBS)
	@echo '  FUZZ $@'
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -fsanitize=fuzzer -o $@ $< \
	  -Wl,--start-group $(ROOM_LIBS) -Wl,--end-group $(PKG_LIBS)

$(BUILD)/pump $(BUILD)/child $(BUILD)/speak: $(BUILD)/%: tests/fuzz/%.c $(wildcard tests/fuzz/*.[ch]) $(ROOM_LIBS)
	@echo '  FUZZ $@'
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< -Wl,--start-group $(ROOM_LIBS) -Wl,--end-group $(PKG_LIBS)

coverage:
	@bash tests/coverage.sh build/coverage

lint:
	@bash tests/lint.sh

valgrind: all
	@$(TESTED) bash tests/valgrind.sh

strict:
	@$(MAKE) --no-print-directory -j $(CORES) DEV=1 CC=gcc BUILD=build/gcc build/gcc/carnet
	@if command -v clang >/dev/null; then \
	  $(MAKE) --no-print-directory -j $(CORES) DEV=1 CC=clang BUILD=build/clang build/clang/carnet; \
	else echo 'strict: clang is not installed, gcc alone was asked'; fi

layers:
	@sh tests/layers.sh

demo: deps
	@$(MAKE) --no-print-directory all
	@$(TESTED) bash tests/demo.sh $(abspath build/demo)

# --- the station's music: the same score gives the same bytes, with every compiler and processor

JINGLES := ouverture virgule fermeture nappe alerte

$(BUILD)/compose: voices/jingles/compose.c voices/jingles/score.h
	@mkdir -p $(@D)
	$(CC) $(WARN) -O2 -ffp-contract=off -o $@ $< -lm

jingles: $(BUILD)/compose
	@mkdir -p $(BUILD)/jingles
	$(BUILD)/compose $(BUILD)/jingles
	set -e; for name in $(JINGLES); do \
	  ffmpeg -nostdin -v error -y -cpuflags 0 -i $(BUILD)/jingles/$$name.wav -map_metadata -1 -fflags +bitexact \
	    -flags:a +bitexact -c:a flac -compression_level 8 voices/jingles/$$name.flac; \
	done

# --- translations: messages are English in the sources

# Neither dates nor line numbers: a catalogue changes when a message does.
$(BUILD)/carnet.pot: $(SRCS)
	@mkdir -p $(@D)
	@xgettext --from-code=UTF-8 --add-comments=TRANSLATORS --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
	  --package-name=carnet --sort-by-file --add-location=file --no-wrap -o - $(SRCS) | sed '/^"POT-Creation-Date/d' >$@

po: $(BUILD)/carnet.pot
	@for file in po/*.po; do \
	  msgmerge --quiet --no-wrap --no-fuzzy-matching --add-location=file --update --backup=none $$file $<; \
	  msgattrib --no-obsolete --no-wrap --output-file=$$file $$file; \
	  msgfmt --check --statistics -o /dev/null $$file; done

# --- installing ------------------------------------------------------------

SAMPLE := station.yaml voices scripts schedules

install: all
	install -D -m 755 $(BUILD)/carnet $(DESTDIR)$(PREFIX)/bin/carnet
	install -D -m 644 pipeline/man/carnet.1 $(DESTDIR)$(PREFIX)/share/man/man1/carnet.1
	install -D -m 644 pipeline/man/carnet.fr.1 $(DESTDIR)$(PREFIX)/share/man/fr/man1/carnet.1
	install -D -m 644 pipeline/man/carnet.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/carnet
	install -D -m 644 pipeline/system/carnet@.service $(DESTDIR)$(PREFIX)/lib/systemd/system/carnet@.service
	sed -i 's|/usr/local/bin|$(PREFIX)/bin|' $(DESTDIR)$(PREFIX)/lib/systemd/system/carnet@.service
	install -D -m 644 pipeline/system/carnet.sysusers $(DESTDIR)$(PREFIX)/lib/sysusers.d/carnet.conf
	install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/doc/carnet pipeline/system/icecast.xml pipeline/system/Caddyfile pipeline/system/nginx.conf
	set -e; for file in $$({ git ls-files $(SAMPLE) 2>/dev/null || find $(SAMPLE) -type f; } | grep -v '\.[ch]$$'); do \
	  install -D -m 644 $$file $(DESTDIR)$(PREFIX)/share/carnet/station/$$file; done
	set -e; cd $(BUILD) && for file in $$(find locale -name '*.mo'); do \
	  install -D -m 644 $$file $(DESTDIR)$(PREFIX)/share/$$file; done

uninstall:
	rm -rf $(DESTDIR)$(PREFIX)/bin/carnet $(DESTDIR)$(PREFIX)/share/carnet $(DESTDIR)$(PREFIX)/share/man/man1/carnet.1 \
	  $(DESTDIR)$(PREFIX)/share/man/fr/man1/carnet.1 $(DESTDIR)$(PREFIX)/share/doc/carnet \
	  $(DESTDIR)$(PREFIX)/lib/systemd/system/carnet@.service $(DESTDIR)$(PREFIX)/lib/sysusers.d/carnet.conf \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/carnet $(DESTDIR)$(PREFIX)/share/locale/*/LC_MESSAGES/carnet.mo

clean:
	rm -rf build

-include $(shell find $(BUILD)/obj $(BUILD)/tests -name '*.d' 2>/dev/null)
