#include "commands/bulletin_commands.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/wav.h"
#include "commands/output.h"
#include "commands/render.h"
#include "commands/slot.h"

#include <string.h>

static bool run_produce(Session *session, int argc, char **argv, GError **error);

const Command command_produce = {
    .name = "produce",
    .group = N_("The bulletin"),
    .summary = N_("Make the bulletin: choose, read aloud, mix, encode, check"),
    .usage = "",
    .help = N_("Makes editions/DATE-SCRIPT/: rundown.yaml (or the one that you edited), bulletin.mp3,\n"
               "bulletin.opus, transcript.vtt, chapters.json and cues.json. Each file is measured\n"
               "after encoding; a bad one is refused and the edition keeps what it had.\n\n"
               "Examples:\n"
               "  carnet produce --script midi\n"
               "  carnet produce --script soir --date 2020-03-17 --also flac,wav\n"
               "  carnet produce --edition 2020-03-17-midi@1800 --at 18:00"),
    .run = run_produce,
};

static bool parse_formats(const char *text, GArray *formats, GError **error) {
  g_auto(GStrv) names = g_strsplit(text ? text : "", ",", 0);
  for (guint i = 0; names[i]; i++) {
    int format = sound_format_parse(g_strstrip(names[i]));
    if (format < 0) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("unknown format \"%s\" (mp3, opus, flac, aac, wav)"),
                  names[i]);
      return false;
    }
    SoundFormat known = (SoundFormat)format;
    g_array_append_val(formats, known);
  }
  return true;
}

/* --- printing ------------------------------------------------------------------ */

static void add_files(JsonBuilder *builder, const GArray *outputs, const OutputReport *reports) {
  json_builder_set_member_name(builder, "files");
  json_builder_begin_array(builder);
  for (guint i = 0; i < outputs->len; i++) {
    const Output *output = &g_array_index(outputs, Output, i);
    json_builder_begin_object(builder);
    json_add_string(builder, "path", output->path);
    json_add_string(builder, "format", sound_format_name(output->format));
    json_add_int(builder, "frames", reports[i].frames);
    json_add_double(builder, "loudness_lufs", reports[i].integrated_lufs);
    json_add_double(builder, "true_peak_dbtp", reports[i].true_peak_dbtp);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
}

static void print_json(const Edition *edition, const Rundown *rundown, const GArray *outputs,
                       const OutputReport *reports) {
  StudioCounts counts = studio_counts(edition->studio);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "edition", edition->id);
  json_add_string(builder, "folder", edition->folder);
  json_add_int(builder, "frames", rundown->frames);
  json_add_int(builder, "clips_spoken", counts.spoken);
  json_add_int(builder, "clips_found", counts.found);
  json_add_int(builder, "apologies", counts.apologies);
  json_add_strv(builder, "warnings", rundown->warnings);
  add_files(builder, outputs, reports);
  json_builder_end_object(builder);
  g_autofree char *text = json_text(builder, true);
  printf("%s\n", text);
}

static void print_report(const Edition *edition, const Rundown *rundown, const GArray *outputs,
                         const OutputReport *reports) {
  g_autofree char *length = duration_format(frames_to_us(rundown->frames), true);
  g_autofree char *title = style_text(stdout, STYLE_BOLD, rundown->title);
  printf("%s (%s)\n", title, length);
  for (guint i = 0; i < outputs->len; i++)
    printf(_("  %s  %.1f LUFS, peak %.1f dBTP\n"), g_array_index(outputs, Output, i).path, reports[i].integrated_lufs,
           reports[i].true_peak_dbtp);
  printf("  %s/{rundown.yaml,transcript.vtt,chapters.json,cues.json}\n", edition->folder);
}

static void warn_apologies(const Edition *edition) {
  guint apologies = studio_counts(edition->studio).apologies;
  if (apologies)
    print_warning(ngettext("%u text could not be spoken: an apology is heard in its place",
                           "%u texts could not be spoken: an apology is heard in their place", apologies),
                  apologies);
}

/* A name alone tells day and script too; of an urgent entry's edition the script is another. */
static bool find_slot(Session *session, const char *date, const char *script, const char *name, Slot *slot,
                      GError **error) {
  if (name && date) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--edition or --date, not both"));
    return false;
  }
  if (!name)
    return slot_from_options(session, date, script, slot, error);
  if (!slot_from_edition(name, slot, error))
    return false;
  if (script) {
    g_free(slot->script);
    slot->script = g_strdup(script);
  }
  return true;
}

static bool run_produce(Session *session, int argc, char **argv, GError **error) {
  g_autofree char *date = NULL, *script = NULL, *also = NULL, *at = NULL, *length = NULL, *name = NULL;
  gboolean json = FALSE, again = FALSE;
  gint64 entry = 0;
  const GOptionEntry options[] = {
      {"script", 's', 0, G_OPTION_ARG_FILENAME, &script, N_("The script to fill (midi)"), N_("NAME")},
      {"date", 'd', 0, G_OPTION_ARG_FILENAME, &date, N_("The day (today)"), N_("DAY")},
      {"at", 0, 0, G_OPTION_ARG_STRING, &at, N_("The time that it says (now)"), N_("HH:MM")},
      {"length", 0, 0, G_OPTION_ARG_STRING, &length, N_("Its length, whatever the script says"), N_("M:SS")},
      {"entry", 0, 0, G_OPTION_ARG_INT64, &entry, N_("This entry alone"), N_("ID")},
      {"edition", 0, 0, G_OPTION_ARG_FILENAME, &name, N_("Its name (DAY-SCRIPT)"), N_("NAME")},
      {"also", 0, 0, G_OPTION_ARG_FILENAME, &also, N_("More formats, such as flac,wav,aac"), N_("FORMATS")},
      {"again", 0, 0, G_OPTION_ARG_NONE, &again, N_("Put an edited rundown aside and choose anew"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_auto(Slot) slot = {0};
  g_autoptr(GArray) formats = g_array_new(FALSE, FALSE, sizeof(SoundFormat));
  if (!command_parse(&command_produce, options, argc, argv, 0, 0, NULL, error) ||
      !parse_formats(also, formats, error) || !find_slot(session, date, script, name, &slot, error))
    return false;
  EditionWish wish = {.id = slot.edition, .time = at, .entry = entry};
  if (length && (wish.frames = slot_frames(length, error)) <= 0)
    return false;
  session_catch_signals();
  g_autoptr(Studio) studio = studio_open(session, true, error);
  g_autoptr(Edition) edition = studio ? edition_open(session, studio, slot.script, slot.date, &wish, error) : NULL;
  if (!edition || !edition_gather(edition, false, error))
    return false;
  studio_show_progress(studio, true);
  g_autoptr(Rundown) rundown = edition_rundown(edition, again ? RUNDOWN_MAKE_AGAIN : RUNDOWN_KEEP_EDITED, NULL, error);
  if (!rundown)
    return false;
  edition_warn(rundown);
  g_autoptr(GArray) outputs = render_outputs(edition, (const SoundFormat *)(void *)formats->data, formats->len);
  g_autofree OutputReport *reports = g_new0(OutputReport, outputs->len);
  if (!render_edition(edition, rundown, outputs, true, reports, error))
    return false;
  warn_apologies(edition);
  if (json)
    print_json(edition, rundown, outputs, reports);
  else if (!session->quiet)
    print_report(edition, rundown, outputs, reports);
  return true;
}
