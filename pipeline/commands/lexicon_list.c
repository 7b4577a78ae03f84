/* carnet lexicon list: the entries, with their lines. */
#include "commands/lexicon.h"

#include "base/json.h"
#include "base/text.h"
#include "commands/output.h"
#include "commands/reader.h"

#include <string.h>

static bool is_wanted(const LexiconEntry *entry, const char *word) {
  g_autofree char *have = text_fold(entry->word);
  g_autofree char *want = word ? text_fold(word) : NULL;
  return !want || strstr(have, want);
}

static void add_json(JsonBuilder *builder, const char *language, const LexiconEntry *entry, unsigned line) {
  json_builder_begin_object(builder);
  json_add_string(builder, "lexicon", language);
  json_add_int(builder, "line", line);
  json_add_string(builder, "word", entry->word);
  json_add_string(builder, "say", entry->say);
  json_add_string(builder, "ipa", entry->ipa);
  json_add_string(builder, "language", entry->language);
  json_add_bool(builder, "spell", entry->spell);
  json_add_string(builder, "first", entry->first);
  json_add_string(builder, "voice", entry->voice);
  json_add_bool(builder, "case", entry->exact);
  json_add_strv(builder, "before", entry->before);
  json_add_strv(builder, "after", entry->after);
  json_builder_end_object(builder);
}

static void add_row(Table *table, const char *language, const LexiconEntry *entry, unsigned line) {
  g_autofree char *place = g_strdup_printf("%s:%u", language, line);
  g_autofree char *way = lexicon_way(entry);
  g_autofree char *where = lexicon_where(entry);
  const char *const cells[] = {place, entry->word, way, where, NULL};
  table_add(table, cells);
}

/* Adds those of one file to the table, or to the JSON when there is no table. */
static bool list(const Station *station, const char *language, const char *word, Table *table, JsonBuilder *builder,
                 GError **error) {
  g_autoptr(Lexicon) lexicon = reader_lexicon(station, language, error);
  g_autofree unsigned *lines = lexicon_lines(lexicon);
  for (guint i = 0; i < lexicon_count(lexicon); i++) {
    const LexiconEntry *entry = lexicon_entry(lexicon, i);
    if (is_wanted(entry, word) && table) {
      add_row(table, language, entry, lines[i]);
    } else if (is_wanted(entry, word)) {
      add_json(builder, language, entry, lines[i]);
    }
  }
  return lexicon != NULL;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  g_autofree char *language = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
      {"language", 'l', 0, G_OPTION_ARG_STRING, &language, N_("Of this language alone (all)"), N_("LANG")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };
  if (!command_parse(&command_lexicon_list, entries, argc, argv, 0, 1, &arguments, error) ||
      !lexicon_check_language("--language", language, error)) {
    return false;
  }
  const Station *station = session_station(session, error);
  g_autoptr(GPtrArray) languages = station ? lexicon_languages(station, language, error) : NULL;
  const char *const headings[] = {_("line"), _("word"), _("how it is said"), _("where"), NULL};
  g_autoptr(Table) table = json ? NULL : table_new(headings);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  bool ok = languages != NULL;
  for (guint i = 0; ok && i < languages->len; i++) {
    ok = list(station, languages->pdata[i], arguments[0], table, builder, error);
  }
  json_builder_end_array(builder);
  if (ok && json) {
    g_autofree char *text = json_text(builder, true);
    printf("%s\n", text);
  } else if (ok) {
    table_print(table, stdout);
  }
  return ok;
}

const Command command_lexicon_list = {
    .name = "lexicon list",
    .group = N_("The voice"),
    .summary = N_("List what the lexicons say"),
    .usage = N_("[WORD]"),
    .help = N_("With WORD: those that hold it, accents and capitals apart. \"fr:12\" is line 12 of\n"
               "voices/lexicon.fr.yaml.\n\n"
               "  carnet lexicon list\n"
               "  carnet lexicon list framapad --language fr"),
    .run = run,
};
