/* What the station is told to do by hand, while it runs: a bulletin at once, or no more of it. */
#include "daemon/daemon_private.h"

#include "base/clock.h"
#include "commands/slot.h"
#include "daemon/report.h"

#include <inttypes.h>
#include <string.h>

#define BY_HAND_PRIORITY 2 /* after what is urgent, before what was planned */

/* A slot of now, which no calendar asked for. */
static bool air(Daemon *daemon, const char *edition, GError **error) {
  g_auto(Slot) slot = {0};
  if (!slot_from_edition(edition, &slot, error))
    return false;
  if (daemon_rendered(daemon, edition) == 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s is not made: \"carnet produce\" makes it"), edition);
    return false;
  }
  gint64 now_us = clock_now_us();
  g_autofree char *occurrence = g_strdup_printf(SLOT_BY_HAND "%s:%" PRId64, edition, now_us);
  const SlotRow row = {.start_us = now_us,
                       .occurrence = occurrence,
                       .script = slot.script,
                       .edition = slot.edition,
                       .title = slot.script,
                       .priority = BY_HAND_PRIORITY};
  report_say(false, _("by hand: %s is wanted on the air"), edition);
  return keeper_add_ready(daemon->keeper, &row, now_us, error) != 0;
}

/* What is heard now, on every mount. */
static bool end(Daemon *daemon, const char *nothing, GError **error) {
  (void)nothing;
  guint n = 0;
  for (guint i = 0; i < daemon->station->n_mounts; i++) {
    const SlotRow *slot = master_on_air(daemon->master, daemon->station->mounts[i].mount, NULL);
    if (!slot)
      continue;
    report_say(false, _("by hand: %s is ended"), slot->edition);
    master_end(daemon->master, slot->id, _("ended by hand"));
    n++;
  }
  if (n == 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("no bulletin is on the air"));
  return n > 0;
}

static const struct {
  const char *word;
  bool (*act)(Daemon *daemon, const char *rest, GError **error);
} orders[] = {{"air", air}, {"end", end}};

char *daemon_answer(const char *order, gpointer user) {
  gsize n = strcspn(order, " ");
  const char *rest = order + n + strspn(order + n, " ");
  for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
    if (strlen(orders[i].word) != n || strncmp(order, orders[i].word, n) != 0)
      continue;
    g_autoptr(GError) error = NULL;
    return orders[i].act(user, rest, &error) ? g_strdup("") : g_strdup(error->message);
  }
  return daemon_status(user);
}
