#include "schedule/expand.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <string.h>

#define DAY 86400

/* One event being expanded. */
typedef struct {
  const Calendar *calendar;
  const CalendarEvent *event;
  gint64 from, until; /* instants, seconds */
  GHashTable *found;  /* occurrences so far: instant → wall time (gint64 *), an instant once, also within a gap */
  GPtrArray *notes;
} Work;

static gint64 instant_of(const Work *work, gint64 wall) {
  return calendar_zone_instant(work->event->zone, wall);
}

static void add_wall(Work *work, gint64 wall) {
  gint64 instant = instant_of(work, wall);
  g_hash_table_replace(work->found, g_memdup2(&instant, sizeof instant), g_memdup2(&wall, sizeof wall));
}

static bool refuse(const Work *work, const char *property, const char *what) {
  calendar_note(work->calendar, work->notes, work->event->line, property, true, "%s", what);
  return false;
}

/* --- rules ------------------------------------------------------------------------ */

static bool is_set(const short *by) {
  return by[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* "The first Monday" is of a month or a year. */
static bool has_nth_days(const struct icalrecurrencetype *rule) {
  bool has = false;
  for (guint i = 0; !has && i < ICAL_BY_DAY_SIZE && rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
    has = icalrecurrencetype_day_position(rule->by_day[i]) != 0;
  return has;
}

/* Rules that spin in libical for seconds or for ever, or that ask for more than anybody can hear. */
static const char *why_refused(const struct icalrecurrencetype *rule) {
  bool is_often = rule->freq == ICAL_HOURLY_RECURRENCE || rule->freq == ICAL_MINUTELY_RECURRENCE;
  if (rule->freq == ICAL_NO_RECURRENCE)
    return _("the rule cannot be read");
  if (rule->freq == ICAL_SECONDLY_RECURRENCE || (is_set(rule->by_second) && is_set(rule->by_second + 1)))
    return _("the rule asks for more than one slot a minute");
  if (is_often && (is_set(rule->by_month) || is_set(rule->by_month_day) || is_set(rule->by_year_day) ||
                   is_set(rule->by_week_no) || is_set(rule->by_set_pos)))
    return _(
        "a rule by hours or minutes may be limited by BYDAY, BYHOUR and BYMINUTE alone: write it by days, with BYHOUR");
  if (rule->freq != ICAL_MONTHLY_RECURRENCE && rule->freq != ICAL_YEARLY_RECURRENCE && has_nth_days(rule))
    return _("a first, a last Monday and the like can only be of a month or a year");
  return NULL;
}

/* A rule of hours or minutes that began years ago begins anew just before the time that is asked about, or its end. */
static gint64 nearer_start(const struct icalrecurrencetype *rule, gint64 wall, gint64 from) {
  if (!icaltime_is_null_time(rule->until))
    from = MIN(from, calendar_wall(rule->until));
  gint64 unit = rule->freq == ICAL_HOURLY_RECURRENCE ? 3600 : rule->freq == ICAL_MINUTELY_RECURRENCE ? 60 : 0;
  gint64 step = unit * MAX(rule->interval, 1);
  if (unit == 0 || rule->count > 0 || wall > from - 2 * DAY)
    return wall;
  return wall + (from - 2 * DAY - wall) / step * step;
}

static struct icaltimetype wall_time(gint64 wall) {
  struct icaltimetype time = icaltime_from_timet_with_zone((time_t)wall, 0, icaltimezone_get_utc_timezone());
  time.zone = NULL; /* wall time: rules are expanded in it, and know of no zone */
  return time;
}

static void end_by_wall(const CalendarEvent *event, struct icalrecurrencetype *rule) {
  if (icaltime_is_null_time(rule->until))
    return;
  gint64 until = calendar_wall(rule->until);
  if (rule->until.is_date)
    until += DAY - 1; /* that day included */
  else if (icaltime_is_utc(rule->until))
    until = calendar_zone_wall(event->zone, until);
  rule->until = wall_time(until);
}

static bool expand_rule(Work *work, struct icalrecurrencetype rule) {
  const char *why = why_refused(&rule);
  if (why)
    return refuse(work, "RRULE", why);
  end_by_wall(work->event, &rule);
  gint64 start = nearer_start(&rule, work->event->wall, work->from);
  icalrecur_iterator *iterator = icalrecur_iterator_new(rule, wall_time(start));
  if (!iterator)
    return refuse(work, "RRULE", _("the rule cannot be read"));
  guint n = 0;
  struct icaltimetype next = icalrecur_iterator_next(iterator);
  for (; !icaltime_is_null_time(next) && n < EXPAND_MOST_SLOTS; next = icalrecur_iterator_next(iterator)) {
    gint64 wall = calendar_wall(next);
    if (wall > work->until + DAY)
      break;
    n++;
    if (wall >= work->from - DAY)
      add_wall(work, wall);
  }
  bool never = n == 0 && icaltime_is_null_time(next);
  icalrecur_iterator_free(iterator);
  if (never)
    return refuse(work, "RRULE", _("the rule gives no time at all"));
  return n < EXPAND_MOST_SLOTS || refuse(work, "RRULE", _("the rule gives too many slots"));
}

static bool expand_rules(Work *work) {
  bool ok = true;
  icalcomponent *component = work->event->component;
  icalproperty *property = icalcomponent_get_first_property(component, ICAL_RRULE_PROPERTY);
  for (; ok && property; property = icalcomponent_get_next_property(component, ICAL_RRULE_PROPERTY))
    ok = expand_rule(work, icalproperty_get_rrule(property));
  return ok;
}

/* --- days besides, days without ------------------------------------------------------ */

/* A time of RDATE or EXDATE as the event's own wall time. */
static bool own_wall(Work *work, icalproperty *property, const char *name, struct icaltimetype time, gint64 *wall) {
  *wall = calendar_wall(time);
  if (time.is_date)
    return true;
  CalendarZone *zone = calendar_zone_of(work->calendar, property, time);
  if (!zone)
    return refuse(work, name, _("its time zone is unknown"));
  *wall = calendar_zone_wall(work->event->zone, calendar_zone_instant(zone, *wall));
  calendar_zone_free(zone);
  return true;
}

static gint64 time_of_day(gint64 wall) {
  return ((wall % DAY) + DAY) % DAY;
}

static bool add_days_besides(Work *work) {
  bool ok = true;
  icalcomponent *component = work->event->component;
  icalproperty *property = icalcomponent_get_first_property(component, ICAL_RDATE_PROPERTY);
  for (; ok && property; property = icalcomponent_get_next_property(component, ICAL_RDATE_PROPERTY)) {
    struct icaldatetimeperiodtype date = icalproperty_get_rdate(property);
    struct icaltimetype time = icaltime_is_null_time(date.time) ? date.period.start : date.time;
    gint64 wall = 0;
    ok = own_wall(work, property, "RDATE", time, &wall);
    if (ok)
      add_wall(work, time.is_date ? wall + time_of_day(work->event->wall) : wall);
  }
  return ok;
}

/* A day without a time takes all of its occurrences away, as Apple's and Google's programs mean it. */
static void take_day_away(Work *work, gint64 day) {
  GHashTableIter each;
  gpointer value;
  g_hash_table_iter_init(&each, work->found);
  while (g_hash_table_iter_next(&each, NULL, &value)) {
    gint64 wall = *(gint64 *)value;
    if (wall - time_of_day(wall) == day)
      g_hash_table_iter_remove(&each);
  }
}

/* By its instant: an exception may be written in another zone, or within a gap. */
static void take_away(Work *work, gint64 wall) {
  gint64 instant = instant_of(work, wall);
  g_hash_table_remove(work->found, &instant);
}

static bool take_days_away(Work *work) {
  bool ok = true;
  icalcomponent *component = work->event->component;
  icalproperty *property = icalcomponent_get_first_property(component, ICAL_EXDATE_PROPERTY);
  for (; ok && property; property = icalcomponent_get_next_property(component, ICAL_EXDATE_PROPERTY)) {
    struct icaltimetype time = icalproperty_get_exdate(property);
    gint64 wall = 0;
    ok = own_wall(work, property, "EXDATE", time, &wall);
    if (ok && time.is_date)
      take_day_away(work, wall);
    else if (ok)
      take_away(work, wall);
  }
  return ok;
}

/* Occurrences that another event of the same UID stands for. */
static void take_overridden_away(Work *work) {
  for (guint i = 0; i < work->calendar->events->len; i++) {
    const CalendarEvent *other = work->calendar->events->pdata[i];
    if (!other->is_override || strcmp(other->uid, work->event->uid) != 0)
      continue;
    if (other->overrides_day)
      take_day_away(work, other->overrides);
    else
      take_away(work, calendar_zone_wall(work->event->zone, other->overrides));
  }
}

/* --- what is aired --------------------------------------------------------------------- */

/* libical may cut a character of what it gives. Returns (g_free), never NULL. */
static char *text_of(const char *text) {
  return g_utf8_make_valid(text ? text : "", -1);
}

static char *own_property(const CalendarEvent *event, const char *name) {
  icalproperty *property = icalcomponent_get_first_property(event->component, ICAL_X_PROPERTY);
  for (; property; property = icalcomponent_get_next_property(event->component, ICAL_X_PROPERTY))
    if (g_ascii_strcasecmp(icalproperty_get_x_name(property), name) == 0)
      return g_strstrip(text_of(icalproperty_get_x(property)));
  return NULL;
}

static char *script_by_category(const CalendarEvent *event, ScriptFind find, gpointer user) {
  char *script = NULL;
  icalproperty *property = icalcomponent_get_first_property(event->component, ICAL_CATEGORIES_PROPERTY);
  for (; !script && property; property = icalcomponent_get_next_property(event->component, ICAL_CATEGORIES_PROPERTY)) {
    g_autofree char *categories = text_of(icalproperty_get_categories(property));
    g_auto(GStrv) names = g_strsplit(categories, ",", -1);
    for (guint i = 0; !script && names[i]; i++)
      script = find(g_strstrip(names[i]), user);
  }
  return script;
}

/* X-CARNET-SCRIPT, else a category, else the summary. */
static char *script_of(const Work *work, ScriptFind find, gpointer user) {
  g_autofree char *wanted = own_property(work->event, "X-CARNET-SCRIPT");
  g_autofree char *summary = text_of(icalcomponent_get_summary(work->event->component));
  char *script = wanted ? find(wanted, user) : script_by_category(work->event, find, user);
  if (!script && !wanted)
    script = find(summary, user);
  if (!script && wanted)
    calendar_note(work->calendar, work->notes, work->event->line, "X-CARNET-SCRIPT", true,
                  _("there is no script \"%s\""), wanted);
  else if (!script)
    calendar_note(work->calendar, work->notes, work->event->line, "SUMMARY", true,
                  _("no script is named by a category or by \"%s\": add a line X-CARNET-SCRIPT:NAME, or a category"),
                  summary);
  return script;
}

static char **mounts_of(const CalendarEvent *event) {
  g_autofree char *written = own_property(event, "X-CARNET-MOUNTS");
  g_autofree char *plain = written ? g_strdelimit(g_strdup(written), "\\,;", ' ') : NULL; /* a comma may be escaped */
  g_auto(GStrv) words = plain ? g_strsplit(plain, " ", -1) : NULL;
  g_autoptr(GPtrArray) mounts = g_ptr_array_new();
  for (guint i = 0; words && words[i]; i++)
    if (*words[i])
      g_ptr_array_add(mounts, g_strdup(words[i]));
  g_ptr_array_add(mounts, NULL);
  return mounts->len > 1 ? (char **)g_ptr_array_free(g_steal_pointer(&mounts), FALSE) : NULL;
}

static int priority_of(const CalendarEvent *event) {
  icalproperty *property = icalcomponent_get_first_property(event->component, ICAL_PRIORITY_PROPERTY);
  int priority = property ? icalproperty_get_priority(property) : 0;
  return priority >= 1 && priority <= SLOT_PRIORITY_LEAST ? priority : SLOT_PRIORITY_USUAL;
}

static void emit(Work *work, const char *script, GPtrArray *slots) {
  GHashTableIter each;
  gpointer key;
  const CalendarEvent *event = work->event;
  g_autofree char *summary = text_of(icalcomponent_get_summary(event->component));
  g_auto(GStrv) mounts = mounts_of(event);
  int priority = priority_of(event);
  g_hash_table_iter_init(&each, work->found);
  while (g_hash_table_iter_next(&each, &key, NULL)) {
    gint64 instant = *(gint64 *)key;
    if (instant < work->from || instant >= work->until)
      continue;
    PlannedSlot *slot = g_new0(PlannedSlot, 1);
    slot->start_us = instant * US_PER_SECOND;
    slot->occurrence = g_strdup_printf("%s@%" PRId64, event->uid, event->is_override ? event->overrides : instant);
    slot->script = g_strdup(script);
    slot->mounts = g_strdupv(mounts);
    slot->priority = priority;
    slot->title = g_strdup(summary);
    slot->file = g_strdup(work->calendar->name);
    slot->line = event->line;
    g_ptr_array_add(slots, slot);
  }
}

void calendar_slots(const Calendar *calendar, gint64 from_us, gint64 until_us, ScriptFind find, gpointer user,
                    GPtrArray *slots, GPtrArray *notes) {
  for (guint i = 0; i < calendar->events->len; i++) {
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    Work work = {.calendar = calendar,
                 .event = calendar->events->pdata[i],
                 .from = from_us / US_PER_SECOND,
                 .until = until_us / US_PER_SECOND,
                 .found = found,
                 .notes = notes};
    if (work.event->is_cancelled)
      continue;
    g_autofree char *script = script_of(&work, find, user);
    add_wall(&work, work.event->wall);
    bool ok = script && (work.event->is_override || (expand_rules(&work) && add_days_besides(&work)));
    if (ok && !work.event->is_override) {
      ok = take_days_away(&work);
      take_overridden_away(&work);
    }
    if (ok)
      emit(&work, script, slots);
  }
}
