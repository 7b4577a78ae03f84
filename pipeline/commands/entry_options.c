#include "commands/entry_options.h"

#include "base/clock.h"
#include "base/text.h"

#include <string.h>

/* ARG_FILENAME: bytes as typed, whatever the locale; clean_argument looks at them. */
void entry_options_rows(EntryOptions *options, GOptionEntry *rows) {
  const GOptionEntry made[ENTRY_OPTION_COUNT] = {
      {"text", 0, 0, G_OPTION_ARG_FILENAME, &options->text, N_("The text"), N_("TEXT")},
      {"kind", 'k', 0, G_OPTION_ARG_FILENAME, &options->kind,
       N_("question, problem, experience, resource, idea, feeling, announcement or alert"), N_("KIND")},
      {"title", 0, 0, G_OPTION_ARG_FILENAME, &options->title, N_("A few words"), N_("TITLE")},
      {"language", 'l', 0, G_OPTION_ARG_FILENAME, &options->language, N_("Such as fr (default: the station's)"),
       N_("TAG")},
      {"place", 'p', 0, G_OPTION_ARG_FILENAME, &options->place, N_("Name of the place"), N_("PLACE")},
      {"place-id", 0, 0, G_OPTION_ARG_FILENAME, &options->place_id, N_("Such as insee:34057 or osm:node/123"),
       N_("CODE")},
      {"author", 'a', 0, G_OPTION_ARG_FILENAME, &options->author, N_("Who wrote it"), N_("NAME")},
      {"attribution", 0, 0, G_OPTION_ARG_FILENAME, &options->attribution,
       N_("What is said of the author: none, place (default), first-name or full"), N_("WHAT")},
      {"priority", 0, 0, G_OPTION_ARG_FILENAME, &options->priority, N_("normal, high or urgent"), N_("PRIORITY")},
      {"expires", 0, 0, G_OPTION_ARG_FILENAME, &options->expires,
       N_("Not on air from then on: YYYY-MM-DD[ HH:MM] or RFC 3339"), N_("WHEN")},
      {"date", 'd', 0, G_OPTION_ARG_FILENAME, &options->date, N_("Day it belongs to (default: today)"), N_("DAY")},
      {"link", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->links, N_("An address; may be repeated"), N_("URL")},
      {"parent", 0, 0, G_OPTION_ARG_FILENAME, &options->parent, N_("The entry that this one answers"), N_("ID")},
      {"sound", 0, 0, G_OPTION_ARG_FILENAME, &options->sound, N_("A recorded sound: a file of the folder sounds"),
       N_("NAME")},
      {"status", 0, 0, G_OPTION_ARG_FILENAME, &options->status, N_("draft, pending, approved, rejected or withdrawn"),
       N_("STATUS")},
      {"endorsements", 0, 0, G_OPTION_ARG_FILENAME, &options->endorsements, N_("How many agreed"), N_("N")},
  };
  memcpy(rows, made, sizeof made);
}

/* The strings of the options, for loops. */
static void list_values(const EntryOptions *options, char **values[15]) {
  EntryOptions *o = (EntryOptions *)options;
  char **all[15] = {&o->text,     &o->kind,   &o->title,       &o->language, &o->place,
                    &o->place_id, &o->author, &o->attribution, &o->priority, &o->expires,
                    &o->date,     &o->parent, &o->sound,       &o->status,   &o->endorsements};
  memcpy(values, all, sizeof all);
}

void entry_options_clear(EntryOptions *options) {
  char **values[15];
  list_values(options, values);
  for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
    g_clear_pointer(values[i], g_free);
  g_clear_pointer(&options->links, g_strfreev);
}

bool entry_options_given(const EntryOptions *options) {
  char **values[15];
  list_values(options, values);
  for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
    if (*values[i] != NULL)
      return true;
  return options->links != NULL;
}

/* --- reading values --------------------------------------------------------- */

char *clean_argument(const char *name, const char *value, GError **error) {
  g_autoptr(GBytes) bytes = g_bytes_new_static(value, strlen(value));
  char *text = text_from_outside(name, bytes, NULL, error);
  return text != NULL ? g_strstrip(text) : NULL;
}

gint64 entry_id_parse(const char *text, GError **error) {
  guint64 id = 0;
  if (g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT64, &id, NULL))
    return (gint64)id;
  g_autofree char *shown = text_printable(text);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("\"%s\" is not the number of an entry"), shown);
  return 0;
}

/* One of a list of names; `*value` stays when the option was not given. */
static bool read_name(const char *option, const char *given, int (*parse)(const char *name), int *value,
                      GError **error) {
  if (given == NULL)
    return true;
  int found = parse(given);
  if (found < 0) {
    g_autofree char *shown = text_printable(given);
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--%s: \"%s\" is not one of its names (see --help)"), option,
                shown);
    return false;
  }
  *value = found;
  return true;
}

static bool read_string(const char *option, const char *given, char **field, GError **error) {
  if (given == NULL)
    return true;
  g_autofree char *name = g_strconcat("--", option, NULL);
  char *text = *given != '\0' ? clean_argument(name, given, error) : NULL;
  if (*given != '\0' && text == NULL)
    return false;
  g_free(*field);
  *field = text;
  return true;
}

static bool read_day(Session *session, const char *option, const char *given, char **day, GError **error) {
  if (given == NULL)
    return true;
  char *found = session_day(session, given, error);
  if (found == NULL) {
    g_prefix_error(error, "--%s: ", option);
    return false;
  }
  g_free(*day);
  *day = found;
  return true;
}

static bool read_number(const char *option, const char *given, gint64 *value, GError **error) {
  guint64 number = 0;
  if (given == NULL)
    return true;
  if (*given != '\0' && !g_ascii_string_to_unsigned(given, 10, 0, G_MAXINT64, &number, NULL)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--%s: must be a whole number"), option);
    return false;
  }
  *value = (gint64)number;
  return true;
}

/* --- an entry --------------------------------------------------------------- */

static bool apply_names(const EntryOptions *options, Entry *entry, GError **error) {
  int kind = (int)entry->kind, attribution = (int)entry->attribution;
  int priority = (int)entry->priority, status = (int)entry->status;
  if (!read_name("kind", options->kind, entry_kind_parse, &kind, error) ||
      !read_name("attribution", options->attribution, attribution_parse, &attribution, error) ||
      !read_name("priority", options->priority, entry_priority_parse, &priority, error) ||
      !read_name("status", options->status, entry_status_parse, &status, error))
    return false;
  entry->kind = (EntryKind)kind;
  entry->attribution = (Attribution)attribution;
  entry->priority = (EntryPriority)priority;
  entry->status = (EntryStatus)status;
  return true;
}

static bool apply_expiry(const Station *station, const char *given, Entry *entry, GError **error) {
  if (given == NULL)
    return true;
  gint64 instant_us = *given != '\0' ? instant_parse(given, station->zone, error) : 0;
  if (*given != '\0' && instant_us == 0) {
    g_prefix_error(error, "--expires: ");
    return false;
  }
  entry->expires_us = instant_us;
  return true;
}

/* Its name only: the file is below the station's sounds, wherever the option says. */
static bool apply_sound(const Station *station, const char *given, Entry *entry, GError **error) {
  if (!read_string("sound", given, &entry->sound, error))
    return false;
  if (given == NULL || entry->sound == NULL)
    return true;
  g_autofree char *path = station_find(station, "sounds", entry->sound, NULL, error);
  if (path == NULL)
    g_prefix_error(error, "--sound: ");
  return path != NULL;
}

static bool apply_links(char **given, Entry *entry, GError **error) {
  if (given == NULL)
    return true;
  g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func(g_free);
  for (char **link = given; *link != NULL; link++) {
    if (**link == '\0')
      continue;
    char *clean = clean_argument("--link", *link, error);
    if (clean == NULL)
      return false;
    g_ptr_array_add(links, clean);
  }
  g_strfreev(entry->links);
  entry->links = NULL;
  if (links->len == 0)
    return true;
  g_ptr_array_add(links, NULL);
  entry->links = (char **)g_ptr_array_free(g_steal_pointer(&links), FALSE);
  return true;
}

bool entry_options_apply(Session *session, const EntryOptions *options, Entry *entry, GError **error) {
  const Station *station = session_station(session, error);
  return station != NULL && apply_names(options, entry, error) &&
         read_string("text", options->text, &entry->text, error) &&
         read_string("title", options->title, &entry->title, error) &&
         read_string("language", options->language, &entry->language, error) &&
         read_string("place", options->place, &entry->place, error) &&
         read_string("place-id", options->place_id, &entry->place_id, error) &&
         read_string("author", options->author, &entry->author, error) &&
         read_day(session, "date", options->date, &entry->date, error) &&
         read_number("parent", options->parent, &entry->parent, error) &&
         read_number("endorsements", options->endorsements, &entry->endorsements, error) &&
         apply_expiry(station, options->expires, entry, error) && apply_sound(station, options->sound, entry, error) &&
         apply_links(options->links, entry, error);
}

/* --- a filter --------------------------------------------------------------- */

void filter_options_rows(FilterOptions *options, GOptionEntry *rows) {
  const GOptionEntry made[FILTER_OPTION_COUNT] = {
      {"date", 'd', 0, G_OPTION_ARG_FILENAME, &options->date, N_("Of this day: YYYY-MM-DD, today, yesterday"),
       N_("DAY")},
      {"from", 0, 0, G_OPTION_ARG_FILENAME, &options->from, N_("Of this day and later"), N_("DAY")},
      {"until", 0, 0, G_OPTION_ARG_FILENAME, &options->until, N_("Of this day and earlier"), N_("DAY")},
      {"kind", 'k', 0, G_OPTION_ARG_FILENAME, &options->kind, N_("Of this kind"), N_("KIND")},
      {"status", 0, 0, G_OPTION_ARG_FILENAME, &options->status, N_("Of this status"), N_("STATUS")},
      {"place", 'p', 0, G_OPTION_ARG_FILENAME, &options->place, N_("Of this place, without case and accents"),
       N_("PLACE")},
      {"source", 0, 0, G_OPTION_ARG_FILENAME, &options->source, N_("Of this source"), N_("NAME")},
      {"search", 's', 0, G_OPTION_ARG_FILENAME, &options->search, N_("With all these words"), N_("WORDS")},
      {"priority", 0, 0, G_OPTION_ARG_FILENAME, &options->priority, N_("Of this priority"), N_("PRIORITY")},
      {"limit", 0, 0, G_OPTION_ARG_INT64, &options->limit, N_("At most so many"), N_("N")},
  };
  memcpy(rows, made, sizeof made);
}

void filter_options_clear(FilterOptions *options) {
  char **values[] = {&options->date,  &options->from,   &options->until,  &options->kind,    &options->status,
                     &options->place, &options->source, &options->search, &options->priority};
  for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
    g_clear_pointer(values[i], g_free);
}

bool filter_options_given(const FilterOptions *options) {
  return options->date != NULL || options->from != NULL || options->until != NULL || options->kind != NULL ||
         options->status != NULL || options->place != NULL || options->source != NULL || options->search != NULL ||
         options->priority != NULL || options->limit > 0;
}

/* An empty one (from a variable that was not set, say) must not quietly choose everything. */
static bool read_filter(const char *option, char **value, GError **error) {
  if (*value == NULL || **value != '\0')
    return read_string(option, *value, value, error);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--%s: empty"), option);
  return false;
}

static bool read_days(Session *session, FilterOptions *options, EntryFilter *filter, GError **error) {
  if (options->date != NULL && (options->from != NULL || options->until != NULL)) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--date does not go with --from and --until"));
    return false;
  }
  if (!read_day(session, "date", options->date, &options->date, error) ||
      !read_day(session, "from", options->from, &options->from, error) ||
      !read_day(session, "until", options->until, &options->until, error))
    return false;
  filter->date_from = options->date != NULL ? options->date : options->from;
  filter->date_until = options->date != NULL ? options->date : options->until;
  return true;
}

bool filter_options_read(Session *session, FilterOptions *options, EntryFilter *filter, GError **error) {
  *filter = ENTRY_FILTER_ALL;
  if (options->limit < 0) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--limit: must be a whole number"));
    return false;
  }
  if (!read_days(session, options, filter, error) ||
      !read_name("kind", options->kind, entry_kind_parse, &filter->kind, error) ||
      !read_name("status", options->status, entry_status_parse, &filter->status, error) ||
      !read_name("priority", options->priority, entry_priority_parse, &filter->priority, error) ||
      !read_filter("place", &options->place, error) || !read_filter("source", &options->source, error) ||
      !read_filter("search", &options->search, error))
    return false;
  filter->place = options->place;
  filter->source_name = options->source;
  filter->search = options->search;
  filter->limit = options->limit;
  return true;
}
