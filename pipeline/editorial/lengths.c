#include "editorial/lengths.h"

#include "base/wav.h"

/* Before it is measured, a reader says so many characters a second… */
#define CHARACTERS_PER_SECOND 14
/* …and so many to introduce an entry. */
#define INTRODUCTION_CHARACTERS 20

typedef struct {
  gint64 frames;
  char *spoken;
} Measured;

struct Lengths {
  MeasureItems measure;
  bool are_said;
  gpointer user;
  GHashTable *known; /* what is heard (char*) → Measured* */
};

static void free_measured(gpointer data) {
  Measured *measured = data;
  g_free(measured->spoken);
  g_free(measured);
}

Lengths *lengths_new(MeasureItems measure, bool are_said, gpointer user) {
  Lengths *lengths = g_new0(Lengths, 1);
  lengths->measure = measure;
  lengths->are_said = are_said;
  lengths->user = user;
  lengths->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_measured);
  return lengths;
}

void lengths_free(Lengths *lengths) {
  g_hash_table_unref(lengths->known);
  g_free(lengths);
}

/* Two items with the same key sound the same. Returns (g_free). */
static char *sound_key(const Lengths *lengths, const RundownItem *item) {
  if (item->type != ITEM_SPEECH)
    return g_strdup_printf("%d\n%s", (int)item->type, item->file);
  return g_strdup_printf("%d\n%s\n%s\n%" G_GINT64_FORMAT "\n%s", (int)item->type, item->voice, item->language,
                         item->headline, lengths->are_said ? item->spoken : item->text);
}

static const Measured *find(const Lengths *lengths, const RundownItem *item) {
  g_autofree char *key = sound_key(lengths, item);
  return g_hash_table_lookup(lengths->known, key);
}

bool lengths_ask(Lengths *lengths, const GPtrArray *items, GError **error) {
  g_autoptr(GPtrArray) fresh = g_ptr_array_new();
  g_autoptr(GHashTable) asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    if (item->type != ITEM_PAUSE && find(lengths, item) == NULL && g_hash_table_add(asked, sound_key(lengths, item)))
      g_ptr_array_add(fresh, item);
  }
  if (fresh->len > 0 && !lengths->measure(fresh, lengths->user, error))
    return false;
  for (guint i = 0; i < fresh->len; i++) {
    const RundownItem *item = fresh->pdata[i];
    Measured *measured = g_new(Measured, 1);
    *measured = (Measured){MAX(item->frames, 0), g_strdup(item->spoken)};
    g_hash_table_insert(lengths->known, sound_key(lengths, item), measured);
  }
  return true;
}

void lengths_apply(const Lengths *lengths, GPtrArray *items) {
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    if (item->type == ITEM_PAUSE)
      continue;
    const Measured *measured = find(lengths, item);
    item->frames = measured->frames;
    g_free(item->spoken);
    item->spoken = g_strdup(measured->spoken);
  }
}

gint64 lengths_sum(const Lengths *lengths, const GPtrArray *items) {
  gint64 frames = 0;
  for (guint i = 0; i < items->len; i++) {
    const Measured *measured = find(lengths, items->pdata[i]);
    frames += measured == NULL ? 0 : measured->frames;
  }
  return frames;
}

gint64 lengths_guess(const Entry *entry) {
  glong characters = (entry->text == NULL ? 0 : g_utf8_strlen(entry->text, -1)) +
                     (entry->title == NULL ? 0 : g_utf8_strlen(entry->title, -1)) + INTRODUCTION_CHARACTERS;
  return characters * FRAME_RATE / CHARACTERS_PER_SECOND;
}
