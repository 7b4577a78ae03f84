/* The words of phrases.h in each language: one table, no logic. */
#ifndef CARNET_EDITORIAL_PHRASE_TABLES_H
#define CARNET_EDITORIAL_PHRASE_TABLES_H

#include "editorial/phrases.h"

#define PHRASE_VARIANTS 3

/* In a template: {w} "à Brest", {W} "À Brest", {n} who. */
typedef struct {
  const char *with_place[PHRASE_VARIANTS], *without_place[PHRASE_VARIANTS], *named;
  const char *opening; /* folded words with which a text already says its kind */
  const char *agreed;  /* after a number; NULL: agreement means nothing here */
} KindPhrases;

typedef struct {
  const char *language;
  const char *here;  /* the place alone */
  const char *again; /* the same place as just before */
  const char *reply, *reply_at, *reply_named;
  const char *more[PHRASE_VARIANTS], *more_at[PHRASE_VARIANTS]; /* further answers to the same */
  const char *urgent, *urgent_at;
  const char *named_at;                                           /* "{n}, {w}": who, when the place is known */
  const char *noted[PHRASE_VARIANTS], *noted_at[PHRASE_VARIANTS]; /* a rough note: it tells no story */
  const char *somebody; /* before a verb without its subject; NULL: not in this language */
  const char *colon;
  const char *quiet;
  KindPhrases kinds[KIND_COUNT];
} Phrases;

/* NULL when there is no table for the language ("fr-CA" has that of "fr"). */
const Phrases *phrase_table(const char *language);

#endif
