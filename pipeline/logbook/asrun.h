/* The as-run log: what each mount really got, and when. One row for each item
 * of a rundown on each mount, written when the item has ended there; rows are
 * never changed. Frames are at 48 kHz. Failures are the store's (store.h). */
#ifndef CARNET_LOGBOOK_ASRUN_H
#define CARNET_LOGBOOK_ASRUN_H

#include "logbook/store.h"

/* What became of one item on one mount. */
typedef enum {
  ASRUN_AIRED,   /* every packet of it was taken by the server */
  ASRUN_PARTIAL, /* some of it: the mount was lost or came back within */
  ASRUN_MISSED,  /* none of it */
} AsRunResult;

typedef struct {
  char *edition; /* "2020-03-17-soir" */
  char *mount;   /* "/bulletin.mp3" */
  guint item;    /* index in the rundown, from 0 */
  char *title;
  gint64 entry_id;         /* 0: a jingle, a sentence of the script */
  gint64 start_us, end_us; /* instants when its first and last packet were sent */
  gint64 sent_frames, planned_frames;
  AsRunResult result;
} AsRun;

const char *asrun_result_name(AsRunResult result); /* "aired", "partial", "missed" */
/* Of an item: a tenth of a second more or less at its end is the encoder's grid, not a loss. */
AsRunResult asrun_judge(gint64 sent_frames, gint64 planned_frames);
void asrun_free(AsRun *row);
bool asrun_add(Store *store, const AsRun *row, GError **error);
/* Oldest first; `edition` NULL: all; `limit` 0: all. Returns an array of AsRun*, or NULL. */
GPtrArray *asrun_list(Store *store, const char *edition, guint limit, GError **error);
/* Which of the entries dated `date_from`…`date_until` were heard (aired or
 * partial, on any mount) in an edition other than `except_edition`.
 * Returns a table entry id (gint64*) → edition (char*), or NULL. */
GHashTable *asrun_heard(Store *store, const char *date_from, const char *date_until, const char *except_edition,
                        GError **error);

#endif
