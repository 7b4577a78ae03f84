/* An own listener: takes a mount from the server as anybody would, and tells what is really heard there.
 *
 * What a mount sends is never encoded again on its way, so the very packets of an edition's file come back: how many
 * of them did is exactly how much of it was heard, and one that comes twice is a loop. All of it is decoded, for
 * silence and level. In a thread of its own; functions from the daemon's. Times are clock_monotonic_us. */
#ifndef CARNET_SOUND_LISTENER_H
#define CARNET_SOUND_LISTENER_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  bool connected;         /* the server gives it sound */
  gint64 since_us;        /* when that last changed */
  gint64 packet_us;       /* when it last got any, 0: never */
  gint64 sound_us;        /* when it last heard more than silence (-60 dBFS), 0: never */
  double short_term_lufs; /* K-weighted, of some 3 s (BS.1770); -70 of silence */
} ListenerState;

/* One that has been told what to expect. Frames are at 48 kHz. */
typedef struct {
  gint64 frames;        /* of the file */
  gint64 heard_frames;  /* of these, so many came */
  gint64 repeat_frames; /* what came more often than it stands in the file */
  gint64 last_us;       /* when the last of it came, 0: none has */
} ListenerHeard;

typedef struct Listener Listener;
/* "http://127.0.0.1:8000/bulletin.mp3"; tries again each half second while the server does not give it. What it gets is
 * kept in `folder` (recorder.h; NULL: nowhere). Returns (listener_free). */
Listener *listener_new(const char *url, const char *folder);
void listener_free(Listener *listener);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Listener, listener_free)
void listener_state(Listener *listener, ListenerState *state);

/* Expects the packets of a file (MP3 or Opus), which is read at once, under a number of the caller's. */
bool listener_expect(Listener *listener, gint64 id, const char *path, GError **error);
/* False when nothing is expected under that number. */
bool listener_heard(Listener *listener, gint64 id, ListenerHeard *heard);
void listener_forget(Listener *listener, gint64 id);

#endif
