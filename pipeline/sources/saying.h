/* One line taken apart: who agrees, who speaks and from where, the addresses, and the words that are left. */
#ifndef CARNET_SOURCES_SAYING_H
#define CARNET_SOURCES_SAYING_H

#include "sources/speaker.h"

typedef struct {
  guint before;     /* agreements with what the line follows: "+1, …", "D'accord avec Paul, …" */
  guint after;      /* agreements with the line itself, at its end */
  bool only_agrees; /* nothing is said but the agreements `before` */
  GPtrArray *links; /* char*, in their order */
  Speaker speaker;  /* its `rest` is not to be used */
  char *thought;    /* what is said; may hold no word */
} Saying;

/* Fills `saying` (cleared by its owner). */
void saying_read(const char *text, const People *people, Saying *saying);
void saying_clear(Saying *saying);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Saying, saying_clear)

#endif
