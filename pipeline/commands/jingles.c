/* carnet jingles: the station's music, how long and how loud it is; one is added after it was listened to. */
#include "commands/speech_commands.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "base/optional.h"
#include "base/text.h"
#include "base/wav.h"
#include "commands/output.h"
#include "commands/studio.h"
#include "sound/measure.h"
#include "sound/sounds.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "voices/jingles"
#define BYTES_MOST (200u << 20)
#define SCRIPT_MOST (1u << 20)

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_jingles = {
    .name = "jingles",
    .group = N_("The voice"),
    .summary = N_("List jingles and beds with their length and level, or add one"),
    .usage = N_("[add|check FILE]"),
    .help = N_("Lists what lies in voices/jingles/: its length, its loudness (EBU R 128) and its highest peak. The\n"
               "mix sets each to the level that it needs: louder or softer files do no harm, clipped ones do.\n\n"
               "  carnet jingles                                  what there is\n"
               "  carnet jingles add ~/ouverture.mp3              put a file there, after it was decoded and measured\n"
               "  carnet jingles check entretien.ogg              can it be read, how long and loud is it?\n"
               "  carnet jingles add --name midi --replace x.wav  under another name, in the place of what is there"),
    .run = run,
};

typedef struct {
  char *name, *file; /* "ouverture", "ouverture.flac" */
  gint64 frames;
  double loudness_lufs, peak_dbtp;
  char *why; /* it cannot be used; NULL: it can */
} Jingle;

static void jingle_free(gpointer data) {
  Jingle *jingle = data;
  g_free(jingle->name);
  g_free(jingle->file);
  g_free(jingle->why);
  g_free(jingle);
}

static const char *ending_of(const char *file) {
  const char *dot = strrchr(file, '.');
  for (guint i = 0; dot && studio_endings[i]; i++)
    if (g_ascii_strcasecmp(dot + 1, studio_endings[i]) == 0)
      return studio_endings[i];
  return NULL;
}

/* Decoded in the limited child, as for a bulletin; the prepared form is kept for it. */
static bool measure(NurseryPool *decoders, const char *path, const char *cache, Jingle *jingle, GError **error) {
  g_autofree char *prepared = sound_prepare(decoders, path, cache, &jingle->frames, error);
  g_autoptr(WavReader) wav = prepared ? wav_reader_open(prepared, error) : NULL;
  Measure measured = {0};
  if (!wav || !measure_parse(wav_reader_info(wav), &measured, error))
    return false;
  jingle->loudness_lufs = measured.integrated_lufs;
  jingle->peak_dbtp = measured.true_peak_dbtp;
  measure_clear(&measured);
  return true;
}

static NurseryPool *open_decoders(const char *cache, GError **error) {
  g_autofree char *sounds = g_build_filename(cache, "sounds", NULL);
  NurseryPool *decoders = decoder_start(1, false, error);
  if (decoders && !folder_make(sounds, error))
    g_clear_pointer(&decoders, nursery_pool_free);
  return decoders;
}

/* --- the list ---------------------------------------------------------------------------- */

static gint compare(gconstpointer a, gconstpointer b) {
  const Jingle *const *x = a, *const *y = b;
  return strcmp((*x)->file, (*y)->file);
}

/* Jingle* (g_ptr_array_unref), or NULL. */
static GPtrArray *load_all(const Station *station, NurseryPool *decoders, const char *cache, GError **error) {
  g_autofree char *folder = station_path(station, FOLDER, NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  if (!dir && access(folder, R_OK | X_OK) != 0) {
    carnet_error_set_errno(error, errno, "%s", folder);
    return NULL;
  }
  GPtrArray *jingles = g_ptr_array_new_with_free_func(jingle_free);
  for (const char *file; dir && (file = g_dir_read_name(dir));) {
    if (*file == '.' || !ending_of(file) || !g_utf8_validate(file, -1, NULL))
      continue;
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autoptr(GError) why = NULL;
    Jingle *jingle = g_new0(Jingle, 1);
    jingle->file = g_strdup(file);
    jingle->name = g_strndup(file, (gsize)(strrchr(file, '.') - file));
    if (!measure(decoders, path, cache, jingle, &why))
      jingle->why = g_strdup(why->message);
    g_ptr_array_add(jingles, jingle);
  }
  g_ptr_array_sort(jingles, compare);
  return jingles;
}

static void print_table(const GPtrArray *jingles) {
  const char *headings[] = {_("name"), _("file"), _("length"), _("loudness"), _("peak"), _("trouble"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < jingles->len; i++) {
    const Jingle *jingle = jingles->pdata[i];
    g_autofree char *length = duration_format(frames_to_us(jingle->frames), true);
    g_autofree char *loudness = g_strdup_printf("%.1f LUFS", jingle->loudness_lufs);
    g_autofree char *peak = g_strdup_printf("%.1f dBTP", jingle->peak_dbtp);
    bool is_good = !jingle->why;
    const char *cells[] = {jingle->name,
                           jingle->file,
                           is_good ? length : "",
                           is_good ? loudness : "",
                           is_good ? peak : "",
                           is_good ? "" : jingle->why,
                           NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
}

static void print_json(const GPtrArray *jingles) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (guint i = 0; i < jingles->len; i++) {
    const Jingle *jingle = jingles->pdata[i];
    json_builder_begin_object(builder);
    json_add_string(builder, "name", jingle->name);
    json_add_string(builder, "file", jingle->file);
    json_add_string(builder, "error", jingle->why);
    if (!jingle->why) {
      json_add_double(builder, "length", (double)jingle->frames / FRAME_RATE);
      json_add_double(builder, "loudness_lufs", jingle->loudness_lufs);
      json_add_double(builder, "peak_dbtp", jingle->peak_dbtp);
    }
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *text = json_text(builder, true);
  puts(text);
}

static bool list(const Station *station, bool as_json, GError **error) {
  g_autofree char *cache = station_path(station, "cache", NULL);
  g_autoptr(NurseryPool) decoders = open_decoders(cache, error);
  g_autoptr(GPtrArray) jingles = decoders ? load_all(station, decoders, cache, error) : NULL;
  if (!jingles)
    return false;
  if (as_json)
    print_json(jingles);
  else if (jingles->len > 0)
    print_table(jingles);
  else
    printf("%s\n", _("there is none yet (carnet jingles add FILE)"));
  return true;
}

/* --- one more ---------------------------------------------------------------------------- */

/* No script names the file that would go, with its ending: it would find it no more. One that cannot be read might. */
static bool may_go(const Station *station, const char *file, GError **error) {
  g_autofree char *folder = station_path(station, "scripts", NULL);
  g_autoptr(GPtrArray) scripts = optional_names(folder, ".yaml", error);
  bool may = scripts != NULL;
  for (guint i = 0; may && i < scripts->len; i++) {
    g_autofree char *path = g_build_filename(folder, scripts->pdata[i], NULL);
    g_autofree char *text = file_read_text(path, SCRIPT_MOST, error);
    may = text && !strstr(text, file);
    if (text && !may)
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s names %s: write it there without its ending first"),
                  path, file);
  }
  return may;
}

/* The same name with another ending would be found in its stead. */
static void remove_others(const Station *station, const char *name, const char *ending) {
  for (guint i = 0; studio_endings[i]; i++) {
    g_autofree char *file = g_strdup_printf("%s.%s", name, studio_endings[i]);
    g_autofree char *path = station_path(station, FOLDER, file, NULL);
    if (strcmp(studio_endings[i], ending) != 0)
      g_unlink(path);
  }
}

/* Those that remove_others will take; the file that is written over keeps its name. */
static bool others_may_go(const Station *station, const char *name, const char *ending, GError **error) {
  bool may = true;
  for (guint i = 0; may && studio_endings[i]; i++) {
    g_autofree char *file = g_strdup_printf("%s.%s", name, studio_endings[i]);
    g_autofree char *path = station_path(station, FOLDER, file, NULL);
    if (strcmp(studio_endings[i], ending) != 0 && g_file_test(path, G_FILE_TEST_EXISTS))
      may = may_go(station, file, error);
  }
  return may;
}

/* What is there under that name already is told, unless it is to be replaced. */
static bool is_free(const Station *station, const char *name, const char *ending, bool may_replace, GError **error) {
  if (!station_name_check(name, error))
    return false;
  if (ending_of(name)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: a jingle's name has no ending"), name);
    return false;
  }
  if (may_replace)
    return others_may_go(station, name, ending, error);
  g_autofree char *there = station_find(station, FOLDER, name, studio_endings, NULL);
  if (there)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("there is a jingle \"%s\" already: give it another name (--name), or say --replace"), name);
  return !there;
}

static bool add(const Session *session, const char *from, const char *wished, bool may_replace, GError **error) {
  const Station *station = session->station;
  const char *ending = ending_of(from);
  if (!ending) {
    g_autofree char *endings = g_strjoinv(", .", (char **)studio_endings), *shown = text_printable(from);
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: its name ends in none of .%s"), shown, endings);
    return false;
  }
  g_autofree char *base = g_path_get_basename(from);
  g_autofree char *own = g_strndup(base, (gsize)(strrchr(base, '.') - base));
  const char *name = wished ? wished : own;
  g_autofree char *cache = station_path(station, "cache", NULL);
  Jingle jingle = {0};
  if (!is_free(station, name, ending, may_replace, error))
    return false;
  g_autoptr(NurseryPool) decoders = open_decoders(cache, error);
  if (!decoders || !measure(decoders, from, cache, &jingle, error))
    return false;
  g_autofree char *file = g_strdup_printf("%s.%s", name, ending);
  g_autofree char *folder = station_path(station, FOLDER, NULL), *to = g_build_filename(folder, file, NULL);
  g_autoptr(GBytes) bytes = file_read(from, BYTES_MOST, error);
  gsize n = 0;
  const char *data = bytes ? g_bytes_get_data(bytes, &n) : NULL;
  if (!bytes || !folder_make(folder, error) || !file_write(to, data, (gssize)n, 0644, error))
    return false;
  remove_others(station, name, ending);
  g_autofree char *length = duration_format(frames_to_us(jingle.frames), true);
  if (!session->quiet)
    printf(_("%s: %s, %.1f LUFS, peak %.1f dBTP\n"), to, length, jingle.loudness_lufs, jingle.peak_dbtp);
  return true;
}

/* A sound of any use: can it be read, and how long and loud is it? */
static bool check(const Station *station, const char *path, GError **error) {
  g_autofree char *cache = station_path(station, "cache", NULL);
  g_autoptr(NurseryPool) decoders = open_decoders(cache, error);
  Jingle jingle = {0};
  if (!decoders || !measure(decoders, path, cache, &jingle, error))
    return false;
  g_autofree char *length = duration_format(frames_to_us(jingle.frames), true);
  printf(_("%s: %s, %.1f LUFS, peak %.1f dBTP\n"), path, length, jingle.loudness_lufs, jingle.peak_dbtp);
  return true;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_autofree char *name = NULL;
  gboolean as_json = FALSE, may_replace = FALSE;
  const GOptionEntry rows[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_("Print JSON"), NULL},
      {"name", 'n', 0, G_OPTION_ARG_STRING, &name, N_("add: its name, without an ending (the file's own)"), N_("NAME")},
      {"replace", 0, 0, G_OPTION_ARG_NONE, &may_replace, N_("add: in the place of what has that name"), NULL},
      G_OPTION_ENTRY_NULL};
  g_auto(GStrv) arguments = NULL;
  if (!command_parse(&command_jingles, rows, argc, argv, 0, 2, &arguments, error))
    return false;
  guint n = arguments ? g_strv_length(arguments) : 0;
  bool adds = n == 2 && strcmp(arguments[0], "add") == 0, checks = n == 2 && strcmp(arguments[0], "check") == 0;
  if ((n > 0 && !adds && !checks) || (!adds && (name || may_replace))) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, "%s", _("carnet jingles, or carnet jingles add|check FILE"));
    return false;
  }
  const Station *station = session_station(session, error);
  session_catch_signals();
  if (!station)
    return false;
  if (checks)
    return check(station, arguments[1], error);
  return adds ? add(session, arguments[1], name, may_replace, error) : list(station, as_json, error);
}
