/* What rules_es.c's tables say by functions: hours and days (say_es_time.c),
 * numbers, money, who is meant (say_es_count.c). */
#ifndef CARNET_SPEECH_SAY_ES_H
#define CARNET_SPEECH_SAY_ES_H

#include "speech/rules.h"

/* --- hours and days --------------------------------------------------------------- */

/* 1: hours, 2: minutes or "", 3: "h", "horas" or "". "14:30" → "catorce treinta", "9:00" → "nueve", "18 h" → "dieciocho horas". */
bool es_hour(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: hours, 2: minutes or "", 3: "a" or "p". "5 p. m." → "cinco de la tarde". */
bool es_half_day(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: day, 2: month, 3: year or "" (two digits or four), all in figures. */
bool es_date(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: year, 2: month, 3: day. */
bool es_date_iso(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: day, 2: the month's first letters, 3: year or "". "17 mar. 2020". */
bool es_day_month(const RuleSet *set, const GMatchInfo *match, GString *out);

/* --- numbers ------------------------------------------------------------------------ */

/* "veintiún", "un", "doscientos" before a noun; "veintiuna", "una", "doscientas" (RuleSet.agree). */
void es_agree(GString *number, bool feminine);
/* "veintiuno", "uno" where no noun follows (RuleSet.alone). */
void es_alone(GString *number);
/* 1: a sign or "", 2: the number, that no noun follows. */
bool es_number(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a number, 2: the noun. "200 personas" → "doscientas personas", "21 días" → "veintiún días". */
bool es_count(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a number, 2: "º", ".ª", "er"… */
bool es_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands before it, kept, 2: a Roman numeral: "Felipe VI" → "Felipe sexto", from eleven on "Alfonso trece". */
bool es_roman_name(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands before it, kept, 2: a Roman numeral, said as a number: "capítulo IV". */
bool es_roman_number(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a Roman numeral, 2: the noun it stands before: "II Jornada" → "segunda Jornada". */
bool es_roman_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: whole part, 2: cents or "", 3: the currency. */
bool es_money(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: the currency, 2: whole part, 3: cents or "". */
bool es_money_first(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: number, 2: "k" or "M", 3: the currency. "3 M€" → "tres millones de euros". */
bool es_big_money(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: whole millions, 2: the noun or currency. "2.000.000 €" → "dos millones de euros". */
bool es_millions_of(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a whole number or "", 2, 3: the fraction. */
bool es_fraction(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: numbers. */
bool es_range(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands before it, kept, 2: digits: "el 112" → "el uno uno dos", "016" → "cero dieciséis". */
bool es_dialled(const RuleSet *set, const GMatchInfo *match, GString *out);

/* --- inclusive writing ---------------------------------------------------------------- */

/* 1: the stem, 2: "s" or "". "tod@s", "compañerxs" → "todas y todos". */
bool es_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: the masculine, 2: the feminine ending with or without "s". "niños/as" → "niños y niñas", "profesor/a" → "profesor o profesora". */
bool es_inclusive_ending(const RuleSet *set, const GMatchInfo *match, GString *out);

#endif
