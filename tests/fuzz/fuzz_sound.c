/* An outside sound file, decoded as in the limited child, but in this process: libav* itself is measured by nobody
 * here (Debian builds it without), so what is looked for is our own reading of what it gives. See child.c too. */
#include "fuzz.h"

#include "sound/decode.h"

/* More is the same again. */
#define FRAMES_MOST (20 * 48000)

static bool convert_frame(SwrContext *converter, const AVFrame *frame) {
  static gint16 out[2 * 65536];
  int most = swr_get_out_samples(converter, frame->nb_samples);
  uint8_t *planes[] = {(uint8_t *)out};
  if (most < 0 || most > 65536)
    return most >= 0;
  int made = swr_convert(converter, planes, most, (const uint8_t **)frame->extended_data, frame->nb_samples);
  return made >= 0 && made <= most;
}

static void check_frame_of(const AVFrame *frame) {
  promise(frame->nb_samples > 0 && frame->sample_rate >= 4000 && frame->sample_rate <= 384000);
  promise(frame->ch_layout.nb_channels >= 1 && frame->ch_layout.nb_channels <= SOUND_FILE_MAX_CHANNELS);
  g_autoptr(SwrContext) converter = sound_converter_new(frame, 2, AV_SAMPLE_FMT_S16, 48000, NULL);
  promise(converter == NULL || convert_frame(converter, frame));
}

static void fuzz_sound(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  av_log_set_level(AV_LOG_QUIET);
  g_autoptr(SoundFile) file = sound_file_open(fuzz_file(data, nbytes), &error);
  const AVFrame *frame = NULL;
  if (file == NULL) {
    fuzz_refused(error);
    return;
  }
  promise(sound_file_declared_us(file) >= 0);
  int rate_hz = 0, channels = 0;
  for (gint64 frames = 0; frames < FRAMES_MOST; frames += frame->nb_samples) {
    if (!sound_file_next(file, &frame, &error)) {
      fuzz_refused(error);
      return;
    }
    if (frame == NULL)
      return;
    if (frame->sample_rate != rate_hz || frame->ch_layout.nb_channels != channels)
      check_frame_of(frame);
    rate_hz = frame->sample_rate;
    channels = frame->ch_layout.nb_channels;
  }
}

FUZZ_TARGET(fuzz_sound)
