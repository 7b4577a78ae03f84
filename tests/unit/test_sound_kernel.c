/* Sound on a disk that fails, and on one that has less than others: what was to be made is not there, the error says
 * why, and the next attempt finds nothing half done. */
#include "base/error.h"
#include "kernel_without.h"
#include "sound/decode.h"
#include "sound/sounds.h"
#include "sound_material.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A file at rest: its change time is not of the last two seconds. */
#define JINGLE "voices/jingles/virgule.flac"

static char *folder, *cache, *sound;

#define WITHOUT(...)                                                                                                   \
  (const Refusal[]) {                                                                                                  \
    __VA_ARGS__, {                                                                                                     \
      NULL, 0, ALWAYS, 0, 0                                                                                            \
    }                                                                                                                  \
  }

/* The descriptor that the next file will have. */
static int next_descriptor(void) {
  int fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0);
  g_assert_cmpint(fd, >=, 0);
  close(fd);
  return fd;
}

/* Calls on that one fail from now on. It is kept busy when `run` has ended: the counters of a coverage build are files too. */
static void refuse_on(int fd, const char *call, int errnum) {
  refuse_calls(WITHOUT({call, errnum, WITH_VALUE, 0, (guint64)fd}));
}

static void occupy(void) {
  g_assert_cmpint(open("/dev/null", O_RDONLY | O_CLOEXEC), >=, 0);
}

/* --- a sound is prepared -------------------------------------------------------------- */

static char *prepare(const char *path, GError **error) {
  g_autoptr(NurseryPool) decoders = decoder_start(1, false, error);
  g_assert_nonnull(decoders);
  return sound_prepare(decoders, path, cache, NULL, error);
}

static void assert_not_prepared(const char *words) {
  g_autoptr(GError) error = NULL;
  g_assert_null(prepare(sound, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  g_assert_true(g_str_has_prefix(error->message, sound));
  g_assert_nonnull(strstr(error->message, words));
}

static void on_a_disk_without_room(void) {
  assert_not_prepared("No space left on device");
}

static void on_a_disk_that_breaks(void) {
  assert_not_prepared("Input/output error");
}

static void not_to_be_read(void) {
  g_autoptr(NurseryPool) decoders = decoder_start(1, false, NULL);
  g_autoptr(GError) error = NULL;
  refuse_on(next_descriptor(), "read", EIO);
  g_assert_null(sound_prepare(decoders, sound, cache, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  g_assert_true(g_str_has_prefix(error->message, sound));
  occupy();
}

static guint count_files(void) {
  g_autofree char *sounds = g_build_filename(cache, "sounds", NULL);
  g_autoptr(GDir) dir = g_dir_open(sounds, 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name(dir) != NULL) {
    n++;
  }
  return n;
}

static void test_not_prepared(void) {
  run_without(WITHOUT({"openat", ENOSPC, WITH_BITS, 2, O_CREAT | O_EXCL}), on_a_disk_without_room);
  run_without(WITHOUT({"rename", ENOSPC, ALWAYS, 0, 0}, {"renameat", ENOSPC, ALWAYS, 0, 0},
                      {"renameat2", ENOSPC, ALWAYS, 0, 0}),
              on_a_disk_without_room);
  run_without(WITHOUT({"pread64", EIO, ALWAYS, 0, 0}), on_a_disk_that_breaks);
  run_without(WITHOUT({NULL, 0, ALWAYS, 0, 0}), not_to_be_read);
  g_assert_cmpuint(count_files(), ==, 0);
}

static void without_links(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *prepared = prepare(JINGLE, &error);
  g_assert_no_error(error);
  g_assert_true(g_file_test(prepared, G_FILE_TEST_IS_REGULAR));
}

/* Without links a file is not known again, and read each time; with them, and what they lead to is gone, it is made. */
static void test_links(void) {
  run_without(WITHOUT({"symlink", EPERM, ALWAYS, 0, 0}, {"symlinkat", EPERM, ALWAYS, 0, 0}), without_links);
  g_assert_cmpuint(count_files(), ==, 1);
  for (guint i = 0; i < 2; i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *prepared = prepare(JINGLE, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(count_files(), ==, 2);
    g_assert_cmpint(g_unlink(prepared), ==, 0);
  }
}

/* --- a file is read ---------------------------------------------------------------------- */

/* Opened, and then its disk fails. Not freed: see refuse_on. */
static SoundFile *failing_file(void) {
  int fd = next_descriptor();
  SoundFile *file = sound_file_open(sound, NULL);
  g_assert_nonnull(file);
  refuse_on(fd, "read", EIO);
  return file;
}

static void packets_of_a_failing_file(void) {
  SoundFile *file = failing_file();
  g_autoptr(GError) error = NULL;
  const AVPacket *packet = NULL;
  gint64 played = 0;
  do {
    if (!sound_file_next_packet(file, &packet, &played, &error)) {
      break;
    }
  } while (packet != NULL);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, "Input/output error"));
}

static void frames_of_a_failing_file(void) {
  SoundFile *file = failing_file();
  g_autoptr(GError) error = NULL;
  const AVFrame *frame = NULL;
  do {
    if (!sound_file_next(file, &frame, &error)) {
      break;
    }
  } while (frame != NULL);
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_assert_nonnull(strstr(error->message, "Input/output error"));
}

static void test_read(void) {
  run_without(WITHOUT({NULL, 0, ALWAYS, 0, 0}), packets_of_a_failing_file);
  run_without(WITHOUT({NULL, 0, ALWAYS, 0, 0}), frames_of_a_failing_file);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = material_folder();
  cache = g_build_filename(folder, "cache", NULL);
  sound = material_wav(folder, "sound.wav", 2, 4 * FRAME_RATE, material_tone);
  if (can_refuse_calls()) {
    g_test_add_func("/sound/kernel/not-prepared", test_not_prepared);
    g_test_add_func("/sound/kernel/links", test_links);
    g_test_add_func("/sound/kernel/read", test_read);
  } else {
    g_test_message("this machine has no seccomp filters: what they refuse is not tested");
  }
  int status = g_test_run();
  material_remove(folder);
  g_free(cache);
  g_free(sound);
  return status;
}
