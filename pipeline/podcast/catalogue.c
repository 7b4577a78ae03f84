#include "podcast/catalogue.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/optional.h"
#include "podcast/feed.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define RECORD_MAX_BYTES (16u << 20)
#define GUID_MAX_BYTES 1024
#define MEDIA_MAX_BYTES ((gsize)2 << 30)
#define DIGEST_LETTERS 12
#define READERS_MOST 4u
#define DAY_US (24 * 3600 * US_PER_SECOND)

static int newest_first(gconstpointer a, gconstpointer b) {
  const Episode *x = *(Episode *const *)a, *y = *(Episode *const *)b;
  return x->published_us != y->published_us ? (x->published_us < y->published_us ? 1 : -1)
                                            : strcmp(y->edition, x->edition);
}

/* One record, read by any thread. */
typedef struct {
  char *path, *name;
  Episode *episode;
  GError *error;
} Reading;

static void reading_free(gpointer data) {
  Reading *reading = data;
  g_free(reading->path);
  g_free(reading->name);
  episode_free(reading->episode);
  g_clear_error(&reading->error);
  g_free(reading);
}

static void read_record(gpointer data, gpointer user) {
  (void)user;
  Reading *reading = data;
  g_autoptr(GBytes) bytes = file_read(reading->path, RECORD_MAX_BYTES, &reading->error);
  gsize n = 0;
  const char *text = bytes ? g_bytes_get_data(bytes, &n) : NULL;
  reading->episode = bytes ? episode_parse(reading->path, text ? text : "", (gssize)n, &reading->error) : NULL;
  if (!reading->episode)
    return;
  g_autofree char *its_name = g_strconcat(reading->episode->edition, ".json", NULL);
  if (strcmp(its_name, reading->name) != 0)
    g_set_error(&reading->error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: not an episode's record"), reading->path);
}

/* Side by side: a thousand of them are most of what publishing one more costs. */
static bool read_records(Catalogue *catalogue, const char *folder, GError **error) {
  g_autoptr(GPtrArray) readings = g_ptr_array_new_with_free_func(reading_free);
  g_autoptr(GPtrArray) names = optional_names(folder, ".json", error);
  if (!names)
    return false;
  for (guint i = 0; i < names->len; i++) {
    Reading *reading = g_new0(Reading, 1);
    reading->path = g_build_filename(folder, names->pdata[i], NULL);
    reading->name = g_strdup(names->pdata[i]);
    g_ptr_array_add(readings, reading);
  }
  GThreadPool *pool =
      g_thread_pool_new(read_record, NULL, (gint)MIN(g_get_num_processors(), READERS_MOST), FALSE, NULL);
  for (guint i = 0; i < readings->len; i++)
    g_thread_pool_push(pool, readings->pdata[i], NULL);
  g_thread_pool_free(pool, FALSE, TRUE);
  for (guint i = 0; i < readings->len; i++) {
    Reading *reading = readings->pdata[i];
    if (reading->error) {
      g_propagate_error(error, g_steal_pointer(&reading->error));
      return false;
    }
    g_ptr_array_add(catalogue->episodes, g_steal_pointer(&reading->episode));
  }
  return true;
}

static void live_clear(gpointer data) {
  g_free(((FeedLive *)data)->title);
}

void catalogue_add_live(Catalogue *catalogue, const char *title, bool is_now, gint64 start_us, gint64 end_us) {
  FeedLive live = {g_strdup(title), is_now, start_us, end_us};
  g_array_append_val(catalogue->live, live);
}

static const char *const published[] = {"public", "public/episodes", "public/media"};

Catalogue *catalogue_open(const Station *station, GError **error) {
  g_autoptr(Catalogue) catalogue = g_new0(Catalogue, 1);
  catalogue->station = station;
  catalogue->episodes = g_ptr_array_new_with_free_func((GDestroyNotify)episode_free);
  catalogue->live = g_array_new(FALSE, FALSE, sizeof(FeedLive));
  g_array_set_clear_func(catalogue->live, live_clear);
  g_autofree char *folder = station_path(station, "podcast", NULL);
  if (!folder_make(folder, error))
    return NULL;
  folder_sweep(folder); /* what a killed run left */
  for (guint i = 0; i < G_N_ELEMENTS(published); i++) {
    g_autofree char *below = station_path(station, published[i], NULL);
    folder_sweep(below);
  }
  if (!read_records(catalogue, folder, error))
    return NULL;
  g_ptr_array_sort(catalogue->episodes, newest_first);
  return g_steal_pointer(&catalogue);
}

void catalogue_free(Catalogue *catalogue) {
  if (!catalogue)
    return;
  g_ptr_array_unref(catalogue->episodes);
  g_array_unref(catalogue->live);
  g_clear_error(&catalogue->trailer_why);
  g_clear_error(&catalogue->cover_why);
  g_free(catalogue);
}

Episode *catalogue_find(const Catalogue *catalogue, const char *edition) {
  for (guint i = 0; i < catalogue->episodes->len; i++) {
    Episode *episode = catalogue->episodes->pdata[i];
    if (strcmp(episode->edition, edition) == 0)
      return episode;
  }
  return NULL;
}

/* --- files ------------------------------------------------------------------------------------ */

char *catalogue_path(const Catalogue *catalogue, const char *file) {
  return station_path(catalogue->station, "public", file, NULL);
}

bool catalogue_write(Catalogue *catalogue, const char *file, const char *data, gsize n, GError **error) {
  g_autofree char *path = catalogue_path(catalogue, file), *folder = g_path_get_dirname(path), *old = NULL;
  gsize old_n = 0;
  if (g_file_get_contents(path, &old, &old_n, NULL) && old_n == n && memcmp(old, data, n) == 0)
    return true;
  bool ok = folder_make(folder, error) && file_write(path, data, (gssize)n, 0644, error);
  catalogue->written += ok;
  return ok;
}

static char *digest_of(const char *data, gsize nbytes) {
  g_autofree char *all = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)data, nbytes);
  return g_strndup(all, DIGEST_LETTERS);
}

char *catalogue_add_media(Catalogue *catalogue, const char *edition, const char *path, gint64 *nbytes, GError **error) {
  g_autoptr(GMappedFile) mapped = g_mapped_file_new(path, FALSE, NULL);
  if (!mapped || g_mapped_file_get_length(mapped) == 0 || g_mapped_file_get_length(mapped) > MEDIA_MAX_BYTES) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: no sound to publish; produce it again"), path);
    return NULL;
  }
  g_autoptr(GBytes) bytes = g_mapped_file_get_bytes(mapped);
  gsize n;
  const char *data = g_bytes_get_data(bytes, &n);
  g_autofree char *digest = digest_of(data, n);
  const char *dot = strrchr(path, '.');
  char *file = g_strdup_printf("media/%s-%s%s", edition, digest, dot ? dot : "");
  g_autofree char *to = catalogue_path(catalogue, file), *folder = g_path_get_dirname(to);
  *nbytes = (gint64)n;
  bool there = g_file_test(to, G_FILE_TEST_IS_REGULAR); /* its name is its content's */
  bool ok = there || (folder_make(folder, error) && file_write(to, data, (gssize)n, 0644, error));
  catalogue->written += ok && !there;
  if (ok)
    return file;
  g_free(file);
  return NULL;
}

/* --- episodes ------------------------------------------------------------------------------------- */

static bool write_texts(Catalogue *catalogue, const Episode *episode, const char *chapters, GError **error) {
  g_autofree char *srt = episode_srt(episode), *text = episode_text(episode), *segments = episode_segments(episode);
  g_autofree char *vtt = episode_vtt(episode);
  const char *const texts[][2] = {
      {".vtt", vtt}, {".srt", srt}, {".txt", text}, {".transcript.json", segments}, {".chapters.json", chapters}};
  bool ok = true;
  for (guint i = 0; ok && i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *file = episode_file(episode, texts[i][0]);
    ok = catalogue_write(catalogue, file, texts[i][1], strlen(texts[i][1]), error);
  }
  return ok;
}

static char *record_path(const Station *station, const char *edition) {
  g_autofree char *name = g_strconcat(edition, ".json", NULL);
  return station_path(station, "podcast", name, NULL);
}

bool catalogue_keep(const Catalogue *catalogue, Episode *episode, GError **error) {
  g_autofree char *record = episode_json(episode), *path = record_path(catalogue->station, episode->edition);
  if (!file_write(path, record, -1, 0600, error))
    return false;
  g_free(episode->source);
  episode->source = digest_make(record, -1);
  return true;
}

static char *words_path(const Catalogue *catalogue, const char *edition) {
  g_autofree char *name = g_strconcat(edition, ".vtt", NULL);
  return station_path(catalogue->station, "podcast", name, NULL);
}

/* Before the record, which tells of them by their digest. */
static bool keep_words(const Catalogue *catalogue, Episode *episode, GError **error) {
  g_autofree char *vtt = episode_vtt(episode), *path = words_path(catalogue, episode->edition);
  g_free(episode->words);
  episode->words = digest_of(vtt, strlen(vtt));
  return file_write(path, vtt, -1, 0600, error);
}

/* Cut short between two sentences it would still be a transcript. */
static bool is_as_kept(const Episode *episode, const char *vtt) {
  g_autofree char *digest = digest_of(vtt, strlen(vtt));
  return !episode->words || strcmp(digest, episode->words) == 0;
}

bool catalogue_read_words(const Catalogue *catalogue, Episode *episode, GError **error) {
  g_autofree char *path = words_path(catalogue, episode->edition);
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) { /* of a program that kept them in the record: as they are public */
    g_autofree char *file = episode_file(episode, ".vtt");
    g_free(path);
    path = catalogue_path(catalogue, file);
  }
  g_autofree char *vtt = episode->sentences->len == 0 ? file_read_text(path, RECORD_MAX_BYTES, error) : NULL;
  if (!vtt)
    return episode->sentences->len > 0;
  if (is_as_kept(episode, vtt) && episode_set_sentences(episode, vtt))
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: not an episode's transcript; publish %s again"), path,
              episode->edition);
  return false;
}

bool catalogue_put(Catalogue *catalogue, Episode *episode, const char *chapters, GError **error) {
  if (!write_texts(catalogue, episode, chapters, error) || !keep_words(catalogue, episode, error) ||
      !catalogue_keep(catalogue, episode, error)) {
    episode_free(episode);
    return false;
  }
  Episode *old = catalogue_find(catalogue, episode->edition);
  if (old)
    g_ptr_array_remove(catalogue->episodes, old);
  g_ptr_array_add(catalogue->episodes, episode);
  g_ptr_array_sort(catalogue->episodes, newest_first);
  return true;
}

/* Hidden, so that it is no record. */
static char *gone_path(const Station *station, const char *edition) {
  g_autofree char *name = g_strconcat(".gone-", edition, NULL);
  return station_path(station, "podcast", name, NULL);
}

bool catalogue_was_taken_out(const Station *station, const char *edition) {
  g_autofree char *path = gone_path(station, edition);
  return !optional_is_missing(path);
}

bool catalogue_gone(const Catalogue *catalogue, const char *edition, char **guid, GError **error) {
  g_autofree char *path = gone_path(catalogue->station, edition);
  return catalogue_read_guid(path, guid, error);
}

bool catalogue_read_guid(const char *path, char **guid, GError **error) {
  if (!optional_read_text(path, GUID_MAX_BYTES, guid, error))
    return false;
  if (!*guid || g_uuid_string_is_valid(g_strstrip(*guid)))
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: not a guid; removed, a new one is made"), path);
  g_clear_pointer(guid, g_free);
  return false;
}

bool catalogue_take_out(Catalogue *catalogue, const char *edition, GError **error) {
  g_autofree char *path = record_path(catalogue->station, edition);
  Episode *episode = catalogue_find(catalogue, edition);
  if (!episode) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s is not published"), edition);
    return false;
  }
  g_autofree char *gone = gone_path(catalogue->station, edition);
  if (!file_write(gone, episode->guid, -1, 0600, error))
    return false;
  if (g_unlink(path) != 0 && errno != ENOENT) {
    carnet_error_set_errno(error, errno, "%s", path);
    return false;
  }
  g_autofree char *words = words_path(catalogue, edition);
  g_unlink(words);
  g_ptr_array_remove(catalogue->episodes, episode);
  return true;
}

bool catalogue_knows(const Station *station, const char *edition) {
  g_autofree char *record = record_path(station, edition);
  return !optional_is_missing(record) || catalogue_was_taken_out(station, edition);
}

bool catalogue_prune(Catalogue *catalogue, gint64 now_us, GError **error) {
  const StationPodcast *podcast = &catalogue->station->podcast;
  g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0, n = 0; i < catalogue->episodes->len; i++) {
    const Episode *episode = catalogue->episodes->pdata[i];
    bool is_old = podcast->keep_days && episode->published_us < now_us - podcast->keep_days * DAY_US;
    bool is_much = podcast->keep_episodes && n >= podcast->keep_episodes;
    n++;
    if ((is_old || is_much) && !episode->keep)
      g_ptr_array_add(out, g_strdup(episode->edition));
  }
  bool ok = true;
  for (guint i = 0; ok && i < out->len; i++)
    ok = catalogue_take_out(catalogue, out->pdata[i], error);
  return ok;
}
