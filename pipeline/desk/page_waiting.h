/* The entries that are not in a bulletin: which could be, and which that are in would go first. Inside desk/ only. */
#ifndef CARNET_DESK_PAGE_WAITING_H
#define CARNET_DESK_PAGE_WAITING_H

#include "desk/bulletin.h"

typedef struct {
  GPtrArray *proposals; /* Explanation*, best first; NULL: not known */
  gint64 first_out;     /* the entry that would go first, should another grow; 0: none */
} Waiting;

/* Of a bulletin that has a rundown; what cannot be read is not known, and the page goes on. */
void waiting_read(const Visit *visit, const Bulletin *bulletin, Waiting *waiting);
void waiting_clear(Waiting *waiting);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Waiting, waiting_clear)
/* A form that puts one of them in (nothing when none waits); "swap" of the address says in whose place. */
void page_waiting(Xml *xml, const Visit *visit, const Bulletin *bulletin, const Waiting *waiting);

#endif
