#include "speech/lexicon.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/yaml.h"

#include <string.h>

#define MAX_ENTRIES 100000
#define MAX_WORD_BYTES 200
#define MAX_SAY_BYTES 1000

typedef enum { CASE_BY_WORD, CASE_ANY, CASE_SENSITIVE } CaseRule;

/* One line of the file. */
typedef struct {
  char *word, *say;
  int match; /* CaseRule */
} EntryText;

typedef struct {
  char *word; /* NFC; small letters unless `exact` */
  char *say;
  bool exact;
} LexiconEntry;

struct Lexicon {
  GHashTable *by_first; /* first word in small letters → GPtrArray of LexiconEntry*, longest first */
  guint count;
};

static const cyaml_strval_t case_names[] = {{"any", CASE_ANY}, {"sensitive", CASE_SENSITIVE}};

static const cyaml_schema_field_t entry_fields[] = {
    CYAML_FIELD_STRING_PTR("word", CYAML_FLAG_POINTER, EntryText, word, 1, MAX_WORD_BYTES),
    CYAML_FIELD_STRING_PTR("say", CYAML_FLAG_POINTER, EntryText, say, 0, MAX_SAY_BYTES),
    CYAML_FIELD_ENUM("case", CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL, EntryText, match, case_names,
                     CYAML_ARRAY_LEN(case_names)),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t entry_value = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, EntryText, entry_fields)};
static const cyaml_schema_value_t lexicon_schema = {
    CYAML_VALUE_SEQUENCE(CYAML_FLAG_POINTER, EntryText, &entry_value, 0, MAX_ENTRIES)};

/* --- words -------------------------------------------------------------------- */

static bool is_word_character(gunichar c) {
  return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static gsize word_length(const char *p) {
  const char *end = p;
  while (*end && is_word_character(g_utf8_get_char(end))) {
    end = g_utf8_next_char(end);
  }
  return (gsize)(end - p);
}

/* Small letters, character for character (so that both sides compare in step). */
static char *lower_text(const char *text, gsize nbytes) {
  GString *lower = g_string_sized_new(nbytes);
  for (const char *p = text; p < text + nbytes; p = g_utf8_next_char(p)) {
    g_string_append_unichar(lower, g_unichar_tolower(g_utf8_get_char(p)));
  }
  return g_string_free(lower, FALSE);
}

static bool has_two_capitals(const char *word) {
  guint capitals = 0;
  for (const char *p = word; *p; p = g_utf8_next_char(p)) {
    capitals += g_unichar_isupper(g_utf8_get_char(p)) ? 1 : 0;
  }
  return capitals >= 2;
}

/* Bytes of `text` that `entry` matches as whole words, 0 when it does not. A
 * space of the entry is any white space of the text. */
static gsize match_length(const LexiconEntry *entry, const char *text) {
  const char *p = text;
  for (const char *w = entry->word; *w; w = g_utf8_next_char(w)) {
    gunichar want = g_utf8_get_char(w), have = g_utf8_get_char(p);
    if (want == ' ' ? !g_unichar_isspace(have) : want != (entry->exact ? have : g_unichar_tolower(have))) {
      return 0;
    }
    p = g_utf8_next_char(p);
  }
  return *p && is_word_character(g_utf8_get_char(p)) ? 0 : (gsize)(p - text);
}

/* --- loading ------------------------------------------------------------------- */

static void entry_free(gpointer data) {
  LexiconEntry *entry = data;
  g_free(entry->word);
  g_free(entry->say);
  g_free(entry);
}

static void entries_free(gpointer data) {
  g_ptr_array_unref(data);
}

static gint compare_longest_first(gconstpointer a, gconstpointer b) {
  const LexiconEntry *const *x = a, *const *y = b;
  gsize nx = strlen((*x)->word), ny = strlen((*y)->word);
  /* Of two of one length the exact one is tried first: "PLUS" before "plus". */
  return nx != ny ? (nx < ny ? 1 : -1) : (int)(*y)->exact - (int)(*x)->exact;
}

static void lexicon_add(Lexicon *lexicon, const EntryText *text, const char *word) {
  LexiconEntry *entry = g_new0(LexiconEntry, 1);
  entry->exact = text->match == CASE_SENSITIVE || (text->match == CASE_BY_WORD && has_two_capitals(word));
  entry->word = entry->exact ? g_strdup(word) : lower_text(word, strlen(word));
  entry->say = g_strdup(text->say);
  char *first = lower_text(word, word_length(word));
  GPtrArray *entries = g_hash_table_lookup(lexicon->by_first, first);
  if (!entries) {
    entries = g_ptr_array_new_with_free_func(entry_free);
    g_hash_table_insert(lexicon->by_first, g_strdup(first), entries);
  }
  g_ptr_array_add(entries, entry);
  g_free(first);
  lexicon->count++;
}

static bool add_all(Lexicon *lexicon, const YamlFile *file, GError **error) {
  const EntryText *texts = file->data;
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < file->count; i++) {
    g_autofree char *where = g_strdup_printf("[%u].word", i);
    /* As the normaliser writes words: composed, with the plain apostrophe. */
    g_autofree char *nfc = g_utf8_normalize(texts[i].word, -1, G_NORMALIZE_NFC);
    g_auto(GStrv) parts = g_strsplit(nfc ? nfc : "", "\342\200\231", -1);
    g_autofree char *word = g_strjoinv("'", parts);
    if (word_length(word) == 0) {
      yaml_error_at(error, file, where, _("a word begins with a letter or a digit"));
      return false;
    }
    if (!g_hash_table_add(seen, g_strdup(word))) {
      yaml_error_at(error, file, where, _("\"%s\" is there twice"), word);
      return false;
    }
    lexicon_add(lexicon, &texts[i], word);
  }
  return true;
}

Lexicon *lexicon_load(const char *path, GError **error) {
  g_autoptr(Lexicon) lexicon = g_new0(Lexicon, 1);
  lexicon->by_first = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entries_free);
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
    return g_steal_pointer(&lexicon);
  }
  g_autoptr(YamlFile) file = yaml_file_load(path, &lexicon_schema, error);
  if (!file || !add_all(lexicon, file, error)) {
    return NULL;
  }
  GHashTableIter iter;
  gpointer entries;
  g_hash_table_iter_init(&iter, lexicon->by_first);
  while (g_hash_table_iter_next(&iter, NULL, &entries)) {
    g_ptr_array_sort(entries, compare_longest_first);
  }
  return g_steal_pointer(&lexicon);
}

void lexicon_free(Lexicon *lexicon) {
  if (lexicon) {
    g_hash_table_unref(lexicon->by_first);
    g_free(lexicon);
  }
}

guint lexicon_count(const Lexicon *lexicon) {
  return lexicon ? lexicon->count : 0;
}

/* --- applying ------------------------------------------------------------------- */

static const LexiconEntry *find_entry(const Lexicon *lexicon, const char *text, gsize first, gsize *nbytes) {
  g_autofree char *lower = lower_text(text, first);
  const GPtrArray *entries = lexicon ? g_hash_table_lookup(lexicon->by_first, lower) : NULL;
  for (guint i = 0; entries && i < entries->len; i++) {
    const LexiconEntry *entry = g_ptr_array_index(entries, i);
    *nbytes = match_length(entry, text);
    if (*nbytes > 0) {
      return entry;
    }
  }
  return NULL;
}

char *lexicon_walk(const Lexicon *lexicon, const char *text, LexiconOther other, gpointer user) {
  GString *out = g_string_sized_new(strlen(text));
  for (const char *p = text; *p;) {
    gsize word = word_length(p), nbytes = word;
    if (word == 0) {
      const char *next = g_utf8_next_char(p);
      g_string_append_len(out, p, next - p);
      p = next;
      continue;
    }
    const LexiconEntry *entry = find_entry(lexicon, p, word, &nbytes);
    if (entry) {
      g_string_append(out, entry->say);
    } else {
      nbytes = word;
      if (!other || !other(p, word, out, user)) {
        g_string_append_len(out, p, (gssize)word);
      }
    }
    p += nbytes;
  }
  return g_string_free(out, FALSE);
}

char *lexicon_apply(const Lexicon *lexicon, const char *text) {
  return lexicon_walk(lexicon, text, NULL, NULL);
}
