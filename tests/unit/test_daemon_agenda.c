/* The agenda: what the calendars ask for, in order; a calendar that breaks keeps what it asked for, and is told once. */
#include "daemon/agenda.h"
#include "daemon_world.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define NOW "2026-03-02T08:00:00Z"
#define EVENT(uid, hour, more)                                                                                         \
  "BEGIN:VEVENT\r\nUID:" uid "\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260302T" hour "0000Z\r\n"                      \
  "X-CARNET-SCRIPT:midi\r\n" more "END:VEVENT\r\n"
#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//carnet//test\r\n"
#define TAIL "END:VCALENDAR\r\n"

typedef struct {
  World world;
  Agenda *agenda;
  gint64 now_us;
  guint told;
} Fixture;

static void tell(const CalendarNote *note, gpointer user) {
  Fixture *fixture = user;
  g_assert_nonnull(note->text);
  fixture->told++;
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  *fixture = (Fixture){.now_us = instant_parse(NOW, NULL, NULL)};
  clock_set(fixture->now_us);
  world_begin(&fixture->world, "name: Essai\nlanguage: fr\nzone: Europe/Paris\n");
  g_autofree char *script = NULL;
  g_assert_true(g_file_get_contents("scripts/midi.yaml", &script, NULL, NULL));
  world_write(&fixture->world, "scripts/midi.yaml", script);
  fixture->agenda = agenda_new();
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  agenda_free(fixture->agenda);
  agenda_free(NULL);
  world_end(&fixture->world);
  clock_set(0);
}

static const GPtrArray *read_all(Fixture *fixture) {
  g_autoptr(GError) error = NULL;
  g_assert_true(agenda_read(fixture->agenda, fixture->world.station, fixture->now_us,
                            fixture->now_us + 24 * 3600 * US_PER_SECOND, tell, fixture, &error));
  g_assert_no_error(error);
  return agenda_slots(fixture->agenda);
}

static void test_order(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_write(&fixture->world, "schedules/b.ics",
              HEAD EVENT("1", "18", "") EVENT("2", "12", "PRIORITY:9\r\nX-CARNET-MOUNTS:/b.mp3\r\n") TAIL);
  world_write(&fixture->world, "schedules/a.ics", HEAD EVENT("3", "15", "PRIORITY:1\r\n") TAIL);
  g_autofree char *script = NULL;
  g_assert_true(g_file_get_contents("scripts/flash.yaml", &script, NULL, NULL));
  world_write(&fixture->world, "scripts/flash.yaml", script);
  world_write(&fixture->world, "schedules/c.ics",
              HEAD "BEGIN:VEVENT\r\nUID:7\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260302T200000Z\r\n"
                   "PRIORITY:8\r\nX-CARNET-SCRIPT:midi\r\nEND:VEVENT\r\n"
                   "BEGIN:VEVENT\r\nUID:8\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260302T200000Z\r\n"
                   "PRIORITY:2\r\nX-CARNET-SCRIPT:flash\r\nEND:VEVENT\r\n" TAIL);
  const GPtrArray *slots = read_all(fixture);
  g_assert_cmpuint(slots->len, ==, 5);
  g_assert_cmpint(((const PlannedSlot *)slots->pdata[3])->priority, ==, 2); /* at once: the higher one first */
  for (guint i = 1; i < slots->len; i++)
    g_assert_cmpint(((const PlannedSlot *)slots->pdata[i - 1])->start_us, <=,
                    ((const PlannedSlot *)slots->pdata[i])->start_us);
}

/* Half of a calendar is not taken for cancelled events: what it asked for stays, until it is whole again. */
static void test_broken(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_write(&fixture->world, "schedules/a.ics",
              HEAD EVENT("1", "12", "") EVENT("2", "15", "") EVENT("3", "18", "") TAIL);
  world_write(&fixture->world, "schedules/ab.ics", HEAD EVENT("9", "20", "") TAIL);
  g_assert_cmpuint(read_all(fixture)->len, ==, 4);
  world_write(&fixture->world, "schedules/a.ics", HEAD EVENT("1", "12", "") "BEGIN:VEVENT\r\nUID:2");
  g_assert_cmpuint(read_all(fixture)->len, ==, 4);
  guint told = fixture->told;
  g_assert_cmpuint(told, >, 0);
  g_assert_cmpuint(read_all(fixture)->len, ==, 4);
  g_assert_cmpuint(fixture->told, ==, told); /* once */
  world_write(&fixture->world, "schedules/a.ics", HEAD EVENT("1", "12", "") TAIL);
  g_assert_cmpuint(read_all(fixture)->len, ==, 2);
}

/* Nor is one that cannot be read, or a folder on a share that is away; a folder that is gone asks for nothing. */
static void test_unreadable(Fixture *fixture, gconstpointer data) {
  (void)data;
  world_write(&fixture->world, "schedules/a.ics", HEAD EVENT("1", "12", "") EVENT("2", "15", "") TAIL);
  g_assert_cmpuint(read_all(fixture)->len, ==, 2);
  g_autofree char *folder = g_build_filename(fixture->world.folder, "schedules", NULL);
  g_autofree char *file = g_build_filename(folder, "a.ics", NULL);
  g_assert_cmpint(g_unlink(file), ==, 0);
  g_assert_cmpint(g_mkdir(file, 0700), ==, 0);
  g_assert_cmpuint(read_all(fixture)->len, ==, 2);
  g_assert_true(folder_remove(folder, NULL));
  g_assert_cmpint(symlink("nowhere", folder), ==, 0);
  g_assert_cmpuint(read_all(fixture)->len, ==, 2);
  g_assert_cmpint(g_unlink(folder), ==, 0);
  g_assert_cmpuint(read_all(fixture)->len, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/daemon/agenda/order", Fixture, NULL, setup, test_order, teardown);
  g_test_add("/daemon/agenda/broken", Fixture, NULL, setup, test_broken, teardown);
  g_test_add("/daemon/agenda/unreadable", Fixture, NULL, setup, test_unreadable, teardown);
  return g_test_run();
}
