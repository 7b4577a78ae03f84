#include "logbook/asrun.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/wav.h"
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
               "Example:\n"
               "  carnet asrun 2020-03-17-soir"),
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

static bool run_asrun(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) arguments = NULL;
  gboolean as_json = FALSE;
  const GOptionEntry rows[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL},
                               G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_asrun, rows, argc, argv, 0, 1, &arguments, error))
    return false;
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
