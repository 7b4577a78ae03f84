#include "daemon/proof.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/wav.h"
#include "commands/render.h"
#include "daemon/pige.h"
#include "sound/listener.h"

#include <string.h>

#define UNHEARD_US (10 * US_PER_SECOND) /* a listener that gets nothing: the server's own delays are shorter */
#define LATENCY_US (12 * US_PER_SECOND) /* from the server's door to a listener's ear, at most */
#define FAINT_LU 25
#define LOOP_FRAMES (FRAME_RATE * 5)

/* A slot on one mount. */
typedef struct {
  gint64 slot, at_us;
  gint64 ended_us; /* clock_monotonic_us, 0: it goes on */
} Turn;

typedef struct {
  const StationMount *mount;
  char *name;
  Listener *listener; /* NULL: nobody listens */
  GArray *turns;      /* Turn */
  gint64 from_us;     /* clock_monotonic_us: since when something is to be heard */
  gint64 level_us;    /* since when it is loud enough */
  AirState state;
  gint64 since_us;
  double short_term_lufs;
} Ear;

struct Proof {
  const ProofHooks *hooks;
  const Station *station;
  GPtrArray *ears; /* Ear, one a mount */
};

static const char *const names[] = {
    [AIR_IDLE] = N_("idle"),     [AIR_AUDIBLE] = N_("audible"), [AIR_UNHEARD] = N_("unheard"),
    [AIR_SILENT] = N_("silent"), [AIR_FAINT] = N_("faint"),     [AIR_WRONG] = N_("wrong"),
    [AIR_LOOP] = N_("loop"),
};

const char *air_state_name(AirState state) {
  return names[state];
}

static void ear_free(gpointer data) {
  Ear *ear = data;
  listener_free(ear->listener);
  g_array_unref(ear->turns);
  g_free(ear->name);
  g_free(ear);
}

Proof *proof_new(const ProofHooks *hooks) {
  Proof *proof = g_new0(Proof, 1);
  proof->hooks = hooks;
  proof->ears = g_ptr_array_new_with_free_func(ear_free);
  return proof;
}

static void tell_heard(const Proof *proof, const Ear *ear, gint64 slot) {
  ListenerHeard heard;
  if (listener_heard(ear->listener, slot, &heard))
    proof->hooks->heard(slot, ear->name, heard.heard_frames, proof->hooks->user);
}

void proof_free(Proof *proof) {
  if (!proof)
    return;
  for (guint i = 0; i < proof->ears->len; i++) { /* what is known so far */
    const Ear *ear = proof->ears->pdata[i];
    for (guint t = 0; t < ear->turns->len; t++)
      tell_heard(proof, ear, g_array_index(ear->turns, Turn, t).slot);
  }
  g_ptr_array_unref(proof->ears);
  g_free(proof);
}

/* --- listening -------------------------------------------------------------------------------- */

static void listen_on(const Proof *proof, Ear *ear) {
  if (ear->listener || !proof->station->run.listens)
    return;
  g_autofree char *url = station_url(proof->station, ear->mount, ear->mount->mount);
  g_autofree char *folder = pige_folder(proof->station, ear->name);
  ear->listener = listener_new(url, folder);
  ear->from_us = ear->level_us = clock_monotonic_us();
}

static Ear *ear_of(const Proof *proof, const char *mount) {
  for (guint i = 0; i < proof->ears->len; i++)
    if (strcmp(((Ear *)proof->ears->pdata[i])->name, mount) == 0)
      return proof->ears->pdata[i];
  return NULL;
}

static bool is_filled(const Proof *proof, const Ear *ear) {
  return ear->mount->is_continuous && proof->station->run.filler[0];
}

static bool same_door(const Station *was, const Station *now, const StationMount *a, const StationMount *b) {
  g_autofree char *before = station_url(was, a, a->mount), *after = station_url(now, b, b->mount);
  return strcmp(before, after) == 0 && was->run.listens == now->run.listens &&
         (was->run.pige_days == 0) == (now->run.pige_days == 0);
}

/* The ear goes on when the mount is where it was. */
static Ear *take_ear(Proof *proof, const Station *was, const Station *station, const StationMount *mount) {
  Ear *known = ear_of(proof, mount->mount);
  guint index;
  if (known && same_door(was, station, known->mount, mount) && g_ptr_array_find(proof->ears, known, &index)) {
    known->mount = mount;
    return g_ptr_array_steal_index(proof->ears, index);
  }
  Ear *ear = g_new0(Ear, 1);
  *ear = (Ear){.mount = mount, .name = g_strdup(mount->mount), .short_term_lufs = -70, .since_us = clock_now_us()};
  ear->turns = g_array_new(FALSE, FALSE, sizeof(Turn));
  return ear;
}

void proof_set_station(Proof *proof, const Station *station) {
  GPtrArray *ears = g_ptr_array_new_with_free_func(ear_free);
  const Station *was = proof->station;
  proof->station = station;
  for (guint i = 0; i < station->n_mounts; i++) {
    Ear *ear = take_ear(proof, was, station, &station->mounts[i]);
    g_ptr_array_add(ears, ear);
    if (ear->mount->is_continuous)
      listen_on(proof, ear);
  }
  g_ptr_array_unref(proof->ears);
  proof->ears = ears;
}

/* The mount's file of an edition. Returns (g_free). */
static char *file_of(const Station *station, const StationMount *mount, const char *folder) {
  g_autoptr(GArray) outputs = render_outputs_in(station, folder, NULL, 0);
  return g_strdup(g_array_index(outputs, Output, render_output_of_mount(outputs, mount)).path);
}

void proof_begin(Proof *proof, const SlotRow *slot, const char *const *mounts, const char *folder, gint64 at_us) {
  for (; *mounts; mounts++) {
    Ear *ear = ear_of(proof, *mounts);
    if (!ear)
      continue;
    listen_on(proof, ear);
    if (!ear->listener)
      continue;
    Turn turn = {.slot = slot->id, .at_us = clock_monotonic_us() + (at_us - clock_now_us())};
    g_array_append_val(ear->turns, turn);
    if (ear->turns->len == 1 && !is_filled(proof, ear))
      ear->from_us = ear->level_us = turn.at_us;
    g_autofree char *path = file_of(proof->station, ear->mount, folder);
    g_autoptr(GError) error = NULL;
    if (!listener_expect(ear->listener, slot->id, path, &error))
      g_warning("%s", error->message);
  }
}

void proof_end(Proof *proof, gint64 slot) {
  for (guint i = 0; i < proof->ears->len; i++) {
    const Ear *ear = proof->ears->pdata[i];
    for (guint t = 0; t < ear->turns->len; t++) {
      Turn *turn = &g_array_index(ear->turns, Turn, t);
      if (turn->slot == slot && !turn->ended_us)
        turn->ended_us = clock_monotonic_us();
    }
  }
}

/* --- judging ---------------------------------------------------------------------------------------- */

/* Turns that are over long enough: what was heard of them is told. */
static void settle(const Proof *proof, Ear *ear, gint64 now_us) {
  for (guint t = ear->turns->len; t-- > 0;) {
    Turn turn = g_array_index(ear->turns, Turn, t);
    if (!turn.ended_us || now_us - turn.ended_us < LATENCY_US)
      continue;
    tell_heard(proof, ear, turn.slot);
    listener_forget(ear->listener, turn.slot);
    g_array_remove_index(ear->turns, t);
  }
  if (ear->turns->len == 0 && !ear->mount->is_continuous)
    g_clear_pointer(&ear->listener, listener_free);
}

/* A slot that has gone on for some time, and of which nothing is heard; or too often. */
static AirState judge_turns(const Ear *ear, gint64 now_us) {
  for (guint t = 0; t < ear->turns->len; t++) {
    const Turn *turn = &g_array_index(ear->turns, Turn, t);
    ListenerHeard heard;
    if (!listener_heard(ear->listener, turn->slot, &heard))
      continue;
    if (turn->ended_us)
      continue;
    if (heard.repeat_frames > LOOP_FRAMES)
      return AIR_LOOP;
    if (heard.heard_frames == 0 && now_us - turn->at_us > LATENCY_US)
      return AIR_WRONG;
  }
  return AIR_AUDIBLE;
}

static bool has_turn(const Ear *ear) {
  bool has = false;
  for (guint t = 0; t < ear->turns->len && !has; t++)
    has = g_array_index(ear->turns, Turn, t).ended_us == 0;
  return has;
}

static AirState judge(const Proof *proof, Ear *ear, gint64 now_us) {
  bool expected = is_filled(proof, ear) || has_turn(ear);
  if (!ear->listener || !expected) {
    ear->from_us = now_us;
    return AIR_IDLE;
  }
  ListenerState heard;
  listener_state(ear->listener, &heard);
  ear->short_term_lufs = heard.short_term_lufs;
  if (heard.short_term_lufs > proof->station->loudness_lufs - FAINT_LU)
    ear->level_us = now_us;
  gint64 silence_us = proof->station->run.silence_us;
  if (!heard.connected)
    return now_us - MAX(heard.since_us, ear->from_us) > UNHEARD_US ? AIR_UNHEARD : ear->state;
  if (now_us - MAX(heard.sound_us, ear->from_us) > silence_us)
    return AIR_SILENT;
  AirState turns = judge_turns(ear, now_us);
  if (turns != AIR_AUDIBLE)
    return turns;
  if (now_us - MAX(ear->level_us, ear->from_us) > silence_us)
    return AIR_FAINT;
  return heard.sound_us > ear->from_us ? AIR_AUDIBLE : ear->state;
}

void proof_step(Proof *proof) {
  gint64 now_us = clock_monotonic_us();
  for (guint i = 0; i < proof->ears->len; i++) {
    Ear *ear = proof->ears->pdata[i];
    if (ear->listener)
      settle(proof, ear, now_us);
    AirState state = judge(proof, ear, now_us);
    if (state == ear->state)
      continue;
    ear->state = state;
    ear->since_us = clock_now_us();
    proof->hooks->changed(ear->name, state, proof->hooks->user);
  }
}

bool proof_state(Proof *proof, const char *mount, ProofState *state) {
  const Ear *ear = ear_of(proof, mount);
  bool listens = ear && ear->listener;
  ListenerState heard = {0};
  if (listens)
    listener_state(ear->listener, &heard);
  *state = (ProofState){ear ? ear->state : AIR_IDLE, ear ? ear->since_us : 0, listens ? ear->short_term_lufs : -70,
                        heard.connected};
  return listens;
}
