/* A reel: files that are encoded already, one after another, as one endless stream of packets for each encoding. It
 * is what the air hears for weeks: pieces are added, cut off, and silence stands wherever there is none.
 *
 * Nothing is decoded. A piece's first packet depends on no other (an encoder begins with an empty bit reservoir, and
 * its first frames are its own delay); where one ends, the codec's window fades it out within 3 (Opus) or 12 (MP3)
 * milliseconds. Packets keep to their grid: a piece begins within half a packet (12 ms) of its place in every
 * encoding, and this never adds up. Frames are the programme's (48 kHz). Thread-safe. */
#ifndef CARNET_SOUND_REEL_H
#define CARNET_SOUND_REEL_H

#include "sound/packets.h"

#include <stdbool.h>

typedef struct {
  SoundFormat format; /* MP3 or Opus */
  unsigned bitrate_kbps;
  PacketQueue *queue; /* borrowed; filled with the stream */
} ReelTrack;

typedef struct {
  const char *const *paths; /* of the piece's file for each track, NULL: silence there */
  gint64 start_frame;       /* where it begins; an earlier piece ends there */
  gint64 from_frame;        /* what of the file is left out at its beginning */
  gint64 frames;            /* how long it lasts here */
} ReelPiece;

typedef struct Reel Reel;
/* Returns (reel_free). */
Reel *reel_new(const ReelTrack *tracks, guint n_tracks);
void reel_free(Reel *reel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reel, reel_free)

/* Copies. Files are opened at once: one that cannot be opened, or has another form than its track, is INPUT and
 * nothing has changed. What was there from start_frame on is cut. */
bool reel_add(Reel *reel, const ReelPiece *piece, GError **error);
/* Nothing is heard from `frame` on, until another piece is added. */
void reel_cut(Reel *reel, gint64 frame);
/* Where the last piece ends. */
gint64 reel_end(Reel *reel);
/* Pushes what begins before `until_frame` into the queues. A file that fails half-way is silent from there on and
 * told by g_warning. False when a queue's taker has gone. */
bool reel_feed(Reel *reel, gint64 until_frame);
/* After the last piece nothing more comes. */
void reel_finish(Reel *reel);

#endif
