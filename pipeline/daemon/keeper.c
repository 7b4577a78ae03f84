#include "daemon/keeper.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"

#include <string.h>

#define CLAIM_US (700 * US_PER_SECOND / 1000) /* before its time: for the connections of mounts that are not on */
#define RETRY_US (20 * US_PER_SECOND)         /* after a rendering that failed */
#define MARGIN_US (5 * US_PER_SECOND)         /* kept free between a rendering and its slot */
#define TOOK_FIRST_US (60 * US_PER_SECOND)    /* what a rendering may take as long as none was seen */
#define LOOK_BACK_US (8 * 24 * 3600 * US_PER_SECOND)

/* What is known of a slot besides its row. */
typedef struct {
  gint64 took_us;  /* its last rendering, 0: none yet */
  gint64 retry_us; /* no rendering before */
  bool is_rendering, is_stale;
  const char *waits; /* what it was last said to wait for */
} Watch;

/* What became of an airing, and is not in the logbook yet: a mount's row, or (mount NULL) the end of them all. */
typedef struct {
  SlotMount *mount;
  gint64 id, at_us;
  char *why;
} Untold;

struct Keeper {
  Store *store;
  KeeperLimits limits;
  KeeperActs acts;
  GPtrArray *rows;     /* SlotRow that are not over; NULL: to be read */
  GHashTable *watches; /* id → Watch */
  GQueue untold;       /* Untold, in their order */
};

static void rows_changed(Keeper *keeper) {
  g_clear_pointer(&keeper->rows, g_ptr_array_unref);
}

Keeper *keeper_new(Store *store, const KeeperLimits *limits, const KeeperActs *acts) {
  Keeper *keeper = g_new0(Keeper, 1);
  *keeper = (Keeper){.store = store, .limits = *limits, .acts = *acts};
  keeper->watches = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  return keeper;
}

void keeper_set_limits(Keeper *keeper, const KeeperLimits *limits) {
  keeper->limits = *limits;
}

static Watch *watch_of(Keeper *keeper, gint64 id) {
  Watch *watch = g_hash_table_lookup(keeper->watches, &id);
  if (!watch) {
    watch = g_new0(Watch, 1);
    g_hash_table_insert(keeper->watches, g_memdup2(&id, sizeof id), watch);
  }
  return watch;
}

static bool read_rows(Keeper *keeper, GError **error) {
  if (!keeper->rows)
    keeper->rows = slots_waiting(keeper->store, error);
  return keeper->rows != NULL;
}

static bool enter(Keeper *keeper, const SlotRow *slot, SlotState state, const char *why, gint64 now_us,
                  GError **error) {
  if (!slots_set_state(keeper->store, slot->id, state, why, now_us, error))
    return false;
  if (slot_is_over(state))
    g_hash_table_remove(keeper->watches, &slot->id);
  rows_changed(keeper);
  return true;
}

/* --- planning -------------------------------------------------------------------------- */

bool keeper_start(Keeper *keeper, gint64 now_us, gint64 *since_us, GError **error) {
  guint n = 0;
  gint64 last_us = 0;
  if (!slots_last_us(keeper->store, &last_us, error) || !slots_settle(keeper->store, now_us, &n, error))
    return false;
  rows_changed(keeper);
  gint64 usual_us = now_us - keeper->limits.late_us;
  *since_us = last_us > 0 ? MAX(MIN(last_us, usual_us), now_us - LOOK_BACK_US) : usual_us;
  if (n > 0)
    keeper->acts.tell(NULL, true,
                      ngettext("a slot was on the air, or about to be, when the station stopped: it is not aired again",
                               "slots were on the air, or about to be, when the station stopped: they are not aired "
                               "again",
                               n),
                      keeper->acts.user);
  return true;
}

static gint64 plan_one(Keeper *keeper, const PlannedSlot *planned, GTimeZone *zone, gint64 now_us, GError **error) {
  SlotRow row = {.start_us = planned->start_us,
                 .occurrence = planned->occurrence,
                 .script = planned->script,
                 .mounts = planned->mounts,
                 .priority = planned->priority,
                 .title = planned->title};
  g_autoptr(GDateTime) local = zone_time(zone, planned->start_us);
  g_autofree char *day = g_date_time_format(local, "%Y-%m-%d"), *hhmm = g_date_time_format(local, "%H%M");
  return slots_plan(keeper->store, &row, day, hhmm, now_us, error);
}

bool keeper_plan(Keeper *keeper, const GPtrArray *planned, GTimeZone *zone, gint64 from_us, gint64 until_us,
                 gint64 now_us, GError **error) {
  g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(gint64));
  if (!store_begin(keeper->store, error))
    return false;
  bool ok = true;
  for (guint i = 0; ok && i < planned->len; i++) {
    const PlannedSlot *slot = planned->pdata[i];
    gint64 id =
        slot->start_us >= from_us && slot->start_us < until_us ? plan_one(keeper, slot, zone, now_us, error) : -1;
    ok = id != 0;
    if (id > 0)
      g_array_append_val(kept, id);
  }
  ok = ok && slots_forget(keeper->store, from_us, until_us, kept, error);
  ok = ok && store_commit(keeper->store, error);
  if (!ok)
    store_rollback(keeper->store);
  rows_changed(keeper);
  return ok;
}

gint64 keeper_add_ready(Keeper *keeper, const SlotRow *row, gint64 now_us, GError **error) {
  rows_changed(keeper);
  return slots_add_ready(keeper->store, row, now_us, error);
}

void keeper_changed(Keeper *keeper) {
  GHashTableIter iter;
  gpointer watch;
  g_hash_table_iter_init(&iter, keeper->watches);
  while (g_hash_table_iter_next(&iter, NULL, &watch))
    ((Watch *)watch)->is_stale = true;
}

const SlotRow *keeper_next(Keeper *keeper, const char *mount, gint64 from_us) {
  if (!read_rows(keeper, NULL))
    return NULL;
  for (guint i = 0; i < keeper->rows->len; i++) {
    const SlotRow *slot = keeper->rows->pdata[i];
    bool here = !slot->mounts || g_strv_contains((const char *const *)slot->mounts, mount);
    if (here && slot->state < SLOT_CLAIMED && slot->start_us >= from_us)
      return slot;
  }
  return NULL;
}

/* --- rendering --------------------------------------------------------------------------- */

/* There is time for one more, or there is nothing yet. */
static bool may_render(const Keeper *keeper, const SlotRow *slot, const Watch *watch, gint64 now_us) {
  bool is_ahead = slot->start_us - keeper->limits.ahead_us <= now_us && !slot_is_urgent(slot);
  if (!is_ahead || watch->is_rendering || now_us < watch->retry_us)
    return false;
  if (slot->state != SLOT_READY)
    return true;
  gint64 needs_us = (watch->took_us > 0 ? watch->took_us * 3 / 2 : TOOK_FIRST_US) + MARGIN_US;
  return watch->is_stale && now_us + needs_us <= slot->start_us;
}

static bool render(Keeper *keeper, const SlotRow *slot, gint64 now_us, GError **error) {
  Watch *watch = watch_of(keeper, slot->id);
  if (!may_render(keeper, slot, watch, now_us))
    return true;
  g_autoptr(SlotRow) copy = slot_row_copy(slot); /* entering a state drops the rows */
  if (slot->state == SLOT_PLANNED && !enter(keeper, copy, SLOT_RENDERING, NULL, now_us, error))
    return false;
  watch->is_rendering = keeper->acts.render(copy, keeper->acts.user);
  watch->is_stale = false;
  watch->retry_us = watch->is_rendering ? 0 : now_us + RETRY_US;
  return true;
}

static const SlotRow *row_of(Keeper *keeper, gint64 id) {
  const SlotRow *found = NULL;
  for (guint i = 0; read_rows(keeper, NULL) && i < keeper->rows->len && !found; i++) {
    const SlotRow *slot = keeper->rows->pdata[i];
    found = slot->id == id ? slot : NULL;
  }
  return found;
}

void keeper_rendered(Keeper *keeper, gint64 id, const char *why, gint64 took_us, gint64 now_us) {
  Watch *watch = g_hash_table_lookup(keeper->watches, &id);
  if (watch)
    watch->is_rendering = false; /* what the logbook is too busy to hear of is made again */
  const SlotRow *row = row_of(keeper, id);
  if (!row)
    return;
  watch = watch_of(keeper, id);
  g_autoptr(SlotRow) slot = slot_row_copy(row);
  watch->took_us = why ? watch->took_us : took_us;
  watch->retry_us = why ? now_us + RETRY_US : 0;
  if (why) {
    bool has_older = keeper->acts.rendered(slot, keeper->acts.user) > 0;
    g_autofree char *text = g_strdup_printf(
        has_older ? _("the new rendering is no good, the one before is kept: %s") : _("not made: %s"), why);
    keeper->acts.tell(slot, true, text, keeper->acts.user);
    if (!has_older) {
      enter(keeper, slot, SLOT_PLANNED, why, now_us, NULL); /* as it is, if not even that can be written */
      return;
    }
  }
  if (slot->state == SLOT_RENDERING || slot->state == SLOT_PLANNED)
    enter(keeper, slot, SLOT_READY, why, now_us, NULL);
}

/* --- airing ------------------------------------------------------------------------------- */

static bool end_unheard(Keeper *keeper, const SlotRow *slot, SlotState state, const char *why, gint64 now_us,
                        GError **error) {
  g_autoptr(SlotRow) copy = slot_row_copy(slot);
  if (!enter(keeper, copy, state, why, now_us, error))
    return false;
  g_autofree char *text = g_strdup_printf(_("missed: %s"), why);
  keeper->acts.tell(copy, true, text, keeper->acts.user);
  return true;
}

/* Its time is over, and it was never claimed. */
static bool miss(Keeper *keeper, const SlotRow *slot, gint64 now_us, GError **error) {
  const Watch *watch = watch_of(keeper, slot->id);
  if (slot->why && slot->state != SLOT_READY)
    return end_unheard(keeper, slot, SLOT_FAILED, slot->why, now_us, error);
  const char *why = watch->waits                ? watch->waits
                    : slot->state != SLOT_READY ? _("its bulletin was not made in time")
                                                : _("the station was not running");
  return end_unheard(keeper, slot, SLOT_MISSED, why, now_us, error);
}

static bool claim(Keeper *keeper, const SlotRow *row, gint64 now_us, GError **error) {
  g_autoptr(SlotRow) slot = slot_row_copy(row);
  Watch *watch = watch_of(keeper, slot->id);
  gint64 at_us = MAX(slot->start_us, now_us);
  const char *why = NULL;
  g_auto(GStrv) mounts = keeper->acts.mounts(slot, at_us, &why, keeper->acts.user);
  watch->waits = mounts ? NULL : why;
  if (!mounts)
    return true;
  gint64 frames = keeper->acts.rendered(slot, keeper->acts.user);
  if (frames <= 0) /* somebody has removed it */
    return enter(keeper, slot, SLOT_PLANNED, NULL, now_us, error);
  g_autoptr(GError) refused = NULL;
  if (!slots_claim(keeper->store, slot->id, (const char *const *)mounts, frames, now_us, &refused)) {
    rows_changed(keeper);
    g_propagate_error(error, g_steal_pointer(&refused));
    return false;
  }
  rows_changed(keeper);
  if (keeper->acts.air(slot, (const char *const *)mounts, at_us, keeper->acts.user, &refused))
    return true;
  return end_unheard(keeper, slot, SLOT_FAILED, refused ? refused->message : "", now_us, error);
}

static bool step_slot(Keeper *keeper, const SlotRow *slot, gint64 now_us, GError **error) {
  if (slot->state >= SLOT_CLAIMED)
    return true;
  if (now_us > slot->start_us + keeper->limits.late_us)
    return miss(keeper, slot, now_us, error);
  if (slot->state == SLOT_READY && now_us >= slot->start_us - CLAIM_US)
    return claim(keeper, slot, now_us, error);
  return render(keeper, slot, now_us, error);
}

/* --- what became of it ------------------------------------------------------------------- */

static bool tell_mount(Keeper *keeper, const SlotMount *row, GError **error) {
  rows_changed(keeper);
  return slots_tell_mount(keeper->store, row, error);
}

static bool tell_end(Keeper *keeper, gint64 id, const char *why, gint64 at_us, GError **error) {
  g_autoptr(GPtrArray) mounts = slots_mounts(keeper->store, id, error);
  if (!mounts)
    return false;
  bool heard = false;
  for (guint i = 0; i < mounts->len; i++)
    heard = heard || ((const SlotMount *)mounts->pdata[i])->sent_frames > 0;
  SlotRow slot = {.id = id};
  return enter(keeper, &slot, heard ? SLOT_DONE : SLOT_FAILED,
               heard ? why
               : why ? why
                     : _("no mount took it"),
               at_us, error);
}

static void untold_free(Untold *untold) {
  if (untold->mount)
    slot_mount_free(untold->mount);
  g_free(untold->why);
  g_free(untold);
}

static bool tell(Keeper *keeper, const Untold *untold, GError **error) {
  return untold->mount ? tell_mount(keeper, untold->mount, error)
                       : tell_end(keeper, untold->id, untold->why, untold->at_us, error);
}

/* A logbook that is busy, or a disk that is full, may take it later; what it refuses for good is dropped. */
static bool may_be_told_later(const GError *why) {
  return g_error_matches(why, CARNET_ERROR, CARNET_ERROR_AGAIN) ||
         g_error_matches(why, CARNET_ERROR, CARNET_ERROR_SYSTEM);
}

static bool tell_untold(Keeper *keeper, GError **error) {
  for (Untold *untold; (untold = g_queue_peek_head(&keeper->untold));) {
    g_autoptr(GError) why = NULL;
    if (!tell(keeper, untold, &why)) {
      if (may_be_told_later(why)) {
        g_propagate_error(error, g_steal_pointer(&why));
        return false;
      }
      keeper->acts.tell(NULL, true, why->message, keeper->acts.user);
    }
    untold_free(g_queue_pop_head(&keeper->untold));
  }
  return true;
}

/* Takes `untold`: behind those that wait. */
static bool tell_or_keep(Keeper *keeper, Untold *untold, GError **error) {
  g_autoptr(GError) why = NULL;
  bool ok = tell_untold(keeper, &why) && tell(keeper, untold, &why);
  if (!ok && may_be_told_later(why))
    g_queue_push_tail(&keeper->untold, untold);
  else
    untold_free(untold);
  if (!ok)
    g_propagate_error(error, g_steal_pointer(&why));
  return ok;
}

bool keeper_mount(Keeper *keeper, const SlotMount *row, GError **error) {
  Untold *untold = g_new0(Untold, 1);
  untold->mount = g_memdup2(row, sizeof *row);
  untold->mount->mount = g_strdup(row->mount);
  untold->mount->why = g_strdup(row->why);
  return tell_or_keep(keeper, untold, error);
}

bool keeper_ended(Keeper *keeper, gint64 id, const char *why, gint64 now_us, GError **error) {
  Untold *untold = g_new0(Untold, 1);
  *untold = (Untold){.id = id, .at_us = now_us, .why = g_strdup(why)};
  return tell_or_keep(keeper, untold, error);
}

void keeper_free(Keeper *keeper) {
  if (!keeper)
    return;
  tell_untold(keeper, NULL); /* a last time */
  g_queue_clear_full(&keeper->untold, (GDestroyNotify)untold_free);
  rows_changed(keeper);
  g_hash_table_unref(keeper->watches);
  g_free(keeper);
}

bool keeper_step(Keeper *keeper, gint64 now_us, GError **error) {
  if (!tell_untold(keeper, error) || !read_rows(keeper, error))
    return false;
  /* A state that is entered drops the rows: these stay while they are gone through. */
  g_autoptr(GPtrArray) rows = g_ptr_array_ref(keeper->rows);
  bool ok = true;
  for (guint i = 0; i < rows->len && ok; i++)
    ok = step_slot(keeper, rows->pdata[i], now_us, error);
  return ok;
}

bool keeper_drop(Keeper *keeper, gint64 id, const char *why, gint64 now_us, GError **error) {
  const SlotRow *slot = row_of(keeper, id);
  return !slot || slot->state >= SLOT_CLAIMED || end_unheard(keeper, slot, SLOT_MISSED, why, now_us, error);
}
