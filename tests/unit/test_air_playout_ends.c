/* Playout against servers on loopback that do as they are told: several mounts of one encoding, who comes late, and
 * every way in which a programme ends. */
#include "air_run.h"
#include "air_scripted.h"

static const StationMount MOUNT = {.mount = (char *)"/a.mp3", .bitrate_kbps = 128};
static const StationMount OTHER = {.mount = (char *)"/b.mp3", .bitrate_kbps = 128};

/* So much may wait; the second asks for the same server by another name. */
static const StationMount WIDE = {.mount = (char *)"/c.mp3", .bitrate_kbps = 1000};
static const StationMount BESIDE = {.mount = (char *)"/d.mp3", .host = (char *)"localhost", .bitrate_kbps = 1000};

static PacketQueue *empty_queue(void) {
  PacketQueue *queue = packet_queue_new(64u << 20);
  StreamHeader header = {.format = FORMAT_MP3, .bitrate_kbps = 128, .channels = 2};
  packet_queue_set_header(queue, &header);
  return queue;
}

static void push_all(PacketQueue *queue, const Programme *programme) {
  for (guint i = 0; i < programme->packets->len; i++)
    g_assert_true(packet_queue_push(queue, (gint64)i * programme->frames, programme->frames,
                                    g_bytes_ref(programme->packets->pdata[i])));
}

/* All of the programme, and the silence behind it. */
static void assert_received(Scripted *server, const Programme *programme) {
  for (int i = 0; i < 2000 && scripted_received(server) <= programme->joined->len; i++)
    g_usleep(1000);
  g_assert_cmpuint(scripted_received(server), ==, programme->joined->len + 4 * 384);
  g_assert_true(memcmp(server->body->data, programme->joined->data, programme->joined->len) == 0);
}

/* --- mounts ------------------------------------------------------------------------ */

/* One encoding to three mounts, on servers that have a name or a port of their own; and nobody asks how it goes. */
static void test_one_encoding(void) {
  Scripted servers[3];
  StationMount mounts[3] = {MOUNT, MOUNT, MOUNT};
  Programme *programme = programme_of_bytes(0.5);
  PlayoutOptions options = {.station_name = "Radio d'Aurelle",
                            .host = "127.0.0.1",
                            .user_name = "source",
                            .password = "ouvre-toi",
                            .port = 1,
                            .lead_us = US_PER_SECOND};
  g_autoptr(Playout) playout = playout_new(&options, NULL, NULL);
  g_autoptr(PacketQueue) queue = programme_queue(programme);
  for (guint i = 0; i < 3; i++) {
    scripted_start(&servers[i], OK_ANSWER, READ_ON);
    mounts[i].port = servers[i].port;
    mounts[i].host = (char *)(i == 1 ? "localhost" : NULL);
    playout_add_mount(playout, &mounts[i], queue);
  }
  PlayoutItem item = {0, 24000, NULL};
  playout_add_item(playout, &item);
  playout_items_end(playout);
  g_autoptr(GError) error = NULL;
  bool aired = playout_run(playout, &error);
  g_assert_no_error(error);
  g_assert_true(aired);
  for (guint i = 0; i < 3; i++) {
    PlayoutMountStatus status;
    playout_status(playout, i, &status);
    g_assert_cmpint((int)status.state, ==, MOUNT_DONE);
    g_assert_cmpint(status.sent_frames, ==, (gint64)programme->packets->len * MP3_FRAME);
    assert_received(&servers[i], programme);
    scripted_end(&servers[i]);
  }
  programme_free(programme);
}

typedef struct {
  PacketQueue *queue;
  const Programme *programme;
  Run *run;
} Late;

/* Comes when the others are on the air, but within the first moments. */
static gpointer come_late(gpointer data) {
  Late *late = data;
  for (int i = 0; i < 5000 && late->run->positions->len == 0; i++)
    g_usleep(1000);
  g_usleep(300000);
  push_all(late->queue, late->programme);
  packet_queue_finish(late->queue);
  return NULL;
}

/* The first mount's encoder is late: the other one's programme begins without it, and it still gets all of its own.
 * Where the programme is, is told some four times a second, from its beginning on. */
static void test_encoder_begins_late(void) {
  Scripted servers[2];
  Programme *programme = programme_of_bytes(1);
  scripted_start(&servers[0], OK_ANSWER, READ_ON);
  scripted_start(&servers[1], OK_ANSWER, READ_ON);
  Run *run = run_new(1, "ouvre-toi");
  StationMount mounts[2] = {MOUNT, OTHER};
  g_autoptr(PacketQueue) late_queue = empty_queue();
  g_autoptr(PacketQueue) queue = programme_queue(programme);
  for (guint i = 0; i < 2; i++) {
    mounts[i].port = servers[i].port;
    playout_add_mount(run->playout, &mounts[i], i == 0 ? late_queue : queue);
  }
  static const gint64 frames[] = {48000};
  add_items(run, frames, (const char *[]){NULL}, 1);
  Late late = {late_queue, programme, run};
  GThread *thread = g_thread_new("late", come_late, &late);
  run_thread(run);
  g_thread_join(thread);
  g_assert_no_error(run->error);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpint(g_array_index(run->sent, PlayoutSent, i).sent_frames, ==,
                    (gint64)programme->packets->len * MP3_FRAME);
    assert_received(&servers[i], programme);
    scripted_end(&servers[i]);
  }
  g_assert_cmpuint(run->positions->len, >=, 3);
  g_assert_cmpuint(run->positions->len, <=, 12);
  for (guint i = 1; i < run->positions->len; i++)
    g_assert_cmpint(g_array_index(run->positions, gint64, i), >=, g_array_index(run->positions, gint64, i - 1));
  g_assert_cmpint(g_array_index(run->positions, gint64, 0), ==, 0);
  run_free(run);
  programme_free(programme);
}

/* --- ends ---------------------------------------------------------------------------- */

/* In the middle of the programme: nothing is left to wait for. */
static void test_all_encoders_fail(void) {
  Scripted server;
  scripted_start(&server, OK_ANSWER, READ_ON);
  Run *run = run_new(server.port, "ouvre-toi");
  g_autoptr(GError) failure = g_error_new_literal(CARNET_ERROR, CARNET_ERROR_SYSTEM, "the encoder died");
  Programme *programme = programme_of_bytes(5);
  run->options.lead_us = 5 * US_PER_SECOND;
  for (guint i = 0; i < 2; i++) {
    g_autoptr(PacketQueue) broken = empty_queue();
    push_all(broken, programme);
    packet_queue_fail(broken, failure);
    playout_add_mount(run->playout, i == 0 ? &MOUNT : &OTHER, broken);
  }
  PlayoutItem item = {0, 240000, NULL};
  playout_add_item(run->playout, &item);
  run_thread(run); /* its items never end: nobody waits for them */
  g_assert_false(run->aired);
  g_assert_error(run->error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  g_assert_nonnull(strstr(run->messages->str, "the encoder died"));
  g_assert_cmpint(g_array_index(run->positions, gint64, run->positions->len - 1), <, 240000);
  run_free(run);
  programme_free(programme);
  scripted_end(&server);
}

/* The ways to end that take some seconds each, side by side: a step prepares, all run, a step checks. */
typedef struct {
  Scripted server;
  Run *run;
  Programme *programme;
  PacketQueue *queue;
  gint64 took_us;
} End;

static void never_answers(End *end) {
  end->server.answer = NULL;
  end->run->options.give_up_us = US_PER_SECOND / 2;
}

static void assert_no_answer(End *end) {
  g_assert_error(end->run->error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_assert_true(g_str_has_suffix(end->run->error->message, ": no answer"));
  g_assert_cmpint(end->took_us, >=, US_PER_SECOND / 2);
}

static void refuses(End *end) {
  end->server.answer = WRONG_ANSWER;
}

static void assert_refused(End *end) {
  g_assert_error(end->run->error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(end->run->error->message, "401"));
}

/* Longer than what it takes to lose patience with a first sound. */
static void never_gives_up(End *end) {
  end->server.answer = "HTTP/1.0 403 Mountpoint in use\r\n\r\n";
  end->run->options.give_up_us = 0;
}

static void assert_cancelled(End *end) {
  g_assert_error(end->run->error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_assert_cmpstr(end->run->error->message, ==, "interrupted");
}

static void assert_tried_again(End *end) {
  assert_cancelled(end);
  g_assert_cmpuint(end->run->entered[0][MOUNT_CONNECTING], >=, 2);
}

/* Sound waits for a server that stands still when Ctrl-C comes. */
static void stands_still(End *end) {
  end->server.then = STOP_READING;
  g_atomic_int_set(&end->server.stands_still, 1);
  end->run->options.lead_us = 60 * US_PER_SECOND;
}

static void assert_not_held(End *end) {
  assert_cancelled(end);
  g_assert_cmpint(end->took_us, >, 2 * US_PER_SECOND); /* until then the server was given time to take it: 3 s */
  g_assert_cmpuint(end->run->sent->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint(g_array_index(end->run->sent, PlayoutSent, i).sent_frames, <,
                    (gint64)end->programme->packets->len * MP3_FRAME);
}

/* The items are never ended: what is known of them is reported after two seconds. */
static void assert_aired(End *end) {
  g_assert_no_error(end->run->error);
  g_assert_true(end->run->aired);
  g_assert_cmpuint(end->run->sent->len, ==, 2);
}

static gpointer run_end(gpointer data) {
  End *end = data;
  gint64 begun_us = clock_monotonic_us();
  run_thread(end->run);
  end->took_us = clock_monotonic_us() - begun_us;
  return NULL;
}

static void test_ends(void) {
  static const struct {
    void (*prepare)(End *end);
    void (*check)(End *end);
    double seconds; /* of programme */
    gint64 cancel_us;
  } rows[] = {
      {never_answers, assert_no_answer, 1, 0},
      {refuses, assert_refused, 1, 0},
      {never_gives_up, assert_tried_again, 1, 3300000},
      {stands_still, assert_not_held, 30, 1000000},
      {NULL, assert_aired, 1, 0},
  };
  End ends[G_N_ELEMENTS(rows)] = {0};
  GThread *threads[G_N_ELEMENTS(rows)];
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    End *end = &ends[i];
    scripted_start(&end->server, OK_ANSWER, READ_ON);
    end->run = run_new(end->server.port, "ouvre-toi");
    end->programme = programme_of_bytes(rows[i].seconds);
    if (rows[i].prepare)
      rows[i].prepare(end);
    end->run->cancel_us = rows[i].cancel_us ? clock_monotonic_us() + rows[i].cancel_us : 0;
    end->queue = programme_queue(end->programme);
    playout_add_mount(end->run->playout, &WIDE, end->queue);
    playout_add_mount(end->run->playout, &BESIDE, end->queue);
    PlayoutItem item = {0, (gint64)(rows[i].seconds * 48000), NULL};
    playout_add_item(end->run->playout, &item);
    threads[i] = g_thread_new("end", run_end, end);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_thread_join(threads[i]);
    rows[i].check(&ends[i]);
    run_free(ends[i].run);
    packet_queue_unref(ends[i].queue);
    programme_free(ends[i].programme);
    scripted_end(&ends[i].server);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/air/playout/one-encoding", test_one_encoding);
  g_test_add_func("/air/playout/encoder-begins-late", test_encoder_begins_late);
  g_test_add_func("/air/playout/all-encoders-fail", test_all_encoders_fail);
  g_test_add_func("/air/playout/ends", test_ends);
  return g_test_run();
}
