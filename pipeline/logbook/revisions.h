/* The history of an entry: one revision a change, each with the whole entry as
 * it became. Undo writes a new revision with the content of the one before. */
#ifndef CARNET_LOGBOOK_REVISIONS_H
#define CARNET_LOGBOOK_REVISIONS_H

#include "logbook/entry.h"
#include "logbook/store.h"

typedef struct {
  gint64 id, entry_id;
  gint64 at_us; /* instant of the change */
  char *who;    /* as given by the caller: a person, "NAME (import)" for an import */
  char *what;   /* "add", "edit text kind", "approve", "undo"… */
  Entry *entry; /* as it became */
} Revision;

void revision_free(Revision *revision);
/* Oldest first. Returns an array of Revision*, or NULL. */
GPtrArray *revisions_of(Store *store, gint64 entry_id, GError **error);
/* Takes the last change of an entry back; undoing again goes on further back;
 * an entry just added becomes "withdrawn". Nothing left to undo: INPUT. */
bool revisions_undo(Store *store, gint64 entry_id, const char *who, GError **error);
/* The number of the last change in the logbook, 0: there was none. It costs nothing to ask often. */
bool revisions_last(Store *store, gint64 *last, GError **error);

#endif
