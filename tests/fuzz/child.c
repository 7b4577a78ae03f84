/* Damaged sound files through the real limited child, as a recorded sound or a jingle goes: whatever is in the file,
 * the program gets a prepared WAV that can be read or an error that says why, and nothing is left behind.
 *   child SECONDS FOLDER   (FOLDER/found receives what was found; the seed is printed)
 *   child FILE             (one again) */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "sound/measure.h"
#include "sound/sounds.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SEEDS "tests/fuzz/seeds/sound"
#define MAX_BYTES (1u << 20)

typedef struct {
  NurseryPool *decoders;
  char *cache, *file; /* below a folder of our own */
  guint whole, refused, died;
} Run;

static GPtrArray *read_seeds(void) {
  GPtrArray *seeds = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
  g_autoptr(GDir) folder = g_dir_open(SEEDS, 0, NULL);
  for (const char *name; folder != NULL && (name = g_dir_read_name(folder)) != NULL;) {
    g_autofree char *path = g_build_filename(SEEDS, name, NULL);
    GBytes *bytes = file_read(path, MAX_BYTES, NULL);
    if (bytes != NULL)
      g_ptr_array_add(seeds, bytes);
  }
  return seeds;
}

static guint random_at(GRand *random, guint n) {
  return n > 0 ? (guint)g_rand_int_range(random, 0, (gint32)n) : 0;
}

static void write_number(GRand *random, guint8 *at) {
  static const guint32 numbers[] = {0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 48000};
  guint32 number = numbers[random_at(random, G_N_ELEMENTS(numbers))];
  number = g_rand_boolean(random) ? GUINT32_TO_BE(number) : GUINT32_TO_LE(number);
  memcpy(at, &number, sizeof number);
}

/* One change: a bit, a byte, a number, a hole, a repetition, an end cut off, a piece of another file. */
static void damage(GRand *random, GByteArray *bytes, const GPtrArray *seeds) {
  const GBytes *other = seeds->pdata[random_at(random, seeds->len)];
  gsize other_bytes;
  const guint8 *data = g_bytes_get_data((GBytes *)other, &other_bytes);
  guint at = random_at(random, bytes->len), n = MIN(1 + random_at(random, 64), bytes->len - at);
  switch (bytes->len < 8 ? 6 : random_at(random, 7)) {
    case 0:
      bytes->data[at] ^= (guint8)(1u << random_at(random, 8));
      break;
    case 1:
      bytes->data[at] = (guint8)random_at(random, 256);
      break;
    case 2:
      write_number(random, bytes->data + MIN(at, bytes->len - 4));
      break;
    case 3:
      g_byte_array_remove_range(bytes, at, n);
      break;
    case 4: {
      g_autofree guint8 *again = g_memdup2(bytes->data + at, n);
      g_byte_array_append(bytes, again, n);
      break;
    }
    case 5:
      g_byte_array_set_size(bytes, at);
      break;
    default: {
      guint from = random_at(random, (guint)other_bytes);
      g_byte_array_append(bytes, data + from, (guint)other_bytes - from);
    }
  }
}

static bool is_left_behind(const char *cache) {
  g_autofree char *path = g_build_filename(cache, "sounds", NULL);
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  for (const char *name; folder != NULL && (name = g_dir_read_name(folder)) != NULL;)
    if (strstr(name, ".part-") != NULL)
      return true;
  return false;
}

/* What is wrong with a prepared sound, or NULL. */
static const char *problem_of(const char *prepared, gint64 frames) {
  Measure measure = {0};
  g_autoptr(WavReader) wav = wav_reader_open(prepared, NULL);
  if (wav == NULL || wav_reader_channels(wav) != 2 || wav_reader_frames(wav) != frames)
    return "a prepared sound that cannot be read";
  if (frames <= 0 || frames > (gint64)SOUND_MAX_SECONDS * FRAME_RATE)
    return "a length that cannot be";
  if (!measure_parse(wav_reader_info(wav), &measure, NULL))
    return "a prepared sound without its measure";
  measure_clear(&measure);
  return NULL;
}

/* What was wrong with how the file was taken, or NULL. */
static const char *try_file(Run *run) {
  gint64 frames = 0;
  g_autoptr(GError) error = NULL;
  g_autofree char *prepared = sound_prepare(run->decoders, run->file, run->cache, &frames, &error);
  if (is_left_behind(run->cache))
    return "a spool was left behind";
  if (prepared != NULL) {
    run->whole++;
    const char *problem = problem_of(prepared, frames);
    g_unlink(prepared);
    return problem;
  }
  run->refused += error->code == CARNET_ERROR_INPUT;
  run->died += error->code == CARNET_ERROR_SYSTEM;
  if (error->code == CARNET_ERROR_SYSTEM)
    printf("contained: %s\n", error->message);
  return error->code == CARNET_ERROR_INPUT || error->code == CARNET_ERROR_SYSTEM ? NULL : error->message;
}

static bool one_damaged(Run *run, GRand *random, const GPtrArray *seeds, const char *found_folder) {
  gsize nbytes;
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  const guint8 *data = g_bytes_get_data(seeds->pdata[random_at(random, seeds->len)], &nbytes);
  g_byte_array_append(bytes, data, (guint)nbytes);
  for (guint changes = 1 + random_at(random, 6); changes > 0; changes--)
    damage(random, bytes, seeds);
  g_assert_true(g_file_set_contents(run->file, (const char *)bytes->data, (gssize)bytes->len, NULL));
  const char *problem = try_file(run);
  if (problem == NULL)
    return true;
  g_autofree char *kept = g_build_filename(found_folder, "child-damaged-sound", NULL);
  g_file_set_contents(kept, (const char *)bytes->data, (gssize)bytes->len, NULL);
  printf("ERROR: %s\nTest unit written to %s\n", problem, kept);
  return false;
}

static bool run_for(Run *run, double seconds, const char *folder) {
  guint32 seed = g_random_int();
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);
  g_autoptr(GPtrArray) seeds = read_seeds();
  g_autofree char *found = g_build_filename(folder, "found", NULL);
  g_autoptr(GTimer) timer = g_timer_new();
  bool fine = seeds->len > 0;
  while (fine && g_timer_elapsed(timer, NULL) < seconds)
    fine = one_damaged(run, random, seeds, found);
  printf("seed %u: %u whole, %u refused, %u children died\n", seed, run->whole, run->refused, run->died);
  return fine;
}

int main(int argc, char **argv) {
  Run run = {.decoders = decoder_start(1, false, NULL)};
  g_autofree char *folder = g_dir_make_tmp("carnet-child-XXXXXX", NULL);
  char *end = NULL;
  double seconds = argc > 1 ? g_ascii_strtod(argv[1], &end) : 10;
  bool is_file = argc > 1 && *end != '\0';
  if (run.decoders == NULL || folder == NULL)
    return 5;
  run.cache = g_build_filename(folder, "cache", NULL);
  run.file = is_file ? g_strdup(argv[1]) : g_build_filename(folder, "sound", NULL);
  const char *problem = is_file ? try_file(&run) : NULL;
  bool fine = is_file ? problem == NULL : run_for(&run, seconds, argc > 2 ? argv[2] : folder);
  if (problem != NULL)
    printf("ERROR: %s\n", problem);
  nursery_pool_free(run.decoders);
  folder_remove(folder, NULL);
  g_free(run.cache);
  g_free(run.file);
  return fine ? 0 : 1;
}
