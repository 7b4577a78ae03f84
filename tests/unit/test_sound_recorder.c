/* The files that a recorder makes of a stream's packets. */
#include "base_folder.h"

#include "base/clock.h"
#include "sound/recorder.h"

#define NOW_US (G_GINT64_CONSTANT(1800000000) * US_PER_SECOND)
#define FRAME_BYTES 192 /* 64 kbit/s */

typedef struct {
  char *folder;
  AVFormatContext *context;
  AVStream *stream;
  Recorder *recorder;
} Fixture;

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  lavf_start();
  fixture->folder = folder_of_test();
  fixture->context = lavf.avformat_alloc_context();
  fixture->stream = lavf.avformat_new_stream(fixture->context, NULL);
  fixture->stream->time_base = (AVRational){1, 48000};
  AVCodecParameters *its = fixture->stream->codecpar;
  its->codec_type = AVMEDIA_TYPE_AUDIO;
  its->codec_id = AV_CODEC_ID_MP3;
  its->sample_rate = 48000;
  lavf.av_channel_layout_default(&its->ch_layout, 2);
  fixture->recorder = recorder_new(fixture->folder);
  clock_set(NOW_US);
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  recorder_free(fixture->recorder);
  lavf.avformat_free_context(fixture->context);
  remove_folder(fixture->folder);
  clock_set(0);
}

/* Records `n` silent frames, and breaks off. */
static void record(const Fixture *fixture, guint n) {
  for (guint i = 0; i < n; i++) {
    g_autoptr(AVPacket) packet = lavf.av_packet_alloc();
    g_assert_cmpint(lavf.av_new_packet(packet, FRAME_BYTES), ==, 0);
    memset(packet->data, 0, FRAME_BYTES);
    memcpy(packet->data, "\xff\xfb\x54", 3);
    packet->pts = packet->dts = (gint64)i * 1152;
    packet->duration = 1152;
    recorder_take(fixture->recorder, fixture->stream, packet);
  }
  recorder_break(fixture->recorder);
}

static gsize bytes_of(const Fixture *fixture, const char *name) {
  g_autofree char *path = g_build_filename(fixture->folder, name, NULL), *text = NULL;
  gsize nbytes = 0;
  return g_file_get_contents(path, &text, &nbytes, NULL) ? nbytes : 0;
}

/* The same hour comes twice when the clock is set back: what went out first is still there. */
static void test_clock_set_back(Fixture *fixture, gconstpointer data) {
  (void)data;
  record(fixture, 100);
  gsize first_bytes = bytes_of(fixture, "2027-01-15T08-00-00Z.mp3");
  g_assert_cmpuint(first_bytes, >=, (gsize)100 * FRAME_BYTES);
  record(fixture, 10);
  record(fixture, 20);
  g_assert_cmpuint(bytes_of(fixture, "2027-01-15T08-00-00Z.mp3"), ==, first_bytes);
  g_assert_cmpuint(bytes_of(fixture, "2027-01-15T08-00-00Z-2.mp3"), >=, (gsize)10 * FRAME_BYTES);
  g_assert_cmpuint(bytes_of(fixture, "2027-01-15T08-00-00Z-3.mp3"), >=, (gsize)20 * FRAME_BYTES);
  g_assert_cmpuint(count_files(fixture->folder), ==, 3);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/sound/recorder/clock-set-back", Fixture, NULL, setup, test_clock_set_back, teardown);
  return g_test_run();
}
