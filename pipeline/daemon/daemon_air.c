/* What the daemon hears of the air, and whom it tells. */
#include "base/background.h"
#include "base/clock.h"
#include "daemon/daemon_private.h"
#include "daemon/metrics.h"
#include "daemon/pige.h"
#include "daemon/report.h"

#include <signal.h>

#define CALLS_MOST 8 /* of the hook, at once */
#define FETCH_US (5 * 60 * US_PER_SECOND)
#define FETCH_NICE 10
#define SWEEP_US (5 * 60 * US_PER_SECOND)
#define CALL_US (60 * US_PER_SECOND) /* and so long */

static volatile sig_atomic_t reload;

static void on_reload(int number) {
  (void)number;
  reload = 1;
}

void daemon_catch_reload(void) {
  struct sigaction action = {.sa_handler = on_reload, .sa_flags = SA_RESTART};
  sigaction(SIGHUP, &action, NULL);
}

bool daemon_reload_pending(void) {
  return reload != 0;
}

bool daemon_reload_asked(void) {
  bool asked = reload != 0;
  reload = 0;
  return asked;
}

/* --- the station's own program --------------------------------------------------------------- */

/* Called with MOUNT STATE TEXT, which are in its environment too (CARNET_MOUNT…). */
static void call_hook(Daemon *daemon, const char *mount, const char *state, const char *text) {
  char **hook = daemon->station->run.hook;
  if (!hook)
    return;
  if (daemon->calls->len >= CALLS_MOST) {
    report_once("hook", _("the hook was called too often at once, and does not end"));
    return;
  }
  g_autoptr(GPtrArray) argv = g_ptr_array_new();
  for (; *hook; hook++)
    g_ptr_array_add(argv, *hook);
  const char *const said[] = {mount, state, text, NULL};
  for (guint i = 0; i < G_N_ELEMENTS(said); i++)
    g_ptr_array_add(argv, (gpointer)said[i]);
  g_auto(GStrv) environment = g_new0(char *, 5);
  environment[0] = g_strdup_printf("CARNET_MOUNT=%s", mount);
  environment[1] = g_strdup_printf("CARNET_STATE=%s", state);
  environment[2] = g_strdup_printf("CARNET_TEXT=%s", text);
  environment[3] = g_strdup_printf("CARNET_STATION=%s", daemon->station->folder);
  g_autoptr(GError) error = NULL;
  Background *call =
      background_start_program((const char *const *)argv->pdata, (const char *const *)environment, &error);
  if (call)
    g_ptr_array_add(daemon->calls, call);
  report_once("hook", error ? error->message : NULL);
}

static void look_after_calls(const Daemon *daemon) {
  for (guint i = daemon->calls->len; i-- > 0;) {
    Background *call = daemon->calls->pdata[i];
    g_autofree char *why = NULL;
    bool ended = background_ended(call, &why);
    bool hangs = !ended && background_took_us(call) > CALL_US;
    if (hangs || why)
      report_say(true, _("the hook: %s"), hangs ? _("it did not end within a minute, and was ended") : why);
    if (ended || hangs)
      g_ptr_array_remove_index(daemon->calls, i);
  }
}

/* --- what has changed ---------------------------------------------------------------------------- */

void daemon_connection(const char *mount, const ChannelMount *status, gpointer user) {
  Daemon *daemon = user;
  const char *message = status->message ? status->message : "";
  switch (status->state) {
    case MOUNT_ON_AIR:
      report_say(false, _("%s: connected"), mount);
      call_hook(daemon, mount, "connected", "");
      break;
    case MOUNT_LOST:
    case MOUNT_REFUSED:
      report_say(true, _("%s: not connected: %s"), mount, message);
      call_hook(daemon, mount, "disconnected", message);
      break;
    case MOUNT_WAITING:
    case MOUNT_CONNECTING:
    case MOUNT_DONE:
      break;
  }
}

static const char *const said_of[] = {
    [AIR_IDLE] = N_("nothing is to be heard"),
    [AIR_AUDIBLE] = N_("is heard"),
    [AIR_UNHEARD] = N_("the server gives listeners nothing"),
    [AIR_SILENT] = N_("listeners hear silence"),
    [AIR_FAINT] = N_("listeners hear it much too faintly"),
    [AIR_WRONG] = N_("listeners do not hear the bulletin that is on the air"),
    [AIR_LOOP] = N_("listeners hear the same again and again"),
};

static void on_changed(const char *mount, AirState state, gpointer user) {
  Daemon *daemon = user;
  const char *text = _(said_of[state]);
  report_say(state > AIR_AUDIBLE, "%s: %s", mount, text);
  if (state != AIR_IDLE)
    call_hook(daemon, mount, air_state_name(state), text);
}

static void on_heard(gint64 slot, const char *mount, gint64 frames, gpointer user) {
  const Daemon *daemon = user;
  g_autoptr(GError) error = NULL;
  if (!slots_tell_heard(daemon->store, slot, mount, frames, &error))
    report_say(true, "%s", error->message);
}

void daemon_open_air(Daemon *daemon) {
  daemon->calls = g_ptr_array_new_with_free_func((GDestroyNotify)background_free);
  daemon->proof_hooks = (ProofHooks){on_changed, on_heard, daemon};
  daemon->proof = proof_new(&daemon->proof_hooks);
  daemon->audience = audience_new();
}

void daemon_set_air(Daemon *daemon) {
  proof_set_station(daemon->proof, daemon->station);
  audience_set_station(daemon->audience, daemon->station);
}

int daemon_listeners(const Daemon *daemon, const StationMount *mount) {
  int n = audience_count(daemon->audience, daemon->station, mount);
  ProofState proof;
  proof_state(daemon->proof, mount->mount, &proof);
  return n > 0 && proof.connected ? n - 1 : n;
}

/* --- figures ------------------------------------------------------------------------------------------ */

/* A port may change while we run; one that is taken is told, and tried again. */
static void keep_server(WebServer **server, unsigned *was, unsigned port, bool everywhere, const char *what) {
  g_autoptr(GError) error = NULL;
  if (*server && port != *was)
    g_clear_pointer(server, web_server_free);
  if (port && !*server)
    *server = web_server_new(port, everywhere, &error);
  *was = port;
  report_once(what, error ? error->message : NULL);
}

/* The desk is a guest: it has threads and a store of its own, and asks us as "carnet status" does. */
static void keep_desk(Daemon *daemon) {
  unsigned port = daemon->station->desk.port;
  g_autoptr(GError) error = NULL;
  if (daemon->desk && port != daemon->desk_port)
    g_clear_pointer(&daemon->desk, desk_free);
  if (port && !daemon->desk) {
    daemon->desk = desk_new(daemon->station->folder, -1, &error);
    if (daemon->desk)
      report_say(false, _("the desk: %s"), desk_address(daemon->desk));
    if (daemon->desk && desk_first_code(daemon->desk))
      report_say(false, _("first visit: the one-time code is %s"), desk_first_code(daemon->desk));
  }
  daemon->desk_port = port;
  report_once("desk", error ? error->message : NULL);
}

static void serve(Daemon *daemon) {
  const StationRun *run = &daemon->station->run;
  g_autofree char *folder = station_path(daemon->station, "public", NULL);
  keep_server(&daemon->web, &daemon->web_port, run->metrics_port, false, "metrics");
  keep_server(&daemon->site, &daemon->site_port, run->site_port, true, "site");
  if (daemon->site) {
    web_server_share(daemon->site, folder);
    web_server_put(daemon->site, "/now.json", "application/json", daemon_now(daemon));
  }
  keep_desk(daemon);
  if (daemon->web)
    web_server_put(daemon->web, "/metrics", METRICS_TYPE, metrics_text(daemon));
}

/* --- calendars that are kept elsewhere ---------------------------------------------------------------- */

/* In the background, by "carnet schedule fetch"; what it writes is seen like any other change of a calendar. */
static void fetch_calendars(Daemon *daemon) {
  g_autofree char *why = NULL;
  if (daemon->fetching && background_ended(daemon->fetching, &why)) {
    report_once("fetch", why);
    g_clear_pointer(&daemon->fetching, background_free);
  }
  bool is_due = daemon->fetch_us == 0 || clock_monotonic_us() - daemon->fetch_us > FETCH_US;
  if (daemon->station->n_calendars == 0 || daemon->fetching || !is_due)
    return;
  const char *const arguments[] = {"-C", daemon->station->folder, "-q", "schedule", "fetch", NULL};
  g_autoptr(GError) error = NULL;
  daemon->fetch_us = clock_monotonic_us();
  daemon->fetching = background_start(arguments, FETCH_NICE, &error);
  if (error)
    report_once("fetch", error->message);
}

void daemon_watch_air(Daemon *daemon) {
  if (clock_monotonic_us() - daemon->proof_us < US_PER_SECOND)
    return;
  daemon->proof_us = clock_monotonic_us();
  proof_step(daemon->proof);
  look_after_calls(daemon);
  serve(daemon);
  fetch_calendars(daemon);
  publisher_step(daemon->publisher, daemon->station);
  if (clock_monotonic_us() - daemon->sweep_us > SWEEP_US) {
    daemon->sweep_us = clock_monotonic_us();
    pige_sweep(daemon->station, clock_now_us());
  }
}

void daemon_close_air(Daemon *daemon) {
  web_server_free(daemon->web);
  web_server_free(daemon->site);
  desk_free(daemon->desk); /* after the control, which it may be asking */
  background_free(daemon->fetching);
  proof_free(daemon->proof);
  audience_free(daemon->audience);
  if (daemon->calls)
    g_ptr_array_unref(daemon->calls);
}
