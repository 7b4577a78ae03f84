#include "commands/entry_options.h"
#include "commands/logbook_commands.h"
#include "logbook/revisions.h"

#include <inttypes.h>
#include <stdio.h>

static bool run_undo(Session *session, int argc, char **argv, GError **error);

const Command command_undo = {
    .name = "undo",
    .group = N_("The logbook"),
    .summary = N_("Take the last change of an entry back"),
    .usage = N_("ID"),
    .help = N_("Brings back what the entry was before its last change. Undoing again goes further\n"
               "back; an entry that was just added becomes withdrawn. The history keeps all of it:\n"
               "carnet show ID --history."),
    .run = run_undo,
};

static bool run_undo(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  if (!command_parse(&command_undo, NULL, argc, argv, 1, 1, &arguments, error))
    return false;
  gint64 id = entry_id_parse(arguments[0], error);
  Store *store = id != 0 ? session_store(session, error) : NULL;
  if (store == NULL || !revisions_undo(store, id, session_who(), error))
    return false;
  g_autoptr(Entry) entry = entries_get(store, id, error);
  if (entry == NULL)
    return false;
  if (!session->quiet)
    printf(_("entry %" PRId64 ": the last change is taken back; it is %s now\n"), id,
           _(entry_status_name(entry->status)));
  return true;
}
