#include "speech/voice.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/yaml.h"

#include <string.h>

#define MAX_ARGUMENTS 64

/* The file as libcyaml reads it; a pointer is NULL where the key is absent. */
typedef struct {
  int *engine;
  char **command, **reads;
  unsigned command_count, reads_count;
  bool *network;
  char *voice, *variant, *polish;
  unsigned *rate, *pitch, *pitch_range, *word_gap, *sentence_pause, *clause_pause, *headline_rate, *deadline;
  double *level;
} VoiceText;

static const cyaml_strval_t engine_names[] = {{"espeak", ENGINE_ESPEAK}, {"command", ENGINE_COMMAND}};
static const cyaml_schema_value_t argument_value = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 0, 4096)};

#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)

static const cyaml_schema_field_t voice_fields[] = {
    CYAML_FIELD_ENUM_PTR("engine", OPTIONAL | CYAML_FLAG_STRICT, VoiceText, engine, engine_names,
                         CYAML_ARRAY_LEN(engine_names)),
    CYAML_FIELD_SEQUENCE("command", OPTIONAL, VoiceText, command, &argument_value, 1, MAX_ARGUMENTS),
    CYAML_FIELD_SEQUENCE("reads", OPTIONAL, VoiceText, reads, &argument_value, 1, MAX_ARGUMENTS),
    CYAML_FIELD_BOOL_PTR("network", OPTIONAL, VoiceText, network),
    CYAML_FIELD_STRING_PTR("voice", OPTIONAL, VoiceText, voice, 1, 40),
    CYAML_FIELD_STRING_PTR("variant", OPTIONAL, VoiceText, variant, 0, 40),
    CYAML_FIELD_UINT_PTR("rate", OPTIONAL, VoiceText, rate),
    CYAML_FIELD_UINT_PTR("pitch", OPTIONAL, VoiceText, pitch),
    CYAML_FIELD_UINT_PTR("pitch-range", OPTIONAL, VoiceText, pitch_range),
    CYAML_FIELD_UINT_PTR("word-gap", OPTIONAL, VoiceText, word_gap),
    CYAML_FIELD_UINT_PTR("sentence-pause", OPTIONAL, VoiceText, sentence_pause),
    CYAML_FIELD_UINT_PTR("clause-pause", OPTIONAL, VoiceText, clause_pause),
    CYAML_FIELD_UINT_PTR("headline-rate", OPTIONAL, VoiceText, headline_rate),
    CYAML_FIELD_UINT_PTR("deadline", OPTIONAL, VoiceText, deadline),
    CYAML_FIELD_STRING_PTR("polish", OPTIONAL, VoiceText, polish, 0, 2000),
    CYAML_FIELD_FLOAT_PTR("level", OPTIONAL, VoiceText, level),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t voice_schema = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, VoiceText, voice_fields)};

/* `*out` = the value given, or `usual`; out of range is INPUT at its place. */
static bool take_number(const YamlFile *file, const char *key, const unsigned *given, unsigned least, unsigned most,
                        unsigned usual, unsigned *out, GError **error) {
  *out = given ? *given : usual;
  if (*out >= least && *out <= most) {
    return true;
  }
  yaml_error_at(error, file, key, _("%s is %u: from %u to %u is possible"), key, *out, least, most);
  return false;
}

/* Names of eSpeak's voices are file names below its data: letters, digits, "-" and "_" alone. */
static bool check_name(const YamlFile *file, const char *key, const char *name, GError **error) {
  gsize n = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
  if (name[n] == '\0') {
    return true;
  }
  yaml_error_at(error, file, key, _("%s holds a character that no voice of eSpeak has"), key);
  return false;
}

static char **copy_of(char *const *texts, unsigned count) {
  char **copy = g_new0(char *, count + 1);
  for (unsigned i = 0; i < count; i++) {
    copy[i] = g_strdup(texts[i]); /* NOLINT: none without a count */
  }
  return copy;
}

static bool take_engine(Voice *voice, const YamlFile *file, const VoiceText *text, GError **error) {
  voice->engine = text->engine ? (VoiceEngine)*text->engine : text->command ? ENGINE_COMMAND : ENGINE_ESPEAK;
  if (voice->engine == ENGINE_COMMAND && text->command_count == 0) {
    yaml_error_at(error, file, "engine", _("engine command needs a command: [PROGRAM, ARGUMENT, …]"));
    return false;
  }
  if (voice->engine == ENGINE_ESPEAK && text->command) {
    yaml_error_at(error, file, "command", _("engine espeak runs no command"));
    return false;
  }
  if (voice->engine == ENGINE_ESPEAK && (text->reads || text->network || text->deadline)) {
    const char *key = text->reads ? "reads" : text->network ? "network" : "deadline";
    yaml_error_at(error, file, key, _("this is for a command"));
    return false;
  }
  voice->command = copy_of(text->command, text->command_count);
  voice->reads = copy_of(text->reads, text->reads_count);
  voice->network = text->network && *text->network;
  return true;
}

static bool take_level(Voice *voice, const YamlFile *file, const VoiceText *text, GError **error) {
  voice->level_db = text->level ? *text->level : 0;
  if (voice->level_db >= -20 && voice->level_db <= 10) {
    return true;
  }
  yaml_error_at(error, file, "level", _("level is %.1f: from -20 to 10 dB is possible"), voice->level_db);
  return false;
}

/* A voice's file lies in STATION/voices. */
static char *station_of(const char *path) {
  g_autofree char *whole = g_canonicalize_filename(path, NULL);
  g_autofree char *voices = g_path_get_dirname(whole);
  return g_path_get_dirname(voices);
}

static char *name_of(const char *path) {
  char *name = g_path_get_basename(path);
  char *dot = strrchr(name, '.');
  if (dot && dot > name) {
    *dot = '\0';
  }
  return name;
}

Voice *voice_load(const char *path, GError **error) {
  g_autoptr(YamlFile) file = yaml_file_load(path, &voice_schema, error);
  if (!file) {
    return NULL;
  }
  const VoiceText *text = file->data;
  g_autoptr(Voice) voice = g_new0(Voice, 1);
  voice->name = name_of(path);
  voice->station = station_of(path);
  voice->voice = g_strdup(text->voice ? text->voice : "fr");
  voice->variant = g_strdup(text->variant ? text->variant : "");
  voice->polish = g_strdup(text->polish ? text->polish : "");
  bool ok = take_engine(voice, file, text, error) && check_name(file, "voice", voice->voice, error) &&
            check_name(file, "variant", voice->variant, error) &&
            take_number(file, "rate", text->rate, 80, 450, 155, &voice->rate_wpm, error) &&
            take_number(file, "pitch", text->pitch, 0, 99, 50, &voice->pitch, error) &&
            take_number(file, "pitch-range", text->pitch_range, 0, 99, 50, &voice->pitch_range, error) &&
            take_number(file, "word-gap", text->word_gap, 0, 50, 1, &voice->word_gap, error) &&
            take_number(file, "sentence-pause", text->sentence_pause, 0, 3000, 450, &voice->sentence_pause_ms, error) &&
            take_number(file, "clause-pause", text->clause_pause, 0, 3000, 180, &voice->clause_pause_ms, error) &&
            take_number(file, "headline-rate", text->headline_rate, 50, 100, 94, &voice->headline_percent, error) &&
            take_number(file, "deadline", text->deadline, 1, 600, 60, &voice->deadline_s, error) &&
            take_level(voice, file, text, error);
  return ok ? g_steal_pointer(&voice) : NULL;
}

void voice_free(Voice *voice) {
  if (!voice) {
    return;
  }
  g_free(voice->name);
  g_strfreev(voice->command);
  g_strfreev(voice->reads);
  g_free(voice->station);
  g_free(voice->voice);
  g_free(voice->variant);
  g_free(voice->polish);
  g_free(voice);
}
