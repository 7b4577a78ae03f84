/* Near-duplicates: how alike two texts are, by the words and pairs of words
 * they share (Jaccard; Broder 1997 calls such pairs shingles). */
#ifndef CARNET_EDITORIAL_SIMILAR_H
#define CARNET_EDITORIAL_SIMILAR_H

#include <glib.h>

/* Two texts at least as alike as this say the same. */
#define SIMILAR_SAME 0.6

typedef struct Shingles Shingles;
/* Of the first 300 words of `text`. Returns (free with shingles_free). */
Shingles *shingles_new(const char *text);
void shingles_free(Shingles *shingles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shingles, shingles_free)
/* 0 nothing in common … 1 the same words in the same order. Texts whose
 * numbers differ ("ligne 2", "ligne 3") are never alike: 0. */
double shingles_likeness(const Shingles *a, const Shingles *b);

#endif
