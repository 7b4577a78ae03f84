/* A pad read again: which draft is which entry of the store? */
#ifndef CARNET_SOURCES_MATCH_H
#define CARNET_SOURCES_MATCH_H

#include "sources/draft.h"

/* For each draft the entry that it is (borrowed from `stored`), or NULL when it
 * is new: first by source_key, then, among those left, by shared words, author
 * and neighbours. No entry is given twice. `drafts` holds Draft*, `stored`
 * Entry* of the same source in the order of their ids. Nearly linear in time.
 * Returns (g_ptr_array_unref). */
GPtrArray *match_drafts(const GPtrArray *drafts, const GPtrArray *stored);

/* What the pad said at the last import: `steps` holds the forms (Entry*, oldest
 * first) that an entry went through, `by_import[i]` tells whether an import made
 * step i. A field is as the last import that changed it left it. Returns (entry_free). */
Entry *match_base(const GPtrArray *steps, const bool *by_import);

/* Three-way merge: what the pad changed since `base` (what it said at the last
 * import) is put into `entry`; what an editor changed stays. `base` NULL: the
 * pad's words, links and endorsements are taken. True when `entry` changed;
 * an approved entry whose words changed is pending again (`*reopened`). */
bool match_merge(Entry *entry, const Entry *base, const Entry *now, bool *reopened);

#endif
