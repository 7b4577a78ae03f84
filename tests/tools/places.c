/* Where sounds lie in a programme, and how it joins them: places PROGRAMME.wav <ITEMS
 *
 * An item a line: START FRAMES PATH, its place as planned (frames) and a WAV of what should be heard there ("-": a
 * pause). WAVs are PCM of 16 or 24 bits or float32, 48 kHz, mono or stereo. Prints for each item that is not a pause
 *
 *   item INDEX LAG LIKENESS LIKENESS_AS_PLANNED GAIN HOLE
 *
 * LAG: frames from the plan to the place where it is most alike (within REACH); GAIN: linear, at the planned place;
 * HOLE: the longest run of frames where nothing is heard though the item has sound there. Then for each end of one
 *
 *   join FRAME STEP BOUND
 *
 * STEP: the largest difference of two successive samples around it; BOUND: the largest that the material itself
 * holds: the items that meet there, each in itself with a fade of 96 frames at its ends, and the half second of
 * programme on both sides. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  REACH = 200,        /* frames a place is looked for on both sides */
  LOOKED_AT = 72000,  /* frames of an item that are compared */
  FADE = 96,          /* no end of a sound is shorter */
  AROUND = FADE + 16, /* frames around a join */
  NEAR = 24000,       /* the neighbourhood whose own steps count */
  ITEMS_MOST = 4096,
};
#define PI 3.14159265358979323846
#define SILENT 0.001
#define HEARD 0.01

typedef struct {
  float *at; /* interleaved stereo */
  long n;    /* frames */
} Sound;

typedef struct {
  long start, frames;
  bool is_pause;
  Sound sound;
  double gain, step;
} Item;

static void die(const char *what, const char *path) {
  fprintf(stderr, "places: %s: %s\n", path, what);
  exit(2);
}

static uint32_t little(const unsigned char *at, int n) {
  uint32_t value = 0;
  for (int i = n; i-- > 0;)
    value = value << 8 | at[i];
  return value;
}

static float sample(const unsigned char *at, int bits, bool is_float) {
  if (is_float) {
    float value;
    memcpy(&value, at, sizeof value);
    return value;
  }
  if (bits == 16)
    return (float)(int16_t)little(at, 2) / 32767.0f;
  return (float)((int32_t)(little(at, 3) << 8) / 256) / 8388607.0f;
}

static unsigned char *read_all(const char *path, size_t *nbytes) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0)
    die("cannot be read", path);
  *nbytes = (size_t)ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(*nbytes + 1);
  if (!bytes || fread(bytes, 1, *nbytes, file) != *nbytes)
    die("cannot be read", path);
  fclose(file);
  return bytes;
}

static Sound sound_read(const char *path) {
  size_t nbytes = 0, data = 0, length = 0;
  unsigned char *bytes = read_all(path, &nbytes);
  int channels = 0, bits = 0, tag = 0;
  for (size_t at = 12; at + 8 <= nbytes && !data;) {
    uint32_t size = little(bytes + at + 4, 4);
    if (memcmp(bytes + at, "fmt ", 4) == 0) {
      tag = (int)little(bytes + at + 8, 2);
      channels = (int)little(bytes + at + 10, 2);
      bits = (int)little(bytes + at + 22, 2);
      if (tag == 0xfffe) /* extensible: the tag stands in the sub-format */
        tag = (int)little(bytes + at + 32, 2);
    } else if (memcmp(bytes + at, "data", 4) == 0) {
      data = at + 8;
      length = size < nbytes - data ? size : nbytes - data;
    }
    at += 8 + size + size % 2;
  }
  if (!data || channels < 1 || channels > 2 || (bits != 16 && bits != 24 && bits != 32))
    die("not a WAV of the forms that are read here", path);
  Sound sound = {NULL, (long)(length / (size_t)(channels * bits / 8))};
  sound.at = calloc((size_t)sound.n * 2 + 2, sizeof(float));
  if (!sound.at)
    die("no memory", path);
  for (long i = 0; i < sound.n; i++)
    for (int c = 0; c < 2; c++)
      sound.at[2 * i + c] =
          sample(bytes + data + (size_t)((i * channels + (c % channels)) * (bits / 8)), bits, tag == 3);
  free(bytes);
  return sound;
}

static double largest_step(Sound sound, long from, long until) {
  double most = 0;
  for (long i = from < 1 ? 1 : from; i < until && i < sound.n; i++)
    for (int c = 0; c < 2; c++)
      most = fmax(most, fabs((double)sound.at[2 * i + c] - (double)sound.at[2 * i - 2 + c]));
  return most;
}

/* As it should be heard: with a raised cosine at both ends, and no longer than planned. */
static void fade_ends(Sound *sound, long frames) {
  sound->n = sound->n < frames ? sound->n : frames;
  for (long i = 0; i < sound->n; i++) {
    long in = i, out = sound->n - 1 - i;
    double gain = (in < FADE ? 0.5 - 0.5 * cos(PI * (double)in / FADE) : 1.0) *
                  (out < FADE ? 0.5 - 0.5 * cos(PI * (double)out / FADE) : 1.0);
    sound->at[2 * i] *= (float)gain;
    sound->at[2 * i + 1] *= (float)gain;
  }
}

/* Programme against item at a place; `gain` is what fits best there. */
static double likeness(Sound programme, const Item *item, long lag, double *gain) {
  double ps = 0, pp = 0, ss = 0;
  for (long i = 0; i < item->sound.n && i < LOOKED_AT; i++) {
    long at = item->start + lag + i;
    if (at < 0 || at >= programme.n)
      continue;
    double p = (double)programme.at[2 * at] + (double)programme.at[2 * at + 1];
    double s = (double)item->sound.at[2 * i] + (double)item->sound.at[2 * i + 1];
    ps += p * s;
    pp += p * p;
    ss += s * s;
  }
  if (gain)
    *gain = ss > 0 ? ps / ss : 0;
  return pp > 0 && ss > 0 ? ps / sqrt(pp * ss) : 0;
}

static long longest_hole(Sound programme, const Item *item) {
  long run = 0, longest = 0;
  for (long i = 0; i < item->sound.n && item->start + i < programme.n; i++) {
    const float *p = programme.at + 2 * (item->start + i), *s = item->sound.at + 2 * i;
    bool heard = fabs((double)s[0]) * item->gain > HEARD || fabs((double)s[1]) * item->gain > HEARD;
    bool silent = fabs((double)p[0]) < SILENT && fabs((double)p[1]) < SILENT;
    run = heard && silent ? run + 1 : 0;
    longest = run > longest ? run : longest;
  }
  return longest;
}

static void tell_item(Sound programme, Item *item, int index) {
  double best = -2, planned = likeness(programme, item, 0, &item->gain);
  long lag = 0;
  for (long at = -REACH; at <= REACH; at++) {
    double value = likeness(programme, item, at, NULL);
    if (value > best) {
      best = value;
      lag = at;
    }
  }
  item->gain = fmax(item->gain, 0);
  item->step = largest_step(item->sound, 0, item->sound.n);
  printf("item %d %ld %.6f %.6f %.6f %ld\n", index, lag, best, planned, item->gain, longest_hole(programme, item));
}

/* What the programme holds near a join, the joins themselves left out. */
static double step_near(Sound programme, const Item *items, int n, long join) {
  double most = 0;
  for (long i = join - NEAR < 1 ? 1 : join - NEAR; i < join + NEAR && i < programme.n; i++) {
    bool at_join = false;
    for (int k = 0; k < n && !at_join; k++)
      at_join = !items[k].is_pause &&
                (labs(i - items[k].start) <= AROUND || labs(i - items[k].start - items[k].frames) <= AROUND);
    if (!at_join)
      most = fmax(most, largest_step(programme, i, i + 1));
  }
  return most;
}

/* How much more a sound may step than by its gain, which is found by likeness: of a few milliseconds, within others, no
 * nearer than that. */
static double margin(const Item *item) {
  return item->frames < 480 ? 1.15 : 1.05;
}

static void tell_join(Sound programme, const Item *items, int n, long join) {
  double step = largest_step(programme, join - AROUND, join + AROUND), bound = 0;
  for (int i = 0; i < n; i++)
    if (!items[i].is_pause && items[i].start < join + AROUND && items[i].start + items[i].frames > join - AROUND)
      bound += margin(&items[i]) * items[i].gain * items[i].step;
  printf("join %ld %.6f %.6f\n", join, step, bound + (step > bound ? step_near(programme, items, n, join) : 0));
}

int main(int argc, char **argv) {
  static Item items[ITEMS_MOST];
  char path[4096];
  int n = 0;
  if (argc != 2) {
    fprintf(stderr, "usage: places PROGRAMME.wav <ITEMS\n");
    return 2;
  }
  Sound programme = sound_read(argv[1]);
  while (n < ITEMS_MOST && scanf("%ld %ld %4095[^\n]", &items[n].start, &items[n].frames, path) == 3) {
    items[n].is_pause = strcmp(path, "-") == 0;
    if (!items[n].is_pause) {
      items[n].sound = sound_read(path);
      fade_ends(&items[n].sound, items[n].frames);
    }
    n++;
  }
  for (int i = 0; i < n; i++)
    if (!items[i].is_pause)
      tell_item(programme, &items[i], i);
  for (int i = 0; i < n; i++) {
    if (!items[i].is_pause) {
      tell_join(programme, items, n, items[i].start);
      tell_join(programme, items, n, items[i].start + items[i].frames);
    }
  }
  for (int i = 0; i < n; i++)
    free(items[i].sound.at);
  free(programme.at);
  return 0;
}
