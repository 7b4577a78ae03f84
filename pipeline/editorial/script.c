/* scripts/NAME.yaml → Script: a schema for the shape, then the checks that a
 * schema cannot say, each reported at its place. */
#include "editorial/script_yaml.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/language.h"
#include "base/wav.h"

#include <string.h>

/* --- the shape of the file -------------------------------------------------- */

/* Who speaks: parts in a bulletin, then languages. */
static const char *const ROLES[] = {
    "presenter", "reader", "second-reader", "alerts", "guest", "headlines", "fr", "en", "es", "br", "eu", "ca",
    "oc",        "co",     "gsw",           "de",     "it",    "pt",        "nl", "ar", "pl", "ro", "uk"};
G_STATIC_ASSERT(G_N_ELEMENTS(ROLES) <= SCRIPT_MAX_ROLES);

typedef struct {
  char *roles[SCRIPT_MAX_ROLES];
} YamlVoices;

typedef struct {
  char *file;
  double *gain, *duck, *attack, *release;
} YamlBed;

typedef struct {
  char *title, *language, *length, *least, *fit, *quiet;
  unsigned *days;
  bool repeat;
  YamlVoices *voices;
  YamlBed *bed;
  YamlSpan *pauses, *close;
  YamlBlock *order;
  unsigned order_count;
} YamlScript;

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define STRING(key, type, member) CYAML_FIELD_STRING_PTR(key, OPTIONAL, type, member, 0, CYAML_UNLIMITED)
#define NUMBER(key, type, member) CYAML_FIELD_FLOAT_PTR(key, OPTIONAL, type, member)
#define COUNT(key, type, member) CYAML_FIELD_UINT_PTR(key, OPTIONAL, type, member)

static const cyaml_schema_field_t SPAN_FIELDS[] = {NUMBER("least", YamlSpan, least), NUMBER("most", YamlSpan, most),
                                                   CYAML_FIELD_END};

static const cyaml_schema_field_t BED_FIELDS[] = {
    CYAML_FIELD_STRING_PTR("file", CYAML_FLAG_DEFAULT, YamlBed, file, 1, CYAML_UNLIMITED),
    NUMBER("gain", YamlBed, gain),
    NUMBER("duck", YamlBed, duck),
    NUMBER("attack", YamlBed, attack),
    NUMBER("release", YamlBed, release),
    CYAML_FIELD_END};

static const cyaml_schema_value_t KIND_VALUE = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, CYAML_UNLIMITED)};

static const cyaml_schema_field_t ENTRIES_FIELDS[] = {
    CYAML_FIELD_SEQUENCE("kinds", OPTIONAL | CYAML_FLAG_POINTER, YamlEntries, kinds, &KIND_VALUE, 0, CYAML_UNLIMITED),
    COUNT("least", YamlEntries, least),
    COUNT("most", YamlEntries, most),
    STRING("lead", YamlEntries, lead),
    STRING("empty", YamlEntries, empty),
    STRING("voice", YamlEntries, voice),
    CYAML_FIELD_END};

static const cyaml_schema_field_t BLOCK_FIELDS[] = {
    STRING("jingle", YamlBlock, jingle),
    STRING("say", YamlBlock, say),
    STRING("sound", YamlBlock, sound),
    STRING("voice", YamlBlock, voice),
    STRING("lead", YamlBlock, lead),
    COUNT("headlines", YamlBlock, headlines),
    NUMBER("pause", YamlBlock, pause),
    CYAML_FIELD_MAPPING_PTR("entries", OPTIONAL, YamlBlock, entries, ENTRIES_FIELDS),
    CYAML_FIELD_MAPPING_PTR("breath", OPTIONAL, YamlBlock, breath, SPAN_FIELDS),
    CYAML_FIELD_END};
static const cyaml_schema_value_t BLOCK_VALUE = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, YamlBlock, BLOCK_FIELDS)};

#define ROLE(i, name) STRING(name, YamlVoices, roles[i])
static const cyaml_schema_field_t VOICES_FIELDS[] = {ROLE(0, "presenter"), ROLE(1, "reader"), ROLE(2, "second-reader"),
                                                     ROLE(3, "alerts"),    ROLE(4, "guest"),  ROLE(5, "headlines"),
                                                     ROLE(6, "fr"),        ROLE(7, "en"),     ROLE(8, "es"),
                                                     ROLE(9, "br"),        ROLE(10, "eu"),    ROLE(11, "ca"),
                                                     ROLE(12, "oc"),       ROLE(13, "co"),    ROLE(14, "gsw"),
                                                     ROLE(15, "de"),       ROLE(16, "it"),    ROLE(17, "pt"),
                                                     ROLE(18, "nl"),       ROLE(19, "ar"),    ROLE(20, "pl"),
                                                     ROLE(21, "ro"),       ROLE(22, "uk"),    CYAML_FIELD_END};

static const cyaml_schema_field_t SCRIPT_FIELDS[] = {
    CYAML_FIELD_STRING_PTR("title", CYAML_FLAG_DEFAULT, YamlScript, title, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("language", CYAML_FLAG_DEFAULT, YamlScript, language, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("length", CYAML_FLAG_DEFAULT, YamlScript, length, 1, CYAML_UNLIMITED),
    STRING("least", YamlScript, least),
    STRING("fit", YamlScript, fit),
    STRING("quiet", YamlScript, quiet),
    COUNT("days", YamlScript, days),
    YAML_SWITCH("repeat", YamlScript, repeat),
    CYAML_FIELD_MAPPING_PTR("voices", CYAML_FLAG_DEFAULT, YamlScript, voices, VOICES_FIELDS),
    CYAML_FIELD_MAPPING_PTR("bed", OPTIONAL, YamlScript, bed, BED_FIELDS),
    CYAML_FIELD_MAPPING_PTR("pauses", OPTIONAL, YamlScript, pauses, SPAN_FIELDS),
    CYAML_FIELD_MAPPING_PTR("close", OPTIONAL, YamlScript, close, SPAN_FIELDS),
    CYAML_FIELD_SEQUENCE("order", CYAML_FLAG_POINTER, YamlScript, order, &BLOCK_VALUE, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END};
static const cyaml_schema_value_t SCRIPT_SCHEMA = {CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, YamlScript, SCRIPT_FIELDS)};

/* --- checks ------------------------------------------------------------------ */

static bool read_length(const YamlFile *file, const char *where, const char *text, gint64 *frames, GError **error) {
  g_autoptr(GError) wrong = NULL;
  gint64 length_us = strchr(text, ':') == NULL ? 0 : duration_parse(text, &wrong);
  if (length_us <= 0 || length_us % US_PER_SECOND != 0) {
    yaml_error_at(error, file, where, _("\"%s\" is not a length such as \"5:00\" (minutes:seconds)"), text);
    return false;
  }
  if (length_us > SCRIPT_MAX_SECONDS * US_PER_SECOND) {
    yaml_error_at(error, file, where, _("longer than 6 hours"));
    return false;
  }
  *frames = us_to_frames(length_us);
  return true;
}

static bool read_voices(Script *script, const YamlFile *file, const YamlVoices *voices, GError **error) {
  for (guint i = 0; i < G_N_ELEMENTS(ROLES); i++) {
    if (voices->roles[i] == NULL)
      continue;
    g_autofree char *where = g_strdup_printf("voices.%s", ROLES[i]);
    if (!script_check_filled(file, where, voices->roles[i], error))
      return false;
    script->role_names[script->n_roles] = g_strdup(ROLES[i]);
    script->role_voices[script->n_roles++] = g_strdup(voices->roles[i]);
  }
  if (script->n_roles > 0)
    return true;
  yaml_error_at(error, file, "voices", _("names no voice: write for example {presenter: claire}"));
  return false;
}

static bool read_decibels(const YamlFile *file, const char *where, const double *value, double *db, GError **error) {
  if (value == NULL)
    return true;
  if (*value < -60 || *value > 12) {
    yaml_error_at(error, file, where, _("must be from -60 to 12 dB"));
    return false;
  }
  *db = *value;
  return true;
}

static bool read_bed(Script *script, const YamlFile *file, const YamlBed *bed, GError **error) {
  script->bed = (RundownBed){
      .gain_db = -20, .duck_db = -12, .attack_frames = FRAME_RATE * 3 / 10, .release_frames = FRAME_RATE * 8 / 10};
  if (bed == NULL)
    return true;
  if (!script_check_filled(file, "bed.file", bed->file, error) ||
      !read_decibels(file, "bed.gain", bed->gain, &script->bed.gain_db, error) ||
      !read_decibels(file, "bed.duck", bed->duck, &script->bed.duck_db, error) ||
      !script_read_seconds(file, "bed.attack", bed->attack, 10, &script->bed.attack_frames, error) ||
      !script_read_seconds(file, "bed.release", bed->release, 10, &script->bed.release_frames, error))
    return false;
  if (script->bed.duck_db > 0) {
    yaml_error_at(error, file, "bed.duck", _("must be 0 or less: the bed goes down under a voice"));
    return false;
  }
  script->bed.file = g_strdup(bed->file);
  return true;
}

/* --- the head of the file ------------------------------------------------------- */

static bool read_fit(Script *script, const YamlFile *file, const char *fit, GError **error) {
  if (fit == NULL || strcmp(fit, "exact") == 0) {
    script->fit = FIT_EXACT;
    return true;
  }
  script->fit = FIT_AT_MOST;
  if (strcmp(fit, "at-most") == 0)
    return true;
  yaml_error_at(error, file, "fit", _("\"%s\" is neither exact nor at-most"), fit);
  return false;
}

static bool read_lengths(Script *script, const YamlFile *file, const YamlScript *yaml, GError **error) {
  if (!read_length(file, "length", yaml->length, &script->slot_frames, error) ||
      !read_fit(script, file, yaml->fit, error))
    return false;
  script->least_frames = script->fit == FIT_EXACT ? MIN(script->slot_frames, (gint64)60 * FRAME_RATE) : 0;
  if (yaml->least == NULL)
    return true;
  if (!read_length(file, "least", yaml->least, &script->least_frames, error))
    return false;
  if (script->least_frames <= script->slot_frames)
    return true;
  yaml_error_at(error, file, "least", _("is more than the length, %s"), yaml->length);
  return false;
}

static bool read_spans(Script *script, const YamlFile *file, const YamlScript *yaml, GError **error) {
  bool has_bed = script->bed.file != NULL; /* without music, a long close would be dead air */
  script->pause_least_frames = FRAME_RATE / 2;
  script->pause_most_frames = FRAME_RATE * 3;
  script->close_least_frames = has_bed ? FRAME_RATE * 2 : FRAME_RATE / 2;
  script->close_most_frames = has_bed ? FRAME_RATE * 30 : FRAME_RATE * 2;
  return script_read_span(file, "pauses", yaml->pauses, 30, &script->pause_least_frames, &script->pause_most_frames,
                          error) &&
         script_read_span(file, "close", yaml->close, 600, &script->close_least_frames, &script->close_most_frames,
                          error);
}

static bool read_head(Script *script, const YamlFile *file, const YamlScript *yaml, GError **error) {
  script->title = g_strdup(yaml->title);
  script->language = g_strdup(yaml->language);
  script->quiet = g_strdup(yaml->quiet);
  script->repeat = yaml->repeat;
  script->days = 1;
  if (!script_check_filled(file, "title", yaml->title, error) ||
      !script_check_wording(file, "title", yaml->title, error) ||
      !script_check_wording(file, "quiet", yaml->quiet, error) ||
      !script_read_count(file, "days", yaml->days, 366, &script->days, error))
    return false;
  if (script->days == 0) {
    yaml_error_at(error, file, "days", _("must be 1 or more"));
    return false;
  }
  if (language_is_known(yaml->language))
    return true;
  yaml_error_at(error, file, "language", _("unknown language \"%s\" (write a tag such as fr, en, es)"), yaml->language);
  return false;
}

static char *name_of(const char *path) {
  char *name = g_path_get_basename(path);
  char *dot = strrchr(name, '.');
  if (dot != NULL && dot != name)
    *dot = '\0';
  return name;
}

static Script *read_script(const char *path, const YamlFile *file, GError **error) {
  const YamlScript *yaml = file->data;
  g_autoptr(Script) script = g_new0(Script, 1);
  script->name = name_of(path);
  if (!read_head(script, file, yaml, error) || !read_lengths(script, file, yaml, error) ||
      !read_voices(script, file, yaml->voices, error) || !read_bed(script, file, yaml->bed, error) ||
      !read_spans(script, file, yaml, error) || !script_read_order(script, file, yaml->order, yaml->order_count, error))
    return NULL;
  return g_steal_pointer(&script);
}

Script *script_load(const char *path, GError **error) {
  g_autoptr(YamlFile) file = yaml_file_load(path, &SCRIPT_SCHEMA, error);
  return file == NULL ? NULL : read_script(path, file, error);
}

Script *script_parse(const char *path, GBytes *text, GError **error) {
  g_autoptr(YamlFile) file = yaml_file_parse(path, text, &SCRIPT_SCHEMA, error);
  return file == NULL ? NULL : read_script(path, file, error);
}

/* --- questions to a script --------------------------------------------------------- */

void script_free(Script *script) {
  if (script == NULL)
    return;
  g_free(script->name);
  g_free(script->title);
  g_free(script->language);
  g_free(script->quiet);
  g_free(script->bed.file);
  for (guint i = 0; i < script->n_roles; i++) {
    g_free(script->role_names[i]);
    g_free(script->role_voices[i]);
  }
  for (guint i = 0; i < script->n_blocks; i++) {
    ScriptBlock *block = &script->blocks[i];
    g_free(block->file);
    g_free(block->say);
    g_free(block->lead);
    g_free(block->empty);
    g_free(block->voice);
  }
  g_free(script->blocks);
  g_free(script);
}

static const char *voice_of_role(const Script *script, const char *role) {
  for (guint i = 0; i < script->n_roles; i++)
    if (g_strcmp0(script->role_names[i], role) == 0)
      return script->role_voices[i];
  return NULL;
}

bool script_has_role(const Script *script, const char *role) {
  return voice_of_role(script, role) != NULL;
}

const char *script_voice(const Script *script, const char *role) {
  if (role == NULL)
    return script->role_voices[0];
  const char *voice = voice_of_role(script, role);
  return voice == NULL ? role : voice;
}

const char *script_voice_for(const Script *script, const char *role, const char *language) {
  for (guint i = 0; i < script->n_roles && !language_same(language, script->language); i++)
    if (language_same(language, script->role_names[i]))
      return script->role_voices[i];
  return script_voice(script, role);
}

guint script_leading_sounds(const Script *script) {
  guint n = 0;
  while (n < script->n_blocks && (script->blocks[n].type == BLOCK_JINGLE || script->blocks[n].type == BLOCK_SOUND))
    n++;
  return n;
}
