/* How alike two sounds are: correlate REFERENCE RECEIVED
 *
 * Both are mono float32 at 48000 Hz (ffmpeg -ac 1 -ar 48000 -f f32le). RECEIVED
 * may begin earlier or later. Aligns them by their 10 ms envelopes, then to the
 * sample, and prints:  CORRELATION LAG_MS COVERED
 * (LAG: where RECEIVED's beginning lies in REFERENCE; COVERED: what part of
 * REFERENCE the overlap is). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define RATE 48000
#define BLOCK 480 /* 10 ms */
#define STEP 6    /* 8 kHz: fine enough to find the peak of a voice */
#define CANDIDATES 4

typedef struct {
  float *at;
  long n;
} Sound;

static Sound sound_read(const char *path) {
  Sound sound = {NULL, 0};
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(2);
  }
  sound.n = ftell(file) / (long)sizeof(float);
  rewind(file);
  sound.at = calloc((size_t)sound.n + 1, sizeof(float));
  if (!sound.at || fread(sound.at, sizeof(float), (size_t)sound.n, file) != (size_t)sound.n) {
    perror(path);
    exit(2);
  }
  fclose(file);
  return sound;
}

/* RMS of each block, its mean taken off. */
static Sound envelope(Sound sound) {
  Sound out = {calloc((size_t)(sound.n / BLOCK) + 1, sizeof(float)), sound.n / BLOCK};
  double mean = 0;
  for (long i = 0; i < out.n; i++) {
    double sum = 0;
    for (long k = 0; k < BLOCK; k++)
      sum += (double)sound.at[i * BLOCK + k] * (double)sound.at[i * BLOCK + k];
    out.at[i] = (float)sqrt(sum / BLOCK);
    mean += (double)out.at[i];
  }
  for (long i = 0; i < out.n; i++)
    out.at[i] -= (float)(mean / (double)out.n);
  return out;
}

static double correlation(Sound a, Sound b, long lag) {
  double ab = 0, aa = 0, bb = 0;
  long from = lag > 0 ? lag : 0, until = a.n < b.n + lag ? a.n : b.n + lag;
  for (long i = from; i < until; i++) {
    double x = (double)a.at[i], y = (double)b.at[i - lag];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

static long overlap(Sound a, Sound b, long lag) {
  long from = lag > 0 ? lag : 0, until = a.n < b.n + lag ? a.n : b.n + lag;
  return until > from ? until - from : 0;
}

/* The coarse lags, best first; an overlap of under half of the shorter one is chance. */
static void coarse(Sound a, Sound b, long lags[CANDIDATES]) {
  double best[CANDIDATES];
  for (int i = 0; i < CANDIDATES; i++)
    best[i] = -2;
  for (long lag = -b.n; lag <= a.n; lag++) {
    if (overlap(a, b, lag) * 2 < (a.n < b.n ? a.n : b.n))
      continue;
    double value = correlation(a, b, lag);
    for (int i = 0; i < CANDIDATES; i++) {
      if (value <= best[i])
        continue;
      for (int k = CANDIDATES - 1; k > i; k--) {
        best[k] = best[k - 1];
        lags[k] = lags[k - 1];
      }
      best[i] = value;
      lags[i] = lag;
      break;
    }
  }
}

/* Keeps the best lag within `reach` of `around`. */
static void fine(Sound a, Sound b, long around, long reach, long step, double *best, long *best_lag) {
  for (long lag = around - reach; lag <= around + reach; lag += step) {
    double value = correlation(a, b, lag);
    if (value > *best) {
      *best = value;
      *best_lag = lag;
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: correlate REFERENCE RECEIVED\n");
    return 2;
  }
  Sound reference = sound_read(argv[1]), received = sound_read(argv[2]);
  Sound a = envelope(reference), b = envelope(received);
  long lags[CANDIDATES] = {0}, best_lag = 0;
  double best = -2;
  coarse(a, b, lags);
  for (int i = 0; i < CANDIDATES; i++)
    fine(reference, received, lags[i] * BLOCK, BLOCK, STEP, &best, &best_lag);
  fine(reference, received, best_lag, STEP, 1, &best, &best_lag);
  printf("%.5f %.2f %.5f\n", best, 1000.0 * (double)best_lag / RATE,
         reference.n ? (double)overlap(reference, received, best_lag) / (double)reference.n : 0);
  free(reference.at);
  free(received.at);
  free(a.at);
  free(b.at);
  return 0;
}
