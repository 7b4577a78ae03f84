/* Reading voices/lexicon.LANG.yaml: every mistake is told at its line and column. */
#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/language.h"
#include "base/optional.h"
#include "base/yaml.h"
#include "speech/ipa.h"
#include "speech/lexicon_context.h"
#include "speech/lexicon_private.h"

#include <string.h>

#define MAX_ENTRIES 100000
#define MAX_ALIKE 50 /* entries for one word: each is looked at wherever the word stands */
#define MAX_WORD_BYTES 200
#define MAX_SAY_BYTES 1000
#define MAX_PATTERNS 200

typedef enum { CASE_BY_WORD, CASE_ANY, CASE_SENSITIVE } CaseRule;

/* One line of the file. */
typedef struct {
  char *word, *say, *ipa, *language, *first, *voice;
  int match; /* CaseRule */
  int spell; /* YAML_YES_NO */
  char **before, **after;
  unsigned before_count, after_count;
} EntryText;

static const cyaml_strval_t case_names[] = {{"any", CASE_ANY}, {"sensitive", CASE_SENSITIVE}};
static const cyaml_schema_value_t pattern_value = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, MAX_WORD_BYTES)};

#define TEXT(key, flags, least, most)                                                                                  \
  CYAML_FIELD_STRING_PTR(#key, CYAML_FLAG_POINTER | (flags), EntryText, key, least, most)
#define PATTERNS(key)                                                                                                  \
  CYAML_FIELD_SEQUENCE(#key, CYAML_FLAG_OPTIONAL | CYAML_FLAG_POINTER, EntryText, key, &pattern_value, 1, MAX_PATTERNS)

static const cyaml_schema_field_t entry_fields[] = {
    TEXT(word, 0, 1, MAX_WORD_BYTES),
    TEXT(say, CYAML_FLAG_OPTIONAL, 0, MAX_SAY_BYTES),
    TEXT(ipa, CYAML_FLAG_OPTIONAL, 1, MAX_WORD_BYTES),
    TEXT(language, CYAML_FLAG_OPTIONAL, 2, 35),
    TEXT(first, CYAML_FLAG_OPTIONAL, 1, MAX_SAY_BYTES),
    TEXT(voice, CYAML_FLAG_OPTIONAL, 1, MAX_WORD_BYTES),
    YAML_SWITCH("spell", EntryText, spell),
    CYAML_FIELD_ENUM("case", CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL, EntryText, match, case_names,
                     CYAML_ARRAY_LEN(case_names)),
    PATTERNS(before),
    PATTERNS(after),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t entry_value = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, EntryText, entry_fields)};
static const cyaml_schema_value_t lexicon_schema = {
    CYAML_VALUE_SEQUENCE(CYAML_FLAG_POINTER, EntryText, &entry_value, 0, MAX_ENTRIES)};

/* The file, the entry that is read, and whose language it is. */
typedef struct {
  const YamlFile *file;
  guint index;
  const char *language;
} Place;

static bool fail_at(const Place *place, const char *key, GError **error, const char *format, ...) G_GNUC_PRINTF(4, 5);
static bool fail_at(const Place *place, const char *key, GError **error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *where = g_strdup_printf("[%u]%s%s", place->index, *key ? "." : "", key);
  yaml_error_at(error, place->file, where, "%s", message);
  return false;
}

/* As the normaliser writes words: composed, with the plain apostrophe. Returns (g_free); NULL stays NULL. */
static char *as_normalised(const char *text) {
  g_autofree char *nfc = text ? g_utf8_normalize(text, -1, G_NORMALIZE_NFC) : NULL;
  g_auto(GStrv) parts = nfc ? g_strsplit(nfc, "\342\200\231", -1) : NULL;
  return parts ? g_strjoinv("'", parts) : NULL;
}

/* --- checks ---------------------------------------------------------------------- */

/* Nobody says a control, a sign of direction or a private-use character: the latter would be signs of spoken.h. */
static bool is_unsayable(gunichar c) {
  static const GUnicodeType types[] = {G_UNICODE_PRIVATE_USE, G_UNICODE_CONTROL, G_UNICODE_FORMAT,
                                       G_UNICODE_LINE_SEPARATOR, G_UNICODE_PARAGRAPH_SEPARATOR};
  bool is_one = c < 0x80 && strchr("{|}", (int)c);
  for (guint i = 0; i < G_N_ELEMENTS(types); i++) {
    is_one |= g_unichar_type(c) == types[i];
  }
  return is_one;
}

static bool check_text(const Place *place, const char *key, const char *text, GError **error) {
  for (const char *p = text ? text : ""; *p; p = g_utf8_next_char(p)) {
    if (is_unsayable(g_utf8_get_char(p))) {
      return fail_at(place, key, error, _("U+%04X cannot be said"), g_utf8_get_char(p));
    }
  }
  return true;
}

static bool check_ipa(const Place *place, const char *ipa, GError **error) {
  const char *wrong;
  g_autofree char *names = ipa ? ipa_to_espeak(ipa, place->language, &wrong) : NULL;
  if (!ipa || names) {
    return true;
  }
  if (!wrong) {
    return fail_at(place, "ipa", error, _("no sounds of the language \"%s\" are known: use \"say\""), place->language);
  }
  g_autofree char *sound = g_strndup(wrong, (gsize)(g_utf8_next_char(wrong) - wrong));
  return fail_at(place, "ipa", error, _("\"%s\" is no sound of the language (\"%s\" has those of eSpeak NG)"),
                 *wrong ? sound : ipa, place->language);
}

static bool check_language(const Place *place, const char *tag, GError **error) {
  return !tag || language_is_known(tag) ||
         fail_at(place, "language", error, _("\"%s\" is no language (\"en\", \"es\", \"br\"…)"), tag);
}

static bool check_patterns(const Place *place, const char *key, char **patterns, unsigned count, GError **error) {
  for (unsigned i = 0; i < count; i++) {
    const char *wrong = context_check(patterns[i]);
    if (wrong) {
      g_autofree char *where = g_strdup_printf("%s[%u]", key, i);
      return fail_at(place, where, error, "\"%s\": %s", patterns[i], wrong);
    }
  }
  return true;
}

/* How it is said, by one way alone. */
static bool check_ways(const Place *place, const EntryText *text, GError **error) {
  int ways = (text->say && !text->language) + (text->ipa != NULL) + (text->language != NULL) + (text->spell == 1);
  if (ways == 0 && !text->first) {
    return fail_at(place, "", error,
                   _("how is \"%s\" said? \"say\", \"ipa\", \"language\", \"spell\" or \"first\" is missing"),
                   text->word);
  }
  return ways < 2 || fail_at(place, "", error, _("\"%s\" is said in more than one way"), text->word);
}

static bool check_entry(const Place *place, const EntryText *text, GError **error) {
  return check_ways(place, text, error) && check_text(place, "word", text->word, error) &&
         check_text(place, "say", text->say, error) && check_text(place, "first", text->first, error) &&
         check_ipa(place, text->ipa, error) && check_language(place, text->language, error) &&
         check_patterns(place, "before", text->before, text->before_count, error) &&
         check_patterns(place, "after", text->after, text->after_count, error);
}

/* --- entries --------------------------------------------------------------------- */

static bool has_two_capitals(const char *word) {
  guint capitals = 0;
  for (const char *p = word; *p; p = g_utf8_next_char(p)) {
    capitals += g_unichar_isupper(g_utf8_get_char(p)) ? 1 : 0;
  }
  return capitals >= 2;
}

/* "le CCAS, centre communal…" → "CCAS, centre…": the text has its own article. */
static char *without_article(const char *first) {
  static const char *const articles[] = {"le ",  "la ", "les ", "l'",  "un ",  "une ", "des ", "du ",
                                         "the ", "a ",  "an ",  "el ", "los ", "las ", "una "};
  if (!first) {
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS(articles); i++) {
    if (g_ascii_strncasecmp(first, articles[i], strlen(articles[i])) == 0) {
      return g_strdup(first + strlen(articles[i]));
    }
  }
  return g_strdup(first);
}

/* Small letters: what they are compared with is so too. */
static char **lower_patterns(char **patterns, unsigned count) {
  char **lower = count > 0 ? g_new0(char *, count + 1) : NULL;
  for (unsigned i = 0; i < count; i++) {
    g_autofree char *plain = as_normalised(patterns[i]);
    lower[i] = g_utf8_strdown(plain, -1);
  }
  return lower;
}

static LexiconEntry *entry_new(const EntryText *text, char *word) {
  g_autofree char *first = as_normalised(text->first);
  LexiconEntry *entry = g_new0(LexiconEntry, 1);
  *entry =
      (LexiconEntry){.word = word,
                     .say = as_normalised(text->say),
                     .ipa = as_normalised(text->ipa),
                     .language = g_strdup(text->language),
                     .first = without_article(first),
                     .voice = g_strdup(text->voice),
                     .before = lower_patterns(text->before, text->before_count),
                     .after = lower_patterns(text->after, text->after_count),
                     .exact = text->match == CASE_SENSITIVE || (text->match == CASE_BY_WORD && has_two_capitals(word)),
                     .spell = text->spell == 1};
  return entry;
}

static bool same_patterns(char *const *a, char *const *b) {
  return a && b ? g_strv_equal((const char *const *)a, (const char *const *)b) : a == b;
}

static bool is_same(const LexiconEntry *a, const LexiconEntry *b) {
  return a->exact == b->exact && g_strcmp0(a->voice, b->voice) == 0 && same_patterns(a->before, b->before) &&
         same_patterns(a->after, b->after) && (!a->exact || strcmp(a->word, b->word) == 0);
}

static bool add_entry(Lexicon *lexicon, const Place *place, const EntryText *text, GError **error) {
  g_autofree char *word = as_normalised(text->word);
  if (!word || !context_is_word_character(g_utf8_get_char(word))) {
    return fail_at(place, "word", error, _("a word begins with a letter or a digit"));
  }
  if (!check_entry(place, text, error)) {
    return false;
  }
  LexiconEntry *entry = entry_new(text, g_steal_pointer(&word));
  entry->index = place->index;
  const GPtrArray *alike = lexicon_add(lexicon, entry);
  for (guint i = 0; i < alike->len; i++) {
    const LexiconEntry *other = g_ptr_array_index(alike, i);
    if (other != entry && is_same(other, entry)) {
      g_autofree char *where = g_strdup_printf("[%u]", other->index);
      return fail_at(place, "word", error, _("\"%s\" is there twice (line %u)"), entry->word,
                     yaml_line_of(place->file, where, NULL));
    }
  }
  return alike->len <= MAX_ALIKE ||
         fail_at(place, "word", error, _("\"%s\": more than %d entries for one word"), entry->word, MAX_ALIKE);
}

/* "voices/lexicon.fr.yaml" → "fr". */
static char *language_of(const char *path) {
  g_autofree char *name = g_path_get_basename(path);
  g_auto(GStrv) parts = g_strsplit(name, ".", -1);
  return g_strdup(g_strv_length(parts) == 3 ? parts[1] : "");
}

/* `file` is taken; NULL is an empty one. */
static Lexicon *build(YamlFile *file, const char *path, GError **error) {
  g_autoptr(Lexicon) lexicon = lexicon_new(file);
  g_autofree char *language = language_of(path);
  for (guint i = 0; file && i < file->count; i++) {
    Place place = {file, i, language};
    if (!add_entry(lexicon, &place, (const EntryText *)file->data + i, error)) {
      return NULL;
    }
  }
  return g_steal_pointer(&lexicon);
}

Lexicon *lexicon_parse(const char *path, GBytes *text, GError **error) {
  YamlFile *file = yaml_file_parse(path, text, &lexicon_schema, error);
  return file ? build(file, path, error) : NULL;
}

Lexicon *lexicon_load(const char *path, GError **error) {
  if (optional_is_missing(path)) {
    return build(NULL, path, error);
  }
  YamlFile *file = yaml_file_load(path, &lexicon_schema, error);
  return file ? build(file, path, error) : NULL;
}

const LexiconEntry *lexicon_twin(const Lexicon *lexicon, const LexiconEntry *entry) {
  g_autofree char *word = g_utf8_casefold(entry->word, -1);
  for (guint i = 0; i < lexicon_count(lexicon); i++) {
    const LexiconEntry *other = lexicon_entry(lexicon, i);
    g_autofree char *folded = g_utf8_casefold(other->word, -1);
    if (strcmp(word, folded) == 0 && is_same(other, entry)) {
      return other;
    }
  }
  return NULL;
}
