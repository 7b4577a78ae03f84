/* How often each episode was downloaded, out of the access log of the web server that gives public/ out: the station asks
 * nobody else, and nothing of a listener is kept. Lines are in the Common or Combined Log Format (Apache, nginx), or Caddy's
 * JSON; others are passed over.
 *
 * Counted as the IAB's Podcast Measurement Guidelines 2.2 have it: requests (GET; 200, 206) of one address and program for
 * one episode are one download a day, when together they got a minute of sound, or all of it; programs that look around
 * by themselves are none. */
#ifndef CARNET_PODCAST_DOWNLOADS_H
#define CARNET_PODCAST_DOWNLOADS_H

#include "podcast/episode.h"

typedef struct Downloads Downloads;

/* Of these (Episode*, borrowed: as long as it is there). Returns (downloads_free). */
Downloads *downloads_new(const GPtrArray *episodes);
void downloads_free(Downloads *downloads);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Downloads, downloads_free)
/* `line` without its end. */
void downloads_add_line(Downloads *downloads, const char *line);
/* A log, `path` of which may be gzip's; "-" is the standard input. What cannot be read: INPUT. */
bool downloads_add_log(Downloads *downloads, const char *path, GError **error);
guint downloads_of(const Downloads *downloads, const Episode *episode);
/* Its days ("2026-11-29"; const char*, borrowed, in order) with at least one. Returns (g_ptr_array_unref). */
GPtrArray *downloads_days(const Downloads *downloads, const Episode *episode);
guint downloads_on(const Downloads *downloads, const Episode *episode, const char *day);

#endif
