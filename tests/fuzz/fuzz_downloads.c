/* A web server's access log: whatever strangers ask for stands in it. */
#include "fuzz.h"

#include "podcast/downloads.h"

static Episode *logged_episode(void) {
  Episode *episode = episode_new();
  episode->edition = g_strdup("2026-11-29-midi");
  episode->duration_ms = 120000;
  episode_add_media(episode, g_strdup("audio/mpeg"), g_strdup("media/2026-11-29-midi-1f2e3d4c5b6a.mp3"), 120000);
  episode_add_media(episode, g_strdup("audio/ogg"), g_strdup("media/2026-11-29-midi-0f2e3d4c5b6a.opus"), 60000);
  return episode;
}

static void fuzz_downloads(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  g_autoptr(GPtrArray) episodes = g_ptr_array_new_with_free_func((GDestroyNotify)episode_free);
  g_ptr_array_add(episodes, logged_episode());
  g_autoptr(Downloads) downloads = downloads_new(episodes);
  promise(downloads_add_log(downloads, fuzz_file(data, nbytes), &error));
  if (fuzz_reads_only)
    return;
  guint lines = 1, n = 0;
  for (gsize i = 0; i < nbytes; i++)
    lines += data[i] == '\n';
  g_autoptr(GPtrArray) days = downloads_days(downloads, episodes->pdata[0]);
  for (guint i = 0; i < days->len; i++) {
    promise(i == 0 || strcmp(days->pdata[i - 1], days->pdata[i]) < 0);
    promise(downloads_on(downloads, episodes->pdata[0], days->pdata[i]) > 0);
    n += downloads_on(downloads, episodes->pdata[0], days->pdata[i]);
  }
  promise(n == downloads_of(downloads, episodes->pdata[0]) && n <= lines);
}

FUZZ_TARGET(fuzz_downloads)
