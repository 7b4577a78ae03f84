/* The part of station.yaml that `carnet publish` reads (key "podcast"); inside base/ only, station.h is what others
 * include. */
#ifndef CARNET_BASE_STATION_PODCAST_H
#define CARNET_BASE_STATION_PODCAST_H

#include "base/station.h"
#include "base/yaml.h"

/* As libcyaml reads it. */
typedef struct {
  char *url, *title, *description, *author, *email, *category, *license, *license_url, *hub, *stream;
  char *guid, *location, *geo, *trailer, *log;
  bool is_explicit, is_automatic;
  unsigned keep_days, keep_episodes;
  StationPerson *people; /* as station.h has them */
  char **send;
  unsigned people_count, send_count;
} StationPodcastText;

extern const cyaml_schema_field_t station_podcast_fields[];

/* The defaults, and what was written. False with INPUT at its place in `file`. */
bool station_podcast_take(Station *station, const StationPodcastText *text, const YamlFile *file, GError **error);
void station_podcast_clear(StationPodcast *podcast);

#endif
