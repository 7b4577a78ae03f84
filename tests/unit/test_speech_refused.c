/* What speech does without a voice, without room and with a cache that somebody touched: an apology, or a reason. */
#include "base/error.h"
#include "base/files.h"
#include "base/wav.h"
#include "speech/clips.h"
#include "speech/speaker.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utime.h>

static NurseryPool *speakers;
static char *folder;

/* A plain ClipFinish without a measure; `user`: it fails, as with a polish that cannot be. */
static bool finish(const char *polish, const gint16 *samples, gint64 nsamples, guint rate, float **out, gint64 *frames,
                   char **measure_json, gpointer user, GError **error) {
  (void)polish;
  if (user != NULL) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, "polish: no such filter");
    return false;
  }
  *frames = nsamples * FRAME_RATE / rate;
  *out = g_new(float, (gsize)*frames);
  for (gint64 i = 0; i < *frames; i++) {
    (*out)[i] = (float)samples[i * rate / FRAME_RATE] / 32768.0f;
  }
  *measure_json = NULL;
  return true;
}

static Voice voice_named(const char *voice, const char *variant) {
  return (Voice){.name = (char *)"test",
                 .voice = (char *)voice,
                 .variant = (char *)variant,
                 .polish = (char *)"",
                 .rate_wpm = 155,
                 .pitch = 50,
                 .pitch_range = 50,
                 .word_gap = 1};
}

static bool fail(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)request, (void)nbytes, (void)out_fd, (void)user;
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, "no voice today");
  return false;
}

static void test_nobody_speaks(void) {
  NurseryLimits limits = {.deadline_ms = 20000};
  g_autoptr(GError) error = NULL;
  g_autoptr(NurseryPool) mute = nursery_pool_new(1, NULL, fail, NULL, &limits, &error);
  g_autoptr(ClipMaker) maker = clip_maker_new(folder, mute, finish, NULL, &error);
  g_assert_no_error(error);
  const Voice voice = voice_named("fr", "");
  g_assert_null(speaker_ipa(mute, &voice, "Bonjour.", &error));
  g_assert_cmpstr(error->message, ==, "no voice today");
  g_clear_error(&error);
  g_assert_null(speaker_speak(mute, &voice, "Bonjour.", "fr", 0, &error));
  g_assert_cmpstr(error->message, ==, "no voice today");
  g_clear_error(&error);
  g_assert_null(clip_maker_get(maker, &voice, "Bonjour.", "fr", &error)); /* not even an apology */
  g_assert_cmpstr(error->message, ==, "no voice today");
}

static void test_voices(void) {
  static const struct {
    const char *voice, *variant, *says; /* says: the refusal, NULL: it speaks */
  } rows[] = {
      {"fr", "", NULL},
      {"fr", "f2", NULL},
      {"en-gb", "f2", NULL}, /* a language of the list that is no voice's name */
      {"en-gb", "", NULL},
      {"fr", "nosuch", "no variant \"nosuch\""},
      {"xx-nosuch", "", "no voice"},
      {"xx-nosuch", "f2", "no voice"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    const Voice voice = voice_named(rows[i].voice, rows[i].variant);
    g_autoptr(GError) error = NULL;
    g_autoptr(Speech) speech = speaker_speak(speakers, &voice, "Two words.", "en", 0, &error);
    g_assert_true((speech == NULL) == (rows[i].says != NULL));
    if (speech == NULL) {
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
      g_assert_nonnull(strstr(error->message, rows[i].says));
    }
  }
}

/* A text without a sound: the apology is in the bulletin's language, where there is one. */
static void test_apologies(void) {
  static const char *const languages[] = {"fr", "en", "es", "es-AR", "fra", "br"};
  g_autoptr(GError) error = NULL;
  g_autoptr(ClipMaker) maker = clip_maker_new(folder, speakers, finish, NULL, &error);
  const Voice voice = voice_named("fr", "");
  gint64 frames[G_N_ELEMENTS(languages)];
  for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
    g_autoptr(Clip) clip = clip_maker_get(maker, &voice, "…", languages[i], &error);
    g_assert_no_error(error);
    g_assert_true(clip->apology && clip->made);
    g_autoptr(Clip) again = clip_maker_get(maker, &voice, "…", languages[i], &error);
    g_assert_true(again->apology && !again->made);
    g_assert_cmpstr(again->path, ==, clip->path);
    frames[i] = clip->frames;
  }
  g_assert_cmpint(frames[0], !=, frames[1]);
  g_assert_cmpint(frames[1], !=, frames[2]);
  g_assert_cmpint(frames[2], ==, frames[3]);
  g_assert_cmpint(frames[0], ==, frames[4]);
  g_assert_cmpint(frames[0], ==, frames[5]);
}

static void test_no_room_and_no_polish(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(ClipMaker) maker = clip_maker_new(folder, speakers, finish, NULL, &error);
  g_autoptr(ClipMaker) rough = clip_maker_new(folder, speakers, finish, folder, &error);
  const Voice voice = voice_named("fr", "f2");
  struct rlimit before, small;
  g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
  small = (struct rlimit){1000, before.rlim_max};
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);
  g_autoptr(Clip) none = clip_maker_get(maker, &voice, "Le pont est fermé.", "fr", &error);
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
  g_assert_null(none);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  g_clear_error(&error);
  g_autoptr(Clip) unpolished = clip_maker_get(rough, &voice, "Le pont est fermé.", "fr", &error);
  g_assert_null(unpolished);
  g_assert_nonnull(strstr(error->message, "no such filter"));
  g_clear_error(&error);
  g_autoptr(Clip) clip = clip_maker_get(maker, &voice, "Le pont est fermé.", "fr", &error);
  g_assert_no_error(error);
  g_assert_true(clip->made && !clip->apology);
  /* An empty sound in its place, well formed: made again. */
  const float nothing[1] = {0};
  g_assert_true(wav_write(clip->path, nothing, 0, 1, "{\"marks\":[],\"measure\":{}}", false, &error));
  g_autoptr(Clip) mended = clip_maker_get(maker, &voice, "Le pont est fermé.", "fr", &error);
  g_assert_no_error(error);
  g_assert_true(mended->made);
  g_assert_cmpint(mended->frames, ==, clip->frames);
}

static char *put(const char *cache, const char *name, const char *content) {
  char *path = g_build_filename(cache, "clips", name, NULL);
  g_autofree char *parent = g_path_get_dirname(path);
  g_assert_true(folder_make(parent, NULL));
  g_assert_true(g_file_set_contents(path, content, -1, NULL));
  return path;
}

/* Only clips are counted and taken away, of those last used at one time the first by name. */
static void test_cache_of_others(void) {
  g_autofree char *cache = g_build_filename(folder, "others", NULL);
  g_autofree char *b = put(cache, "00/b.wav", "12345"), *a = put(cache, "00/a.wav", "12345");
  g_autofree char *hidden = put(cache, "00/.part.wav", "1"), *text = put(cache, "00/a.txt", "1");
  g_autofree char *inner = put(cache, "00/folder.wav/x", "1"), *file = put(cache, "ff", "1");
  const struct utimbuf times = {1700000000, 1700000000};
  g_assert_true(utime(a, &times) == 0 && utime(b, &times) == 0);
  g_autoptr(GError) error = NULL;
  guint count = 0;
  g_assert_cmpint(clips_size(cache, &count, &error), ==, 10);
  g_assert_cmpuint(count, ==, 2);
  g_assert_cmpint(clips_prune(cache, G_MAXINT64 / 2, 5, &count, &error), ==, 5);
  g_assert_cmpuint(count, ==, 1);
  g_assert_false(g_file_test(a, G_FILE_TEST_EXISTS));
  g_assert_true(g_file_test(b, G_FILE_TEST_EXISTS) && g_file_test(hidden, G_FILE_TEST_EXISTS) &&
                g_file_test(text, G_FILE_TEST_EXISTS) && g_file_test(inner, G_FILE_TEST_EXISTS));
  g_autofree char *loop = g_build_filename(cache, "clips", "01", NULL);
  g_assert_cmpint(symlink("01", loop), ==, 0); /* a folder that leads nowhere */
  g_assert_cmpint(clips_size(cache, NULL, &error), ==, -1);
  g_assert_nonnull(strstr(error->message, loop));
  g_clear_error(&error);
  g_assert_cmpint(clips_prune(cache, 0, 0, NULL, &error), ==, -1);
  g_assert_nonnull(strstr(error->message, loop));
  g_assert_true(g_file_test(b, G_FILE_TEST_EXISTS));
  g_clear_error(&error);
  g_assert_null(clip_maker_new(b, speakers, finish, NULL, &error)); /* a file where a folder should be */
  g_assert_nonnull(error);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  (void)signal(SIGXFSZ, SIG_IGN); /* as the program does: a failed write is told */
  g_autoptr(GError) error = NULL;
  speakers = speaker_start(1, false, &error);
  g_assert_no_error(error);
  folder = g_dir_make_tmp("carnet-refused-XXXXXX", NULL);
  g_test_add_func("/speech/refused/nobody-speaks", test_nobody_speaks);
  g_test_add_func("/speech/refused/voices", test_voices);
  g_test_add_func("/speech/refused/apologies", test_apologies);
  g_test_add_func("/speech/refused/no-room-and-no-polish", test_no_room_and_no_polish);
  g_test_add_func("/speech/refused/cache-of-others", test_cache_of_others);
  int status = g_test_run();
  g_assert_true(folder_remove(folder, NULL));
  nursery_pool_free(speakers);
  g_free(folder);
  return status;
}
