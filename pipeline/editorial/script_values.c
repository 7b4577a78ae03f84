/* Single values of a script: sentences, lengths in seconds, numbers. */
#include "editorial/script_yaml.h"

#include "base/i18n.h"
#include "base/text.h"
#include "base/wav.h"
#include "editorial/wording.h"

#include <math.h>

#define WORDING_MOST 2000 /* characters of one sentence of a script */

bool script_check_wording(const YamlFile *file, const char *where, const char *wording, GError **error) {
  if (wording == NULL)
    return true;
  g_autofree char *problem = wording_problem(wording);
  if (problem != NULL) {
    yaml_error_at(error, file, where, "%s", problem);
    return false;
  }
  if (g_utf8_strlen(wording, -1) > WORDING_MOST) {
    yaml_error_at(error, file, where, _("longer than %d characters"), WORDING_MOST);
    return false;
  }
  return true;
}

/* Something is written, not only spaces. */
bool script_check_filled(const YamlFile *file, const char *where, const char *value, GError **error) {
  if (!text_is_blank(value))
    return true;
  yaml_error_at(error, file, where, _("is empty"));
  return false;
}

bool script_read_seconds(const YamlFile *file, const char *where, const double *seconds, double most, gint64 *frames,
                         GError **error) {
  if (seconds == NULL)
    return true;
  if (*seconds < 0 || *seconds > most) {
    yaml_error_at(error, file, where, _("must be from 0 to %g seconds"), most);
    return false;
  }
  *frames = (gint64)llround(*seconds * FRAME_RATE);
  return true;
}

/* A span whose missing ends keep what `least` and `most` hold. */
bool script_read_span(const YamlFile *file, const char *where, const YamlSpan *span, double limit, gint64 *least,
                      gint64 *most, GError **error) {
  if (span == NULL)
    return true;
  g_autofree char *at_least = g_strconcat(where, ".least", NULL), *at_most = g_strconcat(where, ".most", NULL);
  if (!script_read_seconds(file, at_least, span->least, limit, least, error) ||
      !script_read_seconds(file, at_most, span->most, limit, most, error))
    return false;
  if (span->most == NULL)
    *most = MAX(*most, *least);
  if (span->least == NULL)
    *least = MIN(*most, *least);
  if (*least <= *most)
    return true;
  yaml_error_at(error, file, at_least, _("least is more than most"));
  return false;
}

bool script_read_count(const YamlFile *file, const char *where, const unsigned *value, guint most, guint *count,
                       GError **error) {
  if (value == NULL)
    return true;
  if (*value > most) {
    yaml_error_at(error, file, where, _("must be from 0 to %u"), most);
    return false;
  }
  *count = *value;
  return true;
}
