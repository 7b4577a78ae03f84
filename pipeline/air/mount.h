/* One mount's life:
 *
 *   WAITING ──> CONNECTING ──> ON_AIR ──> DONE
 *                 │  ^            │
 *             401 │  └── LOST <───┘   back off 1–8 s, for ever
 *                 v
 *              REFUSED (again each 60 s)
 *
 * LOST is every failure that time may mend: unreachable, 403 (Icecast holds a
 * mount for some 10 s after its source has vanished), closed by the server,
 * 10 s without progress or without a sign of life (options), more than 10 s of
 * sound queued; and 401 too, once the same password has been good. Times are clock_monotonic_us. All from playout's thread; inside
 * air only (playout.h is what others call). */
#ifndef CARNET_AIR_MOUNT_H
#define CARNET_AIR_MOUNT_H

#include "air/feed.h"
#include "air/playout.h"
#include "air/pulse.h"

typedef struct Mount Mount;

/* Borrows all. Returns (mount_free). */
Mount *mount_new(guint index, const PlayoutOptions *options, const PlayoutHooks *hooks, const StationMount *station,
                 Feed *feed);
const char *mount_host(const Mount *mount);
unsigned mount_port(const Mount *mount);
/* The watch over this mount's server (borrowed). */
void mount_watch(Mount *mount, Pulse *pulse);
void mount_free(Mount *mount);

/* Connects, tries again, flushes, watches the deadlines. */
void mount_step(Mount *mount, gint64 now_us);
MountState mount_state(const Mount *mount);
Feed *mount_feed(const Mount *mount);
bool mount_was_on_air(const Mount *mount);
/* On the air, and sound is being sent to this connection. */
bool mount_is_joined(const Mount *mount);
/* Begins this connection's stream with what its feed still has from `from_frame` on. */
void mount_join(Mount *mount, gint64 from_frame, const char *title, gint64 now_us);
/* To a mount that has joined. */
void mount_send(Mount *mount, const Chunk *chunk, gint64 now_us);
/* To a joined MP3 mount, when it differs from the last one sent on this connection. */
void mount_title(Mount *mount, const char *title);
/* Says that no more will come; then mount_step until mount_is_flushed, then mount_close. */
void mount_end(Mount *mount, gint64 now_us);
bool mount_is_flushed(const Mount *mount);
void mount_close(Mount *mount, const char *message);
/* Reports the items that end at or before `frame` (see tally.h). `items` are all that have sound among what was sent:
 * when none of them is left, the world's clock is taken as it is again, should it have been set back. */
void mount_report(Mount *mount, GArray *items, guint first, gint64 frame);
guint mount_reported(const Mount *mount);
void mount_status(const Mount *mount, PlayoutMountStatus *status);

#endif
