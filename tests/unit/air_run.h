/* A playout under test: its options, what its hooks told, how it ended. */
#ifndef CARNET_TESTS_AIR_RUN_H
#define CARNET_TESTS_AIR_RUN_H

#include "air/playout.h"

#include "air_programme.h"
#include "base/clock.h"
#include "base/error.h"

/* One playout in a thread of its own, and what its hooks told. */
typedef struct {
  PlayoutOptions options;
  Playout *playout;
  GArray *sent; /* PlayoutSent */
  guint entered[2][MOUNT_DONE + 1];
  gint64 first_on_air_us[2];
  GString *messages;
  GArray *positions; /* gint64, of progress */
  gint cancel;       /* atomic */
  gint64 cancel_us;  /* from this moment on; 0: never */
  gsize most_queued;
  GError *error;
  bool aired;
} Run;

static inline void on_state(guint mount, MountState state, const char *message, gpointer user) {
  Run *run = user;
  run->entered[mount][state]++;
  if (state == MOUNT_ON_AIR && !run->first_on_air_us[mount])
    run->first_on_air_us[mount] = clock_monotonic_us();
  if (message)
    g_string_append_printf(run->messages, "%s\n", message);
}

static inline void on_progress(gint64 position_frames, gpointer user) {
  g_array_append_val(((Run *)user)->positions, position_frames);
}

static inline void on_sent(const PlayoutSent *sent, gpointer user) {
  g_array_append_val(((Run *)user)->sent, *sent);
}

static inline bool on_cancelled(gpointer user) {
  Run *run = user;
  PlayoutMountStatus status;
  playout_status(run->playout, 0, &status);
  run->most_queued = MAX(run->most_queued, status.queued_bytes);
  return g_atomic_int_get(&run->cancel) || (run->cancel_us && clock_monotonic_us() >= run->cancel_us);
}

/* Returns (run_free). */
static inline Run *run_new(unsigned port, const char *password) {
  Run *run = g_new0(Run, 1);
  run->options = (PlayoutOptions){.station_name = "Radio d'Aurelle",
                                  .host = "127.0.0.1",
                                  .user_name = "source",
                                  .password = password,
                                  .port = port,
                                  .lead_us = US_PER_SECOND,
                                  .give_up_us = 3 * US_PER_SECOND};
  PlayoutHooks hooks = {
      .state = on_state, .sent = on_sent, .progress = on_progress, .cancelled = on_cancelled, .user = run};
  run->sent = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  run->messages = g_string_new(NULL);
  run->positions = g_array_new(FALSE, FALSE, sizeof(gint64));
  run->playout = playout_new(&run->options, &hooks, &run->error);
  g_assert_no_error(run->error);
  return run;
}

static inline void run_free(Run *run) {
  playout_free(run->playout);
  g_array_unref(run->sent);
  g_string_free(run->messages, TRUE);
  g_array_unref(run->positions);
  g_clear_error(&run->error);
  g_free(run);
}

static inline void add_mount(Run *run, const StationMount *mount, const Programme *programme) {
  g_autoptr(PacketQueue) queue = programme_queue(programme);
  playout_add_mount(run->playout, mount, queue);
}

static inline void add_items(Run *run, const gint64 *frames, const char *const *titles, guint n) {
  gint64 start_frame = 0;
  for (guint i = 0; i < n; i++) {
    PlayoutItem item = {start_frame, frames[i], (char *)titles[i]};
    playout_add_item(run->playout, &item);
    start_frame += frames[i];
  }
  playout_items_end(run->playout);
}

static inline gpointer run_thread(gpointer data) {
  Run *run = data;
  run->aired = playout_run(run->playout, &run->error);
  return NULL;
}

#endif
