/* One occurrence less, and every other byte as it was. */
#include "schedule/cancel.h"

#include "base/error.h"

#define START_US G_GINT64_CONSTANT(1584442800000000) /* 2020-03-17T11:00:00Z */
#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
#define TAIL "END:VCALENDAR\r\n"

static void check(const char *before, guint line, const char *after) {
  g_autoptr(GError) error = NULL;
  g_autofree char *text = calendar_without(before, line, START_US, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(text, ==, after);
}

static void test_comes_again(void) {
  check(HEAD "BEGIN:VEVENT\r\nUID:a\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n" TAIL, 3,
        HEAD "BEGIN:VEVENT\r\nUID:a\r\nRRULE:FREQ=DAILY\r\nEXDATE:20200317T110000Z\r\nEND:VEVENT\r\n" TAIL);
  check(HEAD "BEGIN:VEVENT\r\nRDATE;VALUE=DATE-TIME:20200317T110000Z\r\nEND:VEVENT\r\n" TAIL, 3,
        HEAD
        "BEGIN:VEVENT\r\nRDATE;VALUE=DATE-TIME:20200317T110000Z\r\nEXDATE:20200317T110000Z\r\nEND:VEVENT\r\n" TAIL);
}

static void test_once(void) {
  check(HEAD "BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n" TAIL, 3,
        HEAD "BEGIN:VEVENT\r\nUID:a\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n" TAIL);
  check("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSTATUS:CONFIRMED\nUID:a\nEND:VEVENT\nEND:VCALENDAR\n", 2,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSTATUS:CANCELLED\nUID:a\nEND:VEVENT\nEND:VCALENDAR\n");
}

/* One that stands in place of another is cancelled, whatever rule it has; an alarm's lines are not the event's. */
static void test_override_and_alarm(void) {
  check(
      HEAD "BEGIN:VEVENT\r\nRECURRENCE-ID:20200317T110000Z\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\n" TAIL, 3,
      HEAD
      "BEGIN:VEVENT\r\nRECURRENCE-ID:20200317T110000Z\r\nRRULE:FREQ=DAILY\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n" TAIL);
  check(HEAD "BEGIN:VEVENT\r\nBEGIN:VALARM\r\nSTATUS:X\r\nRDATE:1\r\nEND:VALARM\r\nEND:VEVENT\r\n" TAIL, 3,
        HEAD
        "BEGIN:VEVENT\r\nBEGIN:VALARM\r\nSTATUS:X\r\nRDATE:1\r\nEND:VALARM\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n" TAIL);
}

static void test_not_there(void) {
  static const char *const texts[] = {"", "BEGIN:VCALENDAR\n", HEAD "BEGIN:VEVENT\r\nUID:a\r\n", HEAD TAIL};
  static const guint lines[] = {0, 1, 3, 99};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    for (guint k = 0; k < G_N_ELEMENTS(lines); k++) {
      g_autoptr(GError) error = NULL;
      g_assert_null(calendar_without(texts[i], lines[k], START_US, &error));
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/schedule/cancel/comes-again", test_comes_again);
  g_test_add_func("/schedule/cancel/once", test_once);
  g_test_add_func("/schedule/cancel/override-and-alarm", test_override_and_alarm);
  g_test_add_func("/schedule/cancel/not-there", test_not_there);
  return g_test_run();
}
