/* Choosing: which entries may be heard, in which order of merit, and why.
 * Inside editorial only: compose.h is what others call. Pure; the same input
 * always gives the same order. */
#ifndef CARNET_EDITORIAL_CHOOSE_H
#define CARNET_EDITORIAL_CHOOSE_H

#include "editorial/compose.h"

#define BLOCK_NONE (-1)

/* One entry of the day on its way into the bulletin, or out of it. */
typedef struct Candidate Candidate;
struct Candidate {
  const Entry *entry;      /* borrowed; language set */
  Entry *own;              /* the copy behind `entry` when its language was missing */
  double score;            /* higher is better; urgent entries are ranked before all others */
  char *merits;            /* "urgent; 3 endorsements" */
  char *out;               /* why it is out; NULL: it is in, or may still be */
  const Candidate *parent; /* the candidate that it answers, when that one may be heard too */
  const RundownItem *kept; /* a person asked that it stays in; NULL: nobody did */
  bool kept_is_old;        /* the entry is another since: it stays in, and is said anew */
  bool is_urgent;
  bool crowded_out; /* `out` because of the clock alone */
  bool no_sound;    /* its recorded sound cannot be heard: read the text */
  /* Filled while composing: */
  int block; /* index in the script of the section it is heard in; BLOCK_NONE: before them all */
  bool is_in;
  gint64 frames; /* its length when said alone, 0: not measured yet */
};

/* Every entry of `input` as a Candidate*, best first; those that may not be
 * heard (`out` is set) come last. Greedy: each one's score falls by how many
 * of its place and of its kind come before it, so that the order varies.
 * Returns an array that owns its candidates. */
GPtrArray *choose_rank(const ComposeInput *input);
/* The first `n` candidates by the id of their entry (gint64* → Candidate*, all borrowed). Returns (g_hash_table_unref). */
GHashTable *choose_by_id(const GPtrArray *candidates, guint n);
/* The first section that takes this kind, or BLOCK_NONE. */
int choose_block(const Script *script, EntryKind kind);

#endif
