/* carnet lexicon test: does each entry change what is heard? */
#include "commands/lexicon.h"

#include "base/text.h"
#include "commands/output.h"
#include "commands/reader.h"
#include "speech/clips.h"

#include <string.h>

/* One run. */
typedef struct {
  const Station *station;
  NurseryPool *speakers;
  char *const *words; /* NULL ended; none: all */
  GHashTable *found;  /* of `words` (borrowed) */
  Table *table;
  guint tested, same;
} Test;

/* The word of the command line that names it, NULL: none. */
static const char *wanted(const Test *test, const LexiconEntry *entry) {
  g_autofree char *have = g_utf8_casefold(entry->word, -1);
  for (guint i = 0; test->words[i]; i++) {
    g_autofree char *nfc = text_nfc(test->words[i]);
    g_autoptr(GString) plain = g_string_new(nfc);
    g_string_replace(plain, "\342\200\231", "'", 0);
    g_autofree char *want = g_utf8_casefold(plain->str, -1);
    if (strcmp(have, want) == 0) {
      return test->words[i];
    }
  }
  return NULL;
}

static void add_row(Test *test, const char *place, const char *word, const char *plain, const char *said,
                    const char *note) {
  const char *const cells[] = {place, word, plain, said, note, NULL};
  table_add(test->table, cells);
}

/* One entry with the lexicon and without; what holds in a context alone has none here. */
static bool try_entry(Test *test, const Lexicon *lexicon, const LexiconEntry *entry, const Teller *teller,
                      const char *place, GError **error) {
  if (entry->before || entry->after) {
    g_autofree char *where = lexicon_where(entry);
    add_row(test, place, entry->word, "", "", where);
    return true;
  }
  g_autofree char *plain = teller_ipa(teller, NULL, entry->word, false, error);
  g_autofree char *said = plain ? teller_ipa(teller, lexicon, entry->word, entry->first != NULL, error) : NULL;
  if (!said) {
    return false;
  }
  bool same = teller_same(plain, said);
  test->same += same ? 1 : 0;
  add_row(test, place, entry->word, plain, said, same ? _("changes nothing") : "");
  return true;
}

static bool try_lexicon(Test *test, const char *language, GError **error) {
  g_autoptr(Lexicon) lexicon = reader_lexicon(test->station, language, error);
  g_autofree unsigned *lines = lexicon_lines(lexicon);
  bool ok = lexicon != NULL;
  for (guint i = 0; ok && i < lexicon_count(lexicon); i++) {
    const LexiconEntry *entry = lexicon_entry(lexicon, i);
    const char *word = wanted(test, entry);
    if (test->words[0] && !word) {
      continue;
    }
    if (word) {
      g_hash_table_add(test->found, (gpointer)word);
    }
    g_auto(Teller) teller = {0};
    g_autofree char *place = g_strdup_printf("%s:%u", language, lines[i]);
    ok = teller_open(&teller, test->station, test->speakers, language, entry->voice, error) &&
         try_entry(test, lexicon, entry, &teller, place, error);
    if (!ok) {
      g_prefix_error(error, "voices/lexicon.%s.yaml:%u: ", language, lines[i]);
    }
    test->tested++;
  }
  return ok;
}

static bool all_found(const Test *test, GError **error) {
  for (guint i = 0; test->words[i]; i++) {
    if (!g_hash_table_contains(test->found, test->words[i])) {
      g_autofree char *shown = text_printable(test->words[i]);
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                  _("\"%s\" is not in the lexicon (\"carnet lexicon list\" shows what is)"), shown);
      return false;
    }
  }
  return true;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  g_autofree char *language = NULL;
  const GOptionEntry entries[] = {
      {"language", 'l', 0, G_OPTION_ARG_STRING, &language, N_("Of this language alone (all)"), N_("LANG")},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };
  if (!command_parse(&command_lexicon_test, entries, argc, argv, 0, -1, &arguments, error) ||
      !lexicon_check_language("--language", language, error)) {
    return false;
  }
  const char *const headings[] = {_("line"), _("word"), _("without"), _("with"), "", NULL};
  g_autoptr(Table) table = table_new(headings);
  g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
  Test test = {.words = arguments, .found = found, .table = table};
  test.station = session_station(session, error);
  g_autoptr(NurseryPool) speakers = test.station ? speaker_start(1, true, error) : NULL;
  g_autoptr(GPtrArray) languages = speakers ? lexicon_languages(test.station, language, error) : NULL;
  test.speakers = speakers;
  bool ok = languages != NULL;
  for (guint i = 0; ok && i < languages->len; i++) {
    ok = try_lexicon(&test, languages->pdata[i], error);
  }
  if (!ok) {
    return false;
  }
  table_print(table, stdout);
  if (test.same > 0) {
    print_note(session->quiet, ngettext("%u entry of %u changes nothing", "%u entries of %u change nothing", test.same),
               test.same, test.tested);
  }
  return all_found(&test, error);
}

const Command command_lexicon_test = {
    .name = "lexicon test",
    .group = N_("The voice"),
    .summary = N_("Show what each entry of the lexicon changes"),
    .usage = N_("[WORD…]"),
    .help = N_("Loads the lexicons, and shows what eSpeak NG says of each word without its entry and with it,\n"
               "by the language's usual voice or the entry's own. A mistake is shown with its file, line and\n"
               "column; exit status 3.\n\n"
               "  carnet lexicon test\n"
               "  carnet lexicon test EHPAD plutôt"),
    .run = run,
};
