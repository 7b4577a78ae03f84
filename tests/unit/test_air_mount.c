/* One mount's life against a server on loopback that does as it is told; its clock is the test's own, so that the
 * minutes of a broadcast pass in no time. */
#include "air/mount.h"

#include "air_scripted.h"
#include "air_server.h"

#include "base/wav.h"

#include <dlfcn.h>
#include <netdb.h>

#define FRAMES 1152u /* of a packet */
#define PACKET_BYTES 384u

typedef struct {
  Scripted server;
  PlayoutOptions options;
  PlayoutHooks hooks;
  StationMount station;
  PacketQueue *queue;
  Feed *feed;
  Pulse *pulse;
  Mount *mount;
  gint64 now_us;
  guint pushed;
} Stage;

/* `station` and `options` may have been set before; what they have not is filled in. */
static void stage_begin(Stage *stage, const char *answer, Then then) {
  scripted_start(&stage->server, answer, then);
  stage->options.station_name = "Radio d'Aurelle";
  stage->options.user_name = "source";
  stage->options.password = "ouvre-toi";
  stage->options.host = stage->options.host ? stage->options.host : "127.0.0.1";
  stage->options.port = stage->options.port ? stage->options.port : stage->server.port;
  stage->station.mount = (char *)"/b";
  stage->queue = packet_queue_new(64u << 20);
  static const guint8 head[19] = "OpusHead\1\2";
  StreamHeader header = {.format = stage->station.format, .channels = 2, .preskip_frames = 312};
  header.header = stage->station.format == FORMAT_OPUS ? g_bytes_new_static(head, sizeof head) : NULL;
  packet_queue_set_header(stage->queue, &header);
  if (header.header)
    g_bytes_unref(header.header);
  stage->feed = feed_new(stage->queue);
  stage->mount = mount_new(0, &stage->options, &stage->hooks, &stage->station, stage->feed);
  stage->pulse = pulse_start("127.0.0.1", stage->server.port, 3600 * US_PER_SECOND); /* a life sign for all the test */
  mount_watch(stage->mount, stage->pulse);
  stage->now_us = clock_monotonic_us();
}

static void stage_end(Stage *stage) {
  mount_free(stage->mount);
  mount_free(NULL);
  pulse_stop(stage->pulse);
  feed_free(stage->feed);
  packet_queue_unref(stage->queue);
  scripted_end(&stage->server);
}

/* The clock goes on, the world's too, until the mount is in `state`. */
static void step_until(Stage *stage, MountState state) {
  for (int i = 0; i < 5000 && mount_state(stage->mount) != state; i++) {
    mount_step(stage->mount, stage->now_us += 1000);
    g_usleep(1000);
  }
  g_assert_cmpint((int)mount_state(stage->mount), ==, (int)state);
}

/* The clock alone goes on, in steps that no machine which stood still would make. */
static void pass(Stage *stage, gint64 us) {
  for (gint64 until_us = stage->now_us + us; stage->now_us < until_us;)
    mount_step(stage->mount, stage->now_us = MIN(stage->now_us + US_PER_SECOND / 2, until_us));
}

static void assert_says(const Stage *stage, const char *what) {
  PlayoutMountStatus status;
  mount_status(stage->mount, &status);
  g_assert_nonnull(status.message);
  if (!strstr(status.message, what))
    g_error("it says \"%s\", not \"%s\"", status.message, what);
}

static void push(Stage *stage, guint n, guint packet_bytes) {
  for (guint i = 0; i < n; i++, stage->pushed++) {
    guint8 *bytes = g_malloc(packet_bytes);
    memset(bytes, (int)(stage->pushed & 0x7f), packet_bytes);
    bytes[0] = 0xff;
    g_assert_true(
        packet_queue_push(stage->queue, (gint64)stage->pushed * FRAMES, FRAMES, g_bytes_new_take(bytes, packet_bytes)));
  }
}

/* On the air and joined, from now on. */
static void join(Stage *stage) {
  step_until(stage, MOUNT_ON_AIR);
  mount_join(stage->mount, G_MAXINT64, NULL, stage->now_us);
}

/* What was pushed, as one chunk. */
static const Chunk *take(Stage *stage) {
  return feed_take(stage->feed, G_MAXINT64);
}

static void wait_for_bytes(Stage *stage, guint nbytes) {
  for (int i = 0; i < 5000 && scripted_received(&stage->server) < nbytes; i++) {
    mount_step(stage->mount, stage->now_us += 1000);
    g_usleep(1000);
  }
  g_assert_cmpuint(scripted_received(&stage->server), >=, nbytes);
}

static bool received_bytes(Stage *stage, const char *bytes, gsize nbytes) {
  g_mutex_lock(&stage->server.lock);
  const GByteArray *body = stage->server.body;
  bool is_there = body->len > 0 && memmem(body->data, body->len, bytes, nbytes) != NULL;
  g_mutex_unlock(&stage->server.lock);
  return is_there;
}

/* --- connecting --------------------------------------------------------------- */

/* A mount may have a server and words of its own. */
static void test_own_server(void) {
  Stage stage = {.options = {.host = "192.0.2.1", .port = 1, .description = "De la station"},
                 .station = {.host = (char *)"127.0.0.1", .description = (char *)"Du point de montage"}};
  stage_begin(&stage, OK_ANSWER, READ_ON);
  stage.station.port = stage.server.port;
  g_assert_cmpstr(mount_host(stage.mount), ==, "127.0.0.1");
  g_assert_cmpuint(mount_port(stage.mount), ==, stage.server.port);
  step_until(&stage, MOUNT_ON_AIR);
  g_assert_cmpuint(scripted_asked(&stage.server, "ice-description: Du point de montage\r\n"), >=, 1);
  stage_end(&stage);
}

/* Wherever the handshake hangs (a name that does not resolve), it is given up a while after its time. */
static void test_no_answer(void) {
  Stage stage = {0};
  stage_begin(&stage, NULL, READ_ON);
  step_until(&stage, MOUNT_CONNECTING);
  pass(&stage, 9 * US_PER_SECOND);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_CONNECTING);
  pass(&stage, 2 * US_PER_SECOND);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_LOST);
  assert_says(&stage, "/b: no answer");
  stage_end(&stage);
}

/* A wrong password is tried again after a minute, in case a person mended it meanwhile. */
static void test_refused(void) {
  Stage stage = {0};
  stage_begin(&stage, OK_ANSWER, READ_ON);
  g_atomic_pointer_set(&stage.server.refused, WRONG_ANSWER);
  step_until(&stage, MOUNT_REFUSED);
  g_atomic_pointer_set(&stage.server.refused, NULL);
  pass(&stage, 59 * US_PER_SECOND);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_REFUSED);
  pass(&stage, 2 * US_PER_SECOND);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_CONNECTING);
  step_until(&stage, MOUNT_ON_AIR);
  g_assert_false(mount_is_joined(stage.mount));
  stage_end(&stage);
}

/* The server hangs up, which shows when sound is sent. A mount is on the air a moment before the server's thread
 * has entered its source: it is dropped until it is gone. */
static void lose(Stage *stage) {
  for (int i = 0; i < 5000 && mount_is_joined(stage->mount); i++) {
    scripted_drop(&stage->server);
    push(stage, 1, PACKET_BYTES);
    mount_send(stage->mount, take(stage), stage->now_us);
    g_usleep(1000);
  }
  g_assert_cmpint((int)mount_state(stage->mount), ==, MOUNT_LOST);
}

/* The password was good a moment ago: the server is being set up anew, and time may mend it. */
static void test_refused_later(void) {
  Stage stage = {0};
  stage_begin(&stage, OK_ANSWER, READ_ON);
  join(&stage);
  g_atomic_pointer_set(&stage.server.refused, WRONG_ANSWER);
  lose(&stage);
  pass(&stage, 2 * US_PER_SECOND);
  step_until(&stage, MOUNT_LOST);
  assert_says(&stage, "401");
  stage_end(&stage);
}

/* After a connection that lasted the first try comes soon, however many failed before; after a short one, later. */
static void test_lasted(void) {
  static const gint64 LASTED_US[] = {US_PER_SECOND, 20 * US_PER_SECOND};
  for (gsize i = 0; i < G_N_ELEMENTS(LASTED_US); i++) {
    Stage stage = {0};
    stage_begin(&stage, OK_ANSWER, READ_ON);
    for (int failures = 0; failures < 3; failures++) {
      join(&stage);
      lose(&stage);
      pass(&stage, 10 * US_PER_SECOND);
    }
    join(&stage);
    pass(&stage, LASTED_US[i]);
    lose(&stage);
    pass(&stage, 3 * US_PER_SECOND); /* the first wait is 1.25 s at most, the fourth 6 s at least */
    g_assert_cmpint(mount_state(stage.mount) == MOUNT_LOST, ==, i == 0);
    PlayoutMountStatus status;
    mount_status(stage.mount, &status);
    g_assert_cmpuint(status.reconnections, >=, 3);
    stage_end(&stage);
  }
}

/* Behind TLS nobody says whether the password is wrong or the mount in use: it is the password after the fifth time. */
static void test_doubtful(void) {
  if (!server_installed())
    return;
  Server icecast = server_start_tls();
  g_autofree char *certificate = g_build_filename(icecast.folder, "icecast.pem", NULL);
  Stage stage = {.options = {.port = icecast.tls_port, .tls = TLS_TRANSPORT, .ca_file = certificate}};
  stage_begin(&stage, OK_ANSWER, READ_ON);
  stage.options.password = "sésame";
  for (int i = 0; i < 4; i++) {
    step_until(&stage, MOUNT_CONNECTING);
    step_until(&stage, MOUNT_LOST);
    assert_says(&stage, "a wrong password, or the mount is in use");
    pass(&stage, 10 * US_PER_SECOND);
  }
  step_until(&stage, MOUNT_REFUSED);
  stage.options.password = "ouvre-toi";
  pass(&stage, 61 * US_PER_SECOND);
  step_until(&stage, MOUNT_ON_AIR);
  stage_end(&stage);
  server_stop(&icecast);
}

/* --- on the air ----------------------------------------------------------------- */

/* A second of sound into a server that stands still, until it has lost it. */
static void send_second(Stage *stage, guint packet_bytes) {
  push(stage, 42, packet_bytes);
  const Chunk *chunk = take(stage);
  if (mount_is_joined(stage->mount))
    mount_send(stage->mount, chunk, stage->now_us);
}

/* More than 10 s of its sound wait for it: it will not catch up. Where no rate is told, 128 kbit/s. */
static void test_too_slow(void) {
  static const guint RATES_KBPS[] = {0, 320};
  for (gsize i = 0; i < G_N_ELEMENTS(RATES_KBPS); i++) {
    Stage stage = {.station = {.bitrate_kbps = RATES_KBPS[i]}};
    stage_begin(&stage, OK_ANSWER, STOP_READING);
    join(&stage);
    gsize most_bytes = 0, limit_bytes = (RATES_KBPS[i] ? RATES_KBPS[i] : 128) * 1250;
    for (int second = 0; second < 1000 && mount_is_joined(stage.mount); second++) {
      PlayoutMountStatus status;
      mount_status(stage.mount, &status);
      most_bytes = MAX(most_bytes, status.queued_bytes);
      send_second(&stage, PACKET_BYTES);
    }
    g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_LOST);
    assert_says(&stage, "too slow");
    g_assert_cmpuint(most_bytes, <=, limit_bytes);
    g_assert_cmpuint(most_bytes, >, limit_bytes - 42 * PACKET_BYTES - 1);
    stage_end(&stage);
  }
}

/* Nothing leaves for 10 s. But when it was the machine that stood still, the server is given its time. */
static void test_takes_nothing(void) {
  Stage stage = {0};
  stage_begin(&stage, OK_ANSWER, STOP_READING);
  join(&stage);
  PlayoutMountStatus status = {0};
  for (int second = 0; second < 1000 && status.queued_bytes == 0; second++) {
    send_second(&stage, PACKET_BYTES);
    mount_status(stage.mount, &status);
  }
  pass(&stage, 9 * US_PER_SECOND);
  mount_step(stage.mount, stage.now_us += 60 * US_PER_SECOND);
  pass(&stage, 9 * US_PER_SECOND);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_ON_AIR);
  g_assert_false(mount_is_flushed(stage.mount));
  pass(&stage, 3 * US_PER_SECOND / 2);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_LOST);
  assert_says(&stage, "the server "); /* takes nothing any more; where the pulse had asked, does not answer any more */
  stage_end(&stage);
}

/* The server has gone; it shows while sound is handed over, in the midst of it or when a mount joins. */
static void test_gone(void) {
  for (int joins = 0; joins < 2; joins++) {
    Stage stage = {0};
    stage_begin(&stage, OK_ANSWER, READ_ON);
    step_until(&stage, MOUNT_ON_AIR);
    for (int i = 0; i < 500; i++) {
      push(&stage, 1, PACKET_BYTES);
      take(&stage);
    }
    if (!joins)
      mount_join(stage.mount, G_MAXINT64, NULL, stage.now_us);
    scripted_drop(&stage.server);
    for (int i = 0; i < 5000 && g_atomic_int_get(&stage.server.left) == 0; i++)
      g_usleep(1000);
    packet_queue_finish(stage.queue);
    take(&stage);
    if (joins)
      mount_join(stage.mount, G_MININT64, "Titre", stage.now_us);
    for (const GList *at = stage.feed->chunks.head; at && !joins && mount_is_joined(stage.mount); at = at->next)
      mount_send(stage.mount, at->data, stage.now_us);
    step_until(&stage, MOUNT_LOST); /* at once, where the system has heard of it */
    assert_says(&stage,
                "/b: the server "); /* has closed the connection, or on a busy machine is seen to take nothing */
    g_assert_false(mount_is_joined(stage.mount));
    mount_end(stage.mount, stage.now_us); /* nothing to end */
    stage_end(&stage);
  }
}

/* The server's silence on a question of this connection's time. */
static void test_frozen(void) {
  Stage stage = {0};
  stage_begin(&stage, OK_ANSWER, READ_ON);
  join(&stage);
  unsigned port;
  g_autoptr(GSocket) mute = loopback_listen(&port);
  Pulse *pulse = pulse_start("127.0.0.1", port, 60 * US_PER_SECOND);
  mount_watch(stage.mount, pulse);
  for (int i = 0; i < 5000 && pulse_asked_us(pulse) == 0; i++)
    g_usleep(1000);
  pass(&stage, 9 * US_PER_SECOND);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_ON_AIR);
  pass(&stage, 3 * US_PER_SECOND / 2);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_LOST);
  assert_says(&stage, "does not answer any more");
  pulse_stop(pulse);
  stage_end(&stage);
}

static gint resolver_asked, resolver_answers;

/* Ours stands before the system's, and hangs for one name. */
int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  static int (*its)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
  if (g_strcmp0(name, "hangs.test") == 0) {
    g_atomic_int_set(&resolver_asked, 1);
    while (!g_atomic_int_get(&resolver_answers))
      g_usleep(1000);
    return EAI_AGAIN;
  }
  *(void **)&its = dlsym(RTLD_NEXT, "getaddrinfo");
  return its(name, service, hints, found);
}

/* What hangs in the resolver says nothing about a server that takes what it is sent. */
static void test_resolver_hangs(void) {
  Stage stage = {0};
  stage_begin(&stage, OK_ANSWER, READ_ON);
  join(&stage);
  Pulse *pulse = pulse_start("hangs.test", stage.server.port, 60 * US_PER_SECOND);
  mount_watch(stage.mount, pulse);
  for (int i = 0; i < 5000 && !g_atomic_int_get(&resolver_asked); i++)
    g_usleep(1000);
  pass(&stage, 60 * US_PER_SECOND);
  g_assert_cmpint((int)mount_state(stage.mount), ==, MOUNT_ON_AIR);
  g_atomic_int_set(&resolver_answers, 1);
  pulse_stop(pulse);
  stage_end(&stage);
}

/* --- what was sent --------------------------------------------------------------- */

#define PACKETS 10

static void collect(const PlayoutSent *sent, gpointer user) {
  g_array_append_val((GArray *)user, *sent);
}

/* Sends so many packets, until they have left, and reports with an item of `frames` more than before. */
static void send_and_report(Stage *stage, GArray *items, gint64 frames) {
  PlayoutItem item = {.start_frame = stage->pushed * (gint64)FRAMES, .frames = frames};
  g_array_append_val(items, item);
  push(stage, PACKETS, PACKET_BYTES);
  mount_send(stage->mount, take(stage), stage->now_us);
  wait_for_bytes(stage, stage->pushed * PACKET_BYTES);
  mount_report(stage->mount, items, 0, stage->pushed * (gint64)FRAMES);
}

/* The clock is set back by an hour: while an item is under way what is later is told as later, and then it is as it is.
 * A title that nobody asks of is no item under way. */
static void test_clock_set_back(void) {
  static const gint64 NOW_US = G_GINT64_CONSTANT(1800000000) * US_PER_SECOND, HOUR_US = 3600 * US_PER_SECOND;
  g_autoptr(GArray) got = g_array_new(FALSE, FALSE, sizeof(PlayoutSent));
  g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(PlayoutItem));
  Stage stage = {.hooks = {.sent = collect, .user = got}};
  clock_set(NOW_US);
  stage_begin(&stage, OK_ANSWER, READ_ON);
  join(&stage);
  send_and_report(&stage, items, 2 * PACKETS * FRAMES); /* half of it */
  clock_set(NOW_US - HOUR_US);
  send_and_report(&stage, items, 0);
  g_assert_cmpuint(got->len, ==, 2);
  send_and_report(&stage, items, PACKETS * FRAMES);
  g_assert_cmpuint(got->len, ==, 3);
  const PlayoutSent *sent = (const PlayoutSent *)(gpointer)got->data;
  g_assert_cmpint(sent[0].start_us, >=, NOW_US);
  g_assert_cmpint(sent[0].end_us, >, sent[0].start_us);
  g_assert_cmpint(ABS(sent[2].start_us - (NOW_US - HOUR_US)), <, HOUR_US / 2);
  clock_set(0);
  stage_end(&stage);
}

/* --- what is sent ----------------------------------------------------------------- */

/* The last MP3 frames are pushed through Icecast's block by silent ones, if there was a frame to make them of. */
static void test_end_of_mp3(void) {
  static const struct {
    guint packet_bytes;
    bool trimmed;
    guint silent_bytes;
  } rows[] = {{PACKET_BYTES, false, 4 * PACKET_BYTES}, {PACKET_BYTES, true, 0}, {3, false, 0}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Stage stage = {0};
    stage_begin(&stage, OK_ANSWER, READ_ON);
    join(&stage);
    send_second(&stage, rows[i].packet_bytes);
    guint sound_bytes = 42 * rows[i].packet_bytes;
    wait_for_bytes(&stage, sound_bytes);
    if (rows[i].trimmed)
      feed_trim(stage.feed, G_MAXINT64);
    mount_end(stage.mount, stage.now_us);
    mount_end(stage.mount, stage.now_us);
    wait_for_bytes(&stage, sound_bytes + rows[i].silent_bytes);
    mount_close(stage.mount, NULL);
    mount_close(stage.mount, NULL);
    for (int k = 0; k < 5000 && g_atomic_int_get(&stage.server.left) == 0; k++)
      g_usleep(1000);
    g_assert_cmpuint(scripted_received(&stage.server), ==, sound_bytes + rows[i].silent_bytes);
    stage_end(&stage);
  }
}

/* One that joins when all has been taken from the encoder already gets what is kept, and its end. */
static void test_joins_late(void) {
  Stage stage = {0};
  stage_begin(&stage, OK_ANSWER, READ_ON);
  step_until(&stage, MOUNT_ON_AIR);
  for (int i = 0; i < 3; i++) {
    push(&stage, 10, PACKET_BYTES);
    take(&stage);
  }
  packet_queue_finish(stage.queue);
  g_assert_null(take(&stage));
  mount_join(stage.mount, 15 * FRAMES, NULL, stage.now_us);
  guint bytes = 15 * PACKET_BYTES + 4 * PACKET_BYTES; /* the silence once, behind the last chunk */
  wait_for_bytes(&stage, bytes);
  mount_close(stage.mount, NULL);
  for (int k = 0; k < 5000 && g_atomic_int_get(&stage.server.left) == 0; k++)
    g_usleep(1000);
  g_assert_cmpuint(scripted_received(&stage.server), ==, bytes);
  stage_end(&stage);
}

/* An Ogg stream begins at the first packet that this connection gets, or where the next will be, and ends with a page
 * that says so; the artist is the mount's own name, or the station's. */
static void test_ogg(void) {
  static const struct {
    gint64 from_frame;
    const char *name, *artist;
    guint8 first_granule; /* of the first page with sound, in packets */
  } rows[] = {{G_MININT64, NULL, "ARTIST=Radio d'Aurelle", 20},
              {15 * FRAMES, "Le carnet", "ARTIST=Le carnet", 5},
              {G_MAXINT64, NULL, "TITLE=Titre", 1}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Stage stage = {.station = {.format = FORMAT_OPUS, .name = (char *)rows[i].name}};
    stage_begin(&stage, OK_ANSWER, READ_ON);
    step_until(&stage, MOUNT_ON_AIR);
    push(&stage, 20, 50);
    take(&stage);
    mount_join(stage.mount, rows[i].from_frame, "Titre", stage.now_us);
    push(&stage, 1, 60);
    mount_send(stage.mount, take(&stage), stage.now_us);
    mount_end(stage.mount, stage.now_us);
    static const char last[] = "OggS\0\4";
    for (int k = 0; k < 5000 && !received_bytes(&stage, last, sizeof last - 1); k++)
      g_usleep(1000);
    g_assert_true(received_bytes(&stage, last, sizeof last - 1));
    g_assert_true(received_bytes(&stage, rows[i].artist, strlen(rows[i].artist)));
    g_mutex_lock(&stage.server.lock);
    const guint8 *page = stage.server.body->data;
    const guint8 *end = page + stage.server.body->len;
    for (int skipped = 0; skipped < 2; skipped++)
      page = memmem(page + 4, (gsize)(end - page) - 4, "OggS", 4);
    guint64 granule = 0;
    memcpy(&granule, page + 6, sizeof granule);
    g_mutex_unlock(&stage.server.lock);
    g_assert_cmpuint(GUINT64_FROM_LE(granule), ==, rows[i].first_granule * FRAMES + 312);
    stage_end(&stage);
  }
}

int main(int argc, char **argv) {
  static const struct {
    const char *name;
    void (*test)(void);
  } tests[] = {
      {"/air/mount/own-server", test_own_server},
      {"/air/mount/no-answer", test_no_answer},
      {"/air/mount/refused", test_refused},
      {"/air/mount/refused-later", test_refused_later},
      {"/air/mount/lasted", test_lasted},
      {"/air/mount/doubtful", test_doubtful},
      {"/air/mount/too-slow", test_too_slow},
      {"/air/mount/takes-nothing", test_takes_nothing},
      {"/air/mount/gone", test_gone},
      {"/air/mount/frozen", test_frozen},
      {"/air/mount/resolver-hangs", test_resolver_hangs},
      {"/air/mount/clock-set-back", test_clock_set_back},
      {"/air/mount/end-of-mp3", test_end_of_mp3},
      {"/air/mount/joins-late", test_joins_late},
      {"/air/mount/ogg", test_ogg},
  };
  g_test_init(&argc, &argv, NULL);
  signal(SIGPIPE, SIG_IGN);
  for (guint i = 0; i < G_N_ELEMENTS(tests); i++)
    g_test_add_func(tests[i].name, tests[i].test);
  return g_test_run();
}
