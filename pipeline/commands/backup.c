#include "commands/logbook_commands.h"

#include <stdio.h>

static bool run_backup(Session *session, int argc, char **argv, GError **error);
static bool run_restore(Session *session, int argc, char **argv, GError **error);

const Command command_backup = {
    .name = "backup",
    .group = N_("The logbook"),
    .summary = N_("Copy the logbook to a file, and check the copy"),
    .usage = N_("FILE"),
    .help = N_("Works while the station is on the air. FILE is replaced only when it is a logbook.\n"
               "It holds names: keep it as safe as the logbook."),
    .run = run_backup,
};

const Command command_restore = {
    .name = "restore",
    .group = N_("The logbook"),
    .summary = N_("Put a backup in the place of the logbook"),
    .usage = N_("FILE"),
    .help = N_("FILE is checked first; the present logbook is kept as logbook.sqlite.before-restore.\n"
               "Stop \"carnet run\" before; a desk goes on with the new one."),
    .run = run_restore,
};

static bool run_backup(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  if (!command_parse(&command_backup, NULL, argc, argv, 1, 1, &arguments, error))
    return false;
  Store *store = session_store(session, error);
  if (store == NULL || !store_backup(store, arguments[0], error))
    return false;
  if (!session->quiet)
    printf(_("the logbook is copied to %s, and the copy is good\n"), arguments[0]);
  return true;
}

static bool run_restore(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  if (!command_parse(&command_restore, NULL, argc, argv, 1, 1, &arguments, error))
    return false;
  const Station *station = session_station(session, error);
  if (station == NULL)
    return false;
  /* What runs knows its slots by their numbers, which are others' in another logbook. */
  g_autoptr(FileLock) air = session_take_air(session, error);
  if (air == NULL) {
    g_prefix_error(error, "%s", _("the station is running, stop it before its logbook is replaced: "));
    return false;
  }
  g_autofree char *path = station_path(station, "logbook.sqlite", NULL);
  if (!store_restore(path, arguments[0], error))
    return false;
  /* Opening migrates an older backup. */
  if (session_store(session, error) == NULL)
    return false;
  if (!session->quiet)
    printf(_("%s is the logbook now; the one before is kept beside it\n"), arguments[0]);
  return true;
}
