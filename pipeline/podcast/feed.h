/* The feed of a podcast: RSS 2.0 with the itunes and podcast namespaces (podcastindex.org), Atom's self link, WebSub's hub and
 * RFC 5005's pages. */
#ifndef CARNET_PODCAST_FEED_H
#define CARNET_PODCAST_FEED_H

#include "base/station.h"
#include "podcast/episode.h"

#define FEED_PAGE 100 /* episodes; older ones are on pages of their own */

/* Heard live: now, or next. */
typedef struct {
  char *title;
  bool is_now; /* else it is still to come */
  gint64 start_us, end_us;
} FeedLive;

typedef struct {
  const Station *station;
  const char *title, *language;
  const char *file;            /* "feed.xml", "feed-midi.xml": page 2 is "feed-midi@2.xml" */
  const char *guid;            /* the podcast's own (podcast:guid) */
  const char *cover;           /* "cover.jpg", NULL: none */
  GPtrArray *episodes;         /* Episode, newest first; borrowed */
  const EpisodeMedia *trailer; /* of the whole podcast; NULL: none */
  gint64 trailer_us;           /* when it was made */
  const GArray *live;          /* FeedLive; NULL: nothing is heard live */
} Feed;

guint feed_pages(const Feed *feed);
/* Page 1 is the newest. Returns (g_free). */
char *feed_xml(const Feed *feed, guint page);
/* "feed-midi.xml", "feed-midi@2.xml". Returns (g_free). */
char *feed_file(const Feed *feed, guint page);
/* A podcast's guid as the namespace asks: UUIDv5 (RFC 9562) of its address without scheme and last slashes. Returns
 * (g_free). */
char *feed_guid(const char *url);
/* "Tue, 17 Mar 2020 11:00:00 +0000" (RFC 2822), in English whatever the locale. Returns (g_free). */
char *feed_date(gint64 instant_us);

#endif
