#include "editorial/amend.h"

#include "base/wav.h"
#include "editorial/composer.h"
#include "editorial/writer.h"

#define INTRODUCED_FRAMES (FRAME_RATE * 45 / 100) /* as between words of a script (writer.c) */

/* What says the same as an entry that is in is no proposal: what is in goes before it, and near-duplicates are out by
 * rank (choose.h). */
GPtrArray *amend_proposals(const ComposeInput *input, const Rundown *rundown, guint most) {
  GPtrArray *proposals = g_ptr_array_new_with_free_func((GDestroyNotify)explanation_free);
  ComposeInput stands = *input;
  stands.kept = rundown->items;
  g_autoptr(GPtrArray) candidates = choose_rank(&stands);
  for (guint i = 0; i < candidates->len && proposals->len < most; i++) {
    Candidate *candidate = candidates->pdata[i];
    if (candidate->out != NULL || rundown_item_of(rundown, candidate->entry->id) != NULL)
      continue;
    Explanation *proposal = composer_explain_one(candidate);
    g_free(proposal->why);
    proposal->why = g_strdup(candidate->merits);
    g_ptr_array_add(proposals, proposal);
  }
  return proposals;
}

GPtrArray *amend_items(const ComposeInput *input, gint64 entry) {
  g_autoptr(GPtrArray) candidates = choose_rank(input);
  g_autoptr(GHashTable) by_id = choose_by_id(candidates, candidates->len);
  const Candidate *candidate = g_hash_table_lookup(by_id, &entry);
  if (candidate == NULL || candidate->out != NULL)
    return NULL;
  GPtrArray *items = g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free);
  Layout layout;
  layout_init(&layout, input, candidates);
  layout_alone(&layout, candidate, items);
  layout_clear(&layout);
  if (items->len > 1) /* what introduces it, and itself */
    g_ptr_array_insert(items, 1, writer_pause(INTRODUCED_FRAMES, INTRODUCED_FRAMES));
  return items;
}

gint64 amend_first_out(const ComposeInput *input, const Rundown *rundown) {
  g_autoptr(GPtrArray) candidates = choose_rank(input);
  for (guint i = 0; i < candidates->len; i++) {
    Candidate *candidate = candidates->pdata[i];
    const RundownItem *item = rundown_item_of(rundown, candidate->entry->id);
    candidate->is_in = item != NULL;
    candidate->kept = item != NULL && item->kept ? item : NULL;
  }
  seats_give(input->script, candidates);
  const Candidate *first = seats_least_wanted(input->script, candidates, true);
  return first == NULL ? 0 : first->entry->id;
}

guint amend_first_of(const Rundown *rundown, guint index) {
  const RundownItem *const *items = (const RundownItem *const *)rundown->items->pdata;
  const RundownItem *main = items[index];
  guint first = index;
  while (first > 0 && items[first - 1]->type == ITEM_PAUSE)
    first--;
  bool is_introduced = main->entry != 0 && main->type == ITEM_SOUND && main->title != NULL && first > 0 &&
                       items[first - 1]->type == ITEM_SPEECH && items[first - 1]->entry == 0 &&
                       g_strcmp0(items[first - 1]->title, main->title) == 0;
  return is_introduced ? first - 1 : index;
}
