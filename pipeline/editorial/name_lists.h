/* The words by which names.c tells a name from other words. */
#ifndef CARNET_EDITORIAL_NAME_LISTS_H
#define CARNET_EDITORIAL_NAME_LISTS_H

#include <stdbool.h>

/* Words are folded (text_fold) unless said otherwise. */
typedef enum {
  LIST_FIRST_NAMES,
  LIST_COMMON_WORDS, /* first names that are words too: "la Marine", "Pierre de taille" */
  LIST_NEVER_ALONE,  /* a feast, towns: a person only with a surname */
  LIST_TITLES,       /* as written, before a name */
  LIST_FULL_TITLES,  /* in small letters as well */
  LIST_PARTICLES,    /* as written, inside a surname and before its capital */
  LIST_ELISIONS,     /* "d", "qu": before an apostrophe */
  LIST_ARTICLES,
  LIST_GENITIVES,
  LIST_PLACES,  /* "rue Jean Moreau", "l'école Marie Lannec" name a place, not somebody heard */
  LIST_STREETS, /* before these also through "du", "de la": "rue du Docteur Roux" */
  LIST_OFFICES, /* the local part of an address that is an office */
  LIST_COUNT
} NameList;

bool name_listed(NameList list, const char *word);

#endif
