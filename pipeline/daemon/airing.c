#include "daemon/airing.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/wav.h"
#include "podcast/cues.h"

#include <string.h>

#define NEARLY_FRAMES (FRAME_RATE / 2) /* so much less is the encoders' grid and a join's delay, not a loss */

/* One item as it was laid. */
typedef struct {
  const RundownItem *item;
  guint index; /* in the rundown */
  gint64 start_frame, frames;
  gint64 from_frame; /* of the edition */
} Laid;

typedef struct {
  gint64 started_us, ended_us, sent_frames;
  guint waiting; /* laid items that it has not told of */
  bool has_begun, is_told;
} Account;

/* The airing on one channel. */
typedef struct {
  Channel *channel; /* NULL: it is gone */
  gint64 start_frame, end_frame;
  GPtrArray *laid;   /* Laid, in order */
  Account *accounts; /* one a mount of the channel */
  guint n_accounts;
  guint *mounts; /* their numbers in the station */
  const Station *station;
  char *why; /* why it was cut, NULL: it was not */
} Leg;

struct Airing {
  SlotRow *slot;
  char *folder;
  Rundown *cues;
  const AiringHooks *hooks;
  GPtrArray *legs;
};

static void leg_free(gpointer data) {
  Leg *leg = data;
  g_ptr_array_unref(leg->laid);
  g_free(leg->accounts);
  g_free(leg->mounts);
  g_free(leg->why);
  g_free(leg);
}

Airing *airing_new(const SlotRow *slot, const char *folder, const AiringHooks *hooks, GError **error) {
  g_autoptr(Airing) airing = g_new0(Airing, 1);
  g_autofree char *path = g_build_filename(folder, "cues.json", NULL);
  airing->slot = slot_row_copy(slot);
  airing->folder = g_strdup(folder);
  airing->hooks = hooks;
  airing->legs = g_ptr_array_new_with_free_func(leg_free);
  airing->cues = cues_load(path, error);
  return airing->cues ? g_steal_pointer(&airing) : NULL;
}

void airing_free(Airing *airing) {
  if (!airing)
    return;
  slot_row_free(airing->slot);
  rundown_free(airing->cues);
  g_ptr_array_unref(airing->legs);
  g_free(airing->folder);
  g_free(airing);
}

const SlotRow *airing_slot(const Airing *airing) {
  return airing->slot;
}

static Leg *leg_on(const Airing *airing, const Channel *channel) {
  for (guint i = 0; i < airing->legs->len; i++) {
    Leg *leg = airing->legs->pdata[i];
    if (leg->channel == channel)
      return leg;
  }
  return NULL;
}

bool airing_is_on(const Airing *airing, const Channel *channel) {
  return leg_on(airing, channel) != NULL;
}

gint64 airing_end(const Airing *airing, const Channel *channel) {
  return leg_on(airing, channel)->end_frame;
}

/* --- laying ---------------------------------------------------------------------------------- */

static bool is_heard(const Airing *airing, const RundownItem *item) {
  return item->entry == 0 || airing->hooks->may_be_heard(item->entry, airing->hooks->user);
}

static void announce(Leg *leg, const RundownItem *item, guint index, gint64 start_frame, gint64 frames,
                     gint64 from_frame) {
  Laid *laid = g_new(Laid, 1);
  *laid = (Laid){item, index, start_frame, frames, from_frame};
  g_ptr_array_add(leg->laid, laid);
  for (guint i = 0; i < leg->n_accounts; i++)
    leg->accounts[i].waiting++;
  ChannelItem announced = {start_frame, frames, item->title, laid};
  channel_announce(leg->channel, &announced);
}

/* Lays [from_frame, until_frame) of the edition at the leg's end. */
static bool lay_span(const Airing *airing, Leg *leg, gint64 from_frame, gint64 until_frame, GError **error) {
  if (until_frame <= from_frame)
    return true;
  ChannelPiece piece = {airing->folder, leg->end_frame, from_frame, until_frame - from_frame};
  if (!channel_lay(leg->channel, &piece, error))
    return false;
  for (guint i = 0; i < airing->cues->items->len; i++) {
    const RundownItem *item = airing->cues->items->pdata[i];
    gint64 from = MAX(item->start_frame, from_frame), until = MIN(item->start_frame + item->frames, until_frame);
    if (from < until)
      announce(leg, item, i, leg->end_frame + from - from_frame, until - from, from);
  }
  leg->end_frame += until_frame - from_frame;
  return true;
}

/* The edition from `from_frame` on, without what may not be heard. */
static bool lay_rest(const Airing *airing, Leg *leg, gint64 from_frame, GError **error) {
  bool ok = true;
  for (guint i = 0; i < airing->cues->items->len && ok; i++) {
    const RundownItem *item = airing->cues->items->pdata[i];
    gint64 item_end = item->start_frame + item->frames;
    if (item_end <= from_frame || is_heard(airing, item))
      continue;
    ok = lay_span(airing, leg, from_frame, item->start_frame, error);
    from_frame = item_end;
  }
  return ok && lay_span(airing, leg, from_frame, airing->cues->frames, error);
}

bool airing_lay(Airing *airing, Channel *channel, gint64 at_frame, GError **error) {
  Leg *leg = g_new0(Leg, 1);
  leg->channel = channel;
  leg->station = channel_station(channel);
  leg->laid = g_ptr_array_new_with_free_func(g_free);
  leg->n_accounts = channel_n_mounts(channel);
  leg->accounts = g_new0(Account, leg->n_accounts);
  leg->mounts = g_new0(guint, leg->n_accounts);
  for (guint i = 0; i < leg->n_accounts; i++)
    leg->mounts[i] = channel_mount(channel, i);
  leg->start_frame = leg->end_frame = at_frame;
  channel_hold(channel, at_frame);
  g_ptr_array_add(airing->legs, leg);
  return lay_rest(airing, leg, 0, error);
}

/* --- cutting ------------------------------------------------------------------------------------ */

/* Which frame of the edition stands at `frame` of the channel; its end when nothing does. */
static gint64 edition_frame(const Airing *airing, const Leg *leg, gint64 frame) {
  for (guint i = 0; i < leg->laid->len; i++) {
    const Laid *laid = leg->laid->pdata[i];
    if (frame < laid->start_frame + laid->frames)
      return laid->from_frame + MAX(frame - laid->start_frame, 0);
  }
  return airing->cues->frames;
}

/* Items from `frame` on are not told of any more; the one that runs then is shorter. */
static void drop_laid(Leg *leg, gint64 frame) {
  while (leg->laid->len > 0) {
    Laid *last = leg->laid->pdata[leg->laid->len - 1];
    last->frames = MIN(last->frames, frame - last->start_frame);
    if (last->frames > 0)
      break;
    g_ptr_array_set_size(leg->laid, (gint)leg->laid->len - 1);
    for (guint i = 0; i < leg->n_accounts; i++)
      leg->accounts[i].waiting--;
  }
  leg->end_frame = MIN(leg->end_frame, frame);
}

bool airing_cut(Airing *airing, Channel *channel, gint64 frame, gint64 resume_frame, const char *why, GError **error) {
  Leg *leg = leg_on(airing, channel);
  if (!leg || leg->end_frame <= frame)
    return true;
  gint64 from_frame = edition_frame(airing, leg, frame);
  drop_laid(leg, frame);
  if (resume_frame < frame) {
    g_free(leg->why);
    leg->why = g_strdup(why);
    return true;
  }
  leg->end_frame = resume_frame;
  return lay_rest(airing, leg, from_frame, error);
}

gint64 airing_gap(const Airing *airing, const Channel *channel, gint64 frame) {
  const Leg *leg = leg_on(airing, channel);
  for (guint i = 0; leg && i < leg->laid->len; i++) {
    const Laid *laid = leg->laid->pdata[i];
    if (laid->start_frame <= frame && frame < laid->start_frame + laid->frames)
      return laid->start_frame + laid->frames;
  }
  return frame;
}

/* Where the first item stands, from channel_head on, or the first that was taken back; `none`: there is no such. */
static gint64 first_ahead(const Airing *airing, const Channel *channel, bool taken_back, gint64 none) {
  const Leg *leg = leg_on(airing, channel);
  gint64 head_frame = channel_head(channel);
  for (guint i = 0; leg && i < leg->laid->len; i++) {
    const Laid *laid = leg->laid->pdata[i];
    if (laid->start_frame + laid->frames > head_frame && !(taken_back && is_heard(airing, laid->item)))
      return MAX(laid->start_frame, head_frame);
  }
  return none;
}

gint64 airing_next(const Airing *airing, const Channel *channel) {
  return first_ahead(airing, channel, false, channel_head(channel));
}

gint64 airing_taken_back(const Airing *airing, const Channel *channel) {
  return first_ahead(airing, channel, true, G_MAXINT64);
}

const RundownItem *airing_item_at(const Airing *airing, const Channel *channel, gint64 frame) {
  const Leg *leg = leg_on(airing, channel);
  const RundownItem *found = NULL;
  for (guint i = 0; leg && i < leg->laid->len; i++) {
    const Laid *laid = leg->laid->pdata[i];
    if (laid->start_frame <= frame && frame < laid->start_frame + laid->frames)
      found = laid->item;
  }
  return found;
}

/* --- what was heard --------------------------------------------------------------------------------- */

static const Laid *laid_of(const Leg *leg, gconstpointer mark) {
  for (guint i = 0; i < leg->laid->len; i++)
    if (leg->laid->pdata[i] == mark)
      return mark;
  return NULL;
}

bool airing_owns(const Airing *airing, gconstpointer mark) {
  bool owns = false;
  for (guint i = 0; i < airing->legs->len && !owns; i++)
    owns = laid_of(airing->legs->pdata[i], mark) != NULL;
  return owns;
}

static void tell_item(const Airing *airing, const Leg *leg, const Laid *laid, const ChannelSent *sent) {
  if (laid->item->type == ITEM_PAUSE)
    return;
  AsRun row = {.edition = airing->slot->edition,
               .mount = leg->station->mounts[sent->mount].mount,
               .item = laid->index,
               .title = laid->item->title,
               .entry_id = laid->item->entry,
               .start_us = sent->start_us,
               .end_us = sent->end_us,
               .sent_frames = sent->sent_frames,
               .planned_frames = laid->item->frames,
               .result = asrun_judge(sent->sent_frames, laid->item->frames)};
  airing->hooks->item(&row, airing->hooks->user);
}

static void tell_mount(const Airing *airing, Leg *leg, guint index, SlotState state, const char *why) {
  const Account *account = &leg->accounts[index];
  SlotMount row = {.slot = airing->slot->id,
                   .mount = leg->station->mounts[leg->mounts[index]].mount,
                   .state = state,
                   .started_us = state == SLOT_ON_AIR ? clock_now_us() : account->started_us,
                   .ended_us = account->ended_us,
                   .sent_frames = account->sent_frames,
                   .planned_frames = airing->cues->frames,
                   .heard_frames = -1,
                   .why = (char *)why};
  airing->hooks->mount(&row, airing->hooks->user);
}

/* All that it will get. Returns (g_free), NULL: nothing is wrong. */
static char *what_is_wrong(const Airing *airing, const Leg *leg, guint index) {
  if (leg->accounts[index].sent_frames + NEARLY_FRAMES >= airing->cues->frames)
    return NULL;
  ChannelMount status = {0};
  if (leg->channel)
    channel_status(leg->channel, index, &status);
  if (status.message || leg->why) {
    char *why = g_strdup(leg->why ? leg->why : status.message);
    g_free(status.message);
    return why;
  }
  return NULL;
}

static void close_account(const Airing *airing, Leg *leg, guint index) {
  Account *account = &leg->accounts[index];
  if (account->is_told)
    return;
  account->is_told = true;
  g_autofree char *why = what_is_wrong(airing, leg, index);
  tell_mount(airing, leg, index, account->sent_frames > 0 ? SLOT_DONE : SLOT_MISSED, why);
}

static void close_if_over(const Airing *airing, Leg *leg) {
  for (guint i = 0; i < leg->n_accounts; i++)
    if (leg->accounts[i].waiting == 0)
      close_account(airing, leg, i);
}

void airing_sent(Airing *airing, const Channel *channel, const ChannelSent *sent) {
  Leg *leg = leg_on(airing, channel);
  const Laid *laid = leg ? laid_of(leg, sent->mark) : NULL;
  for (guint i = 0; laid && i < leg->n_accounts; i++) {
    if (leg->mounts[i] != sent->mount)
      continue;
    Account *account = &leg->accounts[i];
    account->started_us = account->started_us ? account->started_us : sent->start_us;
    account->ended_us = sent->end_us ? sent->end_us : account->ended_us;
    account->sent_frames += sent->sent_frames;
    account->waiting -= account->waiting > 0;
    tell_item(airing, leg, laid, sent);
  }
  if (leg)
    close_if_over(airing, leg);
}

void airing_look(Airing *airing) {
  for (guint i = 0; i < airing->legs->len; i++) {
    Leg *leg = airing->legs->pdata[i];
    for (guint m = 0; leg->channel && m < leg->n_accounts; m++) {
      ChannelMount status;
      if (leg->accounts[m].has_begun || leg->accounts[m].is_told || channel_head(leg->channel) < leg->start_frame)
        continue;
      channel_status(leg->channel, m, &status);
      g_free(status.message);
      if (status.state != MOUNT_ON_AIR)
        continue;
      leg->accounts[m].has_begun = true;
      tell_mount(airing, leg, m, SLOT_ON_AIR, NULL);
    }
    close_if_over(airing, leg);
  }
}

void airing_leave(Airing *airing, const Channel *channel) {
  Leg *leg = leg_on(airing, channel);
  if (!leg)
    return;
  for (guint i = 0; i < leg->n_accounts; i++)
    close_account(airing, leg, i);
  leg->channel = NULL;
}

bool airing_is_over(const Airing *airing) {
  bool over = true;
  for (guint i = 0; i < airing->legs->len; i++) {
    const Leg *leg = airing->legs->pdata[i];
    for (guint m = 0; m < leg->n_accounts; m++)
      over = over && leg->accounts[m].is_told;
  }
  return over;
}
