/* What another program hands back as a voice: a WAV file is read strictly; and
 * clips in the cache that are whole files, but not what we wrote. */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "speech/clips.h"
#include "speech/engine_command.h"

#include <glib/gstdio.h>
#include <string.h>

/* A WAV file by its parts; numbers are what its header says. */
typedef struct {
  const char *riff, *wave, *first, *second;
  guint format, channels, rate_hz, bits;
  guint format_bytes, data_says, data_is;
} Parts;

static const Parts GOOD = {"RIFF", "WAVE", "fmt ", "data", 1, 1, 22050, 16, 16, 8, 8};

static void put(GByteArray *out, guint64 value, guint nbytes) {
  for (guint i = 0; i < nbytes; i++) {
    guint8 byte = (guint8)(i < sizeof value ? value >> (8 * i) : 0);
    g_byte_array_append(out, &byte, 1);
  }
}

static GBytes *build(const Parts *parts) {
  GByteArray *out = g_byte_array_new();
  g_byte_array_append(out, (const guint8 *)parts->riff, 4);
  put(out, 4 + 8 + parts->format_bytes + 8 + parts->data_is, 4);
  g_byte_array_append(out, (const guint8 *)parts->wave, 4);
  g_byte_array_append(out, (const guint8 *)parts->first, 4);
  put(out, parts->format_bytes, 4);
  put(out, parts->format, 2);
  put(out, parts->channels, 2);
  put(out, parts->rate_hz, 4);
  put(out, (guint64)parts->rate_hz * parts->channels * 2, 4);
  put(out, parts->channels * 2, 2);
  put(out, parts->bits, 2);
  put(out, 0, parts->format_bytes > 16 ? parts->format_bytes - 16 : 0);
  g_byte_array_append(out, (const guint8 *)parts->second, 4);
  put(out, parts->data_says, 4);
  for (guint i = 0; i < parts->data_is / 2; i++)
    put(out, 100 * (i + 1), 2);
  return g_byte_array_free_to_bytes(out);
}

static void test_good(void) {
  static const struct {
    guint format, channels, format_bytes, says;
    gint64 nsamples;
    gint16 first;
  } CASES[] = {{1, 1, 16, 8, 4, 100}, {0xfffe, 1, 40, 8, 4, 100},     {1, 2, 16, 8, 2, 150},
               {1, 1, 16, 0, 4, 100}, {1, 1, 16, 0xffffffff, 4, 100}, {1, 1, 16, 4, 2, 100}};
  for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
    Parts parts = GOOD;
    parts.format = CASES[i].format;
    parts.channels = CASES[i].channels;
    parts.format_bytes = CASES[i].format_bytes;
    parts.data_says = CASES[i].says;
    g_autoptr(GBytes) bytes = build(&parts);
    g_autoptr(GError) error = NULL;
    g_autoptr(Speech) speech = wav_parse("voice", bytes, &error);
    g_assert_no_error(error);
    g_assert_cmpint(speech->nsamples, ==, CASES[i].nsamples);
    g_assert_cmpint(speech->samples[0], ==, CASES[i].first); /* of two channels the middle */
    g_assert_cmpuint(speech->rate_hz, ==, 22050);
  }
}

static void assert_refused(const Parts *parts, gsize cut, const char *words) {
  g_autoptr(GBytes) whole = build(parts);
  g_autoptr(GBytes) bytes = g_bytes_new_from_bytes(whole, 0, MIN(cut, g_bytes_get_size(whole)));
  g_autoptr(GError) error = NULL;
  g_assert_null(wav_parse("voice", bytes, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_autofree char *wanted = g_strconcat("voice: ", words, NULL);
  g_assert_cmpstr(error->message, ==, wanted);
}

#define WITH(member, value, words)                                                                                     \
  do {                                                                                                                 \
    Parts parts = GOOD;                                                                                                \
    parts.member = value;                                                                                              \
    assert_refused(&parts, G_MAXSIZE, words);                                                                          \
  } while (0)

static void test_refused(void) {
  WITH(riff, "RIFX", "no WAV file");
  WITH(wave, "AVI ", "no WAV file");
  assert_refused(&GOOD, 11, "no WAV file");
  assert_refused(&GOOD, 12, "no sound in it");
  assert_refused(&GOOD, 36, "no sound in it");
  WITH(data_says, 9, "shorter than it says");
  WITH(first, "junk", "sound before its format");
  WITH(second, "junk", "no sound in it");
  WITH(format, 3, "not 16-bit PCM"); /* float */
  WITH(bits, 8, "not 16-bit PCM");
  WITH(channels, 3, "neither mono nor stereo");
  WITH(channels, 0, "sound before its format");
  WITH(rate_hz, 7999, "its rate is not between 8 and 96 kHz");
  WITH(rate_hz, 96001, "its rate is not between 8 and 96 kHz");
  Parts empty = GOOD;
  empty.data_says = empty.data_is = 0;
  assert_refused(&empty, G_MAXSIZE, "no sound in it");
  Parts endless = GOOD;
  endless.rate_hz = 8000;
  endless.data_says = endless.data_is = 2u * 8000 * 3601;
  assert_refused(&endless, G_MAXSIZE, "longer than an hour");
}

/* A format that is too short to hold one is passed over. */
static void test_short_format(void) {
  g_autoptr(GBytes) good = build(&GOOD);
  GByteArray *bytes = g_byte_array_new();
  g_byte_array_append(bytes, g_bytes_get_data(good, NULL), 12);
  g_byte_array_append(bytes, (const guint8 *)"fmt \2\0\0\0\1\0", 10);
  g_byte_array_append(bytes, (const guint8 *)"LIST\3\0\0\0abc\0", 12); /* padded to an even length */
  g_byte_array_append(bytes, (const guint8 *)g_bytes_get_data(good, NULL) + 12, (guint)g_bytes_get_size(good) - 12);
  g_autoptr(GBytes) whole = g_byte_array_free_to_bytes(bytes);
  g_autoptr(Speech) speech = wav_parse("voice", whole, NULL);
  g_assert_cmpint(speech->nsamples, ==, 4);
}

/* --- the cache, with a program as a voice: no synthesizer is needed --- */

static bool finish_or_not(const char *polish, const gint16 *samples, gint64 nsamples, guint rate, float **out,
                          gint64 *frames, char **measure_json, gpointer user, GError **error) {
  (void)samples, (void)polish;
  if (*(const bool *)user) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "the polish is wrong");
    return false;
  }
  *frames = (nsamples * FRAME_RATE + rate - 1) / rate;
  *out = g_new0(float, (gsize)*frames);
  *measure_json = g_strdup("");
  return true;
}

typedef struct {
  char *folder, *cache;
  bool fails;
  ClipMaker *maker;
  Voice *voice;
} Fixture;

static void set_up(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  f->folder = g_dir_make_tmp("carnet-test-engine-XXXXXX", &error);
  f->cache = g_build_filename(f->folder, "cache", NULL);
  f->maker = clip_maker_new(f->cache, NULL, finish_or_not, &f->fails, &error);
  g_assert_no_error(error);
  g_autoptr(GBytes) wav = build(&GOOD);
  g_autofree char *sound = g_build_filename(f->folder, "sound.wav", NULL);
  g_autofree char *path = g_build_filename(f->folder, "voice.yaml", NULL);
  g_assert_true(g_file_set_contents(sound, g_bytes_get_data(wav, NULL), (gssize)g_bytes_get_size(wav), &error));
  g_autofree char *yaml = g_strdup_printf("command: [cat, \"%s\"]\nreads: [\"%s\"]\n", sound, sound);
  g_assert_true(g_file_set_contents(path, yaml, -1, &error));
  f->voice = voice_load(path, &error);
  g_assert_no_error(error);
}

static void tear_down(Fixture *f, gconstpointer data) {
  (void)data;
  voice_free(f->voice);
  clip_maker_free(f->maker);
  folder_remove(f->folder, NULL);
  g_free(f->folder);
  g_free(f->cache);
}

/* A whole WAV whose description is not ours is made again; ours is taken. */
static void test_foreign_clips(Fixture *f, gconstpointer data) {
  (void)data;
  static const char *const WRONG[] = {
      NULL,
      "not JSON",
      "[]",
      "{}",
      "{\"marks\":{},\"measure\":{}}",
      "{\"marks\":[]}",
      "{\"marks\":[7],\"measure\":{}}",
      "{\"marks\":[{\"frame\":-1,\"offset\":0,\"length\":1}],\"measure\":{}}",
      "{\"marks\":[{\"frame\":99999999,\"offset\":0,\"length\":1}],\"measure\":{}}",
      "{\"marks\":[{\"frame\":0,\"offset\":-1,\"length\":1}],\"measure\":{}}",
      "{\"marks\":[{\"frame\":0,\"offset\":0,\"length\":-1}],\"measure\":{}}",
      "{\"marks\":[{\"frame\":0,\"offset\":0,\"length\":99}],\"measure\":{}}",
      "{\"marks\":[{\"frame\":0,\"offset\":9223372036854775807,\"length\":9}],\"measure\":{}}",
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(Clip) first = clip_maker_get(f->maker, f->voice, "Bonjour.", "fr", &error);
  g_assert_no_error(error);
  static const float silence[64];
  for (gsize i = 0; i < G_N_ELEMENTS(WRONG); i++) {
    g_assert_true(wav_write(first->path, silence, 32, 1, WRONG[i], false, NULL));
    g_autoptr(Clip) clip = clip_maker_get(f->maker, f->voice, "Bonjour.", "fr", &error);
    if (clip == NULL || !clip->made)
      g_error("taken: %s", WRONG[i]);
  }
  g_assert_true(wav_write(first->path, silence, 32, 2, "{\"marks\":[],\"measure\":{}}", false, NULL));
  g_autoptr(Clip) stereo = clip_maker_get(f->maker, f->voice, "Bonjour.", "fr", &error);
  g_assert_true(stereo->made);
  g_assert_true(wav_write(first->path, silence, 32, 1, "{\"marks\":[],\"measure\":{},\"apology\":true}", false, NULL));
  g_autoptr(Clip) ours = clip_maker_get(f->maker, f->voice, "Bonjour.", "fr", &error);
  g_assert_false(ours->made);
  g_assert_true(ours->apology);
  clip_free(NULL);
  clip_maker_free(NULL);
}

/* Nothing but clips is counted or removed; what cannot be listed or removed is told. */
static void test_cache_folder(Fixture *f, gconstpointer data) {
  (void)data;
  g_autoptr(GError) error = NULL;
  g_assert_cmpint(clips_size(f->cache, NULL, &error), ==, 0); /* nothing is there yet */
  g_assert_no_error(error);
  for (int i = 0; i < 3; i++) {
    g_autofree char *text = g_strdup_printf("Bonjour %d.", i);
    g_autoptr(Clip) clip = clip_maker_get(f->maker, f->voice, text, "fr", &error);
    g_assert_no_error(error);
    g_autofree char *folder = g_path_get_dirname(clip->path);
    g_autofree char *note = g_build_filename(folder, "notes.txt", NULL),
                    *draft = g_build_filename(folder, ".x.wav", NULL);
    g_autofree char *odd = g_build_filename(folder, "folder.wav", NULL);
    g_assert_true(g_file_set_contents(note, "x", 1, NULL) && g_file_set_contents(draft, "x", 1, NULL));
    g_assert_true(folder_make(odd, NULL));
  }
  guint count = 0, removed = 0;
  gint64 nbytes = clips_size(f->cache, &count, &error);
  g_assert_cmpuint(count, ==, 3);
  g_assert_cmpint(clips_prune(f->cache, G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC, nbytes, &removed, &error), ==, 0);
  g_assert_cmpint(clips_prune(f->cache, G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC, nbytes - 1, &removed, &error), ==,
                  nbytes / 3);
  g_assert_cmpuint(removed, ==, 1);
  g_assert_cmpint(clips_prune(f->cache, G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC, 1, NULL, &error), >, 0);
  g_assert_cmpint(clips_size(f->cache, NULL, &error), ==, 0);
  g_assert_no_error(error);
}

/* A cache that is no folder. */
static void test_no_cache(Fixture *f, gconstpointer data) {
  (void)data;
  g_autofree char *file = g_build_filename(f->folder, "file", NULL);
  g_assert_true(g_file_set_contents(file, "x", 1, NULL));
  g_autoptr(GError) error = NULL;
  g_assert_null(clip_maker_new(file, NULL, finish_or_not, &f->fails, &error));
  g_assert_nonnull(error);
}

/* What a program reads is part of the voice: a new model is another clip. */
static void test_identity(Fixture *f, gconstpointer data) {
  (void)data;
  g_autofree char *before = engine_command_identity(f->voice);
  g_autofree char *sound = g_build_filename(f->folder, "sound.wav", NULL);
  g_assert_true(g_file_set_contents(sound, "RIFF", 4, NULL));
  g_autofree char *after = engine_command_identity(f->voice);
  g_assert_cmpstr(before, !=, after);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/speech/engine/good", test_good);
  g_test_add_func("/speech/engine/refused", test_refused);
  g_test_add_func("/speech/engine/short-format", test_short_format);
  g_test_add("/speech/engine/foreign-clips", Fixture, NULL, set_up, test_foreign_clips, tear_down);
  g_test_add("/speech/engine/cache-folder", Fixture, NULL, set_up, test_cache_folder, tear_down);
  g_test_add("/speech/engine/no-cache", Fixture, NULL, set_up, test_no_cache, tear_down);
  g_test_add("/speech/engine/identity", Fixture, NULL, set_up, test_identity, tear_down);
  return g_test_run();
}
