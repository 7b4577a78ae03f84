#include "sound/gate.h"

#include "base/i18n.h"
#include "base/profile.h"
#include "base/wav.h"
#include "sound/decode.h"
#include "sound/measure.h"

#include <math.h>

#define SILENCE 0.001f /* -60 dBFS */

/* The file is read once: each converted block goes to the meter and to the watch for silence. */
typedef struct {
  SwrContext *converter;
  AVFrame *like; /* the form of its frames; a file of ours does not change it */
  Meter *meter;
  int channels, rate_hz;
  float *buffer;
  int buffer_frames;
  gint64 frames, silent, longest; /* at rate_hz */
} Reading;

static void reading_clear(Reading *reading) {
  lavf_swr_free(reading->converter);
  lavf_frame_free(reading->like);
  meter_free(reading->meter);
  g_free(reading->buffer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

static bool begin(Reading *reading, const AVFrame *frame, GError **error) {
  reading->channels = MIN(frame->ch_layout.nb_channels, 2);
  reading->rate_hz = frame->sample_rate;
  reading->like = av_frame_clone(frame);
  reading->meter = meter_new((guint)reading->channels, (guint)reading->rate_hz, error);
  if (reading->meter == NULL) {
    return false;
  }
  /* At the file's own rate: what is measured is what is in it. */
  reading->converter = sound_converter_new(frame, reading->channels, AV_SAMPLE_FMT_FLT, reading->rate_hz, error);
  return reading->converter != NULL;
}

static bool same_form(const Reading *reading, const AVFrame *frame) {
  return reading->like != NULL && reading->like->format == frame->format && reading->rate_hz == frame->sample_rate &&
         av_channel_layout_compare(&reading->like->ch_layout, &frame->ch_layout) == 0;
}

static bool is_silent(const float *samples, int n) {
  for (int i = 0; i < n; i++) {
    if (fabsf(samples[i]) >= SILENCE) {
      return false;
    }
  }
  return true;
}

static void watch_silence(Reading *reading, const float *samples, int frames) {
  for (int i = 0; i < frames; i++) {
    reading->silent =
        is_silent(samples + (gsize)i * (gsize)reading->channels, reading->channels) ? reading->silent + 1 : 0;
    reading->longest = MAX(reading->longest, reading->silent);
  }
}

static bool take_frame(Reading *reading, const AVFrame *frame, GError **error) {
  if (reading->meter == NULL && !begin(reading, frame, error)) {
    return false;
  }
  if (!same_form(reading, frame)) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("its form changes on the way"));
    return false;
  }
  if (frame->nb_samples > reading->buffer_frames) {
    reading->buffer_frames = frame->nb_samples;
    reading->buffer = g_renew(float, reading->buffer, (gsize)frame->nb_samples *(gsize)reading->channels);
  }
  uint8_t *out = (uint8_t *)reading->buffer;
  int n = swr_convert(reading->converter, &out, reading->buffer_frames, (const uint8_t **)frame->extended_data,
                      frame->nb_samples);
  if (n < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, n, "%s", _("converting the sound"));
    return false;
  }
  reading->frames += n;
  watch_silence(reading, reading->buffer, n);
  return meter_add(reading->meter, reading->buffer, n, error);
}

static bool read_all(const char *path, Reading *reading, GError **error) {
  g_autoptr(SoundFile) file = sound_file_open(path, error);
  const AVFrame *frame = NULL;
  if (file == NULL) {
    return false;
  }
  do {
    if (!sound_file_next(file, &frame, error) || (frame != NULL && !take_frame(reading, frame, error))) {
      return false;
    }
  } while (frame != NULL);
  return true;
}

static bool measure_file(const char *path, GateReport *report, GError **error) {
  g_auto(Reading) reading = {0};
  Measure measure = {0};
  if (!read_all(path, &reading, error) || !meter_finish(reading.meter, &measure, error)) {
    return false;
  }
  *report = (GateReport){
      .frames = av_rescale(reading.frames, FRAME_RATE, reading.rate_hz),
      .integrated_lufs = measure.integrated_lufs,
      .true_peak_dbtp = measure.true_peak_dbtp,
      .longest_silence_frames = av_rescale(reading.longest, FRAME_RATE, reading.rate_hz),
  };
  measure_clear(&measure);
  return true;
}

static double seconds(gint64 frames) {
  return (double)frames / FRAME_RATE;
}

/* Adds one complaint after those that are there. */
static void G_GNUC_PRINTF(2, 3) complain(GString *complaints, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  if (complaints->len > 0) {
    g_string_append(complaints, "; ");
  }
  g_string_append_vprintf(complaints, format, arguments);
  va_end(arguments);
}

static void compare(const GateReport *report, const GateLimits *limits, GString *complaints) {
  if (ABS(report->frames - limits->frames) > limits->frames_tolerance) {
    complain(complaints, _("length %.3f s, %.3f s planned"), seconds(report->frames), seconds(limits->frames));
  }
  if (limits->tolerance_lu > 0.0 && fabs(report->integrated_lufs - limits->target_lufs) > limits->tolerance_lu) {
    complain(complaints, _("loudness %.1f LUFS, %.1f ±%.1f wanted"), report->integrated_lufs, limits->target_lufs,
             limits->tolerance_lu);
  }
  if (report->true_peak_dbtp > limits->peak_dbtp) {
    complain(complaints, _("true peak %.2f dBTP, at most %.1f allowed"), report->true_peak_dbtp, limits->peak_dbtp);
  }
  if (report->longest_silence_frames > limits->max_silence_frames) {
    complain(complaints, _("silence of %.1f s, at most %.1f s allowed"), seconds(report->longest_silence_frames),
             seconds(limits->max_silence_frames));
  }
}

bool gate_check(const char *path, const GateLimits *limits, GateReport *report, GError **error) {
  PROFILE_HERE(PROFILE_GATE);
  GateReport found = {.integrated_lufs = MEASURE_SILENCE_LUFS, .true_peak_dbtp = MEASURE_SILENCE_DBTP};
  bool ok = measure_file(path, &found, error);
  if (report != NULL) {
    *report = found;
  }
  g_autofree char *name = g_path_get_basename(path);
  if (!ok) {
    g_prefix_error(error, "%s: ", name);
    return false;
  }
  g_autoptr(GString) complaints = g_string_new(NULL);
  compare(&found, limits, complaints);
  if (complaints->len > 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", name, complaints->str);
    return false;
  }
  return true;
}
