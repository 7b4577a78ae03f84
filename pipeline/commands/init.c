#include "commands/station_commands.h"

#include "base/files.h"

#include <stdio.h>

/* What makes a folder the sample station. */
static const char *const sample_parts[] = {"station.yaml", "voices", "scripts", "schedules"};

static bool is_sample(const char *folder) {
  for (gsize i = 0; i < G_N_ELEMENTS(sample_parts); i++) {
    g_autofree char *path = g_build_filename(folder, sample_parts[i], NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
      return false;
  }
  return true;
}

/* The sample station: CARNET_SAMPLE, where "make install" puts it beside the
 * program, or the source tree above a build folder. Returns (g_free), or NULL. */
static char *find_sample(GError **error) {
  const char *given = g_getenv("CARNET_SAMPLE");
  if (given)
    return g_strdup(given);
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname(program) : g_strdup(".");
  g_autofree char *installed = g_build_filename(folder, "..", "share", "carnet", "station", NULL);
  if (is_sample(installed))
    return g_canonicalize_filename(installed, NULL);
  for (int up = 0; up < 3; up++) {
    char *above = g_path_get_dirname(folder);
    g_free(folder);
    folder = above;
    if (is_sample(folder))
      return g_steal_pointer(&folder);
  }
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM,
              _("the sample station is missing (%s): install carnet again, or name one in CARNET_SAMPLE"), installed);
  return NULL;
}

static bool copy_sample(const char *sample, const char *folder, GError **error) {
  for (gsize i = 0; i < G_N_ELEMENTS(sample_parts); i++) {
    g_autofree char *from = g_build_filename(sample, sample_parts[i], NULL);
    g_autofree char *to = g_build_filename(folder, sample_parts[i], NULL);
    if (g_file_test(from, G_FILE_TEST_IS_DIR)) {
      if (!folder_copy(from, to, error))
        return false;
    } else {
      g_autoptr(GBytes) content = file_read(from, 1u << 20, error);
      gsize nbytes;
      const char *data = content ? g_bytes_get_data(content, &nbytes) : NULL;
      if (!content || !file_write(to, data ? data : "", (gssize)nbytes, 0644, error))
        return false;
    }
  }
  g_autofree char *sounds = g_build_filename(folder, "sounds", NULL);
  return folder_make(sounds, error);
}

static bool run_init(Session *session, int argc, char **argv, GError **error);

const Command command_init = {
    .name = "init",
    .group = N_("The station"),
    .summary = N_("Make a station: a folder with its settings, voices, scripts and logbook"),
    .usage = N_("FOLDER"),
    .help = N_("Copies the sample station into FOLDER, which must be new or empty, and makes an\n"
               "empty logbook there. Then edit FOLDER/station.yaml: the station's name, its zone\n"
               "and its Icecast server.\n\n"
               "Example:\n"
               "  carnet init ma-station && carnet -C ma-station doctor"),
    .run = run_init,
};

static bool check_is_free(const char *folder, GError **error) {
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  if (!dir && g_file_test(folder, G_FILE_TEST_EXISTS)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s is there already and is not a folder that can be read"),
                folder);
    return false;
  }
  if (!dir || !g_dir_read_name(dir))
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s is not empty: name a new folder"), folder);
  return false;
}

/* An empty one; the station is whole only with it. */
static bool make_logbook(const char *folder, GError **error) {
  g_autofree char *path = g_build_filename(folder, "logbook.sqlite", NULL);
  g_autoptr(Store) store = store_open(path, true, error);
  return store != NULL;
}

/* Made beside under another name, then renamed: a station is there whole or not at all. */
static bool make_station(const char *sample, const char *folder, GError **error) {
  g_autofree char *target = g_canonicalize_filename(folder, NULL);
  g_autofree char *parent = g_path_get_dirname(target);
  g_autoptr(FolderDraft) draft = folder_make(parent, error) ? folder_draft_new(target, error) : NULL;
  return draft && copy_sample(sample, folder_draft_path(draft), error) &&
         make_logbook(folder_draft_path(draft), error) && folder_draft_commit(draft, error);
}

static bool run_init(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  if (!command_parse(&command_init, NULL, argc, argv, 1, 1, &arguments, error))
    return false;
  const char *folder = arguments[0];
  g_autofree char *sample = find_sample(error);
  if (!sample || !check_is_free(folder, error) || !make_station(sample, folder, error))
    return false;
  if (!session->quiet)
    printf(_("%s is a station now. Edit %s/station.yaml, then try: carnet -C %s doctor\n"), folder, folder, folder);
  return true;
}
