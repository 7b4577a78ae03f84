#include "daemon/agenda.h"

#include "base/clock.h"
#include "commands/schedule.h"

#include <string.h>

struct Agenda {
  Week *week;
  GPtrArray *kept;  /* PlannedSlot of calendars that have become wrong since */
  GPtrArray *all;   /* PlannedSlot, borrowed from both */
  GHashTable *told; /* notes that were there at the last reading */
};

static void free_slot(gpointer slot) {
  planned_slot_free(slot);
}

Agenda *agenda_new(void) {
  Agenda *agenda = g_new0(Agenda, 1);
  agenda->kept = g_ptr_array_new_with_free_func(free_slot);
  agenda->all = g_ptr_array_new();
  agenda->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return agenda;
}

void agenda_free(Agenda *agenda) {
  if (!agenda)
    return;
  if (agenda->week)
    week_free(agenda->week);
  g_ptr_array_unref(agenda->kept);
  g_ptr_array_unref(agenda->all);
  g_hash_table_unref(agenda->told);
  g_free(agenda);
}

const GPtrArray *agenda_slots(const Agenda *agenda) {
  return agenda->all;
}

/* "schedules/semaine.ics:12: …" */
static bool is_about(const CalendarNote *note, const char *file) {
  return g_str_has_prefix(note->text, file) && note->text[strlen(file)] == ':';
}

/* That file, or the folder that it is in. */
static bool is_wrong(const Week *week, const char *file) {
  g_autofree char *folder = g_path_get_dirname(file);
  bool wrong = false;
  for (guint i = 0; i < week->notes->len && !wrong; i++) {
    const CalendarNote *note = week->notes->pdata[i];
    wrong = note->is_error && (is_about(note, file) || is_about(note, folder));
  }
  return wrong;
}

static bool has_occurrence(const GPtrArray *slots, const char *occurrence) {
  for (guint i = 0; i < slots->len; i++)
    if (strcmp(((const PlannedSlot *)slots->pdata[i])->occurrence, occurrence) == 0)
      return true;
  return false;
}

static PlannedSlot *copy_slot(const PlannedSlot *slot) {
  PlannedSlot *copy = g_memdup2(slot, sizeof *slot);
  copy->occurrence = g_strdup(slot->occurrence);
  copy->script = g_strdup(slot->script);
  copy->mounts = g_strdupv(slot->mounts);
  copy->title = g_strdup(slot->title);
  copy->file = g_strdup(slot->file);
  return copy;
}

/* What calendars that are wrong now asked for before, as far as it is still to come. Returns (g_ptr_array_unref). */
static GPtrArray *keep(const Agenda *agenda, const Week *week, gint64 from_us) {
  GPtrArray *kept = g_ptr_array_new_with_free_func(free_slot);
  for (guint i = 0; i < agenda->all->len; i++) {
    const PlannedSlot *slot = agenda->all->pdata[i];
    if (slot->start_us >= from_us && is_wrong(week, slot->file) && !has_occurrence(week->slots, slot->occurrence))
      g_ptr_array_add(kept, copy_slot(slot));
  }
  return kept;
}

static int by_start(gconstpointer a, gconstpointer b) {
  const PlannedSlot *x = *(PlannedSlot *const *)a, *y = *(PlannedSlot *const *)b;
  return x->start_us != y->start_us ? (x->start_us < y->start_us ? -1 : 1) : x->priority - y->priority;
}

static void tell_new(Agenda *agenda, const Week *week, void (*tell)(const CalendarNote *note, gpointer user),
                     gpointer user) {
  GHashTable *now = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < week->notes->len; i++) {
    const CalendarNote *note = week->notes->pdata[i];
    if (!g_hash_table_contains(agenda->told, note->text) && g_hash_table_add(now, g_strdup(note->text)))
      tell(note, user);
    else
      g_hash_table_add(now, g_strdup(note->text));
  }
  g_hash_table_unref(agenda->told);
  agenda->told = now;
}

bool agenda_read(Agenda *agenda, const Station *station, gint64 from_us, gint64 until_us,
                 void (*tell)(const CalendarNote *note, gpointer user), gpointer user, GError **error) {
  g_autoptr(ScheduleScripts) scripts = schedule_scripts_new(station);
  g_autofree char *from_day = zone_day(station->zone, from_us);
  guint days = (guint)((until_us - from_us) / (24 * 3600 * US_PER_SECOND)) + 2;
  Week *week = schedule_week(station, scripts, from_day, days, error);
  if (!week)
    return false;
  tell_new(agenda, week, tell, user);
  GPtrArray *kept = keep(agenda, week, from_us);
  g_ptr_array_set_size(agenda->all, 0);
  g_ptr_array_unref(agenda->kept);
  if (agenda->week)
    week_free(agenda->week);
  agenda->week = week;
  agenda->kept = kept;
  for (guint i = 0; i < week->slots->len; i++) { /* a week is of whole days */
    PlannedSlot *slot = week->slots->pdata[i];
    if (slot->start_us >= from_us && slot->start_us < until_us)
      g_ptr_array_add(agenda->all, slot);
  }
  g_ptr_array_extend(agenda->all, kept, NULL, NULL);
  g_ptr_array_sort(agenda->all, by_start);
  return true;
}
