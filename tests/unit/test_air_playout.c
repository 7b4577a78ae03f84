/* Playout against a real Icecast on loopback, heard by curl: what arrives,
 * what the log says of it, and every way in which a server may misbehave. */
#include "air_run.h"
#include "air_server.h"

static const StationMount MP3 = {.mount = (char *)"/bulletin.mp3",
                                 .format = FORMAT_MP3,
                                 .bitrate_kbps = 128,
                                 .name = (char *)"Carnet\r\nX-Evil: 1",
                                 .genre = (char *)"Talk"};
static const StationMount OPUS = {.mount = (char *)"/bulletin.opus", .format = FORMAT_OPUS, .bitrate_kbps = 64};

static bool mount_is_free(unsigned port, const char *mount) {
  g_autofree char *url = g_strdup_printf("http://127.0.0.1:%u%s", port, mount);
  const char *argv[] = {"curl", "-s", "-m", "1", "-o", "/dev/null", "-w", "%{http_code}", url, NULL};
  g_autofree char *code = NULL;
  g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &code, NULL, NULL, NULL);
  return g_strcmp0(code, "404") == 0;
}

/* --- all is well ------------------------------------------------------------- */

/* The Opus packets of what a listener got, and that it is one continuous stream. */
static void assert_opus_received(GBytes *got, const Programme *sent) {
  gsize nbytes;
  const guint8 *data = g_bytes_get_data(got, &nbytes);
  g_assert_cmpuint(nbytes, >, 0);
  Programme received = {.packets = g_ptr_array_new_with_free_func(unref_bytes), .joined = g_byte_array_new()};
  split_opus(&received, data, nbytes);
  g_assert_true(g_bytes_equal(received.head, sent->head));
  g_assert_cmpuint(received.packets->len, ==, sent->packets->len);
  for (guint i = 0; i < sent->packets->len; i++)
    g_assert_true(g_bytes_equal(received.packets->pdata[i], sent->packets->pdata[i]));
  g_ptr_array_unref(received.packets);
  g_byte_array_unref(received.joined);
  g_bytes_unref(received.head);
}

/* Both mounts: every byte arrives, in time, and the log says so; the mounts are free at once. */
static void test_two_mounts(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 4), *opus = programme_make(FORMAT_OPUS, 4);
  Run *run = run_new(server.port, "ouvre-toi");
  add_mount(run, &MP3, mp3);
  add_mount(run, &OPUS, opus);
  static const gint64 frames[] = {60000, 132000};
  add_items(run, frames, (const char *[]){"Générique", "Le marché; d'Aurelle"}, 2);
  g_autofree char *mp3_path = g_build_filename(server.folder, "got.mp3", NULL);
  g_autofree char *opus_path = g_build_filename(server.folder, "got.opus", NULL);
  gint64 begin_us = clock_monotonic_us();
  GPid mp3_pid = listener_start(&server, "/bulletin.mp3", mp3_path, false);
  GPid opus_pid = listener_start(&server, "/bulletin.opus", opus_path, false);
  GThread *thread = g_thread_new("playout", run_thread, run);
  g_thread_join(thread);
  gint64 took_us = clock_monotonic_us() - begin_us;
  g_assert_no_error(run->error);
  g_assert_true(run->aired);
  g_assert_true(mount_is_free(server.port, "/bulletin.mp3") && mount_is_free(server.port, "/bulletin.opus"));
  g_autoptr(GBytes) got_mp3 = listener_finish(mp3_pid, mp3_path);
  g_autoptr(GBytes) got_opus = listener_finish(opus_pid, opus_path);
  gsize nbytes;
  const guint8 *data = g_bytes_get_data(got_mp3, &nbytes);
  g_assert_cmpuint(nbytes, >=, mp3->joined->len); /* and the silence that pushes the end through Icecast */
  g_assert_cmpuint(nbytes, <, mp3->joined->len + 1400);
  g_assert_true(memcmp(data, mp3->joined->data, mp3->joined->len) == 0);
  assert_opus_received(got_opus, opus);
  g_assert_cmpint(took_us, >=, 4 * US_PER_SECOND);
  g_assert_cmpint(took_us, <, 6 * US_PER_SECOND);
  g_test_message("on the air after %d ms", (int)((run->first_on_air_us[0] - begin_us) / 1000));
  g_assert_cmpuint(run->sent->len, ==, 4);
  for (guint i = 0; i < 4; i++) {
    const PlayoutSent *sent = &g_array_index(run->sent, PlayoutSent, i);
    g_assert_cmpint(sent->sent_frames, ==, frames[sent->item]);
    g_assert_cmpint(ABS(clock_now_us() - sent->start_us), <, 8 * US_PER_SECOND);
    g_assert_cmpint(sent->start_us, <=, sent->end_us);
  }
  run_free(run);
  programme_free(mp3);
  programme_free(opus);
  server_stop(&server);
}

/* A listener that asks for titles sees each of them; what would end the title is broken up. */
static void test_titles(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 5);
  Run *run = run_new(server.port, "ouvre-toi");
  add_mount(run, &MP3, mp3);
  static const gint64 frames[] = {120000, 120000};
  add_items(run, frames, (const char *[]){"Générique", "L’œuvre';StreamUrl='http://x"}, 2);
  g_autofree char *path = g_build_filename(server.folder, "icy.mp3", NULL);
  GPid pid = listener_start(&server, "/bulletin.mp3", path, true);
  GThread *thread = g_thread_new("playout", run_thread, run);
  g_thread_join(thread);
  g_assert_no_error(run->error);
  g_autoptr(GBytes) got = listener_finish(pid, path);
  gsize nbytes;
  const char *data = g_bytes_get_data(got, &nbytes);
  const char first[] = "StreamTitle='G\xe9n\xe9rique';"; /* Icecast's own default: Latin-1 */
  const char second[] = "StreamTitle='L'oeuvre' ;StreamUrl='http://x';";
  g_assert_nonnull(memmem(data, nbytes, first, strlen(first)));
  g_assert_nonnull(memmem(data, nbytes, second, strlen(second)));
  run_free(run);
  programme_free(mp3);
  server_stop(&server);
}

/* --- who may not, and who does not answer ------------------------------------------ */

static void test_wrong_password(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 2);
  Run *run = run_new(server.port, "sésame");
  add_mount(run, &MP3, mp3);
  run_thread(run);
  g_assert_error(run->error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(run->error->message, "401"));
  g_assert_null(strstr(run->error->message, "sésame"));
  g_assert_cmpuint(run->entered[0][MOUNT_CONNECTING], ==, 1); /* never retries fast */
  g_assert_cmpuint(run->entered[0][MOUNT_REFUSED], ==, 1);
  run_free(run);
  programme_free(mp3);
  server_stop(&server);
}

/* Nobody listens there; and one who accepts but never says a word. */
static void assert_gives_up(unsigned port, const char *why) {
  Programme *mp3 = programme_make(FORMAT_MP3, 2);
  Run *run = run_new(port, "ouvre-toi");
  run->options.connect_us = US_PER_SECOND;
  add_mount(run, &MP3, mp3);
  gint64 begin_us = clock_monotonic_us();
  run_thread(run);
  g_assert_error(run->error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_assert_nonnull(strstr(run->error->message, why));
  g_assert_cmpint(clock_monotonic_us() - begin_us, >=, run->options.give_up_us - US_PER_SECOND / 10);
  g_assert_cmpuint(run->entered[0][MOUNT_CONNECTING], <=, 3);
  run_free(run);
  programme_free(mp3);
}

static void test_unreachable(void) {
  unsigned port;
  close(listen_free(&port));
  assert_gives_up(port, "Connection refused");
}

static void test_mute_server(void) {
  unsigned port;
  int fd = listen_free(&port);
  assert_gives_up(port, "no answer");
  close(fd);
}

/* A second source on the same mount is turned away with 403, for now. */
static void test_mount_in_use(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 3);
  Run *first = run_new(server.port, "ouvre-toi"), *second = run_new(server.port, "ouvre-toi");
  add_mount(first, &MP3, mp3);
  add_mount(second, &MP3, mp3);
  second->options.give_up_us = 2 * US_PER_SECOND;
  playout_items_end(first->playout);
  GThread *thread = g_thread_new("first", run_thread, first);
  g_usleep(500000);
  run_thread(second);
  g_assert_error(second->error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_assert_nonnull(strstr(second->error->message, "403"));
  g_assert_cmpuint(second->entered[0][MOUNT_REFUSED], ==, 0);
  g_thread_join(thread);
  g_assert_no_error(first->error);
  g_assert_cmpuint(first->entered[0][MOUNT_LOST], ==, 0);
  run_free(first);
  run_free(second);
  programme_free(mp3);
  server_stop(&server);
}

/* --- in the middle ------------------------------------------------------------------- */

static void test_killed_and_restarted(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 10);
  Run *run = run_new(server.port, "ouvre-toi");
  add_mount(run, &MP3, mp3);
  static const gint64 frames[] = {48000, 384000, 48000};
  add_items(run, frames, (const char *[]){"Un", NULL, "Trois"}, 3);
  GThread *thread = g_thread_new("playout", run_thread, run);
  g_usleep(2500000);
  server_kill(&server);
  g_usleep(1500000);
  server_launch(&server);
  g_autofree char *path = g_build_filename(server.folder, "after.mp3", NULL);
  GPid pid = listener_start(&server, "/bulletin.mp3", path, true);
  g_thread_join(thread);
  g_assert_no_error(run->error);
  g_assert_cmpuint(run->entered[0][MOUNT_ON_AIR], ==, 2);
  g_assert_cmpuint(run->sent->len, ==, 3);
  const PlayoutSent *sent = (const PlayoutSent *)(gpointer)run->sent->data;
  g_assert_cmpint(sent[0].sent_frames, ==, 48000);
  g_assert_cmpint(sent[1].sent_frames, >, 48000);
  g_assert_cmpint(sent[1].sent_frames, <, 384000 - 24000); /* half a second at least was missed, and not replayed */
  g_assert_cmpint(sent[2].sent_frames, ==, 48000);
  g_autoptr(GBytes) got = listener_finish(pid, path);
  gsize nbytes;
  const char *data = g_bytes_get_data(got, &nbytes);
  g_assert_nonnull(memmem(data, nbytes, "StreamTitle='Un';", 17)); /* told again after the reconnection */
  g_assert_cmpuint(nbytes, <, mp3->joined->len * 3 / 4);
  run_free(run);
  programme_free(mp3);
  server_stop(&server);
}

/* A frozen server is left when nothing moves, without our loop being held. */
static void test_frozen_and_back(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 12);
  Run *run = run_new(server.port, "ouvre-toi");
  run->options.stall_us = US_PER_SECOND;
  run->options.connect_us = US_PER_SECOND;
  add_mount(run, &MP3, mp3);
  static const gint64 frames[] = {48000, 528000};
  add_items(run, frames, (const char *[]){"Un", "Deux"}, 2);
  GThread *thread = g_thread_new("playout", run_thread, run);
  gint64 begin_us = clock_monotonic_us();
  g_usleep(400000);
  kill(server.pid, SIGSTOP); /* the second title is due while it stands still */
  g_usleep(5000000);
  kill(server.pid, SIGCONT);
  g_thread_join(thread);
  g_assert_no_error(run->error);
  g_assert_cmpint(clock_monotonic_us() - begin_us, <, 40 * US_PER_SECOND); /* the clock went on */
  g_assert_cmpuint(run->entered[0][MOUNT_LOST], >=, 1);
  g_assert_cmpuint(run->entered[0][MOUNT_ON_AIR], >=, 2);
  g_assert_cmpuint(run->most_queued, <=, 160000 + 32000);
  g_assert_cmpint(g_array_index(run->sent, PlayoutSent, 1).sent_frames, <, 528000);
  run_free(run);
  programme_free(mp3);
  server_stop(&server);
}

/* --- the end -------------------------------------------------------------------------- */

static void test_cancelled(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 10);
  Run *run = run_new(server.port, "ouvre-toi");
  add_mount(run, &MP3, mp3);
  static const gint64 frames[] = {240000, 240000};
  add_items(run, frames, (const char *[]){"Un", "Deux"}, 2);
  GThread *thread = g_thread_new("playout", run_thread, run);
  for (guint i = 0; i < 200 && mount_is_free(server.port, "/bulletin.mp3"); i++)
    g_usleep(100000);
  g_usleep(1500000);
  g_atomic_int_set(&run->cancel, 1);
  g_thread_join(thread);
  g_assert_error(run->error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_assert_true(mount_is_free(server.port, "/bulletin.mp3"));
  g_assert_cmpuint(run->sent->len, ==, 1); /* the second item never had its turn */
  gint64 sent_frames = g_array_index(run->sent, PlayoutSent, 0).sent_frames;
  g_assert_cmpint(sent_frames, >, 48000);
  g_assert_cmpint(sent_frames, <, 200000);
  run_free(run);
  programme_free(mp3);
  server_stop(&server);
}

static void test_encoder_fails(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 6); /* time for a busy machine to connect */
  g_autoptr(PacketQueue) broken = packet_queue_new(1000);
  g_autoptr(GError) failure = g_error_new_literal(CARNET_ERROR, CARNET_ERROR_SYSTEM, "the encoder died");
  packet_queue_fail(broken, failure);
  Run *run = run_new(server.port, "ouvre-toi");
  add_mount(run, &MP3, mp3);
  playout_add_mount(run->playout, &OPUS, broken);
  static const gint64 frames[] = {288000};
  add_items(run, frames, (const char *[]){"Un"}, 1);
  run_thread(run);
  g_assert_error(run->error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  for (guint i = 0; i < 2; i++) {
    const PlayoutSent *sent = &g_array_index(run->sent, PlayoutSent, i);
    g_assert_cmpint(sent->sent_frames, ==, sent->mount == 0 ? 288000 : 0); /* the other one was heard whole */
  }
  run_free(run);
  programme_free(mp3);
  server_stop(&server);
}

typedef struct {
  const Programme *programme;
  PacketQueue *queue;
} LateEncoder;

/* The first second at once; then the machine stands still for longer than the next item lasts. */
static gpointer encode_late(gpointer data) {
  const LateEncoder *late = data;
  const Programme *programme = late->programme;
  StreamHeader header = {.format = FORMAT_MP3, .bitrate_kbps = 128, .channels = 2};
  packet_queue_set_header(late->queue, &header);
  for (guint i = 0; i < programme->packets->len; i++) {
    if (i == 48000 / programme->frames)
      g_usleep(2500000);
    packet_queue_push(late->queue, (gint64)i * programme->frames, programme->frames,
                      g_bytes_ref(programme->packets->pdata[i]));
  }
  packet_queue_finish(late->queue);
  return NULL;
}

/* An item that is over by the clock, and whose sound comes all the same, was heard. */
static void test_encoder_late(void) {
  Server server = server_start();
  Programme *mp3 = programme_make(FORMAT_MP3, 4);
  g_autoptr(PacketQueue) queue = packet_queue_new(64u << 20);
  LateEncoder late = {mp3, queue};
  Run *run = run_new(server.port, "ouvre-toi");
  playout_add_mount(run->playout, &MP3, queue);
  static const gint64 frames[] = {48000, 48000, 48000, 48000};
  add_items(run, frames, (const char *[]){"Un", "Deux", "Trois", "Quatre"}, 4);
  GThread *encoder = g_thread_new("encoder", encode_late, &late);
  run_thread(run);
  g_thread_join(encoder);
  g_assert_no_error(run->error);
  g_assert_cmpuint(run->sent->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint(g_array_index(run->sent, PlayoutSent, i).sent_frames, ==, 48000);
  run_free(run);
  programme_free(mp3);
  server_stop(&server);
}

/* libshout 2.4.6 leaks the one buffer that a lost connection had in its queue. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
  return "leak:shout_queue_data";
}

int main(int argc, char **argv) {
  static const struct {
    const char *name;
    void (*test)(void);
  } tests[] = {
      {"/air/playout/two-mounts", test_two_mounts},
      {"/air/playout/titles", test_titles},
      {"/air/playout/wrong-password", test_wrong_password},
      {"/air/playout/unreachable", test_unreachable},
      {"/air/playout/mute-server", test_mute_server},
      {"/air/playout/mount-in-use", test_mount_in_use},
      {"/air/playout/killed-and-restarted", test_killed_and_restarted},
      {"/air/playout/frozen-and-back", test_frozen_and_back},
      {"/air/playout/cancelled", test_cancelled},
      {"/air/playout/encoder-fails", test_encoder_fails},
      {"/air/playout/encoder-late", test_encoder_late},
  };
  g_test_init(&argc, &argv, NULL);
  static const char *const needed[] = {"icecast2", "ffmpeg", "curl"};
  for (guint i = 0; i < G_N_ELEMENTS(needed); i++) {
    g_autofree char *path = g_find_program_in_path(needed[i]);
    if (!path) {
      g_print("1..0 # SKIP %s is not installed\n", needed[i]);
      return 0;
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
    g_test_add_func(tests[i].name, tests[i].test);
  return g_test_run();
}
