/* Seats: which section of the script each entry that is in is heard in. Inside editorial only. Pure. */
#ifndef CARNET_EDITORIAL_SEATS_H
#define CARNET_EDITORIAL_SEATS_H

#include "editorial/choose.h"

/* Sets `block` of every candidate (Candidate*, ranked) that is in and not urgent:
 * an answer beside what it answers, the others in the first section that takes
 * their kind and has a seat left. False when one finds no seat: then too many are in. */
bool seats_give(const Script *script, const GPtrArray *candidates);
/* How many of those that are in, and not urgent, sit in this section. */
guint seats_taken(const GPtrArray *candidates, int block);
/* Who goes first when it is too long: the least of those whose section can spare it, then the least of the others; what
 * is urgent or kept goes last, and only when `may_be_any`. NULL: nobody. Borrowed. */
Candidate *seats_least_wanted(const Script *script, const GPtrArray *candidates, bool may_be_any);
/* The entry that it follows, when both are heard; else NULL. */
const Candidate *seats_parent(const Candidate *candidate);

#endif
