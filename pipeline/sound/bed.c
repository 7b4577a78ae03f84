#include "sound/bed.h"

#include "base/wav.h"
#include "sound/blocks.h"
#include "sound/fade.h"

#include <math.h>

/* The gain is computed at each step and is a straight line between. */
#define STEP_FRAMES 64
#define NO_END G_MAXINT64

struct Bed {
  TimelineBed settings;
  WavReader *wav;
  gint64 seam_frames, period_frames; /* the sound repeats after period_frames */
  gint64 until_frame, fade_out_from;
  float *sound;               /* of one call, stereo */
  float *seam;                /* the end that overlaps the beginning */
  gint64 room;                /* frames in each */
  gint64 step_frame;          /* the step under way; far in the past before the first */
  float step_gain, next_gain; /* at its start, at its end */
};

Bed *bed_open(const TimelineBed *settings, GError **error) {
  g_autoptr(Bed) bed = g_new0(Bed, 1);
  bed->settings = *settings;
  bed->settings.path = NULL;
  bed->settings.fade_in_frames = MAX(settings->fade_in_frames, BED_MIN_FADE_FRAMES);
  bed->settings.fade_out_frames = MAX(settings->fade_out_frames, BED_MIN_FADE_FRAMES);
  bed->wav = wav_reader_open(settings->path, error);
  if (bed->wav == NULL) {
    return NULL;
  }
  gint64 frames = wav_reader_frames(bed->wav);
  bed->seam_frames = MIN(BED_SEAM_FRAMES, frames / 4);
  bed->period_frames = frames - bed->seam_frames;
  bed->until_frame = bed->fade_out_from = NO_END;
  bed->step_frame = -2 * STEP_FRAMES;
  return g_steal_pointer(&bed);
}

void bed_free(Bed *bed) {
  if (bed == NULL) {
    return;
  }
  wav_reader_free(bed->wav);
  g_free(bed->sound);
  g_free(bed->seam);
  g_free(bed);
}

gint64 bed_lookahead(const TimelineBed *settings) {
  return MAX(settings->attack_frames, MAX(settings->fade_out_frames, BED_MIN_FADE_FRAMES)) + 2 * STEP_FRAMES;
}

void bed_set_end(Bed *bed, gint64 until_frame, gint64 position) {
  bool sounds = position > bed->settings.from_frame;
  gint64 soonest = position + STEP_FRAMES; /* the gain of the step under way is settled */
  gint64 until = sounds ? MAX(until_frame, soonest + BED_MIN_FADE_FRAMES + STEP_FRAMES) : until_frame;
  gint64 length = MAX(until - bed->settings.from_frame, 0);
  bed->until_frame = bed->settings.from_frame + length - length % STEP_FRAMES; /* whole steps: it ends at 0 */
  bed->fade_out_from = MAX(bed->until_frame - bed->settings.fade_out_frames, sounds ? soonest : position);
}

static float gain_at(const Bed *bed, const GArray *speech, gint64 frame) {
  const TimelineBed *settings = &bed->settings;
  if (frame >= bed->until_frame) {
    return 0.0f;
  }
  double db =
      settings->gain_db + duck_gain_db((const SpeechInterval *)(const void *)speech->data, speech->len,
                                       settings->attack_frames, settings->release_frames, settings->duck_db, frame);
  double gain = pow(10.0, db / 20.0);
  gain *= fade_gain(frame - settings->from_frame, settings->fade_in_frames);
  if (frame > bed->fade_out_from) {
    gain *= fade_gain(bed->until_frame - frame, bed->until_frame - bed->fade_out_from);
  }
  return (float)gain;
}

static bool read_stereo(const WavReader *wav, gint64 from, float *out, gint64 frames, GError **error) {
  gint64 done = wav_reader_read(wav, from, out, frames, error);
  if (done < 0) {
    return false;
  }
  if (wav_reader_channels(wav) == 1) {
    for (gint64 i = done - 1; i >= 0; i--) {
      out[2 * i] = out[2 * i + 1] = out[i];
    }
  }
  return true;
}

/* Fills `sound` with the looped sound from bed time `time` on, at most to the
 * next border of the loop. Returns the frames, or -1. */
static gint64 read_loop(Bed *bed, gint64 time, float *sound, gint64 frames, GError **error) {
  gint64 place = time % bed->period_frames;
  bool in_seam = place < bed->seam_frames && time >= bed->period_frames;
  gint64 border = place < bed->seam_frames ? bed->seam_frames : bed->period_frames;
  gint64 n = MIN(frames, border - place);
  if (!read_stereo(bed->wav, place, sound, n, error)) {
    return -1;
  }
  if (!in_seam) {
    return n;
  }
  if (!read_stereo(bed->wav, bed->period_frames + place, bed->seam, n, error)) {
    return -1;
  }
  for (gint64 i = 0; i < n; i++) {
    double angle = G_PI_2 * ((double)(place + i) + 0.5) / (double)bed->seam_frames;
    float up = (float)sin(angle), down = (float)cos(angle);
    sound[2 * i] = up * sound[2 * i] + down * bed->seam[2 * i];
    sound[2 * i + 1] = up * sound[2 * i + 1] + down * bed->seam[2 * i + 1];
  }
  return n;
}

/* out += gain * sound, step by step from the frame `from`. */
static void add_with_gain(Bed *bed, const GArray *speech, gint64 from, float *restrict out, const float *restrict sound,
                          gint64 frames) {
  gint64 anchor = bed->settings.from_frame;
  for (gint64 at = 0; at < frames;) {
    gint64 within = (from + at - anchor) % STEP_FRAMES;
    gint64 step = from + at - within;
    gint64 n = MIN(STEP_FRAMES - within, frames - at);
    if (step != bed->step_frame) { /* the next step mostly: its gain is known already */
      bed->step_gain = step == bed->step_frame + STEP_FRAMES ? bed->next_gain : gain_at(bed, speech, step);
      bed->next_gain = gain_at(bed, speech, step + STEP_FRAMES);
      bed->step_frame = step;
    }
    float gain = bed->step_gain;
    float slope = (bed->next_gain - gain) / (float)STEP_FRAMES;
    for (gint64 i = at; i < at + n; i++) {
      float now = gain + slope * (float)(within + i - at);
      out[2 * i] += now * sound[2 * i];
      out[2 * i + 1] += now * sound[2 * i + 1];
    }
    at += n;
  }
}

bool bed_mix(Bed *bed, const GArray *speech, gint64 position, float *out, gint64 frames, GError **error) {
  gint64 from = MAX(position, bed->settings.from_frame);
  gint64 until = MIN(position + frames, bed->until_frame);
  if (from >= until || bed->period_frames == 0) {
    return true;
  }
  if (bed->room < frames) {
    bed->room = frames;
    bed->sound = g_renew(float, bed->sound, frames *PROGRAMME_CHANNELS);
    bed->seam = g_renew(float, bed->seam, frames *PROGRAMME_CHANNELS);
  }
  gint64 n = until - from;
  for (gint64 done = 0; done < n;) {
    gint64 time = from + done - bed->settings.from_frame;
    gint64 got = read_loop(bed, time, bed->sound + 2 * done, n - done, error);
    if (got < 0) {
      return false;
    }
    done += got;
  }
  add_with_gain(bed, speech, from, out + 2 * (from - position), bed->sound, n);
  return true;
}
