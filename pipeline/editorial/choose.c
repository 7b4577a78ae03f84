#include "editorial/choose.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/wav.h"
#include "editorial/phrases.h"
#include "editorial/rundown_file.h"
#include "editorial/similar.h"

#include <inttypes.h>
#include <string.h>

/* What merits are worth, in points. An endorsement counts less the more there
 * are; a day less fresh costs as much as some six endorsements. */
#define POINTS_HIGH 8.0
#define POINTS_DAY_OLD 3.0
#define POINTS_SAME_PLACE 1.2
#define POINTS_SAME_KIND 0.8
#define PENALTY_CAP 6   /* so many of the same place or kind cost no more */
#define LEAD_POINTS 1e6 /* more than any merits */

/* Beyond so many candidates the rest is not compared with all others. */
#define COMPARED_MOST 1000

/* A reader says at most so many characters a second: longer than the slot at
 * that pace is too long without asking the synthesizer. */
#define CHARACTERS_PER_SECOND_MOST 40

static const double KIND_POINTS[KIND_COUNT] = {
    [KIND_ALERT] = 4,      [KIND_ANNOUNCEMENT] = 1.5, [KIND_QUESTION] = 1, [KIND_PROBLEM] = 1,
    [KIND_EXPERIENCE] = 1, [KIND_RESOURCE] = 0.8,     [KIND_IDEA] = 0.8,   [KIND_FEELING] = 0.6};

static void free_candidate(gpointer data) {
  Candidate *candidate = data;
  entry_free(candidate->own);
  g_free(candidate->merits);
  g_free(candidate->out);
  g_free(candidate);
}

int choose_block(const Script *script, EntryKind kind) {
  for (guint i = 0; i < script->n_blocks; i++)
    if (script->blocks[i].type == BLOCK_ENTRIES && script->blocks[i].kinds[kind] && script->blocks[i].most > 0)
      return (int)i;
  return BLOCK_NONE;
}

/* --- who may be heard ---------------------------------------------------------- */

static bool is_too_long(const Entry *entry, gint64 slot_frames) {
  gint64 characters_most = slot_frames / FRAME_RATE * CHARACTERS_PER_SECOND_MOST;
  return entry->sound == NULL && entry->text != NULL && g_utf8_strlen(entry->text, -1) > characters_most;
}

static bool has_section(const Script *script) {
  for (guint i = 0; i < script->n_blocks; i++)
    if (script->blocks[i].type == BLOCK_ENTRIES && script->blocks[i].most > 0)
      return true;
  return false;
}

/* Why the entry may not be heard at all (g_free), or NULL. */
static char *exclusion(const ComposeInput *input, const Entry *entry, bool is_urgent, bool is_kept) {
  if (entry->status != STATUS_APPROVED)
    return g_strdup_printf(_("not approved (%s)"), entry_status_name(entry->status));
  if (entry->expires_us != 0 && entry->expires_us <= input->now_us)
    return g_strdup(_("expired"));
  const char *edition = input->heard == NULL ? NULL : g_hash_table_lookup(input->heard, &entry->id);
  if (edition != NULL && !input->script->repeat && !is_kept)
    return g_strdup_printf(_("already heard in %s"), edition);
  if (!has_section(input->script))
    return g_strdup(_("the script has no section for entries"));
  if (!is_urgent && choose_block(input->script, entry->kind) == BLOCK_NONE)
    return g_strdup_printf(_("no section of the script takes the kind \"%s\""), entry_kind_name(entry->kind));
  if (text_is_blank(entry->text) && text_is_blank(entry->title) && entry->sound == NULL)
    return g_strdup(_("nothing is written in it"));
  return NULL;
}

/* --- merits -------------------------------------------------------------------- */

/* log2(1 + n), in steps that are the same on every machine. */
static double endorsement_points(gint64 endorsements) {
  double points = 0, step = 1;
  for (gint64 left = MAX(endorsements, 0), width = 1; left > 0; width *= left > 0 ? 2 : 1) {
    points += step * (double)MIN(left, width) / (double)width;
    left -= MIN(left, width);
  }
  return points;
}

/* Days since the year 1, 0 for what is no day. */
static int day_number(const char *day) {
  int year, month, number;
  if (!day_split(day, &year, &month, &number))
    return 0;
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
  return (int)g_date_get_julian(&date);
}

/* A day old costs; within the day, the later the better, by less than a point. */
static double freshness_points(const ComposeInput *input, const Entry *entry) {
  int age_days = MAX(day_number(input->date) - day_number(entry->date), 0);
  /* In whole minutes: which line of one import was written first is no news. */
  const gint64 minute_us = 60 * G_USEC_PER_SEC;
  double age_hours = (double)MAX(input->now_us / minute_us - entry->created_us / minute_us, 0) / 60.0;
  return 1 / (1 + age_hours / 12) - POINTS_DAY_OLD * MIN(age_days, 30);
}

static double own_score(const ComposeInput *input, const Entry *entry) {
  double priority = entry->priority == PRIORITY_NORMAL ? 0 : POINTS_HIGH;
  return priority + KIND_POINTS[entry->kind] + 1.5 * endorsement_points(entry->endorsements) +
         freshness_points(input, entry);
}

static char *describe_merits(const ComposeInput *input, const Entry *entry) {
  g_autoptr(GString) out = g_string_new(NULL);
  if (entry->priority == PRIORITY_URGENT)
    g_string_append(out, _("urgent"));
  else if (entry->priority == PRIORITY_HIGH)
    g_string_append(out, _("high priority"));
  if (entry->endorsements > 0)
    g_string_append_printf(out, ngettext("%s%d endorsement", "%s%d endorsements", (gulong)entry->endorsements),
                           out->len > 0 ? _("; ") : "", (int)MIN(entry->endorsements, G_MAXINT));
  int age = day_number(input->date) - day_number(entry->date);
  if (age > 0)
    g_string_append_printf(out, ngettext("%s%d day old", "%s%d days old", (gulong)age), out->len > 0 ? _("; ") : "",
                           age);
  g_string_append_printf(out, "%s%s%s%s", out->len > 0 ? _("; ") : "", _(entry_kind_name(entry->kind)),
                         entry->place == NULL ? "" : ", ", entry->place == NULL ? "" : entry->place);
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static const RundownItem *kept_item(const ComposeInput *input, gint64 entry) {
  for (guint i = 0; input->kept != NULL && i < input->kept->len; i++)
    if (((const RundownItem *)input->kept->pdata[i])->entry == entry)
      return input->kept->pdata[i];
  return NULL;
}

static bool is_another_since(const RundownItem *kept, const Entry *entry) {
  g_autofree char *sum = kept_sum_of(entry);
  return kept->kept_sum != NULL && strcmp(kept->kept_sum, sum) != 0;
}

static Candidate *candidate_new(const ComposeInput *input, const Entry *entry) {
  Candidate *candidate = g_new0(Candidate, 1);
  candidate->entry = entry;
  if (entry->language == NULL) {
    candidate->own = entry_copy(entry);
    candidate->own->language = g_strdup(input->script->language);
    candidate->entry = candidate->own;
  }
  candidate->is_urgent = entry->priority == PRIORITY_URGENT;
  candidate->kept = kept_item(input, entry->id);
  candidate->kept_is_old = candidate->kept != NULL && is_another_since(candidate->kept, entry);
  candidate->score = own_score(input, entry);
  candidate->merits = describe_merits(input, entry);
  candidate->out = exclusion(input, entry, candidate->is_urgent, candidate->kept != NULL);
  candidate->block = BLOCK_NONE;
  if (candidate->out == NULL && is_too_long(entry, input->script->slot_frames)) {
    candidate->out =
        g_strdup_printf(_("too long for the whole bulletin (%ld characters)"), g_utf8_strlen(entry->text, -1));
    candidate->crowded_out = true;
  }
  return candidate;
}

/* --- order --------------------------------------------------------------------- */

/* By what an entry is, so that the order in which entries were written into the logbook is not heard; by id for two
 * that are the same. */
static int compare_entries(const Entry *x, const Entry *y) {
  const char *const pairs[][2] = {{x->date, y->date}, {x->text, y->text}, {x->title, y->title}, {x->place, y->place}};
  for (gsize i = 0; i < G_N_ELEMENTS(pairs); i++) {
    int order = g_strcmp0(pairs[i][0], pairs[i][1]);
    if (order != 0)
      return order;
  }
  return x->id < y->id ? -1 : x->id > y->id;
}

/* Urgent ones before what is kept, and that before all others. */
static int lead_of(const Candidate *candidate) {
  return candidate->is_urgent ? 2 : candidate->kept != NULL;
}

/* Out last, then by lead, then by score. */
static int compare(gconstpointer a, gconstpointer b) {
  const Candidate *x = *(const Candidate *const *)a, *y = *(const Candidate *const *)b;
  if ((x->out == NULL) != (y->out == NULL))
    return x->out == NULL ? -1 : 1;
  if (lead_of(x) != lead_of(y))
    return lead_of(y) - lead_of(x);
  if (x->score > y->score || x->score < y->score)
    return x->score > y->score ? -1 : 1;
  return compare_entries(x->entry, y->entry);
}

static guint count_in(const GPtrArray *candidates) {
  guint n = 0;
  while (n < candidates->len && ((const Candidate *)candidates->pdata[n])->out == NULL)
    n++;
  return n;
}

/* The better of two that say the same stays. */
static void drop_duplicates(GPtrArray *candidates) {
  guint n = MIN(count_in(candidates), COMPARED_MOST);
  g_autoptr(GPtrArray) kept = g_ptr_array_new();
  g_autoptr(GPtrArray) shingles = g_ptr_array_new_with_free_func((GDestroyNotify)shingles_free);
  for (guint i = 0; i < n; i++) {
    Candidate *candidate = candidates->pdata[i];
    const Entry *entry = candidate->entry;
    Shingles *own = shingles_new(text_is_blank(entry->text) ? entry->title == NULL ? "" : entry->title : entry->text);
    const Candidate *same = NULL;
    for (guint j = 0; j < kept->len && same == NULL; j++)
      if (shingles_likeness(own, shingles->pdata[j]) >= SIMILAR_SAME)
        same = kept->pdata[j];
    if (same != NULL) {
      candidate->out = g_strdup_printf(_("near-duplicate of %" PRId64), same->entry->id);
      shingles_free(own);
    } else {
      g_ptr_array_add(kept, candidate);
      g_ptr_array_add(shingles, own);
    }
  }
}

/* Small numbers for places, so that counting them is an array's work. */
static GArray *number_places(GPtrArray *candidates, guint n) {
  g_autoptr(GHashTable) numbers = g_hash_table_new(g_str_hash, g_str_equal);
  GArray *places = g_array_sized_new(FALSE, FALSE, sizeof(guint), n);
  for (guint i = 0; i < n; i++) {
    const char *place = ((const Candidate *)candidates->pdata[i])->entry->place;
    gpointer number = place == NULL ? GUINT_TO_POINTER(0) : g_hash_table_lookup(numbers, place);
    if (place != NULL && number == NULL) {
      number = GUINT_TO_POINTER(g_hash_table_size(numbers) + 1);
      g_hash_table_insert(numbers, (gpointer)place, number);
    }
    guint value = GPOINTER_TO_UINT(number);
    g_array_append_val(places, value);
  }
  return places;
}

/* Takes the best that is left, again and again; what was taken makes its own
 * place and kind a little less wanted. Who has a lead keeps it. */
static void vary(GPtrArray *candidates) {
  guint n = MIN(count_in(candidates), COMPARED_MOST);
  g_autoptr(GArray) places = number_places(candidates, n);
  g_autofree guint *by_place = g_new0(guint, n + 1);
  guint by_kind[KIND_COUNT] = {0};
  for (guint i = 0; i < n; i++) {
    guint best = i;
    double best_score = -1e9;
    for (guint j = i; j < n; j++) {
      const Candidate *candidate = candidates->pdata[j];
      guint place = g_array_index(places, guint, j);
      guint same_place = place == 0 ? 0 : MIN(by_place[place], PENALTY_CAP);
      double score = candidate->score - POINTS_SAME_PLACE * same_place -
                     POINTS_SAME_KIND * MIN(by_kind[candidate->entry->kind], PENALTY_CAP) +
                     LEAD_POINTS * lead_of(candidate);
      if (score > best_score) {
        best_score = score;
        best = j;
      }
    }
    Candidate *taken = candidates->pdata[best];
    guint place = g_array_index(places, guint, best);
    memmove(&candidates->pdata[i + 1], &candidates->pdata[i], (best - i) * sizeof(gpointer));
    candidates->pdata[i] = taken;
    g_array_remove_index(places, best);
    g_array_insert_val(places, i, place);
    taken->score = best_score - LEAD_POINTS * lead_of(taken);
    by_place[place]++;
    by_kind[taken->entry->kind]++;
  }
}

/* --- answers --------------------------------------------------------------------- */

/* Would `child` answer itself, through others? (Edited by hand, anything may be.) */
static bool closes_circle(const Candidate *child, const Candidate *parent) {
  for (; parent != NULL; parent = parent->parent)
    if (parent == child)
      return true;
  return false;
}

/* More answers than this to one entry are a round of the table, written under
 * the first speaker's line: each stands for itself. */
#define ANSWERS_MOST 2

static guint count_answers(const GPtrArray *candidates, guint n, gint64 id) {
  guint answers = 0;
  for (guint i = 0; i < n; i++)
    answers += ((const Candidate *)candidates->pdata[i])->entry->parent == id;
  return answers;
}

GHashTable *choose_by_id(const GPtrArray *candidates, guint n) {
  GHashTable *by_id = g_hash_table_new(g_int64_hash, g_int64_equal);
  for (guint i = 0; i < n; i++) {
    Candidate *candidate = candidates->pdata[i];
    g_hash_table_insert(by_id, (gpointer)&candidate->entry->id, candidate);
  }
  return by_id;
}

static void link_parents(GPtrArray *candidates) {
  guint n = count_in(candidates);
  g_autoptr(GHashTable) by_id = choose_by_id(candidates, n);
  for (guint i = 0; i < n; i++) {
    Candidate *candidate = candidates->pdata[i];
    const Candidate *parent =
        candidate->entry->parent == 0 ? NULL : g_hash_table_lookup(by_id, &candidate->entry->parent);
    /* Urgent entries stand at the head of the bulletin, where no answer follows. */
    if (parent != NULL && !closes_circle(candidate, parent) && !parent->is_urgent && !candidate->is_urgent &&
        count_answers(candidates, n, parent->entry->id) <= ANSWERS_MOST)
      candidate->parent = parent;
  }
}

GPtrArray *choose_rank(const ComposeInput *input) {
  GPtrArray *candidates = g_ptr_array_new_with_free_func(free_candidate);
  for (guint i = 0; i < input->entries->len; i++)
    g_ptr_array_add(candidates, candidate_new(input, input->entries->pdata[i]));
  g_ptr_array_sort(candidates, compare);
  drop_duplicates(candidates);
  g_ptr_array_sort(candidates, compare);
  vary(candidates);
  link_parents(candidates);
  return candidates;
}
