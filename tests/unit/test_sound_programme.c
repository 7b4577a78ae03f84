/* The whole rendering: filled while it is mixed, packets for the air, and every
 * way to fail, after which no thread waits and no file is left. */
#include "base/error.h"
#include "sound/programme.h"
#include "sound_material.h"
#include "sound_tools.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#define SECOND ((gint64)FRAME_RATE)

static const ProgrammeOptions plain = {.target_lufs = -16.0, .ceiling_dbtp = -2.0};
static const ProgrammeOptions live = {.target_lufs = -16.0, .ceiling_dbtp = -2.0, .lowest_latency = true};

typedef struct {
  char *folder, *speech, *mp3, *opus;
} Place;

static void set_up(Place *place, gconstpointer unused) {
  (void)unused;
  place->folder = material_folder();
  place->speech = material_wav(place->folder, "speech.wav", 1, 2 * SECOND, material_speech);
  place->mp3 = g_build_filename(place->folder, "b.mp3", NULL);
  place->opus = g_build_filename(place->folder, "b.opus", NULL);
}

static void tear_down(Place *place, gconstpointer unused) {
  (void)unused;
  g_free(place->speech);
  g_free(place->mp3);
  g_free(place->opus);
  material_remove(place->folder);
}

/* Only the clip is in the folder: no draft, no result. */
static void assert_nothing_left(const Place *place) {
  g_autoptr(GDir) dir = g_dir_open(place->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
    g_assert_cmpstr(name, ==, "speech.wav");
  }
}

static Timeline *closed_timeline(const Place *place, gint64 seconds) {
  Timeline *timeline = timeline_new();
  for (gint64 at = 0; at + 2 < seconds; at += 2) {
    material_add(timeline, place->speech, at * SECOND + 31, 2 * SECOND, 0.0, true);
  }
  timeline_close(timeline, seconds * SECOND, 0);
  return timeline;
}

/* --- on the air --------------------------------------------------------------- */

/* Takes every packet, as playout does. */
typedef struct {
  PacketQueue *queue;
  GArray *starts; /* gint64 */
  GByteArray *bytes;
  gint64 first_us; /* when the first came */
  PacketState end;
  guint pause_us; /* between two */
} Listener;

static gpointer listen(gpointer data) {
  Listener *listener = data;
  for (;;) {
    Packet packet;
    listener->end = packet_queue_take(listener->queue, &packet, NULL);
    if (listener->end == PACKET_NOT_YET) {
      packet_queue_wait(listener->queue, 1);
      continue;
    }
    if (listener->end != PACKET_READY) {
      return NULL;
    }
    if (listener->first_us == 0) {
      listener->first_us = g_get_monotonic_time();
    }
    g_array_append_val(listener->starts, packet.start_frame);
    g_byte_array_append(listener->bytes, g_bytes_get_data(packet.data, NULL), (guint)g_bytes_get_size(packet.data));
    packet_clear(&packet);
    if (listener->pause_us > 0) {
      g_usleep(listener->pause_us);
    }
  }
}

static GThread *start_listening(Listener *listener, PacketQueue *queue) {
  *listener =
      (Listener){.queue = queue, .starts = g_array_new(FALSE, FALSE, sizeof(gint64)), .bytes = g_byte_array_new()};
  return g_thread_new("listener", listen, listener);
}

static void listener_clear(Listener *listener) {
  g_array_unref(listener->starts);
  g_byte_array_unref(listener->bytes);
}

/* Each packet is due where the one before ends; the first one an encoder's delay before the programme. */
static void assert_in_time(const Listener *listener, gint64 delay_frames, gint64 packet_frames, gint64 total) {
  gint64 previous = g_array_index(listener->starts, gint64, 0);
  g_assert_cmpint(previous, ==, -delay_frames);
  for (guint i = 1; i < listener->starts->len; i++) {
    gint64 start = g_array_index(listener->starts, gint64, i);
    g_assert_cmpint(start - previous, ==, packet_frames);
    previous = start;
  }
  g_assert_cmpint(previous + packet_frames, >=, total);
  g_assert_cmpint(previous, <, total + packet_frames);
}

/* The timeline is told bit by bit; both encodings are on the air and in files. */
static void test_live(Place *place, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = timeline_new();
  g_autoptr(PacketQueue) mp3_queue = packet_queue_new(1u << 22), opus_queue = packet_queue_new(1u << 22);
  Encoding encodings[] = {{FORMAT_MP3, 128, place->mp3, mp3_queue}, {FORMAT_OPUS, 64, place->opus, opus_queue}};
  g_autoptr(Programme) programme = programme_start(timeline, encodings, 2, &live, NULL, NULL, &error);
  g_assert_no_error(error);
  Listener mp3, opus;
  GThread *threads[] = {start_listening(&mp3, mp3_queue), start_listening(&opus, opus_queue)};
  g_usleep(50000);
  g_assert_cmpuint(mp3.starts->len, ==, 0); /* nothing is known, nothing is heard */
  gint64 known_us = g_get_monotonic_time();
  material_add(timeline, place->speech, 0, 2 * SECOND, 0.0, true);
  timeline_known_until(timeline, 2 * SECOND);
  g_usleep(200000);
  g_assert_cmpint(mp3.first_us, !=, 0); /* on the air before the rest is known */
  g_assert_cmpint(opus.first_us, !=, 0);
  g_test_message("first packet after %.1f ms (mp3), %.1f ms (opus)", (double)(mp3.first_us - known_us) / 1000.0,
                 (double)(opus.first_us - known_us) / 1000.0);
  material_add(timeline, place->speech, 3 * SECOND, 2 * SECOND, 0.0, true);
  timeline_close(timeline, 7 * SECOND + 5, 0);
  ProgrammeTags tags = {.title = (char *)"En direct"};
  programme_set_tags(programme, &tags);
  g_assert_true(programme_publish(programme, &error));
  g_assert_no_error(error);
  g_thread_join(threads[0]);
  g_thread_join(threads[1]);
  g_assert_cmpint(mp3.end, ==, PACKET_END);
  assert_in_time(&mp3, 1105, 1152, 7 * SECOND + 5);
  assert_in_time(&opus, 312, 960, 7 * SECOND + 5);
  g_assert_cmpint(tool_decoded_frames(place->mp3), ==, 7 * SECOND + 5);
  g_assert_cmpint(tool_decoded_frames(place->opus), ==, 7 * SECOND + 5);
  /* The same packets lie in the files, the MP3's in one piece at its end. */
  g_autoptr(GBytes) file = file_read(place->mp3, 1u << 24, NULL);
  gsize nbytes = g_bytes_get_size(file);
  g_assert_cmpuint(nbytes, >, mp3.bytes->len);
  const guint8 *data = g_bytes_get_data(file, NULL);
  g_assert_cmpint(memcmp(data + nbytes - mp3.bytes->len, mp3.bytes->data, mp3.bytes->len), ==, 0);
  listener_clear(&mp3);
  listener_clear(&opus);
}

/* Small blocks at the start change nothing in the sound. */
static void test_same_for_the_air(Place *place, gconstpointer unused) {
  (void)unused;
  GBytes *files[2] = {NULL, NULL};
  const ProgrammeOptions *const options[] = {&plain, &live};
  for (guint i = 0; i < 2; i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Timeline) timeline = closed_timeline(place, 7);
    Encoding encoding = {FORMAT_MP3, 128, place->mp3, NULL};
    g_autoptr(Programme) programme = programme_start(timeline, &encoding, 1, options[i], NULL, NULL, &error);
    g_assert_true(programme_publish(programme, &error));
    files[i] = file_read(place->mp3, 1u << 24, NULL);
  }
  g_assert_true(g_bytes_equal(files[0], files[1]));
  g_bytes_unref(files[0]);
  g_bytes_unref(files[1]);
}

/* A finished file gives the packets that its encoder gave. */
static void test_packets_of_a_file(Place *place, gconstpointer unused) {
  (void)unused;
  const SoundFormat formats[] = {FORMAT_MP3, FORMAT_OPUS};
  for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Timeline) timeline = closed_timeline(place, 9);
    g_autoptr(PacketQueue) made = packet_queue_new(1u << 24), read = packet_queue_new(1u << 24);
    Encoding encoding = {formats[i], 96, place->mp3, made};
    g_autoptr(Programme) programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(programme_publish(programme, &error));
    GThread *thread = packets_read_file(place->mp3, read, &error);
    g_assert_no_error(error);
    g_thread_join(thread);
    const StreamHeader *a = NULL, *b = NULL;
    g_assert_cmpint(packet_queue_header(made, &a), ==, PACKET_READY);
    g_assert_cmpint(packet_queue_header(read, &b), ==, PACKET_READY);
    g_assert_true(a->format == b->format && a->channels == b->channels && a->preskip_frames == b->preskip_frames);
    g_assert_true((a->header == NULL && b->header == NULL) || g_bytes_equal(a->header, b->header));
    guint packets = 0;
    for (;; packets++) {
      Packet first, second;
      PacketState state = packet_queue_take(made, &first, NULL);
      g_assert_cmpint(state, ==, packet_queue_take(read, &second, NULL));
      if (state != PACKET_READY) {
        g_assert_cmpint(state, ==, PACKET_END);
        break;
      }
      g_assert_cmpint(first.start_frame, ==, second.start_frame);
      g_assert_true(g_bytes_equal(first.data, second.data));
      packet_clear(&first);
      packet_clear(&second);
    }
    g_assert_cmpuint(packets, >, 300);
  }
  g_autoptr(GError) error = NULL;
  g_autoptr(PacketQueue) none = packet_queue_new(100);
  g_assert_null(packets_read_file(place->speech, none, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

/* --- failure -------------------------------------------------------------------- */

static void test_unwritable_folder(Place *place, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = closed_timeline(place, 5);
  g_autofree char *nowhere = g_build_filename(place->folder, "missing", "b.opus", NULL);
  Encoding encodings[] = {{FORMAT_MP3, 0, place->mp3, NULL}, {FORMAT_OPUS, 0, nowhere, NULL}};
  g_assert_null(programme_start(timeline, encodings, 2, &plain, NULL, NULL, &error));
  g_assert_nonnull(error);
  g_assert_nonnull(strstr(error->message, "missing"));
  assert_nothing_left(place);
}

/* The disk is full for one encoding: all end, the air is told, nothing is left. */
static void test_disk_full(Place *place, gconstpointer unused) {
  (void)unused;
  struct rlimit before, small = {200000, 0};
  g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
  small.rlim_max = before.rlim_max;
  signal(SIGXFSZ, SIG_IGN);
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = closed_timeline(place, 120);
  g_autoptr(PacketQueue) queue = packet_queue_new(1u << 22);
  Encoding encodings[] = {{FORMAT_OPUS, 64, NULL, queue}, {FORMAT_MP3, 128, place->mp3, NULL}};
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
  Programme *programme = programme_start(timeline, encodings, 2, &plain, NULL, NULL, &error);
  g_assert_no_error(error);
  bool done = programme_wait(programme, &error);
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false(done);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  g_test_message("%s", error->message);
  g_assert_nonnull(strstr(error->message, "b.mp3"));
  g_autoptr(GError) again = NULL;
  g_assert_false(programme_publish(programme, &again));
  Listener listener;
  g_thread_join(start_listening(&listener, queue));
  g_assert_cmpint(listener.end, ==, PACKET_FAILED);
  listener_clear(&listener);
  programme_free(programme);
  assert_nothing_left(place);
}

static void test_timeline_fails(Place *place, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = timeline_new();
  Encoding encoding = {FORMAT_MP3, 0, place->mp3, NULL};
  Programme *programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
  g_autoptr(GError) why = g_error_new(CARNET_ERROR, CARNET_ERROR_INPUT, "midi.yaml: no such voice");
  material_add(timeline, place->speech, 0, 2 * SECOND, 0.0, true);
  timeline_known_until(timeline, 2 * SECOND);
  timeline_fail(timeline, why);
  g_assert_false(programme_wait(programme, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_cmpstr(error->message, ==, "midi.yaml: no such voice");
  programme_free(programme);
  assert_nothing_left(place);
}

/* The listener leaves: the file is finished all the same. */
static void test_listener_leaves(Place *place, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = closed_timeline(place, 30);
  g_autoptr(PacketQueue) queue = packet_queue_new(4000);
  Encoding encoding = {FORMAT_MP3, 128, place->mp3, queue};
  g_autoptr(Programme) programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
  g_usleep(30000);
  g_assert_cmpint(programme_frames(programme), <, 30 * SECOND); /* held back by the full queue */
  packet_queue_cancel(queue);
  g_assert_true(programme_publish(programme, &error));
  g_assert_no_error(error);
  g_assert_cmpint(tool_decoded_frames(place->mp3), ==, 30 * SECOND);
}

/* Freed at any moment: while it waits for the timeline, for the air, for the tags. */
static void test_freed_while_waiting(Place *place, gconstpointer unused) {
  (void)unused;
  for (guint i = 0; i < 3; i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Timeline) timeline = i == 0 ? timeline_new() : closed_timeline(place, 30);
    g_autoptr(PacketQueue) queue = packet_queue_new(2000);
    Encoding encodings[] = {{FORMAT_MP3, 0, place->mp3, i == 1 ? queue : NULL}, {FORMAT_OPUS, 0, place->opus, NULL}};
    Programme *programme = programme_start(timeline, encodings, 2, &plain, NULL, NULL, &error);
    g_assert_no_error(error);
    g_usleep(20000);
    programme_free(programme);
    assert_nothing_left(place);
  }
}

/* Mixed and encoded, and only then are the tags known, or never. */
static void test_tags_come_last(Place *place, gconstpointer unused) {
  (void)unused;
  for (guint i = 0; i < 2; i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Timeline) timeline = closed_timeline(place, 4);
    Encoding encoding = {FORMAT_OPUS, 0, place->opus, NULL};
    Programme *programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
    g_assert_no_error(error);
    gint64 until_us = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    while (programme_frames(programme) < 4 * SECOND && g_get_monotonic_time() < until_us) {
      g_usleep(1000);
    }
    g_assert_cmpint(programme_frames(programme), ==, 4 * SECOND);
    g_usleep(100000); /* that the encoder waits as well: likely, and not needed */
    if (i == 0) {
      const ProgrammeTags tags = {.title = (char *)"Le soir"};
      programme_set_tags(programme, &tags);
      g_assert_true(programme_publish(programme, &error));
      g_autofree char *probe = tool_probe(place->opus);
      tool_assert_says(probe, "Le soir");
      g_assert_cmpint(g_unlink(place->opus), ==, 0);
    }
    programme_free(programme);
    assert_nothing_left(place);
  }
}

static bool stop_in_the_middle(gint64 mixed_frames, gint64 total_frames, gpointer user) {
  guint *calls = user;
  *calls += 1;
  g_assert_cmpint(total_frames, ==, 1200 * SECOND);
  return mixed_frames < 10 * SECOND;
}

static void test_cancelled_by_progress(Place *place, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = closed_timeline(place, 1200);
  Encoding encoding = {FORMAT_OPUS, 0, place->opus, NULL};
  guint calls = 0;
  Programme *programme = programme_start(timeline, &encoding, 1, &plain, stop_in_the_middle, &calls, &error);
  g_assert_false(programme_wait(programme, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
  g_assert_cmpuint(calls, >=, 1);
  programme_free(programme);
  assert_nothing_left(place);
}

static void test_nothing_to_say(Place *place, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autoptr(Timeline) timeline = timeline_new();
  timeline_close(timeline, 1, 0); /* one frame */
  Encoding encoding = {FORMAT_OPUS, 0, place->opus, NULL};
  g_autoptr(Programme) programme = programme_start(timeline, &encoding, 1, &plain, NULL, NULL, &error);
  g_assert_true(programme_publish(programme, &error));
  g_assert_no_error(error);
  g_assert_cmpint(tool_decoded_frames(place->opus), ==, 1);
}

static void add(const char *path, void (*test)(Place *, gconstpointer)) {
  g_test_add(path, Place, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  add("/programme/live", test_live);
  add("/programme/same-for-the-air", test_same_for_the_air);
  add("/programme/packets-of-a-file", test_packets_of_a_file);
  add("/programme/unwritable-folder", test_unwritable_folder);
  add("/programme/disk-full", test_disk_full);
  add("/programme/timeline-fails", test_timeline_fails);
  add("/programme/listener-leaves", test_listener_leaves);
  add("/programme/freed-while-waiting", test_freed_while_waiting);
  add("/programme/tags-come-last", test_tags_come_last);
  add("/programme/cancelled-by-progress", test_cancelled_by_progress);
  add("/programme/nothing-to-say", test_nothing_to_say);
  return g_test_run();
}
