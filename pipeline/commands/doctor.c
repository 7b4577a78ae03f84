/* `carnet doctor`: looks at everything a bulletin needs and says how to mend it. */
#include "commands/station_commands.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/sandbox.h"
#include "base/text.h"
#include "base/wav.h"
#include "commands/output.h"
#include "commands/schedule.h"
#include "commands/studio.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#define LEAST_FREE_BYTES (512ull << 20)
#define CONNECT_MS 3000

typedef enum { FINDING_GOOD, FINDING_WARN, FINDING_BAD } FindingLevel;

typedef struct {
  FindingLevel level;
  char *subject, *what, *mend; /* mend may be NULL */
} Finding;

typedef struct {
  Session *session;
  Studio *studio;   /* NULL when it could not be opened */
  GArray *findings; /* Finding */
} Visit;

static void finding_clear(gpointer data) {
  Finding *finding = data;
  g_free(finding->subject);
  g_free(finding->what);
  g_free(finding->mend);
}

static void note(Visit *visit, FindingLevel level, const char *subject, const char *what, const char *mend) {
  Finding finding = {level, g_strdup(subject), text_printable(what), g_strdup(mend)};
  g_array_append_val(visit->findings, finding);
}

/* --- checks: each adds at least one finding --------------------------------------- */

static void check_station(Visit *visit) {
  const Station *station = visit->session->station;
  g_autofree char *what = g_strdup_printf("%s (%s, %s)", station->name, station->language, station->zone_name);
  note(visit, FINDING_GOOD, "station.yaml", what, NULL);
}

static void check_logbook(Visit *visit) {
  g_autoptr(GError) error = NULL;
  Store *store = session_store(visit->session, &error);
  if (store && store_check(store, &error))
    note(visit, FINDING_GOOD, _("logbook"), _("whole"), NULL);
  else
    note(visit, FINDING_BAD, _("logbook"), error->message, _("put the last good backup back: carnet restore FILE"));
}

static void check_voice(Visit *visit, const char *name) {
  g_autoptr(GError) error = NULL;
  g_autofree char *subject = g_strdup_printf("voices/%s.yaml", name);
  const Voice *voice = studio_voice(visit->studio, name, &error);
  if (!voice) {
    note(visit, FINDING_BAD, subject, error->message, _("correct the file at that place (see voices/README.md)"));
    return;
  }
  RundownItem item = {
      .type = ITEM_SPEECH, .spoken = (char *)"1, 2, 3.", .voice = (char *)name, .language = (char *)"fr"};
  g_autoptr(GPtrArray) items = g_ptr_array_new();
  g_ptr_array_add(items, &item);
  guint before = studio_counts(visit->studio).apologies;
  if (!studio_measure(items, visit->studio, &error))
    note(visit, FINDING_BAD, subject, error->message,
         g_error_matches(error, CARNET_ERROR, CARNET_ERROR_INPUT)
             ? _("check its engine, voice and variant (see voices/README.md)")
             : _("install eSpeak NG's voices: apt install espeak-ng-data"));
  else if (studio_counts(visit->studio).apologies > before)
    note(visit, FINDING_BAD, subject, _("does not speak"),
         _("check its engine, voice and variant (see voices/README.md)"));
  else
    note(visit, FINDING_GOOD, subject, _("speaks"), NULL);
}

/* Are the voices and the sounds that a script names there? */
static bool script_is_ready(const Visit *visit, const Script *script, GError **error) {
  bool ok = true;
  StudioSound sound;
  for (guint i = 0; ok && i < script->n_roles; i++)
    ok = studio_voice(visit->studio, script->role_voices[i], error) != NULL;
  for (guint i = 0; ok && i < script->n_blocks; i++) {
    const ScriptBlock *block = &script->blocks[i];
    if (block->type == BLOCK_JINGLE || block->type == BLOCK_SOUND)
      ok = studio_prepare(visit->studio, block->type == BLOCK_JINGLE ? ITEM_JINGLE : ITEM_SOUND, block->file, &sound,
                          error);
  }
  return ok && (!script->bed.file || studio_prepare(visit->studio, ITEM_JINGLE, script->bed.file, &sound, error));
}

static void check_script(Visit *visit, const char *name, const char *path) {
  g_autoptr(GError) error = NULL;
  g_autofree char *subject = g_strdup_printf("scripts/%s.yaml", name);
  g_autoptr(Script) script = script_load(path, &error);
  if (!script || !script_is_ready(visit, script, &error)) {
    note(visit, FINDING_BAD, subject, error->message, _("correct the file at that place (see scripts/README.md)"));
    return;
  }
  g_autofree char *length = duration_format(frames_to_us(script->slot_frames), false);
  note(visit, FINDING_GOOD, subject, length, NULL);
}

static gint compare_names(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every NAME.yaml of a folder, in order; not the lexicons. */
static void check_folder(Visit *visit, const char *folder, void (*check)(Visit *, const char *, const char *)) {
  g_autofree char *path = station_path(visit->session->station, folder, NULL);
  g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name; dir && (name = g_dir_read_name(dir));)
    if (g_str_has_suffix(name, ".yaml") && !g_str_has_prefix(name, "lexicon.") && *name != '.')
      g_ptr_array_add(names, g_strndup(name, strlen(name) - strlen(".yaml")));
  g_ptr_array_sort(names, compare_names);
  if (names->len == 0)
    note(visit, FINDING_BAD, folder, access(path, R_OK | X_OK) == 0 ? _("nothing there") : g_strerror(errno),
         _("copy the sample station's: carnet init ELSEWHERE"));
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *file = g_strdup_printf("%s/%s.yaml", path, (char *)names->pdata[i]);
    check(visit, names->pdata[i], file);
  }
}

static void check_voice_file(Visit *visit, const char *name, const char *path) {
  (void)path;
  check_voice(visit, name);
}

static void check_lexicon(Visit *visit) {
  g_autoptr(GError) error = NULL;
  const char *language = visit->session->station->language;
  g_autofree char *subject = g_strdup_printf("voices/lexicon.%s.yaml", language);
  const Lexicon *lexicon = studio_lexicon(visit->studio, language, &error);
  if (!lexicon) {
    note(visit, FINDING_BAD, subject, error->message, _("correct the file at that place (see voices/README.md)"));
    return;
  }
  g_autofree char *what =
      g_strdup_printf(ngettext("%u word", "%u words", lexicon_count(lexicon)), lexicon_count(lexicon));
  note(visit, lexicon_count(lexicon) ? FINDING_GOOD : FINDING_WARN, subject, what, NULL);
}

/* A bulletin can be made without them: what is wrong in one warns. */
static void check_calendars(Visit *visit) {
  g_autoptr(GError) error = NULL;
  const Station *station = visit->session->station;
  g_autofree char *today = zone_day(station->zone, clock_now_us());
  g_autoptr(ScheduleScripts) scripts = schedule_scripts_new(station);
  g_autoptr(Week) week = schedule_week(station, scripts, today, 7, &error);
  const char *wrong = week ? NULL : error->message;
  for (guint i = 0; week && !wrong && i < week->notes->len; i++) {
    const CalendarNote *each = week->notes->pdata[i];
    wrong = each->is_error ? each->text : NULL;
  }
  guint slots = week ? week->slots->len : 0;
  g_autofree char *planned = g_strdup_printf(ngettext("%u slot this week", "%u slots this week", slots), slots);
  note(visit, wrong ? FINDING_WARN : FINDING_GOOD, _("calendars"), wrong ? wrong : planned,
       wrong ? _("carnet schedule check tells of all") : NULL);
}

static void check_disk(Visit *visit) {
  struct statvfs disk;
  if (statvfs(visit->session->station->folder, &disk) != 0) {
    note(visit, FINDING_BAD, _("disk"), g_strerror(errno), NULL);
    return;
  }
  guint64 free_bytes = (guint64)disk.f_bavail * disk.f_frsize;
  g_autofree char *size = g_format_size(free_bytes);
  g_autofree char *what = g_strdup_printf(_("%s free"), size);
  bool enough = free_bytes >= LEAST_FREE_BYTES && access(visit->session->station->folder, W_OK) == 0;
  note(visit, enough ? FINDING_GOOD : FINDING_WARN, _("disk"), what,
       enough ? NULL : _("make room: carnet cache --prune, or remove old editions"));
}

/* What stands between the station and the children that speak and decode. */
static void check_children(Visit *visit) {
  SandboxProof proof = sandbox_probe();
  g_autofree char *landlock = g_strdup_printf(_("no file, no network (Landlock %d, seccomp, limits)"), proof.landlock);
  if (proof.no_files && proof.no_network)
    note(visit, FINDING_GOOD, _("speaking and decoding"), landlock, NULL);
  else if (proof.no_network)
    note(visit, FINDING_WARN, _("speaking and decoding"), _("no network, but files can be read (seccomp, limits)"),
         _("this kernel or container has no Landlock (Linux 5.13): all works, an attack through a sound file less well "
           "met"));
  else
    note(visit, FINDING_WARN, _("speaking and decoding"),
         proof.no_files ? _("no file, but the network (Landlock, limits)") : _("limits alone"),
         _("this kernel or container has no seccomp: all works, an attack through a sound file less well met"));
}

static void check_clock(Visit *visit) {
  struct timex state = {0};
  bool is_synchronised = adjtimex(&state) >= 0 && !(state.status & STA_UNSYNC);
  g_autoptr(GDateTime) local = zone_time(visit->session->station->zone, clock_now_us());
  g_autofree char *now = g_date_time_format(local, "%Y-%m-%d %H:%M:%S %Z");
  if (g_date_time_get_year(local) < 2020)
    note(visit, FINDING_BAD, _("clock"), now, _("set the clock: timedatectl set-ntp true"));
  else
    note(visit, is_synchronised ? FINDING_GOOD : FINDING_WARN, _("clock"), now,
         is_synchronised
             ? NULL
             : _("not synchronised with a time server, or it cannot be told; try: timedatectl set-ntp true"));
}

/* --- Icecast -------------------------------------------------------------------- */

static int connect_within(const struct addrinfo *address, int wait_ms) {
  int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  int errnum = connect(fd, address->ai_addr, address->ai_addrlen) == 0 ? 0 : errno;
  if (errnum == EINPROGRESS) {
    struct pollfd wait = {fd, POLLOUT, 0};
    socklen_t size = sizeof errnum;
    errnum = ETIMEDOUT;
    if (poll(&wait, 1, wait_ms) > 0)
      getsockopt(fd, SOL_SOCKET, SO_ERROR, &errnum, &size);
  }
  close(fd);
  return errnum;
}

static void check_server(Visit *visit, const char *host, unsigned port) {
  g_autofree char *subject = g_strdup_printf("icecast %s:%u", host, port);
  g_autofree char *service = g_strdup_printf("%u", port);
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *addresses = NULL;
  int code = getaddrinfo(host, service, &hints, &addresses);
  if (code != 0) {
    note(visit, FINDING_BAD, subject, gai_strerror(code), _("correct icecast.host in station.yaml, or the network"));
    return;
  }
  int errnum = ECONNREFUSED;
  for (const struct addrinfo *address = addresses; address && errnum != 0; address = address->ai_next)
    errnum = connect_within(address, CONNECT_MS);
  freeaddrinfo(addresses);
  if (errnum == 0)
    note(visit, FINDING_GOOD, subject, _("reachable"), NULL);
  else
    note(visit, FINDING_WARN, subject, g_strerror(errnum),
         _("start Icecast, or correct icecast.host and icecast.port in station.yaml (needed only to broadcast)"));
}

static void check_icecast(Visit *visit) {
  const Station *station = visit->session->station;
  g_autoptr(GError) error = NULL;
  check_server(visit, station->icecast.host, station->icecast.port);
  g_autofree char *password = station_password(station, &error);
  if (password)
    note(visit, FINDING_GOOD, _("password"), _("readable by you alone"), NULL);
  else
    note(visit, FINDING_WARN, _("password"), error->message, NULL);
  g_autofree char *mounts = g_strdup_printf(ngettext("%u mount", "%u mounts", station->n_mounts), station->n_mounts);
  note(visit, station->n_mounts ? FINDING_GOOD : FINDING_WARN, _("mounts"), mounts,
       station->n_mounts ? NULL : _("list them under \"mounts:\" in station.yaml"));
  if (password)
    memset(password, 0, strlen(password));
}

/* --- the visit ------------------------------------------------------------------- */

static const char *const level_names[] = {"ok", "warning", "error"};

static void print_findings(const Visit *visit) {
  static const struct {
    const char *mark;
    Style style;
  } marks[] = {{"✓", STYLE_GOOD}, {"!", STYLE_WARN}, {"✗", STYLE_BAD}};
  for (guint i = 0; i < visit->findings->len; i++) {
    const Finding *finding = &g_array_index(visit->findings, Finding, i);
    g_autofree char *mark = style_text(stdout, marks[finding->level].style, marks[finding->level].mark);
    printf(_("%s %s: %s\n"), mark, finding->subject, finding->what);
    if (finding->mend && finding->level != FINDING_GOOD)
      printf("    → %s\n", finding->mend);
  }
}

static void print_json(const Visit *visit) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (guint i = 0; i < visit->findings->len; i++) {
    const Finding *finding = &g_array_index(visit->findings, Finding, i);
    json_builder_begin_object(builder);
    json_add_string(builder, "level", level_names[finding->level]);
    json_add_string(builder, "subject", finding->subject);
    json_add_string(builder, "what", finding->what);
    json_add_string(builder, "mend", finding->mend);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *text = json_text(builder, true);
  printf("%s\n", text);
}

static guint count_bad(const Visit *visit) {
  guint bad = 0;
  for (guint i = 0; i < visit->findings->len; i++)
    bad += g_array_index(visit->findings, Finding, i).level == FINDING_BAD;
  return bad;
}

static void visit_sound(Visit *visit) {
  g_autoptr(GError) error = NULL;
  Voice voice = {.voice = (char *)"fr", .variant = (char *)"", .rate_wpm = 150, .pitch = 50, .pitch_range = 50};
  g_autofree char *sounds = speaker_ipa(studio_speakers(visit->studio), &voice, "un", &error);
  if (sounds)
    note(visit, FINDING_GOOD, _("synthesizer"), speaker_version(), NULL);
  else
    note(visit, FINDING_BAD, _("synthesizer"), error->message,
         _("install eSpeak NG's voices: apt install espeak-ng-data"));
  check_folder(visit, "voices", check_voice_file);
  check_lexicon(visit);
  check_folder(visit, "scripts", check_script);
}

static bool run_doctor(Session *session, int argc, char **argv, GError **error);

const Command command_doctor = {
    .name = "doctor",
    .group = N_("The station"),
    .summary = N_("Look at everything a bulletin needs, and say how to mend it"),
    .usage = "",
    .help = N_("Checks the settings, the logbook, the synthesizer, each voice, lexicon, script and\n"
               "jingle, the disk, the clock and the Icecast server. Ends with status 3 when\n"
               "something must be mended before a bulletin can be made."),
    .run = run_doctor,
};

static bool run_doctor(Session *session, int argc, char **argv, GError **error) {
  gboolean json = FALSE;
  const GOptionEntry options[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  if (!command_parse(&command_doctor, options, argc, argv, 0, 0, NULL, error) || !session_station(session, error))
    return false;
  g_autoptr(GError) why = NULL;
  g_autoptr(Studio) studio = studio_open(session, false, &why);
  Visit visit = {session, studio, g_array_new(FALSE, FALSE, sizeof(Finding))};
  g_array_set_clear_func(visit.findings, finding_clear);
  check_station(&visit);
  if (studio)
    visit_sound(&visit);
  else
    note(&visit, FINDING_BAD, _("studio"), why->message, NULL);
  check_logbook(&visit);
  check_calendars(&visit);
  check_disk(&visit);
  check_children(&visit);
  check_clock(&visit);
  check_icecast(&visit);
  if (json)
    print_json(&visit);
  else
    print_findings(&visit);
  guint bad = count_bad(&visit);
  if (bad)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                ngettext("%u thing to mend before a bulletin can be made",
                         "%u things to mend before a bulletin can be made", bad),
                bad);
  g_array_unref(visit.findings);
  return bad == 0;
}
