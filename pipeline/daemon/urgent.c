#include "daemon/urgent.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "logbook/entries.h"

#include <inttypes.h>
#include <stdio.h>

#define AGAIN_US (30 * US_PER_SECOND) /* after one that could not be made */

typedef enum { ALERT_UNMADE, ALERT_RENDERING, ALERT_READY } AlertState;

typedef struct {
  gint64 id, changed_us; /* the entry's */
  char *edition;
  AlertState state;
  gint64 due_us; /* it is to be heard at this instant */
  gint64 slot;   /* its last one, 0: none */
  bool listed;   /* it was there at this look */
} Alert;

struct Urgent {
  Store *store;
  Keeper *keeper;
  Renderer *renderer;
  const UrgentHooks *hooks;
  GHashTable *alerts; /* entry id → Alert */
};

static void alert_free(gpointer data) {
  Alert *alert = data;
  g_free(alert->edition);
  g_free(alert);
}

Urgent *urgent_new(Store *store, Keeper *keeper, Renderer *renderer, const UrgentHooks *hooks) {
  Urgent *urgent = g_new0(Urgent, 1);
  *urgent = (Urgent){store, keeper, renderer, hooks, NULL};
  urgent->alerts = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, alert_free);
  return urgent;
}

void urgent_free(Urgent *urgent) {
  if (!urgent)
    return;
  g_hash_table_unref(urgent->alerts);
  g_free(urgent);
}

/* "urgent:12:": its slots' occurrences begin so. Returns (g_free). */
static char *occurrence_of(gint64 entry) {
  return g_strdup_printf("urgent:%" PRId64 ":", entry);
}

/* When it was last heard is in the store: a station that starts again does not begin anew. */
static bool remember(const Urgent *urgent, const Station *station, Alert *alert, gint64 now_us, GError **error) {
  g_autofree char *prefix = occurrence_of(alert->id);
  g_autoptr(GError) why = NULL;
  g_autoptr(SlotRow) last = slots_last_like(urgent->store, prefix, &why);
  if (why) {
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
  }
  alert->due_us = last ? MIN(last->start_us, now_us) + station->run.urgent_every_us : now_us;
  return true;
}

static Alert *alert_of(Urgent *urgent, const Station *station, const Entry *entry, gint64 now_us, GError **error) {
  Alert *alert = g_hash_table_lookup(urgent->alerts, &entry->id);
  if (!alert) {
    alert = g_new0(Alert, 1);
    alert->id = entry->id;
    alert->changed_us = entry->changed_us;
    if (!remember(urgent, station, alert, now_us, error)) {
      alert_free(alert);
      return NULL;
    }
    g_hash_table_insert(urgent->alerts, &alert->id, alert);
  }
  if (alert->changed_us != entry->changed_us && alert->state != ALERT_RENDERING) {
    alert->state = ALERT_UNMADE;
    alert->changed_us = entry->changed_us;
  }
  return alert;
}

static void on_rendered(gint64 id, const char *why, gint64 took_us, gpointer user) {
  const Urgent *urgent = user;
  (void)took_us;
  Alert *alert = g_hash_table_lookup(urgent->alerts, &id);
  if (!alert)
    return;
  alert->state = why ? ALERT_UNMADE : ALERT_READY;
  if (!why)
    return;
  alert->due_us = clock_now_us() + AGAIN_US;
  g_autofree char *text = g_strdup_printf(_("urgent entry %" PRId64 " cannot be heard: %s"), id, why);
  urgent->hooks->tell(true, text, urgent->hooks->user);
}

static void make(Urgent *urgent, const Station *station, Alert *alert, gint64 now_us) {
  g_autofree char *day = zone_day(station->zone, now_us);
  g_free(alert->edition);
  alert->edition = g_strdup_printf("%s-%s@u%" PRId64, day, station->run.urgent, alert->id);
  alert->state = ALERT_RENDERING;
  RenderOrder order = {
      .kind = RENDER_URGENT, .edition = alert->edition, .script = station->run.urgent, .entry = alert->id};
  renderer_add(urgent->renderer, &order, alert->id, on_rendered, urgent);
}

static bool hear(const Urgent *urgent, const Station *station, Alert *alert, gint64 now_us, GError **error) {
  g_autofree char *prefix = occurrence_of(alert->id);
  g_autofree char *occurrence = g_strdup_printf("%s%" PRId64, prefix, now_us);
  SlotRow row = {.start_us = now_us,
                 .occurrence = occurrence,
                 .script = station->run.urgent,
                 .edition = alert->edition,
                 .priority = 1};
  gint64 slot = keeper_add_ready(urgent->keeper, &row, now_us, error);
  if (!slot) /* the one before is still to be ended, should it be taken back */
    return false;
  alert->slot = slot;
  alert->due_us = now_us + station->run.urgent_every_us;
  return true;
}

static bool step(Urgent *urgent, const Station *station, Alert *alert, gint64 now_us, GError **error) {
  /* Should the clock have been set back. */
  alert->due_us = MIN(alert->due_us, now_us + MAX(station->run.urgent_every_us, AGAIN_US));
  if (now_us < alert->due_us || alert->state == ALERT_RENDERING)
    return true;
  if (alert->state == ALERT_READY)
    return hear(urgent, station, alert, now_us, error);
  make(urgent, station, alert, now_us);
  return true;
}

/* Those that are not listed any more were taken back, or have expired. */
static bool drop_unlisted(Urgent *urgent, gint64 now_us, GError **error) {
  GHashTableIter iter;
  gpointer value;
  bool ok = true;
  g_hash_table_iter_init(&iter, urgent->alerts);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    const Alert *alert = value;
    if (alert->listed || alert->state == ALERT_RENDERING)
      continue;
    if (alert->slot) {
      urgent->hooks->end(alert->slot, _("taken back, or expired"), urgent->hooks->user);
      ok = keeper_drop(urgent->keeper, alert->slot, _("taken back, or expired"), now_us, ok ? error : NULL) && ok;
    }
    g_hash_table_iter_remove(&iter);
  }
  return ok;
}

bool urgent_look(Urgent *urgent, const Station *station, gint64 now_us, GError **error) {
  g_autofree char *today = zone_day(station->zone, now_us), *from = day_add(today, -1);
  g_autoptr(GPtrArray) entries =
      station->run.urgent ? entries_urgent(urgent->store, from, now_us, error) : g_ptr_array_new();
  if (!entries)
    return false;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init(&iter, urgent->alerts);
  while (g_hash_table_iter_next(&iter, NULL, &value))
    ((Alert *)value)->listed = false;
  bool ok = true;
  for (guint i = 0; ok && i < entries->len; i++) {
    Alert *alert = alert_of(urgent, station, entries->pdata[i], now_us, error);
    ok = alert != NULL;
    if (ok)
      alert->listed = true;
    ok = ok && step(urgent, station, alert, now_us, error);
  }
  return ok && drop_unlisted(urgent, now_us, error);
}

bool urgent_may_air(const Urgent *urgent, const SlotRow *slot) {
  gint64 id = 0;
  if (sscanf(slot->occurrence, "urgent:%" SCNd64 ":", &id) != 1)
    return true;
  const Alert *alert = g_hash_table_lookup(urgent->alerts, &id);
  return alert && alert->listed;
}
