/* The public pages: plain HTML that works without JavaScript, from a file: address, and below any path. */
#ifndef CARNET_PODCAST_PAGES_H
#define CARNET_PODCAST_PAGES_H

#include "base/station.h"
#include "podcast/episode.h"

typedef struct {
  const Station *station;
  const char *feed;          /* "feed.xml" */
  const char *cover;         /* "cover.jpg", NULL: none */
  const char *icon;          /* a small one, or the cover again */
  const GPtrArray *episodes; /* Episode, newest first */
} Site;

/* Each returns (g_free). */
char *page_home(const Site *site);                            /* index.html */
char *page_episode(const Site *site, const Episode *episode); /* episodes/EDITION.html */
/* episodes/EDITION.embed.html: a player for other people's pages. */
char *page_embed(const Site *site, const Episode *episode);
/* episodes/EDITION.read.html: for a person who reads it where there is no machine; prints on a sheet. */
char *page_reading(const Site *site, const Episode *episode);
char *page_archive(const Site *site); /* archive.html: the months, and a search in all that was said */
/* A month's own page, and what the search reads of it: archive-2020-03.html, search-2020-03.js. `from` is the place of its
 * first episode (the newest) in the site's; its words must have been read (catalogue.h) for the latter. */
char *page_month(const Site *site, guint from);
char *page_month_words(const Site *site, guint from);
/* The place after its last. */
guint page_month_end(const Site *site, guint from);
/* "2020-03": of the episode at that place. Returns (g_free). */
char *page_month_name(const Site *site, guint at);
/* sitemap.xml (sitemaps.org); NULL while the station's address is not known. */
char *page_sitemap(const Site *site);
/* The style and the script that the pages name: borrowed, for ever. */
const char *page_style(void);
const char *page_script(void);

#endif
