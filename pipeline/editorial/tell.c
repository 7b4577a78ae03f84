/* What is told of a bulletin: warnings for the editor, and for each entry why it is in or out. */
#include "base/i18n.h"
#include "base/text.h"
#include "editorial/composer.h"
#include "editorial/names.h"

#include <inttypes.h>

/* Ids named in one warning. */
#define NAMED_MOST 12
/* Bytes of an entry that its short title is made from, and its columns. */
#define HEAD_BYTES 400
#define TITLE_COLUMNS 60

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

/* The entry with the words that are heard of it. Returns (entry_free). */
static Entry *as_heard(const Candidate *candidate) {
  Entry *heard = entry_copy(candidate->entry);
  if (candidate->kept != NULL && !candidate->kept_is_old) {
    g_free(heard->text);
    heard->text = g_strdup(candidate->kept->text);
  }
  return heard;
}

static void warn_names(const Composer *composer, Rundown *rundown) {
  for (guint i = 0; i < composer->candidates->len; i++) {
    const Candidate *candidate = composer->candidates->pdata[i];
    if (!candidate->is_in)
      continue;
    g_autoptr(Entry) heard = as_heard(candidate);
    g_autoptr(GPtrArray) names = names_in_anonymous(heard);
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

static void warn_kept_out(const Composer *composer, Rundown *rundown) {
  const GPtrArray *kept = composer->input->kept;
  for (guint i = 0; kept != NULL && i < kept->len; i++) {
    const RundownItem *item = kept->pdata[i];
    const Candidate *candidate = g_hash_table_lookup(composer->by_id, &item->entry);
    if (candidate != NULL && candidate->is_in && candidate->kept_is_old)
      rundown_add_warning(rundown, _("entry %" PRId64 " was changed since it was locked: it is said anew"),
                          item->entry);
    if (candidate == NULL || !candidate->is_in)
      rundown_add_warning(rundown, _("entry %" PRId64 " was to be kept, but is not in: %s"), item->entry,
                          candidate == NULL ? _("it may not be heard any more") : candidate->out);
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
    guint n = seats_taken(composer->candidates, (int)i);
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

void composer_warn(const Composer *composer, Rundown *rundown) {
  warn_urgent_out(composer, rundown);
  warn_kept_out(composer, rundown);
  warn_made_room(composer, rundown);
  warn_missing(composer, rundown);
  warn_headlines(composer, rundown);
  warn_names(composer, rundown);
}

/* --- reasons ------------------------------------------------------------------------------------ */

void composer_close_rest(Composer *composer, gint64 free_frames) {
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
  seats_give(composer->script, composer->candidates);
}

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

Explanation *composer_explain_one(const Candidate *candidate) {
  Explanation *explanation = g_new0(Explanation, 1);
  explanation->entry = candidate->entry->id;
  explanation->is_in = candidate->is_in;
  explanation->score = candidate->score;
  const char *words = candidate->entry->title != NULL ? candidate->entry->title : candidate->entry->text;
  g_autofree char *head = text_head(words == NULL ? "" : words, HEAD_BYTES);
  g_autofree char *squeezed = text_squeeze(head);
  explanation->title = text_ellipsize(squeezed, TITLE_COLUMNS);
  explanation->why = g_strdup(candidate->is_in ? candidate->merits : candidate->out);
  return explanation;
}

GPtrArray *composer_explain(const Composer *composer) {
  GPtrArray *explanations = g_ptr_array_new_with_free_func(free_explanation);
  for (int round = 0; round < 2; round++)
    for (guint i = 0; i < composer->candidates->len; i++) {
      const Candidate *candidate = composer->candidates->pdata[i];
      if (candidate->is_in == (round == 0))
        g_ptr_array_add(explanations, composer_explain_one(candidate));
    }
  return explanations;
}
