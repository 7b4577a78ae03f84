/* What add and edit, entries and the status verbs read from the command line. */
#ifndef CARNET_COMMANDS_ENTRY_OPTIONS_H
#define CARNET_COMMANDS_ENTRY_OPTIONS_H

#include "commands/command.h"
#include "logbook/entries.h"

/* The options that say what an entry is; NULL: not given. All strings are as
 * typed (bytes from outside), owned (entry_options_clear). */
typedef struct {
  char *text, *kind, *title, *language, *place, *place_id, *author, *attribution, *priority, *expires, *date, *parent,
      *sound, *status, *endorsements;
  char **links;
} EntryOptions;

#define ENTRY_OPTION_COUNT 16
/* Writes ENTRY_OPTION_COUNT rows that fill `options` to `rows`. */
void entry_options_rows(EntryOptions *options, GOptionEntry *rows);
void entry_options_clear(EntryOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(EntryOptions, entry_options_clear)
bool entry_options_given(const EntryOptions *options);
/* Sets the fields of `entry` that were given; an empty value takes the field away. INPUT names the option. */
bool entry_options_apply(Session *session, const EntryOptions *options, Entry *entry, GError **error);

/* The options that choose entries. */
typedef struct {
  char *date, *from, *until, *kind, *status, *place, *source, *search, *priority;
  gint64 limit;
} FilterOptions;

#define FILTER_OPTION_COUNT 10
void filter_options_rows(FilterOptions *options, GOptionEntry *rows);
void filter_options_clear(FilterOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FilterOptions, filter_options_clear)
bool filter_options_given(const FilterOptions *options);
/* The filter borrows from `options`, whose days become ISO days. */
bool filter_options_read(Session *session, FilterOptions *options, EntryFilter *filter, GError **error);

/* An entry's number as typed. 0 with USAGE when it is none. */
gint64 entry_id_parse(const char *text, GError **error);
/* Outside text, made clean UTF-8 and trimmed. Returns (g_free), or NULL with `name: …`. */
char *clean_argument(const char *name, const char *value, GError **error);

#endif
