#include "logbook/slots.h"

#include "base/error.h"
#include "base/i18n.h"
#include "logbook/sql.h"

#include <string.h>

static const char *const state_names[SLOT_STATE_COUNT] = {
    [SLOT_PLANNED] = N_("planned"), [SLOT_RENDERING] = N_("rendering"), [SLOT_READY] = N_("ready"),
    [SLOT_CLAIMED] = N_("claimed"), [SLOT_ON_AIR] = N_("on-air"),       [SLOT_DONE] = N_("done"),
    [SLOT_MISSED] = N_("missed"),   [SLOT_FAILED] = N_("failed"),       [SLOT_UNKNOWN] = N_("unknown"),
};

const char *slot_state_name(SlotState state) {
  return state_names[state];
}

bool slot_is_over(SlotState state) {
  return state >= SLOT_DONE;
}

/* The table's CHECK lets no other name in. */
static SlotState state_of(const char *name) {
  SlotState state = SLOT_PLANNED;
  while (state < SLOT_UNKNOWN && strcmp(state_names[state], name) != 0)
    state++;
  return state;
}

bool slot_is_urgent(const SlotRow *row) {
  return g_str_has_prefix(row->occurrence, "urgent:");
}

bool slot_is_by_hand(const SlotRow *row) {
  return g_str_has_prefix(row->occurrence, SLOT_BY_HAND);
}

SlotRow *slot_row_copy(const SlotRow *row) {
  SlotRow *copy = g_memdup2(row, sizeof *row);
  copy->occurrence = g_strdup(row->occurrence);
  copy->script = g_strdup(row->script);
  copy->edition = g_strdup(row->edition);
  copy->mounts = g_strdupv(row->mounts);
  copy->title = g_strdup(row->title);
  copy->why = g_strdup(row->why);
  return copy;
}

void slot_row_free(SlotRow *row) {
  if (row == NULL)
    return;
  g_free(row->occurrence);
  g_free(row->script);
  g_free(row->edition);
  g_strfreev(row->mounts);
  g_free(row->title);
  g_free(row->why);
  g_free(row);
}

void slot_mount_free(SlotMount *mount) {
  if (mount == NULL)
    return;
  g_free(mount->mount);
  g_free(mount->why);
  g_free(mount);
}

/* --- reading --------------------------------------------------------------------- */

#define COLUMNS "id, start_us, occurrence, script, edition, mounts, priority, title, state, why, changed_us"

static SlotRow *read_row(sqlite3_stmt *stmt) {
  SlotRow *row = g_new0(SlotRow, 1);
  row->id = sqlite3_column_int64(stmt, 0);
  row->start_us = sqlite3_column_int64(stmt, 1);
  row->occurrence = sql_text(stmt, 2);
  row->script = sql_text(stmt, 3);
  row->edition = sql_text(stmt, 4);
  const char *mounts = (const char *)sqlite3_column_text(stmt, 5);
  row->mounts = mounts != NULL ? g_strsplit(mounts, "\n", -1) : NULL;
  row->priority = sqlite3_column_int64(stmt, 6);
  row->title = sql_text(stmt, 7);
  row->state = state_of((const char *)sqlite3_column_text(stmt, 8));
  row->why = sql_text(stmt, 9);
  row->changed_us = sqlite3_column_int64(stmt, 10);
  return row;
}

static void free_row(gpointer row) {
  slot_row_free(row);
}

/* Takes the bound statement's rows. Returns an array of SlotRow*, or NULL. */
static GPtrArray *read_rows(Store *store, sqlite3_stmt *stmt, GError **error) {
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(free_row);
  for (bool row = true; sql_step(store, stmt, &row, error);) {
    if (!row)
      return g_steal_pointer(&rows);
    g_ptr_array_add(rows, read_row(stmt));
  }
  return NULL;
}

GPtrArray *slots_list(Store *store, gint64 from_us, gint64 until_us, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(
      store, "SELECT " COLUMNS " FROM slots WHERE start_us >= ?1 AND start_us < ?2 ORDER BY start_us, id", error);
  if (stmt == NULL)
    return NULL;
  sql_bind_int(stmt, 1, from_us);
  sql_bind_int(stmt, 2, until_us);
  return read_rows(store, stmt, error);
}

GPtrArray *slots_waiting(Store *store, GError **error) {
  g_autoptr(sqlite3_stmt) stmt =
      sql_prepare(store,
                  "SELECT " COLUMNS " FROM slots INDEXED BY slots_waiting"
                  " WHERE state IN ('planned','rendering','ready','claimed','on-air') ORDER BY start_us, priority, id",
                  error);
  return stmt != NULL ? read_rows(store, stmt, error) : NULL;
}

/* The one row of a bound statement, NULL without an error when there is none. */
static SlotRow *read_one(Store *store, sqlite3_stmt *stmt, GError **error) {
  bool row = false;
  return sql_step(store, stmt, &row, error) && row ? read_row(stmt) : NULL;
}

SlotRow *slots_last_like(Store *store, const char *prefix, GError **error) {
  g_autoptr(sqlite3_stmt) stmt =
      sql_prepare(store,
                  "SELECT " COLUMNS " FROM slots WHERE substr(occurrence, 1, length(?1)) = ?1"
                  " AND occurrence >= ?1 ORDER BY start_us DESC LIMIT 1",
                  error);
  if (stmt == NULL)
    return NULL;
  sql_bind_text(stmt, 1, prefix);
  return read_one(store, stmt, error);
}

bool slots_last_us(Store *store, gint64 *last_us, GError **error) {
  return sql_number(store, "SELECT coalesce(max(changed_us), 0) FROM slots", last_us, error);
}

/* --- planning ---------------------------------------------------------------------- */

/* The row that `plan` is already, NULL without an error when there is none. */
static SlotRow *find_plan(Store *store, const SlotRow *plan, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store,
                                             "SELECT " COLUMNS " FROM slots WHERE occurrence = ?1"
                                             " OR (start_us = ?2 AND script = ?3 AND occurrence NOT LIKE 'urgent:%')"
                                             " ORDER BY occurrence <> ?1 LIMIT 1",
                                             error);
  if (stmt == NULL)
    return NULL;
  sql_bind_text(stmt, 1, plan->occurrence);
  sql_bind_int(stmt, 2, plan->start_us);
  sql_bind_text(stmt, 3, plan->script);
  return read_one(store, stmt, error);
}

static bool edition_is_taken(Store *store, const char *edition, gint64 except, bool *taken, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, "SELECT 1 FROM slots WHERE edition = ?1 AND id <> ?2", error);
  if (stmt == NULL)
    return false;
  sql_bind_text(stmt, 1, edition);
  sql_bind_int(stmt, 2, except);
  return sql_step(store, stmt, taken, error);
}

/* DAY-SCRIPT, DAY-SCRIPT@1800, DAY-SCRIPT@1800-2 (an hour that comes twice)… Returns (g_free), or NULL. */
static char *free_edition(Store *store, const SlotRow *plan, gint64 id, const char *day, const char *hhmm,
                          GError **error) {
  for (guint n = 0;; n++) {
    g_autofree char *name = n == 0   ? g_strdup_printf("%s-%s", day, plan->script)
                            : n == 1 ? g_strdup_printf("%s-%s@%s", day, plan->script, hhmm)
                                     : g_strdup_printf("%s-%s@%s-%u", day, plan->script, hhmm, n);
    bool taken = false;
    if (!edition_is_taken(store, name, id, &taken, error))
      return NULL;
    if (!taken)
      return g_steal_pointer(&name);
  }
}

static bool same_mounts(char *const *a, char *const *b) {
  return a == NULL || b == NULL ? a == b : g_strv_equal((const char *const *)a, (const char *const *)b);
}

static bool same_plan(const SlotRow *a, const SlotRow *b) {
  return a->start_us == b->start_us && strcmp(a->script, b->script) == 0 && same_mounts(a->mounts, b->mounts) &&
         a->priority == b->priority && g_strcmp0(a->title, b->title) == 0;
}

static const char sql_insert[] =
    "INSERT INTO slots(start_us, occurrence, script, edition, mounts, priority, title, state, changed_us)"
    " VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, 'planned', ?9)";
static const char sql_move[] = "UPDATE slots SET start_us = ?2, script = ?4, edition = ?5, mounts = ?6, priority = ?7,"
                               " title = ?8, changed_us = ?9, state = iif(script = ?4, state, 'planned')"
                               " WHERE id = ?1 AND ?3 IS NOT NULL";

static bool write_plan(Store *store, const char *sql, const SlotRow *plan, gint64 id, const char *edition,
                       gint64 now_us, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, sql, error);
  if (stmt == NULL)
    return false;
  g_autofree char *mounts = plan->mounts != NULL ? g_strjoinv("\n", plan->mounts) : NULL;
  if (strcmp(sql, sql_move) == 0)
    sql_bind_int(stmt, 1, id);
  sql_bind_int(stmt, 2, plan->start_us);
  sql_bind_text(stmt, 3, plan->occurrence);
  sql_bind_text(stmt, 4, plan->script);
  sql_bind_text(stmt, 5, edition);
  sql_bind_text(stmt, 6, mounts);
  sql_bind_int(stmt, 7, plan->priority);
  sql_bind_text(stmt, 8, plan->title != NULL ? plan->title : "");
  sql_bind_int(stmt, 9, now_us);
  return sql_run(store, stmt, error);
}

/* Inside a change. */
static gint64 plan_slot(Store *store, const SlotRow *plan, const char *day, const char *hhmm, gint64 now_us,
                        GError **error) {
  g_autoptr(GError) why = NULL;
  g_autoptr(SlotRow) there = find_plan(store, plan, &why);
  if (why != NULL) {
    g_propagate_error(error, g_steal_pointer(&why));
    return 0;
  }
  if (there != NULL && (there->state >= SLOT_CLAIMED || same_plan(there, plan)))
    return there->id;
  gint64 id = there != NULL ? there->id : 0;
  bool keeps_name = there != NULL && g_str_has_prefix(there->edition, day) && strcmp(there->script, plan->script) == 0;
  g_autofree char *edition = keeps_name              ? g_strdup(there->edition)
                             : plan->edition != NULL ? g_strdup(plan->edition)
                                                     : free_edition(store, plan, id, day, hhmm, error);
  if (edition == NULL || !write_plan(store, there != NULL ? sql_move : sql_insert, plan, id, edition, now_us, error))
    return 0;
  return there != NULL ? id : sqlite3_last_insert_rowid(store->db);
}

gint64 slots_plan(Store *store, const SlotRow *plan, const char *day, const char *hhmm, gint64 now_us, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return 0;
  gint64 id = plan_slot(store, plan, day, hhmm, now_us, error);
  return change_end(&change, id != 0, error) ? id : 0;
}

static bool is_kept(const GArray *kept, gint64 id) {
  for (guint i = 0; i < kept->len; i++)
    if (g_array_index(kept, gint64, i) == id)
      return true;
  return false;
}

static bool forget(Store *store, gint64 id, GError **error) {
  g_autoptr(sqlite3_stmt) stmt =
      sql_prepare(store, "DELETE FROM slots WHERE id = ?1 AND state IN ('planned','rendering','ready')", error);
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, id);
  return sql_run(store, stmt, error);
}

bool slots_forget(Store *store, gint64 from_us, gint64 until_us, const GArray *kept, GError **error) {
  g_autoptr(GPtrArray) rows = slots_list(store, from_us, until_us, error);
  bool ok = rows != NULL;
  for (guint i = 0; ok && i < rows->len; i++) {
    const SlotRow *row = rows->pdata[i];
    bool is_of_calendar = !slot_is_urgent(row) && !slot_is_by_hand(row);
    if (row->state < SLOT_CLAIMED && is_of_calendar && !is_kept(kept, row->id))
      ok = forget(store, row->id, error);
  }
  return ok;
}

/* --- states ----------------------------------------------------------------------------- */

static bool set_state(Store *store, gint64 id, SlotState state, const char *why, gint64 now_us, const char *only_if,
                      bool *changed, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(
      store, "UPDATE slots SET state = ?2, why = ?3, changed_us = ?4 WHERE id = ?1 AND (?5 IS NULL OR state = ?5)",
      error);
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, id);
  sql_bind_text(stmt, 2, slot_state_name(state));
  sql_bind_text(stmt, 3, why);
  sql_bind_int(stmt, 4, now_us);
  sql_bind_text(stmt, 5, only_if);
  bool ok = sql_run(store, stmt, error);
  *changed = ok && sqlite3_changes(store->db) == 1;
  return ok;
}

bool slots_set_state(Store *store, gint64 id, SlotState state, const char *why, gint64 now_us, GError **error) {
  bool changed;
  return set_state(store, id, state, why, now_us, NULL, &changed, error);
}

gint64 slots_add_ready(Store *store, const SlotRow *plan, gint64 now_us, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return 0;
  gint64 id = plan_slot(store, plan, "", "", now_us, error);
  bool ok = id != 0 && slots_set_state(store, id, SLOT_READY, NULL, now_us, error);
  return change_end(&change, ok, error) ? id : 0;
}

static bool claim_mount(Store *store, gint64 id, const char *mount, gint64 planned_frames, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(
      store, "INSERT INTO slot_mounts(slot, mount, state, planned_frames) VALUES (?1, ?2, 'claimed', ?3)", error);
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, id);
  sql_bind_text(stmt, 2, mount);
  sql_bind_int(stmt, 3, planned_frames);
  return sql_run(store, stmt, error);
}

bool slots_claim(Store *store, gint64 id, const char *const *mounts, gint64 planned_frames, gint64 now_us,
                 GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return false;
  bool changed = false;
  bool ok = set_state(store, id, SLOT_CLAIMED, NULL, now_us, "ready", &changed, error);
  if (ok && !changed) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("this slot was claimed before, and is not aired again"));
    ok = false;
  }
  for (; ok && *mounts != NULL; mounts++)
    ok = claim_mount(store, id, *mounts, planned_frames, error);
  return change_end(&change, ok, error);
}

static const char sql_tell[] =
    "UPDATE slot_mounts SET state = ?3, started_us = ?4, ended_us = ?5, sent_frames = ?6, planned_frames = ?7,"
    " heard_frames = max(heard_frames, ?8), why = ?9 WHERE slot = ?1 AND mount = ?2";

static bool tell_mount(Store *store, const SlotMount *row, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, sql_tell, error);
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, row->slot);
  sql_bind_text(stmt, 2, row->mount);
  sql_bind_text(stmt, 3, slot_state_name(row->state));
  sql_bind_int(stmt, 4, row->started_us);
  sql_bind_int(stmt, 5, row->ended_us);
  sql_bind_int(stmt, 6, row->sent_frames);
  sql_bind_int(stmt, 7, row->planned_frames);
  sql_bind_int(stmt, 8, row->heard_frames);
  sql_bind_text(stmt, 9, row->why);
  return sql_run(store, stmt, error);
}

bool slots_tell_mount(Store *store, const SlotMount *row, GError **error) {
  Change change;
  if (!change_begin(&change, store, error))
    return false;
  bool changed;
  bool ok = tell_mount(store, row, error) &&
            (row->state != SLOT_ON_AIR ||
             set_state(store, row->slot, SLOT_ON_AIR, NULL, row->started_us, "claimed", &changed, error));
  return change_end(&change, ok, error);
}

bool slots_tell_heard(Store *store, gint64 id, const char *mount, gint64 heard_frames, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(
      store, "UPDATE slot_mounts SET heard_frames = min(?3, planned_frames) WHERE slot = ?1 AND mount = ?2", error);
  if (stmt == NULL)
    return false;
  sql_bind_int(stmt, 1, id);
  sql_bind_text(stmt, 2, mount);
  sql_bind_int(stmt, 3, heard_frames);
  return sql_run(store, stmt, error);
}

bool slots_settle(Store *store, gint64 now_us, guint *n, GError **error) {
  static const char *const steps[] = {
      "UPDATE slot_mounts SET state = 'unknown', why = ?2 WHERE state IN ('claimed','on-air')",
      "UPDATE slots SET state = 'planned', changed_us = ?1 WHERE state = 'rendering'",
      "UPDATE slots SET state = 'unknown', changed_us = ?1, why = ?2 WHERE state IN ('claimed','on-air')",
  };
  static const struct { bool when, why; } bound[G_N_ELEMENTS(steps)] = {{false, true}, {true, false}, {true, true}};
  Change change;
  if (!change_begin(&change, store, error))
    return false;
  bool ok = true;
  for (gsize i = 0; ok && i < G_N_ELEMENTS(steps); i++) {
    g_autoptr(sqlite3_stmt) stmt = sql_prepare(store, steps[i], error);
    if (stmt != NULL && bound[i].when)
      sql_bind_int(stmt, 1, now_us);
    if (stmt != NULL && bound[i].why)
      sql_bind_text(stmt, 2, _("the station stopped while it was on the air, or about to be"));
    ok = stmt != NULL && sql_run(store, stmt, error);
  }
  if (n != NULL)
    *n = ok ? (guint)sqlite3_changes(store->db) : 0;
  return change_end(&change, ok, error);
}

GPtrArray *slots_mounts(Store *store, gint64 id, GError **error) {
  g_autoptr(sqlite3_stmt) stmt = sql_prepare(store,
                                             "SELECT slot, mount, state, started_us, ended_us, sent_frames,"
                                             " planned_frames, heard_frames, why FROM slot_mounts WHERE slot = ?1"
                                             " ORDER BY mount",
                                             error);
  if (stmt == NULL)
    return NULL;
  sql_bind_int(stmt, 1, id);
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)slot_mount_free);
  for (bool row = true; sql_step(store, stmt, &row, error);) {
    if (!row)
      return g_steal_pointer(&rows);
    SlotMount *mount = g_new0(SlotMount, 1);
    *mount = (SlotMount){.slot = sqlite3_column_int64(stmt, 0),
                         .mount = sql_text(stmt, 1),
                         .state = state_of((const char *)sqlite3_column_text(stmt, 2)),
                         .started_us = sqlite3_column_int64(stmt, 3),
                         .ended_us = sqlite3_column_int64(stmt, 4),
                         .sent_frames = sqlite3_column_int64(stmt, 5),
                         .planned_frames = sqlite3_column_int64(stmt, 6),
                         .heard_frames = sqlite3_column_int64(stmt, 7),
                         .why = sql_text(stmt, 8)};
    g_ptr_array_add(rows, mount);
  }
  return NULL;
}
