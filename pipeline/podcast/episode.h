/* An episode: an edition as it was published. What the feeds and the pages are written from; kept in podcast/EDITION.json
 * of the station, and its sentences in podcast/EDITION.vtt, so that they can be written again when the edition itself is
 * gone. */
#ifndef CARNET_PODCAST_EPISODE_H
#define CARNET_PODCAST_EPISODE_H

#include "editorial/rundown.h"

typedef struct {
  char *type; /* "audio/mpeg" */
  char *file; /* below public/: "media/2020-03-17-midi-1f2e3d4c5b6a.mp3"; never the name of anything else */
  gint64 nbytes;
} EpisodeMedia;

/* Something that a listener may jump to. */
typedef struct {
  gint64 start_ms;
  char *title;
  char **links; /* of the entries heard in it: web addresses; never NULL */
} EpisodePart;

/* One of the transcript's. */
typedef struct {
  gint64 from_ms, until_ms;
  char *voice, *text; /* voice: "" when it is not known */
  char *timed;        /* the text as WebVTT has it, with times of words; NULL: none is known */
} EpisodeSentence;

typedef struct {
  char *guid;    /* a UUID (RFC 9562), for good */
  char *edition; /* "2020-03-17-midi" */
  char *script, *language, *title;
  char *note;   /* why it was changed after it was published, NULL: it was not */
  char *words;  /* a digest of its sentences */
  char *source; /* a digest of the record as it is on the disk; NULL: it is not */
  gint64 published_us, changed_us, duration_ms;
  GPtrArray *media, *parts, *sentences; /* of the above; media: MP3 first */
  GArray *entries;                      /* gint64: ids of the entries heard in it, in order, each once */
  GByteArray *waveform;                 /* peaks, 0 to 127, of columns of one width; NULL: not known */
  bool keep;                            /* never taken out by age or number */
} Episode;

/* Returns (episode_free). */
Episode *episode_new(void);
void episode_free(Episode *episode);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Episode, episode_free)
/* Takes what it is given. */
void episode_add_media(Episode *episode, char *type, char *file, gint64 nbytes);
/* As the chapters are cut, with all links; what has the bulletin's own title (its opening, its end) is none. */
void episode_set_parts(Episode *episode, const Rundown *cues);
/* The entries of the cues. */
void episode_set_entries(Episode *episode, const Rundown *cues);
/* The sentences of a WebVTT that we wrote (timings.h). False: it is none. */
bool episode_set_sentences(Episode *episode, const char *vtt);

/* The record: all of it but the sentences. */
char *episode_json(const Episode *episode);
/* NULL with INPUT, which opens with `name`. */
Episode *episode_parse(const char *name, const char *text, gssize nbytes, GError **error);

/* The transcript (g_free): WebVTT as it was read, SubRip, plain text, and the Podcast namespace's JSON. */
char *episode_vtt(const Episode *episode);
char *episode_srt(const Episode *episode);
char *episode_text(const Episode *episode);
char *episode_segments(const Episode *episode);
/* One of its public files: "episodes/2020-03-17-midi.vtt" for ".vtt". Returns (g_free). */
char *episode_file(const Episode *episode, const char *ending);
/* A public file's address below `root` ("", "../", "https://…/"): what an address may not hold is escaped (RFC 3986).
 * Returns (g_free). */
char *episode_address(const char *root, const char *file);
/* All that is said in it, in one line. Returns (g_free). */
char *episode_said(const Episode *episode);
/* The first words of it, of `most` bytes or less: a summary. Returns (g_free). */
char *episode_summary(const Episode *episode, gsize most);

#endif
