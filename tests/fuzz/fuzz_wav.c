/* WAV files: of the cache (base/wav.h, with the measure in its chunk), and what another program says as a voice. */
#include "fuzz.h"

#include "base/wav.h"
#include "sound/measure.h"

static void check_measure(const char *info) {
  Measure measure = {0};
  GError *error = NULL;
  if (!measure_parse(info, &measure, &error)) {
    fuzz_refused(error);
    return;
  }
  g_autofree char *object = measure_format(&measure);
  g_autofree char *again = g_strdup_printf("{\"measure\":%s}", object);
  Measure read = {0};
  promise(measure_parse(again, &read, &error) && read.n_blocks == measure.n_blocks);
  promise(loudness_of_blocks(measure.blocks, measure.n_blocks) >= -200 || measure.n_blocks > 0);
  measure_clear(&read);
  measure_clear(&measure);
}

static void check_reading(const WavReader *wav, gsize nbytes) {
  gint64 frames = wav_reader_frames(wav);
  guint channels = wav_reader_channels(wav);
  promise(frames >= 0 && (channels == 1 || channels == 2) && frames * 2 * channels <= (gint64)nbytes);
  g_autofree float *samples = g_new(float, (gsize)(frames + 10) * channels);
  GError *error = NULL;
  promise(wav_reader_read(wav, 0, samples, frames + 10, &error) == frames);
  promise(wav_reader_read(wav, frames / 2, samples, frames, &error) == frames - frames / 2);
  for (gint64 i = 0; i < frames; i++)
    promise(samples[i % MAX(frames * channels, 1)] >= -1.0f && samples[i % MAX(frames * channels, 1)] <= 1.0f);
}

static void fuzz_wav(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  g_autoptr(WavReader) wav = wav_reader_open(fuzz_file(data, nbytes), &error);
  if (wav == NULL) {
    fuzz_refused(error);
    return;
  }
  check_reading(wav, nbytes);
  check_measure(wav_reader_info(wav));
}

FUZZ_TARGET(fuzz_wav)
