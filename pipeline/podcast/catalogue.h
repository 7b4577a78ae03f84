/* What is published, on the disk: the episodes' records (STATION/podcast/EDITION.json, .vtt) and the public files (STATION/public/),
 * which are written out of them, each by rename: media first, then texts, pages, and the feeds that name them; what nothing
 * names any more is removed last. Killed anywhere, what stands is whole. */
#ifndef CARNET_PODCAST_CATALOGUE_H
#define CARNET_PODCAST_CATALOGUE_H

#include "base/station.h"
#include "podcast/episode.h"

typedef struct {
  const Station *station;
  GPtrArray *episodes;    /* Episode, newest first */
  GArray *live;           /* FeedLive (catalogue_add_live) */
  guint written, removed; /* files, so far */
  GError *trailer_why;    /* why catalogue_publish left the station's trailer out; or NULL */
  GError *cover_why;      /* why catalogue_publish left the station's cover out, or its small picture; or NULL */
} Catalogue;

/* Reads all records. A record that is damaged is INPUT. Returns (catalogue_free), or NULL. */
Catalogue *catalogue_open(const Station *station, GError **error);
void catalogue_free(Catalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Catalogue, catalogue_free)
Episode *catalogue_find(const Catalogue *catalogue, const char *edition);

/* Puts a sound file of an edition among the media, under a name that its content makes: "media/EDITION-DIGEST.mp3".
 * Returns it (g_free), or NULL. */
char *catalogue_add_media(Catalogue *catalogue, const char *edition, const char *path, gint64 *nbytes, GError **error);
/* Writes a public file, below public/: what is there already, to the byte, is not written again, so that nobody downloads it
 * anew and no disk wears. */
bool catalogue_write(Catalogue *catalogue, const char *file, const char *data, gsize nbytes, GError **error);
/* Where it is. Returns (g_free). */
char *catalogue_path(const Catalogue *catalogue, const char *file);
/* An episode's sentences, if they are not in memory yet: INPUT when they cannot be read. */
bool catalogue_read_words(const Catalogue *catalogue, Episode *episode, GError **error);
/* Writes an episode's record and its texts; takes it, in place of one of the same edition. */
bool catalogue_put(Catalogue *catalogue, Episode *episode, const char *chapters, GError **error);
/* Writes the record of one that has changed. */
bool catalogue_keep(const Catalogue *catalogue, Episode *episode, GError **error);
/* What is heard live, now or next, as the feeds of page 1 tell it. */
void catalogue_add_live(Catalogue *catalogue, const char *title, bool is_now, gint64 start_us, gint64 end_us);
/* Takes an episode out: its record goes; its files with catalogue_publish. */
bool catalogue_take_out(Catalogue *catalogue, const char *edition, GError **error);
bool catalogue_was_taken_out(const Station *station, const char *edition);
/* The guid of an episode that was taken out, for its edition may be published again: `*guid` (g_free) is NULL when it
 * was not. INPUT: it was, and the guid cannot be read. */
bool catalogue_gone(const Catalogue *catalogue, const char *edition, char **guid, GError **error);
/* A guid that a file keeps: `*guid` is NULL when there is no file. */
bool catalogue_read_guid(const char *path, char **guid, GError **error);
/* Was an edition published, or taken out by somebody? */
bool catalogue_knows(const Station *station, const char *edition);
/* What is too old, or too much (station.yaml, podcast: keep-…), is taken out. */
bool catalogue_prune(Catalogue *catalogue, gint64 now_us, GError **error);
/* A small picture of the cover (JPEG, g_bytes_unref), or NULL: the pages show the cover itself. */
typedef GBytes *(*CatalogueIcon)(const char *cover_path, GError **error);
/* Writes pages and feeds, where they have changed, and removes what is not named any more. */
bool catalogue_publish(Catalogue *catalogue, CatalogueIcon make_icon, GError **error);

#endif
