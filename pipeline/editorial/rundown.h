/* A rundown: a script filled for one slot, in the order it will be heard. It is
 * the one file between choosing and sounding: a person reads, edits and locks it.
 * (Type header: plain data; reading and writing the file is rundown_file.h.) */
#ifndef CARNET_EDITORIAL_RUNDOWN_H
#define CARNET_EDITORIAL_RUNDOWN_H

#include <glib.h>
#include <stdbool.h>

typedef enum { ITEM_JINGLE, ITEM_SPEECH, ITEM_SOUND, ITEM_PAUSE, ITEM_TYPE_COUNT } ItemType;
typedef enum { FIT_EXACT, FIT_AT_MOST } RundownFit;

/* Frames are at 48 kHz, counted from the start of the programme. */
typedef struct {
  ItemType type;
  char *title;     /* shown to listeners, chapter name; NULL for a pause */
  char *text;      /* speech: as written (with wording around it) */
  char *spoken;    /* speech: as said, by the normaliser; filled by the command */
  bool own_spoken; /* a person wrote `spoken` in the file: say it as it stands, do not normalise `text` again */
  char *language;  /* speech */
  char *voice;     /* speech: voices/NAME.yaml */
  char *file;      /* jingle, sound: a name below voices/jingles/ or sounds/ */
  gint64 entry;    /* id of the entry heard, 0: none */
  gint64 headline; /* speech: so many sentences at its start are a headline, read a little slower */
  char **links;    /* of the entry, for notes; not read */
  bool kept;       /* of an entry: whatever is chosen anew, it stays in, with its words, voice or sound… */
  char *kept_sum;  /* …as long as the entry is as it was (kept_sum_of); NULL: nobody knows how it was */
  gint64 start_frame, frames;
  gint64 least_frames, most_frames; /* pause: how far it may be adjusted; equal when fixed */
} RundownItem;

typedef struct {
  char *file;     /* a name below voices/jingles/, NULL: no bed */
  double gain_db; /* when nobody speaks, against the file's own level (set to the programme's loudness) */
  double duck_db; /* further, while somebody speaks */
  gint64 attack_frames, release_frames; /* ducking: how long before speech it goes down, after speech it comes up */
  gint64 end_frame;                     /* it ends here at the latest; 0: with the bulletin. Not kept in the file */
} RundownBed;

typedef struct {
  char *title, *script, *language, *date; /* date: the local day */
  RundownFit fit;
  gint64 slot_frames; /* the script's length */
  gint64 frames;      /* planned length: where the last item ends */
  RundownBed bed;
  GPtrArray *items; /* RundownItem* */
  char **warnings;  /* too little material, what was dropped, a name in an anonymous text…; never NULL */
  bool edited;      /* a person changed the file after it was made */
  bool locked;      /* a person asked that it is never made again */
} Rundown;

RundownItem *rundown_item_new(ItemType type);
RundownItem *rundown_item_copy(const RundownItem *item);
void rundown_item_free(RundownItem *item);
Rundown *rundown_new(void);
void rundown_free(Rundown *rundown);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rundown, rundown_free)
const char *item_type_name(ItemType type); /* "jingle", "speech", "sound", "pause" */
int item_type_parse(const char *name);
/* A warning that is there already is not added again. */
void rundown_add_warning(Rundown *rundown, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* How many items open the bulletin, and may be heard before the others are known:
 * its first jingles, or its first sentence, when that is not an entry's. */
guint rundown_opening(const GPtrArray *items);
/* The first item of an entry, NULL: it is not in. Borrowed. */
const RundownItem *rundown_item_of(const Rundown *rundown, gint64 entry);
/* Sets every start_frame and the total from the items' frames. */
void rundown_retime(Rundown *rundown);

#endif
