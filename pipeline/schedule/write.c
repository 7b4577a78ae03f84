#include "schedule/write.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"

#include <inttypes.h>
#include <string.h>

#define LINE_BYTES 75 /* RFC 5545, 3.1 */
#define CALENDAR_BEGIN "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Carnet d'ondes//carnet schedule//EN\r\n"
#define CALENDAR_END "END:VCALENDAR"

static void add_line(GString *out, const char *line) {
  gsize room = LINE_BYTES;
  for (const char *p = line; *p;) {
    gsize n = (gsize)(g_utf8_next_char(p) - p);
    if (n > room) {
      g_string_append(out, "\r\n ");
      room = LINE_BYTES - 1;
    }
    g_string_append_len(out, p, (gssize)n);
    room -= n;
    p += n;
  }
  g_string_append(out, "\r\n");
}

static void add_property(GString *out, const char *name, const char *value) {
  g_autofree char *line = g_strdup_printf("%s:%s", name, value);
  add_line(out, line);
}

/* RFC 5545, 3.3.11. */
static void add_text(GString *out, const char *name, const char *text) {
  g_autoptr(GString) value = g_string_new(NULL);
  for (const char *p = text; *p; p++) {
    if (strchr("\\;,", *p))
      g_string_append_c(value, '\\');
    if (*p == '\n')
      g_string_append(value, "\\n");
    else if ((guchar)*p >= ' ')
      g_string_append_c(value, *p);
  }
  add_property(out, name, value->str);
}

static char *utc_text(gint64 instant_us) {
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(instant_us / US_PER_SECOND);
  return g_date_time_format(utc, "%Y%m%dT%H%M%SZ");
}

/* What an event says, whoever planned it. */
typedef struct {
  const char *uid, *start, *rule, *script, *title;
  char *const *mounts;
  int priority;
  gint64 length_us; /* 0: it is not told */
} Event;

static void add_event(GString *out, const Event *event, gint64 now_us) {
  g_autofree char *stamp = utc_text(now_us);
  g_autofree char *mounts = event->mounts ? g_strjoinv(",", (char **)event->mounts) : NULL;
  g_autofree char *priority = g_strdup_printf("%d", event->priority);
  g_autofree char *length = g_strdup_printf("PT%" PRId64 "S", event->length_us / US_PER_SECOND);
  add_line(out, "BEGIN:VEVENT");
  add_text(out, "UID", event->uid);
  add_property(out, "DTSTAMP", stamp);
  add_property(out, "DTSTART", event->start);
  if (event->length_us > 0)
    add_property(out, "DURATION", length);
  if (event->rule)
    add_property(out, "RRULE", event->rule);
  add_text(out, "SUMMARY", event->title);
  add_text(out, "X-CARNET-SCRIPT", event->script);
  if (mounts)
    add_property(out, "X-CARNET-MOUNTS", mounts);
  if (event->priority > 0)
    add_property(out, "PRIORITY", priority);
  add_line(out, "END:VEVENT");
}

char *calendar_with(const char *calendar, const SlotWords *words, const char *script, char *const *mounts, int priority,
                    const char *title, gint64 now_us, GError **error) {
  g_autofree char *id = g_uuid_string_random(), *uid = g_strdup_printf("%s@carnet", id);
  Event event = {uid, words->start, words->rule, script, title, mounts, priority, 0};
  const char *end = calendar ? g_strrstr(calendar, CALENDAR_END) : NULL;
  if (calendar && !end) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("this is no calendar (%s is missing)"), CALENDAR_END);
    return NULL;
  }
  GString *out = g_string_new(NULL);
  if (calendar)
    g_string_append_len(out, calendar, end - calendar);
  else
    g_string_append(out, CALENDAR_BEGIN);
  add_event(out, &event, now_us);
  g_string_append(out, calendar ? end : CALENDAR_END "\r\n");
  return g_string_free(out, FALSE);
}

char *week_text(const Week *week, ScriptLength length_us, gpointer user, gint64 now_us) {
  GString *out = g_string_new(CALENDAR_BEGIN);
  for (guint i = 0; i < week->slots->len; i++) {
    const PlannedSlot *slot = week->slots->pdata[i];
    g_autofree char *start = utc_text(slot->start_us);
    Event event = {slot->occurrence, start,        NULL,           slot->script,
                   slot->title,      slot->mounts, slot->priority, length_us(slot->script, user)};
    add_event(out, &event, now_us);
  }
  g_string_append(out, CALENDAR_END "\r\n");
  return g_string_free(out, FALSE);
}
