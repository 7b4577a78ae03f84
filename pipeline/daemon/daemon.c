#include "daemon/daemon.h"

#include "base/clock.h"
#include "base/notify.h"
#include "commands/air_log.h"
#include "commands/render.h"
#include "daemon/agenda.h"
#include "daemon/control.h"
#include "daemon/daemon_private.h"
#include "daemon/report.h"
#include "logbook/entries.h"
#include "logbook/revisions.h"
#include "podcast/cues.h"

#include <inttypes.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define TICK_MS 40
#define LAST_PATIENCE_MS 10000 /* for what became of the last airings */
#define PATIENCE_MS 250 /* with a logbook that somebody writes to: filler is laid 1.5 s ahead, and all is tried again */
#define LOGBOOK_US (US_PER_SECOND / 5)
#define SECOND_US US_PER_SECOND
#define AGENDA_US (10 * 60 * US_PER_SECOND)
#define HORIZON_US (36 * 3600 * US_PER_SECOND)

/* --- what the keeper asks for --------------------------------------------------------------- */

static void on_rendered(gint64 id, const char *why, gint64 took_us, gpointer user) {
  const Daemon *daemon = user;
  keeper_rendered(daemon->keeper, id, why, took_us, clock_now_us());
}

static bool act_render(const SlotRow *slot, gpointer user) {
  const Daemon *daemon = user;
  g_autoptr(GDateTime) local = zone_time(daemon->station->zone, slot->start_us);
  g_autofree char *time = g_date_time_format(local, "%H:%M");
  RenderOrder order = {.kind = RENDER_SLOT, .edition = slot->edition, .script = slot->script, .time = time};
  renderer_add(daemon->renderer, &order, slot->id, on_rendered, user);
  return true;
}

/* All that the mounts take is there, and the cues that are written last. */
static gint64 act_rendered(const SlotRow *slot, gpointer user) {
  return daemon_rendered(user, slot->edition);
}

gint64 daemon_rendered(const Daemon *daemon, const char *edition) {
  g_autofree char *folder = station_path(daemon->station, "editions", edition, NULL);
  g_autofree char *path = g_build_filename(folder, "cues.json", NULL);
  g_autoptr(Rundown) cues = cues_load(path, NULL);
  g_autoptr(GArray) outputs = render_outputs_in(daemon->station, folder, NULL, 0);
  bool all = cues != NULL;
  for (guint i = 0; all && i < outputs->len; i++)
    all = g_file_test(g_array_index(outputs, Output, i).path, G_FILE_TEST_IS_REGULAR);
  return all ? cues->frames : 0;
}

static char **act_mounts(const SlotRow *slot, gint64 at_us, const char **why, gpointer user) {
  const Daemon *daemon = user;
  if (urgent_may_air(daemon->urgent, slot))
    return master_mounts(daemon->master, slot, at_us, why);
  *why = _("taken back, or expired");
  return NULL;
}

static void tell_slot(const SlotRow *slot, bool trouble, const char *text, gpointer user) {
  const Daemon *daemon = user;
  if (!slot) {
    report_say(trouble, "%s", text);
    return;
  }
  g_autoptr(GDateTime) local = zone_time(daemon->station->zone, slot->start_us);
  g_autofree char *time = g_date_time_format(local, "%Y-%m-%d %H:%M");
  report_say(trouble, "%s %s: %s", time, slot->script, text);
}

static bool act_air(const SlotRow *slot, const char *const *mounts, gint64 at_us, gpointer user, GError **error) {
  const Daemon *daemon = user;
  if (!master_air(daemon->master, slot, mounts, at_us, slot_is_urgent(slot), error))
    return false;
  g_autofree char *folder = station_path(daemon->station, "editions", slot->edition, NULL);
  proof_begin(daemon->proof, slot, mounts, folder, at_us);
  g_autofree char *list = g_strjoinv(" ", (char **)mounts);
  g_autofree char *text = g_strdup_printf(_("on the air: %s on %s"), slot->edition, list);
  tell_slot(slot, false, text, user);
  if (!slot_is_urgent(slot))
    publisher_refresh(daemon->publisher, daemon->station);
  return true;
}

/* --- what master control tells ------------------------------------------------------------------ */

/* `unless_told` when the logbook cannot tell. */
static bool look_up(const Daemon *daemon, gint64 id, bool unless_told) {
  g_autoptr(Entry) entry = NULL;
  g_autoptr(GError) why = NULL;
  if (!entries_look_up(daemon->store, id, &entry, &why)) {
    report_say(true, _("whether entry %" PRId64 " was taken back cannot be told: %s"), id, why->message);
    return unless_told;
  }
  return !entry || entry_may_be_heard(entry, clock_now_us());
}

/* A bulletin that is due goes out. */
static bool may_be_heard(gint64 id, gpointer user) {
  return look_up(user, id, true);
}

/* One more time, in a gap: not when in doubt. */
static bool may_be_repeated(gint64 id, gpointer user) {
  return look_up(user, id, false);
}

static void on_item(const AsRun *row, gpointer user) {
  const Daemon *daemon = user;
  air_log_add(daemon->log, row);
}

static void on_mount(const SlotMount *row, gpointer user) {
  const Daemon *daemon = user;
  g_autoptr(GError) error = NULL;
  if (!keeper_mount(daemon->keeper, row, &error))
    report_say(true, "%s", error->message);
  if (row->state == SLOT_MISSED || row->why)
    report_say(true, "%s: %s: %s", row->mount, _(slot_state_name(row->state)), row->why ? row->why : "");
}

static void on_ended(const SlotRow *slot, const char *why, gpointer user) {
  Daemon *daemon = user;
  g_autoptr(GError) error = NULL;
  bool is_told = keeper_ended(daemon->keeper, slot->id, why, clock_now_us(), &error);
  if (!is_told)
    report_say(true, "%s", error->message);
  proof_end(daemon->proof, slot->id);
  tell_slot(slot, false, _("ended"), user);
  if (!why)
    publisher_ended(daemon->publisher, daemon->station, slot, is_told);
  else
    publisher_refresh(daemon->publisher, daemon->station);
}

static bool follows(const char *mount, gint64 until_us, gpointer user) {
  const Daemon *daemon = user;
  const SlotRow *next = keeper_next(daemon->keeper, mount, clock_now_us());
  return next && next->state == SLOT_READY && next->start_us <= until_us;
}

static void tell(bool trouble, const char *text, gpointer user) {
  (void)user;
  report_say(trouble, "%s", text);
}

static void tell_lasting(const char *key, const char *text, gpointer user) {
  (void)user;
  report_once(key, text);
}

static void end_slot(gint64 slot, const char *why, gpointer user) {
  const Daemon *daemon = user;
  master_end(daemon->master, slot, why);
}

/* --- what people change --------------------------------------------------------------------------- */

static void tell_note(const CalendarNote *note, gpointer user) {
  (void)user;
  report_say(note->is_error, "%s", note->text);
}

static bool read_agenda(Daemon *daemon, gint64 now_us, GError **error) {
  gint64 from_us = daemon->since_us ? daemon->since_us : now_us - daemon->station->run.late_us;
  gint64 until_us = now_us + HORIZON_US;
  if (!agenda_read(daemon->agenda, daemon->station, from_us, until_us, tell_note, daemon, error) ||
      !keeper_plan(daemon->keeper, agenda_slots(daemon->agenda), daemon->station->zone, from_us, until_us, now_us,
                   error))
    return false;
  daemon->since_us = 0;
  daemon->agenda_us = now_us;
  return true;
}

static KeeperLimits limits_of(const Station *station) {
  return (KeeperLimits){station->run.ahead_us, station->run.late_us};
}

/* A file that is wrong leaves the station as it was. */
static void read_station(Daemon *daemon, gint64 now_us) {
  g_autoptr(GError) error = NULL;
  Station *station = station_load(daemon->session->folder, &error);
  if (station) {
    g_ptr_array_add(daemon->stations, station); /* channels may still use the one before */
    daemon->station = station;
    KeeperLimits limits = limits_of(station);
    keeper_set_limits(daemon->keeper, &limits);
    report_start(station->zone, daemon->session->quiet);
  }
  if (!station || !master_set_station(daemon->master, daemon->station, &error)) {
    report_say(true, _("%s (what was there before goes on)"), error->message);
    return;
  }
  daemon_set_air(daemon);
  filler_set_station(daemon->filler, daemon->station, now_us);
}

static void take_changes(Daemon *daemon, gint64 now_us) {
  guint parts = watch_look(&daemon->watched, daemon->station);
  if (daemon_reload_asked())
    parts = WATCH_ALL;
  if (parts & WATCH_STATION)
    read_station(daemon, now_us);
  else if (parts & WATCH_WORDING)
    filler_set_station(daemon->filler, daemon->station, now_us);
  if (parts & (WATCH_STATION | WATCH_WORDING))
    keeper_changed(daemon->keeper);
  bool is_due = parts != 0 || now_us - daemon->agenda_us > AGENDA_US || now_us < daemon->agenda_us;
  g_autoptr(GError) error = NULL;
  bool ok = !is_due || read_agenda(daemon, now_us, &error);
  if (!ok)
    daemon->agenda_us = 0; /* again in a second */
  report_once("agenda", ok ? NULL : error->message);
  if (parts && daemon->has_begun)
    report_say(false, "%s", _("changes of the station, its scripts or calendars were taken up"));
}

/* --- the logbook -------------------------------------------------------------------------------------- */

static bool look_at_logbook(Daemon *daemon, gint64 now_us, GError **error) {
  gint64 last = 0;
  if (!revisions_last(daemon->store, &last, error))
    return false;
  bool changed = last != daemon->last_revision;
  daemon->last_revision = last;
  if (changed) {
    keeper_changed(daemon->keeper);
    publisher_refresh(daemon->publisher, daemon->station);
  }
  if (!changed && clock_monotonic_us() - daemon->urgent_us < SECOND_US)
    return true;
  daemon->urgent_us = clock_monotonic_us();
  master_take_back(daemon->master);
  return urgent_look(daemon->urgent, daemon->station, now_us, error);
}

/* --- the loop ------------------------------------------------------------------------------------------- */

static bool is_due(gint64 *last_us, gint64 every_us) {
  gint64 now_us = clock_monotonic_us();
  bool due = now_us - *last_us >= every_us;
  *last_us = due ? now_us : *last_us;
  return due;
}

static void tick(Daemon *daemon) {
  gint64 now_us = clock_now_us();
  g_autoptr(GError) error = NULL;
  if (is_due(&daemon->watch_us, SECOND_US) || daemon_reload_pending())
    take_changes(daemon, now_us);
  bool ok = true;
  if (is_due(&daemon->logbook_us, LOGBOOK_US))
    ok = look_at_logbook(daemon, now_us, &error);
  renderer_step(daemon->renderer);
  ok = ok && keeper_step(daemon->keeper, now_us, &error);
  master_step(daemon->master);
  filler_step(daemon->filler, now_us);
  daemon_watch_air(daemon);
  report_once("store", ok ? NULL : error->message);
  if (daemon->watchdog_us > 0 && is_due(&daemon->alive_us, daemon->watchdog_us))
    notify_systemd("WATCHDOG=1");
}

static bool begin(Daemon *daemon, GError **error) {
  gint64 now_us = clock_now_us();
  if (!keeper_start(daemon->keeper, now_us, &daemon->since_us, error) ||
      !master_set_station(daemon->master, daemon->station, error))
    return false;
  watch_look(&daemon->watched, daemon->station);
  daemon_set_air(daemon);
  filler_set_station(daemon->filler, daemon->station, now_us);
  g_autoptr(GError) why = NULL;
  if (!read_agenda(daemon, now_us, &why))
    report_say(true, "%s", why->message);
  publisher_catch_up(daemon->publisher, daemon->station, now_us);
  store_set_patience(daemon->store, PATIENCE_MS);
  daemon->watchdog_us = notify_watchdog_us();
  notify_systemd("READY=1");
  daemon->has_begun = true;
  report_say(false, _("%s is running (process %d)"), daemon->station->name, (int)getpid());
  return true;
}

static bool open_all(Daemon *daemon, Session *session, GError **error) {
  static const KeeperActs acts = {act_render, act_rendered, act_mounts, act_air, tell_slot, NULL};
  daemon->session = session;
  daemon->store = session_store(session, error);
  if (!daemon->store)
    return false;
  daemon->station = session->station;
  daemon->stations = g_ptr_array_new_with_free_func((GDestroyNotify)station_free);
  report_start(daemon->station->zone, session->quiet);
  daemon->control = control_new(daemon->station->folder, error);
  if (!daemon->control)
    return false;
  KeeperActs its = acts;
  its.user = daemon;
  KeeperLimits limits = limits_of(daemon->station);
  daemon->master_hooks = (MasterHooks){{may_be_heard, on_item, on_mount, daemon}, on_ended, follows, daemon_connection};
  daemon->filler_hooks = (FillerHooks){may_be_repeated, tell_lasting, daemon};
  daemon->urgent_hooks = (UrgentHooks){end_slot, tell, daemon};
  g_autofree char *logbook = session_logbook(session);
  daemon->log = air_log_start(logbook);
  daemon_open_air(daemon);
  daemon->agenda = agenda_new();
  daemon->renderer = renderer_new(daemon->station->folder);
  daemon->publisher = publisher_new(daemon->store);
  daemon->keeper = keeper_new(daemon->store, &limits, &its);
  daemon->master = master_new(&daemon->master_hooks);
  daemon->filler = filler_new(daemon->store, daemon->keeper, daemon->master, daemon->renderer, &daemon->filler_hooks);
  daemon->urgent = urgent_new(daemon->store, daemon->keeper, daemon->renderer, &daemon->urgent_hooks);
  return true;
}

/* What uses another goes before it. */
static void close_all(Daemon *daemon) {
  notify_systemd("STOPPING=1");
  control_free(daemon->control);
  renderer_free(daemon->renderer);
  master_free(daemon->master); /* what is on the air ends, and the publisher is told */
  publisher_free(daemon->publisher);
  urgent_free(daemon->urgent);
  filler_free(daemon->filler);
  if (daemon->store)
    store_set_patience(daemon->store, LAST_PATIENCE_MS);
  keeper_free(daemon->keeper);
  agenda_free(daemon->agenda);
  daemon_close_air(daemon);
  g_autoptr(GError) why = NULL;
  if (!air_log_end(daemon->log, &why))
    report_say(true, _("the as-run log is not complete: %s"), why->message);
  if (daemon->stations)
    g_ptr_array_unref(daemon->stations);
  report_end();
}

bool daemon_run(Session *session, GError **error) {
  g_autoptr(FileLock) lock = session_take_air(session, error);
  if (!lock)
    return false;
  session_catch_signals();
  daemon_catch_reload();
  Daemon daemon = {0};
  bool ok = open_all(&daemon, session, error) && begin(&daemon, error);
  while (ok && !session_interrupted()) {
    tick(&daemon);
    control_wait(daemon.control, TICK_MS, daemon_answer, &daemon);
  }
  close_all(&daemon);
  return ok;
}
