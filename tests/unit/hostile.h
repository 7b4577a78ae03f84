/* What attacked a reader once: each file of tests/data/ROOM/hostile-TARGET, named for its attack, and each seed of
 * the fuzzer, goes through the fuzzer's own target (tests/fuzz/fuzz_TARGET.c), which says what must hold. The content
 * of NAME.times-N is given N times over: what once made a reader slow; it has HOSTILE_PATIENCE_S
 * of processor time (a busy machine is not a slow reader). */
#ifndef CARNET_TESTS_HOSTILE_H
#define CARNET_TESTS_HOSTILE_H

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#ifdef __SANITIZE_ADDRESS__
#define HOSTILE_PATIENCE_S 240
#else
#define HOSTILE_PATIENCE_S 20
#endif

typedef struct {
  char *path;
  void (*target)(const guint8 *data, gsize nbytes);
} HostileFile;

/* Its signal ends the program; 0: no more. */
static inline void hostile_limit(time_t seconds) {
  const struct itimerval limit = {.it_value = {.tv_sec = seconds}};
  setitimer(ITIMER_PROF, &limit, NULL);
}

static inline void hostile_run(gconstpointer data) {
  const HostileFile *file = data;
  g_autofree char *bytes = NULL;
  gsize nbytes = 0;
  g_assert_true(g_file_get_contents(file->path, &bytes, &nbytes, NULL));
  const char *times = strstr(file->path, ".times-");
  g_autoptr(GString) text = g_string_new(NULL);
  for (gint64 n = times != NULL ? g_ascii_strtoll(times + strlen(".times-"), NULL, 10) : 1; n > 0; n--)
    g_string_append_len(text, bytes, (gssize)nbytes);
  hostile_limit(HOSTILE_PATIENCE_S);
  file->target((const guint8 *)text->str, text->len); /* aborts, and says why, where a promise is broken */
  hostile_limit(0);
}

static inline void hostile_free(gpointer data) {
  HostileFile *file = data;
  g_free(file->path);
  g_free(file);
}

static inline void hostile_add_folder(const char *folder, const char *target, void (*function)(const guint8 *, gsize)) {
  g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
  for (const char *name; files != NULL && (name = g_dir_read_name(files)) != NULL;) {
    HostileFile *file = g_new0(HostileFile, 1);
    file->path = g_build_filename(folder, name, NULL);
    file->target = function;
    g_autofree char *test = g_strdup_printf("/hostile/%s/%s", target, name);
    g_test_add_data_func_full(test, file, hostile_run, hostile_free);
  }
}

/* One target's fixtures and seeds; there is always a seed. */
static inline void hostile_add(const char *room, const char *target, void (*function)(const guint8 *, gsize)) {
  g_autofree char *fixtures = g_strdup_printf("tests/data/%s/hostile-%s", room, target);
  g_autofree char *seeds = g_strdup_printf("tests/fuzz/seeds/%s", target);
  g_assert_true(g_file_test(seeds, G_FILE_TEST_IS_DIR));
  hostile_add_folder(fixtures, target, function);
  hostile_add_folder(seeds, target, function);
}

#endif
