#include "commands/bulletin_commands.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/wav.h"
#include "commands/edition.h"
#include "commands/output.h"
#include "commands/slot.h"
#include "podcast/cues.h"

static bool run_rundown(Session *session, int argc, char **argv, GError **error);

const Command command_rundown = {
    .name = "rundown",
    .group = N_("The bulletin"),
    .summary = N_("Choose the day's highlights and fill a script with them"),
    .usage = "",
    .help = N_("Writes editions/DATE-SCRIPT/rundown.yaml, made to be read and edited: change a text,\n"
               "move, add or delete an item, save, and \"carnet produce\" renders what you wrote.\n"
               "An edited rundown is never overwritten, unless you ask for that: --settle writes the lengths\n"
               "into it, --again puts it aside and chooses anew.\n\n"
               "Examples:\n"
               "  carnet rundown --script midi\n"
               "  carnet rundown --script soir --date 2020-03-17 --explain"),
    .run = run_rundown,
};

/* --- printing ------------------------------------------------------------------ */

static void print_items(const Rundown *rundown) {
  const char *headings[] = {_("at"), _("length"), _("what"), _("voice"), _("entry"), _("text"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    g_autofree char *at = duration_format(frames_to_us(item->start_frame), false);
    g_autofree char *length = g_strdup_printf("%.1f s", (double)item->frames / FRAME_RATE);
    g_autofree char *entry = item->entry ? g_strdup_printf("%" G_GINT64_FORMAT, item->entry) : NULL;
    const char *text = item->text ? item->text : item->file;
    const char *cells[] = {at, length, _(item_type_name(item->type)), item->voice, entry, text, NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
}

static void print_explanations(const GPtrArray *explanations) {
  const char *headings[] = {_("entry"), _("in"), _("score"), _("why"), _("text"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < explanations->len; i++) {
    const Explanation *explanation = g_ptr_array_index((GPtrArray *)explanations, i);
    g_autofree char *entry = g_strdup_printf("%" G_GINT64_FORMAT, explanation->entry);
    g_autofree char *score = g_strdup_printf("%.2f", explanation->score);
    const char *cells[] = {entry, explanation->is_in ? _("yes") : _("no"), score, explanation->why, explanation->title,
                           NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
}

static void add_explanations(JsonBuilder *builder, const GPtrArray *explanations) {
  json_builder_set_member_name(builder, "candidates");
  json_builder_begin_array(builder);
  for (guint i = 0; explanations && i < explanations->len; i++) {
    const Explanation *explanation = g_ptr_array_index((GPtrArray *)explanations, i);
    json_builder_begin_object(builder);
    json_add_int(builder, "entry", explanation->entry);
    json_add_bool(builder, "in", explanation->is_in);
    json_add_double(builder, "score", explanation->score);
    json_add_string(builder, "why", explanation->why);
    json_add_string(builder, "title", explanation->title);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
}

static void print_json(const Edition *edition, const Rundown *rundown, const GPtrArray *explanations, bool explain) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "edition", edition->id);
  cues_add_rundown(builder, rundown);
  if (explain)
    add_explanations(builder, explanations);
  json_builder_end_object(builder);
  g_autofree char *text = json_text(builder, true);
  printf("%s\n", text);
}

static void print_summary(const Edition *edition, const Rundown *rundown) {
  g_autofree char *path = edition_path(edition, "rundown.yaml");
  g_autofree char *length = duration_format(frames_to_us(rundown->frames), true);
  g_autofree char *slot = duration_format(frames_to_us(rundown->slot_frames), false);
  printf(_("\n%s: %s of %s%s\n"), path, length, slot, rundown->edited ? _(", edited by hand") : "");
}

static bool check_usage(bool again, bool settle, bool look, GError **error) {
  if (again + settle + look <= 1)
    return true;
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE,
                      _("one of --again, --settle and --dry-run, not several"));
  return false;
}

static bool run_rundown(Session *session, int argc, char **argv, GError **error) {
  g_autofree char *date = NULL, *script = NULL;
  gboolean explain = FALSE, json = FALSE, again = FALSE, settle = FALSE, look = FALSE;
  const GOptionEntry options[] = {
      {"script", 's', 0, G_OPTION_ARG_FILENAME, &script, N_("The script to fill (midi)"), N_("NAME")},
      {"date", 'd', 0, G_OPTION_ARG_FILENAME, &date, N_("The day (today)"), N_("DAY")},
      {"explain", 'e', 0, G_OPTION_ARG_NONE, &explain, N_("Tell for each entry why it is in or out"), NULL},
      {"again", 0, 0, G_OPTION_ARG_NONE, &again, N_("Put an edited rundown aside and choose anew"), NULL},
      {"settle", 0, 0, G_OPTION_ARG_NONE, &settle, N_("Write into an edited rundown how long each item lasts now"),
       NULL},
      {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &look, N_("Show what would be chosen now, write nothing"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_auto(Slot) slot = {0};
  if (!command_parse(&command_rundown, options, argc, argv, 0, 0, NULL, error) ||
      !check_usage(again, settle, look, error) || !slot_from_options(session, date, script, &slot, error))
    return false;
  session_catch_signals();
  g_autoptr(Studio) studio = studio_open(session, false, error);
  g_autoptr(Edition) edition =
      studio ? edition_open(session, studio, slot.script, slot.date, &(EditionWish){.id = slot.edition}, error) : NULL;
  if (!edition || !edition_gather(edition, explain, error))
    return false;
  studio_show_progress(studio, true);
  g_autoptr(GPtrArray) explanations = NULL;
  RundownChoice choice = look     ? RUNDOWN_LOOK
                         : again  ? RUNDOWN_MAKE_AGAIN
                         : settle ? RUNDOWN_SETTLE
                                  : RUNDOWN_KEEP_EDITED;
  g_autoptr(Rundown) rundown = edition_rundown(edition, choice, explain ? &explanations : NULL, error);
  if (!rundown)
    return false;
  edition_warn(rundown);
  if (json) {
    print_json(edition, rundown, explanations, explain);
    return true;
  }
  if (explain && explanations)
    print_explanations(explanations);
  else if (explain)
    print_note(session->quiet, _("this rundown was edited by hand: nothing was chosen (--again chooses anew)"));
  if (!explain)
    print_items(rundown);
  if (!look)
    print_summary(edition, rundown);
  return true;
}
