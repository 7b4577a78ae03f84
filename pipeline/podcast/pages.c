#include "podcast/pages.h"

#include "base/clock.h"
#include "base/json.h"
#include "podcast/page.h"
#include "podcast/qr.h"
#include "podcast/waveform.h"

#include <gio/gio.h>
#include <string.h>

#define ON_HOME 10
#define SUMMARY_BYTES 200
#define MANY_IN_A_MONTH 80 /* then without their summaries: a page stays under 50 KB */

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

static void add_row(Xml *xml, const Site *site, const Episode *episode, bool is_short) {
  g_autofree char *file = episode_file(episode, ".html");
  g_autofree char *href = episode_address("", file), *date = page_date(site, episode);
  g_autofree char *summary = is_short ? NULL : episode_summary(episode, SUMMARY_BYTES);
  xml_open(xml, "li");
  page_language(xml, site->station->language, episode->language);
  page_anchor(xml, NULL, href, episode->title);
  xml_element(xml, "span", date);
  xml_element(xml, "span", summary);
  xml_close(xml);
}

/* --- home --------------------------------------------------------------------------------------- */

/* What is on the air now is asked for by the script (site.js): of the program that serves the page, or of the server. */
static void add_live(Xml *xml, const StationPodcast *podcast, const char *language) {
  xml_open_class(xml, "section", "card live get");
  xml_element(xml, "h2", word_in(language, WORD_LIVE));
  xml_open(xml, "p");
  xml_attribute(xml, "id", "now");
  xml_attribute(xml, "role", "status");
  xml_attribute(xml, "hidden", "hidden");
  xml_element(xml, "span", word_in(language, WORD_ON_AIR));
  xml_text(xml, " ");
  xml_element(xml, "strong", "");
  xml_close(xml);
  xml_open(xml, "audio");
  xml_attribute(xml, "controls", "controls");
  xml_attribute(xml, "preload", "none");
  xml_attribute(xml, "src", podcast->stream);
  xml_attribute(xml, "aria-label", word_in(language, WORD_LIVE));
  xml_close(xml);
  xml_open_class(xml, "p", "feed");
  page_anchor(xml, NULL, podcast->stream, podcast->stream);
  xml_close(xml);
  xml_close(xml);
}

/* Addresses that open an app with the feed in it: how each wants it. */
static void add_apps(Xml *xml, const char *feed, const char *language) {
  static const struct {
    const char *name, *before;
    bool is_escaped, has_scheme;
  } apps[] = {{"AntennaPod", "https://antennapod.org/deeplink/subscribe/?url=", true, true},
              {"Apple Podcasts", "podcast://", false, false},
              {"Pocket Casts", "pktc://subscribe/", false, false},
              {"Overcast", "overcast://x-callback-url/add?url=", true, true}};
  xml_open_class(xml, "p", "apps");
  xml_element(xml, "span", word_in(language, WORD_OPEN_IN));
  for (guint i = 0; i < G_N_ELEMENTS(apps); i++) {
    const char *address = apps[i].has_scheme ? feed : strstr(feed, "://") + strlen("://");
    g_autofree char *given = apps[i].is_escaped ? g_uri_escape_string(address, NULL, FALSE) : g_strdup(address);
    g_autofree char *href = g_strconcat(apps[i].before, given, NULL);
    page_anchor(xml, "button", href, apps[i].name);
  }
  xml_close(xml);
}

static void add_subscription(Xml *xml, const Site *site, const char *language) {
  const char *root = site->station->podcast.url;
  g_autofree char *feed = g_strconcat(root, site->feed, NULL), *here = g_strconcat(root, "#subscribe", NULL);
  g_autofree char *qr = *root ? qr_svg(here, word_in(language, WORD_QR)) : NULL;
  xml_open_class(xml, "section", "card get");
  xml_attribute(xml, "id", "subscribe");
  xml_element(xml, "h2", word_in(language, WORD_SUBSCRIBE));
  if (qr)
    xml_raw(xml, qr);
  if (*root)
    add_apps(xml, feed, language);
  xml_open(xml, "p");
  xml_text(xml, word_in(language, WORD_SUBSCRIBE_HOW));
  xml_text(xml, " ");
  page_anchor(xml, "feed", site->feed, feed);
  xml_close(xml);
  xml_close(xml);
}

static void add_latest(Xml *xml, const Site *site, const Episode *episode) {
  g_autofree char *file = episode_file(episode, ".html");
  g_autofree char *href = episode_address("", file), *date = page_date(site, episode);
  g_autofree char *wave = waveform_svg(episode), *summary = episode_summary(episode, SUMMARY_BYTES);
  xml_open_class(xml, "section", "card get");
  xml_element(xml, "h2", word_in(site->station->language, WORD_LATEST));
  xml_open(xml, "div");
  page_language(xml, site->station->language, episode->language);
  xml_open(xml, "h3");
  page_anchor(xml, NULL, href, episode->title);
  xml_close(xml);
  xml_open_class(xml, "p", "when");
  xml_text(xml, date);
  xml_close(xml);
  if (wave)
    xml_raw(xml, wave);
  page_player(xml, episode, "");
  xml_element(xml, "p", summary);
  xml_close(xml);
  xml_close(xml);
}

char *page_home(const Site *site) {
  const Station *station = site->station;
  const char *language = station->language;
  Page page = {site, language, station->podcast.title, station->podcast.description, "", "", NULL};
  Xml *xml = page_begin(&page);
  xml_element(xml, "h1", station->podcast.title);
  if (station->podcast.stream)
    add_live(xml, &station->podcast, language);
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

/* --- the archive ---------------------------------------------------------------------------------- */

static GDateTime *time_at(const Site *site, guint at) {
  return zone_time(site->station->zone, ((const Episode *)site->episodes->pdata[at])->published_us);
}

char *page_month_name(const Site *site, guint at) {
  g_autoptr(GDateTime) time = time_at(site, at);
  return g_date_time_format(time, "%Y-%m");
}

guint page_month_end(const Site *site, guint from) {
  g_autoptr(GDateTime) first = time_at(site, from);
  guint until = from + 1;
  for (bool same = true; until < site->episodes->len && same; until += same) {
    g_autoptr(GDateTime) next = time_at(site, until);
    same = g_date_time_get_year(next) == g_date_time_get_year(first) &&
           g_date_time_get_month(next) == g_date_time_get_month(first);
  }
  return until;
}

/* "mars 2020" */
static char *month_title(const Site *site, guint from) {
  g_autoptr(GDateTime) time = time_at(site, from);
  return word_month(site->station->language, time);
}

static void add_months(Xml *xml, const Site *site) {
  xml_element(xml, "h2", word_in(site->station->language, WORD_MONTHS));
  xml_open_class(xml, "ul", "months");
  for (guint from = 0, until; from < site->episodes->len; from = until) {
    until = page_month_end(site, from);
    g_autofree char *name = page_month_name(site, from), *title = month_title(site, from);
    g_autofree char *href = g_strdup_printf("archive-%s.html", name), *count = g_strdup_printf(" (%u)", until - from);
    xml_open(xml, "li");
    xml_attribute(xml, "data-month", name);
    page_anchor(xml, NULL, href, title);
    xml_text(xml, count);
    xml_close(xml);
  }
  xml_close(xml);
}

/* Shown by the script, which reads each month's words when somebody searches. */
static void add_search(Xml *xml, const char *language) {
  xml_open_class(xml, "div", "search");
  xml_attribute(xml, "hidden", "hidden");
  xml_open(xml, "label");
  xml_text(xml, word_in(language, WORD_SEARCH));
  xml_open(xml, "input");
  xml_attribute(xml, "type", "search");
  xml_close(xml);
  xml_close(xml);
  xml_open(xml, "p");
  xml_attribute(xml, "id", "found");
  xml_attribute(xml, "role", "status");
  xml_close(xml);
  xml_open_class(xml, "ul", "list");
  xml_close(xml);
  xml_close(xml);
}

char *page_archive(const Site *site) {
  const char *language = site->station->language;
  Page page = {site, language, word_in(language, WORD_ALL_EPISODES), site->station->podcast.description, "archive.html",
               "",   NULL};
  Xml *xml = page_begin(&page);
  xml_element(xml, "h1", page.title);
  if (site->episodes->len == 0) {
    xml_element(xml, "p", word_in(language, WORD_NOTHING));
  } else {
    add_search(xml, language);
    add_months(xml, site);
  }
  return page_end(xml, &page);
}

char *page_month(const Site *site, guint from) {
  g_autofree char *name = page_month_name(site, from), *title = month_title(site, from);
  g_autofree char *path = g_strdup_printf("archive-%s.html", name);
  Page page = {site, site->station->language, title, site->station->podcast.description, path, "", NULL};
  guint until = page_month_end(site, from);
  Xml *xml = page_begin(&page);
  xml_element(xml, "h1", title);
  xml_open_class(xml, "ul", "list");
  for (guint i = from; i < until; i++)
    add_row(xml, site, site->episodes->pdata[i], until - from > MANY_IN_A_MONTH);
  return page_end(xml, &page);
}

/* A script that calls, not data that is fetched: a page that was opened from a disk may not fetch. */
char *page_month_words(const Site *site, guint from) {
  guint until = page_month_end(site, from);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (guint i = from; i < until; i++) {
    const Episode *episode = site->episodes->pdata[i];
    g_autofree char *file = episode_file(episode, ".html");
    g_autofree char *href = episode_address("", file), *date = page_date(site, episode);
    g_autofree char *said = episode_said(episode);
    json_builder_begin_array(builder);
    json_builder_add_string_value(builder, href);
    json_builder_add_string_value(builder, episode->title);
    json_builder_add_string_value(builder, date);
    json_builder_add_string_value(builder, said);
    json_builder_end_array(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *rows = json_text(builder, false);
  return g_strdup_printf("carnetFound(%s);\n", rows);
}

/* --- for search engines --------------------------------------------------------------------------- */

static void add_location(Xml *xml, const char *root, const char *path) {
  g_autofree char *url = episode_address(root, path);
  xml_open(xml, "url");
  xml_element(xml, "loc", url);
  xml_close(xml);
}

char *page_sitemap(const Site *site) {
  const char *root = site->station->podcast.url;
  if (!*root)
    return NULL;
  Xml *xml = xml_new(false);
  xml_open(xml, "urlset");
  xml_attribute(xml, "xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
  add_location(xml, root, "");
  add_location(xml, root, "archive.html");
  for (guint from = 0; from < site->episodes->len; from = page_month_end(site, from)) {
    g_autofree char *name = page_month_name(site, from), *path = g_strdup_printf("archive-%s.html", name);
    add_location(xml, root, path);
  }
  for (guint i = 0; i < site->episodes->len; i++) {
    const Episode *episode = site->episodes->pdata[i];
    g_autofree char *path = episode_file(episode, ".html");
    add_location(xml, root, path);
  }
  return xml_end(xml);
}
