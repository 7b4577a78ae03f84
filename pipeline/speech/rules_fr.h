/* What rules_fr.c's table says by functions of other files: inclusive writing
 * (rules_fr_inclusive.c), numbers and what they count (rules_fr_counts.c). */
#ifndef CARNET_SPEECH_RULES_FR_H
#define CARNET_SPEECH_RULES_FR_H

#include "speech/rules.h"

/* The feminine endings that are written after a point, a hyphen, in parentheses. */
#define FR_FEMININE                                                                                                      \
  "(e|es|ne|nes|le|les|te|tes|se|ses|ve|ves|sse|sses|esse|esses|ère|ères|rice|rices|ice|ices|trice|trices|euse|euses|" \
  "elle|elles|enne|ennes)"

/* Groups: 1 the masculine word, 2 the ending, 3 and 4 "s" or "". Left as it is
 * when the two do not make a word ("fichier.les"). */
bool fr_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out);

/* Units as they are said; rules_fr.c's pattern lists their symbols. Ended by a NULL symbol. */
extern const Unit fr_units[];
/* 1: a number, 2: the noun. "1 personne" → "une personne"; left when it does not end in 1 or the noun is not feminine. */
bool fr_count_noun(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: whole millions, 2: the noun or "€". "2 000 000 €" → "deux millions d'euros". */
bool fr_millions_of(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands after the slash. "12 €/h": "/h" → " par heure". */
bool fr_per(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: "2,5", 2: its whole part. → "deux heures et demie". */
bool fr_decimal_hours(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: "1/2", "1/4" or "3/4" of an hour. */
bool fr_part_of_hour(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: two digits each. "3919" → "trente-neuf, dix-neuf". */
bool fr_short_number(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: the department, 2: the rest. "29200 Brest" → "vingt-neuf, deux cents Brest". */
bool fr_postcode(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2, 3: "0 800 123 456" without its zero. */
bool fr_free_number(const RuleSet *set, const GMatchInfo *match, GString *out);

#endif
