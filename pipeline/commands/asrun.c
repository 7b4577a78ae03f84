#include "logbook/asrun.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/wav.h"
#include "commands/asrun_day.h"
#include "commands/entry_print.h"
#include "commands/logbook_commands.h"
#include "commands/output.h"

#include <stdio.h>

static bool run_asrun(Session *session, int argc, char **argv, GError **error);

const Command command_asrun = {
    .name = "asrun",
    .group = N_("The bulletin"),
    .summary = N_("Show what really went on the air"),
    .usage = N_("[EDITION]"),
    .help = N_("One line for each item and mount: when its first packet was sent, how much of it\n"
               "the server took, and whether it was aired, partial or missed.\n\n"
               "With --date, one line for each slot of a day and each mount instead: when it was planned,\n"
               "when it began and ended, how much was sent, how much of that our own listener heard, and\n"
               "why not all of it. This is what a regulator or a funder asks for; --csv is for a\n"
               "spreadsheet.\n\n"
               "Examples:\n"
               "  carnet asrun 2020-03-17-soir\n"
               "  carnet asrun --date yesterday --csv > hier.csv"),
    .run = run_asrun,
};

static char *row_json(const AsRun *row) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  g_autofree char *start = instant_format(row->start_us), *end = instant_format(row->end_us);
  json_builder_begin_object(builder);
  json_add_string(builder, "edition", row->edition);
  json_add_string(builder, "mount", row->mount);
  json_add_int(builder, "item", row->item);
  json_add_string(builder, "title", row->title);
  json_builder_set_member_name(builder, "entry");
  if (row->entry_id != 0)
    json_builder_add_int_value(builder, row->entry_id);
  else
    json_builder_add_null_value(builder);
  json_add_string(builder, "start", start);
  json_add_string(builder, "end", end);
  json_add_int(builder, "sent_frames", row->sent_frames);
  json_add_int(builder, "planned_frames", row->planned_frames);
  json_add_string(builder, "result", asrun_result_name(row->result));
  json_builder_end_object(builder);
  return json_text(builder, false);
}

static void print_json(GPtrArray *rows) {
  for (guint i = 0; i < rows->len; i++) {
    g_autofree char *json = row_json(rows->pdata[i]);
    printf("%s%s", i > 0 ? ",\n" : "[\n", json);
  }
  puts(rows->len > 0 ? "\n]" : "[]");
}

static void print_table(const Station *station, GPtrArray *rows) {
  const char *headings[] = {_("start"), _("edition"), _("mount"), _("sent"), _("of"), _("result"), _("item"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < rows->len; i++) {
    const AsRun *row = rows->pdata[i];
    g_autofree char *start = instant_local(station, row->start_us);
    g_autofree char *sent = duration_format(frames_to_us(row->sent_frames), true);
    g_autofree char *planned = duration_format(frames_to_us(row->planned_frames), true);
    g_autofree char *item = g_strdup_printf("%u %s", row->item + 1, row->title != NULL ? row->title : "");
    const char *cells[] = {start, row->edition, row->mount, sent, planned, _(asrun_result_name(row->result)),
                           item,  NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
}

static bool check_usage(const char *edition, const char *date, bool as_csv, bool as_json, GError **error) {
  const char *wrong = edition && date     ? _("an edition or --date, not both")
                      : as_csv && !date   ? _("--csv goes with --date")
                      : as_csv && as_json ? _("--csv or --json, not both")
                                          : NULL;
  if (wrong)
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, wrong);
  return wrong == NULL;
}

static bool run_asrun(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  gboolean as_json = FALSE, as_csv = FALSE;
  g_autofree char *date = NULL;
  const GOptionEntry rows[] = {
      {"date", 'd', 0, G_OPTION_ARG_STRING, &date, N_("The slots of a day, and what became of them"), N_("DAY")},
      {"csv", 0, 0, G_OPTION_ARG_NONE, &as_csv, N_("Print CSV (with --date)"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL},
      G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_asrun, rows, argc, argv, 0, 1, &arguments, error) ||
      !check_usage(arguments[0], date, as_csv, as_json, error))
    return false;
  if (date)
    return asrun_day(session, date, as_csv ? ASRUN_CSV : as_json ? ASRUN_JSON : ASRUN_TABLE, error);
  Store *store = session_store(session, error);
  g_autoptr(GPtrArray) log = store != NULL ? asrun_list(store, arguments[0], 0, error) : NULL;
  if (log == NULL)
    return false;
  if (as_json)
    print_json(log);
  else
    print_table(session_station(session, error), log);
  return true;
}
