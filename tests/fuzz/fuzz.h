/* What every fuzz target shares. A target is a function fuzz_NAME of some bytes
 * that gives them to one reader and aborts when what came out breaks a promise
 * of the reader's header. The same function is run by libFuzzer (run.sh), by
 * pump.c, which looks for slow texts, and by tests/unit/test_*_hostile.c. */
#ifndef CARNET_TESTS_FUZZ_H
#define CARNET_TESTS_FUZZ_H

#include "base/error.h"
#include "base/text.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef void (*FuzzTarget)(const guint8 *data, gsize nbytes);

/* Set by pump.c: the reader alone is run, so that its cost alone is counted. */
static G_GNUC_UNUSED bool fuzz_reads_only;

/* A file that includes targets (pump.c, the unit tests) has a main of its own. */
#ifdef FUZZ_INCLUDED
#define FUZZ_TARGET(function) G_GNUC_UNUSED static FuzzTarget const function##_target = function;
#else

#include "base/json.h"

#include <dlfcn.h>
#include <sanitizer/lsan_interface.h>

/* json-glib 1.6.6 forgets what it had of a text that it refuses, and its stack is too short to know it by: such a text is
 * read once more, before, where leaks do not count. */
gboolean json_parser_load_from_data(JsonParser *parser, const gchar *data, gssize length, GError **error) {
  static gboolean (*real)(JsonParser *, const gchar *, gssize, GError **);
  if (real == NULL)
    *(void **)&real = dlsym(RTLD_NEXT, "json_parser_load_from_data");
  __lsan_disable();
  g_autoptr(JsonParser) first = json_parser_new_immutable();
  gboolean ok = real(first, data, length, error);
  __lsan_enable();
  return ok && real(parser, data, length, error);
}

#define FUZZ_TARGET(function)                                                                                          \
  static void fuzz_trapped(int number) {                                                                               \
    (void)number;                                                                                                      \
    abort(); /* which libFuzzer takes notice of; a trap, with which GLib ends, it does not */                          \
  }                                                                                                                    \
  int LLVMFuzzerInitialize(int *argc, char ***argv);                                                                   \
  int LLVMFuzzerInitialize(int *argc, char ***argv) {                                                                  \
    (void)argc;                                                                                                        \
    (void)argv;                                                                                                        \
    signal(SIGTRAP, fuzz_trapped);                                                                                     \
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING | G_LOG_FATAL_MASK);                             \
    return 0;                                                                                                          \
  }                                                                                                                    \
  int LLVMFuzzerTestOneInput(const guint8 *data, gsize nbytes);                                                        \
  int LLVMFuzzerTestOneInput(const guint8 *data, gsize nbytes) {                                                       \
    function(data, nbytes);                                                                                            \
    return 0;                                                                                                          \
  }
#endif

/* A promise of a header. */
#define promise(holds)                                                                                                 \
  do {                                                                                                                 \
    if (!(holds))                                                                                                      \
      g_error("%s:%d: broken promise: %s", __FILE__, __LINE__, #holds);                                                \
  } while (0)

/* Text that can be shown as it is: valid, no control or bidirectional character
 * but, for a text of several lines, newlines and tabs. */
static inline bool fuzz_is_printable(const char *text, bool may_have_lines) {
  if (text == NULL)
    return true;
  if (!g_utf8_validate(text, -1, NULL))
    return false;
  g_autofree char *shown = text_printable(text);
  g_autofree char *line = g_strdup(text);
  return g_str_equal(shown, may_have_lines ? g_strdelimit(line, "\n\t", ' ') : line);
}

/* Frees what a reader refused with, which must be the writer's fault and fit to print. */
static inline void fuzz_refused(GError *error) {
  promise(error != NULL && error->domain == CARNET_ERROR);
  if (error->code != CARNET_ERROR_INPUT || !fuzz_is_printable(error->message, true))
    g_error("refused with kind %d: %s", error->code, error->message);
  g_error_free(error);
}

/* The bytes as a text of our own, ended by a zero. Returns (g_free). */
static inline char *fuzz_text(const guint8 *data, gsize nbytes) {
  return g_strndup((const char *)data, nbytes);
}

/* As a program gets it from outside: clean, or NULL. Returns (g_free). */
static inline char *fuzz_clean_text(const guint8 *data, gsize nbytes) {
  g_autoptr(GBytes) bytes = g_bytes_new(data, nbytes);
  GError *error = NULL;
  char *text = text_from_outside("given", bytes, NULL, &error);
  if (text == NULL)
    fuzz_refused(error);
  return text;
}

/* The path of a file in memory that holds the bytes; borrowed, until the next call. */
static inline const char *fuzz_file(const guint8 *data, gsize nbytes) {
  static char path[64];
  static int fd = -1;
  if (fd < 0) {
    fd = memfd_create("fuzz", MFD_CLOEXEC);
    g_snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  }
  if (fd < 0 || ftruncate(fd, 0) != 0 || pwrite(fd, data, nbytes, 0) != (ssize_t)nbytes)
    g_error("no file in memory");
  return path;
}

#endif
