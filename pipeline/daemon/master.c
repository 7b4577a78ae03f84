#include "daemon/master.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/error.h"
#include "base/wav.h"

#include <string.h>

#define FOLLOWS_US (3 * US_PER_SECOND)     /* an inserted mount stays open for a bulletin that comes so soon */
#define CLOSES_US (3 * US_PER_SECOND / 10) /* what the server takes to let go of a mount after the last sound */
#define OPENS_LEAST_US (4 * US_PER_SECOND / 10)
#define OPENS_US (7 * US_PER_SECOND / 10) /* what it takes to connect one */

struct Master {
  const MasterHooks *hooks;
  const Station *station;
  char *password;
  GPtrArray *continuous; /* Channel */
  GPtrArray *inserted;   /* Channel: each lives for what is laid on it */
  GPtrArray *airings;    /* Airing */
  GHashTable *told;      /* mount → its state that was last told, + 1 */
};

static void free_channel(gpointer channel) {
  channel_free(channel);
}

static void free_airing(gpointer airing) {
  airing_free(airing);
}

static void wipe(char *password) {
  if (password)
    explicit_bzero(password, strlen(password));
  g_free(password);
}

Master *master_new(const MasterHooks *hooks) {
  Master *master = g_new0(Master, 1);
  master->hooks = hooks;
  master->continuous = g_ptr_array_new_with_free_func(free_channel);
  master->inserted = g_ptr_array_new_with_free_func(free_channel);
  master->airings = g_ptr_array_new_with_free_func(free_airing);
  master->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return master;
}

static void each_channel(Master *master, void (*act)(Master *master, Channel *channel)) {
  for (guint i = 0; i < master->continuous->len; i++)
    act(master, master->continuous->pdata[i]);
  for (guint i = 0; i < master->inserted->len; i++)
    act(master, master->inserted->pdata[i]);
}

static void close_channel(Master *master, Channel *channel) {
  (void)master;
  channel_close(channel);
}

/* What a channel still has to tell; then it is left. */
static void leave_channel(Master *master, Channel *channel);

void master_free(Master *master) {
  if (!master)
    return;
  each_channel(master, close_channel); /* all of them first: they close side by side */
  each_channel(master, leave_channel);
  for (guint i = 0; i < master->airings->len; i++)
    master->hooks->ended(airing_slot(master->airings->pdata[i]), _("the station was stopped"),
                         master->hooks->airing.user);
  g_ptr_array_unref(master->airings);
  g_ptr_array_unref(master->continuous);
  g_ptr_array_unref(master->inserted);
  g_hash_table_unref(master->told);
  wipe(master->password);
  g_free(master);
}

/* --- airings on a channel ------------------------------------------------------------------ */

static void take_sent(Master *master, Channel *channel) {
  for (ChannelSent sent; channel_sent(channel, &sent);)
    for (guint i = 0; sent.mark && i < master->airings->len; i++)
      if (airing_owns(master->airings->pdata[i], sent.mark)) {
        airing_sent(master->airings->pdata[i], channel, &sent);
        break;
      }
}

static void leave_channel(Master *master, Channel *channel) {
  channel_wait(channel);
  take_sent(master, channel);
  for (guint i = 0; i < master->airings->len; i++)
    airing_leave(master->airings->pdata[i], channel);
}

/* The airing that is, or will be, heard on the channel from `frame` on. */
static Airing *airing_on(Master *master, const Channel *channel, gint64 frame) {
  Airing *found = NULL;
  for (guint i = 0; i < master->airings->len; i++) {
    Airing *airing = master->airings->pdata[i];
    if (airing_is_on(airing, channel) && airing_end(airing, channel) > frame)
      found = airing;
  }
  return found;
}

static Channel *channel_of(const GPtrArray *channels, const char *mount) {
  for (guint i = 0; i < channels->len; i++)
    if (channel_has(channels->pdata[i], mount) && channel_takes_more(channels->pdata[i]))
      return channels->pdata[i];
  return NULL;
}

static Channel *find_channel(Master *master, const char *mount) {
  Channel *channel = channel_of(master->continuous, mount);
  return channel ? channel : channel_of(master->inserted, mount);
}

/* --- the station ------------------------------------------------------------------------------- */

static bool same(const char *a, const char *b) {
  return g_strcmp0(a, b) == 0;
}

static bool same_server(const Station *a, const Station *b) {
  return same(a->icecast.host, b->icecast.host) && a->icecast.port == b->icecast.port &&
         same(a->icecast.user, b->icecast.user) && a->icecast.tls == b->icecast.tls &&
         same(a->icecast.ca_file, b->icecast.ca_file) && same(a->name, b->name);
}

static bool same_mount(const StationMount *a, const StationMount *b) {
  return same(a->mount, b->mount) && a->format == b->format && a->bitrate_kbps == b->bitrate_kbps &&
         same(a->name, b->name) && same(a->genre, b->genre) && same(a->url, b->url) &&
         same(a->description, b->description) && a->is_public == b->is_public && same(a->host, b->host) &&
         a->port == b->port && a->is_continuous == b->is_continuous;
}

static guint count_continuous(const Station *station) {
  guint n = 0;
  for (guint i = 0; i < station->n_mounts; i++)
    n += station->mounts[i].is_continuous ? 1 : 0;
  return n;
}

/* The encodings' order names the files: with other mounts beside it, a channel's files have other names. */
static bool same_encodings(const Station *a, const Station *b) {
  bool is_same = a->n_mounts == b->n_mounts;
  for (guint i = 0; is_same && i < a->n_mounts; i++)
    is_same = a->mounts[i].format == b->mounts[i].format && a->mounts[i].bitrate_kbps == b->mounts[i].bitrate_kbps;
  return is_same;
}

/* The channel goes on as it is under the station as it is now. */
static bool channel_stays(const Channel *channel, const Station *station) {
  const Station *was = channel_station(channel);
  bool stays = same_server(was, station) && same_encodings(was, station) &&
               (channel_n_mounts(channel) == 1) == (count_continuous(station) <= MASTER_OWN_CHANNELS);
  for (guint i = 0; stays && i < channel_n_mounts(channel); i++) {
    guint mount = channel_mount(channel, i);
    stays = same_mount(&was->mounts[mount], &station->mounts[mount]);
  }
  return stays;
}

/* Whole seconds are its grid. */
static gint64 next_second_us(void) {
  return (clock_now_us() / US_PER_SECOND + 1) * US_PER_SECOND;
}

static bool open_continuous(Master *master, const guint *mounts, guint n, GError **error) {
  Channel *channel = channel_new(master->station, master->password, mounts, n, 0, next_second_us(), error);
  if (channel)
    g_ptr_array_add(master->continuous, channel);
  return channel != NULL;
}

static bool open_missing(Master *master, GError **error) {
  const Station *station = master->station;
  g_autoptr(GArray) missing = g_array_new(FALSE, FALSE, sizeof(guint));
  for (guint i = 0; i < station->n_mounts; i++)
    if (station->mounts[i].is_continuous && !channel_of(master->continuous, station->mounts[i].mount))
      g_array_append_val(missing, i);
  const guint *mounts = (const guint *)(gconstpointer)missing->data;
  if (missing->len > 0 && count_continuous(station) > MASTER_OWN_CHANNELS)
    return open_continuous(master, mounts, missing->len, error);
  bool ok = true;
  for (guint i = 0; ok && i < missing->len; i++)
    ok = open_continuous(master, &mounts[i], 1, error);
  return ok;
}

bool master_set_station(Master *master, const Station *station, GError **error) {
  char *password = station_password(station, error);
  if (!password)
    return false;
  bool same_password = same(password, master->password);
  wipe(master->password);
  master->password = password;
  master->station = station;
  for (guint i = master->continuous->len; i-- > 0;) {
    Channel *channel = master->continuous->pdata[i];
    if (same_password && channel_stays(channel, station))
      continue;
    channel_close(channel);
    leave_channel(master, channel);
    g_ptr_array_remove_index(master->continuous, i);
  }
  return open_missing(master, error);
}

/* --- airing ---------------------------------------------------------------------------------------- */

/* May `slot` be laid on this mount at that time? */
static bool is_free(Master *master, const SlotRow *slot, const char *mount, gint64 at_us) {
  Channel *channel = find_channel(master, mount);
  const Airing *airing =
      channel ? airing_on(master, channel, MAX(channel_frame_at(channel, at_us), channel_head(channel))) : NULL;
  if (!airing)
    return true;
  const SlotRow *running = airing_slot(airing);
  return slot_is_urgent(slot) ? !slot_is_urgent(running)
                              : !slot_is_urgent(running) && slot->priority <= running->priority;
}

char **master_mounts(Master *master, const SlotRow *slot, gint64 at_us, const char **why) {
  g_autoptr(GPtrArray) mounts = g_ptr_array_new_with_free_func(g_free);
  guint n = 0;
  for (guint i = 0; i < master->station->n_mounts; i++) {
    const char *mount = master->station->mounts[i].mount;
    if (slot->mounts && !g_strv_contains((const char *const *)slot->mounts, mount))
      continue;
    n++;
    if (is_free(master, slot, mount, at_us))
      g_ptr_array_add(mounts, g_strdup(mount));
  }
  *why = mounts->len > 0 ? NULL : n > 0 ? _("another bulletin was on the air") : _("the station has no such mount");
  if (mounts->len == 0)
    return NULL;
  g_ptr_array_add(mounts, NULL);
  return (char **)g_ptr_array_free(g_steal_pointer(&mounts), FALSE);
}

/* What was laid on a channel from `frame` on, and went with a cut there, again from `at_frame` on: urgent messages, then
 * what they broke into. Without what may not be heard any more. */
static bool lay_again(Master *master, Channel *channel, gint64 frame, gint64 at_frame, GError **error) {
  bool ok = true;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; ok && i < master->airings->len; i++) {
      Airing *airing = master->airings->pdata[i];
      bool is_its_turn = slot_is_urgent(airing_slot(airing)) == (pass == 0);
      if (!is_its_turn || !airing_is_on(airing, channel) || airing_end(airing, channel) <= frame)
        continue;
      ok = airing_cut(airing, channel, frame, at_frame, NULL, error);
      at_frame = airing_end(airing, channel);
    }
  return ok;
}

/* It breaks in at the end of what is being said, and that bulletin goes on after it. */
static bool break_in(Master *master, Airing *airing, Channel *channel, gint64 frame, GError **error) {
  Airing *running = airing_on(master, channel, frame);
  if (running)
    frame = airing_gap(running, channel, frame);
  channel_cut(channel, frame);
  return airing_lay(airing, channel, frame, error) &&
         lay_again(master, channel, frame, airing_end(airing, channel), error);
}

static bool lay(Master *master, Airing *airing, Channel *channel, gint64 at_us, bool at_once, GError **error) {
  gint64 frame = MAX(channel_frame_at(channel, at_us), channel_head(channel));
  if (at_once)
    return break_in(master, airing, channel, frame, error);
  Airing *running = airing_on(master, channel, frame);
  channel_cut(channel, frame);
  return (!running || airing_cut(running, channel, frame, frame - 1, _("cut off by the next bulletin"), error)) &&
         airing_lay(airing, channel, frame, error);
}

/* When the last of these mounts will be free: one whose channel is ending is the server's for a moment more. 0: they
 * are. */
static gint64 held_until_us(const Master *master, const GArray *mounts) {
  gint64 until_us = 0;
  for (guint i = 0; i < master->inserted->len; i++) {
    const Channel *channel = master->inserted->pdata[i];
    for (guint m = 0; m < mounts->len; m++)
      if (channel_has(channel, master->station->mounts[g_array_index(mounts, guint, m)].mount))
        until_us = MAX(until_us, channel_instant_of(channel, channel_end(channel)) + CLOSES_US);
  }
  return until_us;
}

/* One channel for all mounts that have none. */
static Channel *insert_channel(Master *master, const GArray *mounts, gint64 at_us, GError **error) {
  gint64 open_us = held_until_us(master, mounts);
  /* What is sent with the handshake is lost on listeners: the server counts them in a moment later. */
  at_us = MAX(at_us, open_us ? open_us + OPENS_US : clock_now_us() + OPENS_LEAST_US);
  Channel *channel = channel_new(master->station, master->password, (const guint *)(gconstpointer)mounts->data,
                                 mounts->len, open_us, at_us, error);
  if (channel)
    g_ptr_array_add(master->inserted, channel);
  return channel;
}

static bool air_inserted(Master *master, Airing *airing, const GArray *mounts, gint64 at_us, GError **error) {
  Channel *channel = mounts->len > 0 ? insert_channel(master, mounts, at_us, error) : NULL;
  if (!channel)
    return mounts->len == 0;
  return airing_lay(airing, channel, 0, error);
}

static bool air_everywhere(Master *master, Airing *airing, const char *const *mounts, gint64 at_us, bool at_once,
                           GError **error) {
  g_autoptr(GArray) fresh = g_array_new(FALSE, FALSE, sizeof(guint));
  bool ok = true;
  for (guint i = 0; ok && i < master->station->n_mounts; i++) {
    const char *mount = master->station->mounts[i].mount;
    Channel *channel = find_channel(master, mount);
    if (!g_strv_contains(mounts, mount))
      continue;
    if (!channel)
      g_array_append_val(fresh, i);
    else if (!airing_is_on(airing, channel))
      ok = lay(master, airing, channel, at_us, at_once, error);
  }
  return ok && air_inserted(master, airing, fresh, at_us, error);
}

bool master_air(Master *master, const SlotRow *slot, const char *const *mounts, gint64 at_us, bool at_once,
                GError **error) {
  g_autofree char *folder = station_path(master->station, "editions", slot->edition, NULL);
  Airing *airing = airing_new(slot, folder, &master->hooks->airing, error);
  if (!airing)
    return false;
  bool ok = air_everywhere(master, airing, mounts, at_us, at_once, error);
  g_ptr_array_add(master->airings, airing); /* what was laid before a failure is heard, and told of */
  return ok;
}

/* Cut where the first item begins that was taken back: what follows comes at once. */
static void take_back_on(Master *master, Channel *channel) {
  g_autoptr(GError) error = NULL;
  gint64 frame = G_MAXINT64;
  for (guint i = 0; i < master->airings->len; i++)
    frame = MIN(frame, airing_taken_back(master->airings->pdata[i], channel));
  if (frame == G_MAXINT64)
    return;
  channel_cut(channel, frame);
  if (!lay_again(master, channel, frame, frame, &error))
    g_warning("%s", error->message);
}

/* Not what is heard before it: that goes on as it is. */
static void end_on(Master *master, Airing *airing, Channel *channel, const char *why) {
  gint64 frame = airing_next(airing, channel);
  if (!airing_is_on(airing, channel) || airing_end(airing, channel) <= frame)
    return;
  g_autoptr(GError) error = NULL;
  channel_cut(channel, frame);
  if (!airing_cut(airing, channel, frame, frame - 1, why, &error) || !lay_again(master, channel, frame, frame, &error))
    g_warning("%s", error->message);
}

void master_take_back(Master *master) {
  for (guint c = 0; c < master->continuous->len; c++)
    take_back_on(master, master->continuous->pdata[c]);
  for (guint c = 0; c < master->inserted->len; c++)
    take_back_on(master, master->inserted->pdata[c]);
}

void master_end(Master *master, gint64 slot, const char *why) {
  for (guint i = 0; i < master->airings->len; i++) {
    Airing *airing = master->airings->pdata[i];
    if (airing_slot(airing)->id != slot)
      continue;
    for (guint c = 0; c < master->continuous->len; c++)
      end_on(master, airing, master->continuous->pdata[c], why);
    for (guint c = 0; c < master->inserted->len; c++)
      end_on(master, airing, master->inserted->pdata[c], why);
  }
}

/* --- the turn ------------------------------------------------------------------------------------------ */

/* A mount that one channel has and another waits for is told of by the first. */
static bool has_older(const Master *master, const Channel *channel, const char *mount) {
  bool has = false;
  for (guint i = 0; i < master->inserted->len && master->inserted->pdata[i] != channel; i++)
    has = has || channel_has(master->inserted->pdata[i], mount);
  return has;
}

static void tell_connections(Master *master, Channel *channel) {
  for (guint i = 0; i < channel_n_mounts(channel); i++) {
    const char *mount = channel_station(channel)->mounts[channel_mount(channel, i)].mount;
    if (has_older(master, channel, mount))
      continue;
    ChannelMount status;
    channel_status(channel, i, &status);
    gpointer now = GUINT_TO_POINTER((guint)status.state + 1);
    if (g_hash_table_lookup(master->told, mount) != now) {
      g_hash_table_replace(master->told, g_strdup(mount), now);
      master->hooks->connection(mount, &status, master->hooks->airing.user);
    }
    g_free(status.message);
  }
}

/* An inserted channel ends with what is laid on it, unless more follows at once: closed and opened again, the mount would
 * lose the beginning of that. */
static void finish_channels(Master *master) {
  for (guint i = 0; i < master->inserted->len; i++) {
    Channel *channel = master->inserted->pdata[i];
    gint64 end = channel_end(channel), until_us = channel_instant_of(channel, end) + FOLLOWS_US;
    bool follows = false;
    if (channel_finishes(channel) || end > channel_head(channel) + FRAME_RATE / 4)
      continue;
    for (guint m = 0; m < channel_n_mounts(channel) && master->hooks->follows && !follows; m++)
      follows = master->hooks->follows(channel_station(channel)->mounts[channel_mount(channel, m)].mount, until_us,
                                       master->hooks->airing.user);
    if (!follows)
      channel_finish(channel);
  }
}

static void drop_ended_channels(Master *master) {
  for (guint i = master->inserted->len; i-- > 0;) {
    Channel *channel = master->inserted->pdata[i];
    if (!channel_is_over(channel))
      continue;
    tell_connections(master, channel);
    leave_channel(master, channel);
    g_ptr_array_remove_index(master->inserted, i);
  }
}

static void drop_ended_airings(Master *master) {
  for (guint i = master->airings->len; i-- > 0;) {
    Airing *airing = master->airings->pdata[i];
    airing_look(airing);
    if (!airing_is_over(airing))
      continue;
    master->hooks->ended(airing_slot(airing), NULL, master->hooks->airing.user);
    g_ptr_array_remove_index(master->airings, i);
  }
}

void master_step(Master *master) {
  each_channel(master, take_sent);
  each_channel(master, tell_connections);
  finish_channels(master);
  drop_ended_channels(master);
  drop_ended_airings(master);
}

/* --- for others ------------------------------------------------------------------------------------------ */

Channel *master_continuous(Master *master, guint index) {
  return index < master->continuous->len ? master->continuous->pdata[index] : NULL;
}

const SlotRow *master_on_air(Master *master, const char *mount, const RundownItem **item) {
  Channel *channel = find_channel(master, mount);
  gint64 frame = channel ? channel_frame_at(channel, clock_now_us()) : 0;
  for (guint i = 0; channel && i < master->airings->len; i++) {
    const Airing *airing = master->airings->pdata[i];
    const RundownItem *found = airing_item_at(airing, channel, frame);
    if (item)
      *item = found;
    if (found)
      return airing_slot(airing);
  }
  return NULL;
}

void master_status(Master *master, const char *mount, ChannelMount *status) {
  Channel *channel = find_channel(master, mount);
  *status = (ChannelMount){.state = MOUNT_WAITING};
  for (guint i = 0; channel && i < channel_n_mounts(channel); i++)
    if (strcmp(channel_station(channel)->mounts[channel_mount(channel, i)].mount, mount) == 0)
      channel_status(channel, i, status);
}
