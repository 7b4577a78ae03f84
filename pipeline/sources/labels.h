/* Labels before a colon that say what follows: "Question :", "Idée :", "Réponse :". */
#ifndef CARNET_SOURCES_LABELS_H
#define CARNET_SOURCES_LABELS_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  const char *words; /* folded */
  int kind;          /* EntryKind, or -1: an answer, or a note of no kind */
  bool strip;        /* the label only names the kind; else it belongs to the sentence */
  bool answers;      /* what follows answers the line before */
  const char *why;   /* in English, to be translated when printed; NULL */
} Label;

/* The label that begins `text` (its colon is not required), static; its length in `*length`. NULL when none. */
const Label *label_find(const char *text, gsize *length);

#endif
