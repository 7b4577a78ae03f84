/* Reading rundown.yaml: checks, and what a person changed. */
#include "editorial/rundown_sums.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/text.h"
#include "base/wav.h"
#include "base/yaml.h"
#include "editorial/script.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct {
  char *type, *title, *text, *spoken, *as_made, *language, *voice, *file;
  gint64 *entry, *headline, *start_frame, *frames, *least_frames, *most_frames;
  char **links;
  unsigned links_count;
  bool kept;
  char *kept_sum;
} YamlItem;

typedef struct {
  char *file;
  double gain, duck;
  gint64 *attack_frames, *release_frames;
} YamlRundownBed;

typedef struct {
  char *title, *script, *date, *language, *fit, *made;
  gint64 slot_frames;
  gint64 *frames;
  YamlRundownBed *bed;
  bool locked, edited;
  char **warnings;
  unsigned warnings_count;
  YamlItem *items;
  unsigned items_count;
} YamlRundown;

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define STRING(key, flags, type, member) CYAML_FIELD_STRING_PTR(key, flags, type, member, 0, CYAML_UNLIMITED)
#define LIST(key, type, member)                                                                                        \
  CYAML_FIELD_SEQUENCE(key, OPTIONAL | CYAML_FLAG_POINTER, type, member, &TEXT_VALUE, 0, CYAML_UNLIMITED)

static const cyaml_schema_value_t TEXT_VALUE = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED)};

static const cyaml_schema_field_t ITEM_FIELDS[] = {
    STRING("type", CYAML_FLAG_DEFAULT, YamlItem, type),
    STRING("title", OPTIONAL, YamlItem, title),
    STRING("text", OPTIONAL, YamlItem, text),
    STRING("spoken", OPTIONAL, YamlItem, spoken),
    STRING("as_made", OPTIONAL, YamlItem, as_made),
    STRING("language", OPTIONAL, YamlItem, language),
    STRING("voice", OPTIONAL, YamlItem, voice),
    STRING("file", OPTIONAL, YamlItem, file),
    CYAML_FIELD_INT_PTR("entry", OPTIONAL, YamlItem, entry),
    CYAML_FIELD_INT_PTR("headline", OPTIONAL, YamlItem, headline),
    LIST("links", YamlItem, links),
    YAML_SWITCH("keep", YamlItem, kept),
    STRING("keep_sum", OPTIONAL, YamlItem, kept_sum),
    CYAML_FIELD_INT_PTR("start_frame", OPTIONAL, YamlItem, start_frame),
    CYAML_FIELD_INT_PTR("frames", OPTIONAL, YamlItem, frames),
    CYAML_FIELD_INT_PTR("least_frames", OPTIONAL, YamlItem, least_frames),
    CYAML_FIELD_INT_PTR("most_frames", OPTIONAL, YamlItem, most_frames),
    CYAML_FIELD_END};
static const cyaml_schema_value_t ITEM_VALUE = {CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, YamlItem, ITEM_FIELDS)};

static const cyaml_schema_field_t BED_FIELDS[] = {
    STRING("file", CYAML_FLAG_DEFAULT, YamlRundownBed, file),
    CYAML_FIELD_FLOAT("gain", CYAML_FLAG_DEFAULT, YamlRundownBed, gain),
    CYAML_FIELD_FLOAT("duck", CYAML_FLAG_DEFAULT, YamlRundownBed, duck),
    CYAML_FIELD_INT_PTR("attack_frames", OPTIONAL, YamlRundownBed, attack_frames),
    CYAML_FIELD_INT_PTR("release_frames", OPTIONAL, YamlRundownBed, release_frames),
    CYAML_FIELD_END};

static const cyaml_schema_field_t RUNDOWN_FIELDS[] = {
    STRING("title", CYAML_FLAG_DEFAULT, YamlRundown, title),
    STRING("script", CYAML_FLAG_DEFAULT, YamlRundown, script),
    STRING("date", CYAML_FLAG_DEFAULT, YamlRundown, date),
    STRING("language", CYAML_FLAG_DEFAULT, YamlRundown, language),
    STRING("fit", CYAML_FLAG_DEFAULT, YamlRundown, fit),
    CYAML_FIELD_INT("slot_frames", CYAML_FLAG_DEFAULT, YamlRundown, slot_frames),
    CYAML_FIELD_INT_PTR("frames", OPTIONAL, YamlRundown, frames),
    CYAML_FIELD_MAPPING_PTR("bed", OPTIONAL, YamlRundown, bed, BED_FIELDS),
    YAML_SWITCH("locked", YamlRundown, locked),
    YAML_SWITCH("edited", YamlRundown, edited),
    STRING("made", OPTIONAL, YamlRundown, made),
    LIST("warnings", YamlRundown, warnings),
    CYAML_FIELD_SEQUENCE("items", CYAML_FLAG_POINTER, YamlRundown, items, &ITEM_VALUE, 0, CYAML_UNLIMITED),
    CYAML_FIELD_END};
static const cyaml_schema_value_t RUNDOWN_SCHEMA = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, YamlRundown, RUNDOWN_FIELDS)};

#define ITEMS_MOST 2000
#define HEADLINE_MOST 1000
#define FRAMES_MOST ((gint64)SCRIPT_MAX_SECONDS * FRAME_RATE)
#define BED_FRAMES_MOST (10.0 * FRAME_RATE)
#define PAUSE_MOST ((gint64)3600 * FRAME_RATE)

/* The key of an item, for messages. Returns (g_free). */
static char *place(guint i, const char *key) {
  return key == NULL ? g_strdup_printf("items[%u]", i) : g_strdup_printf("items[%u].%s", i, key);
}

static bool fail_at(GError **error, const YamlFile *file, guint i, const char *key, const char *message) {
  g_autofree char *where = place(i, key);
  yaml_error_at(error, file, where, "%s", message);
  return false;
}

static bool read_frames(const YamlFile *file, guint i, const char *key, const gint64 *value, gint64 most,
                        gint64 *frames, GError **error) {
  if (value == NULL)
    return true;
  if (*value < 0 || *value > most)
    return fail_at(error, file, i, key, _("must be 0 or more, in frames (48000 a second), and not hours long"));
  *frames = *value;
  return true;
}

static char **copy_list(char *const *values, unsigned count) {
  if (count == 0)
    return NULL;
  char **copy = g_new0(char *, count + 1);
  for (unsigned i = 0; i < count; i++)
    copy[i] = g_strdup(values[i]);
  return copy;
}

/* What a person forgot: told at the value, or at the item when it is not written at all. */
static bool check_item(ItemType type, const YamlItem *yaml, const YamlFile *file, guint i, GError **error) {
  if (type == ITEM_SPEECH && text_is_blank(yaml->text) && text_is_blank(yaml->spoken))
    return fail_at(error, file, i, yaml->text == NULL ? NULL : "text", _("speech needs a text"));
  if (type == ITEM_SPEECH && text_is_blank(yaml->voice))
    return fail_at(error, file, i, yaml->voice == NULL ? NULL : "voice", _("speech needs a voice"));
  if ((type == ITEM_JINGLE || type == ITEM_SOUND) && text_is_blank(yaml->file))
    return fail_at(error, file, i, yaml->file == NULL ? NULL : "file", _("a jingle or a sound needs a file"));
  if (type == ITEM_PAUSE && yaml->frames == NULL)
    return fail_at(error, file, i, NULL, _("a pause needs frames"));
  return true;
}

/* Were `text` and `spoken` changed since the file was made? See the header. */
static void settle_spoken(RundownItem *item, const char *as_made) {
  if (item->text == NULL)
    item->text = g_strdup(item->spoken);
  if (item->spoken == NULL)
    return;
  g_auto(GStrv) sums = g_strsplit(as_made == NULL ? "" : as_made, " ", 2);
  if (g_strv_length(sums) != 2) {
    item->own_spoken = true;
    return;
  }
  g_autofree char *text = rundown_short_sum(item->text), *spoken = rundown_short_sum(item->spoken);
  bool same_text = g_str_equal(sums[0], text), was_own = g_str_equal(sums[1], RUNDOWN_OWN);
  bool same_spoken = was_own ? !same_text : g_str_equal(sums[1], spoken);
  item->own_spoken = !same_spoken;
  if (same_spoken && !same_text)
    g_clear_pointer(&item->spoken, g_free);
}

static void settle_pause(RundownItem *item, const YamlItem *yaml) {
  bool has_bounds = yaml->least_frames != NULL && yaml->most_frames != NULL;
  if (!has_bounds || item->frames < item->least_frames || item->frames > item->most_frames)
    item->least_frames = item->most_frames = item->frames;
}

static RundownItem *read_item(const Rundown *rundown, const YamlItem *yaml, const YamlFile *file, guint i,
                              GError **error) {
  int type = item_type_parse(yaml->type);
  if (type < 0) {
    fail_at(error, file, i, "type", _("unknown type (jingle speech sound pause)"));
    return NULL;
  }
  RundownItem *item = rundown_item_new((ItemType)type);
  gint64 most = type == ITEM_PAUSE ? PAUSE_MOST : FRAMES_MOST;
  if (!check_item((ItemType)type, yaml, file, i, error) ||
      !read_frames(file, i, "frames", yaml->frames, most, &item->frames, error) ||
      !read_frames(file, i, "least_frames", yaml->least_frames, most, &item->least_frames, error) ||
      !read_frames(file, i, "most_frames", yaml->most_frames, most, &item->most_frames, error) ||
      !read_frames(file, i, "entry", yaml->entry, G_MAXINT64, &item->entry, error) ||
      !read_frames(file, i, "headline", yaml->headline, HEADLINE_MOST, &item->headline, error)) {
    rundown_item_free(item);
    return NULL;
  }
  item->title = g_strdup(yaml->title);
  item->text = g_strdup(yaml->text);
  item->spoken = g_strdup(yaml->spoken);
  item->language = g_strdup(yaml->language);
  item->voice = g_strdup(yaml->voice);
  item->file = g_strdup(yaml->file);
  item->links = copy_list(yaml->links, yaml->links_count);
  item->kept = yaml->kept && item->entry != 0;
  item->kept_sum = item->kept ? g_strdup(yaml->kept_sum) : NULL;
  if (type == ITEM_SPEECH && item->language == NULL)
    item->language = g_strdup(rundown->language);
  if (type == ITEM_PAUSE)
    settle_pause(item, yaml);
  return item;
}

static bool read_items(Rundown *rundown, const YamlRundown *yaml, const YamlFile *file, GError **error) {
  if (yaml->items_count == 0 || yaml->items_count > ITEMS_MOST) {
    yaml_error_at(error, file, "items", _("a rundown has from 1 to %d items"), ITEMS_MOST);
    return false;
  }
  for (guint i = 0; i < yaml->items_count; i++) {
    RundownItem *item = read_item(rundown, &yaml->items[i], file, i, error);
    if (item == NULL)
      return false;
    g_ptr_array_add(rundown->items, item);
  }
  return true;
}

static bool is_within(double value, double least, double most) {
  return value >= least && value <= most;
}

static bool read_bed(Rundown *rundown, const YamlRundownBed *bed, const YamlFile *file, GError **error) {
  if (bed == NULL)
    return true;
  rundown->bed = (RundownBed){.file = g_strdup(bed->file), .gain_db = bed->gain, .duck_db = bed->duck};
  rundown->bed.attack_frames = bed->attack_frames == NULL ? FRAME_RATE * 3 / 10 : *bed->attack_frames;
  rundown->bed.release_frames = bed->release_frames == NULL ? FRAME_RATE * 8 / 10 : *bed->release_frames;
  bool ok = is_within(bed->gain, -60, 60) && is_within(bed->duck, -60, 0) &&
            is_within((double)rundown->bed.attack_frames, 0, BED_FRAMES_MOST) &&
            is_within((double)rundown->bed.release_frames, 0, BED_FRAMES_MOST);
  if (!ok)
    yaml_error_at(error, file, "bed",
                  _("gain must be from -60 to 60 dB, duck from -60 to 0, attack and release at most 10 s"));
  return ok;
}

static bool read_head(Rundown *rundown, const YamlRundown *yaml, const YamlFile *file, GError **error) {
  rundown->title = g_strdup(yaml->title);
  rundown->script = g_strdup(yaml->script);
  rundown->language = g_strdup(yaml->language);
  rundown->date = g_strdup(yaml->date);
  rundown->fit = strcmp(yaml->fit, "at-most") == 0 ? FIT_AT_MOST : FIT_EXACT;
  rundown->slot_frames = yaml->slot_frames;
  rundown->locked = yaml->locked;
  g_autoptr(GError) wrong = NULL;
  if (strcmp(yaml->fit, rundown_fit_name(rundown->fit)) != 0)
    yaml_error_at(&wrong, file, "fit", _("\"%s\" is neither exact nor at-most"), yaml->fit);
  else if (yaml->slot_frames <= 0 || yaml->slot_frames > FRAMES_MOST)
    yaml_error_at(&wrong, file, "slot_frames",
                  _("must be more than 0, in frames (48000 a second), and at most 6 hours"));
  else if (!day_check(yaml->date, NULL))
    yaml_error_at(&wrong, file, "date", _("\"%s\" is not a day such as 2020-03-17"), yaml->date);
  else if (text_is_blank(yaml->script) || strchr(yaml->script, '/') != NULL)
    yaml_error_at(&wrong, file, "script", _("is not the name of a script"));
  if (wrong == NULL)
    return true;
  g_propagate_error(error, g_steal_pointer(&wrong));
  return false;
}

Rundown *rundown_parse(const char *path, GBytes *text, GError **error) {
  g_autoptr(YamlFile) file = yaml_file_parse(path, text, &RUNDOWN_SCHEMA, error);
  if (file == NULL)
    return NULL;
  const YamlRundown *yaml = file->data;
  g_autoptr(Rundown) rundown = rundown_new();
  if (!read_head(rundown, yaml, file, error) || !read_bed(rundown, yaml->bed, file, error) ||
      !read_items(rundown, yaml, file, error))
    return NULL;
  for (unsigned i = 0; i < yaml->warnings_count; i++)
    rundown_add_warning(rundown, "%s", yaml->warnings[i]);
  g_autofree char *digest = rundown_digest_of(rundown);
  rundown->edited = yaml->edited || g_strcmp0(digest, yaml->made) != 0;
  for (guint i = 0; i < rundown->items->len; i++) {
    RundownItem *item = rundown->items->pdata[i];
    if (item->type == ITEM_SPEECH)
      settle_spoken(item, yaml->items[i].as_made);
  }
  rundown_retime(rundown);
  return g_steal_pointer(&rundown);
}

Rundown *rundown_load(const char *path, GError **error) {
  g_autoptr(GBytes) text = file_read(path, YAML_MAX_BYTES, error);
  return text == NULL ? NULL : rundown_parse(path, text, error);
}

bool rundown_save(const Rundown *rundown, const Rundown *before, const char *path, GError **error) {
  g_autofree char *text = rundown_format(rundown);
  g_autofree char *there = NULL;
  GStatBuf status;
  bool had = g_stat(path, &status) == 0;
  if (g_file_get_contents(path, &there, NULL, NULL) && strcmp(there, text) == 0)
    return true;
  if (!file_write(path, text, -1, 0644, error))
    return false;
  const struct timespec times[] = {{.tv_nsec = UTIME_OMIT}, status.st_mtim};
  if (had && before && rundown_sounds_like(rundown, before))
    utimensat(AT_FDCWD, path, times, 0); /* if it fails, it is rendered once more */
  return true;
}
