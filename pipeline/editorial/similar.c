#include "editorial/similar.h"

#include "base/text.h"

#include <string.h>

#define WORDS_MAX 300
#define BYTES_MAX 8000

/* Sorted sets of hashes. */
struct Shingles {
  GArray *words, *pairs, *numbers;
};

static int compare(gconstpointer a, gconstpointer b) {
  guint x = *(const guint *)a, y = *(const guint *)b;
  return x < y ? -1 : x > y;
}

static void make_set(GArray *hashes) {
  g_array_sort(hashes, compare);
  guint kept = 0;
  for (guint i = 0; i < hashes->len; i++)
    if (i == 0 || g_array_index(hashes, guint, i) != g_array_index(hashes, guint, kept - 1))
      g_array_index(hashes, guint, kept++) = g_array_index(hashes, guint, i);
  g_array_set_size(hashes, kept);
}

Shingles *shingles_new(const char *text) {
  Shingles *shingles = g_new(Shingles, 1);
  shingles->words = g_array_new(FALSE, FALSE, sizeof(guint));
  shingles->pairs = g_array_new(FALSE, FALSE, sizeof(guint));
  shingles->numbers = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autofree char *first = text_head(text, BYTES_MAX);
  g_autofree char *folded = text_fold(first);
  g_auto(GStrv) words = g_strsplit(folded, " ", WORDS_MAX + 1);
  guint before = 5381;
  for (guint i = 0; words[i] != NULL && i < WORDS_MAX; i++) {
    guint word = g_str_hash(words[i]), pair = before * 31 + word;
    g_array_append_val(shingles->words, word);
    g_array_append_val(shingles->pairs, pair);
    if (g_ascii_isdigit(*words[i]))
      g_array_append_val(shingles->numbers, word);
    before = word;
  }
  make_set(shingles->words);
  make_set(shingles->pairs);
  make_set(shingles->numbers);
  return shingles;
}

void shingles_free(Shingles *shingles) {
  if (shingles == NULL)
    return;
  g_array_unref(shingles->words);
  g_array_unref(shingles->pairs);
  g_array_unref(shingles->numbers);
  g_free(shingles);
}

/* Of two sets that are not both empty. */
static double jaccard(const GArray *a, const GArray *b) {
  guint i = 0, j = 0, common = 0;
  while (i < a->len && j < b->len) {
    guint x = g_array_index(a, guint, i), y = g_array_index(b, guint, j);
    common += x == y;
    i += x <= y;
    j += y <= x;
  }
  guint all = a->len + b->len - common;
  return (double)common / all;
}

double shingles_likeness(const Shingles *a, const Shingles *b) {
  guint na = a->words->len, nb = b->words->len;
  if (na == 0 || nb == 0 || na > 3 * nb || nb > 3 * na)
    return 0;
  if (a->numbers->len != b->numbers->len || (a->numbers->len > 0 && jaccard(a->numbers, b->numbers) < 1))
    return 0;
  return (jaccard(a->words, b->words) + jaccard(a->pairs, b->pairs)) / 2;
}
