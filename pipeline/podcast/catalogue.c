#include "podcast/catalogue.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "podcast/feed.h"
#include "podcast/pages.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define RECORD_MAX_BYTES (16u << 20)
#define COVER_MAX_BYTES (16u << 20)
#define MEDIA_MAX_BYTES ((gsize)2 << 30)
#define DIGEST_LETTERS 12
#define ICON "cover-small.jpg"
#define DAY_US (24 * 3600 * US_PER_SECOND)

static int newest_first(gconstpointer a, gconstpointer b) {
  const Episode *x = *(Episode *const *)a, *y = *(Episode *const *)b;
  return x->published_us != y->published_us ? (x->published_us < y->published_us ? 1 : -1)
                                            : strcmp(y->edition, x->edition);
}

static bool read_record(Catalogue *catalogue, const char *folder, const char *name, GError **error) {
  g_autofree char *path = g_build_filename(folder, name, NULL);
  g_autoptr(GBytes) bytes = file_read(path, RECORD_MAX_BYTES, error);
  gsize n = 0;
  const char *text = bytes ? g_bytes_get_data(bytes, &n) : NULL;
  Episode *episode = bytes ? episode_parse(path, text ? text : "", (gssize)n, error) : NULL;
  if (!episode)
    return false;
  g_ptr_array_add(catalogue->episodes, episode);
  g_autofree char *its_name = g_strconcat(episode->edition, ".json", NULL);
  if (strcmp(its_name, name) == 0)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: not an episode's record"), path);
  return false;
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
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (*name != '.' && g_str_has_suffix(name, ".json") && !read_record(catalogue, folder, name, error))
      return NULL;
  g_ptr_array_sort(catalogue->episodes, newest_first);
  return g_steal_pointer(&catalogue);
}

void catalogue_free(Catalogue *catalogue) {
  if (!catalogue)
    return;
  g_ptr_array_unref(catalogue->episodes);
  g_array_unref(catalogue->live);
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

static char *public_path(const Catalogue *catalogue, const char *file) {
  return station_path(catalogue->station, "public", file, NULL);
}

/* What is there already, to the byte, is not written again: nobody downloads it anew, no disk wears. */
static bool write_public(Catalogue *catalogue, const char *file, const char *text, GError **error) {
  g_autofree char *path = public_path(catalogue, file), *folder = g_path_get_dirname(path), *old = NULL;
  gsize n = 0;
  if (g_file_get_contents(path, &old, &n, NULL) && n == strlen(text) && memcmp(old, text, n) == 0)
    return true;
  bool ok = folder_make(folder, error) && file_write(path, text, -1, 0644, error);
  catalogue->written += ok;
  return ok;
}

static char *digest_of(GBytes *bytes) {
  g_autofree char *all = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, bytes);
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
  g_autofree char *digest = digest_of(bytes);
  const char *dot = strrchr(path, '.');
  char *file = g_strdup_printf("media/%s-%s%s", edition, digest, dot ? dot : "");
  g_autofree char *to = public_path(catalogue, file), *folder = g_path_get_dirname(to);
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
    g_autofree char *file = g_strconcat("episodes/", episode->edition, texts[i][0], NULL);
    ok = write_public(catalogue, file, texts[i][1], error);
  }
  return ok;
}

static char *record_path(const Catalogue *catalogue, const char *edition) {
  g_autofree char *name = g_strconcat(edition, ".json", NULL);
  return station_path(catalogue->station, "podcast", name, NULL);
}

bool catalogue_keep(const Catalogue *catalogue, const Episode *episode, GError **error) {
  g_autofree char *record = episode_json(episode), *path = record_path(catalogue, episode->edition);
  return file_write(path, record, -1, 0600, error);
}

bool catalogue_put(Catalogue *catalogue, Episode *episode, const char *chapters, GError **error) {
  if (!write_texts(catalogue, episode, chapters, error) || !catalogue_keep(catalogue, episode, error)) {
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
static char *gone_path(const Catalogue *catalogue, const char *edition) {
  g_autofree char *name = g_strconcat(".gone-", edition, NULL);
  return station_path(catalogue->station, "podcast", name, NULL);
}

char *catalogue_gone(const Catalogue *catalogue, const char *edition) {
  g_autofree char *path = gone_path(catalogue, edition);
  char *guid = NULL;
  if (g_file_get_contents(path, &guid, NULL, NULL) && g_uuid_string_is_valid(g_strstrip(guid)))
    return guid;
  g_free(guid);
  return NULL;
}

bool catalogue_take_out(Catalogue *catalogue, const char *edition, GError **error) {
  g_autofree char *path = record_path(catalogue, edition);
  Episode *episode = catalogue_find(catalogue, edition);
  if (!episode) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s is not published"), edition);
    return false;
  }
  g_autofree char *gone = gone_path(catalogue, edition);
  if (!file_write(gone, episode->guid, -1, 0600, error))
    return false;
  if (g_unlink(path) != 0 && errno != ENOENT) {
    carnet_error_set_errno(error, errno, "%s", path);
    return false;
  }
  g_ptr_array_remove(catalogue->episodes, episode);
  return true;
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

/* --- pages and feeds -------------------------------------------------------------------------------- */

static bool write_feed(Catalogue *catalogue, const Feed *feed, GHashTable *named, GError **error) {
  bool ok = true;
  for (guint page = feed_pages(feed); ok && page >= 1; page--) { /* the newest last: it names the others */
    g_autofree char *file = feed_file(feed, page), *text = feed_xml(feed, page);
    ok = write_public(catalogue, file, text, error);
    g_hash_table_add(named, g_steal_pointer(&file));
  }
  return ok;
}

/* For good: an address may change, what was made of the first one stays (podcast/.guid-FEED). Returns (g_free). */
static char *kept_guid(const Catalogue *catalogue, const char *file) {
  const char *root = catalogue->station->podcast.url;
  g_autofree char *name = g_strconcat(".guid-", file, NULL), *address = g_strconcat(root, file, NULL);
  g_autofree char *path = station_path(catalogue->station, "podcast", name, NULL), *kept = NULL;
  if (g_file_get_contents(path, &kept, NULL, NULL) && g_uuid_string_is_valid(g_strstrip(kept)))
    return g_steal_pointer(&kept);
  char *guid = feed_guid(address);
  if (*root)
    file_write(path, guid, -1, 0644, NULL);
  return guid;
}

static char *guid_for(const Catalogue *catalogue, const char *file, const Feed *all) {
  const char *given = catalogue->station->podcast.guid;
  if (!given)
    return kept_guid(catalogue, file);
  g_autofree char *name = g_strdup_printf("%s %s", given, file);
  return all ? feed_guid(name) : g_strdup(given);
}

/* The station's trailer among the media; zeroed: there is none. */
static EpisodeMedia add_trailer(Catalogue *catalogue, gint64 *made_us, GHashTable *named) {
  const char *trailer = catalogue->station->podcast.trailer;
  g_autofree char *path = trailer ? station_path(catalogue->station, trailer, NULL) : NULL;
  EpisodeMedia media = {0};
  GStatBuf status;
  if (!path || g_stat(path, &status) != 0)
    return media;
  media.file = catalogue_add_media(catalogue, "trailer", path, &media.nbytes, NULL);
  media.type = g_strdup(g_str_has_suffix(path, ".opus") ? "audio/ogg; codecs=opus" : "audio/mpeg");
  *made_us = status.st_mtime * US_PER_SECOND;
  if (media.file)
    g_hash_table_add(named, g_strdup(media.file));
  return media;
}

/* One for all, one for each script, each in the language that its newest episode has. */
static bool write_feeds(Catalogue *catalogue, const char *cover, GHashTable *named, GError **error) {
  const StationPodcast *podcast = &catalogue->station->podcast;
  g_autoptr(GHashTable) scripts = g_hash_table_new(g_str_hash, g_str_equal);
  g_autofree char *guid = guid_for(catalogue, "feed.xml", NULL);
  gint64 made_us = 0;
  EpisodeMedia trailer = add_trailer(catalogue, &made_us, named);
  Feed all = {catalogue->station,
              podcast->title,
              catalogue->station->language,
              "feed.xml",
              guid,
              cover,
              catalogue->episodes,
              trailer.file ? &trailer : NULL,
              made_us,
              catalogue->live};
  bool ok = true;
  for (guint i = 0; ok && i < catalogue->episodes->len; i++) {
    const Episode *first = catalogue->episodes->pdata[i];
    if (!g_hash_table_add(scripts, first->script))
      continue;
    g_autoptr(GPtrArray) its = g_ptr_array_new();
    for (guint j = i; j < catalogue->episodes->len; j++)
      if (strcmp(((Episode *)catalogue->episodes->pdata[j])->script, first->script) == 0)
        g_ptr_array_add(its, catalogue->episodes->pdata[j]);
    g_autofree char *file = g_strdup_printf("feed-%s.xml", first->script);
    g_autofree char *title = g_strdup_printf("%s · %s", podcast->title, first->script);
    g_autofree char *own_guid = guid_for(catalogue, file, &all);
    Feed feed = all;
    feed.title = title;
    feed.language = first->language;
    feed.file = file;
    feed.guid = own_guid;
    feed.episodes = its;
    feed.live = NULL;
    ok = write_feed(catalogue, &feed, named, error);
  }
  ok = ok && write_feed(catalogue, &all, named, error);
  g_free(trailer.file);
  g_free(trailer.type);
  return ok;
}

/* Adds the file's name to `named`, which takes it. */
static bool write_page(Catalogue *catalogue, char *file, char *text, GHashTable *named, GError **error) {
  bool ok = text == NULL || write_public(catalogue, file, text, error);
  g_hash_table_add(named, file);
  g_free(text);
  return ok;
}

static bool write_episode_pages(Catalogue *catalogue, const Site *site, const Episode *episode, GHashTable *named,
                                GError **error) {
  static const struct {
    const char *ending;
    char *(*make)(const Site *site, const Episode *episode);
  } kinds[] = {{".html", page_episode}, {".embed.html", page_embed}, {".read.html", page_reading}};
  bool ok = true;
  for (guint i = 0; ok && i < G_N_ELEMENTS(kinds); i++)
    ok = write_page(catalogue, g_strconcat("episodes/", episode->edition, kinds[i].ending, NULL),
                    kinds[i].make(site, episode), named, error);
  return ok;
}

static bool write_months(Catalogue *catalogue, const Site *site, GHashTable *named, GError **error) {
  bool ok = true;
  for (guint from = 0, until = 0; ok && from < site->episodes->len; from = until) {
    g_autofree char *name = page_month_name(site, from);
    ok = write_page(catalogue, g_strdup_printf("search-%s.js", name), page_month_words(site, from), named, error) &&
         write_page(catalogue, g_strdup_printf("archive-%s.html", name), page_month(site, from, &until), named, error);
  }
  return ok;
}

static bool write_pages(Catalogue *catalogue, const char *cover, GHashTable *named, GError **error) {
  g_autofree char *icon = public_path(catalogue, ICON);
  bool has_icon = cover && g_file_test(icon, G_FILE_TEST_IS_REGULAR);
  Site site = {catalogue->station, "feed.xml", cover, has_icon ? ICON : cover, catalogue->episodes};
  bool ok = write_page(catalogue, g_strdup("site.css"), g_strdup(page_style()), named, error) &&
            write_page(catalogue, g_strdup("site.js"), g_strdup(page_script()), named, error);
  for (guint i = 0; ok && i < catalogue->episodes->len; i++)
    ok = write_episode_pages(catalogue, &site, catalogue->episodes->pdata[i], named, error);
  return ok && write_months(catalogue, &site, named, error) &&
         write_page(catalogue, g_strdup("archive.html"), page_archive(&site), named, error) &&
         write_page(catalogue, g_strdup("sitemap.xml"), page_sitemap(&site), named, error) &&
         write_page(catalogue, g_strdup("index.html"), page_home(&site), named, error);
}

/* What is there already stays as it is. */
static bool write_bytes(Catalogue *catalogue, const char *file, GBytes *bytes, GError **error) {
  gsize n = 0, old_n = 0;
  const char *data = g_bytes_get_data(bytes, &n);
  g_autofree char *path = public_path(catalogue, file), *old = NULL;
  if (g_file_get_contents(path, &old, &old_n, NULL) && old_n == n && memcmp(old, data, n) == 0)
    return true;
  bool ok = file_write(path, data, (gssize)n, 0644, error);
  catalogue->written += ok;
  return ok;
}

/* Is it there, and written after the public cover, which is written when it changes? */
static bool icon_is_fresh(const char *icon_path, const char *cover_path) {
  GStatBuf icon, cover;
  if (g_stat(icon_path, &icon) != 0 || g_stat(cover_path, &cover) != 0)
    return false;
  return icon.st_mtim.tv_sec != cover.st_mtim.tv_sec ? icon.st_mtim.tv_sec > cover.st_mtim.tv_sec
                                                     : icon.st_mtim.tv_nsec >= cover.st_mtim.tv_nsec;
}

static void write_icon(Catalogue *catalogue, CatalogueIcon icon, const char *cover_path) {
  g_autofree char *path = public_path(catalogue, ICON);
  if (icon_is_fresh(path, cover_path))
    return;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = icon ? icon(cover_path, &error) : NULL;
  if (bytes)
    write_bytes(catalogue, ICON, bytes, NULL);
  else
    g_unlink(path);
}

/* The station's cover, under its own ending, and a small one. Returns its name (g_free), or NULL: there is none. */
static char *write_cover(Catalogue *catalogue, CatalogueIcon icon) {
  const char *cover = catalogue->station->cover, *dot = cover ? strrchr(cover, '.') : NULL;
  g_autofree char *from = cover ? station_path(catalogue->station, cover, NULL) : NULL;
  g_autoptr(GBytes) bytes = from ? file_read(from, COVER_MAX_BYTES, NULL) : NULL;
  g_autofree char *file = g_strconcat("cover", dot ? dot : "", NULL);
  if (!bytes || !write_bytes(catalogue, file, bytes, NULL))
    return NULL;
  g_autofree char *to = public_path(catalogue, file);
  write_icon(catalogue, icon, to);
  return g_steal_pointer(&file);
}

static bool is_ours_at_the_top(const char *name) {
  static const char *const beginnings[] = {"feed-", "feed@", "archive-", "search-"};
  for (guint i = 0; i < G_N_ELEMENTS(beginnings); i++)
    if (g_str_has_prefix(name, beginnings[i]))
      return true;
  return false;
}

/* What we wrote once and name no more: by its place and ending, nothing else in public/ is ours to remove. */
static void remove_unnamed(Catalogue *catalogue, const char *below, const char *const *endings, GHashTable *named) {
  g_autofree char *folder = public_path(catalogue, below);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));) {
    g_autofree char *file = *below ? g_strconcat(below, "/", name, NULL) : g_strdup(name);
    bool is_ours = false;
    for (guint i = 0; endings[i]; i++)
      is_ours = is_ours || g_str_has_suffix(name, endings[i]);
    if (*below == '\0')
      is_ours = is_ours && is_ours_at_the_top(name);
    if (!is_ours || g_hash_table_contains(named, file))
      continue;
    g_autofree char *path = public_path(catalogue, file);
    catalogue->removed += g_unlink(path) == 0;
  }
}

static void name_files(const Catalogue *catalogue, GHashTable *named) {
  static const char *const texts[] = {".vtt", ".srt", ".txt", ".transcript.json", ".chapters.json"};
  for (guint i = 0; i < catalogue->episodes->len; i++) {
    const Episode *episode = catalogue->episodes->pdata[i];
    for (guint m = 0; m < episode->media->len; m++)
      g_hash_table_add(named, g_strdup(((EpisodeMedia *)episode->media->pdata[m])->file));
    for (guint t = 0; t < G_N_ELEMENTS(texts); t++)
      g_hash_table_add(named, g_strconcat("episodes/", episode->edition, texts[t], NULL));
  }
}

bool catalogue_publish(Catalogue *catalogue, CatalogueIcon icon, GError **error) {
  g_autofree char *folder = public_path(catalogue, NULL);
  g_autoptr(GHashTable) named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (!folder_make(folder, error))
    return false;
  g_autofree char *cover = write_cover(catalogue, icon);
  name_files(catalogue, named);
  if (!write_pages(catalogue, cover, named, error) || !write_feeds(catalogue, cover, named, error))
    return false;
  remove_unnamed(catalogue, "media", (const char *const[]){".mp3", ".opus", NULL}, named);
  remove_unnamed(catalogue, "episodes", (const char *const[]){".html", ".vtt", ".srt", ".txt", ".json", NULL}, named);
  remove_unnamed(catalogue, "", (const char *const[]){".xml", ".html", ".js", NULL}, named);
  return true;
}
