#include "sources/days.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Only the start of a line may hold the date of a heading. */
#define LOOK_BYTES 240

/* Months by their folded names, French, English, Spanish, with usual abbreviations. */
static const struct {
  const char *name;
  int month;
} months[] = {
    {"janvier", 1},   {"janv", 1},       {"january", 1},   {"jan", 1},      {"enero", 1},      {"fevrier", 2},
    {"fevr", 2},      {"fev", 2},        {"february", 2},  {"feb", 2},      {"febrero", 2},    {"mars", 3},
    {"march", 3},     {"mar", 3},        {"marzo", 3},     {"avril", 4},    {"avr", 4},        {"april", 4},
    {"apr", 4},       {"abril", 4},      {"mai", 5},       {"may", 5},      {"mayo", 5},       {"juin", 6},
    {"june", 6},      {"jun", 6},        {"junio", 6},     {"juillet", 7},  {"juil", 7},       {"july", 7},
    {"jul", 7},       {"julio", 7},      {"aout", 8},      {"august", 8},   {"aug", 8},        {"agosto", 8},
    {"septembre", 9}, {"sept", 9},       {"september", 9}, {"sep", 9},      {"septiembre", 9}, {"setiembre", 9},
    {"octobre", 10},  {"oct", 10},       {"october", 10},  {"octubre", 10}, {"novembre", 11},  {"nov", 11},
    {"november", 11}, {"noviembre", 11}, {"decembre", 12}, {"dec", 12},     {"december", 12},  {"diciembre", 12},
    {"dic", 12},
};

/* Words that may stand around a date without making it a sentence. */
static const char *const around[] = {
    "lundi",     "mardi",    "mercredi", "jeudi",    "vendredi", "samedi", "dimanche", "monday",    "tuesday",
    "wednesday", "thursday", "friday",   "saturday", "sunday",   "lunes",  "martes",   "miercoles", "jueves",
    "viernes",   "sabado",   "domingo",  "le",       "du",       "de",     "the",      "of",        "el",
    "del",       "date",     "fecha",    "jour",     "day",      "dia",    "journee",  NULL,
};

static int month_of(const char *word) {
  for (guint i = 0; i < G_N_ELEMENTS(months); i++) {
    if (strcmp(word, months[i].name) == 0) {
      return months[i].month;
    }
  }
  return 0;
}

/* "17", "1er", "17th" → the number, 0 when it is something else. */
static int day_of(const char *word) {
  char *end = NULL;
  long n = g_ascii_isdigit(*word) ? strtol(word, &end, 10) : 0;
  static const char *const tails[] = {"", "er", "st", "nd", "rd", "th", NULL};
  return n >= 1 && n <= 31 && end - word <= 2 && g_strv_contains(tails, end) ? (int)n : 0;
}

static int year_of(const char *word) {
  gsize n = strspn(word, "0123456789");
  int year = word[n] == '\0' && n == 4 ? atoi(word) : 0;
  return year >= 1900 && year <= 2199 ? year : 0;
}

static char *make_day(int year, int month, int day) {
  if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year)) {
    return NULL;
  }
  return g_strdup_printf("%04d-%02d-%02d", year, month, day);
}

/* The last time that this day and month came, up to `today`. */
static char *nearest_past(int month, int day, const char *today) {
  for (int year = atoi(today), first = year; year > first - 9 && year > 0; year--) {
    g_autofree char *found = make_day(year, month, day);
    if (found != NULL && strcmp(found, today) <= 0) {
      return g_steal_pointer(&found);
    }
  }
  return NULL;
}

static char *day_in_words(char **words, const char *today, guint *first, guint *last) {
  for (guint i = 0; words[i] != NULL; i++) {
    int month = month_of(words[i]);
    if (month == 0) {
      continue;
    }
    guint before = i > 1 && (strcmp(words[i - 1], "de") == 0 || strcmp(words[i - 1], "of") == 0) ? i - 2 : i - 1;
    int day = i > 0 ? day_of(words[before]) : 0;
    *first = day != 0 ? before : i;
    *last = i;
    if (day == 0 && words[i + 1] != NULL) {
      day = day_of(words[i + 1]); /* "March 17" */
      *last = i + 1;
    }
    if (day == 0) {
      continue;
    }
    const char *next = words[*last + 1];
    if (next != NULL && (strcmp(next, "de") == 0 || strcmp(next, "del") == 0) && words[*last + 2] != NULL) {
      next = words[*last + 2];
    }
    int year = next != NULL ? year_of(next) : 0;
    if (year != 0) {
      *last += next == words[*last + 1] ? 1 : 2;
    }
    char *found = year != 0 ? make_day(year, month, day) : nearest_past(month, day, today);
    if (found != NULL) {
      return found;
    }
  }
  return NULL;
}

/* Numbers with one separator between them: "2020-03-17", "17/03/20", "17/03". */
static char *day_in_numbers(const char *p, const char *today, gsize *length) {
  int part[3] = {0};
  gsize digits[3] = {0};
  guint n = 0;
  const char *q = p;
  char separator = '\0';
  for (; n < 3; n++) {
    digits[n] = strspn(q, "0123456789");
    if (digits[n] == 0 || digits[n] > 4) {
      break;
    }
    part[n] = atoi(q);
    q += digits[n];
    if (strchr("/-.", *q) == NULL || *q == '\0' || !g_ascii_isdigit(q[1]) || (n > 0 && *q != separator)) {
      n++;
      break;
    }
    separator = *q++;
  }
  if (g_ascii_isalnum(*q) || (n == 3 && q > p && q[-1] == separator)) {
    return NULL;
  }
  *length = (gsize)(q - p);
  if (n == 3 && digits[0] == 4) {
    return make_day(part[0], part[1], part[2]);
  }
  if (digits[0] > 2 || digits[1] > 2) {
    return NULL;
  }
  int day = part[1] > 12 ? part[1] : part[0]; /* 03/17/2020 can only be March */
  int month = part[1] > 12 ? part[0] : part[1];
  if (n == 3 && (digits[2] == 4 || digits[2] == 2)) {
    return make_day(digits[2] == 2 ? 2000 + part[2] : part[2], month, day);
  }
  return n == 2 && separator == '/' && day > 0 && month > 0 ? nearest_past(month, day, today) : NULL;
}

static bool only_around(char **words, guint first, guint last) {
  for (guint i = 0; words[i] != NULL; i++) {
    if ((i < first || i > last) && !g_strv_contains(around, words[i])) {
      return false;
    }
  }
  return true;
}

char *days_find(const char *text, const char *today, bool *alone) {
  g_autofree char *start = g_strndup(text, MIN(strlen(text), LOOK_BYTES));
  if (alone != NULL) {
    *alone = false;
  }
  for (char *p = start; *p != '\0'; p++) {
    gsize length = 0;
    if (!g_ascii_isdigit(*p) || (p > start && (g_ascii_isalnum(p[-1]) || strchr("/.-+", p[-1]) != NULL))) {
      continue;
    }
    char *found = day_in_numbers(p, today, &length);
    if (found != NULL) {
      memset(p, ' ', length);
      char *end = NULL;
      g_utf8_validate(start, -1, (const char **)&end);
      *end = '\0';
      g_autofree char *rest = text_fold(start);
      g_auto(GStrv) words = g_strsplit(rest, " ", -1);
      if (alone != NULL) {
        *alone = *rest == '\0' || only_around(words, G_MAXUINT, 0);
      }
      return found;
    }
  }
  char *end = NULL;
  g_utf8_validate(start, -1, (const char **)&end);
  *end = '\0';
  g_autofree char *folded = text_fold(start);
  g_auto(GStrv) words = g_strsplit(folded, " ", -1);
  guint first = 0, last = 0;
  char *found = day_in_words(words, today, &first, &last);
  if (found != NULL && alone != NULL) {
    *alone = only_around(words, first, last);
  }
  return found;
}

char *days_later(const char *day, guint count) {
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)atoi(day + 8), (GDateMonth)atoi(day + 5), (GDateYear)atoi(day));
  g_date_add_days(&date, count);
  char text[16];
  g_date_strftime(text, sizeof text, "%Y-%m-%d", &date);
  return g_strdup(text);
}

bool days_has_year(const char *text) {
  g_autofree char *start = g_strndup(text, MIN(strlen(text), LOOK_BYTES));
  for (char *p = start; *p != '\0'; p++) {
    if (g_ascii_isdigit(*p) && (p == start || !g_ascii_isdigit(p[-1]))) {
      g_autofree char *number = g_strndup(p, strspn(p, "0123456789"));
      if (year_of(number) != 0) {
        return true;
      }
    }
  }
  return false;
}

/* "20200317". */
static char *day_in_digits(const char *name) {
  for (const char *p = name; *p != '\0';) {
    gsize n = strspn(p, "0123456789");
    if (n == 8) {
      int number = atoi(p);
      return number / 10000 >= 1900 ? make_day(number / 10000, number / 100 % 100, number % 100) : NULL;
    }
    p += n > 0 ? n : 1;
  }
  return NULL;
}

char *days_in_name(const char *name, const char *today) {
  g_autofree char *words = g_strndup(name, MIN(strlen(name), LOOK_BYTES));
  char *digits = day_in_digits(words);
  for (char *p = words; digits == NULL && *p != '\0'; p++) { /* "cr-17-03-2020": only what parts figures is a date's */
    bool between = p > words && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]);
    *p = *p == '_' ? (between ? '-' : ' ') : *p == '-' && !between ? ' ' : *p;
  }
  return digits != NULL ? digits : days_find(words, today, NULL);
}
