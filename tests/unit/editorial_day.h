/* A day of the Pays d'Aurelle for the tests of editorial/: entries, and a
 * reader whose speed is known. */
#ifndef CARNET_TESTS_EDITORIAL_DAY_H
#define CARNET_TESTS_EDITORIAL_DAY_H

#include "editorial/compose.h"

#include "base/clock.h"
#include "base/wav.h"

#include <string.h>

#define DAY "2026-03-17"
#define NOW_US G_GINT64_CONSTANT(1773741600000000)

static inline Entry *day_entry(gint64 id, EntryKind kind, const char *place, const char *text) {
  Entry *entry = entry_new();
  entry->id = id;
  entry->date = g_strdup(DAY);
  entry->kind = kind;
  entry->place = g_strdup(place);
  entry->text = g_strdup(text);
  entry->language = g_strdup("fr");
  entry->status = STATUS_APPROVED;
  entry->created_us = NOW_US - 3600 * US_PER_SECOND;
  return entry;
}

static inline GPtrArray *day_new(void) {
  return g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
}

static const char *const DAY_PLACES[] = {
    "Port-Aurelle",         "Kervalan", "La Roche-Morin", "Saint-Maudez-sur-Aurelle", "Le Guerzit",
    "Villeneuve-d'Aurelle", NULL};
static const char *const DAY_WORDS[] = {
    "le marché",   "la navette", "l'école",     "un atelier", "la salle",   "le port", "une voisine", "des livres",
    "un vélo",     "la poste",   "le jardin",   "la pluie",   "un concert", "du pain", "la mairie",   "une lampe",
    "des graines", "le phare",   "ouvre",       "cherche",    "propose",    "attend",  "prête",       "demande",
    "répare",      "raconte",    "prépare",     "samedi",     "ce matin",   "bientôt", "sans bruit",  "à midi",
    "avec joie",   "en famille", "chaque jour", "vite"};

/* `count` words picked by `random`, with a comma now and then. Returns (g_free). */
static inline char *day_words(GRand *random, guint count) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < count; i++) {
    if (i > 0)
      g_string_append(out, g_rand_int_range(random, 0, 7) == 0 ? ", " : " ");
    g_string_append(out, DAY_WORDS[g_rand_int_range(random, 0, G_N_ELEMENTS(DAY_WORDS))]);
  }
  g_string_append_c(out, '.');
  return g_string_free(out, FALSE);
}

/* A day of `count` entries of every kind, about as long as people write. */
static inline GPtrArray *day_random(GRand *random, guint count) {
  GPtrArray *day = day_new();
  for (guint i = 0; i < count; i++) {
    g_autofree char *text = day_words(random, (guint)g_rand_int_range(random, 5, 28));
    guint place = (guint)g_rand_int_range(random, 0, G_N_ELEMENTS(DAY_PLACES));
    Entry *entry = day_entry(i + 1, (EntryKind)g_rand_int_range(random, 0, KIND_COUNT), DAY_PLACES[place], text);
    entry->endorsements = g_rand_int_range(random, 0, 6);
    g_ptr_array_add(day, entry);
  }
  return day;
}

/* Fourteen characters a second; jingles of six to nine seconds. Counts the calls in `user` (guint*; may be NULL). */
static inline bool day_measure(GPtrArray *items, gpointer user, GError **error) {
  (void)error;
  if (user != NULL)
    (*(guint *)user)++;
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    if (item->type == ITEM_SPEECH) {
      item->frames = 12345 + g_utf8_strlen(item->text, -1) * FRAME_RATE / 14 + (gint64)(g_str_hash(item->text) % 997);
      g_free(item->spoken);
      item->spoken = g_utf8_strdown(item->text, -1);
    } else {
      item->frames = FRAME_RATE * 6 + (gint64)(g_str_hash(item->file) % (3 * FRAME_RATE));
    }
  }
  return true;
}

static inline ComposeInput day_input(const Script *script, GPtrArray *day) {
  return (ComposeInput){.script = script,
                        .entries = day,
                        .station_name = "Radio du Port",
                        .date = DAY,
                        .hour = 12,
                        .minute = 5,
                        .now_us = NOW_US};
}

static inline Script *day_script(const char *name) {
  g_autofree char *path = g_strdup_printf("scripts/%s.yaml", name);
  g_autoptr(GError) error = NULL;
  Script *script = script_load(path, &error);
  g_assert_no_error(error);
  return script;
}

static inline Script *day_script_of(const char *yaml) {
  g_autoptr(GBytes) bytes = g_bytes_new(yaml, strlen(yaml));
  g_autoptr(GError) error = NULL;
  Script *script = script_parse("scripts/essai.yaml", bytes, &error);
  g_assert_no_error(error);
  return script;
}

#endif
