/* The calendars that station.yaml fetches from elsewhere (key "calendars"); inside base/ only. */
#ifndef CARNET_BASE_STATION_CALENDARS_H
#define CARNET_BASE_STATION_CALENDARS_H

#include "base/station.h"
#include "base/yaml.h"

/* As libcyaml reads it. */
typedef struct {
  char *name, *url, *user, *password_file;
} StationCalendarText;

#define STATION_CALENDARS_MOST 20
extern const cyaml_schema_value_t station_calendar_value;

/* False with INPUT at its place in `file`. */
bool station_calendars_take(Station *station, const StationCalendarText *text, unsigned n, const YamlFile *file,
                            GError **error);
void station_calendars_clear(Station *station);

#endif
