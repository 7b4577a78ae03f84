#include "base/clock.h"
#include "base/text.h"
#include "commands/entry_options.h"
#include "commands/entry_print.h"
#include "commands/logbook_commands.h"
#include "commands/output.h"
#include "logbook/revisions.h"

#include <stdio.h>

static bool run_show(Session *session, int argc, char **argv, GError **error);

const Command command_show = {
    .name = "show",
    .group = N_("The logbook"),
    .summary = N_("Show an entry, and its history"),
    .usage = N_("ID"),
    .help = N_("Shows all that the logbook holds of an entry; --history adds who changed what, when."),
    .run = run_show,
};

/* --- for people ------------------------------------------------------------- */

static void print_field(const char *name, const char *value) {
  if (value == NULL || *value == '\0')
    return;
  g_autofree char *shown = text_printable(value);
  g_autofree char *label = style_text(stdout, STYLE_DIM, name);
  printf(_("%s: %s\n"), label, shown);
}

/* Lines stay lines; all else goes the safe way to the terminal. */
static void print_text(const char *text) {
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  putchar('\n');
  for (char **line = lines; *line != NULL; line++) {
    g_autofree char *shown = text_printable(*line);
    puts(shown);
  }
}

static void print_instant(const Station *station, const char *name, gint64 instant_us) {
  g_autofree char *local = instant_us != 0 ? instant_local(station, instant_us) : NULL;
  print_field(name, local);
}

static void print_number(const char *name, gint64 value) {
  g_autofree char *text = value != 0 ? g_strdup_printf("%" G_GINT64_FORMAT, value) : NULL;
  print_field(name, text);
}

static void print_entry(const Station *station, const Entry *entry) {
  print_number(_("entry"), entry->id);
  print_field(_("date"), entry->date);
  print_field(_("kind"), _(entry_kind_name(entry->kind)));
  print_field(_("status"), _(entry_status_name(entry->status)));
  print_field(_("priority"), _(entry_priority_name(entry->priority)));
  print_field(_("title"), entry->title);
  print_field(_("language"), entry->language);
  print_field(_("place"), entry->place);
  print_field(_("place id"), entry->place_id);
  print_field(_("author"), entry->author);
  print_field(_("attribution"), _(attribution_name(entry->attribution)));
  print_number(_("endorsements"), entry->endorsements);
  print_number(_("answers entry"), entry->parent);
  print_instant(station, _("expires"), entry->expires_us);
  print_field(_("sound"), entry->sound);
  print_field(_("source"), entry->source_name);
  print_field(_("source address"), entry->source_url);
  for (char **link = entry->links; link != NULL && *link != NULL; link++)
    print_field(_("link"), *link);
  print_instant(station, _("created"), entry->created_us);
  print_instant(station, _("changed"), entry->changed_us);
  print_text(entry->text);
}

/* A revision's "edit place kind", word by word. Returns (g_free). */
static char *shown_change(const char *what) {
  g_auto(GStrv) words = g_strsplit(what, " ", -1);
  for (char **word = words; *word != NULL; word++) {
    char *shown = **word != '\0' ? g_strdup(_(*word)) : g_strdup("");
    g_free(*word);
    *word = shown;
  }
  return g_strjoinv(" ", words);
}

static void print_history(const Station *station, GPtrArray *history) {
  const char *headings[] = {_("when"), _("who"), _("what"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < history->len; i++) {
    const Revision *revision = history->pdata[i];
    g_autofree char *when = instant_local(station, revision->at_us);
    g_autofree char *what = shown_change(revision->what);
    const char *cells[] = {when, revision->who, what, NULL};
    table_add(table, cells);
  }
  putchar('\n');
  table_print(table, stdout);
}

/* --- for programs ----------------------------------------------------------- */

static void add_history(JsonBuilder *builder, GPtrArray *history) {
  json_builder_set_member_name(builder, "history");
  json_builder_begin_array(builder);
  for (guint i = 0; i < history->len; i++) {
    const Revision *revision = history->pdata[i];
    g_autofree char *at = instant_format(revision->at_us);
    json_builder_begin_object(builder);
    json_add_int(builder, "id", revision->id);
    json_add_string(builder, "at", at);
    json_add_string(builder, "who", revision->who);
    json_add_string(builder, "what", revision->what);
    json_builder_set_member_name(builder, "entry");
    json_builder_begin_object(builder);
    entry_json_members(builder, revision->entry);
    json_builder_end_object(builder);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
}

static void print_json(const Entry *entry, GPtrArray *history) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  entry_json_members(builder, entry);
  if (history != NULL)
    add_history(builder, history);
  json_builder_end_object(builder);
  g_autofree char *json = json_text(builder, true);
  puts(json);
}

static bool run_show(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  gboolean as_json = FALSE, with_history = FALSE;
  const GOptionEntry rows[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL},
                               {"history", 0, 0, G_OPTION_ARG_NONE, &with_history, N_("Who changed what, when"), NULL},
                               G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_show, rows, argc, argv, 1, 1, &arguments, error))
    return false;
  gint64 id = entry_id_parse(arguments[0], error);
  Store *store = id != 0 ? session_store(session, error) : NULL;
  g_autoptr(Entry) entry = store != NULL ? entries_get(store, id, error) : NULL;
  g_autoptr(GPtrArray) history = entry != NULL && with_history ? revisions_of(store, id, error) : NULL;
  if (entry == NULL || (with_history && history == NULL))
    return false;
  if (as_json) {
    print_json(entry, history);
    return true;
  }
  print_entry(session_station(session, NULL), entry);
  if (history != NULL)
    print_history(session_station(session, NULL), history);
  return true;
}
