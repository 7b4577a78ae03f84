/* Calendars as people's programs write them; what is wrong is told by file and line, the others go on; the two odd hours
 * of the year; a slot in words. */
#include "schedule/week.h"
#include "schedule/write.h"

#include "base/clock.h"
#include "base/error.h"

#include <string.h>

#define DATA "tests/data/schedule/"

typedef struct {
  GTimeZone *zone;
  GPtrArray *slots, *notes;
} Fixture;

static void free_slot(gpointer slot) {
  planned_slot_free(slot);
}

static void free_note(gpointer note) {
  calendar_note_free(note);
}

static void set_up(Fixture *fixture, gconstpointer zone) {
  fixture->zone = zone_open(zone ? zone : "Europe/Paris", NULL);
  g_assert_nonnull(fixture->zone);
  fixture->slots = g_ptr_array_new_with_free_func(free_slot);
  fixture->notes = g_ptr_array_new_with_free_func(free_note);
}

static void tear_down(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_time_zone_unref(fixture->zone);
  g_ptr_array_unref(fixture->slots);
  g_ptr_array_unref(fixture->notes);
}

static char *find(const char *name, gpointer user) {
  (void)user;
  static const char *const known[] = {"midi", "soir", "flash", "noon"};
  g_autofree char *lower = g_utf8_strdown(name, -1);
  for (guint i = 0; i < G_N_ELEMENTS(known); i++)
    if (strcmp(lower, known[i]) == 0)
      return g_strdup(known[i]);
  return NULL;
}

static gint64 instant(const char *text) {
  return instant_parse(text, NULL, NULL);
}

static gint by_start(gconstpointer a, gconstpointer b) {
  const PlannedSlot *one = *(PlannedSlot *const *)a, *other = *(PlannedSlot *const *)b;
  return one->start_us < other->start_us ? -1 : one->start_us > other->start_us;
}

static void expand(Fixture *fixture, const char *name, const char *text, const char *from, const char *until) {
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(GError) error = NULL;
  g_autoptr(Calendar) calendar = calendar_parse(name, bytes, fixture->zone, fixture->notes, &error);
  g_assert_no_error(error);
  calendar_slots(calendar, instant(from), instant(until), find, NULL, fixture->slots, fixture->notes);
  g_ptr_array_sort(fixture->slots, by_start);
}

static char *file_text(const char *name) {
  g_autofree char *path = g_build_filename(DATA, name, NULL);
  char *text = NULL;
  g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
  return text;
}

/* "2026-03-02T11:00:00Z midi, …" */
static char *all_slots(const Fixture *fixture) {
  GString *all = g_string_new(NULL);
  for (guint i = 0; i < fixture->slots->len; i++) {
    const PlannedSlot *slot = fixture->slots->pdata[i];
    g_autofree char *start = instant_format(slot->start_us);
    g_string_append_printf(all, "%s%s %s", i ? ", " : "", start, slot->script);
  }
  return g_string_free(all, FALSE);
}

static void assert_slots(const Fixture *fixture, const char *wanted) {
  g_autofree char *all = all_slots(fixture);
  g_assert_cmpstr(all, ==, wanted);
}

static bool is_noted(const Fixture *fixture, const char *start, const char *words, bool is_error) {
  bool noted = false;
  for (guint i = 0; i < fixture->notes->len; i++) {
    const CalendarNote *note = fixture->notes->pdata[i];
    noted = noted || (g_str_has_prefix(note->text, start) && strstr(note->text, words) && note->is_error == is_error);
  }
  return noted;
}

/* --- as programs write them --------------------------------------------------------------- */

static void test_programs(void) {
  static const struct {
    const char *file, *slots;
  } rows[] = {
      {"nextcloud.ics", "2026-03-02T11:00:00Z midi, 2026-03-03T11:00:00Z midi, 2026-03-05T12:00:00Z midi, "
                        "2026-03-06T11:00:00Z midi"},
      {"thunderbird.ics", "2026-03-02T17:30:00Z soir, 2026-03-03T17:30:00Z soir, 2026-03-05T17:30:00Z soir, "
                          "2026-03-06T17:30:00Z soir"},
      {"google.ics", "2026-03-02T07:00:00Z flash, 2026-03-09T07:00:00Z flash, 2026-03-11T07:00:00Z flash"},
      {"apple.ics", "2026-03-01T09:00:00Z noon, 2026-03-08T10:00:00Z noon, 2026-03-15T10:00:00Z noon, "
                    "2026-04-05T08:00:00Z noon"},
      {"outlook.ics", "2026-03-02T06:00:00Z flash, 2026-03-09T06:00:00Z flash, 2026-03-29T01:00:00Z flash"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    Fixture fixture;
    set_up(&fixture, "America/New_York"); /* the station's own zone has no say in them */
    g_autofree char *text = file_text(rows[i].file);
    expand(&fixture, rows[i].file, text, "2026-03-01T00:00:00Z",
           i == 0 || i == 1 ? "2026-03-07T00:00:00Z" : "2026-04-10T00:00:00Z");
    assert_slots(&fixture, rows[i].slots);
    tear_down(&fixture, NULL);
  }
}

static void test_all_day(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autofree char *text = file_text("thunderbird.ics");
  expand(fixture, "schedules/thunderbird.ics", text, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z");
  g_assert_true(is_noted(fixture, "schedules/thunderbird.ics:38: ", "all day", false));
}

static void test_wrong(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *where, *what;
  } rows[] = {
      {"wrong.ics:6: ", "more than one slot a minute"},
      {"wrong.ics:12: ", "write it by days"},
      {"wrong.ics:18: ", "of a month or a year"},
      {"wrong.ics:23: ", "\"Europe/Atlantis\""},
      {"wrong.ics:29: ", "no script \"nuit\""},
      {"wrong.ics:35: ", "\"Réunion de bureau\""},
      {"wrong.ics:37: ", "no start"},
      {"wrong.ics:43: ", "no start"},
      {"wrong.ics:46: ", ""},
      {"wrong.ics:63: ", "END"},
  };
  g_autofree char *text = file_text("wrong.ics");
  expand(fixture, "wrong.ics", text, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  for (guint i = 0; i < fixture->notes->len; i++)
    g_test_message("%s", ((CalendarNote *)fixture->notes->pdata[i])->text);
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
    if (!is_noted(fixture, rows[i].where, rows[i].what, true)) {
      g_test_message("not told: %s%s", rows[i].where, rows[i].what);
      g_test_fail();
    }
  assert_slots(fixture, "2026-03-03T08:00:00Z flash, 2026-03-04T08:00:00Z flash");
  const PlannedSlot *limited = fixture->slots->pdata[0];
  g_assert_cmpstr(limited->mounts[0], ==, "/bulletin.mp3");
  g_assert_cmpstr(limited->mounts[1], ==, "/nowhere.mp3");
  g_assert_null(limited->mounts[2]);
}

static void test_no_calendar(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const char *const texts[] = {"", "BEGIN:VCARD\r\nEND:VCARD\r\n", "bonjour"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GBytes) bytes = g_bytes_new(texts[i], strlen(texts[i]));
    g_autoptr(GError) error = NULL;
    g_assert_null(calendar_parse("x.ics", bytes, fixture->zone, fixture->notes, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_true(g_str_has_prefix(error->message, "x.ics: "));
  }
}

/* --- the odd hours --------------------------------------------------------------------------- */

static char *event(const char *lines) {
  return g_strdup_printf("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u\nSUMMARY:flash\n%s\nEND:VEVENT\nEND:VCALENDAR\n", lines);
}

static void test_odd_hours(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *lines, *from, *until, *slots;
  } rows[] = {
      /* half past two is not there: three o'clock, and half past two again the day after */
      {"DTSTART:20260328T023000\nRRULE:FREQ=DAILY", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z",
       "2026-03-28T01:30:00Z flash, 2026-03-29T01:00:00Z flash, 2026-03-30T00:30:00Z flash"},
      /* half past two comes twice: the first */
      {"DTSTART:20261024T023000\nRRULE:FREQ=DAILY", "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z",
       "2026-10-24T00:30:00Z flash, 2026-10-25T00:30:00Z flash, 2026-10-26T01:30:00Z flash"},
      /* every hour: two and three are one instant in spring; no hour is heard twice in autumn */
      {"DTSTART:20260329T010000\nRRULE:FREQ=HOURLY;COUNT=4", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z",
       "2026-03-29T00:00:00Z flash, 2026-03-29T01:00:00Z flash, 2026-03-29T02:00:00Z flash"},
      {"DTSTART:20261025T010000\nRRULE:FREQ=HOURLY;COUNT=3", "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z",
       "2026-10-24T23:00:00Z flash, 2026-10-25T00:00:00Z flash, 2026-10-25T02:00:00Z flash"},
      /* an exception within the gap, written as it stands and in UTC */
      {"DTSTART:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260329T023000", "2026-03-28T00:00:00Z",
       "2026-03-31T00:00:00Z", "2026-03-28T01:30:00Z flash, 2026-03-30T00:30:00Z flash"},
      {"DTSTART:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260329T010000Z", "2026-03-28T00:00:00Z",
       "2026-03-31T00:00:00Z", "2026-03-28T01:30:00Z flash, 2026-03-30T00:30:00Z flash"},
      /* an exception without a time takes the day away */
      {"DTSTART:20260302T120000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260303", "2026-03-01T00:00:00Z",
       "2026-03-31T00:00:00Z", "2026-03-02T11:00:00Z flash, 2026-03-04T11:00:00Z flash"},
      /* the end of a rule as a day, its last included; in UTC */
      {"DTSTART:20260302T230000\nRRULE:FREQ=DAILY;UNTIL=20260303", "2026-03-01T00:00:00Z", "2026-03-31T00:00:00Z",
       "2026-03-02T22:00:00Z flash, 2026-03-03T22:00:00Z flash"},
      {"DTSTART:20260302T230000\nRRULE:FREQ=DAILY;UNTIL=20260303T220000Z", "2026-03-01T00:00:00Z",
       "2026-03-31T00:00:00Z", "2026-03-02T22:00:00Z flash, 2026-03-03T22:00:00Z flash"},
      /* a rule of hours that began long ago keeps its step */
      {"DTSTART:20100101T000500\nRRULE:FREQ=HOURLY;INTERVAL=7", "2026-03-02T00:00:00Z", "2026-03-02T12:00:00Z",
       "2026-03-02T04:05:00Z flash, 2026-03-02T11:05:00Z flash"},
      {"DTSTART:20100101T000000\nRRULE:FREQ=MINUTELY;INTERVAL=90;BYDAY=MO", "2026-03-02T20:00:00Z",
       "2026-03-03T12:00:00Z", "2026-03-02T20:00:00Z flash, 2026-03-02T21:30:00Z flash"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *text = event(rows[i].lines);
    g_ptr_array_set_size(fixture->slots, 0);
    expand(fixture, "odd.ics", text, rows[i].from, rows[i].until);
    g_test_message("%s", rows[i].lines);
    assert_slots(fixture, rows[i].slots);
  }
}

/* What else an event may hold, and what becomes of it. */
static void test_rules(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *lines, *slots, *told; /* told: NULL, nothing is */
  } rows[] = {
      {"DTSTART:20260302T120000\nRRULE:FREQ=MINUTELY;BYSECOND=0,30", "", "more than one slot a minute"},
      {"DTSTART:20260302T120000\nRRULE:FREQ=DAILY;BYSECOND=0;COUNT=1", "2026-03-02T11:00:00Z flash", NULL},
      {"DTSTART:20260302T120000\nRRULE:FREQ=HOURLY;BYMONTH=3", "", "write it by days"},
      {"DTSTART:20260302T120000\nRRULE:FREQ=HOURLY;BYMONTHDAY=2", "", "write it by days"},
      {"DTSTART:20260302T120000\nRRULE:FREQ=HOURLY;BYYEARDAY=61", "", "write it by days"},
      {"DTSTART:20260302T120000\nRRULE:FREQ=HOURLY;BYDAY=MO;BYSETPOS=1", "", "write it by days"},
      {"DTSTART:20260302T120000\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "", "no time at all"},
      {"DTSTART:20260302T120000\nRRULE:FREQ=YEARLY;BYDAY=1MO;COUNT=1", "2026-03-02T11:00:00Z flash", NULL},
      {"DTSTART:20260302T120000\nRRULE:FREQ=DAILY;UNTIL=20260303T120000;BYDAY=MO,TU",
       "2026-03-02T11:00:00Z flash, 2026-03-03T11:00:00Z flash", NULL},
      {"DTSTART:20260302T120000\nRRULE:FREQ=HOURLY;INTERVAL=12;BYDAY=MO", "2026-03-02T11:00:00Z flash", NULL},
      /* ended long ago: there is nothing to tell */
      {"DTSTART:20200302T120000\nRRULE:FREQ=HOURLY;UNTIL=20210101T000000", "", NULL},
      {"DTSTART:20200302T120000\nRRULE:FREQ=DAILY;UNTIL=20210101T000000", "", NULL},
      {"DTSTART:20260302T120000\nRDATE;VALUE=DATE:20260303", "2026-03-02T11:00:00Z flash, 2026-03-03T11:00:00Z flash",
       NULL},
      {"DTSTART:20260302T120000\nRDATE;VALUE=PERIOD:20260303T130000/PT5M",
       "2026-03-02T11:00:00Z flash, 2026-03-03T12:00:00Z flash", NULL},
      {"DTSTART:20260302T120000\nRDATE;TZID=Nowhere/At_all:20260303T130000", "", "its time zone is unknown"},
      {"DTSTART:20260302T120000\nEXDATE;TZID=Nowhere/At_all:20260303T130000", "", "its time zone is unknown"},
      {"DTSTART:20260302T120000\nRECURRENCE-ID;TZID=Nowhere/At_all:20260303T130000", "", "its time zone is unknown"},
      {"DTSTART:20260302T120000\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260303T130000", "", "RANGE is not understood"},
      {"DTSTART:20260302T120000\nRECURRENCE-ID;VALUE=DATE:20260302", "2026-03-02T11:00:00Z flash", NULL},
      {"DTSTART:20260302T120000\nSTATUS:CANCELLED", "", NULL},
      {"DTSTART:20260302T120000\nPRIORITY:0\nX-OTHER:1\nX-CARNET-MOUNTS:\nDESCRIPTION:", "2026-03-02T11:00:00Z flash",
       NULL},
      {"DTSTART:20260302T120000Z\nCATEGORIES:radio,midi", "2026-03-02T12:00:00Z midi", NULL},
      {"DTSTART:20260302T120000Z\nCATEGORIES:radio\nCATEGORIES:noon,soir", "2026-03-02T12:00:00Z noon", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *text = event(rows[i].lines);
    g_ptr_array_set_size(fixture->slots, 0);
    g_ptr_array_set_size(fixture->notes, 0);
    g_test_message("%s", rows[i].lines);
    expand(fixture, "rule.ics", text, "2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z");
    g_autofree char *all = all_slots(fixture);
    g_assert_cmpstr(all, ==, rows[i].slots);
    g_assert_cmpuint(fixture->notes->len, ==, rows[i].told ? 1 : 0);
    if (rows[i].told)
      g_assert_true(is_noted(fixture, "rule.ics:", rows[i].told, true));
  }
}

/* The second of three days is changed into what is no slot: it is not heard at its old time either. */
static void test_moved_away(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *lines, *told;
    bool is_error;
  } rows[] = {
      {"RECURRENCE-ID:20260303T120000\nDTSTART;VALUE=DATE:20260303", "all day", false},
      {"RECURRENCE-ID;VALUE=DATE:20260303\nDTSTART;VALUE=DATE:20260303", "all day", false},
      {"RECURRENCE-ID:20260303T120000\nDTSTART:20260231T120000", "no start", true},
      {"RECURRENCE-ID:20260303T120000\nDTSTART:tomorrow", "cannot be read", true},
      {"RECURRENCE-ID:20260303T120000", "no start", true},
      {"RECURRENCE-ID:20260303T120000\nDTSTART;TZID=Nowhere/At_all:20260303T130000", "unknown time zone", true},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *lines = g_strdup_printf("DTSTART:20260302T120000\nRRULE:FREQ=DAILY;COUNT=3\nEND:VEVENT\n"
                                             "BEGIN:VEVENT\nUID:u\nSUMMARY:flash\n%s",
                                             rows[i].lines);
    g_autofree char *text = event(lines);
    g_ptr_array_set_size(fixture->slots, 0);
    g_ptr_array_set_size(fixture->notes, 0);
    g_test_message("%s", rows[i].lines);
    expand(fixture, "moved.ics", text, "2026-03-02T00:00:00Z", "2026-03-06T00:00:00Z");
    assert_slots(fixture, "2026-03-02T11:00:00Z flash, 2026-03-04T11:00:00Z flash");
    g_assert_cmpuint(fixture->notes->len, ==, 1);
    g_assert_true(is_noted(fixture, "moved.ics:", rows[i].told, rows[i].is_error));
  }
}

static void test_too_many(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autofree char *text = event("DTSTART:20260101T000000\nRRULE:FREQ=MINUTELY");
  expand(fixture, "many.ics", text, "2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
  g_assert_true(is_noted(fixture, "many.ics:6: ", "too many slots", true));
  g_autoptr(GString) crowd = g_string_new("BEGIN:VCALENDAR\n");
  for (guint i = 0; i <= CALENDAR_MAX_EVENTS; i++)
    g_string_append(crowd, "BEGIN:VEVENT\nEND:VEVENT\n");
  g_autoptr(GBytes) bytes = g_bytes_new(crowd->str, crowd->len);
  g_autoptr(GError) error = NULL;
  g_assert_null(calendar_parse("crowd.ics", bytes, fixture->zone, fixture->notes, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void test_occurrences(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autofree char *text = event("DTSTART:20260328T023000\nRRULE:FREQ=DAILY\nPRIORITY:1");
  expand(fixture, "one.ics", text, "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z");
  g_autofree char *first = g_strdup(((PlannedSlot *)fixture->slots->pdata[1])->occurrence);
  g_assert_cmpint(((PlannedSlot *)fixture->slots->pdata[1])->priority, ==, 1);
  g_ptr_array_set_size(fixture->slots, 0);
  expand(fixture, "one.ics", text, "2026-03-29T00:00:00Z", "2026-03-30T00:00:00Z");
  g_assert_cmpstr(((PlannedSlot *)fixture->slots->pdata[0])->occurrence, ==, first);
}

/* --- a folder --------------------------------------------------------------------------------- */

static gint64 five_minutes(const char *script, gpointer user) {
  (void)script;
  (void)user;
  return 300 * US_PER_SECOND;
}

static void test_week(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("carnet-week-XXXXXX", &error);
  g_assert_no_error(error);
  static const struct {
    const char *file, *lines;
  } files[] = {
      {"a.ics", "DTSTART:20260302T120000\nRRULE:FREQ=DAILY;COUNT=2"},
      {"b.ics", "DTSTART:20260302T120300\nRRULE:FREQ=DAILY;COUNT=2\nX-CARNET-SCRIPT:midi"},
      {"c.ics", "DTSTART:20260302T120000"}, /* the same as the first of a.ics */
      {"d.ics", "DTSTART:20260302T120100\nX-CARNET-SCRIPT:soir\nX-CARNET-MOUNTS:/b\nPRIORITY:1"},
      {"e.ics", "DTSTART:20260302T120200\nX-CARNET-SCRIPT:noon\nX-CARNET-MOUNTS:/a"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = g_build_filename(folder, files[i].file, NULL), *text = event(files[i].lines);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
  }
  g_autofree char *broken = g_build_filename(folder, "f.ics", NULL);
  g_assert_true(g_file_set_contents(broken, "nothing", -1, NULL));
  g_autoptr(Week) week = week_read(folder, "schedules", fixture->zone, instant("2026-03-01T00:00:00Z"),
                                   instant("2026-03-04T00:00:00Z"), find, NULL, &error);
  g_assert_no_error(error);
  week_overlaps(week, fixture->zone, five_minutes, NULL);
  g_assert_cmpuint(week->slots->len, ==, 6);
  static const char *const notes[] = {
      "schedules/f.ics: this is no calendar (BEGIN:VCALENDAR is missing)",
      "schedules/a.ics:2: 2026-03-02 12:00 flash is still on the air at 2026-03-02 12:01 soir (schedules/d.ics:2): "
      "soir goes first",
      "schedules/a.ics:2: 2026-03-02 12:00 flash is still on the air at 2026-03-02 12:02 noon (schedules/e.ics:2): "
      "noon goes first",
      "schedules/a.ics:2: 2026-03-02 12:00 flash is still on the air at 2026-03-02 12:03 midi (schedules/b.ics:2), "
      "and 1 time more: midi goes first",
      "schedules/d.ics:2: 2026-03-02 12:01 soir is still on the air at 2026-03-02 12:03 midi (schedules/b.ics:2): "
      "soir goes first",
      "schedules/e.ics:2: 2026-03-02 12:02 noon is still on the air at 2026-03-02 12:03 midi (schedules/b.ics:2): "
      "midi goes first",
  };
  g_assert_cmpuint(week->notes->len, ==, G_N_ELEMENTS(notes));
  for (guint i = 0; i < G_N_ELEMENTS(notes); i++)
    g_assert_cmpstr(((CalendarNote *)week->notes->pdata[i])->text, ==, notes[i]);
  g_assert_null(week_read(folder, "schedules", fixture->zone, 5, 5, find, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = g_build_filename(folder, files[i].file, NULL);
    remove(path);
  }
  remove(broken);
  remove(folder);
}

/* The same but for its priority, and another between the two. */
static void test_doubles(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const char *const lines[] = {
      "DTSTART:20260302T090000\nPRIORITY:6",
      "DTSTART:20260302T090000\nX-CARNET-SCRIPT:soir\nPRIORITY:4",
      "DTSTART:20260302T090000\nPRIORITY:2",
  };
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp("carnet-doubles-XXXXXX", &error);
  g_assert_no_error(error);
  g_autofree char *path = g_build_filename(folder, "a.ics", NULL);
  GString *all = g_string_new("BEGIN:VCALENDAR\n");
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
    g_string_append_printf(all, "BEGIN:VEVENT\nUID:%u\nSUMMARY:flash\n%s\nEND:VEVENT\n", i, lines[i]);
  g_string_append(all, "END:VCALENDAR\n");
  g_assert_true(g_file_set_contents(path, all->str, -1, NULL));
  g_string_free(all, TRUE);
  g_autoptr(Week) week = week_read(folder, "schedules", fixture->zone, instant("2026-03-01T00:00:00Z"),
                                   instant("2026-03-04T00:00:00Z"), find, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(week->notes->len, ==, 0);
  g_assert_cmpuint(week->slots->len, ==, 2);
  const PlannedSlot *first = week->slots->pdata[0], *second = week->slots->pdata[1];
  g_assert_cmpstr(first->script, ==, "flash");
  g_assert_cmpint(first->priority, ==, 2);
  g_assert_cmpstr(second->script, ==, "soir");
  remove(path);
  remove(folder);
}

static void test_week_text(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autofree char *text = event("DTSTART:20260302T120000\nRRULE:FREQ=DAILY;COUNT=2\nSUMMARY:a\\nb\nX-CARNET-MOUNTS:/a"),
                  *again = NULL;
  expand(fixture, "t.ics", text, "2026-03-01T00:00:00Z", "2026-03-05T00:00:00Z");
  Week week = {fixture->slots, fixture->notes};
  again = week_text(&week, five_minutes, NULL, 0);
  g_assert_nonnull(strstr(again, "DURATION:PT300S\r\n"));
  g_assert_nonnull(strstr(again, "X-CARNET-MOUNTS:/a\r\n"));
  g_ptr_array_set_size(fixture->slots, 0);
  expand(fixture, "t.ics", again, "2026-03-01T00:00:00Z", "2026-03-05T00:00:00Z");
  assert_slots(fixture, "2026-03-02T11:00:00Z flash, 2026-03-03T11:00:00Z flash");
}

static void test_no_folder(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  g_autoptr(Week) week = week_read("/nonexistent", "schedules", fixture->zone, 0, 1, find, NULL, NULL);
  g_assert_cmpuint(week->slots->len + week->notes->len, ==, 0);
}

/* --- in words ------------------------------------------------------------------------------------ */

static void test_words(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *words, *start, *rule;
  } rows[] = {
      /* seen from Sunday 29 November 2026, ten in the morning */
      {"every weekday 12:00", "20261130T120000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
      {"every day at noon", "20261129T120000", "FREQ=DAILY"},
      {"daily 9:30", "20261130T093000", "FREQ=DAILY"},
      {"Mondays and Thursdays 18:30", "20261130T183000", "FREQ=WEEKLY;BYDAY=MO,TH"},
      {"from Monday to Thursday at 7:00", "20261130T070000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"},
      {"Friday to Monday 7:00", "20261130T070000", "FREQ=WEEKLY;BYDAY=MO,FR,SA,SU"},
      {"weekends 10:00", "20261129T100000", "FREQ=WEEKLY;BYDAY=SA,SU"},
      {"week-ends 10:00", "20261129T100000", "FREQ=WEEKLY;BYDAY=SA,SU"},
      {"weekend days 10:00", "20261129T100000", "FREQ=WEEKLY;BYDAY=SA,SU"},
      {"every working day 12:00", "20261130T120000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
      {"every week day 12:00", "20261130T120000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
      {"every day of the week 12:00", "20261129T120000", "FREQ=DAILY"},
      {"last working day of the month 12:00", "20261130T120000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"},
      {"Mondays and weekends 10:00", "20261129T100000", "FREQ=WEEKLY;BYDAY=MO,SA,SU"},
      {"weekends and Mondays 10:00", "20261129T100000", "FREQ=WEEKLY;BYDAY=MO,SA,SU"},
      {"Saturdays and weekdays 12:00", "20261130T120000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA"},
      {"weekdays and weekends 10:00", "20261129T100000", "FREQ=DAILY"},
      {"first Sunday of the month 10:00", "20261206T100000", "FREQ=MONTHLY;BYDAY=1SU"},
      {"the last Friday of the month, 20:00", "20261225T200000", "FREQ=MONTHLY;BYDAY=-1FR"},
      {"every hour", "20261129T110000", "FREQ=HOURLY"},
      {"every day Monday 7:00", "20261130T070000", "FREQ=WEEKLY;BYDAY=MO"},
      {"last day of the month 12:00", "20261130T120000", "FREQ=MONTHLY;BYMONTHDAY=-1"},
      {"first weekday of the month 9:00", "20261201T090000", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1"},
      {"every 2 hours 08:15", "20261130T081500", "FREQ=HOURLY;INTERVAL=2"},
      {"every 5 minutes", "20261129T100100", "FREQ=MINUTELY;INTERVAL=5"},
      {"every weekday 12:00 until 2026-12-31", "20261130T120000",
       "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231T235959"},
      {"every day 12:00 until 2026-11-29", "20261129T120000", "FREQ=DAILY;UNTIL=20261129T235959"},
      {"2026-12-24 18:00", "20261224T180000", NULL},
      {"tomorrow midnight", "20261130T000000", NULL},
      {"du lundi au vendredi à 12 h", "20261130T120000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
      {"tous les mardis à 9h30", "20261201T093000", "FREQ=WEEKLY;BYDAY=TU"},
      {"chaque jour à midi", "20261129T120000", "FREQ=DAILY"},
      {"tous les jours de la semaine, 7h", "20261130T070000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
      {"tous les jours ouvrés à 12h", "20261130T120000", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
      {"lundi et week-end 10h", "20261129T100000", "FREQ=WEEKLY;BYDAY=MO,SA,SU"},
      {"le week-end à 11h", "20261129T110000", "FREQ=WEEKLY;BYDAY=SA,SU"},
      {"le dernier vendredi du mois 20h jusqu'au 2027-06-30", "20261225T200000",
       "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630T235959"},
      {"demain 18h", "20261130T180000", NULL},
      {"aujourd’hui 18h", "20261129T180000", NULL},
      {"lunes y jueves a las 9:00", "20261130T090000", NULL},
      {"todos los días a mediodía", "20261129T120000", "FREQ=DAILY"},
  };
  gint64 now_us = instant("2026-11-29T09:00:00Z");
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_auto(SlotWords) words = {0};
    g_autoptr(GError) error = NULL;
    g_test_message("%s", rows[i].words);
    g_assert_true(slot_words_read(rows[i].words, fixture->zone, now_us, &words, &error));
    g_assert_cmpstr(words.start, ==, rows[i].start);
    if (strcmp(rows[i].words, "lunes y jueves a las 9:00") != 0)
      g_assert_cmpstr(words.rule, ==, rows[i].rule);
    else
      g_assert_cmpstr(words.rule, ==, "FREQ=WEEKLY;BYDAY=MO,TH");
  }
}

static void test_words_refused(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  static const struct {
    const char *words, *told;
  } rows[] = {
      {"", "at what time?"},
      {"every banana 12:00", "\"banana\""},
      {"every day", "at what time?"},
      {"12:00", "on which day"},
      {"2026-12-24 every day 12:00", "not both"},
      {"every day 25:00", "\"25:00\""},
      {"every day 12:60", "\"12:60\""},
      {"every day 12:00 13:00", "\"13:00\""},
      {"every day 12:00 until", "until which day?"},
      {"every day 12:00 until 2020-01-01", "before its first time, on 2026-11-29"},
      {"every day 9:00 until 2026-11-29", "before its first time, on 2026-11-30"},
      {"first Sunday of the month 10:00 until 2026-12-05", "before its first time, on 2026-12-06"},
      {"2026-12-24 18:00 until 2026-12-31", "not with one day"},
      {"tomorrow 18:00 until", "not with one day"},
      {"2026-02-30 12:00", "\"2026-02-30\""},
      {"first 12:00", "on which day"},
      {"first month every hour 12:00", "as a whole"},
      {"3 days 12:00", "as a whole"},
      {"every 0 hours", "as a whole"},
      {"Monday to 12:00", "as a whole"},
      {"Monday to weekends 12:00", "\"weekends\""},
      {"2 3 hours", "\"3\""},
      {"every day 12h3", "\"12h3\""},
      {"every day 12:", "\"12:\""},
      {"every day 30 h", "\"h\""},
      {"every day h", "\"h\""},
      {"every day 12:00 h", "\"h\""},
      {"every day 123456", "\"123456\""},
      {"every day -- 12:00", "\"--\""},
      {"to day 12:00 monday to", "as a whole"},
      {"every day \033[31m", "\\x1B"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_auto(SlotWords) words = {0};
    g_autoptr(GError) error = NULL;
    g_test_message("%s", rows[i].words);
    g_assert_false(slot_words_read(rows[i].words, fixture->zone, instant("2026-11-29T09:00:00Z"), &words, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, rows[i].told));
    g_assert_null(strchr(error->message, '\033'));
  }
}

/* RFC 5545, 3.1. */
static void assert_folded(const char *calendar) {
  g_auto(GStrv) lines = g_strsplit(calendar, "\r\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_assert_cmpuint(strlen(lines[i]), <=, 75);
    g_assert_true(g_utf8_validate(lines[i], -1, NULL));
    g_assert_null(strchr(lines[i], '\n'));
  }
}

static void test_write(Fixture *fixture, gconstpointer unused) {
  (void)unused;
  SlotWords words = {(char *)"FREQ=DAILY", (char *)"20260302T120000"};
  static const char title[] = "Le carnet, le matin; à huit heures \\ et demie, avec des accents qui débordent : éééé";
  char *mounts[] = {(char *)"/a", (char *)"/b", NULL};
  g_autoptr(GError) error = NULL;
  g_autofree char *first = calendar_with(NULL, &words, "flash", mounts, 2, title, 0, &error);
  g_assert_no_error(error);
  words.rule = NULL;
  g_autofree char *both = calendar_with(first, &words, "midi", NULL, 0, "midi", 0, &error);
  g_assert_no_error(error);
  g_assert_true(g_str_has_prefix(both, "BEGIN:VCALENDAR\r\n"));
  assert_folded(both);
  expand(fixture, "w.ics", both, "2026-03-02T00:00:00Z", "2026-03-04T00:00:00Z");
  assert_slots(fixture, "2026-03-02T11:00:00Z flash, 2026-03-02T11:00:00Z midi, 2026-03-03T11:00:00Z flash");
  const PlannedSlot *last = fixture->slots->pdata[2];
  g_assert_cmpstr(last->title, ==, title);
  g_assert_cmpstr(last->mounts[1], ==, "/b");
  g_assert_cmpint(last->priority, ==, 2);
  g_assert_null(calendar_with("nothing", &words, "midi", NULL, 0, "midi", 0, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
}

static void add(const char *path, void (*test)(Fixture *, gconstpointer)) {
  g_test_add(path, Fixture, NULL, set_up, test, tear_down);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/schedule/programs", test_programs);
  add("/schedule/all-day", test_all_day);
  add("/schedule/wrong", test_wrong);
  add("/schedule/no-calendar", test_no_calendar);
  add("/schedule/odd-hours", test_odd_hours);
  add("/schedule/rules", test_rules);
  add("/schedule/moved-away", test_moved_away);
  add("/schedule/too-many", test_too_many);
  add("/schedule/occurrences", test_occurrences);
  add("/schedule/week", test_week);
  add("/schedule/doubles", test_doubles);
  add("/schedule/week-text", test_week_text);
  add("/schedule/no-folder", test_no_folder);
  add("/schedule/words", test_words);
  add("/schedule/words-refused", test_words_refused);
  add("/schedule/write", test_write);
  return g_test_run();
}
