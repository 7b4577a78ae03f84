#include "base/language.h"

#include "base/text.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define MAX_SPELLED 1024 /* UTF-16 units of one spelled number or date */

/* Opening a rule set costs a millisecond and more; a bulletin asks for
 * hundreds, always in the same one or two languages. */
typedef struct {
  UNumberFormat *spell;
  UPluralRules *plurals;
  UDateFormat *date;
} Rules;

static GMutex rules_lock;
static GHashTable *rules_by_language;

static char *to_utf8(const UChar *text, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  char out[MAX_SPELLED * 3 + 1];
  int32_t n = 0;
  u_strToUTF8(out, sizeof out, &n, text, length, &status);
  return g_strndup(out, U_SUCCESS(status) ? (gsize)n : 0);
}

static void to_utf16(const char *text, UChar *out, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8(out, capacity, NULL, text, -1, &status);
  out[capacity - 1] = 0;
}

/* Order of the parts as a newsreader says them; ICU's own "full" form where none is named here. */
static const struct {
  const char *language, *pattern;
} date_patterns[] = {
    {"fr", "EEEE d MMMM y"},
    {"en", "EEEE d MMMM y"},
    {"es", "EEEE d 'de' MMMM 'de' y"},
};

bool language_same(const char *a, const char *b) {
  if (!a || !b)
    return false;
  gsize n = strcspn(a, "-_");
  return n == strcspn(b, "-_") && g_ascii_strncasecmp(a, b, n) == 0;
}

/* ICU 72 crashes in udat_open for a tag that is longer than any. */
static const char *locale_of(const char *language) {
  return strlen(language) < ULOC_FULLNAME_CAPACITY ? language : "";
}

static UDateFormat *open_date(const char *language) {
  UErrorCode status = U_ZERO_ERROR;
  static const UChar utc[] = u"UTC";
  for (gsize i = 0; i < G_N_ELEMENTS(date_patterns); i++)
    if (language_same(language, date_patterns[i].language)) {
      UChar pattern[64];
      to_utf16(date_patterns[i].pattern, pattern, G_N_ELEMENTS(pattern));
      return udat_open(UDAT_PATTERN, UDAT_PATTERN, language, utc, -1, pattern, -1, &status);
    }
  return udat_open(UDAT_NONE, UDAT_FULL, language, utc, -1, NULL, 0, &status);
}

static Rules *rules_of(const char *tag) {
  const char *language = locale_of(tag);
  if (!rules_by_language)
    rules_by_language = g_hash_table_new(g_str_hash, g_str_equal);
  Rules *rules = g_hash_table_lookup(rules_by_language, language);
  if (rules)
    return rules;
  UErrorCode status = U_ZERO_ERROR;
  rules = g_new0(Rules, 1);
  rules->spell = unum_open(UNUM_SPELLOUT, NULL, 0, language, NULL, &status);
  status = U_ZERO_ERROR;
  rules->plurals = uplrules_open(language, &status);
  rules->date = open_date(language);
  g_hash_table_insert(rules_by_language, g_strdup(language), rules);
  return rules;
}

/* --- numbers --------------------------------------------------------------- */

static bool is_plain_decimal(const char *text) {
  const char *at = *text == '-' ? text + 1 : text;
  gsize whole = strspn(at, "0123456789");
  gsize decimals = at[whole] == '.' ? strspn(at + whole + 1, "0123456789") : 0;
  const char *end = at + whole + (decimals ? decimals + 1 : 0);
  return whole > 0 && *end == '\0';
}

/* `set` is a rule set's name ("%spellout-ordinal") or NULL for the default one. */
static bool use_rule_set(UNumberFormat *spell, const char *set) {
  UErrorCode status = U_ZERO_ERROR;
  UChar name[64];
  to_utf16(set, name, G_N_ELEMENTS(name));
  unum_setTextAttribute(spell, UNUM_DEFAULT_RULESET, name, -1, &status);
  return U_SUCCESS(status);
}

/* `plain` ("-12.5") by the first of `sets` (NULL ended) that the language has.
 * Up to 2^53 a double holds every whole number; beyond, the figures are given back. */
static char *spell(const char *language, const char *const *sets, const char *plain) {
  double number = g_ascii_strtod(plain, NULL);
  if (!is_plain_decimal(plain) || ABS(number) >= 9007199254740992.0)
    return g_strdup(plain);
  UChar out[MAX_SPELLED];
  UErrorCode status = U_ZERO_ERROR;
  g_mutex_lock(&rules_lock);
  UNumberFormat *format = rules_of(language)->spell;
  int32_t n = -1;
  for (guint i = 0; format && sets[i]; i++)
    if (use_rule_set(format, sets[i])) {
      n = unum_formatDouble(format, number, out, MAX_SPELLED, NULL, &status);
      break;
    }
  g_mutex_unlock(&rules_lock);
  bool ok = n >= 0 && n < MAX_SPELLED && U_SUCCESS(status);
  return ok ? to_utf8(out, n) : g_strdup(plain);
}

char *language_cardinal(const char *language, gint64 number) {
  static const char *const sets[] = {"%spellout-cardinal-masculine", "%spellout-cardinal", "%spellout-numbering", NULL};
  g_autofree char *plain = g_strdup_printf("%" G_GINT64_FORMAT, number);
  return spell(language, sets, plain);
}

char *language_ordinal(const char *language, gint64 number, bool feminine) {
  static const char *const masculine[] = {"%spellout-ordinal-masculine", "%spellout-ordinal", "%spellout-numbering",
                                          NULL};
  static const char *const feminines[] = {"%spellout-ordinal-feminine", "%spellout-ordinal", "%spellout-numbering",
                                          NULL};
  g_autofree char *plain = g_strdup_printf("%" G_GINT64_FORMAT, number);
  return spell(language, feminine ? feminines : masculine, plain);
}

char *language_decimal(const char *language, const char *plain) {
  static const char *const sets[] = {"%spellout-cardinal-masculine", "%spellout-cardinal", "%spellout-numbering", NULL};
  return spell(language, sets, plain);
}

/* --- dates ----------------------------------------------------------------- */

static UDate date_of(int year, int month, int day) {
  g_autoptr(GDateTime) noon = g_date_time_new_utc(year, month, day, 12, 0, 0);
  return (UDate)g_date_time_to_unix(noon) * 1000.0;
}

char *language_date(const char *language, int year, int month, int day) {
  UChar out[MAX_SPELLED];
  UErrorCode status = U_ZERO_ERROR;
  bool is_day = year > 0 && year < 10000 && day > 0 && day < 32 && month > 0 && month < 13 &&
                g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
  g_mutex_lock(&rules_lock);
  UDateFormat *format = is_day ? rules_of(language)->date : NULL;
  int32_t n = format ? udat_format(format, date_of(year, month, day), out, MAX_SPELLED, NULL, &status) : -1;
  g_mutex_unlock(&rules_lock);
  if (n < 0 || n >= MAX_SPELLED || U_FAILURE(status))
    return g_strdup_printf("%04d-%02d-%02d", year, month, day);
  g_autofree char *text = to_utf8(out, n);
  /* The first of the month is an ordinal in French; ICU's pattern has no letter for it. */
  if (day != 1 || !language_same(language, "fr"))
    return g_steal_pointer(&text);
  g_auto(GStrv) words = g_strsplit(text, " 1 ", 2);
  return g_strjoinv(" 1er ", words);
}

char *language_time(const char *language, int hour, int minute) {
  if (language_same(language, "fr")) {
    const char *hours = hour < 2 ? "heure" : "heures";
    return minute ? g_strdup_printf("%d %s %d", hour, hours, minute) : g_strdup_printf("%d %s", hour, hours);
  }
  UErrorCode status = U_ZERO_ERROR;
  UChar out[MAX_SPELLED];
  static const UChar utc[] = u"UTC";
  UDateFormat *format = udat_open(UDAT_SHORT, UDAT_NONE, locale_of(language), utc, -1, NULL, 0, &status);
  UDate at = (hour * 60.0 + minute) * 60000.0;
  int32_t n = U_SUCCESS(status) ? udat_format(format, at, out, MAX_SPELLED, NULL, &status) : -1;
  udat_close(format);
  return n >= 0 && n < MAX_SPELLED && U_SUCCESS(status) ? to_utf8(out, n) : g_strdup_printf("%d:%02d", hour, minute);
}

/* --- plurals --------------------------------------------------------------- */

const char *language_plural(const char *language, gint64 count) {
  static const char *const categories[] = {"zero", "one", "two", "few", "many"};
  UChar keyword[16];
  UErrorCode status = U_ZERO_ERROR;
  g_mutex_lock(&rules_lock);
  UPluralRules *plurals = rules_of(language)->plurals;
  int32_t n = plurals ? uplrules_select(plurals, (double)count, keyword, G_N_ELEMENTS(keyword), &status) : -1;
  g_mutex_unlock(&rules_lock);
  g_autofree char *name = to_utf8(keyword, U_SUCCESS(status) ? MAX(n, 0) : 0);
  for (gsize i = 0; i < G_N_ELEMENTS(categories); i++)
    if (strcmp(name, categories[i]) == 0)
      return categories[i];
  return "other";
}

bool language_is_known(const char *language) {
  char canonical[ULOC_FULLNAME_CAPACITY], wanted[ULOC_LANG_CAPACITY];
  UErrorCode status = U_ZERO_ERROR;
  int32_t parsed = 0;
  uloc_forLanguageTag(language, canonical, sizeof canonical, &parsed, &status);
  bool is_whole = U_SUCCESS(status) && parsed == (int32_t)strlen(language);
  int32_t n = is_whole ? uloc_getLanguage(canonical, wanted, sizeof wanted, &status) : 0;
  if (n <= 0 || U_FAILURE(status))
    return false;
  return *uloc_getISO3Language(wanted) != '\0';
}
