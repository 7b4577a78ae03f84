/* The reel: pieces one after another, cut and resumed, as one stream of packets for each encoding. What comes out is
 * written to files and decoded by ffmpeg, and looked at packet by packet. */
#include "sound/reel.h"
#include "sound_material.h"

#include "base/error.h"

#include <gio/gio.h>

#define SECOND FRAME_RATE
#define MP3_PACKET 1152
#define HALF_MP3 576

typedef struct {
  char *folder;
  PacketQueue *mp3, *opus;
  Reel *reel;
  gint64 next[2]; /* where the next packet of each must begin */
} Fixture;

static void run(const char *const *argv, char **out) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process =
      g_subprocess_newv(argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error(error);
  g_autoptr(GBytes) bytes = NULL;
  g_assert_true(g_subprocess_communicate(process, NULL, NULL, &bytes, NULL, &error));
  g_assert_true(g_subprocess_get_successful(process));
  gsize n = 0;
  const char *data = g_bytes_get_data(bytes, &n);
  if (out)
    *out = g_strndup(data ? data : "", n);
}

/* FOLDER/NAME: `seconds` of a tone, encoded by ffmpeg. */
static char *tone(const Fixture *fixture, const char *name, int hz, const char *seconds) {
  char *path = g_build_filename(fixture->folder, name, NULL);
  g_autofree char *source = g_strdup_printf("sine=frequency=%d:sample_rate=48000:duration=%s", hz, seconds);
  const char *argv[] = {"ffmpeg", "-nostdin", "-v", "error", "-y",  "-f", "lavfi", "-i",
                        source,   "-ac",      "2",  "-b:a",  "64k", path, NULL};
  run(argv, NULL);
  return path;
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  fixture->folder = material_folder();
  fixture->mp3 = packet_queue_new(64 << 20);
  fixture->opus = packet_queue_new(64 << 20);
  ReelTrack tracks[] = {{FORMAT_MP3, 64, fixture->mp3}, {FORMAT_OPUS, 64, fixture->opus}};
  fixture->reel = reel_new(tracks, 2);
  fixture->next[0] = -1105;
  fixture->next[1] = -312;
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  reel_free(fixture->reel);
  packet_queue_unref(fixture->mp3);
  packet_queue_unref(fixture->opus);
  material_remove(fixture->folder);
}

/* What has come into a queue, which goes on where it ended. Returns the bytes; frames are added to `*frames`. */
static GByteArray *take(Fixture *fixture, guint track, gint64 *frames) {
  GByteArray *bytes = g_byte_array_new();
  for (Packet packet; packet_queue_take(track ? fixture->opus : fixture->mp3, &packet, NULL) == PACKET_READY;) {
    g_assert_cmpint(packet.start_frame, ==, fixture->next[track]);
    fixture->next[track] += packet.frames;
    *frames += packet.frames;
    gsize n;
    const guint8 *data = g_bytes_get_data(packet.data, &n);
    g_byte_array_append(bytes, data, (guint)n);
    packet_clear(&packet);
  }
  return bytes;
}

static void lay(Fixture *fixture, const char *mp3, const char *opus, gint64 start, gint64 from, gint64 frames) {
  g_autoptr(GError) error = NULL;
  const char *paths[] = {mp3, opus};
  ReelPiece piece = {paths, start, from, frames};
  g_assert_true(reel_add(fixture->reel, &piece, &error));
  g_assert_no_error(error);
}

/* Whether FREQUENCY is what is heard at `at` seconds of an MP3 stream. */
static double level(const Fixture *fixture, GByteArray *stream, int hz, const char *at) {
  g_autofree char *path = g_build_filename(fixture->folder, "stream.mp3", NULL), *out = NULL;
  g_assert_true(g_file_set_contents(path, (const char *)stream->data, stream->len, NULL));
  g_autofree char *filter =
      g_strdup_printf("atrim=start=%s:duration=0.3,bandpass=f=%d:width_type=h:w=40,"
                      "astats=metadata=1:reset=0,ametadata=print:key=lavfi.astats.Overall.RMS_level:file=-",
                      at, hz);
  const char *argv[] = {"ffmpeg", "-nostdin", "-v", "error", "-i", path, "-af", filter, "-f", "null", "-", NULL};
  run(argv, &out);
  const char *last = g_strrstr(out, "RMS_level=");
  return last && !strstr(last, "inf") ? g_ascii_strtod(last + strlen("RMS_level="), NULL) : -120;
}

/* Silence, a piece, another that cuts it, silence: no packet is missing or doubled, each is where it belongs. */
static void test_pieces(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *low = tone(fixture, "low.mp3", 500, "3"), *high = tone(fixture, "high.mp3", 2000, "2");
  g_autofree char *low_opus = tone(fixture, "low.opus", 500, "3"), *high_opus = tone(fixture, "high.opus", 2000, "2");
  lay(fixture, low, low_opus, 1 * SECOND, 0, 3 * SECOND);
  lay(fixture, high, high_opus, 3 * SECOND, 0, 2 * SECOND);
  g_assert_cmpint(reel_end(fixture->reel), ==, 5 * SECOND);
  for (gint64 until = SECOND / 10; until <= 6 * SECOND; until += SECOND / 10)
    g_assert_true(reel_feed(fixture->reel, until));
  gint64 frames[2] = {0, 0};
  g_autoptr(GByteArray) mp3 = take(fixture, 0, &frames[0]), opus = take(fixture, 1, &frames[1]);
  g_assert_cmpint(ABS(frames[0] - 6 * SECOND), <=, MP3_PACKET);
  g_assert_cmpint(ABS(frames[1] - 6 * SECOND), <=, 960);
  g_assert_cmpfloat(level(fixture, mp3, 500, "0.5"), <, -80);
  g_assert_cmpfloat(level(fixture, mp3, 500, "2.0"), >, -35);
  g_assert_cmpfloat(level(fixture, mp3, 2000, "2.0"), <, -50);
  g_assert_cmpfloat(level(fixture, mp3, 2000, "4.0"), >, -35);
  g_assert_cmpfloat(level(fixture, mp3, 500, "4.0"), <, -50);
  g_assert_cmpfloat(level(fixture, mp3, 2000, "5.5"), <, -80);
  g_assert_cmpint(reel_end(fixture->reel), ==, G_MININT64); /* what is over is forgotten */
}

/* Thousands of short pieces: half a packet is lost or won at each, and it never adds up. */
static void test_no_drift(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *mp3 = tone(fixture, "a.mp3", 500, "0.3"), *opus = tone(fixture, "a.opus", 500, "0.3");
  gint64 length = SECOND * 3 / 10 + 7;
  for (gint64 i = 0; i < 300; i++) {
    lay(fixture, mp3, opus, i * length, 0, length);
    g_assert_true(reel_feed(fixture->reel, (i + 1) * length));
  }
  gint64 frames[2] = {0, 0};
  g_byte_array_unref(take(fixture, 0, &frames[0]));
  g_byte_array_unref(take(fixture, 1, &frames[1]));
  g_assert_cmpint(ABS(frames[0] - 300 * length), <=, MP3_PACKET);
  g_assert_cmpint(ABS(frames[1] - 300 * length), <=, 960);
}

/* An alert breaks in, and the bulletin goes on where it was cut. */
static void test_cut_and_resumed(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *low = tone(fixture, "low.mp3", 500, "4"), *high = tone(fixture, "high.mp3", 2000, "1");
  lay(fixture, low, NULL, 0, 0, 4 * SECOND);
  g_assert_true(reel_feed(fixture->reel, SECOND));
  reel_cut(fixture->reel, 2 * SECOND);
  lay(fixture, high, NULL, 2 * SECOND, 0, SECOND);
  lay(fixture, low, NULL, 3 * SECOND, 2 * SECOND, 2 * SECOND);
  g_assert_true(reel_feed(fixture->reel, 6 * SECOND));
  gint64 frames = 0;
  g_autoptr(GByteArray) stream = take(fixture, 0, &frames);
  g_assert_cmpfloat(level(fixture, stream, 500, "1.5"), >, -35);
  g_assert_cmpfloat(level(fixture, stream, 2000, "2.4"), >, -35);
  g_assert_cmpfloat(level(fixture, stream, 500, "4.0"), >, -35);
  g_assert_cmpfloat(level(fixture, stream, 500, "5.4"), <, -80);
}

/* Ends after its last piece, and not before. */
static void test_finished(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *low = tone(fixture, "low.mp3", 500, "1");
  lay(fixture, low, NULL, 0, 0, SECOND);
  reel_finish(fixture->reel);
  g_assert_true(reel_feed(fixture->reel, SECOND / 2));
  Packet packet;
  gint64 frames = 0;
  g_byte_array_unref(take(fixture, 0, &frames));
  g_assert_cmpint(packet_queue_take(fixture->mp3, &packet, NULL), ==, PACKET_NOT_YET);
  reel_feed(fixture->reel, 2 * SECOND);
  g_byte_array_unref(take(fixture, 0, &frames));
  g_assert_cmpint(packet_queue_take(fixture->mp3, &packet, NULL), ==, PACKET_END);
  g_assert_cmpint(ABS(frames - SECOND), <=, MP3_PACKET);
}

/* What is no sound, or another form, is refused, and what is on goes on. */
static void test_refused(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_autofree char *low = tone(fixture, "low.mp3", 500, "1"), *opus = tone(fixture, "low.opus", 500, "1");
  g_autofree char *text = g_build_filename(fixture->folder, "text.mp3", NULL);
  g_autofree char *cut = g_build_filename(fixture->folder, "cut.opus", NULL);
  g_assert_true(g_file_set_contents(text, "no sound", -1, NULL));
  const char *const wrong[][2] = {{opus, opus}, {low, low}, {text, opus}, {"/nowhere.mp3", opus}};
  lay(fixture, low, opus, 0, 0, SECOND);
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    ReelPiece piece = {wrong[i], 0, 0, SECOND};
    g_assert_false(reel_add(fixture->reel, &piece, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
  g_assert_cmpint(reel_end(fixture->reel), ==, SECOND);
  /* A file that breaks off is silent from there on. */
  g_autofree char *bytes = NULL;
  gsize n;
  g_autofree char *longer = tone(fixture, "longer.opus", 500, "5");
  g_assert_true(g_file_get_contents(longer, &bytes, &n, NULL));
  g_assert_true(g_file_set_contents(cut, bytes, (gssize)n / 2, NULL));
  lay(fixture, low, cut, 0, 0, 5 * SECOND);
  g_assert_true(reel_feed(fixture->reel, 6 * SECOND));
  gint64 frames = 0;
  g_byte_array_unref(take(fixture, 1, &frames));
  g_assert_cmpint(ABS(frames - 6 * SECOND), <=, 960);
  reel_free(NULL);
}

/* Nobody takes them any more. */
static void test_nobody_takes(Fixture *fixture, gconstpointer data) {
  (void)data;
  packet_queue_cancel(fixture->mp3);
  g_assert_false(reel_feed(fixture->reel, SECOND));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
#define ADD(name, test) g_test_add("/reel/" name, Fixture, NULL, setup, test, teardown)
  ADD("pieces", test_pieces);
  ADD("no-drift", test_no_drift);
  ADD("cut-and-resumed", test_cut_and_resumed);
  ADD("finished", test_finished);
  ADD("refused", test_refused);
  ADD("nobody-takes", test_nobody_takes);
  return g_test_run();
}
