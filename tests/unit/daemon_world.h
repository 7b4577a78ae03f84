/* A station in a folder of its own, with editions of a tone, for the tests of daemon/. */
#ifndef CARNET_TESTS_DAEMON_WORLD_H
#define CARNET_TESTS_DAEMON_WORLD_H

#include "base/clock.h"
#include "base/files.h"
#include "commands/render.h"
#include "daemon/master.h"
#include "logbook/store.h"
#include "podcast/cues.h"
#include "podcast_rundown.h"

#include <glib/gstdio.h>

typedef struct {
  char *folder, *logbook;
  Station *station;
  GPtrArray *stations; /* all that were read */
  Store *store;
} World;

/* FOLDER/NAME holds `text`; folders are made. */
static inline void world_write(const World *world, const char *name, const char *text) {
  g_autofree char *path = g_build_filename(world->folder, name, NULL), *parent = g_path_get_dirname(path);
  g_assert_true(g_mkdir_with_parents(parent, 0700) == 0);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

static inline void world_password(const World *world, const char *text) {
  g_autofree char *path = g_build_filename(world->folder, "icecast.password", NULL);
  world_write(world, "icecast.password", text);
  g_assert_true(g_chmod(path, 0600) == 0);
}

/* station.yaml is written and read (again); the one before stays valid. */
static inline void world_station(World *world, const char *yaml) {
  g_autoptr(GError) error = NULL;
  world_write(world, "station.yaml", yaml);
  world->station = station_load(world->folder, &error);
  g_assert_no_error(error);
  g_ptr_array_add(world->stations, world->station);
}

static inline void world_begin(World *world, const char *yaml) {
  *world = (World){.folder = g_dir_make_tmp("carnet-daemon-XXXXXX", NULL)};
  world->stations = g_ptr_array_new_with_free_func((GDestroyNotify)station_free);
  world->logbook = g_build_filename(world->folder, "logbook.sqlite", NULL);
  world_password(world, "ouvre-toi\n");
  world_station(world, yaml);
  g_autoptr(GError) error = NULL;
  world->store = store_open(world->logbook, true, &error);
  g_assert_no_error(error);
}

static inline void world_end(World *world) {
  store_free(world->store);
  g_ptr_array_unref(world->stations);
  g_assert_true(folder_remove(world->folder, NULL));
  g_free(world->folder);
  g_free(world->logbook);
}

static inline void world_tone(const char *path, const char *filter, double seconds) {
  g_autofree char *length = g_strdup_printf("%.3f", seconds);
  const char *argv[] = {"ffmpeg", "-nostdin", "-v",    "error", "-y", "-f",   "lavfi", "-i", filter, "-t",
                        length,   "-ar",      "48000", "-ac",   "2",  "-b:a", "64k",   path, NULL};
  int status = -1;
  g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL);
  g_assert_cmpint(status, ==, 0);
}

/* editions/NAME: an item of a second for each entry of `entries` (0: of none), as sound of `filter`. */
static inline void world_edition_of(const World *world, const char *name, const char *filter, const gint64 *entries,
                                    guint n) {
  g_autofree char *folder = g_build_filename(world->folder, "editions", name, NULL);
  g_assert_true(g_mkdir_with_parents(folder, 0700) == 0);
  g_autoptr(GArray) outputs = render_outputs_in(world->station, folder, NULL, 0);
  for (guint i = 0; i < outputs->len; i++)
    world_tone(g_array_index(outputs, Output, i).path, filter, n);
  g_autoptr(Rundown) rundown = rundown_new();
  for (guint i = 0; i < n; i++) {
    g_autofree char *title = g_strdup_printf("%s %u", name, i);
    add_item(rundown, ITEM_SPEECH, title, "un", FRAME_RATE)->entry = entries[i];
  }
  g_autofree char *cues = cues_json(rundown, name), *path = g_build_filename(folder, "cues.json", NULL);
  g_assert_true(g_file_set_contents(path, cues, -1, NULL));
}

static inline void world_edition(const World *world, const char *name, const gint64 *entries, guint n) {
  world_edition_of(world, name, "sine=frequency=440", entries, n);
}

/* What "carnet" is to a test that is its own renderer (renderer.h runs /proc/self/exe): copies the edition "made" to the
 * one that is asked for, which is there when it is whole, and refuses when FOLDER/refuse is there. False: `argv` is no such call. */
static inline bool world_renders(int argc, char **argv, int *status) {
  const char *edition = NULL;
  if (argc < 4 || !g_str_equal(argv[1], "-C"))
    return false;
  for (int i = 3; i + 1 < argc; i++)
    edition = g_str_equal(argv[i], "--edition") ? argv[i + 1] : edition;
  g_autofree char *refuse = g_build_filename(argv[2], "refuse", NULL);
  g_autofree char *from = g_build_filename(argv[2], "editions", "made", NULL);
  g_autofree char *to = g_build_filename(argv[2], "editions", edition, NULL);
  *status = 3;
  if (g_file_test(refuse, G_FILE_TEST_EXISTS)) {
    fputs("carnet: no voice speaks\n", stderr);
    return true;
  }
  g_autofree char *draft = g_strconcat(to, ".draft", NULL);
  *status = folder_copy(from, draft, NULL) ? 0 : 5;
  folder_remove(to, NULL);
  *status = g_rename(draft, to) == 0 ? *status : 5;
  return true;
}

#endif
