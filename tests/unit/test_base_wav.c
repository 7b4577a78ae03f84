/* WAV out and in: round trips, and files that lie. */
#include "base/wav.h"

#include "base_folder.h"

#include <fcntl.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder, *path;

static void test_round_trip(void) {
  static const char *const infos[] = {NULL, "", "{}", "{\"a\":1}", "{\"é\":1}"};
  float samples[10000];
  for (int i = 0; i < 10000; i++)
    samples[i] = (float)sin(i * 0.01);
  for (guint channels = 1; channels <= 2; channels++)
    for (gsize k = 0; k < G_N_ELEMENTS(infos); k++) {
      g_autoptr(GError) error = NULL;
      gint64 frames = 10000 / channels;
      g_assert_true(wav_write(path, samples, frames, channels, infos[k], k % 2 == 0, &error));
      g_autoptr(WavReader) wav = wav_reader_open(path, &error);
      g_assert_no_error(error);
      g_assert_cmpint(wav_reader_frames(wav), ==, frames);
      g_assert_cmpuint(wav_reader_channels(wav), ==, channels);
      g_assert_cmpstr(wav_reader_info(wav), ==, infos[k] ? infos[k] : "");
      float back[10000];
      g_assert_cmpint(wav_reader_read(wav, 0, back, 20000, &error), ==, frames);
      for (int i = 0; i < 10000; i++)
        g_assert_cmpfloat_with_epsilon(back[i], samples[i], 1.0f / 65000);
      g_assert_cmpint(wav_reader_read(wav, frames - 3, back, G_MAXINT64, &error), ==, 3);
      g_assert_cmpfloat_with_epsilon(back[0], samples[10000 - 3 * channels], 1.0f / 65000);
      g_assert_cmpint(wav_reader_read(wav, frames, back, 1, &error), ==, 0);
      g_assert_cmpint(wav_reader_read(wav, G_MAXINT64, back, 1, &error), ==, 0);
    }
}

static void test_extremes(void) {
  const float samples[] = {2, -2, INFINITY, -INFINITY, NAN, 1, -1, 0};
  const float wanted[] = {1, -1, 1, -1, 0, 1, -1, 0};
  float back[8];
  g_assert_true(wav_write(path, samples, 8, 1, NULL, false, NULL));
  g_autoptr(WavReader) wav = wav_reader_open(path, NULL);
  g_assert_cmpint(wav_reader_read(wav, 0, back, 8, NULL), ==, 8);
  for (int i = 0; i < 8; i++)
    g_assert_cmpfloat(back[i], ==, wanted[i]);
}

static void test_writer(void) {
  g_autoptr(GError) error = NULL;
  float block[300] = {0};
  g_assert_cmpint(unlink(path), ==, 0);
  WavWriter *dropped = wav_writer_open(path, 2, "info", false, &error);
  g_assert_true(wav_writer_add(dropped, block, 150, &error));
  wav_writer_free(dropped);
  g_assert_cmpuint(count_files(folder), ==, 0);
  g_autoptr(WavWriter) writer = wav_writer_open(path, 2, "info", true, &error);
  for (int i = 0; i < 7; i++)
    g_assert_true(wav_writer_add(writer, block, 150, &error));
  g_assert_false(
      wav_writer_add(writer, block, G_GINT64_CONSTANT(1) << 30, &error)); /* 4 GiB: refused before a byte is read */
  assert_failed(&error, CARNET_ERROR_INPUT, "4 GiB");
  g_assert_true(wav_writer_commit(writer, &error));
  g_autoptr(WavReader) wav = wav_reader_open(path, &error);
  g_assert_cmpint(wav_reader_frames(wav), ==, 1050);
  g_assert_null(wav_writer_open("/nowhere/x.wav", 1, NULL, false, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "/nowhere");
}

/* A good file of 10 mono frames with `value` (16 bits) at `offset`, cut to `nbytes` (0: whole). */
static void write_changed(long offset, guint value, long nbytes) {
  const float samples[10] = {0};
  g_assert_true(wav_write(path, samples, 10, 1, "{}", false, NULL));
  g_autofree char *data = NULL;
  gsize length;
  g_assert_true(g_file_get_contents(path, &data, &length, NULL));
  if (offset >= 0) {
    data[offset] = (char)(value & 0xff);
    data[offset + 1] = (char)(value >> 8);
  }
  g_assert_true(file_write(path, data, nbytes ? nbytes : (gssize)length, 0644, NULL));
}

static void assert_refused(const char *words) {
  g_autoptr(GError) error = NULL;
  g_assert_null(wav_reader_open(path, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, words);
}

static void test_damaged(void) {
  static const struct {
    long offset;
    guint value;
    long nbytes;
    const char *words;
  } rows[] = {
      {0, 0x4141, 0, "not a WAV file"},
      {8, 0x4141, 0, "not a WAV file"},
      {20, 3, 0, "not 48 kHz"},
      {22, 3, 0, "not 48 kHz"},
      {22, 0, 0, "not 48 kHz"},
      {24, 44100, 0, "not 48 kHz"},
      {34, 24, 0, "not 48 kHz"},
      {32, 4, 0, "not 48 kHz"},
      {16, 15, 0, "damaged"},
      {42, 0xffff, 0, "damaged"},
      {40, 5000, 0, "damaged"},
      {12, 0x4141, 0, "damaged"},
      {50, 22, 0, "shorter than it says"},
      {52, 0xffff, 0, "shorter than it says"},
      {-1, 0, 60, "shorter than it says"},
      {-1, 0, 40, "damaged"},
      {-1, 0, 11, "not a WAV file"},
      {-1, 0, 30, "damaged"},
      {-1, 0, 46, "damaged"},
      {-1, 0, 52, "damaged"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    write_changed(rows[i].offset, rows[i].value, rows[i].nbytes);
    assert_refused(rows[i].words);
  }
  g_assert_true(file_write(path, "", 0, 0644, NULL));
  assert_refused("not a WAV file");
  g_autoptr(GError) error = NULL;
  g_assert_null(wav_reader_open(folder, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "not a WAV file");
  g_assert_cmpint(unlink(path) + mkfifo(path, 0600), ==, 0);
  assert_refused("not a WAV file"); /* and no wait for a writer */
  g_assert_cmpint(unlink(path), ==, 0);
  assert_refused("bulletin.wav: ");
}

static void test_cut_while_open(void) {
  float samples[1000] = {0};
  g_assert_true(wav_write(path, samples, 1000, 1, NULL, false, NULL));
  g_autoptr(WavReader) wav = wav_reader_open(path, NULL);
  g_assert_cmpint(truncate(path, 1000), ==, 0);
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(wav_reader_read(wav, 0, samples, 1000, &error), ==, -1);
  assert_failed(&error, CARNET_ERROR_SYSTEM, "bulletin.wav: ");
}

/* 3 GiB of samples, all of them a hole: offsets do not wrap at 2 GiB. */
static void test_large(void) {
  write_changed(-1, 0, 0);
  gint64 frames = G_GINT64_CONSTANT(3) << 29;
  guint32 nbytes = GUINT32_TO_LE((guint32)(frames * 2));
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint((int)pwrite(fd, &nbytes, 4, 50), ==, 4);
  g_assert_cmpint(ftruncate(fd, (off_t)(54 + frames * 2)), ==, 0);
  const gint16 mark = GINT16_TO_LE(32767);
  g_assert_cmpint((int)pwrite(fd, &mark, 2, (off_t)(54 + (frames - 1) * 2)), ==, 2);
  close(fd);
  g_autoptr(GError) error = NULL;
  g_autoptr(WavReader) wav = wav_reader_open(path, &error);
  g_assert_no_error(error);
  g_assert_cmpint(wav_reader_frames(wav), ==, frames);
  float back[4];
  g_assert_cmpint(wav_reader_read(wav, frames - 2, back, 4, &error), ==, 2);
  g_assert_cmpfloat(back[0], ==, 0);
  g_assert_cmpfloat(back[1], ==, 1);
  g_assert_cmpint(frames_to_us(frames) / 1000000, ==, frames / 48000);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = folder_of_test();
  path = g_build_filename(folder, "bulletin.wav", NULL);
  g_test_add_func("/wav/round-trip", test_round_trip);
  g_test_add_func("/wav/extremes", test_extremes);
  g_test_add_func("/wav/writer", test_writer);
  g_test_add_func("/wav/damaged", test_damaged);
  g_test_add_func("/wav/cut-while-open", test_cut_while_open);
  g_test_add_func("/wav/large", test_large);
  int status = g_test_run();
  remove_folder(folder);
  g_free(path);
  return status;
}
