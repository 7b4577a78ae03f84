#include "commands/edition.h"

#include "base/clock.h"
#include "base/language.h"
#include "base/optional.h"
#include "base/profile.h"
#include "base/yaml.h"
#include "commands/output.h"
#include "editorial/rundown_file.h"
#include "editorial/wording.h"
#include "logbook/asrun.h"
#include "logbook/entries.h"
#include "speech/spoken.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LOCK_WAIT_MS 30000
#define CANDIDATES_MOST 1000 /* best first: a bulletin holds some dozens */

/* What a script names must be there: told at its place, before anything is spoken. The kind of failure stays: what
 * the disk or a library refused is not the script's fault. */
static bool tell_place(const char *path, const char *where, const GError *why, GError **error) {
  g_autoptr(GError) placed = NULL;
  yaml_error_in(&placed, path, where, "%s", why->message);
  placed->code = why->code;
  g_propagate_error(error, g_steal_pointer(&placed));
  return false;
}

static bool check_block(Studio *studio, const Script *script, const ScriptBlock *block, const char *path,
                        GError **error) {
  g_autoptr(GError) why = NULL;
  bool is_sound = block->type == BLOCK_SOUND || block->type == BLOCK_JINGLE;
  if (is_sound)
    g_free(studio_find(studio, block->type == BLOCK_SOUND ? ITEM_SOUND : ITEM_JINGLE, block->file, &why));
  const char *key = block->type == BLOCK_SOUND ? "sound" : is_sound ? "jingle" : "voice";
  if (!is_sound && block->voice)
    studio_voice(studio, script_voice(script, block->voice), &why);
  if (!why)
    return true;
  g_autofree char *where = g_strdup_printf("order[%u].%s", block->index, key);
  return tell_place(path, where, why, error);
}

static bool check_references(Studio *studio, const Script *script, const char *path, GError **error) {
  for (guint i = 0; i < script->n_roles; i++) {
    g_autoptr(GError) why = NULL;
    if (!studio_voice(studio, script->role_voices[i], &why)) {
      g_autofree char *where = g_strdup_printf("voices.%s", script->role_names[i]);
      return tell_place(path, where, why, error);
    }
  }
  for (guint i = 0; i < script->n_blocks; i++)
    if (!check_block(studio, script, &script->blocks[i], path, error))
      return false;
  g_autoptr(GError) why = NULL;
  if (script->bed.file)
    g_free(studio_find(studio, ITEM_JINGLE, script->bed.file, &why));
  return !why || tell_place(path, "bed.file", why, error);
}

static void set_local_time(Edition *edition) {
  gint64 now_us = clock_now_us();
  g_autofree char *today = zone_day(edition->station->zone, now_us);
  edition->hour = 12;
  if (strcmp(today, edition->date) != 0)
    return;
  g_autoptr(GDateTime) local = zone_time(edition->station->zone, now_us);
  edition->hour = g_date_time_get_hour(local);
  edition->minute = g_date_time_get_minute(local);
}

static bool set_wished_time(Edition *edition, const char *time, GError **error) {
  char end = '\0';
  if (sscanf(time, "%2d:%2d%c", &edition->hour, &edition->minute, &end) == 2 && edition->hour >= 0 &&
      edition->hour <= 23 && edition->minute >= 0 && edition->minute <= 59)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("\"%s\" is no time of the day such as 18:00"), time);
  return false;
}

/* Music alone fills what the script was not written for; what is too short for it is told when it is composed. */
static bool take_wish(Edition *edition, const EditionWish *wish, GError **error) {
  edition->only_entry = wish->entry;
  if (wish->frames > 0) {
    edition->script->slot_frames = wish->frames;
    edition->script->least_frames = MIN(edition->script->least_frames, wish->frames);
  }
  edition->id = wish->id ? g_strdup(wish->id) : g_strdup_printf("%s-%s", edition->date, edition->script->name);
  set_local_time(edition);
  return !wish->time || set_wished_time(edition, wish->time, error);
}

Edition *edition_open(Session *session, Studio *studio, const char *script_name, const char *date,
                      const EditionWish *wish, GError **error) {
  static const char *const extensions[] = {"yaml", NULL};
  const Station *station = studio_station(studio);
  g_autofree char *path = station_find(station, "scripts", script_name, extensions, error);
  if (!path) {
    g_prefix_error(error, _("script \"%s\": "), script_name);
    return NULL;
  }
  g_autoptr(Edition) edition = g_new0(Edition, 1);
  edition->session = session;
  edition->studio = studio;
  edition->station = station;
  edition->script = script_load(path, error);
  if (!edition->script || !check_references(studio, edition->script, path, error))
    return NULL;
  edition->date = g_strdup(date);
  if (!take_wish(edition, wish, error))
    return NULL;
  edition->folder = station_path(station, "editions", edition->id, NULL);
  if (!folder_make(edition->folder, error))
    return NULL;
  g_autofree char *lock = edition_path(edition, ".lock");
  edition->lock = file_lock_take(lock, LOCK_WAIT_MS, error);
  if (!edition->lock)
    return NULL;
  folder_sweep(edition->folder);
  return g_steal_pointer(&edition);
}

void edition_free(Edition *edition) {
  file_lock_free(edition->lock);
  script_free(edition->script);
  g_clear_pointer(&edition->entries, g_ptr_array_unref);
  g_clear_pointer(&edition->heard, g_hash_table_unref);
  g_clear_pointer(&edition->kept, g_ptr_array_unref);
  rundown_free(edition->edited);
  g_free(edition->date);
  g_free(edition->id);
  g_free(edition->folder);
  g_free(edition);
}

char *edition_path(const Edition *edition, const char *file) {
  return g_build_filename(edition->folder, file, NULL);
}

bool edition_has(const Edition *edition, const char *file) {
  g_autofree char *path = edition_path(edition, file);
  return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* The ids of its entries that may not be heard any more, each once. Returns an array of gint64 (g_array_unref), or NULL:
 * the store cannot tell. */
static GArray *taken_back_ids(const Edition *edition, const Rundown *rundown, GError **error) {
  g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(GHashTable) asked = g_hash_table_new(g_int64_hash, g_int64_equal);
  for (guint i = 0; i < rundown->items->len; i++) {
    RundownItem *item = g_ptr_array_index(rundown->items, i);
    if (item->entry == 0 || !g_hash_table_add(asked, &item->entry))
      continue;
    g_autoptr(Entry) entry = NULL;
    if (!entries_look_up(edition->session->store, item->entry, &entry, error))
      return NULL;
    if (entry && !entry_may_be_heard(entry, clock_now_us()))
      g_array_append_val(ids, item->entry);
  }
  return g_steal_pointer(&ids);
}

gint64 edition_taken_back(const Edition *edition, const Rundown *rundown, GError **error) {
  g_autoptr(GArray) ids = taken_back_ids(edition, rundown, error);
  if (!ids)
    return -1;
  return ids->len > 0 ? g_array_index(ids, gint64, 0) : 0;
}

/* A voice that the station has no more is the script's; one that cannot be read is an error. */
static bool take_voice(const Edition *edition, RundownItem *item, GError **error) {
  static const char *const endings[] = {"yaml", NULL};
  g_autoptr(GError) why = NULL;
  if (!item->voice || studio_voice(edition->studio, item->voice, &why))
    return true;
  g_autofree char *path = station_find(edition->station, "voices", item->voice, endings, NULL);
  if (path) {
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
  }
  g_clear_pointer(&item->voice, g_free);
  return true;
}

/* Returns RundownItem* (g_ptr_array_unref), or NULL. */
static GPtrArray *kept_of(const Edition *edition, const Rundown *rundown, GError **error) {
  g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free);
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    if (!item->kept)
      continue;
    RundownItem *copy = rundown_item_copy(item);
    g_ptr_array_add(kept, copy);
    if (!take_voice(edition, copy, error))
      return NULL;
  }
  return g_steal_pointer(&kept);
}

/* One that cannot be read is told by edition_rundown. */
static bool load_edited(Edition *edition, GError **error) {
  g_autofree char *path = edition_path(edition, "rundown.yaml");
  g_autoptr(Rundown) rundown = edition_has(edition, "rundown.yaml") ? rundown_load(path, NULL) : NULL;
  g_clear_pointer(&edition->edited, rundown_free);
  g_clear_pointer(&edition->kept, g_ptr_array_unref);
  edition->kept = rundown ? kept_of(edition, rundown, error) : NULL;
  if (rundown && !edition->kept)
    return false;
  if (!rundown || !(rundown->edited || rundown->locked))
    return true;
  g_autoptr(GArray) ids = taken_back_ids(edition, rundown, error);
  for (guint i = 0; ids && i < ids->len; i++)
    rundown_add_warning(rundown,
                        _("entry %" PRId64 " was taken back or has expired, but the edited rundown still has it: "
                          "delete it there, or choose anew with --again"),
                        g_array_index(ids, gint64, i));
  edition->edited = g_steal_pointer(&rundown);
  return ids != NULL;
}

/* The one entry that it is about, which may be of any day and may have been heard before. */
static bool gather_one(Edition *edition, Store *store, GError **error) {
  g_autoptr(Entry) entry = entries_get(store, edition->only_entry, error);
  if (!entry)
    return false;
  if (!entry_may_be_heard(entry, clock_now_us())) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("entry %" PRId64 " is not approved, or has expired"),
                entry->id);
    return false;
  }
  edition->entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
  g_ptr_array_add(edition->entries, g_steal_pointer(&entry));
  edition->heard = g_hash_table_new(g_int64_hash, g_int64_equal);
  return true;
}

bool edition_gather(Edition *edition, bool with_others, GError **error) {
  Store *store = session_store(edition->session, error);
  if (!store)
    return false;
  g_autofree char *from = day_add(edition->date, 1 - (int)edition->script->days);
  g_clear_pointer(&edition->entries, g_ptr_array_unref);
  g_clear_pointer(&edition->heard, g_hash_table_unref);
  if (edition->only_entry)
    return gather_one(edition, store, error);
  edition->entries =
      entries_candidates(store, from, edition->date, clock_now_us(), CANDIDATES_MOST, with_others, error);
  if (edition->entries)
    edition->heard = asrun_heard(store, from, edition->date, edition->id, error);
  return edition->heard && load_edited(edition, error);
}

char *edition_title(const Edition *edition) {
  if (edition->edited)
    return g_strdup(edition->edited->title);
  const char *language = edition->script->language;
  int year = 0, month = 0, day = 0;
  day_split(edition->date, &year, &month, &day);
  g_autofree char *date = language_date(language, year, month, day);
  g_autofree char *time = language_time(language, edition->hour, edition->minute);
  WordingValues values = {
      .language = language, .date = date, .time = time, .station = edition->station->name, .place = ""};
  return wording_fill(edition->script->title, &values);
}

static ComposeInput compose_input(const Edition *edition) {
  return (ComposeInput){
      .script = edition->script,
      .entries = edition->entries,
      .heard = edition->heard,
      .station_name = edition->station->name,
      .date = edition->date,
      .hour = edition->hour,
      .minute = edition->minute,
      .now_us = clock_now_us(),
      .say = studio_say,
      .kept = edition->kept,
  };
}

GPtrArray *edition_opening(const Edition *edition) {
  ComposeInput input = compose_input(edition);
  return compose_opening(&input);
}

static Rundown *compose(Edition *edition, GPtrArray **explanations, GError **error) {
  PROFILE_HERE(PROFILE_CHOOSE);
  ComposeInput input = compose_input(edition);
  studio_expect_bed(edition->studio, edition->script->bed.file);
  return compose_rundown(&input, studio_measure, edition->studio, explanations, error);
}

/* Where a person wrote `spoken` alone it is shown to listeners too: its words, without the signs that say how. */
static void show_plain_words(const Rundown *rundown) {
  for (guint i = 0; i < rundown->items->len; i++) {
    RundownItem *item = g_ptr_array_index(rundown->items, i);
    if (item->type == ITEM_SPEECH && g_strcmp0(item->text, item->spoken) == 0) {
      g_free(item->text);
      item->text = spoken_plain(item->spoken);
    }
  }
}

/* As a person wrote it: measured again, and fitted unless it is locked. */
static Rundown *measure_kept(Edition *edition, Rundown *kept, GError **error) {
  g_autoptr(Rundown) rundown = kept;
  show_plain_words(rundown);
  studio_expect_bed(edition->studio, rundown->bed.file);
  if (!studio_measure(rundown->items, edition->studio, error))
    return NULL;
  if (rundown->locked)
    rundown_retime(rundown);
  else
    compose_refit(rundown);
  return g_steal_pointer(&rundown);
}

/* Said however quiet the verb is: somebody will look for their work. */
static bool put_aside(const char *path, GError **error) {
  g_autofree char *aside = g_strconcat(path, ".edited", NULL);
  if (rename(path, aside) != 0) {
    carnet_error_set_errno(error, errno, "%s", aside);
    return false;
  }
  print_warning(_("the edited rundown is kept as %s"), aside);
  return true;
}

Rundown *edition_rundown(Edition *edition, RundownChoice choice, GPtrArray **explanations, GError **error) {
  g_autofree char *path = edition_path(edition, "rundown.yaml");
  if (edition->edited && choice < RUNDOWN_MAKE_AGAIN) {
    g_autoptr(Rundown) kept = measure_kept(edition, g_steal_pointer(&edition->edited), error);
    bool ok = kept && (choice != RUNDOWN_SETTLE || rundown_save(kept, NULL, path, error));
    return ok ? g_steal_pointer(&kept) : NULL;
  }
  g_autoptr(Rundown) there = NULL;
  if (!optional_is_missing(path)) {
    g_autoptr(GError) why = NULL;
    there = rundown_load(path, &why);
    /* One that cannot be read may hold somebody's work: never overwritten unasked. */
    if (!there && choice < RUNDOWN_MAKE_AGAIN) {
      g_propagate_error(error, g_steal_pointer(&why));
      return NULL;
    }
  }
  bool is_unreadable = !there && !optional_is_missing(path);
  g_autoptr(Rundown) rundown = compose(edition, explanations, error);
  if (!rundown || choice == RUNDOWN_LOOK)
    return g_steal_pointer(&rundown);
  if (((edition->edited || is_unreadable) && !put_aside(path, error)) || !rundown_save(rundown, there, path, error))
    return NULL;
  return g_steal_pointer(&rundown);
}

void edition_warn(const Rundown *rundown) {
  for (guint i = 0; rundown->warnings && rundown->warnings[i]; i++)
    print_warning("%s", rundown->warnings[i]);
}
