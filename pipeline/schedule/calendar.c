#include "schedule/calendar.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

void planned_slot_free(PlannedSlot *slot) {
  g_free(slot->occurrence);
  g_free(slot->script);
  g_strfreev(slot->mounts);
  g_free(slot->title);
  g_free(slot->file);
  g_free(slot);
}

void calendar_note_add(GPtrArray *notes, gboolean is_error, char *text) {
  CalendarNote *note = g_new0(CalendarNote, 1);
  note->is_error = is_error;
  note->text = text;
  g_ptr_array_add(notes, note);
}

void calendar_note_free(CalendarNote *note) {
  g_free(note->text);
  g_free(note);
}

static void event_free(gpointer data) {
  CalendarEvent *event = data;
  icalcomponent_free(event->component);
  calendar_zone_free(event->zone);
  g_free(event->uid);
  g_free(event);
}

static void zone_free(gpointer data) {
  icaltimezone_free(data, 1);
}

void calendar_free(Calendar *calendar) {
  g_ptr_array_unref(calendar->events); /* before the zones that they borrow */
  g_hash_table_unref(calendar->zones);
  g_ptr_array_unref(calendar->lines);
  g_time_zone_unref(calendar->zone);
  g_free(calendar->name);
  g_free(calendar);
}

/* --- places ---------------------------------------------------------------------- */

static bool opens_with(const char *line, const char *name) {
  gsize n = strlen(name);
  return g_ascii_strncasecmp(line, name, n) == 0 && (line[n] == ':' || line[n] == ';');
}

/* The line of the event's property: properties of an alarm within it are passed over. */
static guint line_of(const Calendar *calendar, guint begin, const char *name) {
  guint depth = 0;
  for (guint i = begin; name && i < calendar->lines->len; i++) {
    const char *line = calendar->lines->pdata[i];
    if (opens_with(line, "END") && depth-- == 0)
      break;
    depth += opens_with(line, "BEGIN");
    if (depth == 0 && opens_with(line, name))
      return i + 1;
  }
  return begin;
}

void calendar_note(const Calendar *calendar, GPtrArray *notes, guint line, const char *name, bool is_error,
                   const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *shown = text_printable(what);
  calendar_note_add(notes, is_error,
                    g_strdup_printf("%s:%u: %s", calendar->name, line_of(calendar, line, name), shown));
}

/* --- times ------------------------------------------------------------------------ */

gint64 calendar_wall(struct icaltimetype time) {
  time.zone = NULL;
  return icaltime_as_timet(time);
}

CalendarZone *calendar_zone_of(const Calendar *calendar, icalproperty *property, struct icaltimetype time) {
  icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  const char *tzid = parameter ? icalparameter_get_tzid(parameter) : NULL;
  if (tzid && !icaltime_is_utc(time))
    return calendar_zone_open(tzid, g_hash_table_lookup(calendar->zones, tzid));
  if (!icaltime_is_utc(time))
    return calendar_zone_named(calendar->zone);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  return calendar_zone_named(utc);
}

/* --- events ------------------------------------------------------------------------- */

/* Not the 31st of February, which libical would move into March. */
static bool is_real(struct icaltimetype time) {
  struct icaltimetype normal = icaltime_normalize(time);
  return !icaltime_is_null_time(time) && time.year >= 1900 && time.year <= 9999 &&
         icaltime_compare(time, normal) == 0 && time.day == normal.day && time.hour == normal.hour;
}

/* A property whose value libical refused stands there as an error of its own, and the property is gone. Only those that
 * say when matter: Google writes "LOCATION:" with nothing after it. Borrowed; NULL: none. */
static const char *refused_value(icalcomponent *component) {
  static const char *const times[] = {"DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"};
  icalproperty *error = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
  for (; error; error = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
    const char *what = icalproperty_get_xlicerror(error);
    for (guint i = 0; what && i < G_N_ELEMENTS(times); i++)
      if (strstr(what, times[i]))
        return what;
  }
  return NULL;
}

static bool read_start(const Calendar *calendar, CalendarEvent *event, GPtrArray *notes) {
  icalproperty *property = icalcomponent_get_first_property(event->component, ICAL_DTSTART_PROPERTY);
  struct icaltimetype start = property ? icalproperty_get_dtstart(property) : icaltime_null_time();
  const char *refused = refused_value(event->component);
  if (refused) {
    calendar_note(calendar, notes, event->line, NULL, true, _("it cannot be read: %s"), refused);
    return false;
  }
  if (!is_real(start)) {
    calendar_note(calendar, notes, event->line, "DTSTART", true, _("the event has no start, or none that there is"));
    return false;
  }
  if (start.is_date) {
    calendar_note(calendar, notes, event->line, "DTSTART", false, _("it lasts all day, and so is no slot"));
    return false;
  }
  event->zone = calendar_zone_of(calendar, property, start);
  event->wall = calendar_wall(start);
  if (!event->zone) {
    icalparameter *parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    calendar_note(calendar, notes, event->line, "DTSTART", true,
                  _("unknown time zone \"%s\" (one such as Europe/Paris is meant)"), icalparameter_get_tzid(parameter));
  }
  return event->zone != NULL;
}

static bool read_override(const Calendar *calendar, CalendarEvent *event, GPtrArray *notes) {
  icalproperty *property = icalcomponent_get_first_property(event->component, ICAL_RECURRENCEID_PROPERTY);
  if (!property)
    return true;
  struct icaltimetype time = icalproperty_get_recurrenceid(property);
  if (icalproperty_get_first_parameter(property, ICAL_RANGE_PARAMETER)) {
    calendar_note(calendar, notes, event->line, "RECURRENCE-ID", true,
                  _("RANGE is not understood: end the old rule and write a new event"));
    return false;
  }
  CalendarZone *zone = calendar_zone_of(calendar, property, time);
  event->is_override = true;
  event->overrides_day = time.is_date;
  gint64 wall = calendar_wall(time);
  event->overrides = zone && !time.is_date ? calendar_zone_instant(zone, wall) : wall;
  if (!zone)
    calendar_note(calendar, notes, event->line, "RECURRENCE-ID", true, _("its time zone is unknown"));
  bool ok = zone != NULL;
  calendar_zone_free(zone);
  return ok;
}

/* An occurrence that was moved to where no slot is (all day, no time that there is) is not aired at its old time either. */
static bool read_times(const Calendar *calendar, CalendarEvent *event, GPtrArray *notes) {
  if (!read_override(calendar, event, notes))
    return false;
  bool has_start = read_start(calendar, event, notes);
  event->is_cancelled = event->is_cancelled || !has_start;
  return has_start || event->is_override;
}

static void add_event(Calendar *calendar, icalcomponent *component, guint line, GPtrArray *notes) {
  CalendarEvent *event = g_new0(CalendarEvent, 1);
  event->component = component;
  event->line = line;
  const char *uid = icalcomponent_get_uid(component);
  event->uid = uid && *uid ? g_utf8_make_valid(uid, -1) : g_strdup_printf("%s-%u", calendar->name, line);
  event->is_cancelled = icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED;
  if (read_times(calendar, event, notes))
    g_ptr_array_add(calendar->events, event);
  else
    event_free(event);
}

static void add_zone(Calendar *calendar, icalcomponent *component) {
  icaltimezone *zone = icaltimezone_new();
  if (icaltimezone_set_component(zone, component) && icaltimezone_get_tzid(zone)) {
    g_hash_table_replace(calendar->zones, g_strdup(icaltimezone_get_tzid(zone)), zone);
  } else {
    icalcomponent_free(component);
    icaltimezone_free(zone, 1);
  }
}

/* --- the file ------------------------------------------------------------------------ */

static char *lines_joined(const GPtrArray *lines, guint first, guint last) {
  GString *text = g_string_new(NULL);
  for (guint i = first; i <= last; i++)
    g_string_append_printf(text, "%s\r\n", (const char *)lines->pdata[i]);
  return g_string_free(text, FALSE);
}

/* The last line of the component that begins at `first`; where the file ends when it is never ended. */
static guint component_end(const GPtrArray *lines, guint first, bool *is_ended) {
  guint depth = 0;
  guint i = first;
  for (; i < lines->len && g_ascii_strcasecmp(lines->pdata[i], "END:VCALENDAR") != 0; i++) {
    depth += opens_with(lines->pdata[i], "BEGIN");
    depth -= opens_with(lines->pdata[i], "END");
    if (depth == 0)
      break;
  }
  *is_ended = i < lines->len && depth == 0;
  return MIN(i, lines->len - 1);
}

/* Zones first, wherever they stand: events name them. */
static void read_components(Calendar *calendar, const char *begin, bool is_event, GPtrArray *notes) {
  for (guint i = 0; i < calendar->lines->len; i++) {
    if (g_ascii_strcasecmp(calendar->lines->pdata[i], begin) != 0)
      continue;
    bool is_ended;
    guint last = component_end(calendar->lines, i, &is_ended);
    g_autofree char *text = lines_joined(calendar->lines, i, last);
    icalcomponent *component = is_ended ? icalparser_parse_string(text) : NULL;
    if (!component)
      calendar_note(calendar, notes, i + 1, NULL, true, "%s",
                    is_ended ? _("it cannot be read") : _("it is never ended (END is missing)"));
    else if (is_event)
      add_event(calendar, component, i + 1, notes);
    else
      add_zone(calendar, component);
    i = last;
  }
}

static GPtrArray *split_lines(char *text) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  for (char *line = text; line;) {
    char *end = strchr(line, '\n');
    gsize n = end ? (gsize)(end - line) : strlen(line);
    while (n > 0 && line[n - 1] == '\r')
      n--;
    g_ptr_array_add(lines, g_strndup(line, n));
    line = end ? end + 1 : NULL;
  }
  return lines;
}

/* A file that is just being copied, or was cut off: what is in it is read, and what is not must not be taken for
 * cancelled. */
static void note_half(const Calendar *calendar, GPtrArray *notes) {
  guint n = calendar->lines->len;
  while (n > 0 && *(const char *)calendar->lines->pdata[n - 1] == '\0')
    n--;
  if (n == 0 || g_ascii_strcasecmp(calendar->lines->pdata[n - 1], "END:VCALENDAR") != 0)
    calendar_note(calendar, notes, n, NULL, true, _("the calendar breaks off here (END:VCALENDAR is missing)"));
}

Calendar *calendar_parse(const char *name, GBytes *text, GTimeZone *zone, GPtrArray *notes, GError **error) {
  icalerror_set_errors_are_fatal(false);
  g_autofree char *clean = text_from_outside(name, text, NULL, error);
  if (!clean)
    return NULL;
  g_autoptr(Calendar) calendar = g_new0(Calendar, 1);
  calendar->name = g_strdup(name);
  calendar->zone = g_time_zone_ref(zone);
  calendar->events = g_ptr_array_new_with_free_func(event_free);
  calendar->lines = split_lines(clean);
  calendar->zones = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, zone_free);
  guint begin = 0, events = 0;
  while (begin < calendar->lines->len && g_ascii_strcasecmp(calendar->lines->pdata[begin], "BEGIN:VCALENDAR") != 0)
    begin++;
  for (guint i = begin; i < calendar->lines->len; i++)
    events += g_ascii_strcasecmp(calendar->lines->pdata[i], "BEGIN:VEVENT") == 0;
  if (begin == calendar->lines->len || events > CALENDAR_MAX_EVENTS) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                begin == calendar->lines->len ? _("%s: this is no calendar (BEGIN:VCALENDAR is missing)")
                                              : _("%s: more than 5000 events"),
                name);
    return NULL;
  }
  read_components(calendar, "BEGIN:VTIMEZONE", false, notes);
  read_components(calendar, "BEGIN:VEVENT", true, notes);
  note_half(calendar, notes);
  return g_steal_pointer(&calendar);
}
