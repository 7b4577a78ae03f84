#include "base/files.h"
#include "base/text.h"
#include "commands/entry_file.h"
#include "commands/entry_options.h"
#include "commands/logbook_commands.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool run_edit(Session *session, int argc, char **argv, GError **error);

const Command command_edit = {
    .name = "edit",
    .group = N_("The logbook"),
    .summary = N_("Change an entry"),
    .usage = N_("ID"),
    .help = N_("Sets what the options name; an empty value takes it away. Without an option, on a\n"
               "terminal, the entry is opened as a small file in your editor (VISUAL, EDITOR).\n"
               "carnet undo ID takes the change back.\n\n"
               "Examples:\n"
               "  carnet edit 12 --kind problem --place \"Port-Aurelle\"\n"
               "  carnet edit 12 --title \"\"\n"
               "  EDITOR=nano carnet edit 12"),
    .run = run_edit,
};

/* --- the editor ------------------------------------------------------------- */

/* EDITOR may hold arguments ("code --wait"); it is split, never given to a shell. */
static bool run_editor(const char *path, GError **error) {
  const char *visual = g_getenv("VISUAL"), *editor = g_getenv("EDITOR");
  const char *line = visual != NULL && *visual != '\0' ? visual : editor != NULL && *editor != '\0' ? editor : "editor";
  g_auto(GStrv) words = NULL;
  g_autoptr(GError) failure = NULL;
  int status = 0;
  if (g_shell_parse_argv(line, NULL, &words, &failure)) {
    guint n = g_strv_length(words);
    words = g_renew(char *, words, n + 2);
    words[n] = g_strdup(path);
    words[n + 1] = NULL;
    if (g_spawn_sync(NULL, words, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL,
                     &status, &failure) &&
        g_spawn_check_wait_status(status, &failure))
      return true;
  }
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("the editor \"%s\" failed: %s"), line, failure->message);
  return false;
}

/* A file of our own, that only this user reads. Returns its path (g_free), or NULL. */
static char *write_entry_file(const char *text, GError **error) {
  g_autofree char *path = g_build_filename(g_get_tmp_dir(), "carnet-entry-XXXXXX.yaml", NULL);
  int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) {
    carnet_error_set_errno(error, errno, "%s", path);
    return NULL;
  }
  close(fd);
  return file_write(path, text, -1, 0600, error) ? g_steal_pointer(&path) : NULL;
}

static bool is_unchanged(const char *path, const char *text) {
  g_autofree char *now = NULL;
  return g_file_get_contents(path, &now, NULL, NULL) && strcmp(now, text) == 0;
}

/* Somebody else's change, made while the editor was open, is not silently undone. */
static bool check_unchanged_meanwhile(Store *store, const Entry *entry, GError **error) {
  g_autoptr(Entry) now = entries_get(store, entry->id, error);
  if (now == NULL)
    return false;
  if (now->changed_us == entry->changed_us)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("entry %" PRId64 " was changed by somebody else meanwhile"),
              entry->id);
  return false;
}

/* Held by one transaction: nobody comes between looking and writing. */
static bool update_unchanged(Store *store, const Entry *entry, GError **error) {
  if (!store_begin(store, error))
    return false;
  if (check_unchanged_meanwhile(store, entry, error) && entries_update(store, entry, session_who(), error) &&
      store_commit(store, error))
    return true;
  store_rollback(store);
  return false;
}

/* What was typed is kept until it is in the logbook. */
static bool edit_in_editor(Session *session, Store *store, Entry *entry, GError **error) {
  g_autofree char *text = entry_file_format(entry);
  g_autofree char *path = write_entry_file(text, error);
  if (path == NULL)
    return false;
  GError *failure = NULL;
  bool done = run_editor(path, &failure);
  if (done && !is_unchanged(path, text))
    done = entry_file_apply(session, path, entry, &failure) && update_unchanged(store, entry, &failure);
  if (done || is_unchanged(path, text) || !g_file_test(path, G_FILE_TEST_EXISTS)) {
    g_unlink(path);
    if (!done)
      g_propagate_error(error, failure);
    return done;
  }
  g_set_error(error, failure->domain, failure->code,
              _("%s\nyour text is kept: correct it, then: carnet edit %" PRId64 " --file %s"), failure->message,
              entry->id, path);
  g_error_free(failure);
  return false;
}

/* --- the command ------------------------------------------------------------ */

/* The entry is read when it is ours alone: what somebody else has changed while the file was written stays. */
static bool change(Session *session, Store *store, gint64 id, const EntryOptions *options, const YamlFile *file,
                   GError **error) {
  if (!store_begin(store, error))
    return false;
  g_autoptr(Entry) entry = entries_get(store, id, error);
  if (entry != NULL && (file == NULL || entry_file_take(session, file, entry, error)) &&
      entry_options_apply(session, options, entry, error) && entries_update(store, entry, session_who(), error) &&
      store_commit(store, error))
    return true;
  store_rollback(store);
  return false;
}

static bool edit(Session *session, Store *store, Entry *entry, const EntryOptions *options, const char *path,
                 GError **error) {
  g_autoptr(YamlFile) file = path != NULL ? entry_file_load(path, error) : NULL;
  if (path != NULL && file == NULL)
    return false;
  if (file != NULL || entry_options_given(options))
    return change(session, store, entry->id, options, file, error);
  if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
    return edit_in_editor(session, store, entry, error);
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE,
                      _("say what to change, with options (\"carnet edit --help\") or --file FILE"));
  return false;
}

static bool run_edit(Session *session, int argc, char **argv, GError **error) {
  g_auto(EntryOptions) options = {0};
  g_auto(GStrv) arguments = NULL;
  g_autofree char *file = NULL;
  GOptionEntry rows[ENTRY_OPTION_COUNT + 2] = {
      [ENTRY_OPTION_COUNT] = {"file", 0, 0, G_OPTION_ARG_FILENAME, &file,
                              N_("Take the values from a file such as the editor shows"), N_("FILE")}};
  entry_options_rows(&options, rows);
  if (!command_parse(&command_edit, rows, argc, argv, 1, 1, &arguments, error))
    return false;
  gint64 id = entry_id_parse(arguments[0], error);
  Store *store = id != 0 ? session_store(session, error) : NULL;
  g_autoptr(Entry) entry = store != NULL ? entries_get(store, id, error) : NULL;
  return entry != NULL && edit(session, store, entry, &options, file, error);
}
