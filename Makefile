# carnet: from a logbook to the air. "make help" lists the targets.
#
#   make           build/carnet            make test     every test
#   make demo      a bulletin, on the air  make install  PREFIX= DESTDIR=
#
# Two builds may stand side by side: make BUILD=build/asan SANITIZE=1

BUILD   ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= gcc
VERSION := 0.1.0

ROOMS := base logbook sources editorial speech sound air podcast commands

# Plain data that rooms may share; everything else of a room stays in it.
TYPES := logbook/entry sources/draft editorial/rundown sound/packets

PKGS := glib-2.0 gio-2.0 libcyaml yaml-0.1 json-glib-1.0 icu-i18n icu-uc sqlite3 espeak-ng \
        libavformat libavfilter libavcodec libswresample libavutil libebur128 shout ogg

WARN   := -std=c17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wvla
CFLAGS ?= -O2 -g
# Libraries' own headers are not ours to mend: -isystem keeps our warnings for our code.
PKG_CFLAGS  = $(patsubst -I%,-isystem%,$(shell pkg-config --cflags $(PKGS)))
PKG_LIBS    = $(shell pkg-config --libs $(PKGS)) -lm
ALL_CFLAGS  = $(WARN) $(CFLAGS) -D_GNU_SOURCE -DG_LOG_DOMAIN='"carnet"' -DCARNET_VERSION='"$(VERSION)"' \
              -DCARNET_DATADIR='"$(PREFIX)/share/carnet"' -DCARNET_LOCALEDIR='"$(PREFIX)/share/locale"' \
              -Ipipeline $(PKG_CFLAGS) -pthread
ALL_LDFLAGS = $(LDFLAGS) -pthread -Wl,--as-needed

ifdef DEV
WARN += -Werror
endif
ifdef SANITIZE
CFLAGS  := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
LDFLAGS += -fsanitize=address,undefined
endif

sources_of = $(sort $(wildcard pipeline/$(1)/*.c))
objects_of = $(patsubst pipeline/%.c,$(BUILD)/obj/%.o,$(1))

TYPE_OBJS := $(TYPES:%=$(BUILD)/obj/%.o)
ROOM_LIBS := $(ROOMS:%=$(BUILD)/lib%.a) $(BUILD)/libtypes.a
SRCS      := $(foreach room,$(ROOMS),$(call sources_of,$(room))) pipeline/main.c
UNIT_SRCS := $(sort $(wildcard tests/unit/test_*.c))
UNITS     := $(UNIT_SRCS:tests/unit/%.c=$(BUILD)/tests/%)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDEXPANSION:
.PHONY: all deps

all: $(BUILD)/carnet

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

$(BUILD)/obj/%.o: pipeline/%.c Makefile
	@mkdir -p $(@D)
	@echo '  CC   $<'
	@$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# --- unit tests: tests/unit/test_ROOM_WHAT.c is linked with its room, base and types

room_of_test = $(BUILD)/lib$(word 2,$(subst _, ,$(1))).a

$(UNITS): $(BUILD)/tests/%: tests/unit/%.c $$(call room_of_test,$$*) $(BUILD)/libbase.a $(BUILD)/libtypes.a
	@mkdir -p $(@D)
	@echo '  TEST $@'
	@$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -Itests/unit -MMD -MP -MF $@.d -o $@ $< \
	  $(call room_of_test,$*) $(BUILD)/libtypes.a $(BUILD)/libbase.a $(PKG_LIBS)

unit: $(UNITS)
	prove --exec '' $(UNITS)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
