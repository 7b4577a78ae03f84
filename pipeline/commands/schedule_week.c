/* A station's calendars together with its scripts, its mounts and its as-run log. */
#include "base/clock.h"
#include "base/text.h"
#include "base/wav.h"
#include "commands/schedule.h"
#include "editorial/script.h"
#include "logbook/asrun.h"
#include "logbook/slots.h"

#include <string.h>

#define NEAR_US (10 * 60 * US_PER_SECOND) /* so late or early an airing is still that of its slot */

/* --- scripts ------------------------------------------------------------------------- */

typedef struct {
  char *name;  /* "midi" */
  char *title; /* folded, up to what it fills in; NULL: the script cannot be read */
  gint64 length_us;
} Known;

struct ScheduleScripts {
  GPtrArray *known;
};

static void known_free(gpointer data) {
  Known *known = data;
  g_free(known->name);
  g_free(known->title);
  g_free(known);
}

static void learn(ScheduleScripts *scripts, const char *folder, const char *file) {
  g_autofree char *path = g_build_filename(folder, file, NULL);
  g_autoptr(Script) script = script_load(path, NULL); /* what is wrong in it is told when it is used */
  Known *known = g_new0(Known, 1);
  known->name = g_strndup(file, strlen(file) - strlen(".yaml"));
  if (script) {
    g_autofree char *words = g_strndup(script->title, strcspn(script->title, "{"));
    known->title = text_fold(words);
    known->length_us = frames_to_us(script->slot_frames);
  }
  g_ptr_array_add(scripts->known, known);
}

ScheduleScripts *schedule_scripts_new(const Station *station) {
  ScheduleScripts *scripts = g_new0(ScheduleScripts, 1);
  scripts->known = g_ptr_array_new_with_free_func(known_free);
  g_autofree char *folder = station_path(station, "scripts", NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *file; dir && (file = g_dir_read_name(dir));)
    if (*file != '.' && g_str_has_suffix(file, ".yaml"))
      learn(scripts, folder, file);
  return scripts;
}

void schedule_scripts_free(ScheduleScripts *scripts) {
  g_ptr_array_unref(scripts->known);
  g_free(scripts);
}

char *schedule_script_find(const char *name, gpointer user) {
  const ScheduleScripts *scripts = user;
  g_autofree char *folded = text_fold(name);
  const Known *by_name = NULL, *by_title = NULL;
  for (guint i = 0; *folded && i < scripts->known->len; i++) {
    const Known *known = scripts->known->pdata[i];
    g_autofree char *its_name = text_fold(known->name);
    if (strcmp(known->name, name) == 0 || (!by_name && strcmp(its_name, folded) == 0))
      by_name = known;
    if (known->title && strcmp(known->title, folded) == 0)
      by_title = known;
  }
  const Known *found = by_name ? by_name : by_title;
  return found ? g_strdup(found->name) : NULL;
}

gint64 schedule_script_length(const char *script, gpointer user) {
  const ScheduleScripts *scripts = user;
  gint64 length_us = 0;
  for (guint i = 0; i < scripts->known->len; i++) {
    const Known *known = scripts->known->pdata[i];
    if (strcmp(known->name, script) == 0)
      length_us = known->length_us;
  }
  return length_us;
}

/* --- slots ------------------------------------------------------------------------------ */

bool schedule_has_mount(const Station *station, const char *mount) {
  bool has = false;
  for (guint i = 0; !has && i < station->n_mounts; i++)
    has = strcmp(station->mounts[i].mount, mount) == 0;
  return has;
}

/* Once for each event, not for each of its slots. */
static void note_mounts(const Station *station, Week *week) {
  g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < week->slots->len; i++) {
    const PlannedSlot *slot = week->slots->pdata[i];
    for (guint m = 0; slot->mounts && slot->mounts[m]; m++) {
      g_autofree char *mount = text_printable(slot->mounts[m]);
      char *text = g_strdup_printf(_("%s:%u: the station has no mount \"%s\""), slot->file, slot->line, mount);
      if (schedule_has_mount(station, slot->mounts[m]) || !g_hash_table_add(told, g_strdup(text))) {
        g_free(text);
        continue;
      }
      calendar_note_add(week->notes, true, text);
    }
  }
}

Week *schedule_week(const Station *station, ScheduleScripts *scripts, const char *from, guint days, GError **error) {
  g_autofree char *folder = station_path(station, "schedules", NULL);
  g_autofree char *until = day_add(from, (int)days);
  gint64 from_us, until_us, unused;
  if (!zone_day_bounds(station->zone, from, &from_us, &unused, error) ||
      !zone_day_bounds(station->zone, until, &until_us, &unused, error))
    return NULL;
  Week *week = week_read(folder, "schedules", station->zone, from_us, until_us, schedule_script_find, scripts, error);
  if (week) {
    note_mounts(station, week);
    week_overlaps(week, station->zone, schedule_script_length, scripts);
  }
  return week;
}

/* --- what became of it --------------------------------------------------------------------- */

static bool is_rendered(const Station *station, const char *edition) {
  g_autofree char *cues = station_path(station, "editions", edition, "cues.json", NULL);
  return g_file_test(cues, G_FILE_TEST_IS_REGULAR);
}

/* Was anything of it heard near its time? */
static bool was_heard(const GPtrArray *log, const PlannedSlot *slot, gint64 length_us) {
  bool heard = false;
  for (guint i = 0; !heard && i < log->len; i++) {
    const AsRun *row = log->pdata[i];
    heard = row->result != ASRUN_MISSED && row->start_us >= slot->start_us - NEAR_US &&
            row->start_us <= slot->start_us + length_us + NEAR_US;
  }
  return heard;
}

/* What "carnet run" knows of it. NULL without an error: nothing. */
static const char *state_in_store(Store *store, const PlannedSlot *slot, GError **error) {
  g_autoptr(GPtrArray) rows = slots_list(store, slot->start_us, slot->start_us + 1, error);
  const char *state = NULL;
  for (guint i = 0; rows && i < rows->len && !state; i++) {
    const SlotRow *row = rows->pdata[i];
    state = strcmp(row->script, slot->script) == 0 ? slot_state_name(row->state) : NULL;
  }
  return state;
}

const char *schedule_state(const Station *station, Store *store, const PlannedSlot *slot, gint64 length_us,
                           GError **error) {
  gint64 now_us = clock_now_us();
  g_autoptr(GError) why = NULL;
  const char *known = state_in_store(store, slot, &why);
  if (known || why) {
    if (why)
      g_propagate_error(error, g_steal_pointer(&why));
    return known;
  }
  g_autofree char *day = zone_day(station->zone, slot->start_us);
  g_autofree char *edition = g_strdup_printf("%s-%s", day, slot->script);
  bool may_be_heard = slot->start_us - NEAR_US <= now_us;
  g_autoptr(GPtrArray) log = may_be_heard ? asrun_list(store, edition, 0, error) : g_ptr_array_new();
  if (!log)
    return NULL;
  if (was_heard(log, slot, length_us))
    return now_us < slot->start_us + length_us ? N_("on-air") : N_("done");
  if (slot->start_us + length_us <= now_us)
    return N_("missed");
  return is_rendered(station, edition) ? N_("ready") : N_("planned");
}

/* --- days in which the clock changes ---------------------------------------------------------------------- */

static char *wall(gint64 at_us, int offset_s) {
  gint64 minutes = (at_us / US_PER_SECOND + offset_s) / 60;
  return g_strdup_printf("%02d:%02d", (int)(minutes / 60 % 24), (int)(minutes % 60));
}

char *schedule_clock_change(const Station *station, const char *day) {
  gint64 at_us;
  int before_s, after_s;
  if (!zone_change(station->zone, day, &at_us, &before_s, &after_s))
    return NULL;
  g_autofree char *from = wall(at_us, before_s), *to = wall(at_us, after_s);
  return after_s > before_s
             ? g_strdup_printf(_("The clock goes forward, from %s to %s: what is planned between the two "
                                 "is aired at %s."),
                               from, to, to)
             : g_strdup_printf(_("The clock goes back, from %s to %s: what is planned between the two is "
                                 "aired the first time."),
                               from, to);
}
