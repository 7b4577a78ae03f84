/* The end of composing: pauses that meet the clock, warnings, reasons. */
#include "base/i18n.h"
#include "base/text.h"
#include "base/wav.h"
#include "editorial/composer.h"
#include "editorial/fit.h"
#include "editorial/names.h"

#include <inttypes.h>

/* A bulletin that may be shorter uses this part of its pauses' room. */
#define COMFORT_NUMERATOR 3
#define COMFORT_DENOMINATOR 10
/* Ids named in one warning. */
#define NAMED_MOST 12

/* Ids named in one warning. */
#define NAMED_MOST 12

void explanation_free(Explanation *explanation) {
  if (explanation == NULL)
    return;
  g_free(explanation->title);
  g_free(explanation->why);
  g_free(explanation);
}

static void free_explanation(gpointer explanation) {
  explanation_free(explanation);
}

/* --- the end ------------------------------------------------------------------------------ */

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

static void warn_short(Rundown *rundown, gint64 missing_frames, gint64 total_frames) {
  g_autofree char *missing = composer_length_text(missing_frames), *slot = composer_length_text(rundown->slot_frames);
  g_autofree char *total = composer_length_text(total_frames);
  rundown_add_warning(rundown,
                      _("too little material: %s missing of %s, so the bulletin ends early, at %s; approve or "
                        "add entries, or let pauses, breaths and the close of the script be longer"),
                      missing, slot, total);
}

static gint64 sum_frames(const GPtrArray *items) {
  gint64 total = 0;
  for (guint i = 0; i < items->len; i++)
    total += ((const RundownItem *)items->pdata[i])->frames;
  return total;
}

static void fit_items(const Script *script, Rundown *rundown) {
  GPtrArray *items = rundown->items;
  if (script->fit == FIT_EXACT) {
    gint64 missing = fit_spread(items, script->slot_frames);
    if (missing > 0) {
      stretch_to_least(script, items, script->slot_frames - missing);
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
  fit_spread(items, target);
  stretch_to_least(script, items, sum_frames(items));
}

/* --- warnings -------------------------------------------------------------------------------- */

/* "Olivier", "Benoît Vallauri", in the quotation marks of the language. Returns (g_free). */
static char *quote_names(const GPtrArray *names) {
  g_autoptr(GString) list = g_string_new(NULL);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *shown = text_printable(names->pdata[i]);
    g_string_append(list, i > 0 ? ", " : "");
    g_string_append_printf(list, _("\"%s\""), shown);
  }
  return g_strdup(list->str);
}

static void warn_names(const Composer *composer, Rundown *rundown) {
  for (guint i = 0; i < composer->candidates->len; i++) {
    const Candidate *candidate = composer->candidates->pdata[i];
    if (!candidate->is_in)
      continue;
    g_autoptr(GPtrArray) names = names_in_anonymous(candidate->entry);
    g_autofree char *list = quote_names(names);
    if (names->len > 0)
      rundown_add_warning(rundown,
                          _("entry %" PRId64 " is to be anonymous, but its text seems to hold names "
                            "(%s): keep them or change them"),
                          candidate->entry->id, list);
  }
}

static void warn_urgent_out(const Composer *composer, Rundown *rundown) {
  for (guint i = 0; i < composer->candidates->len; i++) {
    const Candidate *candidate = composer->candidates->pdata[i];
    if (candidate->is_urgent && candidate->crowded_out)
      rundown_add_warning(rundown, _("urgent entry %" PRId64 " is not in: %s; shorten it, or make the script longer"),
                          candidate->entry->id, candidate->out);
  }
}

/* Which entries would be heard, were it not for the urgent ones. */
static void warn_made_room(const Composer *composer, Rundown *rundown) {
  gint64 taken = 0;
  g_autoptr(GString) urgent = g_string_new(NULL), dropped = g_string_new(NULL);
  guint n = 0;
  for (guint i = 0; i < composer->candidates->len; i++) {
    const Candidate *candidate = composer->candidates->pdata[i];
    if (candidate->is_in && candidate->is_urgent) {
      taken += composer_cost_of(composer, candidate);
      g_string_append_printf(urgent, "%s%" PRId64, urgent->len > 0 ? ", " : "", candidate->entry->id);
    } else if (candidate->crowded_out && !candidate->is_urgent && composer_cost_of(composer, candidate) <= taken) {
      taken -= composer_cost_of(composer, candidate);
      if (n++ < NAMED_MOST)
        g_string_append_printf(dropped, "%s%" PRId64, n > 1 ? ", " : "", candidate->entry->id);
    }
  }
  if (n > 0)
    rundown_add_warning(rundown, _("dropped to make room for urgent entries (%s): entries %s%s"), urgent->str,
                        dropped->str, n > NAMED_MOST ? "…" : "");
}

static void warn_missing(const Composer *composer, Rundown *rundown) {
  const Script *script = composer->script;
  for (guint i = 0; i < script->n_blocks; i++) {
    const ScriptBlock *block = &script->blocks[i];
    guint n = composer_seated_in(composer, (int)i);
    if (block->type != BLOCK_ENTRIES || n >= block->least)
      continue;
    g_autoptr(GString) kinds = g_string_new(NULL);
    for (int kind = 0; kind < KIND_COUNT; kind++)
      if (block->kinds[kind])
        g_string_append_printf(kinds, "%s%s", kinds->len > 0 ? ", " : "", entry_kind_name((EntryKind)kind));
    rundown_add_warning(rundown, _("item %u of the script wants at least %u entries (%s), %u found or fitting"), i + 1,
                        block->least, kinds->str, n);
  }
}

static void warn_headlines(const Composer *composer, Rundown *rundown) {
  if (composer->layout.headlines_most == 0)
    rundown_add_warning(rundown, _("the headlines were left out: there was no room for them"));
}

/* --- reasons ------------------------------------------------------------------------------------ */

/* Why those that could have been heard are not. */
static void explain_rest(Composer *composer, gint64 free_frames) {
  for (guint i = 0; i < composer->candidates->len; i++) {
    Candidate *candidate = composer->candidates->pdata[i];
    if (!composer_is_open(candidate))
      continue;
    if (composer_try_seat(composer, candidate)) {
      composer_set_out(candidate, true, composer_no_time(candidate, free_frames));
    } else {
      candidate->out = g_strdup(_("its section is full"));
    }
  }
  layout_seat(&composer->layout, NULL);
}

static Explanation *explain(const Candidate *candidate) {
  Explanation *explanation = g_new0(Explanation, 1);
  explanation->entry = candidate->entry->id;
  explanation->is_in = candidate->is_in;
  explanation->score = candidate->score;
  const char *words = candidate->entry->title != NULL ? candidate->entry->title : candidate->entry->text;
  g_autofree char *head = g_strndup(words == NULL ? "" : words, 400);
  g_autofree char *valid = g_utf8_make_valid(head, -1);
  g_autofree char *squeezed = text_squeeze(valid);
  explanation->title = text_ellipsize(squeezed, 60);
  explanation->why = g_strdup(candidate->is_in ? candidate->merits : candidate->out);
  return explanation;
}

GPtrArray *composer_explain(const Composer *composer) {
  GPtrArray *explanations = g_ptr_array_new_with_free_func(free_explanation);
  for (int round = 0; round < 2; round++)
    for (guint i = 0; i < composer->candidates->len; i++) {
      const Candidate *candidate = composer->candidates->pdata[i];
      if (candidate->is_in == (round == 0))
        g_ptr_array_add(explanations, explain(candidate));
    }
  return explanations;
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
  gint64 free_frames = script->slot_frames - fit_bounds(rundown->items).least_frames;
  explain_rest(composer, free_frames);
  fit_items(script, rundown);
  rundown_retime(rundown);
  warn_urgent_out(composer, rundown);
  warn_made_room(composer, rundown);
  warn_missing(composer, rundown);
  warn_headlines(composer, rundown);
  warn_names(composer, rundown);
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
  if (left > 0)
    warn_short(rundown, left, rundown->frames);
  if (left < 0) {
    g_autofree char *over = composer_length_text(-left), *slot = composer_length_text(rundown->slot_frames);
    rundown_add_warning(rundown,
                        _("too long: %s over its length of %s, so the bulletin ends late; shorten or remove items"),
                        over, slot);
  }
}
