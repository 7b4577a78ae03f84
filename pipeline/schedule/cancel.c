#include "schedule/cancel.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"

#include <stdbool.h>
#include <string.h>

static bool opens_with(const char *line, const char *name) {
  gsize n = strlen(name);
  return g_ascii_strncasecmp(line, name, n) == 0 && (line[n] == ':' || line[n] == ';');
}

/* Where the event's own lines are: properties of an alarm within it are not its own. */
typedef struct {
  guint end, status; /* of END:VEVENT; of STATUS, 0: it has none */
  bool comes_again, is_override;
} EventLines;

static bool find_event(char *const *lines, guint begin, EventLines *found) {
  *found = (EventLines){0};
  guint n = g_strv_length((char **)lines), depth = 0;
  if (begin >= n || g_ascii_strncasecmp(lines[begin], "BEGIN:VEVENT", strlen("BEGIN:VEVENT")) != 0)
    return false;
  for (guint i = begin + 1; i < n; i++) {
    const char *line = lines[i];
    if (opens_with(line, "END") && depth == 0) {
      found->end = i;
      return true;
    }
    depth = opens_with(line, "BEGIN") ? depth + 1 : opens_with(line, "END") ? depth - 1 : depth;
    if (depth > 0)
      continue;
    found->comes_again = found->comes_again || opens_with(line, "RRULE") || opens_with(line, "RDATE");
    found->is_override = found->is_override || opens_with(line, "RECURRENCE-ID");
    if (opens_with(line, "STATUS"))
      found->status = i;
  }
  return false;
}

static char *line_for(const EventLines *event, gint64 start_us) {
  if (!event->comes_again || event->is_override)
    return g_strdup("STATUS:CANCELLED");
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(start_us / US_PER_SECOND);
  return g_date_time_format(utc, "EXDATE:%Y%m%dT%H%M%SZ");
}

char *calendar_without(const char *calendar, guint line, gint64 start_us, GError **error) {
  g_auto(GStrv) lines = g_strsplit(calendar, "\n", -1); /* a CR stays with its line */
  EventLines event;
  if (line == 0 || !find_event(lines, line - 1, &event)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is no event at line %u any more"), line);
    return NULL;
  }
  g_autofree char *said = line_for(&event, start_us);
  bool replaces = event.status > 0 && g_str_has_prefix(said, "STATUS");
  const char *ending = g_str_has_suffix(lines[event.end], "\r") ? "\r" : "";
  GString *text = g_string_new(NULL);
  for (guint i = 0; lines[i]; i++) {
    if (i > 0)
      g_string_append_c(text, '\n');
    if (i == (replaces ? event.status : event.end))
      g_string_append_printf(text, "%s%s%s", said, ending, replaces ? "" : "\n");
    if (!(replaces && i == event.status))
      g_string_append(text, lines[i]);
  }
  return g_string_free(text, FALSE);
}
