/* Laying out: a script and the entries that are in become items in the order
 * they will be heard, with the words that they will be heard in. Inside
 * editorial only: compose.h is what others call. Pure. */
#ifndef CARNET_EDITORIAL_LAYOUT_H
#define CARNET_EDITORIAL_LAYOUT_H

#include "editorial/choose.h"

typedef struct {
  const ComposeInput *input;
  char *date, *time;     /* spelled out in the script's language */
  GPtrArray *candidates; /* Candidate*, ranked (borrowed) */
  bool without_quiet;    /* leave out the sentence of an empty day */
  guint headlines_most;  /* fewer than the script asks for, when there is no room */
} Layout;

void layout_init(Layout *layout, const ComposeInput *input, GPtrArray *candidates);
void layout_clear(Layout *layout);

/* The items (RundownItem*, owned by the array); those that are in must have
 * their seats (seats.h). Frames are not known yet, but pauses carry their bounds. */
GPtrArray *layout_items(const Layout *layout);
/* One candidate as it sounds when said alone: one or two items are added to `items`. */
void layout_alone(const Layout *layout, const Candidate *candidate, GPtrArray *items);
/* The bulletin's title. Returns (g_free). */
char *layout_title(const Layout *layout);

#endif
