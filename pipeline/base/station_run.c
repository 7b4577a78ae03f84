#include "base/station_run.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define MINUTE_US (60 * US_PER_SECOND)
#define AHEAD_MOST_US (24 * 60 * MINUTE_US)
#define EVERY_LEAST_US (10 * US_PER_SECOND)
#define NAMES_MOST 20
#define PIGE_DAYS_MOST 3660

#define OPTIONAL CYAML_FLAG_OPTIONAL
#define TEXT(key, member) CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | OPTIONAL, StationRunText, member, 0, 4096)

static const cyaml_schema_value_t name_value = {CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 1, 4096)};

const cyaml_schema_field_t station_run_fields[] = {
    TEXT("ahead", ahead),
    TEXT("late", late),
    CYAML_FIELD_SEQUENCE("filler", CYAML_FLAG_POINTER | OPTIONAL, StationRunText, filler, &name_value, 0, NAMES_MOST),
    CYAML_FIELD_UINT("recent", OPTIONAL, StationRunText, recent),
    TEXT("urgent", urgent),
    TEXT("urgent-every", urgent_every),
    CYAML_FIELD_ENUM_PTR("listen", CYAML_FLAG_POINTER | OPTIONAL | CYAML_FLAG_STRICT | CYAML_FLAG_CASE_INSENSITIVE,
                         StationRunText, listen, YAML_YES_NO, 6),
    CYAML_FIELD_UINT_PTR("silence", CYAML_FLAG_POINTER | OPTIONAL, StationRunText, silence),
    CYAML_FIELD_SEQUENCE("hook", CYAML_FLAG_POINTER | OPTIONAL, StationRunText, hook, &name_value, 1, NAMES_MOST),
    CYAML_FIELD_UINT("metrics-port", OPTIONAL, StationRunText, metrics_port),
    CYAML_FIELD_UINT("site-port", OPTIONAL, StationRunText, site_port),
    CYAML_FIELD_UINT("pige-days", OPTIONAL, StationRunText, pige_days),
    CYAML_FIELD_UINT_PTR("pige-megabytes", CYAML_FLAG_POINTER | OPTIONAL, StationRunText, pige_megabytes),
    CYAML_FIELD_END,
};

/* "15:00" (minutes:seconds). What is not written keeps its default. */
static bool take_length(const YamlFile *file, const char *where, const char *text, gint64 least_us, gint64 most_us,
                        gint64 *length_us, GError **error) {
  if (!text)
    return true;
  bool is_zero = strcmp(text, "0:00") == 0;
  gint64 given_us = is_zero || !strchr(text, ':') ? 0 : duration_parse(text, NULL);
  if ((given_us > 0 || is_zero) && given_us >= least_us && given_us <= most_us) {
    *length_us = given_us;
    return true;
  }
  g_autofree char *least = duration_format(least_us, false), *most = duration_format(most_us, false);
  yaml_error_at(error, file, where, _("\"%s\" is not a length from \"%s\" to \"%s\" (minutes:seconds)"), text, least,
                most);
  return false;
}

static bool take_number(const YamlFile *file, const char *where, unsigned given, unsigned least, unsigned most,
                        unsigned *value, GError **error) {
  if (given >= least && given <= most) {
    *value = given;
    return true;
  }
  yaml_error_at(error, file, where, _("%u is out of range (%u to %u)"), given, least, most);
  return false;
}

static bool take_numbers(StationRun *run, const StationRunText *text, const YamlFile *file, GError **error) {
  unsigned silence = 15, megabytes = 2000;
  if (!take_number(file, "run.recent", text->recent, 0, 100, &run->recent, error) ||
      !take_number(file, "run.metrics-port", text->metrics_port, 0, 65535, &run->metrics_port, error) ||
      !take_number(file, "run.site-port", text->site_port, 0, 65535, &run->site_port, error) ||
      !take_number(file, "run.pige-days", text->pige_days, 0, PIGE_DAYS_MOST, &run->pige_days, error) ||
      (text->silence && !take_number(file, "run.silence", *text->silence, 2, 3600, &silence, error)) ||
      (text->pige_megabytes &&
       !take_number(file, "run.pige-megabytes", *text->pige_megabytes, 10, 100000000, &megabytes, error)))
    return false;
  if (run->pige_days > 0 && !run->listens) {
    yaml_error_at(error, file, "run.pige-days",
                  _("what went out is kept by our own listener: \"listen: no\" is against it"));
    return false;
  }
  run->silence_us = silence * US_PER_SECOND;
  run->pige_megabytes = megabytes;
  return true;
}

bool station_run_take(StationRun *run, const StationRunText *text, const YamlFile *file, GError **error) {
  *run = (StationRun){.ahead_us = 15 * MINUTE_US, .late_us = 10 * MINUTE_US, .urgent_every_us = 10 * MINUTE_US};
  run->filler = yaml_strings(text->filler, text->filler_count);
  run->hook = text->hook_count ? yaml_strings(text->hook, text->hook_count) : NULL;
  run->urgent = g_strdup(text->urgent);
  run->listens = !text->listen || *text->listen != 0;
  return take_length(file, "run.ahead", text->ahead, 0, AHEAD_MOST_US, &run->ahead_us, error) &&
         take_length(file, "run.late", text->late, 0, AHEAD_MOST_US, &run->late_us, error) &&
         take_length(file, "run.urgent-every", text->urgent_every, EVERY_LEAST_US, AHEAD_MOST_US, &run->urgent_every_us,
                     error) &&
         take_numbers(run, text, file, error);
}

void station_run_clear(StationRun *run) {
  g_strfreev(run->filler);
  g_strfreev(run->hook);
  g_free(run->urgent);
}
