/* English: the plain tables, and what rules_en.c's tables say by functions: hours, dates and years
 * (say_en_time.c), numbers, money and what is counted (say_en_count.c). */
#ifndef CARNET_SPEECH_SAY_EN_H
#define CARNET_SPEECH_SAY_EN_H

#include "speech/rules.h"

/* --- pieces of patterns that both tables of rules have ------------------------------------ */

#define MONTH                                                                                                          \
  "(January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.?|Feb\\.?|Mar\\.?|"    \
  "Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Oct\\.?|Nov\\.?|Dec\\.?)"

/* --- the plain tables (rules_en_words.c) ---------------------------------------------- */

extern const char *const en_letters[26];
extern const Unit en_units[];            /* ended by a NULL symbol */
extern const ShortForm en_short_forms[]; /* ended by a NULL `written` */
extern const ShortForm en_notes[];       /* more of them (rules_en_notes.c) */
extern const Rule en_first[];            /* ended by a NULL name (rules_en_first.c) */

/* --- hours, days, years ---------------------------------------------------------- */

/* 1: hours, 2: minutes or "", 3: "am", "p.m." or "". "14:30" → "fourteen thirty", "9:00" → "nine o'clock". */
bool en_hour(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: day, 2: month, 3: year or "" (two digits or four), all in figures. */
bool en_date(const RuleSet *set, const GMatchInfo *match, GString *out);
/* The same, the month first: "3/31". */
bool en_date_american(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: year, 2: month, 3: day. */
bool en_date_iso(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: day, 2: the month's name or its first letters, 3: year or "". */
bool en_day_month(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: the month's name, 2: day, 3: year or "". */
bool en_month_day(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: days, 3: the month's name, 4: year or "". "3-5 May" → "the third to the fifth of May". */
bool en_days_of_month(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: the month's name, 2, 3: days, 4: year or "". */
bool en_month_days(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a year. */
bool en_year_alone(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: days, 3: month, in figures. "14-18/12". */
bool en_days_in_figures(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: month, 2: year, in figures. "03/2026" → "March twenty twenty-six". */
bool en_month_year(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: hours, 2: minutes or "", before another hour and its half of the day. "6.30/7pm" → "six thirty or ". */
bool en_hour_or(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: the first letters of a day's or a month's name. "Thurs" → "Thursday". */
bool en_day_name(const RuleSet *set, const GMatchInfo *match, GString *out);
bool en_month_name(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands before it, kept, 2: four digits. 1998 → "nineteen ninety-eight". */
bool en_year(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: years, the second of four digits or two. "2020-21" → "twenty twenty to twenty-one". */
bool en_years(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: "19", "20" or "", 2: "90". "the 1990s" → "nineteen nineties". */
bool en_decade(const RuleSet *set, const GMatchInfo *match, GString *out);

/* --- numbers ------------------------------------------------------------------------- */

/* British: "one hundred and one", "a thousand and one" (RuleSet.agree). */
void en_agree(GString *number, bool feminine);
/* 1: a number, without group marks or with. */
bool en_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands before it, kept, 2: a Roman numeral. "Part IV" → "Part four". */
bool en_roman_cardinal(const RuleSet *set, const GMatchInfo *match, GString *out);
/* The same after a ruler's name: "Henry VIII" → "Henry the eighth". */
bool en_roman_ruler(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a Roman numeral. "XXI" → "twenty-first". */
bool en_roman_ordinal(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: the currency, 2: its whole part, 3: cents or "", 4: "k", "m", "bn", " million" or "". */
bool en_money(const RuleSet *set, const GMatchInfo *match, GString *out);
/* The same before a noun: "a £2.3m loan" → "a two point three million pound loan". */
bool en_money_of_noun(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: whole part, 2: cents or "", 3: scale or "", 4: the currency. */
bool en_money_after(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: currency, 2, 3: amounts. "£5-10" → "five to ten pounds". */
bool en_money_range(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: pence. */
bool en_pence(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: numbers. "3-5" → "three to five"; a score that falls, "3-1", is "three, one". */
bool en_range(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a whole number or "", 2, 3: the fraction. "2 1/2" → "two and a half"; left when it is not below one. */
bool en_fraction(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 2: number, 3: unit. "a 10 km walk" → "a ten kilometre walk". */
bool en_unit_of_noun(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 2: a number. "9ish" → "nine-ish". */
bool en_ish(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1, 2: a fraction, 3: a unit's symbol, or its name. "3/4 tsp" → "three quarters of a teaspoon". */
bool en_part_of_unit(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: a unit's symbol, said in the singular. */
bool en_one_unit(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: feet, 2: inches. */
bool en_feet_inches(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: what stands before it, kept, 2: digits, said one by one. "call 999". */
bool en_dialled(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: "-" or " ", 2: an age. "over-65s" → "over-sixty-fives". */
bool en_ages(const RuleSet *set, const GMatchInfo *match, GString *out);
/* 1: letter, 2: digits. "B3212" → "B three two one two". */
bool en_road(const RuleSet *set, const GMatchInfo *match, GString *out);

#endif
