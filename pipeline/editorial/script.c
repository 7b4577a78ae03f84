/* scripts/NAME.yaml → Script: a schema for the shape, then the checks that a
 * schema cannot say, each reported at its place. */
#include "editorial/script.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/language.h"
#include "base/text.h"
#include "base/wav.h"
#include "base/yaml.h"
#include "editorial/wording.h"

#include <math.h>
#include <string.h>

/* --- the shape of the file -------------------------------------------------- */

/* Who speaks: parts in a bulletin, then languages. */
static const char *const ROLES[] = {"presenter", "reader", "second-reader", "alerts", "guest", "headlines", "fr", "en",
                                    "es",        "br",     "eu",            "ca",     "oc",    "co",        "gsw", "de",
                                    "it",        "pt",     "nl",            "ar",     "pl",    "ro",        "uk"};
G_STATIC_ASSERT(G_N_ELEMENTS(ROLES) <= SCRIPT_MAX_ROLES);

typedef struct {
  char *roles[SCRIPT_MAX_ROLES];
} YamlVoices;

typedef struct {
  double *least, *most; /* seconds */
} YamlSpan;

typedef struct {
  char *file;
  double *gain, *duck, *attack, *release;
} YamlBed;

typedef struct {
  char **kinds;
  unsigned kinds_count;
  unsigned *least, *most;
  char *lead, *empty, *voice;
} YamlEntries;

typedef struct {
  char *jingle, *say, *sound, *voice, *lead;
  unsigned *headlines;
  double *pause;
  YamlEntries *entries;
  YamlSpan *breath;
} YamlBlock;

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

/* libcyaml takes any word for true; only these are. */
static const cyaml_strval_t YES_NO[] = {{"false", 0}, {"no", 0}, {"off", 0}, {"true", 1}, {"yes", 1}, {"on", 1}};
#define SWITCH(key, type, member) \
  CYAML_FIELD_ENUM(key, OPTIONAL | CYAML_FLAG_STRICT | CYAML_FLAG_CASE_INSENSITIVE, type, member, YES_NO, \
                   CYAML_ARRAY_LEN(YES_NO))

static const cyaml_schema_field_t SPAN_FIELDS[] = {
    NUMBER("least", YamlSpan, least), NUMBER("most", YamlSpan, most), CYAML_FIELD_END};

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
static const cyaml_schema_field_t VOICES_FIELDS[] = {
    ROLE(0, "presenter"), ROLE(1, "reader"), ROLE(2, "second-reader"), ROLE(3, "alerts"), ROLE(4, "guest"),
    ROLE(5, "headlines"), ROLE(6, "fr"),     ROLE(7, "en"),            ROLE(8, "es"),     ROLE(9, "br"),
    ROLE(10, "eu"),       ROLE(11, "ca"),    ROLE(12, "oc"),           ROLE(13, "co"),    ROLE(14, "gsw"),
    ROLE(15, "de"),       ROLE(16, "it"),    ROLE(17, "pt"),           ROLE(18, "nl"),    ROLE(19, "ar"),
    ROLE(20, "pl"),       ROLE(21, "ro"),    ROLE(22, "uk"),           CYAML_FIELD_END};

static const cyaml_schema_field_t SCRIPT_FIELDS[] = {
    CYAML_FIELD_STRING_PTR("title", CYAML_FLAG_DEFAULT, YamlScript, title, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("language", CYAML_FLAG_DEFAULT, YamlScript, language, 1, CYAML_UNLIMITED),
    CYAML_FIELD_STRING_PTR("length", CYAML_FLAG_DEFAULT, YamlScript, length, 1, CYAML_UNLIMITED),
    STRING("least", YamlScript, least),
    STRING("fit", YamlScript, fit),
    STRING("quiet", YamlScript, quiet),
    COUNT("days", YamlScript, days),
    SWITCH("repeat", YamlScript, repeat),
    CYAML_FIELD_MAPPING_PTR("voices", CYAML_FLAG_DEFAULT, YamlScript, voices, VOICES_FIELDS),
    CYAML_FIELD_MAPPING_PTR("bed", OPTIONAL, YamlScript, bed, BED_FIELDS),
    CYAML_FIELD_MAPPING_PTR("pauses", OPTIONAL, YamlScript, pauses, SPAN_FIELDS),
    CYAML_FIELD_MAPPING_PTR("close", OPTIONAL, YamlScript, close, SPAN_FIELDS),
    CYAML_FIELD_SEQUENCE("order", CYAML_FLAG_POINTER, YamlScript, order, &BLOCK_VALUE, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END};
static const cyaml_schema_value_t SCRIPT_SCHEMA = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, YamlScript, SCRIPT_FIELDS)};

/* --- checks ------------------------------------------------------------------ */

#define WORDING_MOST 2000 /* characters of one sentence of a script */
#define ENTRIES_MOST 200
#define HEADLINES_MOST 20
#define BLOCKS_MOST 200

static bool check_wording(const YamlFile *file, const char *where, const char *wording, GError **error) {
  if (wording == NULL)
    return true;
  g_autofree char *problem = wording_problem(wording);
  if (problem != NULL) {
    yaml_error_at(error, file, where, "%s", problem);
    return false;
  }
  if (g_utf8_strlen(wording, -1) > WORDING_MOST) {
    yaml_error_at(error, file, where, _("longer than %d characters"), WORDING_MOST);
    return false;
  }
  return true;
}

/* Something is written, not only spaces. */
static bool check_filled(const YamlFile *file, const char *where, const char *value, GError **error) {
  g_autofree char *squeezed = text_squeeze(value);
  if (*squeezed != '\0')
    return true;
  yaml_error_at(error, file, where, _("is empty"));
  return false;
}

static bool read_seconds(const YamlFile *file, const char *where, const double *seconds, double most, gint64 *frames,
                         GError **error) {
  if (seconds == NULL)
    return true;
  if (!isfinite(*seconds) || *seconds < 0 || *seconds > most) {
    yaml_error_at(error, file, where, _("must be from 0 to %g seconds"), most);
    return false;
  }
  *frames = (gint64)llround(*seconds * FRAME_RATE);
  return true;
}

/* A span whose missing ends keep what `least` and `most` hold. */
static bool read_span(const YamlFile *file, const char *where, const YamlSpan *span, double limit, gint64 *least,
                      gint64 *most, GError **error) {
  if (span == NULL)
    return true;
  g_autofree char *at_least = g_strconcat(where, ".least", NULL), *at_most = g_strconcat(where, ".most", NULL);
  if (!read_seconds(file, at_least, span->least, limit, least, error) ||
      !read_seconds(file, at_most, span->most, limit, most, error))
    return false;
  if (span->most == NULL)
    *most = MAX(*most, *least);
  if (span->least == NULL)
    *least = MIN(*most, *least);
  if (*least <= *most)
    return true;
  yaml_error_at(error, file, at_least, _("least is more than most"));
  return false;
}

static bool read_length(const YamlFile *file, const char *where, const char *text, gint64 *frames, GError **error) {
  g_autoptr(GError) wrong = NULL;
  gint64 length_us = strchr(text, ':') == NULL ? 0 : duration_parse(text, &wrong);
  if (length_us <= 0 || length_us % US_PER_SECOND != 0) {
    yaml_error_at(error, file, where, _("\"%s\" is not a length such as \"5:00\" (minutes:seconds)"), text);
    return false;
  }
  if (length_us > SCRIPT_MAX_SECONDS * US_PER_SECOND) {
    yaml_error_at(error, file, where, _("longer than 4 hours"));
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
    if (!check_filled(file, where, voices->roles[i], error))
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
  if (!isfinite(*value) || *value < -60 || *value > 12) {
    yaml_error_at(error, file, where, _("must be from -60 to 12 dB"));
    return false;
  }
  *db = *value;
  return true;
}

static bool read_bed(Script *script, const YamlFile *file, const YamlBed *bed, GError **error) {
  script->bed = (RundownBed){.gain_db = -20, .duck_db = -12,
                             .attack_frames = FRAME_RATE * 3 / 10, .release_frames = FRAME_RATE * 8 / 10};
  if (bed == NULL)
    return true;
  if (!check_filled(file, "bed.file", bed->file, error) ||
      !read_decibels(file, "bed.gain", bed->gain, &script->bed.gain_db, error) ||
      !read_decibels(file, "bed.duck", bed->duck, &script->bed.duck_db, error) ||
      !read_seconds(file, "bed.attack", bed->attack, 10, &script->bed.attack_frames, error) ||
      !read_seconds(file, "bed.release", bed->release, 10, &script->bed.release_frames, error))
    return false;
  if (script->bed.duck_db > 0) {
    yaml_error_at(error, file, "bed.duck", _("must be 0 or less: the bed goes down under a voice"));
    return false;
  }
  script->bed.file = g_strdup(bed->file);
  return true;
}

/* --- the running order --------------------------------------------------------- */

static bool read_kinds(ScriptBlock *block, const YamlFile *file, const char *where, const YamlEntries *entries,
                       GError **error) {
  for (int kind = 0; kind < KIND_COUNT; kind++)
    block->kinds[kind] = entries->kinds_count == 0;
  for (unsigned i = 0; i < entries->kinds_count; i++) {
    int kind = entry_kind_parse(entries->kinds[i]);
    if (kind < 0) {
      g_autofree char *at = g_strdup_printf("%s.entries.kinds[%u]", where, i);
      yaml_error_at(error, file, at, _("unknown kind \"%s\" (question problem experience resource idea feeling "
                                       "announcement alert)"), entries->kinds[i]);
      return false;
    }
    block->kinds[kind] = true;
  }
  return true;
}

static bool read_count(const YamlFile *file, const char *where, const unsigned *value, guint most, guint *count,
                       GError **error) {
  if (value == NULL)
    return true;
  if (*value > most) {
    yaml_error_at(error, file, where, _("must be from 0 to %u"), most);
    return false;
  }
  *count = *value;
  return true;
}

static bool read_entries(ScriptBlock *block, const YamlFile *file, const char *where, const YamlEntries *entries,
                         GError **error) {
  g_autofree char *at_least = g_strconcat(where, ".entries.least", NULL);
  g_autofree char *at_most = g_strconcat(where, ".entries.most", NULL);
  g_autofree char *at_lead = g_strconcat(where, ".entries.lead", NULL);
  g_autofree char *at_empty = g_strconcat(where, ".entries.empty", NULL);
  block->most = ENTRIES_MOST;
  if (!read_kinds(block, file, where, entries, error) ||
      !read_count(file, at_least, entries->least, ENTRIES_MOST, &block->least, error) ||
      !read_count(file, at_most, entries->most, ENTRIES_MOST, &block->most, error) ||
      !check_wording(file, at_lead, entries->lead, error) || !check_wording(file, at_empty, entries->empty, error))
    return false;
  if (block->least > block->most) {
    yaml_error_at(error, file, at_least, _("least is more than most"));
    return false;
  }
  block->lead = g_strdup(entries->lead);
  block->empty = g_strdup(entries->empty);
  block->voice = g_strdup(entries->voice);
  return true;
}

/* The one type that an item must have. False when it has none or several. */
static bool find_type(const YamlBlock *yaml, const YamlFile *file, const char *where, BlockType *type, GError **error) {
  const struct {
    const void *value;
    BlockType type;
  } present[] = {{yaml->jingle, BLOCK_JINGLE},   {yaml->say, BLOCK_SAY},     {yaml->headlines, BLOCK_HEADLINES},
                 {yaml->entries, BLOCK_ENTRIES}, {yaml->sound, BLOCK_SOUND}, {yaml->pause, BLOCK_PAUSE},
                 {yaml->breath, BLOCK_BREATH}};
  guint n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS(present); i++)
    if (present[i].value != NULL) {
      *type = present[i].type;
      n++;
    }
  if (n == 1)
    return true;
  yaml_error_at(error, file, where,
                n == 0 ? _("an item needs one of: jingle, say, headlines, entries, sound, pause, breath")
                       : _("an item may have only one of: jingle, say, headlines, entries, sound, pause, breath; "
                           "begin the second with a \"-\" of its own"));
  return false;
}

/* "voice" and "lead" beside a type that does not use them would be lost in silence. */
static bool check_companions(const YamlBlock *yaml, BlockType type, const YamlFile *file, const char *where,
                             GError **error) {
  bool takes_voice = type == BLOCK_SAY || type == BLOCK_HEADLINES || type == BLOCK_ENTRIES;
  bool twice = type == BLOCK_ENTRIES && yaml->entries->voice != NULL;
  if (yaml->voice != NULL && (!takes_voice || twice)) {
    g_autofree char *at = g_strconcat(where, ".voice", NULL);
    yaml_error_at(error, file, at, twice ? _("the voice is given twice") : _("nobody speaks in this item"));
    return false;
  }
  if (yaml->lead != NULL && type != BLOCK_HEADLINES) {
    g_autofree char *at = g_strconcat(where, ".lead", NULL);
    yaml_error_at(error, file, at, _("a lead belongs to headlines, or inside entries: {…}"));
    return false;
  }
  return true;
}

static bool read_say(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                     GError **error) {
  g_autofree char *at = g_strconcat(where, ".say", NULL);
  block->say = g_strdup(yaml->say);
  return check_filled(file, at, yaml->say, error) && check_wording(file, at, yaml->say, error);
}

static bool read_file_name(ScriptBlock *block, const char *key, const char *name, const YamlFile *file,
                           const char *where, GError **error) {
  g_autofree char *at = g_strconcat(where, ".", key, NULL);
  block->file = g_strdup(name);
  return check_filled(file, at, name, error);
}

static bool read_headlines(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                           GError **error) {
  g_autofree char *at = g_strconcat(where, ".headlines", NULL), *at_lead = g_strconcat(where, ".lead", NULL);
  block->lead = g_strdup(yaml->lead);
  return read_count(file, at, yaml->headlines, HEADLINES_MOST, &block->most, error) &&
         check_wording(file, at_lead, yaml->lead, error);
}

static bool read_block(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, GError **error) {
  g_autofree char *where = g_strdup_printf("order[%u]", block->index);
  g_autofree char *at_pause = g_strconcat(where, ".pause", NULL), *at_breath = g_strconcat(where, ".breath", NULL);
  if (!find_type(yaml, file, where, &block->type, error) ||
      !check_companions(yaml, block->type, file, where, error))
    return false;
  block->voice = g_strdup(yaml->voice);
  switch (block->type) {
  case BLOCK_JINGLE:
    return read_file_name(block, "jingle", yaml->jingle, file, where, error);
  case BLOCK_SOUND:
    return read_file_name(block, "sound", yaml->sound, file, where, error);
  case BLOCK_SAY:
    return read_say(block, yaml, file, where, error);
  case BLOCK_HEADLINES:
    return read_headlines(block, yaml, file, where, error);
  case BLOCK_ENTRIES: {
    g_autofree char *beside = g_steal_pointer(&block->voice);
    if (!read_entries(block, file, where, yaml->entries, error))
      return false;
    if (block->voice == NULL)
      block->voice = g_steal_pointer(&beside);
    return true;
  }
  case BLOCK_PAUSE:
    if (!read_seconds(file, at_pause, yaml->pause, 60, &block->least_frames, error))
      return false;
    block->most_frames = block->least_frames;
    return true;
  case BLOCK_BREATH:
    block->least_frames = 1 * FRAME_RATE;
    block->most_frames = 20 * FRAME_RATE;
    return read_span(file, at_breath, yaml->breath, 600, &block->least_frames, &block->most_frames, error);
  }
  return false;
}

static bool read_order(Script *script, const YamlFile *file, const YamlScript *yaml, GError **error) {
  if (yaml->order_count == 0 || yaml->order_count > BLOCKS_MOST) {
    yaml_error_at(error, file, "order", _("the running order must have from 1 to %d items"), BLOCKS_MOST);
    return false;
  }
  script->blocks = g_new0(ScriptBlock, yaml->order_count);
  script->n_blocks = yaml->order_count;
  for (guint i = 0; i < yaml->order_count; i++) {
    script->blocks[i].index = i;
    if (!read_block(&script->blocks[i], &yaml->order[i], file, error))
      return false;
  }
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
  script->least_frames =
      script->fit == FIT_EXACT ? MIN(script->slot_frames, (gint64)60 * FRAME_RATE) : 0;
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
  return read_span(file, "pauses", yaml->pauses, 30, &script->pause_least_frames, &script->pause_most_frames, error) &&
         read_span(file, "close", yaml->close, 600, &script->close_least_frames, &script->close_most_frames, error);
}

static bool read_head(Script *script, const YamlFile *file, const YamlScript *yaml, GError **error) {
  script->title = g_strdup(yaml->title);
  script->language = g_strdup(yaml->language);
  script->quiet = g_strdup(yaml->quiet);
  script->repeat = yaml->repeat;
  script->days = 1;
  if (!check_filled(file, "title", yaml->title, error) || !check_wording(file, "title", yaml->title, error) ||
      !check_wording(file, "quiet", yaml->quiet, error) || !read_count(file, "days", yaml->days, 366, &script->days, error))
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
      !read_spans(script, file, yaml, error) || !read_order(script, file, yaml, error))
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

/* "en-GB" → "en". Returns (g_free). */
static char *primary_tag(const char *language) {
  return g_ascii_strdown(language, (gssize)strcspn(language, "-_"));
}

const char *script_voice_for(const Script *script, const char *role, const char *language) {
  if (language == NULL)
    return script_voice(script, role);
  g_autofree char *wanted = primary_tag(language), *own = primary_tag(script->language);
  const char *voice = g_str_equal(wanted, own) ? NULL : voice_of_role(script, wanted);
  return voice == NULL ? script_voice(script, role) : voice;
}

guint script_leading_sounds(const Script *script) {
  guint n = 0;
  while (n < script->n_blocks && (script->blocks[n].type == BLOCK_JINGLE || script->blocks[n].type == BLOCK_SOUND))
    n++;
  return n;
}
