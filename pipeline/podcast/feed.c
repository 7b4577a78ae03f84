#include "podcast/feed.h"

#include "base/clock.h"
#include "base/xml.h"

#include <inttypes.h>
#include <string.h>

#define SUMMARY_BYTES 400

char *feed_date(gint64 instant_us) {
  static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  g_autoptr(GDateTime) at = g_date_time_new_from_unix_utc(instant_us / US_PER_SECOND);
  return g_strdup_printf("%s, %02d %s %d %02d:%02d:%02d +0000", days[g_date_time_get_day_of_week(at) - 1],
                         g_date_time_get_day_of_month(at), months[g_date_time_get_month(at) - 1],
                         g_date_time_get_year(at), g_date_time_get_hour(at), g_date_time_get_minute(at),
                         g_date_time_get_second(at));
}

/* RFC 9562, 5.5: the SHA-1 of the namespace's bytes and the name; podcast:guid's namespace is its own. */
char *feed_guid(const char *url) {
  static const guint8 space[16] = {0xea, 0xd4, 0xc2, 0x36, 0xbf, 0x58, 0x58, 0xc6,
                                   0xa2, 0xc6, 0xa6, 0xb2, 0x8d, 0x12, 0x8c, 0xb6};
  const char *name = strstr(url, "://") ? strstr(url, "://") + 3 : url;
  gsize length = strlen(name);
  while (length > 0 && name[length - 1] == '/')
    length--;
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);
  g_checksum_update(sum, space, sizeof space);
  g_checksum_update(sum, (const guchar *)name, (gssize)length);
  guint8 b[20];
  gsize n = sizeof b;
  g_checksum_get_digest(sum, b, &n);
  b[6] = (guint8)((b[6] & 0x0f) | 0x50);
  b[8] = (guint8)((b[8] & 0x3f) | 0x80);
  return g_strdup_printf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3],
                         b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

guint feed_pages(const Feed *feed) {
  return MAX((feed->episodes->len + FEED_PAGE - 1) / FEED_PAGE, 1);
}

char *feed_file(const Feed *feed, guint page) {
  if (page == 1)
    return g_strdup(feed->file);
  g_autofree char *stem = g_strndup(feed->file, strlen(feed->file) - strlen(".xml"));
  return g_strdup_printf("%s@%u.xml", stem, page);
}

static char *address(const Feed *feed, const char *file) {
  return episode_address(feed->station->podcast.url, file);
}

static void add_empty(Xml *xml, const char *name, const char *attribute, const char *value) {
  xml_open(xml, name);
  xml_attribute(xml, attribute, value);
  xml_close(xml);
}

static void add_link(Xml *xml, const Feed *feed, const char *rel, const char *file, const char *type) {
  g_autofree char *url = address(feed, file);
  xml_open(xml, "atom:link");
  xml_attribute(xml, "rel", rel);
  xml_attribute(xml, "href", url);
  xml_attribute(xml, "type", type);
  xml_close(xml);
}

static void add_page_link(Xml *xml, const Feed *feed, const char *rel, guint page) {
  g_autofree char *file = feed_file(feed, page);
  add_link(xml, feed, rel, file, "application/rss+xml");
}

static void add_links(Xml *xml, const Feed *feed, guint page) {
  guint pages = feed_pages(feed);
  add_page_link(xml, feed, "self", page);
  if (feed->station->podcast.hub) {
    xml_open(xml, "atom:link");
    xml_attribute(xml, "rel", "hub");
    xml_attribute(xml, "href", feed->station->podcast.hub);
    xml_close(xml);
  }
  if (pages == 1)
    return;
  add_page_link(xml, feed, "first", 1);
  add_page_link(xml, feed, "last", pages);
  if (page > 1)
    add_page_link(xml, feed, "previous", page - 1);
  if (page < pages)
    add_page_link(xml, feed, "next", page + 1);
}

static void add_trailer(Xml *xml, const Feed *feed) {
  g_autofree char *url = address(feed, feed->trailer->file), *date = feed_date(feed->trailer_us);
  g_autofree char *nbytes = g_strdup_printf("%" PRId64, feed->trailer->nbytes);
  xml_open(xml, "podcast:trailer");
  xml_attribute(xml, "pubdate", date);
  xml_attribute(xml, "url", url);
  xml_attribute(xml, "length", nbytes);
  xml_attribute(xml, "type", feed->trailer->type);
  xml_text(xml, feed->title);
  xml_close(xml);
}

/* What is heard live is known again by its beginning. */
static void add_live(Xml *xml, const Feed *feed, const FeedLive *live) {
  const char *stream = feed->station->podcast.stream;
  bool is_ogg = g_str_has_suffix(stream, ".opus") || g_str_has_suffix(stream, ".ogg");
  g_autofree char *start = instant_format(live->start_us), *end = instant_format(live->end_us);
  g_autofree char *name = g_strdup_printf("%s %s", feed->guid, start), *guid = feed_guid(name),
                  *home = address(feed, "");
  xml_open(xml, "podcast:liveItem");
  xml_attribute(xml, "status", live->is_now ? "live" : "pending");
  xml_attribute(xml, "start", start);
  xml_attribute(xml, "end", end);
  xml_element(xml, "title", live->title);
  xml_element(xml, "link", home);
  xml_open(xml, "guid");
  xml_attribute(xml, "isPermaLink", "false");
  xml_text(xml, guid);
  xml_close(xml);
  xml_open(xml, "enclosure");
  xml_attribute(xml, "url", stream);
  xml_attribute(xml, "length", "0"); /* it has none */
  xml_attribute(xml, "type", is_ogg ? "audio/ogg" : "audio/mpeg");
  xml_close(xml);
  xml_open(xml, "podcast:contentLink");
  xml_attribute(xml, "href", home);
  xml_text(xml, feed->station->podcast.title);
  xml_close(xml);
  xml_close(xml);
}

static void add_channel(Xml *xml, const Feed *feed, guint page) {
  const Station *station = feed->station;
  const StationPodcast *podcast = &station->podcast;
  g_autofree char *home = address(feed, ""), *cover = feed->cover ? address(feed, feed->cover) : NULL;
  xml_element(xml, "title", feed->title);
  xml_element(xml, "link", home);
  xml_element(xml, "description", podcast->description);
  xml_element(xml, "language", feed->language);
  xml_element(xml, "generator", "carnet " CARNET_VERSION);
  add_links(xml, feed, page);
  xml_element(xml, "itunes:author", podcast->author);
  xml_element(xml, "itunes:type", "episodic");
  xml_element(xml, "itunes:explicit", podcast->is_explicit ? "true" : "false");
  add_empty(xml, "itunes:category", "text", podcast->category);
  if (cover) {
    add_empty(xml, "itunes:image", "href", cover);
    xml_open(xml, "image");
    xml_element(xml, "url", cover);
    xml_element(xml, "title", feed->title);
    xml_element(xml, "link", home);
    xml_close(xml);
  }
  if (podcast->email) {
    xml_open(xml, "itunes:owner");
    xml_element(xml, "itunes:name", podcast->author);
    xml_element(xml, "itunes:email", podcast->email);
    xml_close(xml);
  }
  xml_element(xml, "podcast:guid", feed->guid);
  xml_element(xml, "podcast:medium", "podcast");
  xml_open(xml, "podcast:locked");
  xml_attribute(xml, "owner", podcast->email);
  xml_text(xml, "no");
  xml_close(xml);
  if (podcast->license) {
    xml_open(xml, "podcast:license");
    xml_attribute(xml, "url", podcast->license_url);
    xml_text(xml, podcast->license);
    xml_close(xml);
  }
  if (podcast->location) {
    xml_open(xml, "podcast:location");
    xml_attribute(xml, "geo", podcast->geo);
    xml_text(xml, podcast->location);
    xml_close(xml);
  }
  for (guint i = 0; i < podcast->n_people; i++) {
    xml_open(xml, "podcast:person");
    xml_attribute(xml, "role", podcast->people[i].role ? podcast->people[i].role : "host");
    xml_text(xml, podcast->people[i].name);
    xml_close(xml);
  }
  if (feed->trailer)
    add_trailer(xml, feed);
  for (guint i = 0; page == 1 && podcast->stream && feed->live && i < feed->live->len; i++)
    add_live(xml, feed, &g_array_index(feed->live, FeedLive, i));
}

/* --- an episode --------------------------------------------------------------------------------- */

/* What it is about, with every link that was not read aloud. Returns (g_free). */
static char *show_notes(const Episode *episode) {
  Xml *xml = xml_new(true); /* elements as HTML has them */
  xml_open(xml, "div");
  if (episode->note) {
    xml_open(xml, "p");
    xml_element(xml, "em", episode->note);
    xml_close(xml);
  }
  xml_open(xml, "ul");
  for (guint i = 0; i < episode->parts->len; i++) {
    const EpisodePart *part = episode->parts->pdata[i];
    xml_open(xml, "li");
    xml_text(xml, part->title);
    for (char **link = part->links; *link; link++) {
      xml_text(xml, " ");
      xml_open(xml, "a");
      xml_attribute(xml, "href", *link);
      xml_text(xml, *link);
      xml_close(xml);
    }
    xml_close(xml);
  }
  g_autofree char *text = xml_end(xml);
  return g_strdup(text + strlen("<!DOCTYPE html>\n"));
}

static void add_enclosures(Xml *xml, const Feed *feed, const Episode *episode) {
  for (guint i = 0; i < episode->media->len; i++) {
    const EpisodeMedia *media = episode->media->pdata[i];
    g_autofree char *url = address(feed, media->file), *nbytes = g_strdup_printf("%" PRId64, media->nbytes);
    xml_open(xml, i == 0 ? "enclosure" : "podcast:alternateEnclosure");
    if (i == 0)
      xml_attribute(xml, "url", url);
    xml_attribute(xml, "length", nbytes);
    xml_attribute(xml, "type", media->type);
    if (i > 0)
      add_empty(xml, "podcast:source", "uri", url);
    xml_close(xml);
  }
}

static void add_text(Xml *xml, const Feed *feed, const Episode *episode, const char *name, const char *ending,
                     const char *type) {
  g_autofree char *file = episode_file(episode, ending), *url = address(feed, file);
  xml_open(xml, name);
  xml_attribute(xml, "url", url);
  xml_attribute(xml, "type", type);
  if (strcmp(name, "podcast:transcript") == 0)
    xml_attribute(xml, "language", episode->language);
  xml_close(xml);
}

static void add_episode(Xml *xml, const Feed *feed, const Episode *episode) {
  g_autofree char *date = feed_date(episode->published_us), *notes = show_notes(episode);
  g_autofree char *summary = episode_summary(episode, SUMMARY_BYTES);
  g_autofree char *page = episode_file(episode, ".html"), *link = address(feed, page);
  g_autofree char *seconds = g_strdup_printf("%" PRId64, (episode->duration_ms + 500) / 1000);
  xml_open(xml, "item");
  xml_element(xml, "title", episode->title);
  xml_element(xml, "link", link);
  xml_open(xml, "guid");
  xml_attribute(xml, "isPermaLink", "false");
  xml_text(xml, episode->guid);
  xml_close(xml);
  xml_element(xml, "pubDate", date);
  xml_element(xml, "description", *summary ? summary : episode->title);
  xml_element(xml, "content:encoded", notes);
  add_enclosures(xml, feed, episode);
  xml_element(xml, "itunes:duration", seconds);
  xml_element(xml, "itunes:episodeType", "full");
  xml_element(xml, "itunes:explicit", feed->station->podcast.is_explicit ? "true" : "false");
  add_text(xml, feed, episode, "podcast:transcript", ".vtt", "text/vtt");
  add_text(xml, feed, episode, "podcast:transcript", ".srt", "application/x-subrip");
  add_text(xml, feed, episode, "podcast:transcript", ".transcript.json", "application/json");
  add_text(xml, feed, episode, "podcast:chapters", ".chapters.json", "application/json+chapters");
  xml_close(xml);
}

char *feed_xml(const Feed *feed, guint page) {
  Xml *xml = xml_new(false);
  xml_open(xml, "rss");
  xml_attribute(xml, "version", "2.0");
  xml_attribute(xml, "xmlns:itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd");
  xml_attribute(xml, "xmlns:podcast", "https://podcastindex.org/namespace/1.0");
  xml_attribute(xml, "xmlns:atom", "http://www.w3.org/2005/Atom");
  xml_attribute(xml, "xmlns:content", "http://purl.org/rss/1.0/modules/content/");
  xml_open(xml, "channel");
  add_channel(xml, feed, page);
  for (guint i = (page - 1) * FEED_PAGE; i < feed->episodes->len && i < page * FEED_PAGE; i++)
    add_episode(xml, feed, feed->episodes->pdata[i]);
  return xml_end(xml);
}
