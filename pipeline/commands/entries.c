#include "base/text.h"
#include "commands/entry_options.h"
#include "commands/entry_print.h"
#include "commands/logbook_commands.h"
#include "commands/output.h"

#include <errno.h>
#include <stdio.h>

static bool run_entries(Session *session, int argc, char **argv, GError **error);

const Command command_entries = {
    .name = "entries",
    .group = N_("The logbook"),
    .summary = N_("List the logbook's entries"),
    .usage = "",
    .help = N_("Lists entries by day, then number. --json prints an array of objects.\n\n"
               "Examples:\n"
               "  carnet entries --date today --status pending\n"
               "  carnet entries --from 2020-03-16 --search \"marée quai\" --json"),
    .run = run_entries,
};

/* Prints as it goes: no more than one entry is in memory. */
static bool print_json(const Entry *entry, gpointer user) {
  guint *count = user;
  g_autofree char *json = entry_json(entry, false);
  printf("%s%s", (*count)++ > 0 ? ",\n" : "[\n", json);
  return !ferror(stdout) && !session_interrupted();
}

/* A table holds all its rows to know its widths: a long list is several tables. */
#define TABLE_ROWS 2000

typedef struct {
  Table *table;
  guint rows;
} Listing;

static Table *new_table(void) {
  const char *headings[] = {_("id"), _("date"), _("kind"), _("status"), _("place"), _("text"), NULL};
  return table_new(headings);
}

static void print_full_table(Listing *listing) {
  table_print(listing->table, stdout);
  table_free(listing->table);
  listing->table = new_table();
  listing->rows = 0;
}

static bool add_to_table(const Entry *entry, gpointer user) {
  Listing *listing = user;
  if (listing->rows == TABLE_ROWS)
    print_full_table(listing);
  g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, entry->id);
  g_autofree char *summary = entry_summary(entry);
  const char *cells[] = {id,
                         entry->date,
                         _(entry_kind_name(entry->kind)),
                         _(entry_status_name(entry->status)),
                         entry->place != NULL ? entry->place : "",
                         summary,
                         NULL};
  table_add(listing->table, cells);
  listing->rows++;
  return !ferror(stdout) && !session_interrupted();
}

static bool list_as_json(Store *store, const EntryFilter *filter, GError **error) {
  guint count = 0;
  if (!entries_each(store, filter, print_json, &count, error))
    return false;
  puts(count > 0 ? "\n]" : "[]");
  (void)fflush(stdout);
  if (!ferror(stdout))
    return true;
  carnet_error_set_errno(error, errno, "%s", _("standard output"));
  return false;
}

static bool list_as_table(Store *store, const EntryFilter *filter, GError **error) {
  Listing listing = {.table = new_table()};
  bool ok = entries_each(store, filter, add_to_table, &listing, error);
  if (ok)
    table_print(listing.table, stdout);
  table_free(listing.table);
  return ok;
}

static bool run_entries(Session *session, int argc, char **argv, GError **error) {
  g_auto(FilterOptions) options = {0};
  EntryFilter filter;
  gboolean as_json = FALSE;
  GOptionEntry rows[FILTER_OPTION_COUNT + 2] = {
      [FILTER_OPTION_COUNT] = {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL}};
  filter_options_rows(&options, rows);
  if (!command_parse(&command_entries, rows, argc, argv, 0, 0, NULL, error) ||
      !filter_options_read(session, &options, &filter, error))
    return false;
  Store *store = session_store(session, error);
  if (store == NULL)
    return false;
  return as_json ? list_as_json(store, &filter, error) : list_as_table(store, &filter, error);
}
