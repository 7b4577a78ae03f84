#include "daemon/metrics.h"

#include "base/clock.h"

#include <inttypes.h>
#include <string.h>

#define DAY_US (24 * 3600 * US_PER_SECOND)

/* A label's value (OpenMetrics 1.0, 3.1.5): backslash, quotation mark and line's end are escaped. Returns (g_free). */
static char *label_text(const char *value) {
  GString *out = g_string_new(value);
  g_string_replace(out, "\\", "\\\\", 0);
  g_string_replace(out, "\"", "\\\"", 0);
  g_string_replace(out, "\n", "\\n", 0);
  return g_string_free(out, FALSE);
}

static void family(GString *out, const char *name, const char *type, const char *help) {
  g_string_append_printf(out, "# TYPE %s %s\n# HELP %s %s\n", name, type, name, help);
}

/* One sample a mount; `value_of` tells it. */
static void each_mount(GString *out, const Daemon *daemon, const char *name,
                       double (*value_of)(const Daemon *daemon, const char *mount)) {
  for (guint i = 0; i < daemon->station->n_mounts; i++) {
    const char *mount = daemon->station->mounts[i].mount;
    g_autofree char *label = label_text(mount);
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(number, sizeof number, "%.6g", value_of(daemon, mount));
    g_string_append_printf(out, "%s{mount=\"%s\"} %s\n", name, label, number);
  }
}

static double connected(const Daemon *daemon, const char *mount) {
  ChannelMount status;
  master_status(daemon->master, mount, &status);
  g_free(status.message);
  return status.state == MOUNT_ON_AIR;
}

static double reconnections(const Daemon *daemon, const char *mount) {
  ChannelMount status;
  master_status(daemon->master, mount, &status);
  g_free(status.message);
  return status.reconnections;
}

static double on_air(const Daemon *daemon, const char *mount) {
  return master_on_air(daemon->master, mount, NULL) != NULL;
}

static double level(const Daemon *daemon, const char *mount) {
  ProofState proof;
  proof_state(daemon->proof, mount, &proof);
  return proof.short_term_lufs;
}

/* Mounts whose server does not tell have no sample. */
static void listeners(GString *out, const Daemon *daemon) {
  family(out, "carnet_mount_listeners", "gauge", "How many listen, our own listener left out.");
  for (guint i = 0; i < daemon->station->n_mounts; i++) {
    g_autofree char *label = label_text(daemon->station->mounts[i].mount);
    int n = daemon_listeners(daemon, &daemon->station->mounts[i]);
    if (n >= 0)
      g_string_append_printf(out, "carnet_mount_listeners{mount=\"%s\"} %d\n", label, n);
  }
}

/* A state set (OpenMetrics 1.0, 5.6): one sample a state, one of them 1. */
static void audible(GString *out, const Daemon *daemon) {
  family(out, "carnet_mount_audible", "stateset", "What an own listener makes of what it hears.");
  for (guint i = 0; i < daemon->station->n_mounts; i++) {
    const char *mount = daemon->station->mounts[i].mount;
    g_autofree char *label = label_text(mount);
    ProofState proof;
    proof_state(daemon->proof, mount, &proof);
    for (AirState state = AIR_IDLE; state <= AIR_LOOP; state++)
      g_string_append_printf(out, "carnet_mount_audible{mount=\"%s\",carnet_mount_audible=\"%s\"} %d\n", label,
                             air_state_name(state), proof.state == state);
  }
}

static void slots_of_day(GString *out, const Daemon *daemon, gint64 now_us) {
  guint counts[SLOT_STATE_COUNT] = {0};
  g_autoptr(GPtrArray) slots = slots_list(daemon->store, now_us - DAY_US, now_us + DAY_US, NULL);
  gint64 next_us = 0;
  for (guint i = 0; slots && i < slots->len; i++) {
    const SlotRow *slot = slots->pdata[i];
    counts[slot->state]++;
    if (!next_us && slot->start_us > now_us && !slot_is_over(slot->state))
      next_us = slot->start_us;
  }
  family(out, "carnet_slots", "gauge", "Slots of the last and the next 24 hours, by state.");
  for (guint state = 0; state < SLOT_STATE_COUNT; state++)
    g_string_append_printf(out, "carnet_slots{state=\"%s\"} %u\n", slot_state_name((SlotState)state), counts[state]);
  family(out, "carnet_next_slot_timestamp_seconds", "gauge", "When the next slot begins; 0 when none is planned.");
  g_string_append_printf(out, "carnet_next_slot_timestamp_seconds %" PRId64 "\n", next_us / US_PER_SECOND);
}

char *metrics_text(const Daemon *daemon) {
  GString *out = g_string_new("");
  family(out, "carnet_mount_connected", "gauge", "1 when the server takes the mount's sound.");
  each_mount(out, daemon, "carnet_mount_connected", connected);
  family(out, "carnet_mount_reconnections", "counter", "How often the mount was lost and came back.");
  each_mount(out, daemon, "carnet_mount_reconnections_total", reconnections);
  family(out, "carnet_mount_on_air", "gauge", "1 while a bulletin is heard, 0 between.");
  each_mount(out, daemon, "carnet_mount_on_air", on_air);
  family(out, "carnet_mount_level_lufs", "gauge", "Short-term loudness as a listener hears it.");
  each_mount(out, daemon, "carnet_mount_level_lufs", level);
  listeners(out, daemon);
  audible(out, daemon);
  slots_of_day(out, daemon, clock_now_us());
  g_string_append(out, "# EOF\n");
  return g_string_free(out, FALSE);
}
