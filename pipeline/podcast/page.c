#include "podcast/page.h"

#include "base/clock.h"

#include <string.h>

/* --- the head ------------------------------------------------------------------------------ */

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

void page_anchor(Xml *xml, const char *class, const char *href, const char *text) {
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
  g_autofree char *icon = site->icon ? g_strconcat(page->up, site->icon, NULL) : NULL;
  if (icon)
    add_link(xml, "icon", icon, NULL, NULL);
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
                  *subscribe = g_strconcat(page->up, "index.html#subscribe", NULL);
  g_autofree char *cover = site->icon ? g_strconcat(page->up, site->icon, NULL) : NULL;
  page_anchor(xml, "skip", "#content", word_in(page->language, WORD_SKIP));
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
  page_language(xml, page->language, site->station->language);
  page_anchor(xml, NULL, home, site->station->podcast.title);
  xml_close(xml);
  xml_open(xml, "nav");
  page_anchor(xml, NULL, home, word_in(page->language, WORD_HOME));
  page_anchor(xml, NULL, archive, word_in(page->language, WORD_ALL_EPISODES));
  page_anchor(xml, NULL, subscribe, word_in(page->language, WORD_SUBSCRIBE));
  xml_close(xml);
  xml_close(xml);
}

Xml *page_begin(const Page *page) {
  Xml *xml = xml_new(true);
  xml_open(xml, "html");
  xml_attribute(xml, "lang", page->language);
  add_head(xml, page);
  xml_open_class(xml, "body", page->class);
  if (!page->class)
    add_masthead(xml, page);
  xml_open(xml, "main");
  xml_attribute(xml, "id", "content");
  return xml;
}

char *page_end(Xml *xml, const Page *page) {
  if (page->class)
    return xml_end(xml);
  xml_close(xml);
  xml_open(xml, "footer");
  xml_open(xml, "p");
  page_language(xml, page->language, page->site->station->language);
  xml_text(xml, page->site->station->podcast.description);
  xml_close(xml);
  xml_element(xml, "p", word_in(page->language, WORD_MADE_BY));
  return xml_end(xml);
}

/* --- pieces that several have ---------------------------------------------------------------- */

void page_language(Xml *xml, const char *of_page, const char *own) {
  xml_attribute(xml, "lang", strcmp(of_page, own) != 0 ? own : NULL);
}

char *page_date(const Site *site, const Episode *episode) {
  g_autoptr(GDateTime) at = zone_time(site->station->zone, episode->published_us);
  return word_date(episode->language, at);
}

char *page_clock(gint64 ms) {
  return g_strdup_printf("%d:%02d", (int)(ms / 60000), (int)(ms / 1000 % 60));
}

void page_player(Xml *xml, const Episode *episode, const char *up) {
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
