/* One edition's rundown as the desk reads and changes it. Inside desk/ only. */
#ifndef CARNET_DESK_BULLETIN_H
#define CARNET_DESK_BULLETIN_H

#include "commands/slot.h"
#include "desk/visit.h"
#include "editorial/rundown.h"

typedef struct {
  Slot slot;
  char *edition, *path; /* path: its rundown.yaml */
  char *made;           /* a sum of the file as it was read: what a change was made of; NULL: there is none yet */
  Rundown *rundown;     /* NULL: there is none yet */
} Bulletin;
void bulletin_free(Bulletin *bulletin);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bulletin, bulletin_free)

/* The one of "edition", or of "script" and "date". Returns (bulletin_free), or NULL: a file that cannot be read tells where. */
Bulletin *bulletin_open(const Visit *visit, GError **error);
/* A change of a rundown that stands: `item` and `made` as the visit says. */
typedef bool (*BulletinChange)(const Visit *visit, Rundown *rundown, guint item, GError **error);
/* `needs_item`: of one item, which must be named; else of the whole. Makes it under the edition's lock and writes the file, as if a person had edited it. NULL with AGAIN and `*conflict` when
 * the rundown is another than the one that was read. Returns (bulletin_free) as it is now. */
Bulletin *bulletin_change(const Visit *visit, BulletinChange change, bool needs_item, bool *conflict, GError **error);
/* The change that takes the last one back: again, and it is there again. */
bool bulletin_take_back(const Visit *visit, Rundown *rundown, guint item, GError **error);
bool bulletin_can_undo(const Bulletin *bulletin);
/* A file of the edition, whole and below it; NULL: it has no such file to give. Returns (g_free). */
char *bulletin_file(const Visit *visit, const char *edition, const char *file);
/* What is being made of it now, for a browser to play as it comes: open (-1: nothing is), its type, and where its sound
 * begins. */
int bulletin_making(const Visit *visit, const char *edition, const char **type, gint64 *from);
/* Why each entry is in or out, as `carnet rundown --explain --json` prints it (g_free), or NULL. */
char *explain_bulletin(const Visit *visit, const Bulletin *bulletin, GError **error);

#endif
