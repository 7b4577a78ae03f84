/* carnet lexicon add: a word more, at the end of the file; what is there stays byte for byte. */
#include "commands/lexicon.h"

#include "base/files.h"
#include "base/optional.h"
#include "base/text.h"
#include "base/yaml.h"
#include "commands/output.h"
#include "commands/reader.h"
#include "speech/clips.h"

#include <glib/gstdio.h>
#include <string.h>

#define LOCK_WAIT_MS 10000

typedef struct {
  char *say, *ipa, *language, *first, *voice, *match, *lexicon;
  gboolean spell;
} Options;

static void options_clear(Options *options) {
  g_free(options->say);
  g_free(options->ipa);
  g_free(options->language);
  g_free(options->first);
  g_free(options->voice);
  g_free(options->match);
  g_free(options->lexicon);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static bool fail_usage(GError **error, const char *message) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, "%s", message);
  return false;
}

/* One way of saying it, and values that the loader would tell of by lines nobody wrote. */
static bool check(const Options *options, GError **error) {
  int ways = (options->say && !options->language) + (options->ipa != NULL) + (options->language != NULL) +
             (options->spell ? 1 : 0);
  const char *match = options->match;
  if (ways == 0 && !options->first) {
    return fail_usage(error, _("how is it said? --say, --ipa, --spell, --language or --first"));
  }
  if (ways > 1) {
    return fail_usage(error, _("--say, --ipa, --spell and --language: one of them (--say may go with --language)"));
  }
  if (match && strcmp(match, "any") != 0 && strcmp(match, "sensitive") != 0) {
    return fail_usage(error, _("--case is any or sensitive"));
  }
  return lexicon_check_language("--lexicon-language", options->lexicon, error);
}

static void append_value(GString *line, const char *key, const char *value) {
  g_autofree char *quoted = value ? text_yaml_quote(value) : NULL;
  if (quoted) {
    g_string_append_printf(line, ", %s: %s", key, quoted);
  }
}

/* One line of YAML: every value is quoted, whatever stands in it. Returns (g_free). */
static char *line_of(const char *word, const Options *options) {
  g_autofree char *quoted = text_yaml_quote(word);
  GString *line = g_string_new(NULL);
  g_string_append_printf(line, "- {word: %s", quoted);
  append_value(line, "say", options->say);
  append_value(line, "ipa", options->ipa);
  append_value(line, "language", options->language);
  g_string_append(line, options->spell ? ", spell: yes" : "");
  append_value(line, "first", options->first);
  append_value(line, "voice", options->voice);
  if (options->match) {
    g_string_append_printf(line, ", case: %s", options->match);
  }
  g_string_append(line, "}\n");
  return g_string_free(line, FALSE);
}

static Lexicon *parse(const char *path, const char *text, gsize nbytes, GError **error) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, nbytes);
  return lexicon_parse(path, bytes, error);
}

/* The entry alone: what is wrong with it is told without a place, which nobody has seen. */
static Lexicon *parse_line(const char *path, const char *line, GError **error) {
  g_autoptr(GError) why = NULL;
  Lexicon *alone = parse(path, line, strlen(line), &why);
  if (!alone) {
    g_autofree char *place = g_strdup_printf("%s:1:", path);
    const char *message = why->message;
    const char *after = g_str_has_prefix(message, place) ? strstr(message + strlen(place), ": ") : NULL;
    g_set_error_literal(error, CARNET_ERROR, why->code, after ? after + 2 : message);
  }
  return alone;
}

static bool refuse_twin(const Lexicon *there, const Lexicon *alone, const char *path, GError **error) {
  const LexiconEntry *twin = lexicon_twin(there, lexicon_entry(alone, 0));
  if (!twin) {
    return true;
  }
  g_autofree unsigned *lines = lexicon_lines(there);
  g_autofree char *shown = text_printable(twin->word);
  g_autofree char *way = lexicon_way(twin);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: \"%s\" is there already, as %s: change that line"),
              path, lines[twin->index], shown, way);
  return false;
}

/* The file with the line at its end; checked as a whole before it is in place. Returns the new
 * lexicon (lexicon_free), or NULL; `*there` is the old one. */
static Lexicon *publish(const char *path, const char *line, Lexicon **there, GError **error) {
  bool is_file = !optional_is_missing(path);
  g_autoptr(GBytes) old = is_file ? file_read(path, YAML_MAX_BYTES, error) : g_bytes_new_static("", 0);
  g_autoptr(Lexicon) alone = old ? parse_line(path, line, error) : NULL;
  if (!alone) {
    return NULL;
  }
  gsize nbytes;
  const char *data = g_bytes_get_data(old, &nbytes);
  g_autoptr(GString) text = g_string_new_len(data, (gssize)nbytes);
  g_string_append(text, nbytes > 0 && text->str[nbytes - 1] != '\n' ? "\n" : "");
  g_string_append(text, line);
  *there = lexicon_load(path, NULL); /* one with comments alone is no list yet: the whole tells what is wrong */
  if (*there && !refuse_twin(*there, alone, path, error)) {
    return NULL;
  }
  g_autoptr(Lexicon) whole = parse(path, text->str, text->len, error);
  GStatBuf status = {.st_mode = 0644};
  bool has_mode = is_file && g_stat(path, &status) == 0;
  if (!whole || !file_write(path, text->str, (gssize)text->len, has_mode ? status.st_mode & 0777 : 0644, error)) {
    return NULL;
  }
  return g_steal_pointer(&whole);
}

static bool tell(const Teller *teller, const char *path, const char *word, const Lexicon *before, const Lexicon *after,
                 GError **error) {
  g_autofree char *was = teller_ipa(teller, before, word, false, error);
  g_autofree char *is = was ? teller_ipa(teller, after, word, true, error) : NULL;
  if (!is) {
    return false;
  }
  g_autofree unsigned *lines = lexicon_lines(after);
  g_autofree char *shown = text_printable(word);
  g_autofree char *file = g_path_get_basename(path);
  printf("voices/%s:%u: %s  [%s] → [%s]\n", file, lines[lexicon_count(after) - 1], shown, was, is);
  if (teller_same(was, is)) {
    print_note(false, _("it was said so already"));
  }
  return true;
}

static bool add(const Station *station, NurseryPool *speakers, const char *word, const Options *options,
                GError **error) {
  const char *language = options->lexicon ? options->lexicon : station->language;
  g_autofree char *path = reader_lexicon_path(station, language);
  g_autofree char *lock_path = station_path(station, "voices", ".lexicon.lock", NULL);
  g_autofree char *line = line_of(word, options);
  g_auto(Teller) teller = {0};
  if (!teller_open(&teller, station, speakers, language, options->voice, error)) {
    return false;
  }
  g_autoptr(FileLock) lock = file_lock_take(lock_path, LOCK_WAIT_MS, error);
  g_autoptr(Lexicon) before = NULL;
  g_autoptr(Lexicon) after = lock ? publish(path, line, &before, error) : NULL;
  return after && tell(&teller, path, word, before, after, error);
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(Options) options = {0};
  g_auto(GStrv) arguments = NULL;
  const GOptionEntry entries[] = {
      {"say", 0, 0, G_OPTION_ARG_STRING, &options.say, N_("Written so that it is read well"), N_("WORDS")},
      {"ipa", 0, 0, G_OPTION_ARG_STRING, &options.ipa, N_("Its sounds"), "IPA"},
      {"spell", 0, 0, G_OPTION_ARG_NONE, &options.spell, N_("Letter by letter"), NULL},
      {"language", 0, 0, G_OPTION_ARG_STRING, &options.language, N_("Read as in this language: en, es, eu…"),
       N_("TAG")},
      {"first", 0, 0, G_OPTION_ARG_STRING, &options.first, N_("In full, the first time in a bulletin"), N_("WORDS")},
      {"voice", 0, 0, G_OPTION_ARG_STRING, &options.voice, N_("For this voice alone"), N_("NAME")},
      {"case", 0, 0, G_OPTION_ARG_STRING, &options.match,
       N_("any: capitals or not; sensitive: as written (that, with two capitals)"), "any|sensitive"},
      {"lexicon-language", 0, 0, G_OPTION_ARG_STRING, &options.lexicon,
       N_("Into the lexicon of this language (the station's)"), N_("LANG")},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };
  if (!command_parse(&command_lexicon_add, entries, argc, argv, 1, 1, &arguments, error) || !check(&options, error)) {
    return false;
  }
  const Station *station = session_station(session, error);
  g_autoptr(NurseryPool) speakers = station ? speaker_start(1, false, error) : NULL;
  return speakers && add(station, speakers, arguments[0], &options, error);
}

const Command command_lexicon_add = {
    .name = "lexicon add",
    .group = N_("The voice"),
    .summary = N_("Say how a word is said"),
    .usage = N_("WORD"),
    .help = N_("A line is added to voices/lexicon.LANGUAGE.yaml, and what eSpeak NG says before and after is\n"
               "shown. A word that is there already is refused: its line is to be changed by hand.\n\n"
               "  carnet lexicon add EHPAD --say \"épade\"            as if it were written so\n"
               "  carnet lexicon add plutôt --ipa plyto             by its sounds\n"
               "  carnet lexicon add CCAS --spell --first \"le CCAS, centre communal d'action sociale\"\n"
               "  carnet lexicon add \"open data\" --language en      as the English say it\n"
               "  carnet lexicon add Zoom --say zoume --case sensitive    not \"un zoom\""),
    .run = run,
};
