/* eSpeak's own files that cannot be opened, as when descriptors or memory are short: eSpeak goes on without them, in
 * another voice or with nothing to say, and no such clip may be kept. `fopen` here is before the C library's. */
#include "base/error.h"
#include "speech/speaker.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static struct {
  char part[32]; /* of the paths that fail */
  int times;     /* how often yet */
} * unread;      /* shared with the nurseries and their children */

FILE *fopen(const char *path, const char *mode) {
  static FILE *(*real)(const char *, const char *);
  void *found = real ? NULL : dlsym(RTLD_NEXT, "fopen");
  if (found)
    memcpy(&real, &found, sizeof found);
  if (unread && unread->times > 0 && strstr(path, unread->part)) {
    unread->times--;
    errno = EMFILE;
    return NULL;
  }
  return real(path, mode);
}

static NurseryPool *speakers;
static const Voice voice = {.name = (char *)"test",
                            .voice = (char *)"fr",
                            .variant = (char *)"f2",
                            .polish = (char *)"",
                            .rate_wpm = 155,
                            .pitch = 50,
                            .pitch_range = 50,
                            .word_gap = 1};

static Speech *speak_without(const char *part, int times, GError **error) {
  g_strlcpy(unread->part, part, sizeof unread->part);
  unread->times = times;
  Speech *speech = speaker_speak(speakers, &voice, "Le lavoir est ouvert. La mairie ferme à midi.", "fr", 0, error);
  g_assert_cmpint(unread->times, <, times); /* it was asked for */
  unread->times = 0;
  return speech;
}

static void test_unread(gconstpointer data) {
  const char *part = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(Speech) whole =
      speaker_speak(speakers, &voice, "Le lavoir est ouvert. La mairie ferme à midi.", "fr", 0, &error);
  g_assert_no_error(error);
  g_autoptr(Speech) once = speak_without(part, 1, &error); /* asked again, the same is heard */
  g_assert_no_error(error);
  g_assert_cmpint(once->nsamples, ==, whole->nsamples);
  g_assert_cmpint(memcmp(once->samples, whole->samples, (gsize)whole->nsamples * 2), ==, 0);
  g_assert_null(speak_without(part, 1000, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN);
}

int main(int argc, char **argv) {
  unread = mmap(NULL, sizeof *unread, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true(unread != MAP_FAILED);
  g_autoptr(GError) error = NULL;
  speakers = speaker_start(1, false, &error);
  g_test_init(&argc, &argv, NULL);
  g_assert_no_error(error);
  g_test_add_data_func("/speech/unread/voice", "lang/roa/fr", test_unread);
  g_test_add_data_func("/speech/unread/dictionary", "fr_dict", test_unread);
  g_test_add_data_func("/speech/unread/variant", "!v/f2", test_unread);
  int status = g_test_run();
  nursery_pool_free(speakers);
  return status;
}
