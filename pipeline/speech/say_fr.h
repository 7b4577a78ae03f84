/* French: the plain tables, and what the rows of rules_fr.c say by a function: say_fr_hours.c, _dates.c,
 * _numbers.c, _money.c, _phone.c, _names.c, _inclusive.c. A comment gives the groups of
 * the pattern, then an example. All may return false: the text stays as it is. */
#ifndef CARNET_SPEECH_SAY_FR_H
#define CARNET_SPEECH_SAY_FR_H

#include "speech/rules.h"

/* --- pieces of patterns that both tables of rules have ------------------------------------ */

#define WORD NO_WORD_BEFORE /* a word begins here */
#define END NO_WORD_AFTER   /* and ends here */

/* --- the plain tables (rules_fr_short.c, rules_fr_words.c); each ends by a NULL ----------- */

/* A pair of what is written and what is said. */
typedef struct {
  const char *written, *said;
} FrWord;

/* "acteur" + "rice": where a masculine ending and a written feminine one meet, `feminine` takes the place of the first. */
typedef struct {
  const char *masculine, *written, *feminine;
} FrEnding;

extern const char *const fr_letters[26];
extern const ShortForm fr_short_forms[], fr_notes[];
extern const Rule fr_first[]; /* rules_fr_first.c */
extern const Unit fr_units[];
extern const char *const fr_months[];           /* the twelve, in order */
extern const char *const fr_month_beginnings[]; /* by which a month is told, in order */
extern const char *const fr_days[];             /* the seven, Monday first */
extern const FrWord fr_per[];                   /* "h" → "heure", after a slash */
extern const char *const fr_feminine_nouns[], *const fr_feminine_endings[], *const fr_masculine_nouns[];
extern const FrEnding fr_endings[];           /* first match wins */
extern const FrEnding fr_whole_words[];       /* masculine, second word, feminine: "copain", "ine", "copine" */
extern const char *const fr_silent_endings[]; /* masculine endings after which an added e is not heard */
extern const FrEnding fr_determiners[];       /* masculine, as written after the sign, feminine: "un", "e", "une" */

/* --- hours ------------------------------------------------------------------------------ */

bool fr_hour(const RuleSet *set, const GMatchInfo *match, GString *out);       /* 1 h, 2 min, [3 s]: 14h30 */
bool fr_hour_range(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 "de ", 2–3 from, 4–5 to: 8h-12h */
bool fr_decimal_hours(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 "2,5", 2 its whole part: 2,5 h */
bool fr_part_of_hour(const RuleSet *set, const GMatchInfo *match, GString *out);  /* 1: "1/2", "1/4" or "3/4": 1/2 h */
bool fr_minutes(const RuleSet *set, const GMatchInfo *match, GString *out);       /* 1 minutes, 2 seconds: 3'30'' */

/* --- dates ------------------------------------------------------------------------------- */

bool fr_date(const RuleSet *set, const GMatchInfo *match, GString *out);     /* 1 day, 2 month, [3 year]: 17/03/2020 */
bool fr_date_iso(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 year, 2 month, 3 day: 2020-03-17 */
bool fr_date_range(const RuleSet *set, const GMatchInfo *match,
                   GString *out); /* 1 "du ", 2 day, 3 month, 4 day, 5 month, [6 year] */
bool fr_day_of_month(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 day, 2 month's name: 3 nov. */
bool fr_days_of_month(const RuleSet *set, const GMatchInfo *match,
                      GString *out); /* 1 "du "…, 2 day, 3 sign, 4 day: 3-5 mars */
bool fr_month_of_year(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 month, 2 year: 03/2020 */
bool fr_weekday(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 a day's first three letters: mer */
bool fr_short_weekdays(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 two letters each: lu/me/ve */
bool fr_weekdays(const RuleSet *set, const GMatchInfo *match,
                 GString *out); /* 1 "du ", 2 day, 3 sign, 4 day, [5 day]: lun-ven */
bool fr_season(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 century, 2, 3 years: 2020-21 */

/* 1: the noun after "1/2": "1/2 classe" → "une demi-classe". */
bool fr_half(const RuleSet *set, const GMatchInfo *match, GString *out);
bool fr_and_half(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 a number, 2 a noun: 2 1/2 verres */
/* --- numbers and what they count --------------------------------------------------------- */

bool fr_append_per(const RuleSet *set, const char *what, GString *out); /* "h" → " par heure"; false: unknown */
void fr_agree(GString *number, bool feminine);                          /* "vingt-et-un" → "vingt-et-une" */
bool fr_ordinal(const RuleSet *set, const GMatchInfo *match,
                GString *out); /* 1 number or Roman, 2 its ending: 75e, XXIe */
bool fr_roman(const RuleSet *set, const GMatchInfo *match,
              GString *out); /* 1 what stands before, 2 the numeral: Louis XIV */
bool fr_roman_alone(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 the numeral: XIV */
bool fr_fraction(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 above, 2 below, 3 " de" or "": 2/3 */
bool fr_range(const RuleSet *set, const GMatchInfo *match,
              GString *out); /* 1 from with its unit, 2 from, 3 to (ahead): 3-5 */
bool fr_times(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1: x3 */
bool fr_unit(const RuleSet *set, const GMatchInfo *match,
             GString *out); /* 1 sign, 2 number, 3 unit, [4 after a slash]: 5 km/h */
bool fr_count_noun(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 number, 2 noun: 1 personne */
bool fr_millions_of(const RuleSet *set, const GMatchInfo *match,
                    GString *out); /* 1 number, 2 noun: 2 000 000 habitants */
bool fr_metres_and(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 metres, 2 centimetres: 1m50 */
bool fr_per_what(const RuleSet *set, const GMatchInfo *match, GString *out);   /* 1 after a slash: euros/mois */
bool fr_and_per(const RuleSet *set, const GMatchInfo *match, GString *out);    /* 1 and 2: par jour/enfant */

/* --- money --------------------------------------------------------------------------------- */

bool fr_euros(const RuleSet *set, const GMatchInfo *match,
              GString *out); /* 1 euros, 2 cents, [3 after a slash]: 12,50 €, 12€50 */
bool fr_big_euros(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1 number, 2 M, Md, k: 3 M€ */

/* --- telephones and other rows of digits ---------------------------------------------------- */

bool fr_phone(const RuleSet *set, const GMatchInfo *match, GString *out); /* 0: 02 98 00 12 34, +33 2 98 00 12 34 */
bool fr_short_number(const RuleSet *set, const GMatchInfo *match,
                     GString *out); /* 1, 2, two or three digits each: 3919 */
bool fr_free_number(const RuleSet *set, const GMatchInfo *match,
                    GString *out); /* 1 three digits, 2 the rest: 0 800 123 456 */
bool fr_postcode(const RuleSet *set, const GMatchInfo *match,
                 GString *out); /* 1 department, 2 the rest, [3 a town in capitals]: 29200 BREST */
bool fr_reference(const RuleSet *set, const GMatchInfo *match,
                  GString *out); /* 1 letters or "", 2 numbers and hyphens: L. 2121-10 */
bool fr_plate(const RuleSet *set, const GMatchInfo *match, GString *out); /* 1, 2, 3: AB-123-CD */
bool fr_long_digits(const RuleSet *set, const GMatchInfo *match,
                    GString *out); /* 1 letters or "", 2 groups: FR76 3000 6000 … */

/* --- names in capitals ------------------------------------------------------------------------ */

void fr_append_calm(const char *name, GString *out); /* "LE GALL" → "Le Gall" */
bool fr_name(const RuleSet *set, const GMatchInfo *match,
             GString *out); /* 1 what stands before, 2 the name: Mme LE GALL */

/* 1 "S" or "s", 2 a name that begins with a vowel when it is heard: the t of the saint is. Saint-Étienne, St-Hilaire. */
bool fr_saint(const RuleSet *set, const GMatchInfo *match, GString *out);

/* --- inclusive writing ------------------------------------------------------------------------ */

/* 1 "l'", "d'" or "", 2 the masculine word, 3 the ending, 4 and 5 "s" or "". "agent·e·s" → "agentes et agents". */
bool fr_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1 masculine, 2 its other form, 3 the space, 4–7 a noun as above without "l'". "un·e agent·e" → "une agente ou un agent". */
bool fr_inclusive_determiner(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: two words of which one may be the other's feminine. "acteurs/actrices" → "acteurs et actrices". */
bool fr_inclusive_pair(const RuleSet *set, const GMatchInfo *match, GString *out);

#endif
