/* Composing: seat, write, measure, look at the clock; add or drop; again.
 *
 * What an entry's introduction says depends on its neighbours, the headlines
 * and {count} on all that is in. So each round writes the whole bulletin anew
 * and has only the words that are new measured. An entry is added at most once
 * and dropped at most once, so that the rounds come to an end. */
#include "editorial/compose.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/wav.h"
#include "editorial/composer.h"
#include "editorial/fit.h"
#include "editorial/wording.h"

/* How much more than the slot is measured at first. */
#define AHEAD_NUMERATOR 3
#define AHEAD_DENOMINATOR 2
/* After so many entries that nearly fitted, the pauses take the rest. */
#define MISSES_MOST 24

/* --- who is in ---------------------------------------------------------------------- */

void composer_set_out(Candidate *candidate, bool by_the_clock, char *why) {
  candidate->is_in = false;
  candidate->crowded_out = by_the_clock;
  g_free(candidate->out);
  candidate->out = why;
}

/* Puts it in if a section has a seat for it. */
bool composer_try_seat(Composer *composer, Candidate *candidate) {
  candidate->is_in = true;
  if (seats_give(composer->script, composer->candidates))
    return true;
  candidate->is_in = false;
  seats_give(composer->script, composer->candidates);
  return false;
}

bool composer_is_open(const Candidate *candidate) {
  return candidate->out == NULL && !candidate->is_in;
}

/* What it would cost: itself, and the pause before it. */
gint64 composer_cost_of(const Composer *composer, const Candidate *candidate) {
  gint64 frames = candidate->frames > 0 ? candidate->frames : lengths_guess(candidate->entry);
  return frames + composer->script->pause_least_frames;
}

/* Adds it when it fits into `free_frames`. */
static bool add_if_fits(Composer *composer, Candidate *candidate, gint64 *free_frames) {
  gint64 cost = composer_cost_of(composer, candidate);
  if (!composer_is_open(candidate) || cost > *free_frames || !composer_try_seat(composer, candidate))
    return false;
  *free_frames -= cost;
  return true;
}

/* Adds it when it takes one more seat in `block`: who is seated in another waits, or it would count for both. */
static void add_to_block(Composer *composer, int block, Candidate *candidate, gint64 *free_frames) {
  guint before = seats_taken(composer->candidates, block);
  gint64 left_frames = *free_frames;
  if (!add_if_fits(composer, candidate, free_frames) || seats_taken(composer->candidates, block) > before)
    return;
  candidate->is_in = false;
  seats_give(composer->script, composer->candidates);
  *free_frames = left_frames;
}

static void choose_least(Composer *composer, guint block, gint64 *free_frames) {
  const ScriptBlock *wants = &composer->script->blocks[block];
  for (guint i = 0; i < composer->candidates->len; i++) {
    Candidate *candidate = composer->candidates->pdata[i];
    if (seats_taken(composer->candidates, (int)block) >= wants->least)
      return;
    if (wants->kinds[candidate->entry->kind])
      add_to_block(composer, (int)block, candidate, free_frames);
  }
}

/* The first choice: urgent entries, what is kept, each section's least, then by rank. */
static void choose_first(Composer *composer, gint64 free_frames) {
  const Script *script = composer->script;
  for (guint i = 0; i < composer->candidates->len; i++) {
    Candidate *candidate = composer->candidates->pdata[i];
    if (candidate->is_urgent && composer_is_open(candidate)) {
      candidate->is_in = true;
      free_frames -= composer_cost_of(composer, candidate);
    }
  }
  for (guint i = 0; i < composer->candidates->len; i++)
    if (((const Candidate *)composer->candidates->pdata[i])->kept != NULL)
      add_if_fits(composer, composer->candidates->pdata[i], &free_frames);
  for (guint b = 0; b < script->n_blocks; b++)
    if (script->blocks[b].type == BLOCK_ENTRIES)
      choose_least(composer, b, &free_frames);
  for (guint i = 0; i < composer->candidates->len; i++)
    add_if_fits(composer, composer->candidates->pdata[i], &free_frames);
}

/* More of what may fit, from the best down. True when somebody was added. */
static bool choose_more(Composer *composer, gint64 free_frames) {
  bool any = false;
  for (guint i = 0; i < composer->candidates->len && composer->misses < MISSES_MOST; i++)
    any |= add_if_fits(composer, composer->candidates->pdata[i], &free_frames);
  return any;
}

char *composer_no_time(const Candidate *candidate, gint64 free_frames) {
  double own = (double)(candidate->frames > 0 ? candidate->frames : lengths_guess(candidate->entry)) / FRAME_RATE;
  return g_strdup_printf(_("no time left (%.1f s, %.1f s free)"), own, (double)MAX(free_frames, 0) / FRAME_RATE);
}

/* --- rounds ---------------------------------------------------------------------------- */

/* Entries without a sound are out, or read instead of played. True when something changed. */
static bool drop_unheard(Composer *composer) {
  bool changed = false;
  for (guint i = 0; i < composer->items->len; i++) {
    const RundownItem *item = composer->items->pdata[i];
    if (item->entry == 0 || item->frames > 0)
      continue;
    Candidate *candidate = g_hash_table_lookup(composer->by_id, &item->entry);
    if (item->type == ITEM_SOUND && !text_is_blank(candidate->entry->text))
      candidate->no_sound = true;
    else
      composer_set_out(candidate, false, g_strdup(_("nothing in it can be said aloud")));
    changed = true;
  }
  return changed;
}

/* What is said of items that are heard one after another. */
static bool say(const Composer *composer, GPtrArray *items, GError **error) {
  return !composer->input->say || composer->input->say(items, composer->user, error);
}

/* One candidate's items as if nothing were heard before them. Returns (g_ptr_array_unref), or NULL. */
static GPtrArray *say_alone(const Composer *composer, const Candidate *candidate, GError **error) {
  g_autoptr(GPtrArray) alone = g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free);
  layout_alone(&composer->layout, candidate, alone);
  return say(composer, alone, error) ? g_steal_pointer(&alone) : NULL;
}

/* Writes the bulletin with those that are in and has its lengths. */
static bool write_round(Composer *composer, GError **error) {
  do {
    g_clear_pointer(&composer->items, g_ptr_array_unref);
    seats_give(composer->script, composer->candidates);
    composer->items = layout_items(&composer->layout);
    if (!say(composer, composer->items, error) || !lengths_ask(composer->lengths, composer->items, error))
      return false;
    lengths_apply(composer->lengths, composer->items);
  } while (drop_unheard(composer));
  return true;
}

/* The first measures, in one batch: the bulletin with nobody in, the first
 * choice, and half as much again for what may take its place. */
static bool measure_first(Composer *composer, GError **error) {
  composer->layout.without_quiet = true;
  g_autoptr(GPtrArray) empty = layout_items(&composer->layout);
  composer->layout.without_quiet = false;
  choose_first(composer, composer->script->slot_frames);
  g_autoptr(GPtrArray) guess = layout_items(&composer->layout);
  g_autoptr(GPtrArray) all = g_ptr_array_new();
  g_autoptr(GPtrArray) alone = g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free);
  gint64 ahead = composer->script->slot_frames * AHEAD_NUMERATOR / AHEAD_DENOMINATOR;
  for (guint i = 0; i < composer->candidates->len; i++) {
    const Candidate *candidate = composer->candidates->pdata[i];
    if (candidate->out != NULL || (ahead <= 0 && !candidate->is_in))
      continue;
    GPtrArray *items = say_alone(composer, candidate, error);
    if (!items)
      return false;
    g_ptr_array_extend_and_steal(alone, items);
    ahead -= lengths_guess(candidate->entry);
  }
  if (!say(composer, empty, error) || !say(composer, guess, error))
    return false;
  g_ptr_array_extend(all, empty, NULL, NULL);
  g_ptr_array_extend(all, guess, NULL, NULL);
  g_ptr_array_extend(all, alone, NULL, NULL);
  if (!lengths_ask(composer->lengths, all, error))
    return false;
  lengths_apply(composer->lengths, empty);
  composer->fixed_frames = fit_bounds(empty).least_frames;
  for (guint i = 0; i < composer->candidates->len; i++)
    ((Candidate *)composer->candidates->pdata[i])->is_in = false;
  return true;
}

/* Gives each candidate whose words alone were measured its length. */
static bool learn_lengths(Composer *composer, GError **error) {
  for (guint i = 0; i < composer->candidates->len; i++) {
    Candidate *candidate = composer->candidates->pdata[i];
    if (candidate->out != NULL)
      continue;
    g_autoptr(GPtrArray) alone = say_alone(composer, candidate, error);
    if (!alone)
      return false;
    candidate->frames = lengths_sum(composer->lengths, alone);
  }
  return true;
}

/* Urgent entries go before all others, but not before what cannot be left out. */
static void drop_too_long(Composer *composer) {
  gint64 room = composer->script->slot_frames - composer->fixed_frames, left = room;
  for (guint i = 0; i < composer->candidates->len; i++) {
    Candidate *candidate = composer->candidates->pdata[i];
    if (candidate->out != NULL)
      continue;
    if (candidate->frames > room)
      composer_set_out(candidate, true,
                       g_strdup_printf(_("too long for the whole bulletin (%.1f s, %.1f s at most)"),
                                       (double)candidate->frames / FRAME_RATE, (double)MAX(room, 0) / FRAME_RATE));
    else if (candidate->is_urgent && composer_cost_of(composer, candidate) > left)
      composer_set_out(candidate, true, composer_no_time(candidate, left));
    else if (candidate->is_urgent)
      left -= composer_cost_of(composer, candidate);
  }
}

/* One too many: somebody goes, or else the headlines. False when nothing is left to drop. */
static bool shorten(Composer *composer, gint64 over_frames) {
  Candidate *candidate =
      seats_least_wanted(composer->script, composer->candidates, composer->layout.headlines_most == 0);
  if (candidate == NULL && composer->layout.headlines_most > 0) {
    composer->layout.headlines_most = 0;
    return true;
  }
  if (candidate == NULL)
    return false;
  composer_set_out(candidate, true, composer_no_time(candidate, candidate->frames - over_frames));
  composer->misses++;
  return true;
}

char *composer_length_text(gint64 frames) {
  return duration_format(frames_to_us(frames), false);
}

static bool fail_too_long(const Composer *composer, gint64 least_frames, GError **error) {
  g_autofree char *fixed = composer_length_text(least_frames),
                  *slot = composer_length_text(composer->script->slot_frames);
  g_set_error(
      error, CARNET_ERROR, CARNET_ERROR_INPUT,
      _("script %s: its own sentences, jingles and shortest pauses last %s, its length is %s: make it longer or "
        "shorten them"),
      composer->script->name, fixed, slot);
  return false;
}

static bool run_rounds(Composer *composer, GError **error) {
  for (;;) {
    if (!write_round(composer, error))
      return false;
    gint64 least = fit_bounds(composer->items).least_frames;
    gint64 free_frames = composer->script->slot_frames - least;
    if (free_frames < 0) {
      if (!shorten(composer, -free_frames))
        return fail_too_long(composer, least, error);
    } else if (!choose_more(composer, free_frames)) {
      return true;
    }
  }
}

Rundown *compose_rundown(const ComposeInput *input, MeasureItems measure, gpointer user, GPtrArray **explanations,
                         GError **error) {
  Composer composer = {.input = input, .script = input->script, .user = user};
  composer.lengths = lengths_new(measure, input->say != NULL, user);
  composer.candidates = choose_rank(input);
  composer.by_id = choose_by_id(composer.candidates, composer.candidates->len);
  layout_init(&composer.layout, input, composer.candidates);
  Rundown *rundown = NULL;
  if (measure_first(&composer, error) && learn_lengths(&composer, error)) {
    drop_too_long(&composer);
    choose_first(&composer, composer.script->slot_frames - composer.fixed_frames);
    if (run_rounds(&composer, error))
      rundown = composer_finish(&composer);
  }
  if (rundown != NULL && explanations != NULL)
    *explanations = composer_explain(&composer);
  g_clear_pointer(&composer.items, g_ptr_array_unref);
  layout_clear(&composer.layout);
  g_hash_table_unref(composer.by_id);
  g_ptr_array_unref(composer.candidates);
  lengths_free(composer.lengths);
  return rundown;
}

/* How many items of an empty day's bulletin are those of any other: its leading jingles, or words that tell of no entry. */
static guint count_sure(const Script *script) {
  guint n = 0;
  while (n < script->n_blocks && script->blocks[n].type == BLOCK_JINGLE)
    n++;
  const ScriptBlock *first = &script->blocks[0];
  bool says = first->type == BLOCK_SAY && !wording_tells_entries(first->say) && !wording_tells_entries(script->title);
  return says ? 1 : n;
}

GPtrArray *compose_opening(const ComposeInput *input) {
  g_autoptr(GPtrArray) nobody = g_ptr_array_new();
  Layout layout;
  layout_init(&layout, input, nobody);
  layout.without_quiet = true; /* which only an empty day says */
  GPtrArray *items = layout_items(&layout);
  layout_clear(&layout);
  g_ptr_array_set_size(items, (gint)MIN(rundown_opening(items), count_sure(input->script)));
  return items;
}
