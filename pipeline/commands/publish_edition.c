#include "commands/publishing.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/optional.h"
#include "base/wav.h"
#include "commands/render.h"
#include "commands/slot.h"
#include "editorial/rundown_file.h"
#include "logbook/entries.h"
#include "podcast/cues.h"
#include "podcast/waveform.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>

#define TEXT_MAX_BYTES (16u << 20)
#define LOCK_WAIT_MS 10000

static char *edition_file(const Publishing *publishing, const char *edition, const char *file) {
  return station_path(publishing->station, "editions", edition, file, NULL);
}

static char *read_text(const Publishing *publishing, const char *edition, const char *file, GError **error) {
  g_autofree char *path = edition_file(publishing, edition, file);
  return file_read_text(path, TEXT_MAX_BYTES, error);
}

/* What older editions have not: false when it is there and cannot be read, which would leave it out of the page. */
static bool read_if_there(const Publishing *publishing, const char *edition, const char *file, char **text,
                          GError **error) {
  g_autofree char *path = edition_file(publishing, edition, file);
  return optional_read_text(path, TEXT_MAX_BYTES, text, error);
}

/* --- what was taken back ----------------------------------------------------------------------- */

/* Was this entry withdrawn, or has it expired? -1: the store cannot tell. */
static int is_taken_back(const Publishing *publishing, gint64 id, GError **error) {
  g_autoptr(Entry) entry = NULL;
  if (id && !entries_look_up(publishing->store, id, &entry, error))
    return -1;
  return entry && !entry_may_be_heard(entry, clock_now_us());
}

/* An entry of it that was; 0: none was, -1 with an error: the store cannot tell. */
static gint64 taken_back(const Publishing *publishing, const Rundown *cues, GError **error) {
  for (guint i = 0; i < cues->items->len; i++) {
    const RundownItem *item = cues->items->pdata[i];
    int taken = is_taken_back(publishing, item->entry, error);
    if (taken != 0)
      return taken < 0 ? -1 : item->entry;
  }
  return 0;
}

gint64 publish_taken_back(const Publishing *publishing, const Episode *episode, GHashTable *asked, GError **error) {
  for (guint i = 0; i < episode->entries->len; i++) {
    gint64 *id = &g_array_index(episode->entries, gint64, i);
    int taken = g_hash_table_contains(asked, id) ? 0 : is_taken_back(publishing, *id, error);
    if (taken != 0)
      return taken < 0 ? -1 : *id;
    g_hash_table_add(asked, id);
  }
  return 0;
}

/* The rundown without them, as if a person had taken them out: nothing that was not on the air comes in their place. */
static bool leave_out(const Publishing *publishing, const char *edition, GError **error) {
  g_autofree char *path = edition_file(publishing, edition, "rundown.yaml");
  g_autoptr(Rundown) rundown = rundown_load(path, error);
  if (!rundown)
    return false;
  for (guint i = rundown->items->len; i-- > 0;) {
    const RundownItem *item = rundown->items->pdata[i];
    int taken = is_taken_back(publishing, item->entry, error);
    if (taken < 0)
      return false;
    if (taken)
      g_ptr_array_remove_index(rundown->items, i);
  }
  rundown_retime(rundown);
  rundown->edited = true;
  g_autofree char *text = rundown_format(rundown);
  return file_write(path, text, -1, 0644, error);
}

static bool make_again(const Publishing *publishing, const char *edition, GError **error) {
  const char *const arguments[] = {"-C", publishing->station->folder, "-q", "produce", "--edition", edition, NULL};
  if (!leave_out(publishing, edition, error))
    return false;
  g_autoptr(Background) background = background_start(arguments, 0, error);
  g_autofree char *why = NULL;
  if (!publish_wait(background, &why, error))
    return false;
  if (why)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s cannot be made again without what was taken back: %s"),
                edition, why);
  return !why;
}

/* The cues of what may be heard by anybody: made again first, if something of it was taken back since. */
static Rundown *fit_cues(const Publishing *publishing, const char *edition, GError **error) {
  g_autofree char *path = edition_file(publishing, edition, "cues.json");
  g_autoptr(Rundown) cues = cues_load(path, error);
  gint64 entry = cues ? taken_back(publishing, cues, error) : -1;
  if (entry == 0)
    return g_steal_pointer(&cues);
  if (entry < 0 || !make_again(publishing, edition, error))
    return NULL;
  g_clear_pointer(&cues, rundown_free);
  cues = cues_load(path, error);
  entry = cues ? taken_back(publishing, cues, error) : -1;
  if (entry <= 0)
    return entry == 0 ? g_steal_pointer(&cues) : NULL;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("%s still holds entry %" PRId64 ", which was taken back or has expired: its rundown was edited; "
                "take it out there, produce it, and publish it again"),
              edition, entry);
  return NULL;
}

/* --- an episode --------------------------------------------------------------------------------- */

/* Made of the rundown as it stands: an encoding that a station made once, and makes no more, may hold what was taken back. */
static bool is_fresh(const Publishing *publishing, const char *edition, const char *path) {
  g_autofree char *rundown = edition_file(publishing, edition, "rundown.yaml");
  return file_is_as_new(path, rundown);
}

static bool add_media(const Publishing *publishing, Episode *episode, GError **error) {
  static const struct {
    SoundFormat format;
    const char *type;
  } types[] = {{FORMAT_MP3, "audio/mpeg"}, {FORMAT_OPUS, "audio/ogg; codecs=opus"}};
  g_autofree char *folder = edition_file(publishing, episode->edition, NULL);
  static const SoundFormat also[] = {FORMAT_MP3, FORMAT_OPUS}; /* which somebody may have made by "produce --also" */
  g_autoptr(GArray) outputs = render_outputs_in(publishing->station, folder, also, G_N_ELEMENTS(also));
  for (guint t = 0; t < G_N_ELEMENTS(types); t++)
    for (guint i = 0; i < outputs->len; i++) {
      const Output *output = &g_array_index(outputs, Output, i);
      gint64 nbytes = 0;
      if (output->format != types[t].format || !is_fresh(publishing, episode->edition, output->path))
        continue;
      char *file = catalogue_add_media(publishing->catalogue, episode->edition, output->path, &nbytes, error);
      if (!file)
        return false;
      episode_add_media(episode, g_strdup(types[t].type), file, nbytes);
      break;
    }
  if (episode->media->len == 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("%s: there is no MP3 and no Opus of its rundown (\"carnet produce --edition %s\" makes them)"),
                episode->edition, episode->edition);
  return episode->media->len > 0;
}

/* The same sound, byte for byte? */
static bool sounds_the_same(const Episode *a, const Episode *b) {
  const EpisodeMedia *x = a->media->pdata[0], *y = b->media->pdata[0];
  return strcmp(x->file, y->file) == 0;
}

/* When it was made, if that was on its day; else its day's noon: a year's archive is not one day's news. */
static gint64 date_of(const Publishing *publishing, const Slot *slot) {
  g_autofree char *cues = edition_file(publishing, slot->edition, "cues.json");
  gint64 now_us = clock_now_us(), from_us = 0, until_us = 0;
  GStatBuf made;
  if (!zone_day_bounds(publishing->station->zone, slot->date, &from_us, &until_us, NULL))
    return now_us;
  gint64 made_us = g_stat(cues, &made) == 0 ? made.st_mtim.tv_sec * US_PER_SECOND : 0;
  bool on_its_day = made_us >= from_us && made_us < until_us;
  return MIN(on_its_day ? made_us : from_us + (until_us - from_us) / 2, now_us);
}

/* Guid and date are for good; what sounds otherwise than before says so. */
static bool take_over(const Publishing *publishing, Episode *episode, const Episode *before, gint64 date_us,
                      GError **error) {
  gint64 now_us = clock_now_us();
  char *gone = NULL;
  if (!before && !catalogue_gone(publishing->catalogue, episode->edition, &gone, error))
    return false;
  bool changed = before && !sounds_the_same(episode, before);
  g_autoptr(GDateTime) now = zone_time(publishing->station->zone, now_us);
  g_autofree char *today = g_date_time_format(now, "%Y-%m-%d");
  episode->guid = before ? g_strdup(before->guid) : gone ? gone : g_uuid_string_random();
  episode->published_us = before ? before->published_us : date_us;
  episode->changed_us = changed ? now_us : before ? before->changed_us : 0;
  episode->keep =
      (before && before->keep) ||
      (publishing->options->keep && g_strv_contains((const char *const *)publishing->options->keep, episode->edition));
  episode->note = g_strdup(publishing->options->note ? publishing->options->note
                           : changed                 ? today
                           : before                  ? before->note
                                                     : NULL);
  return true;
}

bool publish_edition(const Publishing *publishing, const char *edition, GError **error) {
  g_auto(Slot) slot = {0};
  if (!slot_from_edition(edition, &slot, error))
    return false;
  g_free(slot.edition);
  slot.edition = g_strdup(edition);
  g_autoptr(Rundown) cues = fit_cues(publishing, edition, error);
  g_autofree char *lock_path = edition_file(publishing, edition, ".lock");
  g_autoptr(FileLock) lock = cues ? file_lock_take(lock_path, LOCK_WAIT_MS, error) : NULL;
  if (!lock) /* sound, texts and cues are of one rendering */
    return false;
  g_autofree char *vtt = NULL, *outline = NULL;
  if (!read_if_there(publishing, edition, "words.vtt", &vtt, error) ||
      !read_if_there(publishing, edition, "waveform.json", &outline, error))
    return false;
  if (!vtt)
    vtt = read_text(publishing, edition, "transcript.vtt", error);
  g_autofree char *chapters = vtt ? read_text(publishing, edition, "chapters.json", error) : NULL;
  if (!chapters)
    return false;
  g_autoptr(Episode) episode = episode_new();
  episode->edition = g_strdup(edition);
  episode->script = g_strdup(slot.script);
  episode->language = g_strdup(cues->language ? cues->language : publishing->station->language);
  episode->title = g_strdup(cues->title && *cues->title ? cues->title : edition);
  episode->duration_ms = frames_to_us(cues->frames) / 1000;
  episode_set_parts(episode, cues);
  episode_set_entries(episode, cues);
  if (!episode_set_sentences(episode, vtt)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: its transcript is damaged; produce it again"), edition);
    return false;
  }
  episode->waveform = outline ? waveform_parse(outline, -1) : NULL;
  if (outline && !episode->waveform) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: its waveform is damaged; produce it again"), edition);
    return false;
  }
  const Episode *before = catalogue_find(publishing->catalogue, edition);
  if (!add_media(publishing, episode, error) ||
      !take_over(publishing, episode, before, date_of(publishing, &slot), error))
    return false;
  return catalogue_put(publishing->catalogue, g_steal_pointer(&episode), chapters, error);
}
