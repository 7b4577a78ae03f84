/* carnet lexicon: how words are said. Its four verbs are files of their own (lexicon_list.c…). */
#include "commands/lexicon.h"

#include "commands/reader.h"
#include "commands/speech_commands.h"
#include "speech/clips.h"
#include "speech/normalise.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* --- who says ------------------------------------------------------------------ */

bool teller_open(Teller *teller, const Station *station, NurseryPool *speakers, const char *language,
                 const char *voice_name, GError **error) {
  teller->speakers = speakers;
  teller->voice = reader_voice(station, voice_name ? voice_name : reader_usual_voice(language), error);
  teller->language = g_strdup(language);
  return teller->voice != NULL;
}

void teller_clear(Teller *teller) {
  g_clear_pointer(&teller->voice, voice_free);
  g_clear_pointer(&teller->language, g_free);
}

char *teller_ipa(const Teller *teller, const Lexicon *lexicon, const char *text, bool in_full, GError **error) {
  g_autoptr(GHashTable) mentioned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  LexiconUse use = {teller->voice->name, in_full ? mentioned : NULL};
  g_autofree char *spoken = normalise_said(text, teller->language, lexicon, &use);
  char *ipa = speaker_ipa(teller->speakers, teller->voice, spoken, error);
  return ipa ? g_strdelimit(ipa, "\n", ' ') : NULL;
}

/* Without stress, breaks and spaces. Returns (g_free). */
static char *bare_sounds(const char *ipa) {
  GString *sounds = g_string_new(NULL);
  for (const char *p = ipa; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (c != ' ' && c != '-' && c != '_' && c != 0x2c8 && c != 0x2cc) {
      g_string_append_unichar(sounds, c);
    }
  }
  return g_string_free(sounds, FALSE);
}

bool teller_same(const char *ipa, const char *other) {
  g_autofree char *one = bare_sounds(ipa);
  g_autofree char *two = bare_sounds(other);
  return strcmp(one, two) == 0;
}

/* --- an entry in words --------------------------------------------------------- */

static void append_part(GString *out, const char *format, const char *value) G_GNUC_PRINTF(2, 0);
static void append_part(GString *out, const char *format, const char *value) {
  if (value) {
    g_string_append(out, out->len > 0 ? ", " : "");
    g_string_append_printf(out, format, value);
  }
}

char *lexicon_way(const LexiconEntry *entry) {
  GString *way = g_string_new(NULL);
  append_part(way, "say \"%s\"", entry->say);
  append_part(way, "ipa /%s/", entry->ipa);
  append_part(way, "language %s", entry->language);
  append_part(way, "%s", entry->spell ? "spell" : NULL);
  append_part(way, "first \"%s\"", entry->first);
  return g_string_free(way, FALSE);
}

char *lexicon_where(const LexiconEntry *entry) {
  GString *where = g_string_new(NULL);
  g_autofree char *before = entry->before ? g_strjoinv(" | ", entry->before) : NULL;
  g_autofree char *after = entry->after ? g_strjoinv(" | ", entry->after) : NULL;
  append_part(where, "voice %s", entry->voice);
  append_part(where, "before %s", before);
  append_part(where, "after %s", after);
  append_part(where, "%s", entry->exact ? "case" : NULL);
  return g_string_free(where, FALSE);
}

/* --- the files ------------------------------------------------------------------ */

bool lexicon_check_language(const char *option, const char *language, GError **error) {
  bool ok = !language || (strlen(language) >= 2 && strlen(language) <= 8);
  for (const char *p = language ? language : ""; ok && *p; p++) {
    ok = g_ascii_isalpha(*p);
  }
  if (!ok) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("%s: write a language as fr, en or es"), option);
  }
  return ok;
}

static gint compare_names(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *lexicon_languages(const Station *station, const char *only, GError **error) {
  g_autoptr(GPtrArray) languages = g_ptr_array_new_with_free_func(g_free);
  if (only) {
    g_ptr_array_add(languages, g_ascii_strdown(only, -1));
    return g_steal_pointer(&languages);
  }
  g_autofree char *folder = station_path(station, "voices", NULL);
  if (access(folder, R_OK | X_OK) != 0) {
    carnet_error_set_errno(error, errno, "%s", folder);
    return NULL;
  }
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_auto(GStrv) parts = g_strsplit(name, ".", -1);
    if (g_strv_length(parts) == 3 && strcmp(parts[0], "lexicon") == 0 && strcmp(parts[2], "yaml") == 0 &&
        lexicon_check_language("", parts[1], NULL)) {
      g_ptr_array_add(languages, g_strdup(parts[1]));
    }
  }
  g_ptr_array_sort(languages, compare_names);
  return g_steal_pointer(&languages);
}

/* --- the verb --------------------------------------------------------------------- */

static const struct {
  const char *name;
  const Command *command;
} verbs[] = {
    {"list", &command_lexicon_list},
    {"add", &command_lexicon_add},
    {"test", &command_lexicon_test},
    {"check", &command_lexicon_check},
};

static bool run(Session *session, int argc, char **argv, GError **error) {
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS(verbs); i++) {
    if (strcmp(argv[1], verbs[i].name) == 0) {
      return verbs[i].command->run(session, argc - 1, argv + 1, error);
    }
  }
  g_auto(GStrv) arguments = NULL;
  if (!command_parse(&command_lexicon, NULL, argc, argv, 1, -1, &arguments, error)) {
    return false;
  }
  g_autofree char *shown = g_strescape(arguments[0], NULL);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("\"%s\" is none of list, add, test, check"), shown);
  return false;
}

const Command command_lexicon = {
    .name = "lexicon",
    .group = N_("The voice"),
    .summary = N_("Find words that are misread, and say how they are said"),
    .usage = "list|add|test|check …",
    .help = N_("The lexicon is voices/lexicon.LANGUAGE.yaml, a line a word; voices/README.md tells what may stand\n"
               "in it. What is added is heard at once, in the next bulletin.\n\n"
               "  carnet lexicon check --date today         words of the day that may be misread\n"
               "  carnet lexicon add CLSPD --spell          one of them is settled\n"
               "  carnet lexicon add Fañch --say \"fanche\"   another\n"
               "  carnet lexicon test CLSPD                 is it heard?\n"
               "  carnet lexicon list net                   what there is with \"net\" in it\n\n"
               "\"carnet lexicon add --help\" tells of one of them."),
    .run = run,
};
