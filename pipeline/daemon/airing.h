/* An airing: a slot's edition on one or more channels, with what each mount got of it. */
#ifndef CARNET_DAEMON_AIRING_H
#define CARNET_DAEMON_AIRING_H

#include "daemon/channel.h"
#include "editorial/rundown.h"
#include "logbook/asrun.h"
#include "logbook/slots.h"

typedef struct {
  /* May this entry still be heard? */
  bool (*may_be_heard)(gint64 entry, gpointer user);
  /* An item has ended on a mount, for the as-run log. */
  void (*item)(const AsRun *row, gpointer user);
  /* A mount has begun, or has had all that it will get. */
  void (*mount)(const SlotMount *row, gpointer user);
  gpointer user;
} AiringHooks;

typedef struct Airing Airing;
/* Reads the edition's cues. Copies the slot, borrows the hooks. Returns (airing_free), or NULL with INPUT. */
Airing *airing_new(const SlotRow *slot, const char *folder, const AiringHooks *hooks, GError **error);
void airing_free(Airing *airing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Airing, airing_free)
const SlotRow *airing_slot(const Airing *airing);
/* What is being heard on a channel at `frame` (borrowed), or NULL. */
const RundownItem *airing_item_at(const Airing *airing, const Channel *channel, gint64 frame);

/* Lays the edition on a channel, from its beginning. Entries that may not be heard any more are left out. */
bool airing_lay(Airing *airing, Channel *channel, gint64 at_frame, GError **error);
bool airing_is_on(const Airing *airing, const Channel *channel);
/* Where it ends on a channel that it is on. */
gint64 airing_end(const Airing *airing, const Channel *channel);
/* The first frame, not before `frame`, at which none of its items is cut: where the one running then ends. */
gint64 airing_gap(const Airing *airing, const Channel *channel, gint64 frame);
/* The channel was cut at `frame`. When `resume_frame` is not before it, the rest is laid there again. `why` (may be
 * NULL) tells people why not. */
bool airing_cut(Airing *airing, Channel *channel, gint64 frame, gint64 resume_frame, const char *why, GError **error);
/* From where on it is heard again, not before channel_head. */
gint64 airing_next(const Airing *airing, const Channel *channel);
/* Where the first of its items stands, from channel_head on, that was taken back since it was laid; G_MAXINT64: none. */
gint64 airing_taken_back(const Airing *airing, const Channel *channel);

/* What came out of a channel, whose mark belongs to this airing. */
void airing_sent(Airing *airing, const Channel *channel, const ChannelSent *sent);
bool airing_owns(const Airing *airing, gconstpointer mark);
/* Tells of mounts that have begun. */
void airing_look(Airing *airing);
/* The channel is gone: nothing more will be told of it. */
void airing_leave(Airing *airing, const Channel *channel);
/* Every mount has had all that it will get, and was told of. */
bool airing_is_over(const Airing *airing);

#endif
