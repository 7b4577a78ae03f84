/* Where the processor's time goes, part by part: with CARNET_PROFILE=1 every verb
 * prints a table on standard error when it ends. Off, a part costs one comparison.
 *
 * A part is a scope: from PROFILE_HERE to the end of the block, what this thread
 * spends (CLOCK_THREAD_CPUTIME_ID: waiting costs nothing) is that part's. Parts
 * nest, and the inner one alone counts, so that all of them add up to the whole.
 */
#ifndef CARNET_BASE_PROFILE_H
#define CARNET_BASE_PROFILE_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
  PROFILE_OTHER,     /* in no part */
  PROFILE_START,     /* until main: the dynamic linker */
  PROFILE_READ,      /* pads and tables into drafts */
  PROFILE_STORE,     /* SQLite */
  PROFILE_CHOOSE,    /* ranking, wording, layout, fitting to the clock */
  PROFILE_NORMALISE, /* the normaliser and the lexicon */
  PROFILE_SPEAK,     /* the synthesizers (children) and their answers */
  PROFILE_POLISH,    /* a voice's filters, and resampling to 48 kHz */
  PROFILE_DECODE,    /* jingles and outside sounds, in children */
  PROFILE_MIX,       /* reading clips, fades, bed, ducking, limiter */
  PROFILE_MEASURE,   /* loudness and true peak */
  PROFILE_ENCODE_MP3,
  PROFILE_ENCODE_OPUS,
  PROFILE_ENCODE_OTHER,
  PROFILE_CHECK_MP3, /* what was encoded, decoded again; and its silences */
  PROFILE_CHECK_OPUS,
  PROFILE_CHECK_OTHER,
  PROFILE_GATE,  /* the file against what was heard while it was encoded */
  PROFILE_WRITE, /* sound into files; fsync, rename */
  PROFILE_AIR,   /* playout */
  PROFILE_PARTS
} ProfilePart;

typedef struct {
  ProfilePart before;
  bool is_on;
} ProfileScope;

#define PROFILE_HERE(part) G_GNUC_UNUSED g_auto(ProfileScope) profile_scope = profile_enter(part)

/* First in main: reads CARNET_PROFILE. */
void profile_start(void);
/* This thread's time is `part`'s from now on, until profile_leave. Thread-safe. */
ProfileScope profile_enter(ProfilePart part);
void profile_leave(ProfileScope *scope);
/* What the children that were waited for since the last call have used is `part`'s. */
void profile_children(ProfilePart part);
/* On standard error, when CARNET_PROFILE is set; a line a part, the greatest first:
 *   profile: encode-mp3  1.234 s  45.1 %  0.052 - 1.301 s
 * processor seconds, share of the whole, and when the part was first entered and last left, since main. */
void profile_print(void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ProfileScope, profile_leave)

#endif
