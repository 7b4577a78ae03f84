/* What "carnet status" shows. */
#include "base/clock.h"
#include "base/json.h"
#include "daemon/daemon_private.h"
#include "daemon/report.h"

#include <math.h>
#include <unistd.h>

static const char *const state_names[] = {
    [MOUNT_WAITING] = "waiting", [MOUNT_CONNECTING] = "connecting", [MOUNT_ON_AIR] = "on-air",
    [MOUNT_LOST] = "lost",       [MOUNT_REFUSED] = "refused",       [MOUNT_DONE] = "done",
};

static void add_mount(JsonBuilder *builder, const Daemon *daemon, const StationMount *mount) {
  ChannelMount status;
  const RundownItem *item = NULL;
  const SlotRow *slot = master_on_air(daemon->master, mount->mount, &item);
  master_status(daemon->master, mount->mount, &status);
  json_builder_begin_object(builder);
  json_add_string(builder, "mount", mount->mount);
  json_add_string(builder, "mode", mount->is_continuous ? "continuous" : "insert");
  json_add_string(builder, "connection", state_names[status.state]);
  json_add_string(builder, "message", status.state == MOUNT_ON_AIR ? NULL : status.message);
  json_add_instant(builder, "since", status.since_us);
  ProofState proof;
  bool listens = proof_state(daemon->proof, mount->mount, &proof);
  json_add_string(builder, "audible", listens ? air_state_name(proof.state) : NULL);
  json_add_instant(builder, "audible_since", listens ? proof.since_us : 0);
  json_add_double(builder, "level_lufs", listens ? proof.short_term_lufs : NAN);
  json_add_int(builder, "reconnections", status.reconnections);
  int listeners = daemon_listeners(daemon, mount);
  if (listeners == AUDIENCE_UNKNOWN)
    json_add_string(builder, "listeners", NULL);
  else
    json_add_int(builder, "listeners", listeners);
  json_add_string(builder, "edition", slot ? slot->edition : NULL);
  json_add_string(builder, "title", item ? item->title : NULL);
  json_builder_end_object(builder);
  g_free(status.message);
}

/* For the public home page: what is heard now, of the first mount that has a bulletin. */
char *daemon_now(const Daemon *daemon) {
  const SlotRow *slot = NULL;
  const RundownItem *item = NULL;
  for (guint i = 0; i < daemon->station->n_mounts && !slot; i++)
    slot = master_on_air(daemon->master, daemon->station->mounts[i].mount, &item);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "title", item && item->title ? item->title : slot ? slot->title : NULL);
  json_add_string(builder, "edition", slot ? slot->edition : NULL);
  json_builder_end_object(builder);
  return json_text(builder, false);
}

static void add_next(JsonBuilder *builder, const Daemon *daemon) {
  g_autoptr(GPtrArray) waiting = slots_waiting(daemon->store, NULL);
  json_builder_set_member_name(builder, "next");
  json_builder_begin_array(builder);
  for (guint i = 0; waiting && i < waiting->len && i < 5; i++) {
    const SlotRow *slot = waiting->pdata[i];
    json_builder_begin_object(builder);
    json_add_instant(builder, "start", slot->start_us);
    json_add_string(builder, "script", slot->script);
    json_add_string(builder, "edition", slot->edition);
    json_add_string(builder, "state", slot_state_name(slot->state));
    json_add_string(builder, "why", slot->why);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
}

static void add_alarms(JsonBuilder *builder) {
  const GPtrArray *alarms = report_alarms();
  json_builder_set_member_name(builder, "alarms");
  json_builder_begin_array(builder);
  for (guint i = 0; i < alarms->len; i++) {
    const ReportLine *line = alarms->pdata[i];
    json_builder_begin_object(builder);
    json_add_instant(builder, "at", line->at_us);
    json_add_string(builder, "text", line->text);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
}

char *daemon_status(const Daemon *daemon) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "station", daemon->station->name);
  json_add_int(builder, "process", getpid());
  json_add_instant(builder, "now", clock_now_us());
  json_builder_set_member_name(builder, "mounts");
  json_builder_begin_array(builder);
  for (guint i = 0; i < daemon->station->n_mounts; i++)
    add_mount(builder, daemon, &daemon->station->mounts[i]);
  json_builder_end_array(builder);
  add_next(builder, daemon);
  add_alarms(builder);
  json_builder_end_object(builder);
  return json_text(builder, true);
}
