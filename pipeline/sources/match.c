#include "sources/match.h"

#include "base/text.h"

#include <string.h>

/* Share of common words from which an edited line is taken for the same one. */
#define ALIKE 0.5
/* The same author, or the same place between two neighbours, counts as so much. */
#define BONUS 0.15
/* A word of more entries than this tells nothing. */
#define MOST_HOLDERS 40
#define MOST_WORDS 60
/* Words are compared by their beginnings, so a mended ending or plural is the same word. */
#define STEM_BYTES 5

static GHashTable *stems_of(const char *text) {
  GHashTable *stems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *start = g_strndup(text, MIN(strlen(text), 2000u));
  g_autofree char *valid = g_utf8_make_valid(start, -1);
  g_autofree char *folded = text_fold(valid);
  g_auto(GStrv) words = g_strsplit(folded, " ", MOST_WORDS);
  for (guint i = 0; words[i] != NULL; i++) {
    if (strlen(words[i]) > 2) {
      g_hash_table_add(stems, g_strndup(words[i], STEM_BYTES));
    }
  }
  return stems;
}

typedef struct {
  const GPtrArray *drafts, *stored;
  GPtrArray *found;     /* the answer */
  bool *taken;          /* of each stored entry */
  GHashTable *place_of; /* Entry* → index + 1 in stored */
} Matcher;

static void take(Matcher *m, guint draft, guint stored) {
  m->found->pdata[draft] = m->stored->pdata[stored];
  m->taken[stored] = true;
}

static void match_keys(Matcher *m) {
  g_autoptr(GHashTable) by_key = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < m->stored->len; i++) {
    const Entry *entry = m->stored->pdata[i];
    g_hash_table_insert(m->place_of, m->stored->pdata[i], GUINT_TO_POINTER(i + 1));
    if (entry->source_key != NULL) {
      g_hash_table_insert(by_key, entry->source_key, GUINT_TO_POINTER(i + 1));
    }
  }
  for (guint i = 0; i < m->drafts->len; i++) {
    const Draft *draft = m->drafts->pdata[i];
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(by_key, draft->entry->source_key));
    if (at > 0 && !m->taken[at - 1]) {
      take(m, i, at - 1);
    }
  }
}

/* stem → GArray of indexes of the entries that are not taken. */
static GHashTable *index_left(const Matcher *m) {
  GHashTable *holders = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
  for (guint i = 0; i < m->stored->len; i++) {
    if (m->taken[i]) {
      continue;
    }
    g_autoptr(GHashTable) stems = stems_of(((Entry *)m->stored->pdata[i])->text);
    GHashTableIter iter;
    gpointer stem;
    g_hash_table_iter_init(&iter, stems);
    while (g_hash_table_iter_next(&iter, &stem, NULL)) {
      GArray *list = g_hash_table_lookup(holders, stem);
      if (list == NULL) {
        list = g_array_new(FALSE, FALSE, sizeof(guint));
        g_hash_table_insert(holders, g_strdup(stem), list);
      }
      if (list->len <= MOST_HOLDERS) {
        g_array_append_val(list, i);
      }
    }
  }
  return holders;
}

/* The stored entry that follows the one of the draft before, or precedes the one after; G_MAXUINT none. */
static guint neighbour(const Matcher *m, guint draft) {
  if (draft > 0 && m->found->pdata[draft - 1] != NULL) {
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(m->place_of, m->found->pdata[draft - 1]));
    return at < m->stored->len && !m->taken[at] ? at : G_MAXUINT;
  }
  if (draft + 1 < m->drafts->len && m->found->pdata[draft + 1] != NULL) {
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(m->place_of, m->found->pdata[draft + 1]));
    return at > 1 && !m->taken[at - 2] ? at - 2 : G_MAXUINT;
  }
  return G_MAXUINT;
}

static double likeness(const Matcher *m, guint draft, guint stored, guint common, guint nstems, guint next) {
  const Entry *now = ((Draft *)m->drafts->pdata[draft])->entry;
  const Entry *entry = m->stored->pdata[stored];
  g_autoptr(GHashTable) stems = stems_of(entry->text);
  guint all = nstems + g_hash_table_size(stems);
  double score = all > 0 ? 2.0 * common / all : 0;
  bool same_text = strcmp(now->text, entry->text) == 0;
  score += same_text ? 1 : 0;
  if (common > 0 || next == stored) {
    score += now->author != NULL && g_strcmp0(now->author, entry->author) == 0 ? BONUS : 0;
    score += next == stored ? BONUS : 0;
  }
  return score;
}

static void match_alike(Matcher *m, GHashTable *holders, guint draft) {
  const Entry *now = ((Draft *)m->drafts->pdata[draft])->entry;
  g_autoptr(GHashTable) stems = stems_of(now->text);
  g_autoptr(GHashTable) common = g_hash_table_new(g_direct_hash, g_direct_equal);
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init(&iter, stems);
  while (g_hash_table_iter_next(&iter, &key, NULL)) {
    GArray *list = g_hash_table_lookup(holders, key);
    for (guint i = 0; list != NULL && list->len <= MOST_HOLDERS && i < list->len; i++) {
      gpointer at = GUINT_TO_POINTER(g_array_index(list, guint, i));
      g_hash_table_insert(common, at, GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(common, at)) + 1));
    }
  }
  guint next = neighbour(m, draft), best = G_MAXUINT;
  if (next != G_MAXUINT && !g_hash_table_contains(common, GUINT_TO_POINTER(next))) {
    g_hash_table_insert(common, GUINT_TO_POINTER(next), GUINT_TO_POINTER(0));
  }
  double best_score = ALIKE;
  g_hash_table_iter_init(&iter, common);
  while (g_hash_table_iter_next(&iter, &key, &value)) {
    guint at = GPOINTER_TO_UINT(key);
    double score = m->taken[at] ? 0 : likeness(m, draft, at, GPOINTER_TO_UINT(value), g_hash_table_size(stems), next);
    if (score > best_score || (score == best_score && score >= ALIKE && at < best)) {
      best_score = score;
      best = at;
    }
  }
  if (best != G_MAXUINT) {
    take(m, draft, best);
  }
}

GPtrArray *match_drafts(const GPtrArray *drafts, const GPtrArray *stored) {
  g_autofree bool *taken = g_new0(bool, stored->len + 1);
  g_autoptr(GHashTable) place_of = g_hash_table_new(g_direct_hash, g_direct_equal);
  Matcher m = {.drafts = drafts, .stored = stored, .taken = taken, .place_of = place_of};
  m.found = g_ptr_array_new();
  g_ptr_array_set_size(m.found, (gint)drafts->len);
  match_keys(&m);
  g_autoptr(GHashTable) holders = index_left(&m);
  for (guint i = 0; i < drafts->len; i++) {
    if (m.found->pdata[i] == NULL && g_hash_table_size(holders) > 0) {
      match_alike(&m, holders, i);
    }
  }
  return m.found;
}

static void follow_string(char **base, const char *before, const char *after) {
  if (g_strcmp0(before, after) != 0) {
    g_free(*base);
    *base = g_strdup(after);
  }
}

static bool same_links(char **a, char **b) {
  static char *none[] = {NULL};
  return g_strv_equal((const char *const *)(a != NULL ? a : none), (const char *const *)(b != NULL ? b : none));
}

/* One import turned `before` into `after`: what it changed is what the pad said. */
static void follow_import(Entry *base, const Entry *before, const Entry *after) {
  follow_string(&base->text, before->text, after->text);
  follow_string(&base->title, before->title, after->title);
  follow_string(&base->author, before->author, after->author);
  follow_string(&base->place, before->place, after->place);
  follow_string(&base->place_id, before->place_id, after->place_id);
  follow_string(&base->language, before->language, after->language);
  follow_string(&base->date, before->date, after->date);
  follow_string(&base->sound, before->sound, after->sound);
  follow_string(&base->source_url, before->source_url, after->source_url);
  base->kind = before->kind != after->kind ? after->kind : base->kind;
  base->attribution = before->attribution != after->attribution ? after->attribution : base->attribution;
  base->priority = before->priority != after->priority ? after->priority : base->priority;
  base->expires_us = before->expires_us != after->expires_us ? after->expires_us : base->expires_us;
  base->parent = before->parent != after->parent ? after->parent : base->parent;
  base->endorsements = before->endorsements != after->endorsements ? after->endorsements : base->endorsements;
  if (!same_links(before->links, after->links)) {
    g_strfreev(base->links);
    base->links = g_strdupv(after->links);
  }
}

Entry *match_base(const GPtrArray *steps, const bool *by_import) {
  Entry *base = entry_copy(steps->pdata[0]);
  for (guint i = 1; i < steps->len; i++) {
    if (by_import[i]) {
      follow_import(base, steps->pdata[i - 1], steps->pdata[i]);
    }
  }
  return base;
}

/* Takes the pad's `now` where it is not what it was. */
static bool merge_string(char **kept, const char *base, const char *now, bool has_base) {
  if (g_strcmp0(*kept, now) == 0 || (has_base && g_strcmp0(base, now) == 0)) {
    return false;
  }
  g_free(*kept);
  *kept = g_strdup(now);
  return true;
}

bool match_merge(Entry *entry, const Entry *base, const Entry *now, bool *reopened) {
  bool has_base = base != NULL;
  bool changed = false;
  bool words = merge_string(&entry->text, has_base ? base->text : NULL, now->text, has_base);
  words = merge_string(&entry->title, has_base ? base->title : NULL, now->title, has_base) || words;
  if (has_base) { /* without it, what differs may be an editor's correction */
    changed = merge_string(&entry->author, base->author, now->author, true) || changed;
    changed = merge_string(&entry->place, base->place, now->place, true) || changed;
    changed = merge_string(&entry->place_id, base->place_id, now->place_id, true) || changed;
    changed = merge_string(&entry->language, base->language, now->language, true) || changed;
    changed = merge_string(&entry->date, base->date, now->date, true) || changed;
    changed = merge_string(&entry->sound, base->sound, now->sound, true) || changed;
    changed = merge_string(&entry->source_url, base->source_url, now->source_url, true) || changed;
    if (base->kind != now->kind && entry->kind != now->kind) {
      entry->kind = now->kind;
      changed = true;
    }
    if (base->expires_us != now->expires_us && entry->expires_us != now->expires_us) {
      entry->expires_us = now->expires_us;
      changed = true;
    }
    if (base->attribution != now->attribution && entry->attribution != now->attribution) {
      entry->attribution = now->attribution;
      changed = true;
    }
    if (base->priority != now->priority && entry->priority != now->priority) {
      entry->priority = now->priority;
      changed = true;
    }
    if (base->parent != now->parent && entry->parent != now->parent) {
      entry->parent = now->parent;
      changed = true;
    }
  }
  if (entry->endorsements != now->endorsements && (!has_base || base->endorsements != now->endorsements)) {
    entry->endorsements = now->endorsements;
    changed = true;
  }
  if (!same_links(entry->links, now->links) && (!has_base || !same_links(base->links, now->links))) {
    g_strfreev(entry->links);
    entry->links = g_strdupv(now->links);
    changed = true;
  }
  if (g_strcmp0(entry->source_key, now->source_key) != 0) {
    g_free(entry->source_key);
    entry->source_key = g_strdup(now->source_key);
    changed = true;
  }
  *reopened = words && entry->status == STATUS_APPROVED;
  if (*reopened) {
    entry->status = STATUS_PENDING;
  }
  return changed || words;
}
