/* approve, reject and withdraw: one shape, three ends. */
#include "commands/entry_options.h"
#include "commands/logbook_commands.h"

#include <stdio.h>

static bool run_approve(Session *session, int argc, char **argv, GError **error);
static bool run_reject(Session *session, int argc, char **argv, GError **error);
static bool run_withdraw(Session *session, int argc, char **argv, GError **error);

const Command command_approve = {
    .name = "approve",
    .group = N_("The logbook"),
    .summary = N_("Let entries go on the air"),
    .usage = N_("[ID…]"),
    .help = N_("Approves the entries named, or with --all those that are pending (or of --status)\n"
               "and match the filters.\n\n"
               "Examples:\n"
               "  carnet approve 12 13\n"
               "  carnet approve --all --date 2020-03-17"),
    .run = run_approve,
};

const Command command_reject = {
    .name = "reject",
    .group = N_("The logbook"),
    .summary = N_("Keep entries off the air"),
    .usage = N_("[ID…]"),
    .help = N_("Rejects the entries named, or with --all those that are pending (or of --status)\n"
               "and match the filters. They stay in the logbook."),
    .run = run_reject,
};

const Command command_withdraw = {
    .name = "withdraw",
    .group = N_("The logbook"),
    .summary = N_("Take entries back, also those already approved"),
    .usage = N_("[ID…]"),
    .help = N_("Withdraws the entries named, or with --all those that match the filters, of which\n"
               "there must be one. They stay in the logbook, and leave the next bulletin."),
    .run = run_withdraw,
};

static gint64 set_each(Store *store, char **ids, EntryStatus status, GError **error) {
  gint64 changed = 0;
  for (char **text = ids; *text != NULL; text++) {
    gint64 id = entry_id_parse(*text, error);
    g_autoptr(Entry) entry = id != 0 ? entries_get(store, id, error) : NULL;
    if (entry == NULL)
      return -1;
    changed += entry->status != status ? 1 : 0;
    entry->status = status;
    if (!entries_update(store, entry, session_who(), error))
      return -1;
  }
  return changed;
}

/* All of the entries named, or none. */
static gint64 set_named(Store *store, char **ids, EntryStatus status, GError **error) {
  if (!store_begin(store, error))
    return -1;
  gint64 changed = set_each(store, ids, status, error);
  if (changed >= 0 && store_commit(store, error))
    return changed;
  store_rollback(store);
  return -1;
}

static void print_count(EntryStatus status, gint64 count) {
  gulong n = (gulong)count;
  const char *format = status == STATUS_APPROVED   ? ngettext("%lu entry approved\n", "%lu entries approved\n", n)
                       : status == STATUS_REJECTED ? ngettext("%lu entry rejected\n", "%lu entries rejected\n", n)
                                                   : ngettext("%lu entry withdrawn\n", "%lu entries withdrawn\n", n);
  printf(format, n);
}

static bool check_usage(EntryStatus status, const FilterOptions *options, bool all, char **ids, GError **error) {
  const char *wrong = NULL;
  if (all && ids[0] != NULL)
    wrong = _("--all does not go with the numbers of entries");
  else if (!all && filter_options_given(options))
    wrong = _("filters go with --all");
  else if (!all && ids[0] == NULL)
    wrong = _("name entries by their numbers, or use --all");
  else if (all && status == STATUS_WITHDRAWN && !filter_options_given(options))
    wrong = _("to withdraw with --all, say which: --date, --kind, --source, --status…");
  if (wrong != NULL)
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, wrong);
  return wrong == NULL;
}

static bool run_status(Session *session, const Command *command, EntryStatus status, int argc, char **argv,
                       GError **error) {
  g_auto(FilterOptions) options = {0};
  g_auto(GStrv) ids = NULL;
  EntryFilter filter;
  gboolean all = FALSE;
  GOptionEntry rows[FILTER_OPTION_COUNT + 2] = {
      [FILTER_OPTION_COUNT] = {"all", 0, 0, G_OPTION_ARG_NONE, &all, N_("All that match the filters"), NULL}};
  filter_options_rows(&options, rows);
  if (!command_parse(command, rows, argc, argv, 0, -1, &ids, error) ||
      !check_usage(status, &options, all, ids, error) || !filter_options_read(session, &options, &filter, error))
    return false;
  if (options.status == NULL && status != STATUS_WITHDRAWN)
    filter.status = STATUS_PENDING;
  Store *store = session_store(session, error);
  if (store == NULL)
    return false;
  gint64 changed =
      all ? entries_set_status(store, &filter, status, session_who(), error) : set_named(store, ids, status, error);
  if (changed >= 0 && !session->quiet)
    print_count(status, changed);
  return changed >= 0;
}

static bool run_approve(Session *session, int argc, char **argv, GError **error) {
  return run_status(session, &command_approve, STATUS_APPROVED, argc, argv, error);
}

static bool run_reject(Session *session, int argc, char **argv, GError **error) {
  return run_status(session, &command_reject, STATUS_REJECTED, argc, argv, error);
}

static bool run_withdraw(Session *session, int argc, char **argv, GError **error) {
  return run_status(session, &command_withdraw, STATUS_WITHDRAWN, argc, argv, error);
}
