#include "podcast/pages.h"

#include "base/clock.h"
#include "base/json.h"
#include "podcast/words.h"
#include "podcast/xml.h"

#include <gio/gio.h>
#include <inttypes.h>
#include <string.h>

#define ON_HOME 10
#define SUMMARY_BYTES 200
#define SEARCHED_BYTES 1000

void carnet_site_register_resource(void); /* made by glib-compile-resources out of site/ */

static const char *resource(const char *path) {
  static gsize registered;
  if (g_once_init_enter(&registered)) {
    carnet_site_register_resource();
    g_once_init_leave(&registered, 1);
  }
  g_autoptr(GBytes) bytes = g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  return bytes ? g_bytes_get_data(bytes, NULL) : ""; /* it is in the program, and ends with a zero */
}

const char *page_style(void) {
  return resource("/carnet/site.css");
}

const char *page_script(void) {
  return resource("/carnet/site.js");
}

/* --- what every page has ----------------------------------------------------------------- */

typedef struct {
  const Site *site;
  const char *language, *title, *description;
  const char *path; /* below the site's address: "episodes/…" */
  const char *up;   /* from the page to the site's root: "" or "../" */
} Page;

static void add_meta(Xml *xml, const char *key, const char *name, const char *content) {
  if (!content)
    return;
  xml_open(xml, "meta");
  xml_attribute(xml, key, name);
  xml_attribute(xml, "content", content);
  xml_close(xml);
}

static void add_link(Xml *xml, const char *rel, const char *href, const char *type, const char *title) {
  xml_open(xml, "link");
  xml_attribute(xml, "rel", rel);
  xml_attribute(xml, "type", type);
  xml_attribute(xml, "title", title);
  xml_attribute(xml, "href", href);
  xml_close(xml);
}

static void add_anchor(Xml *xml, const char *class, const char *href, const char *text) {
  xml_open(xml, "a");
  xml_attribute(xml, "class", class);
  xml_attribute(xml, "href", href);
  xml_text(xml, text);
  xml_close(xml);
}

/* Open Graph (ogp.me), where the address is known. */
static void add_card(Xml *xml, const Page *page) {
  const Site *site = page->site;
  const char *root = site->station->podcast.url;
  if (!*root)
    return;
  g_autofree char *url = episode_address(root, page->path);
  g_autofree char *image = site->cover ? g_strconcat(root, site->cover, NULL) : NULL;
  add_link(xml, "canonical", url, NULL, NULL);
  add_meta(xml, "property", "og:title", page->title);
  add_meta(xml, "property", "og:description", page->description);
  add_meta(xml, "property", "og:type", "website");
  add_meta(xml, "property", "og:url", url);
  add_meta(xml, "property", "og:image", image);
}

static void add_head(Xml *xml, const Page *page) {
  const Site *site = page->site;
  g_autofree char *style = g_strconcat(page->up, "site.css", NULL), *script = g_strconcat(page->up, "site.js", NULL);
  g_autofree char *feed = g_strconcat(page->up, site->feed, NULL);
  bool is_home = strcmp(page->title, site->station->podcast.title) == 0;
  g_autofree char *title =
      is_home ? g_strdup(page->title) : g_strconcat(page->title, " – ", site->station->podcast.title, NULL);
  xml_open(xml, "head");
  xml_open(xml, "meta");
  xml_attribute(xml, "charset", "utf-8");
  xml_close(xml);
  add_meta(xml, "name", "viewport", "width=device-width, initial-scale=1");
  xml_element(xml, "title", title);
  add_meta(xml, "name", "description", page->description);
  add_link(xml, "stylesheet", style, NULL, NULL);
  add_link(xml, "alternate", feed, "application/rss+xml", site->station->podcast.title);
  add_card(xml, page);
  xml_open(xml, "script");
  xml_attribute(xml, "defer", "defer"); /* a module would not be read from a file: address */
  xml_attribute(xml, "src", script);
  xml_close(xml);
  xml_close(xml);
}

static void add_masthead(Xml *xml, const Page *page) {
  const Site *site = page->site;
  g_autofree char *home = g_strconcat(page->up, "index.html", NULL);
  g_autofree char *archive = g_strconcat(page->up, "archive.html", NULL),
                  *feed = g_strconcat(page->up, site->feed, NULL);
  g_autofree char *cover = site->cover ? g_strconcat(page->up, site->cover, NULL) : NULL;
  add_anchor(xml, "skip", "#content", word_in(page->language, WORD_SKIP));
  xml_open(xml, "header");
  if (cover) {
    xml_open(xml, "img");
    xml_attribute(xml, "src", cover);
    xml_attribute(xml, "alt", "");
    xml_attribute(xml, "width", "64");
    xml_attribute(xml, "height", "64");
    xml_close(xml);
  }
  xml_open(xml, "p");
  xml_attribute(xml, "lang", strcmp(page->language, site->station->language) != 0 ? site->station->language : NULL);
  add_anchor(xml, NULL, home, site->station->podcast.title);
  xml_close(xml);
  xml_open(xml, "nav");
  add_anchor(xml, NULL, home, word_in(page->language, WORD_HOME));
  add_anchor(xml, NULL, archive, word_in(page->language, WORD_ALL_EPISODES));
  add_anchor(xml, NULL, feed, word_in(page->language, WORD_SUBSCRIBE));
  xml_close(xml);
  xml_close(xml);
}

/* Opens <main>. */
static Xml *page_begin(const Page *page) {
  Xml *xml = xml_new(true);
  xml_open(xml, "html");
  xml_attribute(xml, "lang", page->language);
  add_head(xml, page);
  xml_open(xml, "body");
  add_masthead(xml, page);
  xml_open(xml, "main");
  xml_attribute(xml, "id", "content");
  return xml;
}

static char *page_end(Xml *xml, const Page *page) {
  xml_close(xml);
  xml_open(xml, "footer");
  xml_open(xml, "p");
  xml_attribute(xml, "lang",
                strcmp(page->language, page->site->station->language) != 0 ? page->site->station->language : NULL);
  xml_text(xml, page->site->station->podcast.description);
  xml_close(xml);
  xml_element(xml, "p", word_in(page->language, WORD_MADE_BY));
  return xml_end(xml);
}

/* --- an episode's parts -------------------------------------------------------------------- */

static char *date_of(const Site *site, const Episode *episode) {
  g_autoptr(GDateTime) at = zone_time(site->station->zone, episode->published_us);
  return word_date(episode->language, at);
}

/* The sound, with its chapters' text for players that show it; downloads below it. */
static void add_player(Xml *xml, const Episode *episode, const char *up) {
  xml_open(xml, "audio");
  xml_attribute(xml, "controls", "controls");
  xml_attribute(xml, "preload", "metadata");
  xml_attribute(xml, "aria-label", episode->title);
  for (guint i = episode->media->len; i-- > 0;) { /* Opus first: less to carry */
    const EpisodeMedia *media = episode->media->pdata[i];
    g_autofree char *src = episode_address(up, media->file);
    xml_open(xml, "source");
    xml_attribute(xml, "src", src);
    xml_attribute(xml, "type", media->type);
    xml_close(xml);
  }
  xml_close(xml);
}

/* "4.9 MB", "4,9 Mo". Returns (g_free). */
static char *megabytes(const char *language, gint64 nbytes) {
  const char *mark = word_in(language, WORD_DECIMAL_MARK);
  gint64 tenths = (nbytes + 50000) / 100000;
  return g_strdup_printf("%" PRId64 "%s%" PRId64 " %s", tenths / 10, mark, tenths % 10,
                         word_in(language, WORD_MEGABYTES));
}

static void add_downloads(Xml *xml, const Episode *episode, const char *up) {
  static const char *const texts[][2] = {{".vtt", "WebVTT"}, {".srt", "SRT"}, {".txt", "TXT"}};
  xml_open_class(xml, "p", "get");
  xml_text(xml, word_in(episode->language, WORD_DOWNLOAD));
  xml_text(xml, episode->language[0] == 'f' ? " : " : ": ");
  for (guint i = 0; i < episode->media->len; i++) {
    const EpisodeMedia *media = episode->media->pdata[i];
    g_autofree char *href = episode_address(up, media->file);
    g_autofree char *size = megabytes(episode->language, media->nbytes);
    const char *dot = strrchr(media->file, '.');
    g_autofree char *name = g_ascii_strup(dot ? dot + 1 : media->file, -1);
    g_autofree char *text = g_strdup_printf("%s (%s)", name, size);
    add_anchor(xml, NULL, href, text);
    xml_text(xml, ", ");
  }
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *file = g_strconcat("episodes/", episode->edition, texts[i][0], NULL);
    g_autofree char *href = episode_address(up, file);
    add_anchor(xml, NULL, href, texts[i][1]);
    if (i + 1 < G_N_ELEMENTS(texts))
      xml_text(xml, ", ");
  }
  xml_close(xml);
}

/* "1:05". */
static char *clock_text(gint64 ms) {
  return g_strdup_printf("%d:%02d", (int)(ms / 60000), (int)(ms / 1000 % 60));
}

/* A button that jumps there; without JavaScript it is not shown. */
static void add_contents(Xml *xml, const Episode *episode) {
  xml_element(xml, "h2", word_in(episode->language, WORD_CONTENTS));
  xml_open_class(xml, "ol", "parts");
  for (guint i = 0; i < episode->parts->len; i++) {
    const EpisodePart *part = episode->parts->pdata[i];
    g_autofree char *at = clock_text(part->start_ms), *from = g_strdup_printf("%" PRId64, part->start_ms);
    g_autofree char *label = g_strdup_printf("%s %s%s %s", word_in(episode->language, WORD_PLAY_FROM), at,
                                             episode->language[0] == 'f' ? " :" : ":", part->title);
    xml_open(xml, "li");
    xml_open_class(xml, "button", "at");
    xml_attribute(xml, "type", "button");
    xml_attribute(xml, "hidden", "hidden");
    xml_attribute(xml, "data-from", from);
    xml_attribute(xml, "aria-label", label);
    xml_text(xml, at);
    xml_close(xml);
    xml_text(xml, " ");
    xml_text(xml, part->title);
    for (char **link = part->links; *link; link++) {
      xml_text(xml, " ");
      xml_open(xml, "small");
      add_anchor(xml, NULL, *link, *link);
      xml_close(xml);
    }
    xml_close(xml);
  }
  xml_close(xml);
}

static void add_transcript(Xml *xml, const Episode *episode) {
  guint part = 0;
  xml_element(xml, "h2", word_in(episode->language, WORD_TRANSCRIPT));
  xml_open_class(xml, "div", "said");
  for (guint i = 0; i < episode->sentences->len; i++) {
    const EpisodeSentence *sentence = episode->sentences->pdata[i];
    const char *heading = NULL;
    for (; part < episode->parts->len; part++) {
      const EpisodePart *next = episode->parts->pdata[part];
      if (next->start_ms > sentence->from_ms)
        break;
      heading = next->title;
    }
    xml_element(xml, "h3", heading);
    g_autofree char *from = g_strdup_printf("%" PRId64, sentence->from_ms);
    xml_open(xml, "p");
    xml_attribute(xml, "data-from", from);
    xml_text(xml, sentence->text);
    xml_close(xml);
  }
  xml_close(xml);
}

/* schema.org's PodcastEpisode, for machines that look for one. */
static void add_data(Xml *xml, const Site *site, const Episode *episode) {
  const EpisodeMedia *media = episode->media->pdata[0];
  const char *root = site->station->podcast.url;
  if (!*root)
    return;
  g_autofree char *path = g_strconcat("episodes/", episode->edition, ".html", NULL);
  g_autofree char *url = episode_address(root, path), *sound = episode_address(root, media->file);
  g_autofree char *date = instant_format(episode->published_us);
  g_autofree char *duration = g_strdup_printf("PT%" PRId64 "S", (episode->duration_ms + 500) / 1000);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "@context", "https://schema.org");
  json_add_string(builder, "@type", "PodcastEpisode");
  json_add_string(builder, "name", episode->title);
  json_add_string(builder, "url", url);
  json_add_string(builder, "datePublished", date);
  json_add_string(builder, "timeRequired", duration);
  json_add_string(builder, "inLanguage", episode->language);
  json_builder_set_member_name(builder, "associatedMedia");
  json_builder_begin_object(builder);
  json_add_string(builder, "@type", "MediaObject");
  json_add_string(builder, "contentUrl", sound);
  json_add_string(builder, "encodingFormat", media->type);
  json_builder_end_object(builder);
  json_builder_end_object(builder);
  g_autoptr(GString) text = g_string_new(NULL);
  g_autofree char *json = json_text(builder, false);
  g_string_append(text, json);
  g_string_replace(text, "<", "\\u003c", 0); /* nothing in it ends the element */
  xml_open(xml, "script");
  xml_attribute(xml, "type", "application/ld+json");
  xml_raw(xml, text->str);
  xml_close(xml);
}

char *page_episode(const Site *site, const Episode *episode) {
  g_autofree char *summary = episode_summary(episode, SUMMARY_BYTES), *date = date_of(site, episode);
  g_autofree char *path = g_strconcat("episodes/", episode->edition, ".html", NULL);
  Page page = {site, episode->language, episode->title, summary, path, "../"};
  Xml *xml = page_begin(&page);
  xml_open(xml, "article");
  xml_element(xml, "h1", episode->title);
  g_autofree char *length = clock_text(episode->duration_ms);
  g_autofree char *when = g_strdup_printf("%s · %s %s", date, length, word_in(episode->language, WORD_MINUTES));
  xml_open_class(xml, "p", "when");
  xml_text(xml, when);
  xml_close(xml);
  if (episode->note) {
    g_autofree char *note = g_strdup_printf("%s – %s", word_in(episode->language, WORD_CHANGED), episode->note);
    xml_open_class(xml, "p", "card");
    xml_text(xml, note);
    xml_close(xml);
  }
  xml_open_class(xml, "div", "card get");
  add_player(xml, episode, "../");
  add_downloads(xml, episode, "../");
  xml_close(xml);
  add_contents(xml, episode);
  add_transcript(xml, episode);
  xml_close(xml);
  add_data(xml, site, episode);
  return page_end(xml, &page);
}

/* --- home, archive --------------------------------------------------------------------------- */

/* WCAG 3.1.2: what is in another language than its page says so. */
static void add_language(Xml *xml, const char *of_page, const char *own) {
  xml_attribute(xml, "lang", strcmp(of_page, own) != 0 ? own : NULL);
}

static void add_row(Xml *xml, const Site *site, const Episode *episode, bool searched) {
  g_autofree char *file = g_strconcat("episodes/", episode->edition, ".html", NULL);
  g_autofree char *href = episode_address("", file), *date = date_of(site, episode);
  g_autofree char *summary = episode_summary(episode, SUMMARY_BYTES);
  xml_open(xml, "li");
  add_language(xml, site->station->language, episode->language);
  if (searched) {
    g_autofree char *all = episode_summary(episode, SEARCHED_BYTES);
    g_autofree char *words = g_strconcat(episode->title, " ", date, " ", all, NULL);
    xml_attribute(xml, "data-words", words);
  }
  add_anchor(xml, NULL, href, episode->title);
  xml_element(xml, "span", date);
  xml_element(xml, "span", summary);
  xml_close(xml);
}

static void add_subscription(Xml *xml, const Site *site, const char *language) {
  g_autofree char *feed = g_strconcat(site->station->podcast.url, site->feed, NULL);
  xml_open_class(xml, "section", "card get");
  xml_element(xml, "h2", word_in(language, WORD_SUBSCRIBE));
  xml_open(xml, "p");
  xml_text(xml, word_in(language, WORD_SUBSCRIBE_HOW));
  xml_text(xml, " ");
  xml_element(xml, "code", feed);
  xml_close(xml);
  xml_close(xml);
}

static void add_latest(Xml *xml, const Site *site, const Episode *episode) {
  g_autofree char *file = g_strconcat("episodes/", episode->edition, ".html", NULL);
  g_autofree char *href = episode_address("", file), *date = date_of(site, episode);
  xml_open_class(xml, "section", "card get");
  xml_element(xml, "h2", word_in(site->station->language, WORD_LATEST));
  xml_open(xml, "div");
  add_language(xml, site->station->language, episode->language);
  xml_open(xml, "h3");
  add_anchor(xml, NULL, href, episode->title);
  xml_close(xml);
  xml_open_class(xml, "p", "when");
  xml_text(xml, date);
  xml_close(xml);
  add_player(xml, episode, "");
  xml_close(xml);
  xml_close(xml);
}

char *page_home(const Site *site) {
  const Station *station = site->station;
  const char *language = station->language;
  Page page = {site, language, station->podcast.title, station->podcast.description, "", ""};
  Xml *xml = page_begin(&page);
  xml_element(xml, "h1", station->podcast.title);
  if (station->podcast.stream) {
    xml_open(xml, "p");
    add_anchor(xml, "live", station->podcast.stream, word_in(language, WORD_LIVE));
    xml_close(xml);
  }
  if (site->episodes->len == 0)
    xml_element(xml, "p", word_in(language, WORD_NOTHING));
  else
    add_latest(xml, site, site->episodes->pdata[0]);
  add_subscription(xml, site, language);
  if (site->episodes->len > 1) {
    xml_element(xml, "h2", word_in(language, WORD_EPISODES));
    xml_open_class(xml, "ul", "list");
    for (guint i = 1; i < site->episodes->len && i < ON_HOME; i++)
      add_row(xml, site, site->episodes->pdata[i], false);
    xml_close(xml);
  }
  return page_end(xml, &page);
}

static char *month_of(const Site *site, const Episode *episode) {
  g_autoptr(GDateTime) at = zone_time(site->station->zone, episode->published_us);
  return word_month(site->station->language, at);
}

char *page_archive(const Site *site) {
  const char *language = site->station->language;
  Page page = {site,           language, word_in(language, WORD_ALL_EPISODES), site->station->podcast.description,
               "archive.html", ""};
  Xml *xml = page_begin(&page);
  xml_element(xml, "h1", page.title);
  xml_open(xml, "p");
  xml_attribute(xml, "hidden", "hidden");
  xml_open(xml, "label");
  xml_text(xml, word_in(language, WORD_SEARCH));
  xml_open(xml, "input");
  xml_attribute(xml, "type", "search");
  xml_close(xml);
  xml_close(xml);
  xml_open(xml, "span");
  xml_attribute(xml, "id", "found");
  xml_attribute(xml, "role", "status");
  xml_close(xml);
  xml_close(xml);
  g_autofree char *open = NULL;
  for (guint i = 0; i < site->episodes->len; i++) {
    const Episode *episode = site->episodes->pdata[i];
    g_autofree char *month = month_of(site, episode);
    if (g_strcmp0(month, open) != 0) {
      if (open) {
        xml_close(xml);
        xml_close(xml);
      }
      xml_open_class(xml, "section", "month");
      xml_element(xml, "h2", month);
      xml_open_class(xml, "ul", "list");
      g_free(open);
      open = g_steal_pointer(&month);
    }
    add_row(xml, site, episode, true);
  }
  if (open) {
    xml_close(xml);
    xml_close(xml);
  } else {
    xml_element(xml, "p", word_in(language, WORD_NOTHING));
  }
  return page_end(xml, &page);
}

char *page_sitemap(const Site *site) {
  const char *root = site->station->podcast.url;
  if (!*root)
    return NULL;
  Xml *xml = xml_new(false);
  xml_open(xml, "urlset");
  xml_attribute(xml, "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
  for (guint i = 0; i < site->episodes->len + 2; i++) {
    const Episode *episode = i < 2 ? NULL : site->episodes->pdata[i - 2];
    g_autofree char *path = i == 0   ? g_strdup("")
                            : i == 1 ? g_strdup("archive.html")
                                     : g_strconcat("episodes/", episode->edition, ".html", NULL);
    g_autofree char *url = episode_address(root, path);
    xml_open(xml, "url");
    xml_element(xml, "loc", url);
    xml_close(xml);
  }
  return xml_end(xml);
}
