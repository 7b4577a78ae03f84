/* A script: the wording and running order of a bulletin (scripts/NAME.yaml; see
 * scripts/README.md, which also has every default). Plain data once it is read:
 * nothing here knows of entries or of the clock. Frames are at 48 kHz. */
#ifndef CARNET_EDITORIAL_SCRIPT_H
#define CARNET_EDITORIAL_SCRIPT_H

#include "editorial/rundown.h"
#include "logbook/entry.h"

typedef enum {
  BLOCK_JINGLE,
  BLOCK_SAY,
  BLOCK_HEADLINES,
  BLOCK_ENTRIES,
  BLOCK_SOUND,
  BLOCK_PAUSE,
  BLOCK_BREATH
} BlockType;

#define SCRIPT_MAX_ROLES 32
#define SCRIPT_MAX_SECONDS 21600 /* longest bulletin: 6 hours */

/* One line of the running order. */
typedef struct {
  BlockType type;
  guint index;                      /* in the file's `order`, from 0 */
  char *file;                       /* jingle, sound */
  char *say;                        /* say: wording with placeholders */
  char *lead;                       /* entries, headlines: sentence said before, only if something follows */
  char *empty;                      /* entries: said instead when there is none; NULL: nothing */
  char *voice;                      /* a role of `voices` or a voice's name; NULL: the first role */
  bool kinds[KIND_COUNT];           /* entries: which are taken (all when none was named) */
  guint least, most;                /* entries, headlines: how many */
  gint64 least_frames, most_frames; /* pause (equal), breath: music alone, for so long */
} ScriptBlock;

typedef struct {
  char *name; /* "midi": the file's name */
  char *title, *language;
  gint64 slot_frames;
  gint64 least_frames; /* never shorter than this, even on an empty day */
  RundownFit fit;
  bool repeat; /* entries already heard may be chosen again */
  guint days;  /* how many days back it looks, 1: the day alone */
  RundownBed bed;
  gint64 pause_least_frames, pause_most_frames; /* between entries */
  gint64 close_least_frames, close_most_frames; /* bed alone before what closes the bulletin */
  char *quiet;                                  /* sentence of a day without any entry; NULL: the language's own */
  char *role_names[SCRIPT_MAX_ROLES],
      *role_voices[SCRIPT_MAX_ROLES]; /* in the order of the vocabulary, see scripts/README.md */
  guint n_roles;
  ScriptBlock *blocks;
  guint n_blocks;
} Script;

/* Reads and checks a script. INPUT with PATH:LINE:COLUMN.
 * Returns (free with script_free), or NULL. */
Script *script_load(const char *path, GError **error);
/* The same from memory (borrowed); `path` names the script and opens the messages. */
Script *script_parse(const char *path, GBytes *text, GError **error);
void script_free(Script *script);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Script, script_free)
/* The voice's name for a role (or the name itself; NULL: the first role's). Borrowed. */
const char *script_voice(const Script *script, const char *role);
/* The voice that says `language` in a block whose voice is `role`: the role
 * named by the language's tag when it is not the script's own language. Borrowed. */
const char *script_voice_for(const Script *script, const char *role, const char *language);
/* True when a role of that name has a voice. */
bool script_has_role(const Script *script, const char *role);
/* How many of the first blocks are jingles or sounds: what may be heard while
 * the rest is still being chosen and spoken. */
guint script_leading_sounds(const Script *script);

#endif
