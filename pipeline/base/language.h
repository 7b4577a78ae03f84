/* What ICU knows of a language: numbers, dates and plurals, said in full.
 * `language` is a BCP 47 tag ("fr", "en", "es", "br"…); an unknown one falls
 * back to ICU's root rules. Functions that return `char *` return a new string (g_free). */
#ifndef CARNET_BASE_LANGUAGE_H
#define CARNET_BASE_LANGUAGE_H

#include <glib.h>
#include <stdbool.h>

/* 21 → "vingt-et-un", "twenty-one". */
char *language_cardinal(const char *language, gint64 number);
/* 21 → "vingt-et-unième"; feminine where the language has it: 1 → "première". */
char *language_ordinal(const char *language, gint64 number, bool feminine);
/* A plain decimal ("12.5") → "douze virgule cinq"; "12.50" is the same number
 * and said the same. What is no plain decimal comes back as it is. */
char *language_decimal(const char *language, const char *plain);
/* As said on air: "mardi 17 mars 2020", "Tuesday 17 March 2020". What is no day
 * comes back in figures. */
char *language_date(const char *language, int year, int month, int day);
/* As said on air: 12:05 → "12 heures 5", "12:05 PM" → language's own wording. */
char *language_time(const char *language, int hour, int minute);
/* CLDR plural category: "one", "two", "few", "many", "other"… (static string). */
const char *language_plural(const char *language, gint64 count);
/* Whether two tags name the same language: "fr-CA" and "fr" do, "frp" and "fr" do not; NULL is none. */
bool language_same(const char *a, const char *b);
/* True when the whole tag is well formed and ICU knows its language. */
bool language_is_known(const char *language);

#endif
