/* The inside of composing, shared by its files: compose.c (who is in), finish.c (how the clock is met),
 * tell.c (what is warned of, what is explained), amend.c (what could be otherwise). */
#ifndef CARNET_EDITORIAL_COMPOSER_H
#define CARNET_EDITORIAL_COMPOSER_H

#include "editorial/layout.h"
#include "editorial/lengths.h"
#include "editorial/seats.h"

typedef struct {
  const ComposeInput *input;
  const Script *script;
  Lengths *lengths;
  gpointer user;         /* of the caller's functions */
  GPtrArray *candidates; /* Candidate*, ranked */
  GHashTable *by_id;     /* the same by their entries */
  Layout layout;
  GPtrArray *items;    /* RundownItem*, of the last round */
  gint64 fixed_frames; /* the bulletin without any entry, at its shortest */
  guint misses;
} Composer;

/* Puts it in if a section has a seat for it. */
bool composer_try_seat(Composer *composer, Candidate *candidate);
/* Neither in nor out yet. */
bool composer_is_open(const Candidate *candidate);
/* Takes `why`. */
void composer_set_out(Candidate *candidate, bool by_the_clock, char *why);
/* What it costs: itself (a guess until it is measured), and the pause before it. */
gint64 composer_cost_of(const Composer *composer, const Candidate *candidate);
/* "no time left (8.2 s, 3.1 s free)". Returns (g_free). */
char *composer_no_time(const Candidate *candidate, gint64 free_frames);
/* "1:05", rounded to the second. Returns (g_free). */
char *composer_length_text(gint64 frames);

/* Nobody is open any more: says of each that could have been heard why it is not. */
void composer_close_rest(Composer *composer, gint64 free_frames);
/* Adds what an editor should know. */
void composer_warn(const Composer *composer, Rundown *rundown);
/* The rundown of the last round, fitted; takes its items. */
Rundown *composer_finish(Composer *composer);
Explanation *composer_explain_one(const Candidate *candidate);
/* Explanation* of every candidate, those that are in first. */
GPtrArray *composer_explain(const Composer *composer);

#endif
