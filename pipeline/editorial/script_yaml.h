/* The inside of reading a script, shared by its three files: script.c (schema
 * and head), script_order.c (running order), script_values.c (single values). */
#ifndef CARNET_EDITORIAL_SCRIPT_YAML_H
#define CARNET_EDITORIAL_SCRIPT_YAML_H

#include "base/yaml.h"
#include "editorial/script.h"

typedef struct {
  double *least, *most; /* seconds */
} YamlSpan;

typedef struct {
  char **kinds;
  unsigned kinds_count;
  unsigned *least, *most;
  char *lead, *empty, *voice;
} YamlEntries;

typedef struct {
  char *jingle, *say, *sound, *voice, *lead;
  unsigned *headlines;
  double *pause;
  YamlEntries *entries;
  YamlSpan *breath;
} YamlBlock;

/* Checks set an error at `where` of `file`; values that are NULL (not written)
 * leave the result as it was. */
bool script_check_wording(const YamlFile *file, const char *where, const char *wording, GError **error);
/* Something is written, not only spaces. */
bool script_check_filled(const YamlFile *file, const char *where, const char *value, GError **error);
bool script_read_seconds(const YamlFile *file, const char *where, const double *seconds, double most, gint64 *frames,
                         GError **error);
/* A span whose missing ends keep what `least` and `most` hold. */
bool script_read_span(const YamlFile *file, const char *where, const YamlSpan *span, double limit, gint64 *least,
                      gint64 *most, GError **error);
bool script_read_count(const YamlFile *file, const char *where, const unsigned *value, guint most, guint *count,
                       GError **error);
bool script_read_order(Script *script, const YamlFile *file, const YamlBlock *order, unsigned count, GError **error);

#endif
