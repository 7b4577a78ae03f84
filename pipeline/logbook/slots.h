/* Slots: what the calendars asked for and what became of it, so that a station that is killed at any moment airs
 * nothing twice and loses nothing without a word.
 *
 *   planned ──> rendering ──> ready ──> claimed ──> on-air ──> done
 *      │            │           │          │           │
 *      └────────────┴───────────┴──> missed│           └──> failed (no mount took it)
 *                   └──> failed            └──> unknown (we ended in between: it is never aired again)
 *
 * A state is committed before what it announces is done. A claim holds the slot and each of its mounts, and is given
 * once. Failures are the store's (store.h). Frames are at 48 kHz. */
#ifndef CARNET_LOGBOOK_SLOTS_H
#define CARNET_LOGBOOK_SLOTS_H

#include "logbook/store.h"

typedef enum {
  SLOT_PLANNED,
  SLOT_RENDERING,
  SLOT_READY,
  SLOT_CLAIMED,
  SLOT_ON_AIR,
  SLOT_DONE,
  SLOT_MISSED,
  SLOT_FAILED,
  SLOT_UNKNOWN,
  SLOT_STATE_COUNT
} SlotState;

const char *slot_state_name(SlotState state); /* "on-air"; marked for _() */
/* Nothing will happen to it any more. */
bool slot_is_over(SlotState state);

typedef struct {
  gint64 id; /* 0: not in the store yet */
  gint64 start_us;
  char *occurrence; /* the same however often the calendar is read (schedule/slots.h); "urgent:12:…" */
  char *script;
  char *edition;   /* NULL when planning: the store gives it one */
  char **mounts;   /* NULL: all */
  gint64 priority; /* 1 (highest) to 9 */
  char *title;
  SlotState state;
  char *why; /* what went wrong, NULL: nothing */
  gint64 changed_us;
} SlotRow;

/* One of an urgent entry, which no calendar asked for. */
bool slot_is_urgent(const SlotRow *row);
#define SLOT_BY_HAND "by hand:" /* how the occurrence of one begins that somebody ordered */
bool slot_is_by_hand(const SlotRow *row);
SlotRow *slot_row_copy(const SlotRow *row);
void slot_row_free(SlotRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SlotRow, slot_row_free)

/* One slot on one mount. */
typedef struct {
  gint64 slot;
  char *mount;
  SlotState state;             /* claimed, on-air, done, missed, unknown */
  gint64 started_us, ended_us; /* instants when its first and last sound was sent, 0: none */
  gint64 sent_frames, planned_frames;
  gint64 heard_frames; /* what an own listener heard of it, -1: none listened */
  char *why;
} SlotMount;
void slot_mount_free(SlotMount *mount);

/* What a calendar asks for, added or brought up to date: found by its occurrence, else by its start and script. One
 * that has been claimed, or is over, stays as it is; one whose start or script has changed is planned anew. `day` (the
 * slot's local day) and `hhmm` ("1800") make the edition's name: DAY-SCRIPT, of a second one DAY-SCRIPT@1800.
 * Returns its id, or 0. */
gint64 slots_plan(Store *store, const SlotRow *plan, const char *day, const char *hhmm, gint64 now_us, GError **error);
/* Plans one whose bulletin is made already, both or nothing. Returns its id, or 0. */
gint64 slots_add_ready(Store *store, const SlotRow *plan, gint64 now_us, GError **error);
/* Takes out those from `from_us` until before `until_us` that came out of a calendar, wait, and are not in `kept`
 * (ids, gint64). */
bool slots_forget(Store *store, gint64 from_us, gint64 until_us, const GArray *kept, GError **error);
/* By start. Returns an array of SlotRow*, or NULL. */
GPtrArray *slots_list(Store *store, gint64 from_us, gint64 until_us, GError **error);
/* Those that are not over. Returns an array of SlotRow*, or NULL. */
GPtrArray *slots_waiting(Store *store, GError **error);
/* The latest of an occurrence that begins with `prefix`, or NULL without an error. Returns (slot_row_free). */
SlotRow *slots_last_like(Store *store, const char *prefix, GError **error);
/* The latest change of any slot, 0: there is none. */
bool slots_last_us(Store *store, gint64 *last_us, GError **error);

bool slots_set_state(Store *store, gint64 id, SlotState state, const char *why, gint64 now_us, GError **error);
/* Claims a ready slot and its mounts (NULL ended): INPUT when it, or one of them with it, was claimed before. */
bool slots_claim(Store *store, gint64 id, const char *const *mounts, gint64 planned_frames, gint64 now_us,
                 GError **error);
/* What a mount got; the slot itself is on the air with the first. `row` names slot and mount. */
bool slots_tell_mount(Store *store, const SlotMount *row, GError **error);
/* What an own listener heard of it, which is known a little later. */
bool slots_tell_heard(Store *store, gint64 id, const char *mount, gint64 heard_frames, GError **error);
/* After a stop of whatever kind: what was claimed is unknown, what was being rendered is planned. `n` (may be NULL):
 * how many are unknown now. */
bool slots_settle(Store *store, gint64 now_us, guint *n, GError **error);
/* Returns an array of SlotMount*, or NULL. */
GPtrArray *slots_mounts(Store *store, gint64 id, GError **error);

#endif
