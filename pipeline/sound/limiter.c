#include "sound/limiter.h"

#include "sound/blocks.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#define CHUNK 64 /* frames handled at once */
#define CHUNK_SAMPLES (CHUNK * 2)
#define HALF 8 /* frames of the interpolator on each side */
#define TAPS (2 * HALF)
#define PHASES 3   /* between two samples; the samples themselves are the fourth */
#define MEAN 120   /* frames of each of the two means: 2.5 ms */
#define DELAY 256  /* >= 2 * (MEAN - 1) + HALF */
#define WINDOW 265 /* >= DELAY + HALF + 1: the minimum holds while the means come down */
#define DEQUE 512  /* power of two > WINDOW */
#define RELEASE_SECONDS 0.1
#define RATE 48000.0
#define ONE ((gint64)1 << 24) /* gains are integers of 1/ONE, so that the running means never drift */
#define MARGIN 0.995          /* 0.04 dB: the moving gain itself bends the curve a little */

struct Limiter {
  float ceiling, quiet; /* under `quiet` no interpolated value can reach the ceiling */
  double release;       /* share of the way back to 1 made in a frame */
  float taps[PHASES][TAPS];
  GArray *line; /* float: sound from the next frame to come out; the peak is looked for DELAY later */
  gint64 frames_in, frames_out, lead; /* lead: frames of nothing still to come out before the first */
  gint64 at;                          /* frame whose peak is looked for next */
  struct {
    gint64 frame, gain;
  } deque[DEQUE]; /* sliding minimum: rising gains, oldest first */
  guint first, last;
  gint64 held; /* gain after the release */
  gint64 ring1[MEAN], ring2[MEAN], sum1, sum2;
  guint place;
  gint64 calm_frames; /* since the held gain was last under 1 */
};

/* Hann-windowed sinc, each phase with a sum of 1. Returns the largest sum of magnitudes. */
static double make_taps(float taps[PHASES][TAPS]) {
  double largest = 1.0;
  for (guint p = 0; p < PHASES; p++) {
    double values[TAPS], sum = 0.0, magnitude = 0.0;
    for (int k = 0; k < TAPS; k++) {
      double x = (double)(k - (HALF - 1)) - (double)(p + 1) / (PHASES + 1);
      double window = 0.5 + 0.5 * cos(G_PI * x / HALF);
      values[k] = sin(G_PI * x) / (G_PI * x) * window;
      sum += values[k];
    }
    for (int k = 0; k < TAPS; k++) {
      taps[p][k] = (float)(values[k] / sum);
      magnitude += fabs(values[k] / sum);
    }
    largest = MAX(largest, magnitude);
  }
  return largest;
}

Limiter *limiter_new(double ceiling_dbtp) {
  Limiter *limiter = g_new0(Limiter, 1);
  double ceiling = pow(10.0, ceiling_dbtp / 20.0) * MARGIN;
  limiter->ceiling = (float)ceiling;
  limiter->quiet = (float)(ceiling / make_taps(limiter->taps));
  limiter->release = 1.0 - exp(-1.0 / (RELEASE_SECONDS * RATE));
  limiter->line = g_array_sized_new(FALSE, TRUE, sizeof(float), 8192 * PROGRAMME_CHANNELS);
  g_array_set_size(limiter->line, DELAY * PROGRAMME_CHANNELS);
  limiter->lead = DELAY;
  limiter->held = ONE;
  for (guint i = 0; i < MEAN; i++) {
    limiter->ring1[i] = ONE;
    limiter->ring2[i] = ONE * MEAN;
  }
  limiter->sum1 = ONE * MEAN;
  limiter->sum2 = ONE * MEAN * MEAN;
  limiter->calm_frames = G_MAXINT32;
  return limiter;
}

void limiter_free(Limiter *limiter) {
  if (limiter == NULL) {
    return;
  }
  g_array_unref(limiter->line);
  g_free(limiter);
}

/* --- how loud it gets ------------------------------------------------------ */

static float highest(const float *sound, guint n) {
  float most = 0.0f;
  for (guint i = 0; i < n; i++) {
    most = fabsf(sound[i]) > most ? fabsf(sound[i]) : most;
  }
  return most;
}

/* peaks[i] of frame i: the highest of it, and of what lies between it and the
 * next, in both channels. Reads HALF frames on each side of the chunk. */
static void find_peaks(const Limiter *limiter, const float *chunk, float peaks[CHUNK]) {
  float most[CHUNK_SAMPLES], between[CHUNK_SAMPLES];
  for (guint i = 0; i < CHUNK_SAMPLES; i++) {
    most[i] = fabsf(chunk[i]);
  }
  for (guint p = 0; p < PHASES; p++) {
    memset(between, 0, sizeof between);
    for (int k = 0; k < TAPS; k++) {
      const float *shifted = chunk + 2 * (k - (HALF - 1));
      float tap = limiter->taps[p][k];
      for (guint i = 0; i < CHUNK_SAMPLES; i++) {
        between[i] += tap * shifted[i];
      }
    }
    for (guint i = 0; i < CHUNK_SAMPLES; i++) {
      most[i] = fabsf(between[i]) > most[i] ? fabsf(between[i]) : most[i];
    }
  }
  for (guint i = 0; i < CHUNK; i++) {
    peaks[i] = MAX(most[2 * i], most[2 * i + 1]);
  }
}

/* --- the gain -------------------------------------------------------------- */

/* Least gain wanted in the last WINDOW frames, with `gain` at `frame` added. */
static gint64 sliding_minimum(Limiter *limiter, gint64 frame, gint64 gain) {
  while (limiter->last != limiter->first && limiter->deque[(limiter->last - 1) % DEQUE].gain >= gain) {
    limiter->last--;
  }
  if (gain < ONE) {
    limiter->deque[limiter->last % DEQUE].frame = frame;
    limiter->deque[limiter->last % DEQUE].gain = gain;
    limiter->last++;
  }
  while (limiter->last != limiter->first && limiter->deque[limiter->first % DEQUE].frame <= frame - WINDOW) {
    limiter->first++;
  }
  return limiter->last == limiter->first ? ONE : limiter->deque[limiter->first % DEQUE].gain;
}

/* One frame's gain: down at once (the means make it a ramp), back slowly. */
static float next_gain(Limiter *limiter, gint64 wanted) {
  gint64 least = sliding_minimum(limiter, limiter->at++, wanted);
  gint64 back = limiter->held + (gint64)((double)(ONE - limiter->held) * limiter->release) + 1;
  limiter->held = MIN(least, MIN(back, ONE));
  limiter->calm_frames = limiter->held < ONE ? 0 : limiter->calm_frames + 1;
  guint place = limiter->place;
  limiter->sum1 += limiter->held - limiter->ring1[place];
  limiter->ring1[place] = limiter->held;
  limiter->sum2 += limiter->sum1 - limiter->ring2[place];
  limiter->ring2[place] = limiter->sum1;
  limiter->place = place + 1 == MEAN ? 0 : place + 1;
  return (float)((double)limiter->sum2 / (double)(ONE * MEAN * MEAN));
}

/* At rest: the gain has been 1 so long that all the memory of it is 1. */
static bool at_rest(const Limiter *limiter) {
  return limiter->calm_frames >= 2 * MEAN && limiter->first == limiter->last;
}

/* Takes the first chunk of the line to `out`. */
static void limit_chunk(Limiter *limiter, const float *line, float *out) {
  const float *ahead = line + DELAY * PROGRAMME_CHANNELS;
  bool loud = highest(ahead - HALF * 2, (CHUNK + 2 * HALF) * 2) > limiter->quiet;
  if (!loud && at_rest(limiter)) {
    memcpy(out, line, sizeof(float) * CHUNK_SAMPLES);
    limiter->at += CHUNK;
    return;
  }
  float peaks[CHUNK] = {0};
  if (loud) {
    find_peaks(limiter, ahead, peaks);
  }
  for (guint i = 0; i < CHUNK; i++) {
    bool over = peaks[i] > limiter->ceiling;
    gint64 wanted = over ? (gint64)((double)limiter->ceiling / (double)peaks[i] * (double)ONE) : ONE;
    float gain = next_gain(limiter, wanted);
    out[2 * i] = line[2 * i] * gain;
    out[2 * i + 1] = line[2 * i + 1] * gain;
  }
}

/* --- frames in, frames out ------------------------------------------------- */

/* Works off the line as far as it reaches. Returns the frames written, at most `most`. */
static gint64 work(Limiter *limiter, float *out, gint64 most) {
  const float *line = (const float *)(const void *)limiter->line->data;
  gint64 have = limiter->line->len / PROGRAMME_CHANNELS;
  gint64 done = 0, written = 0;
  for (; have - done >= DELAY + CHUNK + HALF && written < most; done += CHUNK) {
    float chunk[CHUNK_SAMPLES];
    bool is_lead = limiter->lead > 0;
    gint64 n = is_lead ? 0 : MIN(CHUNK, most - written);
    float *to = out + written * PROGRAMME_CHANNELS;
    limit_chunk(limiter, line + done * PROGRAMME_CHANNELS, n == CHUNK ? to : chunk);
    if (n < CHUNK) {
      memcpy(to, chunk, sizeof(float) * PROGRAMME_CHANNELS * (gsize)n);
    }
    limiter->lead -= is_lead ? CHUNK : 0;
    written += n;
  }
  g_array_remove_range(limiter->line, 0, (guint)(done * PROGRAMME_CHANNELS));
  limiter->frames_out += written;
  return written;
}

gint64 limiter_process(Limiter *limiter, const float *in, gint64 frames, float *out) {
  g_array_append_vals(limiter->line, in, (guint)(frames * PROGRAMME_CHANNELS));
  limiter->frames_in += frames;
  return work(limiter, out, G_MAXINT64);
}

gint64 limiter_finish(Limiter *limiter, float *out) {
  guint len = limiter->line->len;
  guint room = (DELAY + 2 * CHUNK + HALF) * PROGRAMME_CHANNELS;
  g_array_set_size(limiter->line, len + room); /* silence */
  memset(limiter->line->data + sizeof(float) * len, 0, sizeof(float) * room);
  return work(limiter, out, limiter->frames_in - limiter->frames_out);
}
