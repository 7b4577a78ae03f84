/* carnet voices: who can speak. */
#include "commands/speech_commands.h"

#include "base/json.h"
#include "commands/output.h"
#include "speech/voice.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void free_voice(gpointer data) {
  voice_free(data);
}

static gint compare_names(gconstpointer a, gconstpointer b) {
  const Voice *const *x = a, *const *y = b;
  return strcmp((*x)->name, (*y)->name);
}

/* Every voices/NAME.yaml but the lexicons. Returns (g_ptr_array_unref), or NULL. */
static GPtrArray *load_all(const Station *station, GError **error) {
  g_autofree char *folder = station_path(station, "voices", NULL);
  if (access(folder, R_OK | X_OK) != 0) {
    carnet_error_set_errno(error, errno, "%s", folder);
    return NULL;
  }
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  g_autoptr(GPtrArray) voices = g_ptr_array_new_with_free_func(free_voice);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    if (!g_str_has_suffix(name, ".yaml") || g_str_has_prefix(name, "lexicon.") || name[0] == '.') {
      continue;
    }
    g_autofree char *path = g_build_filename(folder, name, NULL);
    Voice *voice = voice_load(path, error);
    if (!voice) {
      return NULL;
    }
    g_ptr_array_add(voices, voice);
  }
  g_ptr_array_sort(voices, compare_names);
  return g_steal_pointer(&voices);
}

/* "fr-fr+f2", or the program's name. Returns (g_free). */
static char *what_speaks(const Voice *voice) {
  return voice->engine == ENGINE_COMMAND
             ? g_strdup(voice->command[0])
             : g_strdup_printf("%s%s%s", voice->voice, *voice->variant ? "+" : "", voice->variant);
}

static void print_json(const GPtrArray *voices) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (guint i = 0; i < voices->len; i++) {
    const Voice *voice = g_ptr_array_index(voices, i);
    g_autofree char *speaks = what_speaks(voice);
    json_builder_begin_object(builder);
    json_add_string(builder, "name", voice->name);
    json_add_string(builder, "engine", voice->engine == ENGINE_COMMAND ? "command" : "espeak");
    json_add_string(builder, "voice", speaks);
    json_add_int(builder, "rate", voice->rate_wpm);
    json_add_int(builder, "pitch", voice->pitch);
    json_add_string(builder, "polish", voice->polish);
    json_add_double(builder, "level", voice->level_db);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *text = json_text(builder, true);
  printf("%s\n", text);
}

static void print_table(const GPtrArray *voices) {
  const char *const headings[] = {_("voice"), _("engine"), _("speaks as"), _("words a minute"), _("pitch"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < voices->len; i++) {
    const Voice *voice = g_ptr_array_index(voices, i);
    g_autofree char *speaks = what_speaks(voice);
    g_autofree char *rate = g_strdup_printf("%u", voice->rate_wpm);
    g_autofree char *pitch = g_strdup_printf("%u", voice->pitch);
    const char *const cells[] = {
        voice->name, voice->engine == ENGINE_COMMAND ? "command" : "espeak", speaks, rate, pitch, NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };
  if (!command_parse(&command_voices, entries, argc, argv, 0, 0, NULL, error)) {
    return false;
  }
  const Station *station = session_station(session, error);
  g_autoptr(GPtrArray) voices = station ? load_all(station, error) : NULL;
  if (!voices) {
    return false;
  }
  if (json) {
    print_json(voices);
  } else {
    print_table(voices);
  }
  return true;
}

const Command command_voices = {
    .name = "voices",
    .group = N_("The voice"),
    .summary = N_("List the station's voices"),
    .usage = "",
    .help = N_("A voice is a file, voices/NAME.yaml; voices/README.md tells what may stand in it."),
    .run = run,
};
