/* Playout: encoded packets to every mount, on time (the only caller of libshout).
 *
 * One poll loop, no decoding, no encoding. Each mount has a state machine of
 * its own (see mount.h); one that is lost misses what is due and rejoins live,
 * never the backlog. The clock is the machine's monotonic one, not libshout's. */
#ifndef CARNET_AIR_PLAYOUT_H
#define CARNET_AIR_PLAYOUT_H

#include "base/station.h"
#include "sound/packets.h"

typedef enum { MOUNT_WAITING, MOUNT_CONNECTING, MOUNT_ON_AIR, MOUNT_LOST, MOUNT_REFUSED, MOUNT_DONE } MountState;

/* What is heard from `start_frame` on. */
typedef struct {
  gint64 start_frame, frames; /* 0 frames: a title alone */
  char *title;                /* sent to MP3 mounts, and again after a reconnection; NULL keeps the one before */
} PlayoutItem;

/* What one mount got of one item (the join writes it to the as-run log). What
 * counts is what left for the server's socket; what was still queued when a
 * connection was lost does not. sent_frames == the item's frames: all of it. */
typedef struct {
  guint mount, item;
  gint64 start_us, end_us; /* instants (clock_now_us) when its first and last sound was sent; 0 when none was */
  gint64 sent_frames;
} PlayoutSent;

typedef struct {
  MountState state;
  const char *message; /* last error, printable; NULL */
  guint reconnections;
  gint64 sent_frames; /* in all */
  gsize queued_bytes;
} PlayoutMountStatus;

typedef struct {
  /* Any may be NULL. Called from playout's thread. */
  void (*state)(guint mount, MountState state, const char *message, gpointer user);
  void (*sent)(const PlayoutSent *sent, gpointer user);    /* an item has ended, or was broken off; in order */
  void (*progress)(gint64 position_frames, gpointer user); /* about 4 times a second */
  bool (*cancelled)(gpointer user);                        /* Ctrl-C: closes every mount cleanly */
  gpointer user;
} PlayoutHooks;

typedef struct {
  const char *station_name, *host, *user_name, *password, *ca_file;
  const char *description; /* of mounts that have none of their own; may be NULL */
  unsigned port;
  TlsMode tls;
  gint64 lead_us;    /* how much sound the server is given ahead: burst at connection (1 s is good) */
  gint64 give_up_us; /* no mount could ever be reached for so long: AGAIN; 0: never give up */
  gint64 open_us;    /* clock_monotonic_us: no mount is connected before; 0: at once */
  gint64 connect_us; /* a handshake that takes longer has failed; 0: 6 s */
  gint64 stall_us;   /* a server that takes nothing for so long is left; 0: 10 s */
  gint64 start_us;   /* clock_monotonic_us at which programme frame 0 is due, whoever is there: nothing is given up,
                      * and what no mount took is missed. 0: when the first mount is on the air */
} PlayoutOptions;

typedef struct Playout Playout;
/* Borrows what it is given for its life (`hooks`, which may be NULL, is copied). A
 * missing host, port or password is INPUT. Returns (playout_free), or NULL. */
Playout *playout_new(const PlayoutOptions *options, const PlayoutHooks *hooks, GError **error);
void playout_free(Playout *playout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Playout, playout_free)
/* `queue` carries the mount's encoding; mounts may share one. */
void playout_add_mount(Playout *playout, const StationMount *mount, PacketQueue *queue);
/* Items may be added while it runs (thread-safe), in order. Copied. */
void playout_add_item(Playout *playout, const PlayoutItem *item);
void playout_items_end(Playout *playout);
/* What was to be heard from `frame` on will not be: later items are forgotten, the one under way ends there.
 * Returns how many items there have been, the next one's number. */
guint playout_cut_items(Playout *playout, gint64 frame);
/* What starts at `frame` or later is not sent before its time, which else it is by up to a tenth of a second (thread-safe;
 * the last call counts). */
void playout_hold(Playout *playout, gint64 frame);
/* The first frame that is not sent yet at `now_us`, when start_us was given: sound that is to be in time begins there. */
gint64 playout_head(const PlayoutOptions *options, gint64 now_us);
/* Runs until the last packet's sound has been heard, or it is cancelled (AGAIN).
 * Frame 0 is due when the first mount is on the air and its first packet is there; a
 * mount that comes within the 2 s after that still gets the beginning. A mount that
 * fails does not stop the others; all refused (401) from the start is INPUT, none
 * ever reached is AGAIN, an encoder's failure is told at the end. On every way
 * out the queues are flushed (2 s at most) and the sources closed. Ignores SIGPIPE from then on. */
bool playout_run(Playout *playout, GError **error);
/* From a hook, or after playout_run. `message` is borrowed until the next state. */
void playout_status(Playout *playout, guint mount, PlayoutMountStatus *status);

#endif
