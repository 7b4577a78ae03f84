/* The part of station.yaml that `carnet run` reads (key "run"); inside base/ only, station.h is what others include. */
#ifndef CARNET_BASE_STATION_RUN_H
#define CARNET_BASE_STATION_RUN_H

#include "base/station.h"
#include "base/yaml.h"

/* As libcyaml reads it. */
typedef struct {
  char *ahead, *late, *urgent, *urgent_every;
  char **filler, **hook;
  unsigned filler_count, hook_count;
  unsigned recent, metrics_port, site_port, pige_days;
  unsigned *silence, *pige_megabytes;
  int *listen;
} StationRunText;

extern const cyaml_schema_field_t station_run_fields[];

/* The defaults, and what was written. False with INPUT at its place in `file`. */
bool station_run_take(StationRun *run, const StationRunText *text, const YamlFile *file, GError **error);
void station_run_clear(StationRun *run);

#endif
