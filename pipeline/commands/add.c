#include "base/clock.h"
#include "base/files.h"
#include "base/text.h"
#include "commands/entry_options.h"
#include "commands/entry_print.h"
#include "commands/logbook_commands.h"
#include "sources/links.h"

#include <stdio.h>
#include <string.h>

static bool run_add(Session *session, int argc, char **argv, GError **error);

const Command command_add = {
    .name = "add",
    .group = N_("The logbook"),
    .summary = N_("Write an entry in the logbook"),
    .usage = N_("TEXT…|-"),
    .help = N_("Adds one entry and prints its number. The words of TEXT are joined by spaces;\n"
               "with \"-\" the text is read from standard input. The entry is pending until it is\n"
               "approved; --approve approves it at once, --status draft keeps it apart.\n\n"
               "Examples:\n"
               "  carnet add --kind problem --place Kervalan \"Le pont est fermé jusqu'à lundi.\"\n"
               "  carnet add --kind alert --priority urgent --approve \"Eau coupée ce soir à 20h.\""),
    .run = run_add,
};

static char *read_text(char **arguments, GError **error) {
  bool from_input = strcmp(arguments[0], "-") == 0 && arguments[1] == NULL;
  g_autofree char *joined = from_input ? NULL : g_strjoinv(" ", arguments);
  if (joined != NULL)
    return clean_argument("text", joined, error);
  g_autoptr(GBytes) bytes = file_read("-", ENTRY_MAX_TEXT, error);
  char *text = bytes != NULL ? text_from_outside("text", bytes, NULL, error) : NULL;
  return text != NULL ? g_strstrip(text) : NULL;
}

/* The addresses in the text are the entry's links too: they are not read aloud,
 * and notes and chapters need them. The text stays as it was written. */
static void keep_addresses(Entry *entry) {
  if (entry->links != NULL)
    return;
  g_autoptr(GPtrArray) links = g_ptr_array_new();
  g_free(links_take(entry->text, links)); /* the text itself stays */
  if (links->len == 0)
    return;
  g_ptr_array_add(links, NULL);
  entry->links = (char **)g_ptr_array_free(g_steal_pointer(&links), FALSE);
}

static Entry *make_entry(Session *session, const EntryOptions *options, char **arguments, GError **error) {
  const Station *station = session_station(session, error);
  if (station == NULL)
    return NULL;
  g_autoptr(Entry) entry = entry_new();
  entry->status = STATUS_PENDING;
  entry->kind = KIND_EXPERIENCE; /* the plainest: somebody tells something */
  entry->language = g_strdup(station->language);
  entry->date = zone_day(station->zone, clock_now_us());
  entry->text = read_text(arguments, error);
  if (entry->text == NULL || !entry_options_apply(session, options, entry, error))
    return NULL;
  keep_addresses(entry);
  return g_steal_pointer(&entry);
}

static bool print_added(Store *store, gint64 id, bool as_json, GError **error) {
  if (!as_json) {
    printf("%" G_GINT64_FORMAT "\n", id);
    return true;
  }
  g_autoptr(Entry) entry = entries_get(store, id, error);
  if (entry == NULL)
    return false;
  g_autofree char *json = entry_json(entry, true);
  puts(json);
  return true;
}

static bool run_add(Session *session, int argc, char **argv, GError **error) {
  g_auto(EntryOptions) options = {0};
  g_auto(GStrv) arguments = NULL;
  gboolean approve = FALSE, as_json = FALSE;
  GOptionEntry rows[ENTRY_OPTION_COUNT + 3] = {
      [ENTRY_OPTION_COUNT] = {"approve", 0, 0, G_OPTION_ARG_NONE, &approve, N_("Approved at once"), NULL},
      [ENTRY_OPTION_COUNT + 1] = {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print the entry as JSON"), NULL},
  };
  entry_options_rows(&options, rows);
  /* The text has its own place; the first row is --text, which only edit has. */
  if (!command_parse(&command_add, rows + 1, argc, argv, 1, -1, &arguments, error))
    return false;
  g_autoptr(Entry) entry = make_entry(session, &options, arguments, error);
  Store *store = entry != NULL ? session_store(session, error) : NULL;
  if (store == NULL)
    return false;
  if (approve)
    entry->status = STATUS_APPROVED;
  gint64 id = entries_add(store, entry, session_who(), error);
  return id != 0 && print_added(store, id, as_json, error);
}
