/* The end of composing: pauses that meet the clock. */
#include "base/i18n.h"
#include "base/wav.h"
#include "editorial/composer.h"
#include "editorial/fit.h"

#include <string.h>

/* A bulletin that may be shorter uses this part of its pauses' room. */
#define COMFORT_NUMERATOR 3
#define COMFORT_DENOMINATOR 10
#define TENTH_FRAMES (FRAME_RATE / 10)

/* The pause before what closes: the last one, when it is the close. */
static RundownItem *find_close(const GPtrArray *items) {
  for (guint i = items->len; i-- > 0;) {
    RundownItem *item = items->pdata[i];
    if (item->type == ITEM_PAUSE)
      return item;
    if (item->type == ITEM_SPEECH)
      return NULL;
  }
  return NULL;
}

/* No bulletin is shorter than `least`: the bed plays on. */
static void stretch_to_least(const Script *script, GPtrArray *items, gint64 total) {
  RundownItem *close = find_close(items);
  if (close == NULL || total >= script->least_frames)
    return;
  close->frames += script->least_frames - total;
  close->most_frames = MAX(close->most_frames, close->frames);
}

#define TOO_SHORT                                                                                                      \
  N_("too little material: %s missing of %s, so the bulletin ends early, at %s; approve or "                           \
     "add entries, or let pauses, breaths and the close of the script be longer")
#define TOO_LONG N_("too long: %s over its length of %s, so the bulletin ends late; shorten or remove items")

/* What was said of the length before says nothing of it now. */
static void forget_like(Rundown *rundown, const char *format) {
  g_autofree char *opening = g_strndup(format, strcspn(format, "%"));
  guint kept = 0;
  for (guint i = 0; rundown->warnings[i]; i++) {
    if (g_str_has_prefix(rundown->warnings[i], opening))
      g_free(rundown->warnings[i]);
    else
      rundown->warnings[kept++] = rundown->warnings[i];
  }
  rundown->warnings[kept] = NULL;
}

static void warn_short(Rundown *rundown, gint64 missing_frames, gint64 total_frames) {
  g_autofree char *missing = composer_length_text(missing_frames), *slot = composer_length_text(rundown->slot_frames);
  g_autofree char *total = composer_length_text(total_frames);
  rundown_add_warning(rundown, _(TOO_SHORT), missing, slot, total);
}

static gint64 sum_frames(const GPtrArray *items) {
  gint64 total = 0;
  for (guint i = 0; i < items->len; i++)
    total += ((const RundownItem *)items->pdata[i])->frames;
  return total;
}

/* Lengths that nobody fixed are whole tenths of a second, where pauses allow: any player shows them, and an MP3 ends on
 * the frame (4 ms are a sixth of its packet; of some other lengths libavformat cannot cut all the padding). */
static gint64 whole_tenths(FitBounds bounds, gint64 frames) {
  gint64 whole = frames - frames % TENTH_FRAMES;
  return whole >= bounds.least_frames ? whole : frames;
}

static void fit_items(const Script *script, Rundown *rundown) {
  GPtrArray *items = rundown->items;
  if (script->fit == FIT_EXACT) {
    gint64 missing = fit_spread(items, script->slot_frames);
    if (missing > 0) {
      fit_spread(items, whole_tenths(fit_bounds(items), script->slot_frames - missing));
      stretch_to_least(script, items, sum_frames(items));
      gint64 total = sum_frames(items);
      if (total < script->slot_frames)
        warn_short(rundown, script->slot_frames - total, total);
    }
    return;
  }
  FitBounds bounds = fit_bounds(items);
  gint64 comfort =
      bounds.least_frames + (bounds.most_frames - bounds.least_frames) / COMFORT_DENOMINATOR * COMFORT_NUMERATOR;
  gint64 target = MIN(script->slot_frames, MAX(comfort, script->least_frames));
  fit_spread(items, whole_tenths(bounds, target));
  stretch_to_least(script, items, sum_frames(items));
}

Rundown *composer_finish(Composer *composer) {
  const Script *script = composer->script;
  Rundown *rundown = rundown_new();
  rundown->title = layout_title(&composer->layout);
  rundown->script = g_strdup(script->name);
  rundown->language = g_strdup(script->language);
  rundown->date = g_strdup(composer->input->date);
  rundown->fit = script->fit;
  rundown->slot_frames = script->slot_frames;
  rundown->bed = script->bed;
  rundown->bed.file = g_strdup(script->bed.file);
  g_ptr_array_unref(rundown->items);
  rundown->items = g_steal_pointer(&composer->items);
  composer_close_rest(composer, script->slot_frames - fit_bounds(rundown->items).least_frames);
  fit_items(script, rundown);
  rundown_retime(rundown);
  composer_warn(composer, rundown);
  return rundown;
}

void compose_refit(Rundown *rundown) {
  gint64 left = 0;
  if (rundown->fit == FIT_EXACT) {
    left = fit_spread(rundown->items, rundown->slot_frames);
  } else {
    gint64 total = sum_frames(rundown->items); /* its pauses as they stand, if there is room */
    left = MIN(fit_spread(rundown->items, MIN(total, rundown->slot_frames)), 0);
  }
  rundown_retime(rundown);
  forget_like(rundown, _(TOO_SHORT));
  forget_like(rundown, _(TOO_LONG));
  if (left > 0)
    warn_short(rundown, left, rundown->frames);
  if (left < 0) {
    g_autofree char *over = composer_length_text(-left), *slot = composer_length_text(rundown->slot_frames);
    rundown_add_warning(rundown, _(TOO_LONG), over, slot);
  }
}
