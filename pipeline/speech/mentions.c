#include "speech/mentions.h"

#include "speech/normalise.h"

#include <string.h>

struct Mentions {
  GHashTable
      *words; /* who says what → the words that are said in full (char**, sorted): the same whatever was said before */
  GHashTable *spoken; /* the same, with those of them that were said before → spoken */
};

Mentions *mentions_new(void) {
  Mentions *mentions = g_new0(Mentions, 1);
  mentions->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev);
  mentions->spoken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return mentions;
}

void mentions_free(Mentions *mentions) {
  if (mentions) {
    g_hash_table_unref(mentions->words);
    g_hash_table_unref(mentions->spoken);
    g_free(mentions);
  }
}

static gint compare_words(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Returns (g_strfreev). */
static char **sorted_words(GHashTable *set) {
  guint n = 0;
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array(set, &n);
  char **words = g_new0(char *, n + 1);
  for (guint i = 0; i < n; i++) {
    words[i] = g_strdup(keys[i]);
  }
  qsort(words, n, sizeof *words, compare_words);
  return words;
}

/* What is asked for: who says what. */
typedef struct {
  const char *text, *language, *voice;
  const Lexicon *lexicon;
  char *key;
} Saying;

/* Says it after the words of `before`, which becomes the set of all that are said then. */
static const char *say_after(Mentions *mentions, const Saying *saying, GHashTable *before) {
  g_auto(GStrv) words = sorted_words(before);
  g_autofree char *names = g_strjoinv("\037", words); /* no word holds a control character */
  char *key = g_strdup_printf("%s\036%s", names, saying->key);
  char *spoken = g_hash_table_lookup(mentions->spoken, key);
  if (spoken) {
    g_free(key);
    return spoken;
  }
  LexiconUse use = {saying->voice, before};
  spoken = normalise_said(saying->text, saying->language, saying->lexicon, &use);
  g_hash_table_insert(mentions->spoken, key, spoken);
  return spoken;
}

static GHashTable *set_new(void) {
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

const char *mentions_say(Mentions *mentions, const char *text, const char *language, const Lexicon *lexicon,
                         const LexiconUse *use) {
  const char *voice = use->voice ? use->voice : "";
  g_autofree char *key = g_strdup_printf("%s\n%s\n%s", voice, language, text);
  Saying saying = {text, language, use->voice, lexicon, key};
  g_autoptr(GHashTable) before = set_new();
  char *const *words = g_hash_table_lookup(mentions->words, key);
  const char *spoken = words ? NULL : say_after(mentions, &saying, before);
  if (!words) {
    g_hash_table_insert(mentions->words, g_strdup(key), sorted_words(before));
    words = g_hash_table_lookup(mentions->words, key);
    g_hash_table_remove_all(before);
  }
  for (guint i = 0; words[i]; i++) {
    if (!g_hash_table_add(use->mentioned, g_strdup(words[i]))) {
      g_hash_table_add(before, g_strdup(words[i]));
    }
  }
  return spoken && g_hash_table_size(before) == 0 ? spoken : say_after(mentions, &saying, before);
}
