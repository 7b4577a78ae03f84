/* Days, instants and lengths, on the days when the clock changes too. */
#include "base/clock.h"

#include "base_folder.h"

#include <stdlib.h>

static GTimeZone *zone(const char *name) {
  GTimeZone *opened = zone_open(name, NULL);
  g_assert_nonnull(opened);
  return opened;
}

static gint64 instant(const char *text) {
  g_autoptr(GError) error = NULL;
  gint64 us = instant_parse(text, NULL, &error);
  g_assert_no_error(error);
  return us;
}

static void test_zones(void) {
  static const char *const wrong[] = {"",
                                      "Paris",
                                      "+02:00",
                                      "UTC-3",
                                      "../../etc/passwd",
                                      "/etc/localtime",
                                      "Europe/../Europe/Paris",
                                      "Europe/Nowhere",
                                      "Europe",
                                      "Europe/Paris\n"};
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(zone_open(wrong[i], &error));
    assert_failed(&error, CARNET_ERROR_INPUT, "unknown time zone");
  }
  g_time_zone_unref(zone("UTC"));
}

static void test_day_bounds(void) {
  static const struct {
    const char *zone, *day, *from;
    int hours;
  } rows[] = {
      {"Europe/Paris", "2020-03-17", "2020-03-16T23:00:00Z", 24},
      {"Europe/Paris", "2020-03-29", "2020-03-28T23:00:00Z", 23},
      {"Europe/Paris", "2020-10-25", "2020-10-24T22:00:00Z", 25},
      {"America/Miquelon", "2020-03-08", "2020-03-08T03:00:00Z", 23},
      {"America/Miquelon", "2020-11-01", "2020-11-01T02:00:00Z", 25},
      {"Pacific/Noumea", "2020-03-29", "2020-03-28T13:00:00Z", 24},
      {"Indian/Reunion", "2020-10-25", "2020-10-24T20:00:00Z", 24},
      {"America/Havana", "2020-03-08", "2020-03-08T05:00:00Z", 23}, /* no midnight */
      {"America/Havana", "2020-11-01", "2020-11-01T04:00:00Z", 25}, /* midnight twice */
      {"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", 0},    /* a day that never was */
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GTimeZone) there = zone(rows[i].zone);
    gint64 from, until;
    g_assert_true(zone_day_bounds(there, rows[i].day, &from, &until, NULL));
    g_autofree char *start = instant_format(from);
    g_assert_cmpstr(start, ==, rows[i].from);
    g_assert_cmpint((until - from) / (3600 * US_PER_SECOND), ==, rows[i].hours);
    if (rows[i].hours == 0)
      continue;
    g_autofree char *first = zone_day(there, from), *last = zone_day(there, until - 1),
                    *before = zone_day(there, from - 1);
    g_assert_cmpstr(first, ==, rows[i].day);
    g_assert_cmpstr(last, ==, rows[i].day);
    g_assert_cmpstr(before, <, rows[i].day);
  }
  g_autoptr(GTimeZone) paris = zone("Europe/Paris");
  gint64 from, until;
  g_autoptr(GError) error = NULL;
  g_assert_false(zone_day_bounds(paris, "2020-02-30", &from, &until, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "2020-02-30");
  g_assert_true(zone_day_bounds(paris, "1970-01-01", &from, &until, NULL));
  g_assert_true(zone_day_bounds(paris, "0001-01-01", &from, &until, NULL));
  g_assert_true(zone_day_bounds(paris, "9999-12-31", &from, &until, NULL));
}

static void test_change(void) {
  static const struct {
    const char *zone, *day, *at;
    int before_s, after_s;
  } rows[] = {
      {"Europe/Paris", "2020-03-29", "2020-03-29T01:00:00Z", 3600, 7200},
      {"Europe/Paris", "2020-10-25", "2020-10-25T01:00:00Z", 7200, 3600},
      {"America/Miquelon", "2026-03-08", "2026-03-08T05:00:00Z", -10800, -7200},
      {"Australia/Lord_Howe", "2026-04-05", "2026-04-04T15:00:00Z", 39600, 37800},
      {"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", -10800,
       -7200}, /* at midnight: the day begins after it */
      {"Europe/Paris", "2020-03-28", NULL, 0, 0},
      {"Indian/Reunion", "2020-03-29", NULL, 0, 0},
      {"Pacific/Apia", "2011-12-30", NULL, 0, 0},
      {"Europe/Paris", "2020-02-30", NULL, 0, 0},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GTimeZone) there = zone(rows[i].zone);
    gint64 at_us = 0;
    int before_s = 0, after_s = 0;
    g_test_message("%s %s", rows[i].zone, rows[i].day);
    g_assert_cmpint(zone_change(there, rows[i].day, &at_us, &before_s, &after_s), ==, rows[i].at != NULL);
    if (!rows[i].at)
      continue;
    g_autofree char *at = instant_format(at_us);
    g_assert_cmpstr(at, ==, rows[i].at);
    g_assert_cmpint(before_s, ==, rows[i].before_s);
    g_assert_cmpint(after_s, ==, rows[i].after_s);
  }
}

static void test_instants(void) {
  g_autoptr(GTimeZone) paris = zone("Europe/Paris");
  static const struct {
    const char *text, *utc;
  } rows[] = {
      {"2020-03-17 14:30", "2020-03-17T13:30:00Z"},     {"2020-03-17T14:30", "2020-03-17T13:30:00Z"},
      {"2020-03-17 14:30:15", "2020-03-17T13:30:15Z"},  {"2020-07-01", "2020-06-30T22:00:00Z"},
      {"2020-03-17T11:00:00Z", "2020-03-17T11:00:00Z"}, {"2020-03-17T11:00:00+11:00", "2020-03-17T00:00:00Z"},
      {"2020-03-29 02:30", "2020-03-29T01:00:00Z"}, /* skipped: the first after */
      {"2020-10-25 02:30", "2020-10-25T00:30:00Z"}, /* twice: the first */
      {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    gint64 us = instant_parse(rows[i].text, paris, &error);
    g_assert_no_error(error);
    g_autofree char *utc = instant_format(us);
    g_assert_cmpstr(utc, ==, rows[i].utc);
  }
  static const char *const wrong[] = {"",
                                      "2020",
                                      "2020-02-30",
                                      "2020-03-17 24:01",
                                      "2020-03-17 1:30",
                                      "noon",
                                      "2020-03-17 14:30 ",
                                      "1970-01-01T00:00:00Z",
                                      "99999-01-01"};
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(instant_parse(wrong[i], paris, &error), ==, 0);
    assert_failed(&error, CARNET_ERROR_INPUT, "is not an instant");
  }
  g_assert_cmpint(instant_parse("2020-03-17 14:30", NULL, NULL), ==, 0);
}

static void test_days(void) {
  g_assert_false(day_split(NULL, &(int){0}, &(int){0}, &(int){0}));
  g_assert_true(day_check("2020-02-29", NULL));
  static const char *const wrong[] = {"2021-02-29", "2020-2-3", "2020-13-01",  "0000-01-01", "2020-00-10",
                                      "2020-03-00", "",         "2020-03-17 ", "٢٠٢٠-٠٣-١٧"};
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
    g_assert_false(day_check(wrong[i], NULL));
  static const struct {
    const char *day;
    int n;
    const char *wanted;
  } sums[] = {{"2020-02-28", 1, "2020-02-29"},  {"2020-01-01", -1, "2019-12-31"}, {"2020-03-17", 0, "2020-03-17"},
              {"0001-01-01", -5, "0001-01-01"}, {"9999-12-31", 1, "9999-12-31"},  {"2020-03-17", 366, "2021-03-18"}};
  for (gsize i = 0; i < G_N_ELEMENTS(sums); i++) {
    g_autofree char *sum = day_add(sums[i].day, sums[i].n);
    g_assert_cmpstr(sum, ==, sums[i].wanted);
  }
}

static void test_day_words(void) {
  g_autoptr(GTimeZone) noumea = zone("Pacific/Noumea");
  gint64 now = instant("2020-03-16T20:00:00Z"); /* the 17th there */
  static const struct {
    const char *text, *wanted;
  } rows[] = {{"today", "2020-03-17"},     {"Aujourd'hui", "2020-03-17"}, {"aujourd’hui", "2020-03-17"},
              {"hier", "2020-03-16"},      {"yesterday", "2020-03-16"},   {"demain", "2020-03-18"},
              {"-3", "2020-03-14"},        {"+1", "2020-03-18"},          {"-0", "2020-03-17"},
              {"2019-01-02", "2019-01-02"}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *day = day_parse(rows[i].text, noumea, now, NULL);
    g_assert_cmpstr(day, ==, rows[i].wanted);
  }
  static const char *const wrong[] = {"", "-", "--3", "-+3", "3", "-3x", "-99999999", "17 mars"};
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(day_parse(wrong[i], noumea, now, &error));
    assert_failed(&error, CARNET_ERROR_INPUT, "is not a day");
  }
}

static void test_durations(void) {
  static const struct {
    const char *text;
    gint64 ms;
  } rows[] = {{"5:00", 300000}, {"1:02:03", 3723000}, {"90", 90000}, {"0.8", 800}, {"1:00.25", 60250}, {"0:01", 1000}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
    g_assert_cmpint(duration_parse(rows[i].text, NULL), ==, rows[i].ms * 1000);
  static const char *const wrong[] = {"",
                                      "0",
                                      "0:00",
                                      "5:",
                                      ":30",
                                      "5:75",
                                      "-5",
                                      "5m",
                                      "1:2:3:4",
                                      "5.",
                                      "1.1234567",
                                      "1e3",
                                      "99999999999999999999999999",
                                      "5:00 "};
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_cmpint(duration_parse(wrong[i], &error), ==, 0);
    assert_failed(&error, CARNET_ERROR_INPUT, "is not a length");
  }
  static const struct {
    gint64 ms;
    bool tenths;
    const char *wanted;
  } shown[] = {{300000, false, "5:00"}, {3723000, false, "1:02:03"}, {59960, true, "1:00.0"}, {59960, false, "1:00"},
               {0, false, "0:00"},      {800, true, "0:00.8"},       {-2000, false, "-0:02"}};
  for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
    g_autofree char *text = duration_format(shown[i].ms * 1000, shown[i].tenths);
    g_assert_cmpstr(text, ==, shown[i].wanted);
  }
}

static void test_frozen(void) {
  clock_set(instant("2020-03-17T11:00:00Z"));
  g_assert_cmpint(clock_now_us(), ==, instant("2020-03-17T11:00:00Z"));
  clock_set(0);
  g_assert_cmpint(ABS(clock_now_us() - g_get_real_time()), <, 60 * US_PER_SECOND);
}

/* CARNET_NOW is read once, at the first use: in a process of its own. */
static void test_moved(void) {
  if (g_test_subprocess()) {
    gint64 late = clock_now_us() - instant("2020-03-17T11:00:00Z");
    g_assert_cmpint(late, >=, 0);
    g_usleep(20000);
    g_assert_cmpint(clock_now_us() - instant("2020-03-17T11:00:00Z"), >=, late + 20000);
    g_assert_cmpint(late, <, 60 * US_PER_SECOND);
    return;
  }
  g_setenv("CARNET_NOW", "2020-03-17T11:00:00Z", TRUE);
  g_test_trap_subprocess("/clock/moved", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv("CARNET_NOW");
  g_test_trap_assert_passed();
}

/* An empty one is none. */
static void test_not_moved(void) {
  if (g_test_subprocess()) {
    g_assert_cmpint(ABS(clock_now_us() - g_get_real_time()), <, 60 * US_PER_SECOND);
    return;
  }
  g_setenv("CARNET_NOW", "", TRUE);
  g_test_trap_subprocess("/clock/not-moved", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv("CARNET_NOW");
  g_test_trap_assert_passed();
  g_test_trap_assert_stderr_unmatched("*CARNET_NOW*");
}

/* The zones of another folder, as a system without a database of its own has them. */
static void test_other_zones(void) {
  g_autoptr(GError) error = NULL;
  g_setenv("TZDIR", "/nowhere", TRUE);
  g_assert_null(zone_open("Europe/Paris", &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  g_setenv("TZDIR", "/usr/share/zoneinfo", TRUE);
  g_autoptr(GTimeZone) zone = zone_open("Europe/Paris", NULL);
  g_assert_nonnull(zone);
  g_unsetenv("TZDIR");
}

/* The first instant of all has none before it that might be meant. */
static void test_first_instant(void) {
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  gint64 first_us = G_GINT64_CONSTANT(-62135596800) * US_PER_SECOND;
  g_assert_cmpint(instant_parse("0001-01-01 00:00", utc, NULL), ==, first_us);
}

static void test_moved_badly(void) {
  if (g_test_subprocess()) {
    g_assert_cmpint(ABS(clock_now_us() - g_get_real_time()), <, 60 * US_PER_SECOND);
    return;
  }
  g_setenv("CARNET_NOW", "tomorrow", TRUE);
  g_test_trap_subprocess("/clock/moved-badly", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_unsetenv("CARNET_NOW");
  g_test_trap_assert_passed();
  g_test_trap_assert_stderr("*CARNET_NOW: \"tomorrow\" is not an instant*");
}

/* Nearly an instant, nearly a day, nearly a length. */
static void test_no_instants(void) {
  static const char *const wrong[] = {"2020-03-17 1:30",
                                      "2020-03-17x14:30",
                                      "2020-03-17 a4:30",
                                      "2020-03-17 1a:30",
                                      "2020-03-17 14-30",
                                      "2020-03-17 14:a0",
                                      "2020-03-17 14:3a",
                                      "2020-03-17 25:00",
                                      "2020-13-17 14:30",
                                      "0000-03-17",
                                      "2020-00-17",
                                      "2020-03-00",
                                      "2020-02-30",
                                      "2020-3-17",
                                      "",
                                      "hier"};
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_test_message("%s", wrong[i]);
    g_assert_cmpint(instant_parse(wrong[i], utc, &error), ==, 0);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
  gint64 from = 0, until = 0;
  g_assert_false(zone_day_bounds(utc, "2020-02-30", &from, &until, NULL));
  g_autofree char *back = duration_format(-1500000, true), *none = duration_format(-1, false);
  g_assert_cmpstr(back, ==, "-0:01.5");
  g_assert_cmpstr(none, ==, "0:00");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/clock/no-instants", test_no_instants);
  g_test_add_func("/clock/zones", test_zones);
  g_test_add_func("/clock/day-bounds", test_day_bounds);
  g_test_add_func("/clock/change", test_change);
  g_test_add_func("/clock/instants", test_instants);
  g_test_add_func("/clock/days", test_days);
  g_test_add_func("/clock/day-words", test_day_words);
  g_test_add_func("/clock/durations", test_durations);
  g_test_add_func("/clock/moved", test_moved);
  g_test_add_func("/clock/moved-badly", test_moved_badly);
  g_test_add_func("/clock/not-moved", test_not_moved);
  g_test_add_func("/clock/other-zones", test_other_zones);
  g_test_add_func("/clock/first-instant", test_first_instant);
  g_test_add_func("/clock/frozen", test_frozen);
  return g_test_run();
}
