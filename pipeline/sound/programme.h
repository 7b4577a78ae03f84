/* Rendering: one pass from the timeline to every encoding, side by side.
 *
 *            ┌─> encoder thread (mp3)  ─> file.part, packets ─> (air)
 *   mixer ───┼─> encoder thread (opus) ─> file.part, packets
 *   (blocks) └─> encoder thread (wav…)
 *
 * The mixer fills blocks of float32 stereo, limits them to the ceiling, and
 * hands the same block (reference-counted, never copied) to each encoder; a
 * bounded number of blocks is under way, so memory does not depend on length. */
#ifndef CARNET_SOUND_PROGRAMME_H
#define CARNET_SOUND_PROGRAMME_H

#include "base/station.h"
#include "sound/packets.h"
#include "sound/timeline.h"

typedef struct {
  char *title;
  gint64 start_frame, end_frame;
  char *url; /* or NULL */
} Chapter;

/* What a player shows. Every string may be NULL. Written as ID3v2.3 (MP3),
 * Vorbis comments (Opus, FLAC), iTunes atoms (AAC), RIFF INFO and bext (WAV). */
typedef struct {
  char *title, *artist, *album, *date, *language, *comment, *genre, *url;
  char *cover;          /* path of a PNG or JPEG */
  char *originator;     /* bext: the station */
  GArray *chapters;     /* Chapter, in order; may be NULL */
  double loudness_lufs; /* of the whole, for ReplayGain 2.0 and R128_TRACK_GAIN (RFC 7845); 0: not written */
} ProgrammeTags;
/* A deep copy (programme_tags_free). */
ProgrammeTags *programme_tags_copy(const ProgrammeTags *tags);
/* Frees the strings, the chapters with theirs, and `tags` itself. NULL is fine. */
void programme_tags_free(ProgrammeTags *tags);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ProgrammeTags, programme_tags_free)

/* One encoding to make. */
typedef struct {
  SoundFormat format;
  unsigned bitrate_kbps; /* 0: the format's default; not used for flac, wav */
  const char *path;      /* target; written as PATH's draft, published by programme_publish. NULL: packets only */
  PacketQueue *packets;  /* NULL, or where its packets go (mp3, opus) */
} Encoding;

/* What is asked of an encoded file before it is published, and what was found. */
typedef struct {
  gint64 frames; /* expected; compared within `frames_tolerance` */
  gint64 frames_tolerance;
  double target_lufs, tolerance_lu; /* tolerance 0: not checked (a programme without speech) */
  double peak_dbtp;
  gint64 max_silence_frames;
} GateLimits;

typedef struct {
  gint64 frames; /* that a player plays: the encoder's delay and padding taken off */
  double integrated_lufs, true_peak_dbtp;
  gint64 longest_silence_frames; /* under -60 dBFS */
} GateReport;

typedef struct {
  double target_lufs, ceiling_dbtp; /* of the mix; encoders overshoot: leave them room */
  bool lowest_latency;              /* small first blocks, for the air */
} ProgrammeOptions;

/* How far it is; called from the mixer's thread, at most 20 times a second.
 * Returning false cancels (AGAIN). `total_frames` -1: not known yet. */
typedef bool (*ProgrammeProgress)(gint64 mixed_frames, gint64 total_frames, gpointer user);

typedef struct Programme Programme;
/* Starts the mixer and the encoders. All arguments are borrowed for the
 * programme's life. Returns (free with programme_free: cancels and joins), or NULL. */
Programme *programme_start(Timeline *timeline, const Encoding *encodings, guint n_encodings,
                           const ProgrammeOptions *options, ProgrammeProgress progress, gpointer user, GError **error);
/* The tags, once everything is known; the files' headers wait for it (copied;
 * the first call counts). Packets for the air do not wait. When it was never
 * called, programme_wait ends the waiting: files without tags. */
void programme_set_tags(Programme *programme, const ProgrammeTags *tags);
/* Waits for the end. Drafts are complete on disk, not yet in place. The first
 * error of the timeline, the mixer or an encoder is the error of the whole;
 * then every packet queue has failed with it, and programme_free leaves nothing. */
bool programme_wait(Programme *programme, GError **error);
/* The same for the mixer alone: then how many frames there are is known. */
bool programme_wait_mixed(Programme *programme, GError **error);
/* Waits for encoding `i`, which has a file, and holds its draft against `limits`
 * (gate.h): INPUT when it is refused. `report` is filled either way. Once for each. */
bool programme_check(Programme *programme, guint i, const GateLimits *limits, GateReport *report, GError **error);
gint64 programme_frames(const Programme *programme); /* mixed */
/* The outline of the mix (contour.h), once programme_wait_mixed has returned: `*n` peaks, borrowed. */
const guint8 *programme_contour(const Programme *programme, guint *n);
/* Puts every file in its place (fsync, rename, fsync of the folder). */
bool programme_publish(Programme *programme, GError **error);
void programme_free(Programme *programme);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Programme, programme_free)

/* Packets of a finished MP3 or Opus file, for the air: fills `queue` (in its own
 * thread until the end or packet_queue_cancel). The packets are those that the
 * encoder made, with the same start_frame; tags and the Info frame are not sent.
 * Returns the thread (g_thread_join), or NULL. */
GThread *packets_read_file(const char *path, PacketQueue *queue, GError **error);

#endif
