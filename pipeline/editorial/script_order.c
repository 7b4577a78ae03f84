/* The running order of a script: each item is one thing, with what belongs to it. */
#include "editorial/script_yaml.h"

#include "base/i18n.h"
#include "base/text.h"
#include "base/wav.h"

#define ENTRIES_MOST 200
#define HEADLINES_MOST 20
#define BLOCKS_MOST 200

static bool read_kinds(ScriptBlock *block, const YamlFile *file, const char *where, const YamlEntries *entries,
                       GError **error) {
  for (int kind = 0; kind < KIND_COUNT; kind++)
    block->kinds[kind] = entries->kinds_count == 0;
  for (unsigned i = 0; i < entries->kinds_count; i++) {
    int kind = entry_kind_parse(entries->kinds[i]);
    if (kind < 0) {
      g_autofree char *at = g_strdup_printf("%s.entries.kinds[%u]", where, i);
      yaml_error_at(error, file, at,
                    _("unknown kind \"%s\" (question problem experience resource idea feeling "
                      "announcement alert)"),
                    entries->kinds[i]);
      return false;
    }
    block->kinds[kind] = true;
  }
  return true;
}

/* "voice:" with nothing behind it: none is given. */
static char *voice_given(const char *name) {
  return name != NULL && !text_is_blank(name) ? g_strdup(name) : NULL;
}

static bool read_entries(ScriptBlock *block, const YamlFile *file, const char *where, const YamlEntries *entries,
                         GError **error) {
  g_autofree char *at_least = g_strconcat(where, ".entries.least", NULL);
  g_autofree char *at_most = g_strconcat(where, ".entries.most", NULL);
  g_autofree char *at_lead = g_strconcat(where, ".entries.lead", NULL);
  g_autofree char *at_empty = g_strconcat(where, ".entries.empty", NULL);
  block->most = ENTRIES_MOST;
  if (!read_kinds(block, file, where, entries, error) ||
      !script_read_count(file, at_least, entries->least, ENTRIES_MOST, &block->least, error) ||
      !script_read_count(file, at_most, entries->most, ENTRIES_MOST, &block->most, error) ||
      !script_check_wording(file, at_lead, entries->lead, error) ||
      !script_check_wording(file, at_empty, entries->empty, error))
    return false;
  if (block->least > block->most) {
    yaml_error_at(error, file, at_least, _("least is more than most"));
    return false;
  }
  block->lead = g_strdup(entries->lead);
  block->empty = g_strdup(entries->empty);
  block->voice = voice_given(entries->voice);
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

/* --- one reader for each type: the values of `yaml`, which stands at `where` --- */

static bool read_say(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                     GError **error) {
  g_autofree char *at = g_strconcat(where, ".say", NULL);
  block->say = g_strdup(yaml->say);
  return script_check_filled(file, at, yaml->say, error) && script_check_wording(file, at, yaml->say, error);
}

static bool read_jingle(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                        GError **error) {
  g_autofree char *at = g_strconcat(where, ".jingle", NULL);
  block->file = g_strdup(yaml->jingle);
  return script_check_filled(file, at, yaml->jingle, error);
}

static bool read_sound(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                       GError **error) {
  g_autofree char *at = g_strconcat(where, ".sound", NULL);
  block->file = g_strdup(yaml->sound);
  return script_check_filled(file, at, yaml->sound, error);
}

static bool read_headlines(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                           GError **error) {
  g_autofree char *at = g_strconcat(where, ".headlines", NULL), *at_lead = g_strconcat(where, ".lead", NULL);
  block->lead = g_strdup(yaml->lead);
  return script_read_count(file, at, yaml->headlines, HEADLINES_MOST, &block->most, error) &&
         script_check_wording(file, at_lead, yaml->lead, error);
}

/* A voice may stand inside the braces or beside them (check_companions: not both). */
static bool read_section(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                         GError **error) {
  g_autofree char *beside = g_steal_pointer(&block->voice);
  if (!read_entries(block, file, where, yaml->entries, error))
    return false;
  if (block->voice == NULL)
    block->voice = g_steal_pointer(&beside);
  return true;
}

static bool read_pause(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                       GError **error) {
  g_autofree char *at = g_strconcat(where, ".pause", NULL);
  bool ok = script_read_seconds(file, at, yaml->pause, 60, &block->least_frames, error);
  block->most_frames = block->least_frames;
  return ok;
}

static bool read_breath(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                        GError **error) {
  g_autofree char *at = g_strconcat(where, ".breath", NULL);
  block->least_frames = 1 * FRAME_RATE;
  block->most_frames = 20 * FRAME_RATE;
  return script_read_span(file, at, yaml->breath, 600, &block->least_frames, &block->most_frames, error);
}

static bool (*const READERS[])(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, const char *where,
                               GError **error) = {
    [BLOCK_JINGLE] = read_jingle,   [BLOCK_SAY] = read_say,     [BLOCK_HEADLINES] = read_headlines,
    [BLOCK_ENTRIES] = read_section, [BLOCK_SOUND] = read_sound, [BLOCK_PAUSE] = read_pause,
    [BLOCK_BREATH] = read_breath,
};

static bool read_block(ScriptBlock *block, const YamlBlock *yaml, const YamlFile *file, GError **error) {
  g_autofree char *where = g_strdup_printf("order[%u]", block->index);
  if (!find_type(yaml, file, where, &block->type, error) || !check_companions(yaml, block->type, file, where, error))
    return false;
  block->voice = voice_given(yaml->voice);
  return READERS[block->type](block, yaml, file, where, error);
}

bool script_read_order(Script *script, const YamlFile *file, const YamlBlock *order, unsigned count, GError **error) {
  if (count == 0 || count > BLOCKS_MOST) {
    yaml_error_at(error, file, "order", _("the running order must have from 1 to %d items"), BLOCKS_MOST);
    return false;
  }
  script->blocks = g_new0(ScriptBlock, count);
  script->n_blocks = count;
  for (guint i = 0; i < count; i++) {
    script->blocks[i].index = i;
    if (!read_block(&script->blocks[i], &order[i], file, error))
      return false;
  }
  return true;
}
