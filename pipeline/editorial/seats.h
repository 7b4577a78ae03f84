/* Seats: which section of the script each entry that is in is heard in. Inside editorial only. Pure. */
#ifndef CARNET_EDITORIAL_SEATS_H
#define CARNET_EDITORIAL_SEATS_H

#include "editorial/choose.h"

/* Sets `block` of every candidate (Candidate*, ranked) that is in and not urgent:
 * an answer beside what it answers, the others in the first section that takes
 * their kind and has a seat left. False when one finds no seat: then too many are in. */
bool seats_give(const Script *script, const GPtrArray *candidates);
/* The entry that it follows, when both are heard; else NULL. */
const Candidate *seats_parent(const Candidate *candidate);

#endif
