/* A channel: some mounts that are heard alike, and the reel that feeds them. One that never ends carries continuous
 * mounts; another lives for one slot. All functions from the daemon's thread; playout and the feeding of the reel have
 * a thread each inside. Frames are the channel's own (48 kHz), from its start. */
#ifndef CARNET_DAEMON_CHANNEL_H
#define CARNET_DAEMON_CHANNEL_H

#include "air/playout.h"
#include "base/station.h"

/* What is laid on a channel: an edition's file, or a part of it. */
typedef struct {
  const char *folder;        /* of the edition */
  gint64 start_frame;        /* on the channel */
  gint64 from_frame, frames; /* of the edition */
} ChannelPiece;

/* One item of a piece, for the titles and the as-run log. */
typedef struct {
  gint64 start_frame, frames; /* on the channel */
  const char *title;
  gpointer mark; /* comes back with what was sent of it; NULL: nobody asks */
} ChannelItem;

typedef struct {
  guint mount; /* index in station->mounts */
  gpointer mark;
  gint64 start_us, end_us, sent_frames; /* of it (PlayoutSent) */
} ChannelSent;

typedef struct {
  MountState state;
  char *message; /* NULL: none; owned */
  guint reconnections;
  gint64 since_us; /* instant of the last change of state */
} ChannelMount;

typedef struct Channel Channel;
/* Begins to connect `mounts` (indices in station->mounts) at the instant `open_us`, and sends frame 0 at the instant
 * `at_us`. Sound is
 * sent in steps of a tenth of a second from there: what begins on one of them is sent to the moment. Borrows the
 * station for its life. Returns (channel_free: closes the mounts), or NULL. */
Channel *channel_new(const Station *station, const char *password, const guint *mounts, guint n_mounts, gint64 open_us,
                     gint64 at_us, GError **error);
void channel_free(Channel *channel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Channel, channel_free)
/* Says that the channel is to close, so that several close at once. */
void channel_close(Channel *channel);
/* Waits until it is closed: then channel_sent has all that is told of it. */
void channel_wait(Channel *channel);

const Station *channel_station(const Channel *channel);
guint channel_n_mounts(const Channel *channel);
guint channel_mount(const Channel *channel, guint index); /* its number in station->mounts */
bool channel_has(const Channel *channel, const char *mount);
/* The frame that is sent at an instant. */
gint64 channel_frame_at(const Channel *channel, gint64 instant_us);
/* The first frame whose sound can still be changed. */
gint64 channel_head(const Channel *channel);
/* Where what is laid on it ends. */
gint64 channel_end(const Channel *channel);
/* The instant at which a frame is sent. */
gint64 channel_instant_of(const Channel *channel, gint64 frame);

/* What begins at `frame` is sent to the moment, be it in the middle of a step. */
void channel_hold(Channel *channel, gint64 frame);
/* Lays a piece, and cuts what was there from its start on. */
bool channel_lay(Channel *channel, const ChannelPiece *piece, GError **error);
/* Announces an item of what is laid, in order. */
void channel_announce(Channel *channel, const ChannelItem *item);
/* Cuts everything from `frame` (not before channel_head) on: of items that would begin later nothing is told. */
void channel_cut(Channel *channel, gint64 frame);
/* After what is laid now, the channel ends. */
void channel_finish(Channel *channel);
bool channel_finishes(const Channel *channel);
bool channel_is_over(const Channel *channel);
/* False once it is over, or about to be. */
bool channel_takes_more(const Channel *channel);

/* What has been sent since the last call, in order. False when there is no more. */
bool channel_sent(Channel *channel, ChannelSent *sent);
/* A mount's state now (message: g_free). */
void channel_status(Channel *channel, guint index, ChannelMount *status);

#endif
