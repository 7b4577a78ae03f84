#include "daemon/filler.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/wav.h"
#include "podcast/cues.h"

#include <string.h>

#define NEAR_FRAMES (FRAME_RATE * 3 / 2)      /* a channel gets its next piece so long before it is silent */
#define LEAST_FRAMES (FRAME_RATE * 1)         /* less is left silent */
#define TAIL_LEAST_FRAMES (FRAME_RATE * 20)   /* a last piece is not shorter: what is before it is left out instead */
#define SAME_FRAMES (FRAME_RATE / 5)          /* so much more or less is the gap that a tail was made for */
#define RECENT_US (24 * 3600 * US_PER_SECOND) /* a bulletin is heard again for a day */
#define AGAIN_US (60 * US_PER_SECOND)         /* from the end of a rendering to the next try */

/* One script's piece, as it was last made. */
typedef struct {
  char *script;
  char *folder; /* NULL: not made yet */
  char *wanted; /* the edition that is being made, NULL: none */
  gint64 order; /* the number of its last rendering */
  gint64 frames;
  bool lacks;      /* it could not be made, or its sound is gone: to be made again… */
  gint64 again_us; /* …and not before */
} Piece;

/* The last piece before a slot, of one channel. */
typedef struct {
  char *edition, *folder;
  gint64 frames; /* 0: none is asked for */
  bool is_ready, is_rendering;
} Tail;

struct Filler {
  Store *store;
  Keeper *keeper;
  Master *master;
  Renderer *renderer;
  const FillerHooks *hooks;
  const Station *station;
  char *day;
  GPtrArray *pieces; /* Piece */
  GArray *tails;     /* Tail, one a channel */
  GArray *turns;     /* guint, one a channel: what is next */
  gint64 orders;     /* so many renderings were asked for */
};

static void piece_free(gpointer data) {
  Piece *piece = data;
  g_free(piece->script);
  g_free(piece->folder);
  g_free(piece->wanted);
  g_free(piece);
}

static void tail_clear(gpointer data) {
  Tail *tail = data;
  g_free(tail->edition);
  g_free(tail->folder);
}

Filler *filler_new(Store *store, Keeper *keeper, Master *master, Renderer *renderer, const FillerHooks *hooks) {
  Filler *filler = g_new0(Filler, 1);
  *filler = (Filler){.store = store, .keeper = keeper, .master = master, .renderer = renderer, .hooks = hooks};
  filler->pieces = g_ptr_array_new_with_free_func(piece_free);
  filler->tails = g_array_new(FALSE, TRUE, sizeof(Tail));
  filler->turns = g_array_new(FALSE, TRUE, sizeof(guint));
  g_array_set_clear_func(filler->tails, tail_clear);
  return filler;
}

void filler_free(Filler *filler) {
  if (!filler)
    return;
  g_ptr_array_unref(filler->pieces);
  g_array_unref(filler->tails);
  g_array_unref(filler->turns);
  g_free(filler->day);
  g_free(filler);
}

/* --- what there is ------------------------------------------------------------------------ */

/* Length of a rendered edition, 0: it is none. */
static gint64 frames_of(const char *folder) {
  g_autofree char *path = g_build_filename(folder, "cues.json", NULL);
  g_autoptr(Rundown) cues = cues_load(path, NULL);
  return cues ? cues->frames : 0;
}

static void take_folder(Piece *piece, char *folder) {
  gint64 frames = frames_of(folder);
  if (frames <= 0) {
    g_free(folder);
    return;
  }
  g_free(piece->folder);
  piece->folder = folder;
  piece->frames = frames;
}

/* One that was made on another day will do until this day's is there: a station that starts is heard at once. */
static void find_older(const Filler *filler, Piece *piece) {
  g_autofree char *editions = station_path(filler->station, "editions", NULL), *last = NULL;
  g_autofree char *ending = g_strconcat("-", piece->script, NULL);
  g_autoptr(GDir) dir = g_dir_open(editions, 0, NULL);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_suffix(name, ending) && g_strcmp0(name, last) > 0) {
      g_free(last);
      last = g_strdup(name);
    }
  if (last)
    take_folder(piece, g_build_filename(editions, last, NULL));
}

/* One that was overtaken by a later order has made its folder anew all the same: it may have another length now. */
static void take_all(const Filler *filler) {
  for (guint i = 0; i < filler->pieces->len; i++) {
    Piece *piece = filler->pieces->pdata[i];
    if (piece->folder)
      take_folder(piece, g_strdup(piece->folder));
    if (piece->wanted)
      take_folder(piece, station_path(filler->station, "editions", piece->wanted, NULL));
  }
}

/* NULL: it was overtaken, or its script is no filler any more. */
static Piece *ordered_piece(const GPtrArray *pieces, gint64 order) {
  for (guint i = 0; i < pieces->len; i++)
    if (((Piece *)pieces->pdata[i])->order == order)
      return pieces->pdata[i];
  return NULL;
}

static void on_piece(gint64 order, const char *why, gint64 took_us, gpointer user) {
  Filler *filler = user;
  (void)took_us;
  if (!why)
    take_all(filler);
  Piece *piece = ordered_piece(filler->pieces, order);
  if (!piece)
    return;
  g_clear_pointer(&piece->wanted, g_free);
  piece->lacks = why != NULL;
  piece->again_us = clock_now_us() + AGAIN_US;
  g_autofree char *key = g_strconcat("filler ", piece->script, NULL);
  g_autofree char *text = why ? g_strdup_printf(_("filler \"%s\" is not made: %s"), piece->script, why) : NULL;
  filler->hooks->tell(key, text, filler->hooks->user);
}

static void make_piece(Filler *filler, guint index) {
  Piece *piece = filler->pieces->pdata[index];
  g_free(piece->wanted);
  piece->wanted = g_strdup_printf("%s-%s", filler->day, piece->script);
  RenderOrder order = {.kind = RENDER_FILLER, .edition = piece->wanted};
  piece->order = ++filler->orders;
  renderer_add(filler->renderer, &order, piece->order, on_piece, filler);
}

static void make_lacking(Filler *filler, gint64 now_us) {
  for (guint i = 0; i < filler->pieces->len; i++) {
    Piece *piece = filler->pieces->pdata[i];
    piece->again_us = MIN(piece->again_us, now_us + AGAIN_US); /* should the clock have been set back */
    if (piece->lacks && !piece->wanted && now_us >= piece->again_us)
      make_piece(filler, i);
  }
}

static Piece *known_piece(const GPtrArray *pieces, const char *script) {
  for (guint i = 0; i < pieces->len; i++)
    if (strcmp(((Piece *)pieces->pdata[i])->script, script) == 0)
      return pieces->pdata[i];
  return NULL;
}

void filler_set_station(Filler *filler, const Station *station, gint64 now_us) {
  GPtrArray *pieces = g_ptr_array_new_with_free_func(piece_free);
  g_free(filler->day);
  filler->day = zone_day(station->zone, now_us);
  filler->station = station;
  for (guint i = 0; station->run.filler[i]; i++) {
    Piece *piece = g_new0(Piece, 1);
    const Piece *known = known_piece(filler->pieces, station->run.filler[i]);
    piece->script = g_strdup(station->run.filler[i]);
    piece->folder = known ? g_strdup(known->folder) : NULL;
    piece->frames = known ? known->frames : 0;
    if (!piece->folder)
      find_older(filler, piece);
    g_ptr_array_add(pieces, piece);
  }
  g_ptr_array_unref(filler->pieces);
  filler->pieces = pieces;
  for (guint i = 0; i < pieces->len; i++)
    make_piece(filler, i);
}

/* --- recent bulletins ------------------------------------------------------------------------ */

static bool may_be_heard_whole(const Filler *filler, const char *folder, gint64 *frames) {
  g_autofree char *path = g_build_filename(folder, "cues.json", NULL);
  g_autoptr(Rundown) cues = cues_load(path, NULL);
  bool may = cues != NULL;
  for (guint i = 0; may && i < cues->items->len; i++) {
    const RundownItem *item = cues->items->pdata[i];
    may = item->entry == 0 || filler->hooks->may_be_heard(item->entry, filler->hooks->user);
  }
  *frames = may ? cues->frames : 0;
  return may;
}

/* The bulletin that was heard `back` bulletins ago. Returns its folder (g_free), or NULL. */
static char *recent(const Filler *filler, guint back, gint64 now_us, gint64 *frames) {
  g_autoptr(GPtrArray) slots = slots_list(filler->store, now_us - RECENT_US, now_us, NULL);
  for (guint i = slots ? slots->len : 0; i-- > 0;) {
    const SlotRow *slot = slots->pdata[i];
    if (slot->state != SLOT_DONE || slot_is_urgent(slot) || back-- > 0)
      continue;
    g_autofree char *folder = station_path(filler->station, "editions", slot->edition, NULL);
    return may_be_heard_whole(filler, folder, frames) ? g_steal_pointer(&folder) : NULL;
  }
  return NULL;
}

/* --- the piece before a slot ------------------------------------------------------------------- */

static void on_tail(gint64 index, const char *why, gint64 took_us, gpointer user) {
  Filler *filler = user;
  (void)took_us;
  if ((guint)index >= filler->tails->len)
    return;
  Tail *tail = &g_array_index(filler->tails, Tail, (guint)index);
  tail->is_rendering = false;
  tail->is_ready = !why && frames_of(tail->folder) > 0;
}

static void make_tail(Filler *filler, guint index, gint64 frames) {
  Tail *tail = &g_array_index(filler->tails, Tail, index);
  const Piece *piece = filler->pieces->len > 0 ? filler->pieces->pdata[0] : NULL;
  if (!piece || tail->is_rendering || (tail->is_ready && ABS(tail->frames - frames) < SAME_FRAMES))
    return;
  tail_clear(tail);
  tail->edition = g_strdup_printf("%s-%s@%u", filler->day, piece->script, index);
  tail->folder = station_path(filler->station, "editions", tail->edition, NULL);
  tail->frames = frames;
  tail->is_ready = false;
  tail->is_rendering = true;
  RenderOrder order = {.kind = RENDER_FILLER, .edition = tail->edition, .length_us = frames_to_us(frames)};
  renderer_add(filler->renderer, &order, index, on_tail, filler);
}

/* --- laying -------------------------------------------------------------------------------------- */

/* Until the next slot of any of the channel's mounts. */
static gint64 gap_frames(const Filler *filler, const Channel *channel, gint64 from_frame, gint64 now_us) {
  gint64 gap = G_MAXINT64;
  for (guint i = 0; i < channel_n_mounts(channel); i++) {
    const char *mount = channel_station(channel)->mounts[channel_mount(channel, i)].mount;
    const SlotRow *next = keeper_next(filler->keeper, mount, now_us);
    if (next)
      gap = MIN(gap, channel_frame_at(channel, next->start_us) - from_frame);
  }
  return gap;
}

/* Else it would be tried again at each step. */
static void forget_folder(const Filler *filler, const char *folder) {
  for (guint i = 0; i < filler->pieces->len; i++) {
    Piece *piece = filler->pieces->pdata[i];
    if (g_strcmp0(piece->folder, folder) != 0)
      continue;
    g_clear_pointer(&piece->folder, g_free);
    piece->lacks = true;
  }
}

static void lay(const Filler *filler, Channel *channel, const char *folder, gint64 from_frame, gint64 frames) {
  g_autoptr(GError) error = NULL;
  ChannelPiece piece = {.folder = folder, .start_frame = from_frame, .frames = frames};
  ChannelItem item = {.start_frame = from_frame, .frames = frames, .title = filler->station->name};
  if (channel_lay(channel, &piece, &error))
    channel_announce(channel, &item);
  else
    forget_folder(filler, folder);
  filler->hooks->tell(folder, error ? error->message : NULL, filler->hooks->user);
}

/* The turn's piece: scripts and recent bulletins, one after another. Returns its folder (g_free), or NULL. */
static char *choose(const Filler *filler, guint turn, gint64 gap, gint64 now_us, gint64 *frames) {
  guint n_recent = filler->station->run.recent, n = filler->pieces->len;
  guint turns = n + MIN(n_recent, 100);
  for (guint i = 0; i < turns; i++) {
    guint at = (turn + i) % turns;
    const Piece *piece = at < n ? filler->pieces->pdata[at] : NULL;
    g_autofree char *folder = piece ? g_strdup(piece->folder) : recent(filler, at - n, now_us, frames);
    if (piece)
      *frames = piece->frames;
    if (folder && (*frames + TAIL_LEAST_FRAMES <= gap))
      return g_steal_pointer(&folder);
  }
  return NULL;
}

/* Whatever is there, cut where the slot begins. */
static char *choose_any(const Filler *filler, gint64 *frames) {
  for (guint i = 0; i < filler->pieces->len; i++) {
    const Piece *piece = filler->pieces->pdata[i];
    *frames = piece->frames;
    if (piece->folder)
      return g_strdup(piece->folder);
  }
  return NULL;
}

static void fill(Filler *filler, guint index, Channel *channel, gint64 from_frame, gint64 now_us) {
  Tail *tail = &g_array_index(filler->tails, Tail, index);
  guint *turn = &g_array_index(filler->turns, guint, index);
  gint64 gap = gap_frames(filler, channel, from_frame, now_us), frames = 0;
  if (gap < LEAST_FRAMES)
    return;
  if (tail->is_ready && ABS(tail->frames - gap) < SAME_FRAMES) {
    tail->is_ready = false;
    lay(filler, channel, tail->folder, from_frame, MIN(tail->frames, gap));
    return;
  }
  g_autofree char *folder = choose(filler, (*turn)++, gap, now_us, &frames);
  if (!folder)
    folder = choose_any(filler, &frames);
  if (!folder)
    return;
  lay(filler, channel, folder, from_frame, MIN(frames, gap));
}

/* What will be left after all that is laid, if no whole piece has room in it, is made now. */
static void prepare_tail(Filler *filler, guint index, const Channel *channel, gint64 end_frame, gint64 now_us) {
  gint64 gap = gap_frames(filler, channel, end_frame, now_us), shortest = G_MAXINT64;
  for (guint i = 0; i < filler->pieces->len; i++) {
    const Piece *piece = filler->pieces->pdata[i];
    shortest = piece->folder ? MIN(shortest, piece->frames) : shortest;
  }
  if (gap >= TAIL_LEAST_FRAMES && shortest != G_MAXINT64 && gap < shortest + TAIL_LEAST_FRAMES)
    make_tail(filler, index, gap);
}

void filler_step(Filler *filler, gint64 now_us) {
  g_autofree char *day = zone_day(filler->station->zone, now_us);
  if (strcmp(day, filler->day) != 0)
    filler_set_station(filler, filler->station, now_us);
  make_lacking(filler, now_us);
  Channel *channel;
  for (guint i = 0; (channel = master_continuous(filler->master, i)); i++) {
    if (filler->tails->len <= i) {
      g_array_set_size(filler->tails, i + 1);
      g_array_set_size(filler->turns, i + 1);
    }
    gint64 head_frame = channel_head(channel), end_frame = MAX(channel_end(channel), head_frame);
    if (end_frame < head_frame + NEAR_FRAMES)
      fill(filler, i, channel, end_frame, now_us);
    else
      prepare_tail(filler, i, channel, end_frame, now_us);
  }
}
