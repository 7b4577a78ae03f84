/* Sound files that arrive: forms that change, caches that somebody touched, packets that nobody may send. */
#include "base/error.h"
#include "sound/decode.h"
#include "sound/programme.h"
#include "sound/sounds.h"
#include "sound/tags.h"
#include "sound_material.h"
#include "sound_tools.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

static NurseryPool *decoders;
static char *folder, *cache;

static char *in_folder(const char *name) {
  return g_build_filename(folder, name, NULL);
}

#define SINE(hz, rate, seconds) "-f lavfi -i sine=f=" hz ":r=" rate ":d=" seconds

static char *made_by_ffmpeg(const char *arguments, const char *name) {
  g_autofree char *path = in_folder(name);
  g_autofree char *line = g_strdup_printf("ffmpeg -nostdin -v error -y %s %s", arguments, path);
  g_auto(GStrv) argv = g_strsplit(line, " ", -1);
  g_free(tool_text((const char *const *)argv));
  return g_steal_pointer(&path);
}

static char *written(const char *name, const char *bytes, gssize nbytes) {
  char *path = in_folder(name);
  g_assert_true(file_write(path, bytes, nbytes, 0644, NULL));
  return path;
}

/* --- forms ---------------------------------------------------------------------------- */

/* Two recordings in one file, as chained streams and some recorders leave them: both are there, each at its speed. */
static void test_form_changes(void) {
  static const struct {
    const char *first, *second, *name;
  } rows[] = {
      {SINE("440", "48000", "1") " -ac 2 -c:a aac", SINE("440", "24000", "2") " -ac 1 -c:a aac", "two.aac"},
      {SINE("440", "48000", "1") " -ac 2 -write_xing 0 -id3v2_version 0",
       SINE("440", "48000", "2") " -ac 1 -write_xing 0 -id3v2_version 0", "two.mp3"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *first_name = g_strconcat("first-", rows[i].name, NULL);
    g_autofree char *second_name = g_strconcat("second-", rows[i].name, NULL);
    g_autofree char *first = made_by_ffmpeg(rows[i].first, first_name);
    g_autofree char *second = made_by_ffmpeg(rows[i].second, second_name);
    g_autofree char *a = NULL, *b = NULL;
    gsize a_bytes = 0, b_bytes = 0;
    g_assert_true(g_file_get_contents(first, &a, &a_bytes, NULL) && g_file_get_contents(second, &b, &b_bytes, NULL));
    a = g_realloc(a, a_bytes + b_bytes);
    memcpy(a + a_bytes, b, b_bytes);
    g_autofree char *path = written(rows[i].name, a, (gssize)(a_bytes + b_bytes));
    gint64 frames = 0;
    g_autofree char *prepared = sound_prepare(decoders, path, cache, &frames, &error);
    g_assert_no_error(error);
    g_test_message("%s: %.3f s", rows[i].name, (double)frames / FRAME_RATE);
    g_assert_cmpfloat_with_epsilon((double)frames / FRAME_RATE, 3.0, 0.3); /* with the encoders' delays */
  }
}

static void test_forms_refused(void) {
  static const struct {
    const char *arguments, *name, *says;
  } rows[] = {
      {SINE("440", "48000", "0.1") " -ar 2000", "slow.wav", "2000 Hz"},
      {SINE("440", "48000", "0.1") " -ar 500000", "fast.wav", "500000 Hz"},
      {"-f lavfi -i aevalsrc=0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0:d=0.1:c=hexadecagonal", "many.wav", "16 channels"},
      {"-f lavfi -i testsrc=d=0.1:s=32x32 -c:v mpeg4 -f mp4", "mute.m4a", "holds no sound"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *path = made_by_ffmpeg(rows[i].arguments, rows[i].name);
    g_autofree char *prepared = sound_prepare(decoders, path, cache, NULL, &error);
    g_assert_null(prepared);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    tool_assert_says(error->message, rows[i].says);
    tool_assert_says(error->message, rows[i].name);
  }
}

/* In this process, as the gate reads what was written. */
static void test_opened_here(void) {
  g_autofree char *missing = in_folder("missing.wav"), *empty = written("empty.wav", "", 0);
  g_autofree char *short_riff = written("short.wav", "RIFF", 4);
  const char *const refused[] = {missing, folder, empty, short_riff};
  for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(sound_file_open(refused[i], &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
}

/* --- the cache ---------------------------------------------------------------------------- */

static void test_cache_is_mended(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = made_by_ffmpeg(SINE("700", "44100", "1"), "jingle.wav");
  gint64 frames = 0, again = 0;
  g_autofree char *prepared = sound_prepare(decoders, path, cache, &frames, &error);
  g_assert_no_error(error);
  static float samples[9600];
  static const struct {
    guint channels;
    const char *info;
  } others[] = {{1, "{}"}, {2, NULL}}; /* well formed, and not ours */
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
    g_assert_true(wav_write(prepared, samples, 4800, others[i].channels, others[i].info, false, &error));
    g_autofree char *mended = sound_prepare(decoders, path, cache, &again, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(mended, ==, prepared);
    g_assert_cmpint(again, ==, frames);
  }
}

static void test_cache_cannot_be_made(void) {
  g_autofree char *path = made_by_ffmpeg(SINE("800", "44100", "1"), "other.wav");
  g_autofree char *file = written("a-file", "x", 1), *missing = in_folder("missing.flac");
  g_autoptr(GError) error = NULL;
  g_assert_null(sound_prepare(decoders, path, file, NULL, &error)); /* a file where a folder should be */
  g_assert_nonnull(error);
  g_clear_error(&error);
  g_assert_null(sound_prepare(decoders, missing, cache, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_clear_error(&error);
  g_assert_null(sound_prepare(decoders, folder, cache, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  tool_assert_says(error->message, "not a file");
}

/* The disk is full when the prepared sound is written: told, nothing is left, and once there is room all is well. */
static void test_cache_full_disk(void) {
  g_autofree char *path = made_by_ffmpeg(SINE("900", "44100", "2"), "full.wav");
  struct rlimit before, small;
  g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
  small = (struct rlimit){100000, before.rlim_max};
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
  char *prepared = sound_prepare(decoders, path, cache, NULL, &error);
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null(prepared);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  tool_assert_says(error->message, "full.wav");
  g_clear_error(&error);
  gint64 frames = 0;
  prepared = sound_prepare(decoders, path, cache, &frames, &error);
  g_assert_no_error(error);
  g_assert_cmpint(frames, ==, 2 * FRAME_RATE);
  g_free(prepared);
}

/* --- what a file says of itself ------------------------------------------------------------- */

static const char *said(const AVFormatContext *output, const char *key) {
  const AVDictionaryEntry *entry = av_dict_get(output->metadata, key, NULL, 0);
  return entry != NULL ? entry->value : NULL;
}

static void test_languages(void) {
  static const char *const rows[][2] = {{"fr", "fra"},  {"oc-FR", "oci"}, {"gl", "glg"}, {"fro", "fro"},
                                        {"tlh", "tlh"}, {"", NULL},       {NULL, NULL}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    AVFormatContext *output = avformat_alloc_context();
    const ProgrammeTags tags = {.language = (char *)rows[i][0], .title = (char *)""};
    g_assert_true(tags_apply(output, FORMAT_MP3, &tags, NULL));
    g_assert_cmpstr(said(output, "language"), ==, rows[i][1]);
    g_assert_null(said(output, "title"));
    avformat_free_context(output);
  }
}

static void test_chapters_and_dates(void) {
  g_autoptr(GError) error = NULL;
  Chapter chapter = {NULL, 0, FRAME_RATE, NULL};
  g_autoptr(GArray) chapters = g_array_new(FALSE, FALSE, sizeof chapter);
  g_array_append_val(chapters, chapter);
  const ProgrammeTags tags = {.date = (char *)"2026", .originator = (char *)"Été FM", .chapters = chapters};
  AVFormatContext *mp3 = avformat_alloc_context(), *wav = avformat_alloc_context();
  g_assert_true(tags_apply(mp3, FORMAT_MP3, &tags, &error) && tags_apply(wav, FORMAT_WAV, &tags, &error));
  g_assert_cmpuint(mp3->nb_chapters, ==, 1);
  g_assert_cmpstr(av_dict_get(mp3->chapters[0]->metadata, "title", NULL, 0)->value, ==, "");
  g_assert_cmpuint(wav->nb_chapters, ==, 0);
  g_assert_cmpstr(said(wav, "originator"), ==, "Ete FM"); /* EBU Tech 3285: ASCII */
  g_assert_null(said(wav, "origination_date"));           /* a year is no day */
  avformat_free_context(mp3);
  avformat_free_context(wav);
}

/* --- packets of a file ----------------------------------------------------------------------- */

static void test_packets_refused(void) {
  g_autofree char *vorbis = made_by_ffmpeg(SINE("440", "48000", "0.2") " -c:a libvorbis", "vorbis.ogg");
  g_autofree char *text = written("text.mp3", "not a sound at all", 18), *missing = in_folder("missing.mp3");
  const struct {
    const char *path, *says;
  } rows[] = {{vorbis, "only MP3 and Opus"}, {text, "text.mp3"}, {missing, "missing.mp3"}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(PacketQueue) queue = packet_queue_new(1000);
    g_assert_null(packets_read_file(rows[i].path, queue, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    tool_assert_says(error->message, rows[i].says);
    const StreamHeader *header = NULL;
    g_assert_cmpint(packet_queue_header(queue, &header), ==, PACKET_NOT_YET);
  }
}

/* The air is lost while the file is read: the thread goes home. */
static void test_packets_nobody_takes(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = made_by_ffmpeg(SINE("440", "48000", "5"), "long.mp3");
  g_autoptr(PacketQueue) queue = packet_queue_new(2000);
  GThread *thread = packets_read_file(path, queue, &error);
  g_assert_no_error(error);
  packet_queue_wait(queue, 1000);
  packet_queue_cancel(queue);
  g_thread_join(thread);
  Packet packet;
  g_assert_cmpint(packet_queue_take(queue, &packet, &error), ==, PACKET_END);
  g_assert_no_error(error);
}

/* The first failure and the first header are the ones that count. */
static void test_told_once(void) {
  g_autoptr(PacketQueue) queue = packet_queue_new(1000);
  g_autoptr(GError) first = g_error_new(CARNET_ERROR, CARNET_ERROR_INPUT, "first");
  g_autoptr(GError) second = g_error_new(CARNET_ERROR, CARNET_ERROR_INPUT, "second"), error = NULL;
  StreamHeader opus = {.format = FORMAT_OPUS, .channels = 2}, mp3 = {.format = FORMAT_MP3, .channels = 1};
  packet_queue_set_header(queue, &opus);
  packet_queue_set_header(queue, &mp3);
  packet_queue_fail(queue, first);
  packet_queue_fail(queue, second);
  const StreamHeader *header = NULL;
  Packet packet;
  g_assert_cmpint(packet_queue_header(queue, &header), ==, PACKET_READY);
  g_assert_cmpint((int)header->format, ==, FORMAT_OPUS);
  g_assert_cmpint(packet_queue_take(queue, &packet, &error), ==, PACKET_FAILED);
  g_assert_cmpstr(error->message, ==, "first");
  g_autoptr(PacketQueue) whole = packet_queue_new(1000);
  packet_queue_finish(whole);
  packet_queue_fail(whole, first); /* too late: all was sent */
  g_assert_cmpint(packet_queue_take(whole, &packet, NULL), ==, PACKET_END);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  (void)signal(SIGXFSZ, SIG_IGN); /* as the program does: a failed write is told */
  g_autoptr(GError) error = NULL;
  decoders = decoder_start(1, false, &error);
  g_assert_no_error(error);
  folder = material_folder();
  cache = in_folder("cache");
  g_test_add_func("/sound/arriving/form-changes", test_form_changes);
  g_test_add_func("/sound/arriving/forms-refused", test_forms_refused);
  g_test_add_func("/sound/arriving/opened-here", test_opened_here);
  g_test_add_func("/sound/arriving/cache-is-mended", test_cache_is_mended);
  g_test_add_func("/sound/arriving/cache-cannot-be-made", test_cache_cannot_be_made);
  g_test_add_func("/sound/arriving/cache-full-disk", test_cache_full_disk);
  g_test_add_func("/sound/arriving/languages", test_languages);
  g_test_add_func("/sound/arriving/chapters-and-dates", test_chapters_and_dates);
  g_test_add_func("/sound/arriving/packets-refused", test_packets_refused);
  g_test_add_func("/sound/arriving/packets-nobody-takes", test_packets_nobody_takes);
  g_test_add_func("/sound/arriving/told-once", test_told_once);
  int status = g_test_run();
  nursery_pool_free(decoders);
  g_free(cache);
  material_remove(folder);
  return status;
}
