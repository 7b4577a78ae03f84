#include "commands/slot.h"

#include "base/clock.h"
#include "base/wav.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY_LENGTH 10 /* "2020-03-17" */

void slot_clear(Slot *slot) {
  g_clear_pointer(&slot->date, g_free);
  g_clear_pointer(&slot->script, g_free);
  g_clear_pointer(&slot->edition, g_free);
}

bool slot_from_options(Session *session, const char *date, const char *script, Slot *slot, GError **error) {
  slot->date = session_day(session, date, error);
  slot->script = g_strdup(script ? script : SLOT_DEFAULT_SCRIPT);
  return slot->date != NULL;
}

bool slot_from_edition(const char *edition, Slot *slot, GError **error) {
  gsize length = strlen(edition);
  g_autofree char *day = g_strndup(edition, DAY_LENGTH);
  if (length < DAY_LENGTH + 2 || edition[DAY_LENGTH] != '-' || !day_check(day, NULL) || strchr(edition, '/')) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("\"%s\" is not an edition (2020-03-17-midi is meant)"),
                edition);
    return false;
  }
  slot->date = g_steal_pointer(&day);
  const char *script = edition + DAY_LENGTH + 1;
  slot->script = g_strndup(script, strcspn(script, "@"));
  slot->edition = g_strdup(edition);
  return true;
}

gint64 slot_frames(const char *length, GError **error) {
  gint64 length_us = duration_parse(length, error);
  gint64 frames = us_to_frames(length_us);
  if (length_us > 0 && frames <= 0)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("\"%s\" is not a length (minutes and seconds are meant: \"5:00\")"), length);
  return frames;
}

bool slot_latest(Session *session, Slot *slot, GError **error) {
  const Station *station = session_station(session, error);
  if (!station)
    return false;
  g_autofree char *folder = station_path(station, "editions", NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  g_autofree char *latest = NULL;
  struct timespec newest = {0};
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *cues = g_build_filename(folder, name, "cues.json", NULL);
    GStatBuf status;
    if (g_stat(cues, &status) != 0)
      continue;
    bool is_newer = status.st_mtim.tv_sec > newest.tv_sec ||
                    (status.st_mtim.tv_sec == newest.tv_sec && status.st_mtim.tv_nsec > newest.tv_nsec);
    if (is_newer) {
      newest = status.st_mtim;
      g_free(latest);
      latest = g_strdup(name);
    }
  }
  return latest && slot_from_edition(latest, slot, NULL);
}
