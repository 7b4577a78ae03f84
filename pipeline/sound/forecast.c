#include "sound/forecast.h"

#include "base/error.h"
#include "base/wav.h"
#include "sound/bed.h"
#include "sound/duck.h"
#include "sound/fade.h"
#include "sound/measure.h"
#include "sound/timeline_private.h"

#include <math.h>

#define BLOCK_FRAMES MEASURE_BLOCK_FRAMES
/* Gains are looked at so often: short beside any fade or ducking. */
#define STEP_FRAMES 480
#define MAX_TRIM_DB 12.0

/* A sound of the timeline: what was measured when it was made. */
typedef struct {
  Measure measure;
  gint64 frames;
} Sound;

static void sound_free(gpointer data) {
  Sound *sound = data;
  measure_clear(&sound->measure);
  g_free(sound);
}

/* Mean energies of each 100 ms of the programme: `fixed` stays, `movable` is multiplied by the trim. */
typedef struct {
  float *fixed, *movable;
  guint n;
  GHashTable *sounds; /* path (borrowed) → Sound */
} Forecast;

static void forecast_clear(Forecast *forecast) {
  g_free(forecast->fixed);
  g_free(forecast->movable);
  g_clear_pointer(&forecast->sounds, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Forecast, forecast_clear)

/* The measure kept in the WAV at `path`. Borrowed; NULL on failure. */
static const Sound *find_sound(Forecast *forecast, const char *path, GError **error) {
  Sound *sound = g_hash_table_lookup(forecast->sounds, path);
  if (sound != NULL) {
    return sound;
  }
  g_autoptr(WavReader) wav = wav_reader_open(path, error);
  if (wav == NULL) {
    return NULL;
  }
  Measure measure;
  if (!measure_parse(wav_reader_info(wav), &measure, error)) {
    g_prefix_error(error, "%s: ", path);
    return NULL;
  }
  sound = g_new0(Sound, 1);
  *sound = (Sound){measure, wav_reader_frames(wav)};
  g_hash_table_insert(forecast->sounds, (gpointer)path, sound);
  return sound;
}

/* Mean energy around a frame of the sound. The last block was measured with the silence behind the end. */
static double energy_at(const Sound *sound, gint64 frame) {
  gint64 block = frame / BLOCK_FRAMES;
  if (frame < 0 || frame >= sound->frames || block >= (gint64)sound->measure.n_blocks) {
    return 0.0;
  }
  double energy = (double)sound->measure.blocks[block];
  gint64 there = MIN(sound->frames - block * BLOCK_FRAMES, (gint64)BLOCK_FRAMES);
  return energy * BLOCK_FRAMES / (double)there;
}

static double energy_of_gain(double gain_db) {
  return pow(10.0, gain_db / 10.0);
}

static double event_gain(const TimelineEvent *event, gint64 within) {
  return fade_gain(within, event->fade_in_frames) * fade_gain(event->frames - within, event->fade_out_frames);
}

/* Adds what sounds for `frames` (at most a step) from `frame` on, with mean energy `energy`. */
static void add_step(float *energies, guint n, gint64 frame, gint64 frames, double energy) {
  gint64 block = frame / BLOCK_FRAMES;
  gint64 here = MIN(frames, (block + 1) * BLOCK_FRAMES - frame);
  if (block >= 0 && block < (gint64)n) {
    energies[block] += (float)(energy * (double)here / BLOCK_FRAMES);
  }
  if (here < frames) {
    add_step(energies, n, frame + here, frames - here, energy);
  }
}

static void add_event(const TimelineEvent *event, const Sound *sound, float *energies, guint n) {
  const double constant = energy_of_gain(event->gain_db);
  for (gint64 at = 0; at < event->frames; at += STEP_FRAMES) {
    gint64 frames = MIN(STEP_FRAMES, event->frames - at), middle = at + frames / 2;
    double gain = event_gain(event, middle);
    add_step(energies, n, event->start_frame + at, frames, constant * gain * gain * energy_at(sound, middle));
  }
}

/* The loop, as bed.c plays it: its end is cross-faded with its beginning. */
static double looped_energy(const Sound *sound, gint64 time) {
  gint64 seam = MIN(BED_SEAM_FRAMES, sound->frames / 4), period = sound->frames - seam;
  if (period <= 0) {
    return 0.0;
  }
  gint64 place = time % period;
  if (time < period || place >= seam) {
    return energy_at(sound, place);
  }
  double up = sin(G_PI_2 * (double)place / (double)seam);
  return up * up * energy_at(sound, place) + (1.0 - up * up) * energy_at(sound, period + place);
}

static void add_bed(const Timeline *timeline, const Sound *sound, const GArray *speech, float *energies, guint n) {
  const TimelineBed *bed = &timeline->bed;
  const gint64 until = MIN(timeline->bed_until_frame, timeline->total_frames);
  for (gint64 at = bed->from_frame; at < until; at += STEP_FRAMES) {
    gint64 frames = MIN(STEP_FRAMES, until - at), middle = at + frames / 2;
    double duck = duck_gain_db((const SpeechInterval *)(const void *)speech->data, speech->len, bed->attack_frames,
                               bed->release_frames, bed->duck_db, middle);
    double gain = fade_gain(middle - bed->from_frame, bed->fade_in_frames) *
                  fade_gain(timeline->bed_until_frame - middle, bed->fade_out_frames);
    double energy = energy_of_gain(bed->gain_db + duck) * gain * gain * looped_energy(sound, middle - bed->from_frame);
    add_step(energies, n, at, frames, energy);
  }
}

static bool add_all(Forecast *forecast, const Timeline *timeline, guint first, GError **error) {
  g_autoptr(GArray) speech = g_array_new(FALSE, FALSE, sizeof(SpeechInterval));
  for (guint i = 0; i < timeline->events->len; i++) {
    const TimelineEvent *event = &g_array_index(timeline->events, TimelineEvent, i);
    const Sound *sound = find_sound(forecast, event->path, error);
    if (sound == NULL) {
      return false;
    }
    add_event(event, sound, i < first ? forecast->fixed : forecast->movable, forecast->n);
    if (event->is_speech) {
      duck_add(speech, event->start_frame, event->start_frame + event->frames);
    }
  }
  if (timeline->has_bed) {
    const Sound *sound = find_sound(forecast, timeline->bed.path, error);
    if (sound == NULL) {
      return false;
    }
    add_bed(timeline, sound, speech, forecast->movable, forecast->n);
  }
  return true;
}

static double loudness_with(const Forecast *forecast, double trim_db, float *sum) {
  const double movable = energy_of_gain(trim_db);
  for (guint i = 0; i < forecast->n; i++) {
    sum[i] = (float)((double)forecast->fixed[i] + movable * (double)forecast->movable[i]);
  }
  return loudness_of_blocks(sum, forecast->n);
}

/* Louder parts make a louder whole, so the place is found by halving. Not by adding the difference: what is fixed does
 * not follow, and the gates let other blocks through. */
static double find_trim(const Forecast *forecast, double target_lufs) {
  g_autofree float *sum = g_new(float, MAX(forecast->n, 1));
  if (loudness_with(forecast, MAX_TRIM_DB, sum) <= MEASURE_SILENCE_LUFS) {
    return 0.0; /* nothing to hear: nothing to set */
  }
  double low = -MAX_TRIM_DB, high = MAX_TRIM_DB;
  while (high - low > 0.001) {
    double middle = (low + high) / 2.0;
    if (loudness_with(forecast, middle, sum) < target_lufs) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return (low + high) / 2.0;
}

bool forecast_trim(Timeline *timeline, guint first, double target_lufs, double *trim_db, GError **error) {
  g_mutex_lock(&timeline->mutex);
  bool closed = timeline->closed;
  g_mutex_unlock(&timeline->mutex);
  if (!closed) { /* once closed it may be read without the mutex */
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_BUG, "forecast of a programme that is still growing");
    return false;
  }
  guint n = (guint)((timeline->total_frames + BLOCK_FRAMES - 1) / BLOCK_FRAMES);
  g_auto(Forecast) forecast = {
      .fixed = g_new0(float, MAX(n, 1)),
      .movable = g_new0(float, MAX(n, 1)),
      .n = n,
      .sounds = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, sound_free),
  };
  if (!add_all(&forecast, timeline, first, error)) {
    return false;
  }
  *trim_db = find_trim(&forecast, target_lufs);
  return true;
}
