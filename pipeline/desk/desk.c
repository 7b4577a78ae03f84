#include "desk/desk.h"

#include "base/clock.h"
#include "base/secret.h"
#include "commands/command.h"
#include "daemon/control.h"
#include "desk/access.h"
#include "desk/jobs.h"
#include "desk/routes.h"
#include "desk/serve.h"
#include "logbook/revisions.h"
#include "logbook/users.h"

#include <glib/gstdio.h>
#include <string.h>

#define THREADS 4u
#define BODIES_MOST (160u << 20) /* bytes: two sounds and a pad */
#define WATCH_US (US_PER_SECOND / 4)
#define BEAT_US (15 * US_PER_SECOND)

/* --- the first user ----------------------------------------------------------------------------- */

static bool invite_first(Desk *desk, Store *store, GError **error) {
  gint64 n = users_count(store, error);
  if (n != 0)
    return n > 0;
  desk->first_code = secret_code();
  g_autofree char *digest = secret_digest(desk->first_code);
  return invitations_add(store, digest, 0, clock_now_us() + INVITATION_US, error);
}

/* --- what is told to all pages ---------------------------------------------------------------------- */

typedef struct {
  Store *store;
  gint64 revision, beat_us;
  char *status;
} Watched;

static void watch_logbook(Desk *desk, Watched *watched) {
  gint64 last = 0;
  if (!revisions_last(watched->store, &last, NULL) || last == watched->revision)
    return;
  watched->revision = last;
  g_autofree char *text = g_strdup_printf("{\"revision\":%" G_GINT64_FORMAT "}", last);
  web_events_send(desk->events, "logbook", text);
}

/* In one line, as an event's data is. */
static char *one_line(const char *json) {
  g_autoptr(JsonNode) node = json_parse("status", json, -1, NULL);
  return node ? json_to_string(node, FALSE) : NULL;
}

static void watch_air(Desk *desk, Watched *watched) {
  if (web_events_listeners(desk->events) == 0)
    return;
  g_autofree char *answer = control_ask(desk->folder, NULL);
  g_autofree char *status = answer ? one_line(answer) : g_strdup("null");
  if (!status || g_strcmp0(status, watched->status) == 0)
    return;
  web_events_send(desk->events, "status", status);
  g_free(watched->status);
  watched->status = g_steal_pointer(&status);
}

static gpointer watch(gpointer user) {
  Desk *desk = user;
  Watched watched = {.beat_us = clock_monotonic_us()};
  g_autofree char *path = station_path(desk->station, "logbook.sqlite", NULL);
  watched.store = store_open(path, true, NULL);
  for (guint turn = 0; !g_atomic_int_get(&desk->is_closing); turn++) {
    if (watched.store)
      watch_logbook(desk, &watched);
    jobs_step(desk->jobs, desk->events);
    web_growing_step(desk->growing);
    if (turn % 4 == 0)
      watch_air(desk, &watched);
    if (clock_monotonic_us() - watched.beat_us > BEAT_US) {
      watched.beat_us = clock_monotonic_us();
      web_events_beat(desk->events);
      if (watched.store)
        access_know_all(desk, watched.store, NULL); /* else they stay as they were */
    }
    g_usleep(WATCH_US);
  }
  g_free(watched.status);
  store_free(watched.store);
  return NULL;
}

/* The station's only desk sweeps and makes the first code: a second one would take both from the first. What it cannot have
 * because another has it is no error. */
static bool take_lock(Desk *desk, GError **error) {
  g_autofree char *path = station_path(desk->station, ".desk.lock", NULL);
  g_autoptr(GError) why = NULL;
  desk->only = file_lock_take(path, 0, &why);
  if (desk->only || g_error_matches(why, CARNET_ERROR, CARNET_ERROR_AGAIN))
    return true;
  g_propagate_error(error, g_steal_pointer(&why));
  return false;
}

/* What a desk that was killed left of what people had sent to it, or of a copy of the logbook: nobody else may read it. Its
 * drafts (base/files.h) have one point more. */
static void sweep(const Station *station, const char *where) {
  g_autofree char *folder = station_path(station, where, NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    bool is_ours = g_str_has_prefix(name, ".desk-") || g_str_has_prefix(name, "..desk-");
    if (is_ours && g_unlink(path) != 0)
      folder_remove(path, NULL); /* a jingle has a folder of its own */
  }
}

/* --- life ----------------------------------------------------------------------------------------------- */

static bool start(Desk *desk, int port, GError **error) {
  const WebAnswerer answerer = {.n_threads = THREADS,
                                .begin = serve_begin,
                                .answer = serve_answer,
                                .end = serve_end,
                                .body_most = serve_body_most,
                                .bodies_most = BODIES_MOST,
                                .user = desk};
  unsigned wanted = port >= 0 ? (unsigned)port : desk->settings.port;
  desk->events = web_events_new();
  desk->growing = web_growing_new();
  desk->throttle = throttle_new(5);
  desk->loose = throttle_new(50);
  desk->jobs = jobs_new(desk->folder);
  desk->server = web_server_new_answering(wanted, desk->settings.is_everywhere, &answerer, error);
  if (!desk->server)
    return false;
  desk->address = g_strdup_printf("http://127.0.0.1:%u/", web_server_port(desk->server));
  desk->watcher = g_thread_try_new("desk-watch", watch, desk, NULL);
  if (!desk->watcher)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("the web server does not start"));
  return desk->watcher != NULL;
}

Desk *desk_new(const char *folder, int port, GError **error) {
  g_autoptr(Desk) desk = g_new0(Desk, 1);
  desk->folder = g_strdup(folder);
  g_mutex_init(&desk->lock);
  desk->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  i18n_speak("en"); /* before there are threads */
  i18n_speak(NULL);
  desk->station = secret_start(error) ? station_load(folder, error) : NULL;
  if (!desk->station)
    return NULL;
  desk->settings = desk->station->desk;
  if (!take_lock(desk, error))
    return NULL;
  if (desk->only) {
    sweep(desk->station, ".");
    sweep(desk->station, "sounds");
  }
  g_autofree char *path = station_path(desk->station, "logbook.sqlite", NULL);
  g_autoptr(Store) store = store_open(path, true, error);
  if (!store || (desk->only && !invite_first(desk, store, error)) || !access_know_all(desk, store, error) ||
      !start(desk, port, error))
    return NULL;
  return g_steal_pointer(&desk);
}

void desk_free(Desk *desk) {
  if (!desk)
    return;
  g_atomic_int_set(&desk->is_closing, 1);
  jobs_close(desk->jobs);
  if (desk->watcher)
    g_thread_join(desk->watcher);
  if (desk->events)
    web_events_close(desk->events);
  if (desk->growing)
    web_growing_close(desk->growing);
  web_server_free(desk->server);
  web_events_free(desk->events);
  web_growing_free(desk->growing);
  jobs_free(desk->jobs);
  throttle_free(desk->throttle);
  throttle_free(desk->loose);
  g_clear_pointer(&desk->known, g_hash_table_unref);
  g_mutex_clear(&desk->lock);
  station_free(desk->station);
  g_free(desk->folder);
  g_free(desk->address);
  g_free(desk->first_code);
  file_lock_free(desk->only);
  g_free(desk);
}

const char *desk_address(const Desk *desk) {
  return desk->address;
}

const char *desk_first_code(const Desk *desk) {
  return desk->first_code;
}
