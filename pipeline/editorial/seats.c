#include "editorial/seats.h"

static int free_block(const Script *script, const guint *taken, EntryKind kind) {
  for (guint i = 0; i < script->n_blocks; i++) {
    const ScriptBlock *block = &script->blocks[i];
    if (block->type == BLOCK_ENTRIES && block->kinds[kind] && taken[i] < block->most)
      return (int)i;
  }
  return BLOCK_NONE;
}

const Candidate *seats_parent(const Candidate *candidate) {
  return candidate->parent != NULL && candidate->parent->is_in ? candidate->parent : NULL;
}

static guint depth_of(const Candidate *candidate) {
  guint depth = 0;
  while ((candidate = seats_parent(candidate)) != NULL)
    depth++;
  return depth;
}

/* Seats those that answer `depth` others above them; sets how deep the answers go. */
static bool seat_depth(const Script *script, const GPtrArray *candidates, guint *taken, guint depth, guint *deepest) {
  for (guint i = 0; i < candidates->len; i++) {
    Candidate *candidate = candidates->pdata[i];
    if (!candidate->is_in || candidate->is_urgent)
      continue;
    guint own_depth = depth_of(candidate);
    *deepest = MAX(*deepest, own_depth);
    if (own_depth != depth)
      continue;
    const Candidate *parent = seats_parent(candidate);
    bool beside = parent != NULL && taken[parent->block] < script->blocks[parent->block].most;
    candidate->block = beside ? parent->block : free_block(script, taken, candidate->entry->kind);
    if (candidate->block == BLOCK_NONE)
      return false;
    taken[candidate->block]++;
  }
  return true;
}

bool seats_give(const Script *script, const GPtrArray *candidates) {
  g_autofree guint *taken = g_new0(guint, script->n_blocks);
  guint deepest = 0;
  for (guint depth = 0; depth <= deepest; depth++)
    if (!seat_depth(script, candidates, taken, depth, &deepest))
      return false;
  return true;
}

guint seats_taken(const GPtrArray *candidates, int block) {
  guint n = 0;
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *candidate = candidates->pdata[i];
    n += candidate->is_in && !candidate->is_urgent && candidate->block == block;
  }
  return n;
}

/* One without a seat (a person put it in) can be spared. */
static bool can_be_spared(const Script *script, const GPtrArray *candidates, int block) {
  return block == BLOCK_NONE || seats_taken(candidates, block) > script->blocks[block].least;
}

Candidate *seats_least_wanted(const Script *script, const GPtrArray *candidates, bool may_be_any) {
  Candidate *spare = NULL, *ordinary = NULL, *last = NULL;
  for (guint i = candidates->len; i-- > 0;) {
    Candidate *candidate = candidates->pdata[i];
    if (!candidate->is_in)
      continue;
    if (candidate->is_urgent || candidate->kept != NULL) {
      last = last == NULL ? candidate : last;
      continue;
    }
    ordinary = ordinary == NULL ? candidate : ordinary;
    if (spare == NULL && can_be_spared(script, candidates, candidate->block))
      spare = candidate;
  }
  if (spare != NULL || ordinary != NULL)
    return spare != NULL ? spare : ordinary;
  return may_be_any ? last : NULL;
}
