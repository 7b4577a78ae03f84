#include "podcast/catalogue.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/optional.h"
#include "podcast/feed.h"
#include "podcast/made.h"
#include "podcast/pages.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define COVER_MAX_BYTES (16u << 20)
#define ICON "cover-small.jpg"
#define FORMAT "1" /* of pages and feeds: another one is written anew everywhere */

/* One writing of all that is public. */
typedef struct {
  Catalogue *catalogue;
  GHashTable *named; /* files that something names */
  Made *made;
  char *common; /* a digest of what every page and feed is made of */
} Publication;

static void name_file(Publication *publication, const char *file) {
  g_hash_table_add(publication->named, g_strdup(file));
}

/* Is this file there, made of just this? Then it is named, and that is all. */
static bool stands(Publication *publication, const char *file, const char *source) {
  g_autofree char *path = catalogue_path(publication->catalogue, file);
  g_autofree char *all = g_strconcat(publication->common, "\n", source, NULL);
  name_file(publication, file);
  return made_is(publication->made, file, all) && g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* Takes `text`; NULL: there is no such page. */
static bool write_text(Publication *publication, const char *file, char *text, GError **error) {
  name_file(publication, file);
  bool ok = !text || catalogue_write(publication->catalogue, file, text, strlen(text), error);
  g_free(text);
  return ok;
}

/* --- feeds -------------------------------------------------------------------------------------- */

/* What a page of a feed is made of: itself and its neighbours, its episodes, what is live. */
static char *feed_source(const Feed *feed, guint page) {
  GString *source = g_string_new("");
  g_string_append_printf(source, "%s\n%s\n%s\n%s\n%u of %u\n", feed->title, feed->language, feed->guid,
                         feed->trailer ? feed->trailer->file : "", page, feed_pages(feed));
  for (guint i = 0; page == 1 && feed->live && i < feed->live->len; i++) {
    const FeedLive *live = &g_array_index(feed->live, FeedLive, i);
    g_string_append_printf(source, "%s %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", live->title, live->is_now,
                           live->start_us, live->end_us);
  }
  for (guint i = (page - 1) * FEED_PAGE; i < feed->episodes->len && i < page * FEED_PAGE; i++)
    g_string_append_printf(source, "%s\n", ((const Episode *)feed->episodes->pdata[i])->source);
  return g_string_free(source, FALSE);
}

static bool write_feed(Publication *publication, const Feed *feed, GError **error) {
  bool ok = true;
  for (guint page = feed_pages(feed); ok && page >= 1; page--) { /* the newest last: it names the others */
    g_autofree char *file = feed_file(feed, page), *source = feed_source(feed, page);
    ok = stands(publication, file, source) || write_text(publication, file, feed_xml(feed, page), error);
  }
  return ok;
}

/* For good: an address may change, what was made of the first one stays (podcast/.guid-FEED). Returns (g_free), or NULL. */
static char *kept_guid(const Catalogue *catalogue, const char *file, GError **error) {
  const char *root = catalogue->station->podcast.url;
  g_autofree char *name = g_strconcat(".guid-", file, NULL), *address = g_strconcat(root, file, NULL);
  g_autofree char *path = station_path(catalogue->station, "podcast", name, NULL), *kept = NULL;
  if (!catalogue_read_guid(path, &kept, error))
    return NULL;
  if (kept)
    return g_steal_pointer(&kept);
  g_autofree char *guid = feed_guid(address);
  return !*root || file_write(path, guid, -1, 0644, error) ? g_steal_pointer(&guid) : NULL;
}

static char *guid_for(const Catalogue *catalogue, const char *file, const Feed *all, GError **error) {
  const char *given = catalogue->station->podcast.guid;
  if (!given)
    return kept_guid(catalogue, file, error);
  g_autofree char *name = g_strdup_printf("%s %s", given, file);
  return all ? feed_guid(name) : g_strdup(given);
}

/* The station's trailer among the media; zeroed: there is none. */
static EpisodeMedia add_trailer(Publication *publication, gint64 *made_us) {
  Catalogue *catalogue = publication->catalogue;
  const char *trailer = catalogue->station->podcast.trailer;
  g_autofree char *path = trailer ? station_path(catalogue->station, trailer, NULL) : NULL;
  EpisodeMedia media = {0};
  GStatBuf status = {0};
  g_clear_error(&catalogue->trailer_why);
  media.file = path ? catalogue_add_media(catalogue, "trailer", path, &media.nbytes, &catalogue->trailer_why) : NULL;
  if (!media.file || g_stat(path, &status) != 0)
    return media;
  media.type = g_strdup(g_str_has_suffix(path, ".opus") ? "audio/ogg; codecs=opus" : "audio/mpeg");
  *made_us = status.st_mtime * US_PER_SECOND;
  name_file(publication, media.file);
  return media;
}

/* The feed of one script, in the language that its newest episode has. */
static bool write_script_feed(Publication *publication, const Feed *all, guint first, GError **error) {
  const GPtrArray *episodes = publication->catalogue->episodes;
  const Episode *newest = episodes->pdata[first];
  g_autoptr(GPtrArray) its = g_ptr_array_new();
  for (guint i = first; i < episodes->len; i++)
    if (strcmp(((Episode *)episodes->pdata[i])->script, newest->script) == 0)
      g_ptr_array_add(its, episodes->pdata[i]);
  g_autofree char *file = g_strdup_printf("feed-%s.xml", newest->script);
  g_autofree char *title = g_strdup_printf("%s · %s", all->title, newest->script);
  g_autofree char *guid = guid_for(publication->catalogue, file, all, error);
  if (!guid)
    return false;
  Feed feed = *all;
  feed.title = title;
  feed.language = newest->language;
  feed.file = file;
  feed.guid = guid;
  feed.episodes = its;
  feed.live = NULL;
  return write_feed(publication, &feed, error);
}

/* One for all, one for each script. */
static bool write_feeds(Publication *publication, const char *cover, GError **error) {
  Catalogue *catalogue = publication->catalogue;
  g_autoptr(GHashTable) scripts = g_hash_table_new(g_str_hash, g_str_equal);
  g_autofree char *guid = guid_for(catalogue, "feed.xml", NULL, error);
  if (!guid)
    return false;
  gint64 made_us = 0;
  EpisodeMedia trailer = add_trailer(publication, &made_us);
  Feed all = {.station = catalogue->station,
              .title = catalogue->station->podcast.title,
              .language = catalogue->station->language,
              .file = "feed.xml",
              .guid = guid,
              .cover = cover,
              .episodes = catalogue->episodes,
              .trailer = trailer.file ? &trailer : NULL,
              .trailer_us = made_us,
              .live = catalogue->live};
  bool ok = true;
  for (guint i = 0; ok && i < catalogue->episodes->len; i++)
    if (g_hash_table_add(scripts, ((Episode *)catalogue->episodes->pdata[i])->script))
      ok = write_script_feed(publication, &all, i, error);
  ok = ok && write_feed(publication, &all, error);
  g_free(trailer.file);
  g_free(trailer.type);
  return ok;
}

/* --- pages ---------------------------------------------------------------------------------------- */

static bool write_episode_pages(Publication *publication, const Site *site, Episode *episode, GError **error) {
  static const struct {
    const char *ending;
    char *(*make)(const Site *site, const Episode *episode);
  } kinds[] = {{".html", page_episode}, {".embed.html", page_embed}, {".read.html", page_reading}};
  bool ok = true;
  for (guint i = 0; ok && i < G_N_ELEMENTS(kinds); i++) {
    g_autofree char *file = episode_file(episode, kinds[i].ending);
    ok = stands(publication, file, episode->source) ||
         (catalogue_read_words(publication->catalogue, episode, error) &&
          write_text(publication, file, kinds[i].make(site, episode), error));
  }
  return ok;
}

static bool read_words(Publication *publication, const Site *site, guint from, guint until, GError **error) {
  bool ok = true;
  for (guint i = from; ok && i < until; i++)
    ok = catalogue_read_words(publication->catalogue, site->episodes->pdata[i], error);
  return ok;
}

static bool write_month(Publication *publication, const Site *site, guint from, guint until, GError **error) {
  g_autofree char *name = page_month_name(site, from);
  g_autofree char *page = g_strdup_printf("archive-%s.html", name), *words = g_strdup_printf("search-%s.js", name);
  g_autoptr(GString) source = g_string_new("");
  for (guint i = from; i < until; i++)
    g_string_append_printf(source, "%s\n", ((const Episode *)site->episodes->pdata[i])->source);
  return (stands(publication, words, source->str) ||
          (read_words(publication, site, from, until, error) &&
           write_text(publication, words, page_month_words(site, from), error))) &&
         (stands(publication, page, source->str) || write_text(publication, page, page_month(site, from), error));
}

static bool write_pages(Publication *publication, const char *cover, const char *icon, GError **error) {
  Catalogue *catalogue = publication->catalogue;
  Site site = {catalogue->station, "feed.xml", cover, icon, catalogue->episodes};
  bool ok = write_text(publication, "site.css", g_strdup(page_style()), error) &&
            write_text(publication, "site.js", g_strdup(page_script()), error);
  for (guint i = 0; ok && i < catalogue->episodes->len; i++)
    ok = write_episode_pages(publication, &site, catalogue->episodes->pdata[i], error);
  for (guint from = 0, until = 0; ok && from < catalogue->episodes->len; from = until) {
    until = page_month_end(&site, from);
    ok = write_month(publication, &site, from, until, error);
  }
  return ok && write_text(publication, "archive.html", page_archive(&site), error) &&
         write_text(publication, "sitemap.xml", page_sitemap(&site), error) &&
         write_text(publication, "index.html", page_home(&site), error);
}

/* --- the cover ------------------------------------------------------------------------------------- */

static bool write_bytes(Catalogue *catalogue, const char *file, GBytes *bytes, GError **error) {
  gsize n = 0;
  const char *data = g_bytes_get_data(bytes, &n);
  return catalogue_write(catalogue, file, data, n, error);
}

static void write_icon(Catalogue *catalogue, CatalogueIcon icon, const char *cover_path) {
  g_autofree char *path = catalogue_path(catalogue, ICON);
  if (file_is_as_new(path, cover_path)) /* the public cover is written when it changes */
    return;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = icon ? icon(cover_path, &error) : NULL;
  if (!bytes || !write_bytes(catalogue, ICON, bytes, &catalogue->cover_why))
    g_unlink(path);
}

/* The station's cover, under its own ending, and a small one. Returns its name (g_free), or NULL: there is none, or it
 * cannot be had: pages without it are better than no pages (cover_why). */
static char *write_cover(Catalogue *catalogue, CatalogueIcon icon) {
  const char *cover = catalogue->station->cover, *dot = cover ? strrchr(cover, '.') : NULL;
  g_autofree char *from = cover ? station_path(catalogue->station, cover, NULL) : NULL;
  g_clear_error(&catalogue->cover_why);
  g_autoptr(GBytes) bytes = from ? file_read(from, COVER_MAX_BYTES, &catalogue->cover_why) : NULL;
  g_autofree char *file = g_strconcat("cover", dot ? dot : "", NULL);
  if (!bytes || !write_bytes(catalogue, file, bytes, &catalogue->cover_why))
    return NULL;
  g_autofree char *to = catalogue_path(catalogue, file);
  write_icon(catalogue, icon, to);
  return g_steal_pointer(&file);
}

/* What pages show small: the small cover, or the whole one where none could be made. */
static const char *icon_of(const Catalogue *catalogue, const char *cover) {
  g_autofree char *path = catalogue_path(catalogue, ICON);
  return cover && g_file_test(path, G_FILE_TEST_IS_REGULAR) ? ICON : cover;
}

/* --- what nothing names ----------------------------------------------------------------------------- */

static bool is_ours_at_the_top(const char *name) {
  static const char *const beginnings[] = {"feed-", "feed@", "archive-", "search-"};
  for (guint i = 0; i < G_N_ELEMENTS(beginnings); i++)
    if (g_str_has_prefix(name, beginnings[i]))
      return true;
  return false;
}

/* What we wrote once and name no more: by its place and ending, nothing else in public/ is ours to remove. */
static bool remove_unnamed(Publication *publication, const char *below, const char *const *endings, GError **error) {
  g_autofree char *folder = catalogue_path(publication->catalogue, below);
  g_autoptr(GPtrArray) names = optional_names(folder, "", error);
  for (guint n = 0; names && n < names->len; n++) {
    const char *name = names->pdata[n];
    g_autofree char *file = *below ? g_strconcat(below, "/", name, NULL) : g_strdup(name);
    bool is_ours = *below != '\0' || is_ours_at_the_top(name), has_ending = false;
    for (guint i = 0; endings[i]; i++)
      has_ending = has_ending || g_str_has_suffix(name, endings[i]);
    if (!is_ours || !has_ending || g_hash_table_contains(publication->named, file))
      continue;
    g_autofree char *path = catalogue_path(publication->catalogue, file);
    if (g_unlink(path) != 0 && errno != ENOENT) { /* it may be somebody's words, which were taken back */
      carnet_error_set_errno(error, errno, "%s", path);
      return false;
    }
    publication->catalogue->removed++;
  }
  return names != NULL;
}

static void name_episodes(Publication *publication) {
  static const char *const texts[] = {".vtt", ".srt", ".txt", ".transcript.json", ".chapters.json"};
  for (guint i = 0; i < publication->catalogue->episodes->len; i++) {
    const Episode *episode = publication->catalogue->episodes->pdata[i];
    for (guint m = 0; m < episode->media->len; m++)
      name_file(publication, ((EpisodeMedia *)episode->media->pdata[m])->file);
    for (guint t = 0; t < G_N_ELEMENTS(texts); t++) {
      g_autofree char *file = episode_file(episode, texts[t]);
      name_file(publication, file);
    }
  }
}

/* --- all of it -------------------------------------------------------------------------------------- */

/* A digest of what is in every page or feed: the station's own words, and the cover. */
static char *common_source(const Station *station, const char *cover, const char *icon) {
  const StationPodcast *podcast = &station->podcast;
  const char *const texts[] = {FORMAT,
                               CARNET_VERSION,
                               station->name,
                               station->language,
                               podcast->url,
                               podcast->title,
                               podcast->author,
                               podcast->description,
                               podcast->email,
                               podcast->category,
                               podcast->license,
                               podcast->license_url,
                               podcast->hub,
                               podcast->stream,
                               podcast->guid,
                               podcast->location,
                               podcast->geo,
                               station->zone_name,
                               cover,
                               icon,
                               podcast->is_explicit ? "explicit" : ""};
  GString *source = g_string_new("");
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    g_string_append_printf(source, "%s\n", texts[i] ? texts[i] : "");
  for (guint i = 0; i < podcast->n_people; i++)
    g_string_append_printf(source, "%s: %s\n", podcast->people[i].role ? podcast->people[i].role : "",
                           podcast->people[i].name);
  char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, source->str, (gssize)source->len);
  g_string_free(source, TRUE);
  return digest;
}

bool catalogue_publish(Catalogue *catalogue, CatalogueIcon make_icon, GError **error) {
  g_autofree char *folder = catalogue_path(catalogue, NULL);
  if (!folder_make(folder, error))
    return false;
  g_autofree char *made_path = station_path(catalogue->station, "podcast", ".made", NULL);
  g_autofree char *cover = write_cover(catalogue, make_icon);
  const char *icon = icon_of(catalogue, cover);
  g_autofree char *common = common_source(catalogue->station, cover, icon);
  g_autoptr(Made) made = made_load(made_path);
  g_autoptr(GHashTable) named = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  Publication publication = {catalogue, named, made, common};
  name_episodes(&publication);
  if (!write_pages(&publication, cover, icon, error) || !write_feeds(&publication, cover, error))
    return false;
  bool ok = remove_unnamed(&publication, "media", (const char *const[]){".mp3", ".opus", NULL}, error) &&
            remove_unnamed(&publication, "episodes",
                           (const char *const[]){".html", ".vtt", ".srt", ".txt", ".json", NULL}, error) &&
            remove_unnamed(&publication, "", (const char *const[]){".xml", ".html", ".js", NULL}, error);
  made_save(made); /* what stands, stands */
  return ok;
}
