/* From a script and the day's entries to a rundown that fits its slot. Pure:
 * no file, no clock, no synthesizer. Lengths come through one function that
 * the caller gives; the same inputs make the same rundown, always.
 *
 *   script + entries ─choose─> ranked candidates ─wording─> items ─measure─> lengths ─fit─> rundown
 */
#ifndef CARNET_EDITORIAL_COMPOSE_H
#define CARNET_EDITORIAL_COMPOSE_H

#include "editorial/rundown.h"
#include "editorial/script.h"
#include "logbook/entry.h"

/* Sets `spoken` of each speech in `items` (RundownItem*, borrowed) that has none: they are heard one
 * after another, so that what the first of them says in full need not be said so again. The same
 * items are always said alike. */
typedef bool (*SayItems)(GPtrArray *items, gpointer user, GError **error);
/* Sets `frames` (and, for speech, `spoken` where SayItems did not) of each RundownItem* in `items`
 * (speech, jingle, sound; borrowed). Called with as many at once as are known,
 * so that they may be spoken side by side; may be called several times, never
 * twice for the same words of the same voice. `frames` 0 for an entry means
 * that there is nothing to hear in it (only addresses, a recorded sound that
 * cannot be read): the entry is left out, or its text is read instead. */
typedef bool (*MeasureItems)(GPtrArray *items, gpointer user, GError **error);

typedef struct {
  const Script *script;
  GPtrArray *entries; /* const Entry*, best first as entries_candidates gives them, then the others */
  GHashTable *heard;  /* entry id → edition in which it was heard, or NULL */
  const char *station_name;
  const char *date; /* the bulletin's local day */
  int hour, minute; /* its local time, for {time} */
  gint64 now_us;    /* for expiry */
  SayItems say;     /* NULL: each is said as if it were alone, by the measure */
  const GPtrArray
      *kept; /* const RundownItem*: entries that stay in before others, as these items say them; NULL: none */
} ComposeInput;

/* Why an entry is in or out. `why` is a sentence: "urgent; 3 endorsements", "expired",
 * "already heard in 2020-03-17-midi", "near-duplicate of 12", "no time left (8.2 s, 3.1 s free)". */
typedef struct {
  gint64 entry; /* id */
  bool is_in;
  double score;
  char *title; /* a few words of it */
  char *why;
} Explanation;
void explanation_free(Explanation *explanation);

/* Composes; `user` is for both `input->say` and `measure`. `explanations` (may be NULL) receives an array of Explanation*,
 * every entry given, chosen ones first. Returns (rundown_free), or NULL. */
Rundown *compose_rundown(const ComposeInput *input, MeasureItems measure, gpointer user, GPtrArray **explanations,
                         GError **error);

/* What surely opens every bulletin of that day whatever is chosen (rundown_opening): the items that
 * compose_rundown will put first, not measured. `entries` and `heard` may be NULL.
 * Returns RundownItem* (g_ptr_array_unref): none where the first words hang on the entries. */
GPtrArray *compose_opening(const ComposeInput *input);

/* Fits a rundown that a person edited, after its items were measured again:
 * adjusts the pauses that may be (least…most) so that an exact one ends at its
 * slot's end; what cannot be reached is said in a warning, nothing is dropped. */
void compose_refit(Rundown *rundown);

#endif
