/* The station's music: a small synthesizer and its score.
 *
 *   score (notes) ─> instruments (one mono line a note) ─┬─> dry ──────────┬─> DC filter ─> level, fades ─> 16-bit WAV
 *                                                        └─> send ─> reverb ┘
 *
 * Usage: compose FOLDER writes FOLDER/{ouverture,virgule,fermeture,nappe,alerte}.wav,
 * 48 kHz, stereo. All is in D major at 96 beats a minute (a beat is 30,000
 * frames exactly), so that the pieces join. Reads nothing; every random number
 * has a fixed seed; compile with -ffp-contract=off and the samples are the same
 * with every compiler. Sounds are sums of partials below 16 kHz, or filtered
 * noise: nothing aliases.
 *
 * The music, the score and this file are given to the public domain (CC0 1.0). */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 48000
#define FRAMES_PER_BEAT 30000
#define SILENT_END_FRAMES 480 /* a jingle ends with 10 ms of true zero */
#define PI 3.14159265358979323846
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef enum { MARIMBA, PIANO, BASS, PLUCK, SHAKER, PAD, BELL } InstrumentName;

/* beat and length in beats; pitch as in MIDI (69 is A4, 440 Hz); level 0..1; pan −1..1 */
typedef struct {
  InstrumentName instrument;
  double beat, length;
  int pitch;
  double level, pan;
} Note;

typedef struct {
  const char *name;
  double beats;    /* length of the file */
  bool loops;      /* tails wrap round to the beginning; no fades */
  double gain_db;  /* set by measuring: −16 LUFS, the bed −20 */
  double fade_s;   /* at the end */
  double reverb_s; /* time to fall by 60 dB */
  const Note *notes;
  size_t n_notes;
} Piece;

typedef struct {
  size_t frames;
  double *channel[2];
} Stereo;

/* --- plumbing -------------------------------------------------------------- */

static void *allocate(size_t n, size_t size) {
  void *memory = calloc(n, size);
  if (!memory) {
    perror("compose");
    exit(1);
  }
  return memory;
}

static Stereo stereo_new(size_t frames) {
  return (Stereo){.frames = frames, .channel = {allocate(frames, sizeof(double)), allocate(frames, sizeof(double))}};
}

static void stereo_clear(Stereo *stereo) {
  free(stereo->channel[0]);
  free(stereo->channel[1]);
}

static double from_db(double db) {
  return pow(10, db / 20);
}

/* xorshift32: white noise in −1..1 */
static double noise(uint32_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;
  return (double)*state / 2147483648.0 - 1;
}

/* --- sources and filters, each over one mono line --------------------------- */

static double one_pole_coefficient(double cutoff_hz) {
  return 1 - exp(-2 * PI * cutoff_hz / RATE);
}

static void low_pass(double *line, size_t n, double cutoff_hz) {
  const double a = one_pole_coefficient(cutoff_hz);
  double state = 0;
  for (size_t i = 0; i < n; i++) {
    state += a * (line[i] - state);
    line[i] = state;
  }
}

static void high_pass(double *line, size_t n, double cutoff_hz) {
  const double a = one_pole_coefficient(cutoff_hz);
  double state = 0;
  for (size_t i = 0; i < n; i++) {
    state += a * (line[i] - state);
    line[i] -= state;
  }
}

/* Adds a sine that falls by 60 dB in `fall_s` (0: never), as a rotating complex number. */
static void add_partial(double *line, size_t n, double hz, double level, double fall_s, double phase) {
  if (hz > 16000)
    return;
  const double fall = fall_s > 0 ? pow(0.001, 1 / (fall_s * RATE)) : 1;
  const double c = fall * cos(2 * PI * hz / RATE), s = fall * sin(2 * PI * hz / RATE);
  double re = level * cos(phase), im = level * sin(phase);
  for (size_t i = 0; i < n; i++) {
    line[i] += im;
    const double next = re * c - im * s;
    im = re * s + im * c;
    re = next;
  }
}

/* Karplus-Strong: a burst of soft noise goes round a delay of one period, a
 * little darker and weaker each time. An all-pass tunes it between two samples. */
static void add_string(double *line, size_t n, double hz, double level, double fall_s, double softness_hz,
                       uint32_t seed) {
  const double period = RATE / hz - 0.5; /* the loop's two-point average is half a sample */
  const size_t length = (size_t)(period - 0.2);
  const double fraction = period - (double)length, tuning = (1 - fraction) / (1 + fraction);
  const double round_gain = pow(0.001, 1 / (hz * fall_s));
  double *string = allocate(length, sizeof(double));
  double mean = 0, peak = 1e-9;
  for (size_t i = 0; i < length; i++)
    string[i] = noise(&seed);
  low_pass(string, length, softness_hz);
  low_pass(string, length, softness_hz);
  for (size_t i = 0; i < length; i++)
    mean += string[i] / (double)length;
  for (size_t i = 0; i < length; i++)
    peak = fmax(peak, fabs(string[i] -= mean));

  double before = 0, all_pass_in = 0, all_pass_out = 0;
  for (size_t i = 0, at = 0; i < n; i++, at = (at + 1) % length) {
    const double now = string[at], darker = round_gain * 0.5 * (now + before);
    before = now;
    all_pass_out = tuning * (darker - all_pass_out) + all_pass_in;
    all_pass_in = darker;
    string[at] = all_pass_out;
    line[i] += level / peak * now;
  }
  free(string);
}

/* Raised-cosine slopes: no corner, hence no click. Silent from held_s + release_s on. */
static void shape(double *line, size_t n, double attack_s, double held_s, double release_s) {
  for (size_t i = 0; i < n; i++) {
    const double t = (double)i / RATE, left = held_s + release_s - t;
    if (t < attack_s)
      line[i] *= 0.5 - 0.5 * cos(PI * t / attack_s);
    if (left <= 0)
      line[i] = 0;
    else if (left < release_s)
      line[i] *= 0.5 - 0.5 * cos(PI * left / release_s);
  }
}

/* --- instruments ------------------------------------------------------------ */

/* Wooden bar over a tube: the fundamental, two octaves above, and a soft mallet. */
static void play_marimba(double *line, size_t n, double hz, uint32_t seed) {
  const double ring_s = 1.9 * sqrt(440 / hz);
  add_partial(line, n, hz, 1, ring_s, 0);
  add_partial(line, n, 3.98 * hz, 0.22, 0.32 * ring_s, 0);
  add_partial(line, n, 9.6 * hz, 0.05, 0.1 * ring_s, 0);
  const size_t mallet = RATE / 40;
  double *knock = allocate(mallet, sizeof(double));
  for (size_t i = 0; i < mallet; i++)
    knock[i] = 0.5 * noise(&seed) * exp(-(double)i / (0.004 * RATE));
  low_pass(knock, mallet, 1800);
  high_pass(knock, mallet, 300);
  for (size_t i = 0; i < mallet && i < n; i++)
    line[i] += knock[i];
  free(knock);
}

/* Electric piano: round harmonics that darken as they ring, and the tine's short glint. */
static void play_piano(double *line, size_t n, double hz, uint32_t seed) {
  static const double harmonics[] = {1, 0.42, 0.16, 0.08, 0.035, 0.02};
  (void)seed;
  for (size_t k = 0; k < COUNT(harmonics); k++)
    add_partial(line, n, (double)(k + 1) * hz, harmonics[k], 5.0 / (1 + 0.9 * (double)k), 0);
  add_partial(line, n, 7.1 * hz, 0.05, 0.35, 0);
}

static void play_bass(double *line, size_t n, double hz, uint32_t seed) {
  add_string(line, n, hz, 0.9, 3.0, 700, seed);
  low_pass(line, n, 900);
  add_partial(line, n, hz, 0.45, 2.0, 0);
}

static void play_pluck(double *line, size_t n, double hz, uint32_t seed) {
  add_string(line, n, hz, 1, 3.5, 900, seed);
  low_pass(line, n, 700);
  low_pass(line, n, 900);
}

static void play_shaker(double *line, size_t n, double hz, uint32_t seed) {
  for (size_t i = 0; i < n; i++)
    line[i] = noise(&seed) * exp(-(double)i / (0.028 * RATE));
  high_pass(line, n, hz);
  high_pass(line, n, hz);
  low_pass(line, n, 9000);
  low_pass(line, n, 11000);
}

/* A saw-like sum whose partials fall quickly above 450 Hz: speech keeps its place. */
static void play_pad(double *line, size_t n, double hz, uint32_t seed) {
  for (int k = 1; k * hz < 2200; k++) {
    const double over = k * hz / 450;
    add_partial(line, n, k * hz, 1 / (k * (1 + over * over * over)), 0, PI * noise(&seed));
  }
}

static void play_bell(double *line, size_t n, double hz, uint32_t seed) {
  static const double ratios[] = {0.5, 1, 2, 3.01, 4.17}, levels[] = {0.25, 1, 0.35, 0.12, 0.06};
  (void)seed;
  for (size_t k = 0; k < COUNT(ratios); k++)
    add_partial(line, n, ratios[k] * hz, levels[k], 2.2 / (0.6 + 0.5 * ratios[k]), 0);
}

/* layers: how many times a note sounds, detuned from −detune to +detune cents
 * and spread as far round its pan; the middle keeps the sum whole in mono. */
static const struct {
  void (*play)(double *line, size_t n, double hz, uint32_t seed);
  double attack_s, release_s, gain, send;
  int layers;
  double detune_cents, spread;
} instruments[] = {
    [MARIMBA] = {play_marimba, 0.002, 0.90, 0.50, 0.22, 1, 0, 0},
    [PIANO] = {play_piano, 0.004, 0.60, 0.17, 0.20, 2, 2.5, 0.35},
    [BASS] = {play_bass, 0.003, 0.30, 0.40, 0.04, 1, 0, 0},
    [PLUCK] = {play_pluck, 0.004, 0.80, 0.34, 0.35, 1, 0, 0},
    [SHAKER] = {play_shaker, 0.012, 0.05, 0.40, 0.10, 1, 0, 0},
    [PAD] = {play_pad, 1.30, 2.20, 0.13, 0.30, 3, 5, 0.55},
    [BELL] = {play_bell, 0.003, 0.70, 0.30, 0.25, 2, 1.5, 0.2},
};

static void mix_in(Stereo *bus, size_t start, const double *line, size_t n, double gain, double pan, bool loops) {
  const double angle = (pan + 1) * PI / 4, left = gain * cos(angle), right = gain * sin(angle);
  for (size_t i = 0; i < n; i++) {
    const size_t at = loops ? (start + i) % bus->frames : start + i;
    if (at >= bus->frames)
      return;
    bus->channel[0][at] += left * line[i];
    bus->channel[1][at] += right * line[i];
  }
}

static void play_note(const Note *note, uint32_t seed, bool loops, Stereo *dry, Stereo *send) {
  const size_t start = (size_t)llround(note->beat * FRAMES_PER_BEAT);
  const double held_s = note->length * FRAMES_PER_BEAT / RATE;
  const double release_s = instruments[note->instrument].release_s;
  const size_t n = (size_t)ceil((held_s + release_s) * RATE);
  const int layers = instruments[note->instrument].layers;
  const double gain = note->level * instruments[note->instrument].gain / sqrt(layers);
  for (int layer = 0; layer < layers; layer++) {
    const double place = layers > 1 ? 2.0 * layer / (layers - 1) - 1 : 0;
    const double cents = place * instruments[note->instrument].detune_cents;
    const double pan = fmax(-1, fmin(1, note->pan + place * instruments[note->instrument].spread));
    double *line = allocate(n, sizeof(double));
    instruments[note->instrument].play(line, n, 440 * pow(2, (note->pitch - 69 + cents / 100) / 12),
                                       seed * 2654435761u + (uint32_t)layer + 1);
    shape(line, n, instruments[note->instrument].attack_s, held_s, release_s);
    mix_in(dry, start, line, n, gain, pan, loops);
    mix_in(send, start, line, n, gain * instruments[note->instrument].send, pan, loops);
    free(line);
  }
}

/* --- room and master ---------------------------------------------------------- */

enum { LINES = 8 };

/* Feedback delay network (Jot): eight delays that feed each other through a
 * Householder matrix, each with a low-pass for the walls. A loop goes round
 * twice, so that its beginning hears the reverberation of its end. */
static void add_reverb(Stereo *dry, const Stereo *send, double fall_s, bool loops) {
  static const size_t lengths[LINES] = {1153, 1361, 1597, 1867, 2137, 2411, 2713, 3089}; /* primes */
  double *delay[LINES], gain[LINES], wall[LINES] = {0};
  size_t at[LINES] = {0};
  for (int k = 0; k < LINES; k++) {
    delay[k] = allocate(lengths[k], sizeof(double));
    gain[k] = pow(0.001, (double)lengths[k] / (fall_s * RATE));
  }
  const double wall_coefficient = one_pole_coefficient(4500);
  for (size_t i = 0; i < dry->frames * (loops ? 2 : 1); i++) {
    const size_t frame = i % dry->frames;
    double sum = 0, out[2] = {0};
    for (int k = 0; k < LINES; k++) {
      wall[k] += wall_coefficient * (gain[k] * delay[k][at[k]] - wall[k]);
      sum += wall[k];
      out[k % 2] += k % 4 < 2 ? wall[k] : -wall[k];
    }
    for (int k = 0; k < LINES; k++) {
      delay[k][at[k]] = send->channel[k % 2][frame] + wall[k] - 2 * sum / LINES;
      at[k] = (at[k] + 1) % lengths[k];
    }
    if (loops && i < dry->frames)
      continue;
    dry->channel[0][frame] += out[0];
    dry->channel[1][frame] += out[1];
  }
  for (int k = 0; k < LINES; k++)
    free(delay[k]);
}

/* Two one-pole high-passes at 25 Hz; a loop warms them by one round. */
static void remove_dc(Stereo *stereo, bool loops) {
  const double a = one_pole_coefficient(25);
  for (int c = 0; c < 2; c++) {
    double first = 0, second = 0;
    for (size_t i = 0; i < stereo->frames * (loops ? 2 : 1); i++) {
      double *sample = &stereo->channel[c][i % stereo->frames];
      first += a * (*sample - first);
      const double once = *sample - first;
      second += a * (once - second);
      if (!loops || i >= stereo->frames)
        *sample = once - second;
    }
  }
}

static void set_level(Stereo *stereo, const Piece *piece) {
  const double gain = from_db(piece->gain_db), fade = piece->fade_s * RATE;
  for (size_t i = 0; i < stereo->frames; i++) {
    double level = gain;
    if (!piece->loops) {
      const double left = (double)stereo->frames - SILENT_END_FRAMES - (double)i;
      level *= left <= 0 ? 0 : left < fade ? 0.5 - 0.5 * cos(PI * left / fade) : 1;
    }
    stereo->channel[0][i] *= level;
    stereo->channel[1][i] *= level;
  }
}

/* --- WAV (RIFF, PCM 16 bit) ------------------------------------------------------ */

static void put(FILE *file, uint32_t value, int nbytes) {
  for (int i = 0; i < nbytes; i++)
    putc((int)(value >> (8 * i) & 0xff), file);
}

static void write_header(FILE *file, size_t frames) {
  const uint32_t nbytes = (uint32_t)(frames * 4);
  fputs("RIFF", file), put(file, 36 + nbytes, 4), fputs("WAVEfmt ", file), put(file, 16, 4);
  put(file, 1, 2), put(file, 2, 2), put(file, RATE, 4), put(file, RATE * 4, 4), put(file, 4, 2), put(file, 16, 2);
  fputs("data", file), put(file, nbytes, 4);
}

/* Rounded with triangular dither of two steps; true zero stays zero. */
static bool write_wav(const Stereo *stereo, const char *path) {
  FILE *file = fopen(path, "wb");
  if (!file)
    return false;
  uint32_t seed = 20261123;
  write_header(file, stereo->frames);
  for (size_t i = 0; i < stereo->frames; i++)
    for (int c = 0; c < 2; c++) {
      const double sample = 32767 * stereo->channel[c][i];
      const double dither = 0.5 * (noise(&seed) + noise(&seed));
      put(file, (uint32_t)(sample == 0 ? 0 : lround(fmax(-32767, fmin(32767, sample + dither)))), 2);
    }
  const bool failed = ferror(file) != 0;
  return fclose(file) == 0 && !failed;
}

#include "score.h"

static bool perform(const Piece *piece, const char *folder) {
  const size_t frames = (size_t)llround(piece->beats * FRAMES_PER_BEAT);
  Stereo dry = stereo_new(frames), send = stereo_new(frames);
  for (size_t i = 0; i < piece->n_notes; i++)
    play_note(&piece->notes[i], (uint32_t)i + 1, piece->loops, &dry, &send);
  add_reverb(&dry, &send, piece->reverb_s, piece->loops);
  remove_dc(&dry, piece->loops);
  set_level(&dry, piece);
  char path[4096];
  const bool fits = snprintf(path, sizeof path, "%s/%s.wav", folder, piece->name) < (int)sizeof path;
  if (!fits)
    errno = ENAMETOOLONG;
  const bool done = fits && write_wav(&dry, path);
  if (!done)
    fprintf(stderr, "compose: %s: %s\n", path, strerror(errno));
  stereo_clear(&dry);
  stereo_clear(&send);
  return done;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fputs("usage: compose FOLDER\n", stderr);
    return 2;
  }
  for (size_t i = 0; i < COUNT(pieces); i++)
    if (!perform(&pieces[i], argv[1]))
      return 5;
  return 0;
}
