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
/* The relative gate is looked at so far on both sides: the forecast and encoders are off by less. */
#define NEAR_GATE_LU 1.0
#define UNSTEADY_LU 0.4
#define PEAK_FRAMES MEASURE_PEAK_FRAMES

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

/* Of each 20 ms of the programme: what it adds to the mean energy of its 100 ms, and its highest magnitude. */
typedef struct {
  float *energies, *peaks;
} Lane;

/* `fixed` stays, `movable` is multiplied by the trim, `bed` by the trim and its own. */
typedef struct {
  Lane fixed, movable, bed;
  guint n;            /* blocks of 100 ms */
  double ceiling;     /* linear */
  GHashTable *sounds; /* path (borrowed) → Sound */
} Forecast;

static Lane lane_new(guint n) {
  gsize slots = MAX(n, 1) * MEASURE_BLOCK_PEAKS;
  return (Lane){g_new0(float, slots), g_new0(float, slots)};
}

static void lane_clear(Lane *lane) {
  g_free(lane->energies);
  g_free(lane->peaks);
}

static void forecast_clear(Forecast *forecast) {
  lane_clear(&forecast->fixed);
  lane_clear(&forecast->movable);
  lane_clear(&forecast->bed);
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

/* Mean energy around a frame of the sound: its block's, which lies where the peaks are. The last block was measured with
 * the silence behind the end. */
static double energy_at(const Sound *sound, gint64 frame) {
  gint64 block = frame / BLOCK_FRAMES, slot = frame / PEAK_FRAMES;
  if (frame >= sound->frames || block >= (gint64)sound->measure.n_blocks) {
    return 0.0;
  }
  double energy = (double)sound->measure.blocks[block] * BLOCK_FRAMES, all = 0.0;
  for (gint64 i = block * MEASURE_BLOCK_PEAKS; i < (block + 1) * MEASURE_BLOCK_PEAKS; i++) {
    all += (double)sound->measure.peaks[i] * (double)sound->measure.peaks[i];
  }
  if (all <= 0.0) {
    return energy / (double)MIN(sound->frames - block * BLOCK_FRAMES, (gint64)BLOCK_FRAMES);
  }
  double peak = (double)sound->measure.peaks[slot];
  return energy * peak * peak / all / (double)MIN(sound->frames - slot * PEAK_FRAMES, (gint64)PEAK_FRAMES);
}

static double peak_at(const Sound *sound, gint64 frame) {
  gint64 peak = frame / PEAK_FRAMES;
  return peak >= (gint64)sound->measure.n_blocks * MEASURE_BLOCK_PEAKS ? 0.0 : (double)sound->measure.peaks[peak];
}

static double energy_of_gain(double gain_db) {
  return pow(10.0, gain_db / 10.0);
}

static double event_gain(const TimelineEvent *event, gint64 within) {
  return fade_gain(within, event->fade_in_frames) * fade_gain(event->frames - within, event->fade_out_frames);
}

/* Adds what sounds for `frames` (at most a step) from `frame` on, with mean energy `energy`. */
static void add_step(float *energies, guint n, gint64 frame, gint64 frames, double energy) {
  gint64 slot = frame / PEAK_FRAMES;
  gint64 here = MIN(frames, (slot + 1) * PEAK_FRAMES - frame);
  if (slot < (gint64)n * MEASURE_BLOCK_PEAKS) {
    energies[slot] += (float)(energy * (double)here / BLOCK_FRAMES);
  }
  if (here < frames) {
    add_step(energies, n, frame + here, frames - here, energy);
  }
}

/* The highest magnitude of one sound in the 20 ms under way; sounds that meet there add. */
typedef struct {
  gint64 slot;
  double highest;
} PeakRun;

static void end_peak(Lane *lane, guint n, PeakRun *run) {
  if (run->slot >= 0 && run->slot < (gint64)n * MEASURE_BLOCK_PEAKS) {
    lane->peaks[run->slot] += (float)run->highest;
  }
  *run = (PeakRun){-1, 0.0};
}

static void add_peak(Lane *lane, guint n, PeakRun *run, gint64 frame, double peak) {
  gint64 slot = frame / PEAK_FRAMES;
  if (slot != run->slot) {
    end_peak(lane, n, run);
    run->slot = slot;
  }
  run->highest = MAX(run->highest, peak);
}

static void add_event(const TimelineEvent *event, const Sound *sound, Lane *lane, guint n) {
  const double constant = energy_of_gain(event->gain_db);
  PeakRun run = {-1, 0.0};
  for (gint64 at = 0; at < event->frames; at += STEP_FRAMES) {
    gint64 frames = MIN(STEP_FRAMES, event->frames - at), middle = at + frames / 2;
    double gain = event_gain(event, middle), energy = constant * gain * gain;
    add_step(lane->energies, n, event->start_frame + at, frames, energy * energy_at(sound, middle));
    add_peak(lane, n, &run, event->start_frame + middle, sqrt(energy) * peak_at(sound, middle));
  }
  end_peak(lane, n, &run);
}

/* The loop, as bed.c plays it: its end is cross-faded with its beginning. */
static double looped(const Sound *sound, gint64 time, double (*value_at)(const Sound *, gint64)) {
  gint64 seam = MIN(BED_SEAM_FRAMES, sound->frames / 4), period = sound->frames - seam;
  if (period <= 0) {
    return 0.0;
  }
  gint64 place = time % period;
  if (time < period || place >= seam) {
    return value_at(sound, place);
  }
  double up = sin(G_PI_2 * (double)place / (double)seam);
  return up * up * value_at(sound, place) + (1.0 - up * up) * value_at(sound, period + place);
}

static void add_bed(const Timeline *timeline, const Sound *sound, const GArray *speech, Lane *lane, guint n) {
  const TimelineBed *bed = &timeline->bed;
  const gint64 until = MIN(timeline->bed_until_frame, timeline->total_frames);
  PeakRun run = {-1, 0.0};
  for (gint64 at = bed->from_frame; at < until; at += STEP_FRAMES) {
    gint64 frames = MIN(STEP_FRAMES, until - at), middle = at + frames / 2;
    double duck = duck_gain_db((const SpeechInterval *)(const void *)speech->data, speech->len, bed->attack_frames,
                               bed->release_frames, bed->duck_db, middle);
    double gain = fade_gain(middle - bed->from_frame, bed->fade_in_frames) *
                  fade_gain(timeline->bed_until_frame - middle, bed->fade_out_frames);
    double energy = energy_of_gain(bed->gain_db + duck) * gain * gain;
    add_step(lane->energies, n, at, frames, energy * looped(sound, middle - bed->from_frame, energy_at));
    add_peak(lane, n, &run, middle, sqrt(energy) * looped(sound, middle - bed->from_frame, peak_at));
  }
  end_peak(lane, n, &run);
}

static bool add_all(Forecast *forecast, const Timeline *timeline, guint first, GError **error) {
  g_autoptr(GArray) speech = g_array_new(FALSE, FALSE, sizeof(SpeechInterval));
  for (guint i = 0; i < timeline->events->len; i++) {
    const TimelineEvent *event = &g_array_index(timeline->events, TimelineEvent, i);
    const Sound *sound = find_sound(forecast, event->path, error);
    if (sound == NULL) {
      return false;
    }
    add_event(event, sound, i < first ? &forecast->fixed : &forecast->movable, forecast->n);
    if (event->is_speech) {
      duck_add(speech, event->start_frame, event->start_frame + event->frames);
    }
  }
  if (timeline->has_bed) {
    const Sound *sound = find_sound(forecast, timeline->bed.path, error);
    if (sound == NULL) {
      return false;
    }
    add_bed(timeline, sound, speech, &forecast->bed, forecast->n);
  }
  return true;
}

/* Energies of the programme's blocks with these gains, behind the limiter: its gain goes down at once and comes back
 * slowly. */
static void sum_lanes(const Forecast *forecast, const ForecastGains *gains, float *sum) {
  static const double back = 0.18126924692201815; /* 1 - exp(-20 ms / 100 ms), limiter.c's release */
  const Lane *fixed = &forecast->fixed, *movable = &forecast->movable, *bed = &forecast->bed;
  const double trim = energy_of_gain(gains->trim_db), bed_trim = energy_of_gain(gains->trim_db + gains->bed_db);
  const double gain = sqrt(trim), bed_gain = sqrt(bed_trim);
  double held = 1.0;
  for (guint block = 0; block < forecast->n; block++) {
    double energy = 0.0;
    for (guint i = block * MEASURE_BLOCK_PEAKS; i < (block + 1) * MEASURE_BLOCK_PEAKS; i++) {
      double peak = (double)fixed->peaks[i] + gain * (double)movable->peaks[i] + bed_gain * (double)bed->peaks[i];
      held = MIN(held + (1.0 - held) * back, peak > forecast->ceiling ? forecast->ceiling / peak : 1.0);
      energy +=
          held * held *
          ((double)fixed->energies[i] + trim * (double)movable->energies[i] + bed_trim * (double)bed->energies[i]);
    }
    sum[block] = (float)energy;
  }
}

static double loudness_with(const Forecast *forecast, const ForecastGains *gains, float *sum) {
  sum_lanes(forecast, gains, sum);
  return loudness_of_blocks(sum, forecast->n);
}

/* Louder parts make a louder whole, so the place is found by halving. Not by adding the difference: what is fixed does
 * not follow, and the gates let other blocks through. */
static ForecastGains find_trim(const Forecast *forecast, double target_lufs, double bed_db, float *sum) {
  double low = -MAX_TRIM_DB, high = MAX_TRIM_DB;
  while (high - low > 0.001) {
    ForecastGains middle = {(low + high) / 2.0, bed_db};
    if (loudness_with(forecast, &middle, sum) < target_lufs) {
      low = middle.trim_db;
    } else {
      high = middle.trim_db;
    }
  }
  return (ForecastGains){(low + high) / 2.0, bed_db};
}

/* How much the loudness moves when what lies near the gate falls on its other side. */
static double unsteadiness(const Forecast *forecast, const ForecastGains *gains, float *sum) {
  sum_lanes(forecast, gains, sum);
  return loudness_gated(sum, forecast->n, -10.0 + NEAR_GATE_LU) -
         loudness_gated(sum, forecast->n, -10.0 - NEAR_GATE_LU);
}

static ForecastGains find_gains(const Forecast *forecast, double target_lufs) {
  static const double bed_moves[] = {0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0};
  g_autofree float *sum = g_new(float, MAX(forecast->n, 1));
  ForecastGains best = {MAX_TRIM_DB, 0.0};
  if (loudness_with(forecast, &best, sum) <= MEASURE_SILENCE_LUFS) {
    return (ForecastGains){0.0, 0.0}; /* nothing to hear: nothing to set */
  }
  double least = G_MAXDOUBLE;
  for (gsize i = 0; i < G_N_ELEMENTS(bed_moves) && least > UNSTEADY_LU; i++) {
    ForecastGains gains = find_trim(forecast, target_lufs, bed_moves[i], sum);
    double unsteady = unsteadiness(forecast, &gains, sum);
    if (unsteady < least - 0.05) {
      least = unsteady;
      best = gains;
    }
  }
  return best;
}

bool forecast_gains(Timeline *timeline, guint first, double target_lufs, double ceiling_dbtp, ForecastGains *gains,
                    GError **error) {
  g_mutex_lock(&timeline->mutex);
  bool closed = timeline->closed;
  g_mutex_unlock(&timeline->mutex);
  if (!closed) { /* once closed it may be read without the mutex */
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_BUG, "forecast of a programme that is still growing");
    return false;
  }
  guint n = (guint)((timeline->total_frames + BLOCK_FRAMES - 1) / BLOCK_FRAMES);
  g_auto(Forecast) forecast = {
      .fixed = lane_new(n),
      .movable = lane_new(n),
      .bed = lane_new(n),
      .n = n,
      .ceiling = pow(10.0, ceiling_dbtp / 20.0),
      .sounds = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, sound_free),
  };
  if (!add_all(&forecast, timeline, first, error)) {
    return false;
  }
  *gains = find_gains(&forecast, target_lufs);
  return true;
}
