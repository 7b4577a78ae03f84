#include "commands/asrun_day.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/wav.h"
#include "commands/output.h"
#include "logbook/slots.h"

#include <stdio.h>
#include <string.h>

#define COLUMNS 11

/* One line: a slot on a mount, or a slot that no mount was claimed for (`mount` NULL). */
typedef struct {
  const SlotRow *slot;
  const SlotMount *mount;
} Line;

typedef struct {
  const Station *station;
  AsRunForm form;
  Table *table;
  guint n; /* printed so far */
} Printer;

/* In the table as the station's clock shows it, to the nearest second; for programs in UTC. Returns (g_free), "" when there is none. */
static char *instant_text(const Printer *printer, gint64 at_us) {
  if (at_us == 0)
    return g_strdup("");
  if (printer->form != ASRUN_TABLE)
    return instant_format(at_us);
  g_autoptr(GDateTime) local = zone_time(printer->station->zone, at_us + US_PER_SECOND / 2);
  return g_date_time_format(local, "%H:%M:%S");
}

/* Seconds for programs, M:SS for people; nothing was sent, or nobody listened: "". */
static char *length_text(const Printer *printer, gint64 frames) {
  if (frames < 0)
    return g_strdup("");
  if (printer->form == ASRUN_TABLE)
    return duration_format(frames_to_us(frames), false);
  return g_strdup_printf("%.1f", (double)frames / FRAME_RATE);
}

/* Of what was planned. */
static char *share_text(gint64 frames, gint64 planned) {
  return frames < 0 || planned <= 0 ? g_strdup("")
                                    : g_strdup_printf("%.0f%%", 100.0 * (double)frames / (double)planned);
}

/* Returns (g_strfreev). */
static char **cells_of(const Printer *printer, const Line *line) {
  const SlotRow *slot = line->slot;
  const SlotMount *mount = line->mount;
  SlotState state = mount ? mount->state : slot->state;
  const char *why = mount && mount->why ? mount->why : slot->why ? slot->why : "";
  char **cells = g_new0(char *, COLUMNS + 1);
  guint i = 0;
  cells[i++] = instant_text(printer, slot->start_us);
  cells[i++] = g_strdup(slot->script);
  cells[i++] = g_strdup(slot->edition);
  cells[i++] = g_strdup(mount ? mount->mount : "");
  cells[i++] = g_strdup(printer->form == ASRUN_TABLE ? _(slot_state_name(state)) : slot_state_name(state));
  cells[i++] = instant_text(printer, mount ? mount->started_us : 0);
  cells[i++] = instant_text(printer, mount ? mount->ended_us : 0);
  cells[i++] = length_text(printer, mount ? mount->planned_frames : -1);
  cells[i++] = share_text(mount ? mount->sent_frames : -1, mount ? mount->planned_frames : 0);
  cells[i++] = share_text(mount ? mount->heard_frames : -1, mount ? mount->planned_frames : 0);
  cells[i] = g_strdup(why);
  return cells;
}

static const char *const names[COLUMNS] = {
    N_("planned"), N_("script"), N_("edition"), N_("mount"), N_("state"), N_("started"),
    N_("ended"),   N_("length"), N_("sent"),    N_("heard"), N_("why"),
};

/* --- the three forms ---------------------------------------------------------------------------- */

/* RFC 4180: quoted where it must be. */
static void print_csv(char *const *cells) {
  for (guint i = 0; cells[i]; i++) {
    g_auto(GStrv) parts = g_strsplit(cells[i], "\"", -1);
    g_autofree char *doubled = g_strjoinv("\"\"", parts);
    bool quotes = strpbrk(cells[i], ",\"\r\n") != NULL;
    printf("%s%s%s%s", i > 0 ? "," : "", quotes ? "\"" : "", doubled, quotes ? "\"" : "");
  }
  fputs("\r\n", stdout);
}

static void print_json(const Line *line) {
  const SlotMount *mount = line->mount;
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_instant(builder, "planned", line->slot->start_us);
  json_add_string(builder, "script", line->slot->script);
  json_add_string(builder, "edition", line->slot->edition);
  json_add_string(builder, "mount", mount ? mount->mount : NULL);
  json_add_string(builder, "state", slot_state_name(mount ? mount->state : line->slot->state));
  json_add_instant(builder, "started", mount ? mount->started_us : 0);
  json_add_instant(builder, "ended", mount ? mount->ended_us : 0);
  json_add_int(builder, "planned_frames", mount ? mount->planned_frames : 0);
  json_add_int(builder, "sent_frames", mount ? mount->sent_frames : 0);
  json_builder_set_member_name(builder, "heard_frames");
  if (mount && mount->heard_frames >= 0)
    json_builder_add_int_value(builder, mount->heard_frames);
  else
    json_builder_add_null_value(builder);
  json_add_string(builder, "why", mount && mount->why ? mount->why : line->slot->why);
  json_builder_end_object(builder);
  g_autofree char *text = json_text(builder, false);
  fputs(text, stdout);
}

static void begin(Printer *printer) {
  const char *headings[COLUMNS + 1] = {NULL};
  for (guint i = 0; i < COLUMNS; i++)
    headings[i] = printer->form == ASRUN_TABLE ? _(names[i]) : names[i];
  if (printer->form == ASRUN_TABLE)
    printer->table = table_new(headings);
  else if (printer->form == ASRUN_CSV)
    print_csv((char *const *)headings);
}

static void print_line(Printer *printer, const Line *line) {
  g_auto(GStrv) cells = cells_of(printer, line);
  if (printer->form == ASRUN_JSON) {
    fputs(printer->n > 0 ? ",\n" : "[\n", stdout);
    print_json(line);
  } else if (printer->form == ASRUN_CSV) {
    print_csv(cells);
  } else {
    table_add(printer->table, (const char *const *)cells);
  }
  printer->n++;
}

static void end(Printer *printer) {
  if (printer->form == ASRUN_JSON)
    puts(printer->n > 0 ? "\n]" : "[]");
  if (printer->table)
    table_print(printer->table, stdout);
  g_clear_pointer(&printer->table, table_free);
}

/* --- the day -------------------------------------------------------------------------------------- */

static bool print_slot(Printer *printer, Store *store, const SlotRow *slot, GError **error) {
  g_autoptr(GPtrArray) mounts = slots_mounts(store, slot->id, error);
  if (!mounts)
    return false;
  Line line = {slot, NULL};
  if (mounts->len == 0)
    print_line(printer, &line);
  for (guint i = 0; i < mounts->len; i++) {
    line.mount = mounts->pdata[i];
    print_line(printer, &line);
  }
  return true;
}

bool asrun_day(Session *session, const char *date, AsRunForm form, GError **error) {
  const Station *station = session_station(session, error);
  g_autofree char *day = station ? session_day(session, date, error) : NULL;
  gint64 from_us, until_us;
  Store *store = day ? session_store(session, error) : NULL;
  if (!store || !zone_day_bounds(station->zone, day, &from_us, &until_us, error))
    return false;
  g_autoptr(GPtrArray) slots = slots_list(store, from_us, until_us, error);
  bool ok = slots != NULL;
  Printer printer = {.station = station, .form = form};
  if (ok)
    begin(&printer);
  for (guint i = 0; ok && i < slots->len; i++)
    ok = print_slot(&printer, store, slots->pdata[i], error);
  if (slots)
    end(&printer);
  return ok;
}
