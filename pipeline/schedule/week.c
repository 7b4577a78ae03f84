#include "schedule/week.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/optional.h"

#include <string.h>

void week_free(Week *week) {
  g_ptr_array_unref(week->slots);
  g_ptr_array_unref(week->notes);
  g_free(week);
}

static gint by_start(gconstpointer a, gconstpointer b) {
  const PlannedSlot *one = *(PlannedSlot *const *)a, *other = *(PlannedSlot *const *)b;
  if (one->start_us != other->start_us)
    return one->start_us < other->start_us ? -1 : 1;
  int order = one->priority - other->priority;
  order = order ? order : strcmp(one->script, other->script);
  return order ? order : strcmp(one->occurrence, other->occurrence);
}

static bool is_same(const PlannedSlot *a, const PlannedSlot *b) {
  return a->start_us == b->start_us && strcmp(a->script, b->script) == 0 &&
         (a->mounts == NULL) == (b->mounts == NULL) &&
         (!a->mounts || g_strv_equal((const char *const *)a->mounts, (const char *const *)b->mounts));
}

/* An earlier one of the same instant, which goes first or is alike: others may stand between. */
static bool is_double(const GPtrArray *slots, guint i) {
  const PlannedSlot *slot = slots->pdata[i];
  for (guint j = i; j > 0; j--) {
    const PlannedSlot *earlier = slots->pdata[j - 1];
    if (earlier->start_us != slot->start_us)
      break;
    if (is_same(earlier, slot))
      return true;
  }
  return false;
}

/* An event that two calendars hold, or one calendar twice, is heard once, with the highest of its priorities. */
static void drop_doubles(GPtrArray *slots) {
  for (guint i = slots->len; i > 1; i--)
    if (is_double(slots, i - 1))
      g_ptr_array_remove_index(slots, i - 1);
}

/* What failed, told of the name that is shown instead of the path. */
static char *why_of(const GError *why, const char *path, const char *shown) {
  bool names_it = g_str_has_prefix(why->message, path);
  return g_strconcat(names_it ? shown : "", why->message + (names_it ? strlen(path) : 0), NULL);
}

Week *week_read(const char *folder, const char *shown, GTimeZone *zone, gint64 from_us, gint64 until_us,
                ScriptFind find, gpointer user, GError **error) {
  g_autoptr(Week) week = g_new0(Week, 1);
  week->slots = g_ptr_array_new_with_free_func((GDestroyNotify)planned_slot_free);
  week->notes = g_ptr_array_new_with_free_func((GDestroyNotify)calendar_note_free);
  if (until_us <= from_us) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("the time to plan ends before it begins"));
    return NULL;
  }
  g_autoptr(GError) closed = NULL;
  g_autoptr(GPtrArray) names = optional_names(folder, ".ics", &closed);
  if (!names) /* as a calendar that cannot be read: what was planned of it stays */
    calendar_note_add(week->notes, true, why_of(closed, folder, shown));
  for (guint i = 0; names && i < names->len; i++) {
    g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
    g_autofree char *name = g_strdup_printf("%s/%s", shown, (char *)names->pdata[i]);
    g_autoptr(GError) why = NULL;
    g_autoptr(GBytes) text = file_read(path, CALENDAR_MAX_BYTES, &why);
    g_autoptr(Calendar) calendar = text ? calendar_parse(name, text, zone, week->notes, &why) : NULL;
    if (calendar)
      calendar_slots(calendar, from_us, until_us, find, user, week->slots, week->notes);
    else
      calendar_note_add(week->notes, true, why_of(why, path, name));
  }
  g_ptr_array_sort(week->slots, by_start);
  drop_doubles(week->slots);
  return g_steal_pointer(&week);
}

/* --- overlaps ------------------------------------------------------------------------ */

static bool share_a_mount(const PlannedSlot *a, const PlannedSlot *b) {
  bool shared = !a->mounts || !b->mounts;
  for (guint i = 0; !shared && a->mounts[i]; i++)
    shared = g_strv_contains((const char *const *)b->mounts, a->mounts[i]);
  return shared;
}

static char *told(const PlannedSlot *slot, GTimeZone *zone) {
  g_autoptr(GDateTime) local = zone_time(zone, slot->start_us);
  g_autofree char *time = g_date_time_format(local, "%Y-%m-%d %H:%M");
  return g_strdup_printf("%s %s", time, slot->script);
}

/* Two events that meet: where first, and how often. */
typedef struct {
  const PlannedSlot *first, *second;
  guint times;
} Meeting;

static void count_meeting(GPtrArray *meetings, GHashTable *by_place, const PlannedSlot *first,
                          const PlannedSlot *second) {
  g_autofree char *place = g_strdup_printf("%s:%u %s:%u", first->file, first->line, second->file, second->line);
  Meeting *meeting = g_hash_table_lookup(by_place, place);
  if (!meeting) {
    meeting = g_new0(Meeting, 1);
    *meeting = (Meeting){first, second, 0};
    g_ptr_array_add(meetings, meeting);
    g_hash_table_insert(by_place, g_steal_pointer(&place), meeting);
  }
  meeting->times++;
}

static void tell_meeting(Week *week, GTimeZone *zone, const Meeting *meeting) {
  const PlannedSlot *first = meeting->first, *second = meeting->second;
  const PlannedSlot *kept = first->priority < second->priority ? first : second;
  g_autofree char *one = told(first, zone), *other = told(second, zone);
  guint more = meeting->times - 1;
  g_autofree char *often =
      more > 0 ? g_strdup_printf(ngettext(", and %u time more", ", and %u times more", more), more) : NULL;
  char *text = g_strdup_printf(_("%s:%u: %s is still on the air at %s (%s:%u)%s: %s goes first"), first->file,
                               first->line, one, other, second->file, second->line, often ? often : "", kept->script);
  calendar_note_add(week->notes, false, text);
}

void week_overlaps(Week *week, GTimeZone *zone, ScriptLength length_us, gpointer user) {
  g_autoptr(GPtrArray) meetings = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GHashTable) by_place = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < week->slots->len; i++) {
    const PlannedSlot *first = week->slots->pdata[i];
    gint64 end_us = first->start_us + length_us(first->script, user);
    for (guint j = i + 1; j < week->slots->len; j++) {
      const PlannedSlot *second = week->slots->pdata[j];
      if (second->start_us >= end_us)
        break;
      if (share_a_mount(first, second))
        count_meeting(meetings, by_place, first, second);
    }
  }
  for (guint i = 0; i < meetings->len; i++)
    tell_meeting(week, zone, meetings->pdata[i]);
}
