/* The part of station.yaml that the editors' desk reads (key "desk"); inside base/ only, station.h is what others include. */
#ifndef CARNET_BASE_STATION_DESK_H
#define CARNET_BASE_STATION_DESK_H

#include "base/station.h"
#include "base/yaml.h"

/* As libcyaml reads it. */
typedef struct {
  unsigned port;
  char *url;
  bool everywhere, proxy, contribute;
} StationDeskText;

extern const cyaml_schema_field_t station_desk_fields[];

/* False with INPUT at its place in `file`. */
bool station_desk_take(StationDesk *desk, const StationDeskText *text, const YamlFile *file, GError **error);
void station_desk_clear(StationDesk *desk);

#endif
