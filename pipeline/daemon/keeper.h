/* The keeper of the slots: what is due, and in which order. It moves each slot of the store from state to state, and
 * commits each state before what it announces is done. What is done is a function that it is given, so that a year of
 * it can be tested in seconds. Instants are given, microseconds in UTC. */
#ifndef CARNET_DAEMON_KEEPER_H
#define CARNET_DAEMON_KEEPER_H

#include "logbook/slots.h"
#include "schedule/slots.h"

typedef struct {
  gint64 ahead_us; /* a slot's bulletin is made so long before it */
  gint64 late_us;  /* so long after its time it still begins */
} KeeperLimits;

typedef struct {
  /* Begins to make the slot's bulletin; keeper_rendered tells the end. False: not now. */
  bool (*render)(const SlotRow *slot, gpointer user);
  /* Length of what there is of it, in frames, 0: nothing that may be aired. */
  gint64 (*rendered)(const SlotRow *slot, gpointer user);
  /* The mounts that it would be heard on, of those that are free for it at `at_us` (g_strfreev). NULL: none is, and
   * `why` (a literal) tells more. */
  char **(*mounts)(const SlotRow *slot, gint64 at_us, const char **why, gpointer user);
  /* The slot is claimed: puts it on the air at `at_us`. keeper_mount and keeper_ended tell what became of it. */
  bool (*air)(const SlotRow *slot, const char *const *mounts, gint64 at_us, gpointer user, GError **error);
  /* For the log: what a person wants to know. `trouble`: it is nobody's wish. */
  void (*tell)(const SlotRow *slot, bool trouble, const char *text, gpointer user);
  gpointer user;
} KeeperActs;

typedef struct Keeper Keeper;
/* Borrows the store; copies the rest. Returns (keeper_free). */
Keeper *keeper_new(Store *store, const KeeperLimits *limits, const KeeperActs *acts);
void keeper_free(Keeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keeper, keeper_free)
void keeper_set_limits(Keeper *keeper, const KeeperLimits *limits);

/* Settles what a stop left in doubt. `since_us`: from where on slots must be looked at again (those of the time in
 * which nobody watched are missed, and told). */
bool keeper_start(Keeper *keeper, gint64 now_us, gint64 *since_us, GError **error);
/* What the calendars ask for from `from_us` until before `until_us` (PlannedSlot, by start). */
bool keeper_plan(Keeper *keeper, const GPtrArray *planned, GTimeZone *zone, gint64 from_us, gint64 until_us,
                 gint64 now_us, GError **error);
/* Adds a slot that is ready to be aired at once (urgent). Returns its id, or 0. */
gint64 keeper_add_ready(Keeper *keeper, const SlotRow *row, gint64 now_us, GError **error);
/* One that waits is not to be aired any more (taken back). */
bool keeper_drop(Keeper *keeper, gint64 id, const char *why, gint64 now_us, GError **error);
/* The logbook, a script or a voice has changed: what is ready is made again where the time allows it. */
void keeper_changed(Keeper *keeper);
/* Moves on whatever is due. False when the store refused: the same is tried with the next call. */
bool keeper_step(Keeper *keeper, gint64 now_us, GError **error);

/* A rendering has ended; `why` is NULL when it is good. */
void keeper_rendered(Keeper *keeper, gint64 id, const char *why, gint64 took_us, gint64 now_us);
/* False: not yet. What a busy logbook or a full disk refuses is told by the next keeper_step, or by keeper_free. */
bool keeper_mount(Keeper *keeper, const SlotMount *row, GError **error);
/* All of its mounts have been told of. False as keeper_mount. */
bool keeper_ended(Keeper *keeper, gint64 id, const char *why, gint64 now_us, GError **error);

/* The first slot from `from_us` on that still waits and may be heard on `mount` (borrowed until the next call of any
 * function), or NULL. */
const SlotRow *keeper_next(Keeper *keeper, const char *mount, gint64 from_us);

#endif
