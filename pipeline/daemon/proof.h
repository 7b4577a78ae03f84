/* Proof of air: an own listener for each mount, and what it makes of what it hears. */
#ifndef CARNET_DAEMON_PROOF_H
#define CARNET_DAEMON_PROOF_H

#include "base/station.h"
#include "logbook/slots.h"

typedef enum {
  AIR_IDLE,    /* nothing is to be heard */
  AIR_AUDIBLE, /* the right thing, and it sounds */
  AIR_UNHEARD, /* the server gives nothing */
  AIR_SILENT,
  AIR_FAINT, /* far under the station's loudness */
  AIR_WRONG, /* a bulletin is on the air, and something else is heard */
  AIR_LOOP   /* the same again and again */
} AirState;
const char *air_state_name(AirState state); /* "audible"; marked for _() */

typedef struct {
  AirState state;
  gint64 since_us; /* instant */
  double short_term_lufs;
  bool connected; /* the server gives our listener sound: it counts it among its own */
} ProofState;

typedef struct {
  /* A mount sounds otherwise than before. */
  void (*changed)(const char *mount, AirState state, gpointer user);
  /* What was heard of a slot that has ended. */
  void (*heard)(gint64 slot, const char *mount, gint64 frames, gpointer user);
  gpointer user;
} ProofHooks;

typedef struct Proof Proof;
/* Borrows the hooks. Returns (proof_free). */
Proof *proof_new(const ProofHooks *hooks);
void proof_free(Proof *proof);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Proof, proof_free)
/* Listens to the continuous mounts of a station (borrowed until the next one). */
void proof_set_station(Proof *proof, const Station *station);
/* A slot is laid on these mounts, and begins at `at_us`; `folder`: its edition's. */
void proof_begin(Proof *proof, const SlotRow *slot, const char *const *mounts, const char *folder, gint64 at_us);
/* It has ended: some seconds later the listeners have heard all that they will. */
void proof_end(Proof *proof, gint64 slot);
/* Judges, once a second; tells what has changed. */
void proof_step(Proof *proof);
/* False when nobody listens there. */
bool proof_state(Proof *proof, const char *mount, ProofState *state);

#endif
