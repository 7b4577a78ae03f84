/* carnet export: an edition's sound for other stations and their automation, in a folder that they watch. */
#include "commands/bulletin_commands.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/wav.h"
#include "commands/output.h"
#include "commands/render.h"
#include "commands/slot.h"
#include "editorial/rundown_file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LOUDNESS_LEAST (-40.0)
#define LOUDNESS_MOST (-10.0)
#define MP3_KBPS 192

typedef struct {
  char *folder, *format, *length, *loudness, *name;
  gboolean json;
} ExportOptions;

static void options_clear(ExportOptions *options) {
  char *const texts[] = {options->folder, options->format, options->length, options->loudness, options->name};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    g_free(texts[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ExportOptions, options_clear)

/* --- what is asked for --------------------------------------------------------------------------- */

/* "{edition}", "{date}" and "{script}" are the edition's. Returns (g_free), or NULL. */
static char *file_name(const ExportOptions *options, const Slot *slot, SoundFormat format, GError **error) {
  const char *const values[][2] = {{"{edition}", slot->edition}, {"{date}", slot->date}, {"{script}", slot->script}};
  GString *name = g_string_new(options->name ? options->name : "{edition}");
  for (guint i = 0; i < G_N_ELEMENTS(values); i++)
    g_string_replace(name, values[i][0], values[i][1], 0);
  g_autofree char *ending = g_strconcat(".", sound_format_extension(format), NULL);
  if (!g_str_has_suffix(name->str, ending))
    g_string_append(name, ending);
  bool is_plain = name->str[0] != '.' && !strchr(name->str, '/');
  if (!is_plain)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("\"%s\" is not the name of a file in a folder"), name->str);
  return g_string_free(name, !is_plain);
}

static bool take_format(const ExportOptions *options, SoundFormat *format, GError **error) {
  int known = sound_format_parse(options->format ? options->format : "wav");
  if (known < 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("unknown format \"%s\" (mp3, opus, flac, aac, wav)"),
                options->format);
    return false;
  }
  *format = (SoundFormat)known;
  return true;
}

static bool take_loudness(const ExportOptions *options, double *lufs, GError **error) {
  char *end = NULL;
  double given = options->loudness ? g_ascii_strtod(options->loudness, &end) : *lufs;
  bool is_within = given >= LOUDNESS_LEAST && given <= LOUDNESS_MOST; /* which "nan" is not */
  if (end && (end == options->loudness || *end != '\0' || !is_within)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("a loudness is a number of LUFS from %g to %g, such as -23"),
                LOUDNESS_LEAST, LOUDNESS_MOST);
    return false;
  }
  *lufs = given;
  return true;
}

/* --- the sound ------------------------------------------------------------------------------------ */

/* As it was made: nothing is chosen anew. */
static Rundown *rundown_as_it_stands(Edition *edition, GError **error) {
  g_autofree char *path = edition_path(edition, "rundown.yaml");
  g_autoptr(Rundown) there = rundown_load(path, error);
  if (!there)
    return NULL;
  gint64 entry = edition_taken_back(edition, there, error);
  if (entry < 0)
    return NULL;
  if (entry != 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("entry %" PRId64 " of %s was taken back or has expired: \"carnet produce\" makes it without"), entry,
                edition->id);
    return NULL;
  }
  there->locked = true; /* its pauses stay */
  g_clear_pointer(&edition->edited, rundown_free);
  edition->edited = g_steal_pointer(&there);
  return edition_rundown(edition, RUNDOWN_KEEP_EDITED, NULL, error);
}

/* Silence up to the length that the other station's clock has for it. */
static bool fill_up(Rundown *rundown, const char *length, GError **error) {
  gint64 frames = length ? slot_frames(length, error) : rundown->frames;
  if (frames <= 0)
    return false;
  if (rundown->frames > frames) {
    g_autofree char *its = duration_format(frames_to_us(rundown->frames), true);
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("it lasts %s, longer than %s (\"carnet produce --length %s\" makes it so)"), its, length, length);
    return false;
  }
  if (rundown->frames < frames) {
    rundown->bed.end_frame = rundown->frames;
    RundownItem *silence = rundown_item_new(ITEM_PAUSE);
    silence->frames = silence->least_frames = silence->most_frames = frames - rundown->frames;
    g_ptr_array_add(rundown->items, silence);
    rundown_retime(rundown);
  }
  return true;
}

static void print_result(const Session *session, const ExportOptions *options, const char *path,
                         const OutputReport *report) {
  if (options->json) {
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    json_add_string(builder, "path", path);
    json_add_int(builder, "frames", report->frames);
    json_add_double(builder, "loudness_lufs", report->integrated_lufs);
    json_add_double(builder, "true_peak_dbtp", report->true_peak_dbtp);
    json_builder_end_object(builder);
    g_autofree char *text = json_text(builder, true);
    puts(text);
  } else if (!session->quiet) {
    printf(_("  %s  %.1f LUFS, peak %.1f dBTP\n"), path, report->integrated_lufs, report->true_peak_dbtp);
  }
}

static bool export(Session *session, const ExportOptions *options, const Slot *slot, GError **error) {
  double *loudness =
      &session->station->loudness_lufs; /* all that measures asks the station: for this run it has another */
  SoundFormat format;
  g_autofree char *name = NULL;
  if (!take_format(options, &format, error) || !take_loudness(options, loudness, error) ||
      !(name = file_name(options, slot, format, error)))
    return false;
  g_autofree char *made = station_path(session->station, "editions", slot->edition, "rundown.yaml", NULL);
  if (!g_file_test(made, G_FILE_TEST_EXISTS)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s is not made yet: \"carnet produce\" makes it"),
                slot->edition);
    return false;
  }
  EditionWish wish = {.id = slot->edition};
  g_autoptr(Studio) studio = studio_open(session, true, error);
  g_autoptr(Edition) edition = studio ? edition_open(session, studio, slot->script, slot->date, &wish, error) : NULL;
  if (!edition || !session_store(session, error)) /* after the studio, whose children never see it */
    return false;
  studio_show_progress(studio, true);
  g_autoptr(Rundown) rundown = rundown_as_it_stands(edition, error);
  if (!rundown || !fill_up(rundown, options->length, error))
    return false;
  g_autofree char *path = g_build_filename(options->folder, name, NULL);
  g_autoptr(GArray) outputs = render_output_at(path, format, format == FORMAT_MP3 ? MP3_KBPS : 0);
  OutputReport report = {0};
  if (!render_sound(edition, rundown, outputs, true, &report, error))
    return false;
  print_result(session, options, path, &report);
  return true;
}

/* --- the verb --------------------------------------------------------------------------------------- */

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_export = {
    .name = "export",
    .group = N_("The bulletin"),
    .summary = N_("Put a bulletin's sound in another station's folder"),
    .usage = N_("[EDITION] --to FOLDER"),
    .help = N_("Writes an edition that was produced (the last one, without EDITION) as one sound file for a\n"
               "partner or an automation that watches the folder: a broadcast WAV (EBU Tech 3285, with its\n"
               "loudness), FLAC or MP3 with tags. The file has another name until it is whole. With --length it\n"
               "lasts exactly so long: silence fills it up; what is longer is refused.\n\n"
               "Examples:\n"
               "  carnet export --to /srv/dropbox\n"
               "  carnet export 2020-03-17-midi --to /srv/dropbox --length 5:00 --loudness -23\n"
               "  carnet export --to /srv/dropbox --format mp3 --name CARNET-{date}"),
    .run = run,
};

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(ExportOptions) options = {0};
  g_auto(GStrv) names = NULL;
  const GOptionEntry rows[] = {
      {"to", 't', 0, G_OPTION_ARG_FILENAME, &options.folder, N_("The folder that is watched"), N_("FOLDER")},
      {"format", 'f', 0, G_OPTION_ARG_STRING, &options.format, N_("wav, flac or mp3 (wav)"), N_("FORMAT")},
      {"length", 0, 0, G_OPTION_ARG_STRING, &options.length, N_("Exactly so long: silence fills it up"), N_("M:SS")},
      {"loudness", 0, 0, G_OPTION_ARG_STRING, &options.loudness, N_("LUFS (as station.yaml has it)"), N_("LUFS")},
      {"name", 0, 0, G_OPTION_ARG_FILENAME, &options.name, N_("The file's name, of {edition}, {date} and {script}"),
       N_("NAME")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("Print JSON"), NULL},
      G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_export, rows, argc, argv, 0, 1, &names, error))
    return false;
  if (!options.folder) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("where to? (--to FOLDER)"));
    return false;
  }
  g_auto(Slot) slot = {0};
  bool found = session_station(session, error) &&
               (names[0] ? slot_from_edition(names[0], &slot, error) : slot_latest(session, &slot, error));
  if (!found) {
    if (error && !*error)
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                  _("no edition was produced yet: \"carnet produce\" makes one"));
    return false;
  }
  if (!slot.edition)
    slot.edition = g_strdup_printf("%s-%s", slot.date, slot.script);
  session_catch_signals();
  return export(session, &options, &slot, error);
}
