#include "base/station_calendars.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define TEXT(key, flags, member)                                                                                       \
  CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), StationCalendarText, member, 1, 4096)

static const cyaml_schema_field_t fields[] = {
    TEXT("name", 0, name),
    TEXT("url", 0, url),
    TEXT("user", CYAML_FLAG_OPTIONAL, user),
    TEXT("password-file", CYAML_FLAG_OPTIONAL, password_file),
    CYAML_FIELD_END,
};

const cyaml_schema_value_t station_calendar_value = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, StationCalendarText, fields)};

/* It becomes a file's name. */
static bool is_plain(const char *name) {
  bool plain = *name != '\0' && strlen(name) <= 60;
  for (; *name && plain; name++)
    plain = g_ascii_isalnum(*name) || *name == '-' || *name == '_';
  return plain;
}

static bool has_scheme(const char *url) {
  static const char *const schemes[] = {"https://", "http://", "webcal://"};
  for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++)
    if (g_ascii_strncasecmp(url, schemes[i], strlen(schemes[i])) == 0)
      return true;
  return false;
}

/* On this machine alone a password may go in the clear. */
static bool is_private(const char *url) {
  static const char *const starts[] = {"http://127.0.0.1", "http://localhost", "http://[::1]"};
  if (g_ascii_strncasecmp(url, "http://", strlen("http://")) != 0)
    return true;
  for (gsize i = 0; i < G_N_ELEMENTS(starts); i++) {
    gsize length = strlen(starts[i]);
    if (g_ascii_strncasecmp(url, starts[i], length) == 0 && strchr(":/", url[length]))
      return true;
  }
  return false;
}

static bool check(const Station *station, guint i, const YamlFile *file, GError **error) {
  const StationCalendar *calendar = &station->calendars[i];
  g_autofree char *printable = text_printable(calendar->url);
  const char *key = NULL, *wrong = NULL;
  if (!is_plain(calendar->name)) {
    key = "name";
    wrong = _("a calendar's name is made of letters without accents, digits, \"-\" and \"_\"");
  } else if (!has_scheme(calendar->url) || strcmp(printable, calendar->url) != 0 || strchr(calendar->url, ' ')) {
    key = "url";
    wrong = _("an address begins with https://, webcal:// or http://");
  } else if (calendar->user && !is_private(calendar->url)) {
    key = "url";
    wrong = _("a password does not go over the network in the clear: use https://");
  } else if (!calendar->user != !calendar->password_file) {
    key = "name";
    wrong = _("user and password-file go together");
  }
  for (guint j = 0; j < i && !wrong; j++)
    if (strcmp(station->calendars[j].name, calendar->name) == 0) {
      key = "name";
      wrong = _("two calendars have this name");
    }
  g_autofree char *where = key ? g_strdup_printf("calendars[%u].%s", i, key) : NULL;
  if (wrong)
    yaml_error_at(error, file, where, "%s", wrong);
  return !wrong;
}

bool station_calendars_take(Station *station, const StationCalendarText *text, unsigned n, const YamlFile *file,
                            GError **error) {
  bool ok = true;
  station->calendars = g_new0(StationCalendar, MAX(n, 1));
  for (; ok && station->n_calendars < n; text++) {
    station->calendars[station->n_calendars] = (StationCalendar){g_strdup(text->name), g_strdup(text->url),
                                                                 g_strdup(text->user), g_strdup(text->password_file)};
    ok = check(station, station->n_calendars++, file, error);
  }
  return ok;
}

void station_calendars_clear(Station *station) {
  for (guint i = 0; i < station->n_calendars; i++) {
    g_free(station->calendars[i].name);
    g_free(station->calendars[i].url);
    g_free(station->calendars[i].user);
    g_free(station->calendars[i].password_file);
  }
  g_free(station->calendars);
}
