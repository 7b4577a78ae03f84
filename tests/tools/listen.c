/* What a voice sounds like, in figures: listen FILE.wav …
 *
 * WAVs are PCM of 16 bits, mono, 8 to 48 kHz. Prints for each file the name of a figure, a tab and its value:
 *
 *   seconds            length
 *   lead tail          milliseconds before the first sample of -50 dBFS or more, and after the last
 *   first last         the first and the last sample, dBFS
 *   edge               the largest difference of two samples in the 5 ms at either end, dBFS
 *   dc                 mean, dBFS
 *   crest              peak over RMS of what is not silence, dB
 *   pauses             silences of 120 ms or more inside: how many; pause10 pause50 pause90 their lengths, ms
 *   pitch10 pitch50 pitch90   Hz, of the voiced frames, by autocorrelation
 *   voiced             share of the frames that are
 *   band LOW-HIGH      level of the band in dB against the whole
 *   buzz               3 to 8 kHz of the voiced frames against 0.3 to 3 kHz of them, dB
 *   hiss               3 to 8 kHz of the others against the same, dB
 *   images             11.2 kHz and more against the band of the same width below 11 kHz, dB
 *   vowels K, consonants K    each kilohertz from K on, of the voiced frames and of the others, in dB against the
 *                      0.3 to 3 kHz of the voiced ones
 *
 * Frames are of 2048 samples at 48 kHz (or as long in time at another rate), Hann, half of it new each time. */
#include <complex.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846
#define SILENCE 0.00316 /* -50 dBFS */
#define VOICED 0.6      /* of the autocorrelation at the best lag */
enum { FRAMES_MOST = 200000, BINS_MOST = 2048, HEAD = 44 };

typedef struct {
  float *at;
  long n;
  double rate;
} Sound;

typedef struct {
  double all[BINS_MOST], voiced[BINS_MOST], others[BINS_MOST];
  double *pitches, *pauses;
  long n_pitches, n_frames, n_pauses;
  int size; /* of a frame, a power of two */
} Picture;

static void die(const char *path, const char *what) {
  fprintf(stderr, "listen: %s: %s\n", path, what);
  exit(2);
}

static unsigned little(const unsigned char *at, int n) {
  unsigned value = 0;
  for (int i = n; i-- > 0;)
    value = value << 8 | at[i];
  return value;
}

/* The chunks of a WAV: its format, then the samples. */
static Sound read_wav(const char *path) {
  FILE *file = fopen(path, "rb");
  unsigned char head[HEAD];
  Sound sound = {0};
  if (file == NULL || fread(head, 1, 12, file) != 12 || memcmp(head, "RIFF", 4) != 0)
    die(path, "no WAV file");
  while (fread(head, 1, 8, file) == 8) {
    unsigned size = little(head + 4, 4);
    if (memcmp(head, "data", 4) == 0) {
      sound.n = size / 2;
      break;
    }
    if (memcmp(head, "fmt ", 4) == 0 && size >= 16 && size <= HEAD && fread(head, 1, size, file) == size) {
      if (little(head + 2, 2) != 1 || little(head + 14, 2) != 16)
        die(path, "not mono of 16 bits");
      sound.rate = little(head + 4, 4);
    } else {
      fseek(file, size + (size & 1), SEEK_CUR);
    }
  }
  sound.at = calloc((size_t)sound.n + 1, sizeof *sound.at);
  long n = 0;
  for (unsigned char pair[2]; n < sound.n && fread(pair, 1, 2, file) == 2; n++)
    sound.at[n] = (float)(int16_t)little(pair, 2) / 32768.0f;
  fclose(file);
  sound.n = n;
  if (n == 0 || sound.rate < 8000 || sound.rate > 48000)
    die(path, "no sound of 8 to 48 kHz");
  return sound;
}

static double db(double amplitude) {
  return amplitude > 1e-9 ? 20 * log10(amplitude) : -180;
}

static double db_power(double power) {
  return power > 1e-18 ? 10 * log10(power) : -180;
}

/* n is a power of two. */
static void transform(double complex *x, int n) {
  for (int i = 1, j = 0; i < n; i++) {
    int bit = n >> 1;
    for (; j & bit; bit >>= 1)
      j ^= bit;
    j ^= bit;
    if (i < j) {
      double complex swap = x[i];
      x[i] = x[j];
      x[j] = swap;
    }
  }
  for (int length = 2; length <= n; length *= 2) {
    double complex turn = cexp(-2 * PI * I / length);
    for (int at = 0; at < n; at += length) {
      double complex w = 1;
      for (int k = 0; k < length / 2; k++, w *= turn) {
        double complex even = x[at + k], odd = w * x[at + k + length / 2];
        x[at + k] = even + odd;
        x[at + k + length / 2] = even - odd;
      }
    }
  }
}

/* Of one frame, 60 to 420 Hz; 0: not voiced. */
static double pitch_of(const float *frame, int n, double rate) {
  int step = rate > 24000 ? 4 : 2, least = (int)(rate / step / 420), most = (int)(rate / step / 60), m = n / step;
  double energy = 0, best = 0, values[1024] = {0};
  for (int i = 0; i < m; i++)
    energy += (double)frame[i * step] * (double)frame[i * step];
  for (int lag = least; lag <= most && lag < m - 8 && lag < 1023; lag++) {
    double sum = 0, one = 1e-12, other = 1e-12;
    for (int i = 0; i + lag < m; i++) {
      double a = (double)frame[i * step], b = (double)frame[(i + lag) * step];
      sum += a * b;
      one += a * a;
      other += b * b;
    }
    values[lag] = sum / sqrt(one * other);
    best = fmax(best, values[lag]);
  }
  if (best < VOICED || energy / m < 1e-5)
    return 0;
  for (int lag = least + 1; lag < most && lag < 1022; lag++) /* the first that is nearly the best: not its double */
    if (values[lag] > 0.9 * best && values[lag] >= values[lag - 1] && values[lag] >= values[lag + 1])
      return rate / step / lag;
  return 0;
}

static void add_frame(Picture *picture, const float *frame, double rate) {
  static double complex x[2 * BINS_MOST];
  int n = picture->size;
  double energy = 0;
  for (int i = 0; i < n; i++) {
    x[i] = (double)frame[i] * (0.5 - 0.5 * cos(2 * PI * i / n));
    energy += (double)frame[i] * (double)frame[i];
  }
  if (sqrt(energy / n) < SILENCE)
    return;
  transform(x, n);
  double pitch = pitch_of(frame, n, rate);
  if (pitch > 0)
    picture->pitches[picture->n_pitches++] = pitch;
  picture->n_frames++;
  for (int k = 0; k < n / 2; k++) {
    double power = creal(x[k]) * creal(x[k]) + cimag(x[k]) * cimag(x[k]);
    picture->all[k] += power;
    *(pitch > 0 ? &picture->voiced[k] : &picture->others[k]) += power;
  }
}

static double band(const double *bins, const Picture *picture, double rate, double low, double high) {
  double sum = 0;
  for (int k = 1; k < picture->size / 2; k++) {
    double hz = k * rate / picture->size;
    sum += hz >= low && hz < high ? bins[k] : 0;
  }
  return sum;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double hundredth(double *values, long n, double part) {
  qsort(values, (size_t)n, sizeof *values, compare);
  return n == 0 ? 0 : values[(long)(part * (double)(n - 1) + 0.5)];
}

/* Silences between the first and the last sound, by windows of 5 ms. */
static void find_pauses(Picture *picture, const Sound *sound, long first, long last) {
  long step = (long)(sound->rate / 200), run = 0;
  for (long at = first; at + step <= last && picture->n_pauses < FRAMES_MOST; at += step) {
    double energy = 0;
    for (long i = at; i < at + step; i++)
      energy += (double)sound->at[i] * (double)sound->at[i];
    bool silent = sqrt(energy / (double)step) < SILENCE;
    run = silent ? run + 1 : run;
    if (!silent) {
      if (run * 5 >= 120)
        picture->pauses[picture->n_pauses++] = (double)run * 5;
      run = 0;
    }
  }
}

static double edge_of(const Sound *sound) {
  long width = (long)(sound->rate / 200);
  double most = 0;
  for (long i = 1; i < sound->n; i++)
    if (i < width || i >= sound->n - width)
      most = fmax(most, fabs((double)sound->at[i] - (double)sound->at[i - 1]));
  return most;
}

static void tell(const char *name, double value) {
  printf("%s\t%.2f\n", name, value);
}

static void tell_time(const Sound *sound, Picture *picture) {
  double peak = 0, sum = 0, energy = 0;
  long first = sound->n, last = 0, heard = 0;
  for (long i = 0; i < sound->n; i++) {
    double size = fabs((double)sound->at[i]);
    peak = fmax(peak, size);
    sum += (double)sound->at[i];
    if (size >= SILENCE) {
      first = first < i ? first : i;
      last = i;
      heard++;
    }
    energy += size * size;
  }
  find_pauses(picture, sound, first, last);
  tell("seconds", (double)sound->n / sound->rate);
  tell("lead", 1000.0 * (double)first / sound->rate);
  tell("tail", 1000.0 * (double)(sound->n - 1 - last) / sound->rate);
  tell("first", db(fabs((double)sound->at[0])));
  tell("last", db(fabs((double)sound->at[sound->n - 1])));
  tell("edge", db(edge_of(sound)));
  tell("dc", db(fabs(sum / (double)sound->n)));
  tell("crest", db(peak) - db_power(energy / (double)(heard > 0 ? heard : 1)));
  tell("pauses", (double)picture->n_pauses);
  tell("pause10", hundredth(picture->pauses, picture->n_pauses, 0.1));
  tell("pause50", hundredth(picture->pauses, picture->n_pauses, 0.5));
  tell("pause90", hundredth(picture->pauses, picture->n_pauses, 0.9));
}

static void tell_spectrum(const Sound *sound, Picture *picture) {
  static const double EDGES[] = {0, 80, 300, 1000, 2000, 3000, 4000, 6000, 8000, 11000, 11200, 15000, 24000};
  double rate = sound->rate, all = band(picture->all, picture, rate, 0, rate);
  double voice = band(picture->voiced, picture, rate, 300, 3000);
  tell("pitch10", hundredth(picture->pitches, picture->n_pitches, 0.1));
  tell("pitch50", hundredth(picture->pitches, picture->n_pitches, 0.5));
  tell("pitch90", hundredth(picture->pitches, picture->n_pitches, 0.9));
  tell("voiced", picture->n_frames > 0 ? (double)picture->n_pitches / (double)picture->n_frames : 0);
  for (size_t i = 0; i + 1 < sizeof EDGES / sizeof *EDGES; i++)
    printf("band %g-%g\t%.2f\n", EDGES[i], EDGES[i + 1],
           db_power(band(picture->all, picture, rate, EDGES[i], EDGES[i + 1]) / all));
  tell("buzz", db_power(band(picture->voiced, picture, rate, 3000, 8000) / voice));
  tell("hiss", db_power(band(picture->others, picture, rate, 3000, 8000) / voice));
  tell("images", db_power(band(picture->all, picture, rate, 11200, 15000) /
                          fmax(band(picture->all, picture, rate, 7200, 11000), 1e-18)));
  for (int k = 2; k < 16; k++) {
    printf("vowels %d\t%.2f\n", k, db_power(band(picture->voiced, picture, rate, k * 1000, k * 1000 + 1000) / voice));
    printf("consonants %d\t%.2f\n", k,
           db_power(band(picture->others, picture, rate, k * 1000, k * 1000 + 1000) / voice));
  }
}

static void listen(const char *path) {
  Sound sound = read_wav(path);
  static Picture picture;
  memset(&picture, 0, sizeof picture);
  picture.pitches = calloc(FRAMES_MOST, sizeof(double));
  picture.pauses = calloc(FRAMES_MOST + 1, sizeof(double));
  for (picture.size = 256; picture.size < sound.rate * 0.04; picture.size *= 2) {
  }
  for (long at = 0; at + picture.size <= sound.n && picture.n_frames < FRAMES_MOST; at += picture.size / 2)
    add_frame(&picture, sound.at + at, sound.rate);
  tell_time(&sound, &picture);
  tell_spectrum(&sound, &picture);
  free(picture.pitches);
  free(picture.pauses);
  free(sound.at);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: listen FILE.wav …\n");
    return 2;
  }
  for (int i = 1; i < argc; i++)
    listen(argv[i]);
  return 0;
}
