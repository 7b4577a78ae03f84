/* The public pages: plain HTML that works without JavaScript, from a file: address, and below any path. */
#ifndef CARNET_PODCAST_PAGES_H
#define CARNET_PODCAST_PAGES_H

#include "base/station.h"
#include "podcast/episode.h"

typedef struct {
  const Station *station;
  const char *feed;          /* "feed.xml" */
  const char *cover;         /* "cover.jpg", NULL: none */
  const GPtrArray *episodes; /* Episode, newest first */
} Site;

/* Each returns (g_free). */
char *page_home(const Site *site);                            /* index.html */
char *page_episode(const Site *site, const Episode *episode); /* episodes/EDITION.html */
char *page_archive(const Site *site);                         /* archive.html: all, by month, searchable */
/* sitemap.xml (sitemaps.org); NULL while the station's address is not known. */
char *page_sitemap(const Site *site);
/* The style and the script that the pages name: borrowed, for ever. */
const char *page_style(void);
const char *page_script(void);

#endif
