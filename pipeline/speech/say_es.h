/* What rules_es.c's tables say by functions: hours and days (say_es_time.c),
 * numbers and money (say_es_count.c), who is meant (say_es_inclusive.c). */
#ifndef CARNET_SPEECH_SAY_ES_H
#define CARNET_SPEECH_SAY_ES_H

#include "speech/rules.h"

/* --- pieces of patterns that both tables of rules have ------------------------------------ */

/* A full stop that goes with an abbreviation, and ends no sentence. */
#define STOP "(?:\\.(?=\\s[\\p{Ll}\\d]|[,;:)]))?"
#define MONTHS "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
#define H "(?:h|hs|hrs|horas)" NO_WORD_AFTER

/* --- the plain tables (rules_es_words.c) ---------------------------------------------- */

extern const char *const es_letters[26];
extern const Unit es_units[];            /* ended by a NULL symbol */
extern const ShortForm es_short_forms[]; /* ended by a NULL `written` */
extern const ShortForm es_notes[];       /* more of them (rules_es_notes.c) */
extern const Rule es_first[];            /* ended by a NULL name (rules_es_first.c) */

/* --- hours and days --------------------------------------------------------------- */

/* 1: hours, 2: minutes or "", 3: "h", "horas" or "". "14:30" → "catorce treinta", "9:00" → "nueve", "18 h" → "dieciocho horas". */
bool es_hour(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: hours, 2: minutes or "", 3: "a" or "p". "5 p. m." → "cinco de la tarde". */
bool es_half_day(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: day, 2: month, 3: year or "" (two digits or four), all in figures. */
bool es_date(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: year, 2: month, 3: day. */
bool es_date_iso(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: a month's first letters, the second may be missing. "oct.-mar." → "octubre a marzo". */
bool es_months(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: L, M, X, J, V, S or D. */
bool es_day_letter(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: such letters with slashes between them. "L/X/V" → "lunes, miércoles y viernes". */
bool es_day_letters(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: month, 2: year. "03/2021" → "marzo de dos mil veintiuno". */
bool es_month_year(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: days, 3: month, in figures. "17-20/03" → "del diecisiete al veinte de marzo". */
bool es_days_of_month(const RuleSet *set, const GMatchInfo *match, GString *out);
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
/* 2: a number of what is feminine: "21 de las sillas" → "veintiuna". */
bool es_feminine(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a number, 2: the noun further on: "1 a 2 personas" → "una". */
bool es_agree_ahead(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands before it, kept, 2: the noun in it, 3: a number of the same: "350 raciones; sobraron 21". */
bool es_counted_again(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a noun, 2: ": " or " (", 3: the number: "Vecinas: 21" → "Vecinas: veintiuna". Left when the noun is masculine. */
bool es_counted_before(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a number, 2: the noun: "200 mil personas" → "doscientas mil personas". */
bool es_thousands_of(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a sign or "", 2: the number: "21 %" → "veintiuno por ciento", "100 %" → "cien por cien". */
bool es_percent(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a number, 2: "º", ".ª", "er"… */
bool es_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a number, 2: the masculine noun it stands before: "1.º premio", "3º piso" → "tercer piso". */
bool es_ordinal_of(const RuleSet *set, const GMatchInfo *match, GString *out);
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
/* 1, 2: numbers. "10-15" → "diez a quince"; what falls is no range: "2-1" → "dos, uno". */
bool es_range(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: years, the second of four digits or of two: "curso 2020-21" → "dos mil veinte, veintiuno". */
bool es_years(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands before it, kept, 2: digits: "el 112" → "el uno uno dos", "016" → "cero dieciséis". */
bool es_dialled(const RuleSet *set, const GMatchInfo *match, GString *out);

/* --- inclusive writing ---------------------------------------------------------------- */

/* 1: the stem, 2: "s" or "". "tod@s", "compañerxs" → "todas y todos". */
bool es_inclusive(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 3: the stems of an article and its noun, 2, 4: "s" or "". "l@s niñ@s" → "las niñas y los niños". */
bool es_inclusive_phrase(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: the masculine, 2: "a" or "as". "niños/as" → "niños y niñas", "profesor/a" → "profesor o profesora". */
bool es_inclusive_ending(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: an article, 2: the masculine noun. "los/as niños/as" → "los niños y las niñas". */
bool es_inclusive_article(const RuleSet *set, const GMatchInfo *match, GString *out);

#endif
