/* What words are, for telling a speaker from a sentence: const lists, folded (text_fold). */
#ifndef CARNET_SOURCES_WORDS_H
#define CARNET_SOURCES_WORDS_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
  WORD_GIVEN,  /* a given name: "marie", "yannig", "fatou" */
  WORD_COMMON, /* opens a heading, a label or a topic, so never a speaker: "question", "ecole", "lieu" */
  WORD_ROLE,   /* what somebody does: "infirmiere", "dga", "chargee" */
  WORD_ORG,    /* an organisation, never a place: "cnfpt", "mairie", "fing" */
  WORD_VERB,   /* a finite verb: what stands around it is a sentence */
  WORD_SAYS,   /* "dit", "propose": may stand between a name and its colon */
  WORD_SIGLE,  /* two capitals that are nobody's initials: "PS", "TV" */
  WORD_LIST_COUNT
} WordList;

bool word_is(WordList list, const char *folded);

#endif
