/* carnet lexicon check: which words of a text, or of a day's entries, may be misread. */
#include "commands/lexicon.h"

#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "commands/output.h"
#include "commands/reader.h"
#include "logbook/entries.h"
#include "speech/clips.h"
#include "speech/doubt.h"

#include <inttypes.h>
#include <string.h>

#define MAX_TEXT_BYTES (4u << 20)
#define MOST_HEARD 200 /* doubts that eSpeak is asked about: who has more reads those first */

/* A word that is left, and where it stands. */
typedef struct {
  Doubt *doubt;
  gint64 entry; /* 0: the text of the command line */
  char *ipa;
  char *remedy; /* options of carnet lexicon add */
} Finding;

static void finding_free(gpointer data) {
  Finding *finding = data;
  doubt_free(finding->doubt);
  g_free(finding->ipa);
  g_free(finding->remedy);
  g_free(finding);
}

/* One run. */
typedef struct {
  const Station *station;
  NurseryPool *speakers;
  GHashTable *lexicons; /* language → Lexicon */
  GHashTable *seen;     /* language and word → Finding (borrowed), NULL: settled */
  GPtrArray *findings;
} Check;

/* --- finding ---------------------------------------------------------------------- */

static const Lexicon *lexicon_for(Check *check, const char *language, GError **error) {
  Lexicon *lexicon = g_hash_table_lookup(check->lexicons, language);
  if (!lexicon) {
    lexicon = reader_lexicon(check->station, language, error);
    if (lexicon) {
      g_hash_table_insert(check->lexicons, g_strdup(language), lexicon);
    }
  }
  return lexicon;
}

/* With the lexicon that is meant, when it is not the station's own. Returns (g_free). */
static char *whole_remedy(const Check *check, const Doubt *doubt, const char *language) {
  g_autofree char *remedy = doubt_remedy(doubt);
  g_autofree char *own = reader_lexicon_path(check->station, check->station->language);
  g_autofree char *path = reader_lexicon_path(check->station, language);
  gsize letters = 0; /* a line to type holds nothing else of it */
  while (g_ascii_isalpha(language[letters])) {
    letters++;
  }
  bool is_own = strcmp(own, path) == 0;
  return g_strdup_printf("%s%s%.*s", remedy, is_own ? "" : " --lexicon-language ", is_own ? 0 : (int)letters, language);
}

/* Takes `doubt`. */
static bool keep(Check *check, Doubt *doubt, const char *language, const Lexicon *lexicon, gint64 entry,
                 GError **error) {
  g_autofree char *key = g_strdup_printf("%s\n%s", language, doubt->word);
  gpointer known;
  if (g_hash_table_lookup_extended(check->seen, key, NULL, &known)) {
    if (known) {
      ((Finding *)known)->doubt->times += doubt->times;
    }
    doubt_free(doubt);
    return true;
  }
  Finding *finding = g_new0(Finding, 1);
  *finding = (Finding){doubt, entry, NULL, whole_remedy(check, doubt, language)};
  g_auto(Teller) teller = {0};
  bool ok = true;
  if (check->findings->len < MOST_HEARD) {
    ok = teller_open(&teller, check->station, check->speakers, language, NULL, error);
    finding->ipa = ok ? teller_ipa(&teller, lexicon, doubt->word, false, error) : NULL;
    ok = finding->ipa != NULL;
  }
  bool is_left = ok && !(finding->ipa && doubt_is_settled(doubt, finding->ipa));
  g_hash_table_insert(check->seen, g_steal_pointer(&key), is_left ? finding : NULL);
  if (is_left) {
    g_ptr_array_add(check->findings, finding);
  } else {
    finding_free(finding);
  }
  return ok;
}

static bool check_text(Check *check, const char *text, const char *language, gint64 entry, GError **error) {
  const Lexicon *lexicon = lexicon_for(check, language, error);
  if (!lexicon) {
    return false;
  }
  GPtrArray *doubts = doubts_find(text, language, lexicon);
  g_ptr_array_set_free_func(doubts, NULL);
  bool ok = true;
  for (guint i = 0; i < doubts->len; i++) {
    if (ok) {
      ok = keep(check, doubts->pdata[i], language, lexicon, entry, error);
    } else {
      doubt_free(doubts->pdata[i]);
    }
  }
  g_ptr_array_unref(doubts);
  return ok;
}

/* What may be heard of the entries of a day: title, text and place. */
static bool check_day(Check *check, Session *session, const char *date, const char *language, GError **error) {
  g_autofree char *day = session_day(session, date, error);
  Store *store = day ? session_store(session, error) : NULL;
  EntryFilter filter = ENTRY_FILTER_ALL;
  filter.date_from = filter.date_until = day;
  g_autoptr(GPtrArray) entries = store ? entries_find(store, &filter, error) : NULL;
  bool ok = entries != NULL;
  for (guint i = 0; ok && i < entries->len; i++) {
    const Entry *entry = entries->pdata[i];
    const char *const texts[] = {entry->title, entry->text, entry->place};
    const char *own = language ? language : entry->language && *entry->language ? entry->language : NULL;
    bool is_heard = entry->status != STATUS_REJECTED && entry->status != STATUS_WITHDRAWN;
    for (guint j = 0; ok && is_heard && j < G_N_ELEMENTS(texts); j++) {
      ok = !texts[j] || check_text(check, texts[j], own ? own : check->station->language, entry->id, error);
    }
  }
  return ok;
}

static bool check_argument(Check *check, const char *argument, const char *language, GError **error) {
  g_autoptr(GBytes) bytes = strcmp(argument, "-") == 0 ? file_read("-", MAX_TEXT_BYTES, error) : NULL;
  g_autofree char *text = bytes                        ? text_from_outside(_("standard input"), bytes, NULL, error)
                          : strcmp(argument, "-") == 0 ? NULL
                                                       : g_utf8_make_valid(argument, -1);
  return text && check_text(check, text, language ? language : check->station->language, 0, error);
}

/* --- telling ------------------------------------------------------------------------ */

static void print_json(const GPtrArray *findings) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (guint i = 0; i < findings->len; i++) {
    const Finding *finding = findings->pdata[i];
    json_builder_begin_object(builder);
    json_add_string(builder, "word", finding->doubt->word);
    json_add_string(builder, "reason", doubt_reason_name(finding->doubt->reason));
    json_add_string(builder, "letters", finding->doubt->detail);
    json_add_int(builder, "times", finding->doubt->times);
    json_add_int(builder, "entry", finding->entry);
    json_add_int(builder, "line", finding->doubt->line);
    json_add_int(builder, "column", finding->doubt->column);
    json_add_string(builder, "context", finding->doubt->context);
    json_add_string(builder, "ipa", finding->ipa);
    json_add_string(builder, "remedy", finding->remedy);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *text = json_text(builder, true);
  printf("%s\n", text);
}

static void print_finding(const Finding *finding) {
  const Doubt *doubt = finding->doubt;
  g_autofree char *word = style_text(stdout, STYLE_BOLD, doubt->word);
  g_autofree char *context = text_printable(doubt->context);
  g_autofree char *letters = *doubt->detail ? g_strdup_printf(" (%s)", doubt->detail) : g_strdup("");
  g_autofree char *place = finding->entry ? g_strdup_printf(_("entry %" PRId64), finding->entry)
                                          : g_strdup_printf(_("line %u, column %u"), doubt->line, doubt->column);
  printf("%s  %s%s\n", word, doubt_reason(doubt), letters);
  printf("    %s: %s\n", place, context);
  if (finding->ipa) {
    printf(_("    eSpeak NG says [%s]\n"), finding->ipa);
  }
  const char *quote = strchr(doubt->word, '\'') ? "\"" : ""; /* else letters and digits alone */
  printf("    carnet lexicon add %s%s%s %s\n", quote, doubt->word, quote, finding->remedy);
}

/* What is left is somebody's to settle: INPUT. */
static bool tell(const GPtrArray *findings, bool json, GError **error) {
  if (json) {
    print_json(findings);
  }
  for (guint i = 0; !json && i < findings->len; i++) {
    print_finding(findings->pdata[i]);
  }
  if (findings->len > 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                ngettext("%u word may be misread", "%u words may be misread", findings->len), findings->len);
  }
  return findings->len == 0;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  g_autofree char *language = NULL;
  g_autofree char *date = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
      {"date", 'd', 0, G_OPTION_ARG_STRING, &date, N_("The entries of this day instead of a text"), N_("DAY")},
      {"language", 'l', 0, G_OPTION_ARG_STRING, &language, N_("Language of the text (the entry's, the station's)"),
       N_("TAG")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };
  if (!command_parse(&command_lexicon_check, entries, argc, argv, 0, 1, &arguments, error)) {
    return false;
  }
  if (!arguments[0] == !date) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("what is checked? a text, - or --date DAY"));
    return false;
  }
  Check check = {.station = session_station(session, error)};
  g_autoptr(NurseryPool) speakers = check.station ? speaker_start(1, true, error) : NULL;
  g_autoptr(GHashTable) lexicons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)lexicon_free);
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) findings = g_ptr_array_new_with_free_func(finding_free);
  check.speakers = speakers;
  check.lexicons = lexicons;
  check.seen = seen;
  check.findings = findings;
  bool ok = speakers && (date ? check_day(&check, session, date, language, error)
                              : check_argument(&check, arguments[0], language, error));
  return ok && tell(findings, json, error);
}

const Command command_lexicon_check = {
    .name = "lexicon check",
    .group = N_("The voice"),
    .summary = N_("Find the words that may be misread"),
    .usage = N_("[TEXT|-]"),
    .help = N_("Words that neither a rule nor the lexicon settles, and whose letters mislead eSpeak NG: sigles\n"
               "that it does not know, foreign letters and spellings, capitals or digits inside a word, no vowel.\n"
               "Each with the reason, its place, what is heard, and the line to type. It guesses: what you hear\n"
               "said well (carnet say WORD) needs nothing.\n"
               "Exit status: 0 nothing is left, 3 something is.\n\n"
               "  carnet lexicon check \"Un meeting à l'ENSA pour mon iPhone\"\n"
               "  carnet lexicon check - < annonces.txt\n"
               "  carnet lexicon check --date today"),
    .run = run,
};
