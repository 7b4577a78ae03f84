/* carnet voices: who can speak, and how each sounds. */
#include "commands/speech_commands.h"

#include "base/json.h"
#include "commands/output.h"
#include "commands/voice_sample.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static void free_listed(gpointer data) {
  listed_free(data);
}

static gint compare_names(gconstpointer a, gconstpointer b) {
  const Listed *const *x = a, *const *y = b;
  return strcmp((*x)->name, (*y)->name);
}

/* Every voices/NAME.yaml but the lexicons, as a Listed. Returns (g_ptr_array_unref), or NULL. */
static GPtrArray *load_all(const Station *station, GError **error) {
  g_autofree char *folder = station_path(station, "voices", NULL);
  if (access(folder, R_OK | X_OK) != 0) {
    carnet_error_set_errno(error, errno, "%s", folder);
    return NULL;
  }
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  GPtrArray *voices = g_ptr_array_new_with_free_func(free_listed);
  for (const char *file; dir && (file = g_dir_read_name(dir));) {
    if (!g_str_has_suffix(file, ".yaml") || g_str_has_prefix(file, "lexicon.") || file[0] == '.') {
      continue;
    }
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *name = g_strndup(file, strlen(file) - strlen(".yaml"));
    GError *why = NULL;
    Voice *voice = voice_load(path, &why);
    g_ptr_array_add(voices, listed_new(station, name, voice, why));
  }
  g_ptr_array_sort(voices, compare_names);
  return voices;
}

/* "fr-fr+f2", or the program's name. Returns (g_free). */
static char *what_speaks(const Voice *voice) {
  return voice->engine == ENGINE_COMMAND
             ? g_strdup(voice->command[0])
             : g_strdup_printf("%s%s%s", voice->voice, *voice->variant ? "+" : "", voice->variant);
}

static void add_voice(JsonBuilder *builder, const Voice *voice) {
  g_autofree char *speaks = what_speaks(voice);
  json_add_string(builder, "engine", voice->engine == ENGINE_COMMAND ? "command" : "espeak");
  json_add_string(builder, "voice", speaks);
  json_add_int(builder, "rate", voice->rate_wpm);
  json_add_int(builder, "pitch", voice->pitch);
  json_add_string(builder, "polish", voice->polish);
  json_add_double(builder, "level", voice->level_db);
}

static void print_json(const GPtrArray *voices) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (guint i = 0; i < voices->len; i++) {
    const Listed *listed = g_ptr_array_index(voices, i);
    json_builder_begin_object(builder);
    json_add_string(builder, "name", listed->name);
    if (listed->voice) {
      add_voice(builder, listed->voice);
      json_add_string(builder, "language", listed->language);
      json_add_string(builder, "sample", listed->sentence);
    }
    if (listed->sound) {
      json_add_string(builder, "sound", listed->sound);
      json_add_string(builder, "picture", listed->picture);
      json_add_double(builder, "seconds", listed->seconds);
    }
    if (listed->error) {
      json_add_string(builder, "error", listed->error->message);
    }
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *text = json_text(builder, true);
  printf("%s\n", text);
}

static void print_table(const GPtrArray *voices) {
  const char *const headings[] = {_("voice"),  _("engine"), _("speaks as"), _("words a minute"), _("pitch"),
                                  _("sample"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < voices->len; i++) {
    const Listed *listed = g_ptr_array_index(voices, i);
    const Voice *voice = listed->voice;
    if (!voice) {
      continue;
    }
    g_autofree char *speaks = what_speaks(voice);
    g_autofree char *rate = g_strdup_printf("%u", voice->rate_wpm);
    g_autofree char *pitch = g_strdup_printf("%u", voice->pitch);
    const char *const cells[] = {
        voice->name, voice->engine == ENGINE_COMMAND ? "command" : "espeak", speaks, rate, pitch, listed->sentence,
        NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
}

static void print_samples(const GPtrArray *voices) {
  const char *const headings[] = {_("voice"), _("seconds"), _("sound"), _("picture"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < voices->len; i++) {
    const Listed *listed = g_ptr_array_index(voices, i);
    g_autofree char *seconds = g_strdup_printf("%.1f", listed->seconds);
    const char *const cells[] = {listed->name, seconds, listed->sound, listed->picture, NULL};
    if (listed->sound) {
      table_add(table, cells);
    }
  }
  table_print(table, stdout);
}

/* One failure is told as it is; several each with a warning, and the gravest gives the exit status. */
static bool tell_failures(GPtrArray *voices, GError **error) {
  guint n_failed = 0;
  Listed *worst = NULL;
  for (guint i = 0; i < voices->len; i++) {
    Listed *listed = g_ptr_array_index(voices, i);
    if (listed->error) {
      worst = worst && worst->error->code >= listed->error->code ? worst : listed;
      n_failed++;
    }
  }
  if (n_failed == 1) {
    g_propagate_error(error, g_steal_pointer(&worst->error));
  } else if (n_failed > 1) {
    for (guint i = 0; i < voices->len; i++) {
      const Listed *listed = g_ptr_array_index(voices, i);
      if (listed->error) {
        print_warning("%s", listed->error->message);
      }
    }
    g_set_error(error, CARNET_ERROR, worst->error->code, ngettext("%u voice failed", "%u voices failed", n_failed),
                n_failed);
  }
  return n_failed == 0;
}

typedef struct {
  char *folder;
  gboolean json;
} VoicesOptions;

static void voices_options_clear(VoicesOptions *options) {
  g_free(options->folder);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VoicesOptions, voices_options_clear)

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(VoicesOptions) options = {0};
  const GOptionEntry entries[] = {
      {"sample", 0, 0, G_OPTION_ARG_FILENAME, &options.folder, N_("Write a sentence by each, and a picture of it"),
       N_("DIR")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("Print JSON"), NULL},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };
  if (!command_parse(&command_voices, entries, argc, argv, 0, 0, NULL, error)) {
    return false;
  }
  const Station *station = session_station(session, error);
  g_autoptr(GPtrArray) voices = station ? load_all(station, error) : NULL;
  if (!voices || (options.folder && !voice_sample_write(session, voices, options.folder, error))) {
    return false;
  }
  if (options.json) {
    print_json(voices);
  } else if (options.folder) {
    print_samples(voices);
  } else {
    print_table(voices);
    print_note(session->quiet, "%s", _("carnet say \"…\" -v NAME says a text; carnet voices --sample DIR says these"));
  }
  return tell_failures(voices, error);
}

const Command command_voices = {
    .name = "voices",
    .group = N_("The voice"),
    .summary = N_("List the station's voices, or hear a sentence by each"),
    .usage = "",
    .help = N_("A voice is a file, voices/NAME.yaml; voices/README.md tells what may stand in it.\n\n"
               "With --sample, DIR/NAME.wav is its sentence as a bulletin would say it, and DIR/NAME.png the\n"
               "wave of it above its spectrum. What is there already is replaced. A voice that fails is told,\n"
               "and the others go on.\n\n"
               "  carnet voices --sample essais"),
    .run = run,
};
