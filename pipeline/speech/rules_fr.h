/* French inclusive writing: "participant.e.s" → "participantes et participants". */
#ifndef CARNET_SPEECH_RULES_FR_H
#define CARNET_SPEECH_RULES_FR_H

#include "speech/rules.h"

/* The feminine endings that are written after a point, a hyphen, in parentheses. */
#define FR_FEMININE "(e|es|ne|nes|le|les|te|tes|se|ses|ve|ves|sse|sses|esse|esses|ère|ères|rice|rices|ice|ices|trice|trices|euse|euses|elle|elles|enne|ennes)"

/* Groups: 1 the masculine word, 2 the ending, 3 and 4 "s" or "". Left as it is
 * when the two do not make a word ("fichier.les"). */
bool fr_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out);

#endif
