#include "desk/routes.h"

#include "desk/answers.h"

#include <string.h>

#define ENTRY_BYTES (3u << 20) /* logbook/entry.h, escaped */
#define PAD_BYTES (40u << 20)
#define SOUND_BYTES (60u << 20)

static const RouteValue entry_values[] = {
    {"text", N_("What is to be said; one line or several")},
    {"title", N_("A few words")},
    {"kind", N_("question, problem, experience, resource, idea, feeling, announcement or alert")},
    {"place", N_("Name of the place")},
    {"author", N_("Who wrote it")},
    {"attribution", N_("What is said of the author: none, place, first-name or full")},
    {"priority", N_("normal, high or urgent")},
    {"expires", N_("Not on air from then on: YYYY-MM-DD[ HH:MM] or RFC 3339; empty: never")},
    {"date", N_("Day it belongs to (default: today)")},
    {"language", N_("Such as fr (default: the station's)")},
    {"status", N_("draft, pending, approved, rejected or withdrawn")},
    {"sound", N_("A file of sounds/ that is heard instead of the words; empty: none")},
    {"version", N_("Of a change: the entry's \"version\" as you read it, so that nobody's words are lost (409)")},
    {NULL, NULL},
};
static const RouteValue filter_values[] = {
    {"date", N_("A day; empty: all")},
    {"kind", N_("One kind")},
    {"status", N_("One status")},
    {"priority", N_("One priority")},
    {"place", N_("A place's name")},
    {"source", N_("A source's name")},
    {"search", N_("Words that it holds")},
    {"before", N_("Only those before this entry's number in the list: the next page")},
    {NULL, NULL},
};
static const RouteValue status_values[] = {{"status", N_("approved, rejected, withdrawn, pending or draft")},
                                           {NULL, NULL}};
static const RouteValue login_values[] = {
    {"name", N_("A user's name")}, {"password", N_("The password")}, {NULL, NULL}};
static const RouteValue join_values[] = {{"code", N_("The one-time code")},
                                         {"name", N_("The name of the first user")},
                                         {"password", N_("The new password")},
                                         {NULL, NULL}};
static const RouteValue password_values[] = {
    {"password", N_("The password that is to be changed")}, {"new", N_("The new one")}, {NULL, NULL}};
static const RouteValue token_values[] = {
    {"name", N_("What it is for")}, {"scope", N_("calendar: good for the calendar's address alone")}, {NULL, NULL}};
static const RouteValue revoke_values[] = {{"digest", N_("Its digest, as the account page has it")}, {NULL, NULL}};
static const RouteValue user_values[] = {
    {"name", N_("A user's name")}, {"role", N_("contributor, editor, producer or admin")}, {NULL, NULL}};
static const RouteValue user_change_values[] = {
    {"role", N_("contributor, editor, producer or admin")}, {"active", N_("no: may not log in")}, {NULL, NULL}};
static const RouteValue import_values[] = {{"text", N_("The pad or table, as it is")},
                                           {"format", N_("pad or csv")},
                                           {"source", N_("Name of the source, by which a second import knows it")},
                                           {"date", N_("Day of every entry (else the headings', else today)")},
                                           {"write", N_("yes: into the logbook; else it is shown what would be")},
                                           {NULL, NULL}};
static const RouteValue edition_values[] = {
    {"script", N_("A script's name (midi)")}, {"date", N_("The day (today)")}, {NULL, NULL}};
static const RouteValue item_values[] = {{"script", N_("A script's name (midi)")},
                                         {"date", N_("The day (today)")},
                                         {"item", N_("Which item, from 0")},
                                         {"to", N_("move: its new place, from 0")},
                                         {"text", N_("words: what is written")},
                                         {"spoken", N_("words: what is said, when it differs")},
                                         {"voice", N_("voice: a voice's name")},
                                         {"keep", N_("keep: yes or no")},
                                         {"made", N_("The rundown's \"made\" as you read it (409 when it is another)")},
                                         {NULL, NULL}};
static const RouteValue put_values[] = {
    {"script", N_("A script's name (midi)")},
    {"date", N_("The day (today)")},
    {"entry", N_("The number of the entry that is put in")},
    {"item", N_("Which item it takes the place of, from 0; empty: it comes after the last entry")},
    {"made", N_("The rundown's \"made\" as you read it (409 when it is another)")},
    {NULL, NULL}};
static const RouteValue slot_values[] = {
    {"when", N_("\"every weekday 12:00\", \"2026-03-17 18:30\"")}, {"script", N_("A script's name")}, {NULL, NULL}};
static const RouteValue cancel_values[] = {{"start", N_("The slot's \"start\", as the list has it")},
                                           {"script", N_("A script's name")},
                                           {"to", N_("When it is aired instead: YYYY-MM-DD HH:MM; empty: not at all")},
                                           {NULL, NULL}};
static const RouteValue merge_values[] = {{"into", N_("The number of the entry that stays")}, {NULL, NULL}};
static const RouteValue script_values[] = {
    {"text", N_("The script, as YAML")},
    {"version", N_("The version of the script as you read it (409 when it is another)")},
    {NULL, NULL}};
static const RouteValue jingle_values[] = {{"name", N_("Its name, by which scripts call it")},
                                           {"replace", N_("yes: in the place of what has that name")},
                                           {NULL, NULL}};
static const RouteValue setting_values[] = {
    {"name", N_("And so on, by the keys that GET /api/settings lists: the new value; empty: as usual")},
    {"was.name", N_("And so on: the value as you read it (409 when another stands there)")},
    {NULL, NULL}};
static const RouteValue episode_values[] = {{"edition", N_("\"2026-03-17-midi\"")}, {NULL, NULL}};

static const RouteValue publish_values[] = {
    {"edition", N_("\"2026-03-17-midi\"")}, {"note", N_("What was corrected, for listeners to read")}, {NULL, NULL}};
static const RouteValue say_values[] = {{"text", N_("Words")},
                                        {"voice", N_("A voice's name")},
                                        {"language", N_("The language of the words")},
                                        {NULL, NULL}};
static const RouteValue lexicon_values[] = {{"word", N_("As it is written")},
                                            {"say", N_("As it sounds, in the words of its language")},
                                            {"language", N_("Such as fr")},
                                            {NULL, NULL}};

#define NOBODY ROLE_NOBODY
#define CONTRIBUTOR ROLE_CONTRIBUTOR
#define EDITOR ROLE_EDITOR
#define PRODUCER ROLE_PRODUCER
#define ADMIN ROLE_ADMIN

/* clang-format off */
const Route routes[] = {
  /* pages */
  {"GET",  "/",                          NOBODY,      answer_home,          NULL, NULL, false, 0},
  {"GET",  "/login",                     NOBODY,      page_login,           NULL, NULL, false, 0},
  {"GET",  "/join",                      NOBODY,      page_join,            NULL, NULL, false, 0},
  {"GET",  "/contribute",                NOBODY,      page_contribute,      NULL, NULL, false, 0},
  {"GET",  "/static/{file}",             NOBODY,      answer_static,        NULL, NULL, false, 0},
  {"GET",  "/account",                   CONTRIBUTOR, page_account,         NULL, NULL, false, 0},
  {"GET",  "/logbook",                   CONTRIBUTOR, page_logbook,         NULL, filter_values, false, 0},
  {"GET",  "/entries/new",               CONTRIBUTOR, page_entry_new,       NULL, NULL, false, 0},
  {"GET",  "/entries/{id}",              CONTRIBUTOR, page_entry,           NULL, NULL, false, 0},
  {"GET",  "/import",                    EDITOR,      page_import,          NULL, NULL, false, 0},
  {"GET",  "/rundown",                   EDITOR,      page_rundown,         NULL, edition_values, false, 0},
  {"GET",  "/read",                      EDITOR,      page_read,            NULL, edition_values, false, 0},
  {"GET",  "/schedule",                  EDITOR,      page_schedule,        NULL, NULL, false, 0},
  {"GET",  "/air",                       EDITOR,      page_air,             NULL, NULL, false, 0},
  {"GET",  "/explain",                   EDITOR,      page_explain,         NULL, edition_values, false, 0},
  {"GET",  "/scripts/{script}",          PRODUCER,    page_edit_script,          NULL, NULL, false, 0},
  {"GET",  "/jingles",                   PRODUCER,    page_jingles,         NULL, NULL, false, 0},
  {"GET",  "/settings",                  ADMIN,       page_settings,        NULL, NULL, false, 0},
  {"GET",  "/doctor",                    ADMIN,       page_doctor,          NULL, NULL, false, 0},
  {"GET",  "/podcast",                   EDITOR,      page_podcast,         NULL, NULL, false, 0},
  {"GET",  "/downloads",                 EDITOR,      page_downloads,       NULL, NULL, false, 0},
  {"GET",  "/station",                   ADMIN,       page_station,         NULL, NULL, false, 0},
  /* who one is */
  {"POST", "/api/login",                 NOBODY,      answer_login,         N_("Log in"), login_values, true, 0},
  {"POST", "/api/join",                  NOBODY,      answer_join,          N_("Take up an invitation: choose a password"), join_values, true, 0},
  {"POST", "/api/contribute",            NOBODY,      answer_contribute,    N_("Send an entry without an account, where the station takes them"), entry_values, true, ENTRY_BYTES},
  {"POST", "/api/logout",                CONTRIBUTOR, answer_logout,        N_("Log out"), NULL, false, 0},
  {"POST", "/api/logout-everywhere",     CONTRIBUTOR, answer_logout_all,    N_("End all sessions of one's own"), NULL, false, 0},
  {"POST", "/api/password",              CONTRIBUTOR, answer_password,      N_("Change one's own password; other sessions end"), password_values, false, 0},
  {"POST", "/api/tokens",                CONTRIBUTOR, answer_token,         N_("Make a token, which a program sends as \"Authorization: Bearer TOKEN\""), token_values, false, 0},
  {"POST", "/api/tokens/revoke",         CONTRIBUTOR, answer_token_revoke,  N_("Take a token back"), revoke_values, false, 0},
  {"GET",  "/api/me",                    CONTRIBUTOR, answer_me,            N_("Who is asking"), NULL, false, 0},
  /* the logbook */
  {"GET",  "/api/entries",               CONTRIBUTOR, answer_entries,       N_("List entries, the latest first, 50 at a time"), filter_values, false, 0},
  {"POST", "/api/entries",               CONTRIBUTOR, answer_entry_add,     N_("Add an entry"), entry_values, false, ENTRY_BYTES},
  {"GET",  "/api/entries/{id}",          CONTRIBUTOR, answer_entry,         N_("One entry, with its history"), NULL, false, 0},
  {"POST", "/api/entries/{id}",          CONTRIBUTOR, answer_entry_edit,    N_("Change an entry: what is given is changed"), entry_values, false, ENTRY_BYTES},
  {"POST", "/api/entries/{id}/status",   EDITOR,      answer_entry_status,  N_("Approve, reject, withdraw"), status_values, false, 0},
  {"POST", "/api/entries/{id}/undo",     EDITOR,      answer_entry_undo,    N_("Take the last change back"), NULL, false, 0},
  {"POST", "/api/entries/{id}/merge",    EDITOR,      answer_entry_merge,   N_("Withdraw an entry that says what another says; its voices count there"), merge_values, false, 0},
  {"POST", "/api/sounds",                EDITOR,      answer_sound_keep,    N_("Keep a recorded sound: the body is a WAV, MP3, FLAC, Ogg or M4A file, its Content-Type audio/…; the answer's \"file\" is an entry's \"sound\""), NULL, false, SOUND_BYTES},
  {"GET",  "/api/sounds/{file}",         EDITOR,      answer_sound,         N_("A recorded sound"), NULL, false, 0},
  {"POST", "/api/import",                EDITOR,      answer_import,        N_("See what a pad or a table holds, or import it"), import_values, false, PAD_BYTES},
  /* the bulletin */
  {"GET",  "/api/rundown",               EDITOR,      answer_rundown,       N_("A bulletin's rundown"), edition_values, false, 0},
  {"POST", "/api/rundown",               EDITOR,      answer_choose,        N_("Choose the highlights (a job)"), edition_values, false, 0},
  {"POST", "/api/rundown/move",          EDITOR,      answer_item_move,     N_("Move an item"), item_values, false, 0},
  {"POST", "/api/rundown/drop",          EDITOR,      answer_item_drop,     N_("Take an item out"), item_values, false, 0},
  {"POST", "/api/rundown/words",         EDITOR,      answer_item_words,    N_("Change what an item says"), item_values, false, ENTRY_BYTES},
  {"POST", "/api/rundown/voice",         EDITOR,      answer_item_voice,    N_("Change who reads an item"), item_values, false, 0},
  {"POST", "/api/rundown/sound",         EDITOR,      answer_item_sound,    N_("Put a recording in an item's place: the body is a WAV, MP3, FLAC, Ogg or M4A file, its Content-Type audio/…"), item_values, false, SOUND_BYTES},
  {"POST", "/api/rundown/keep",          EDITOR,      answer_item_keep,     N_("Let an entry's item stay as it is when the rest is chosen anew, or not"), item_values, false, 0},
  {"POST", "/api/rundown/put",           EDITOR,      answer_item_put,      N_("Put an entry that waits into the bulletin, or in another's place"), put_values, false, 0},
  {"POST", "/api/rundown/undo",          EDITOR,      answer_rundown_undo,  N_("Take the last change of a rundown back"), edition_values, false, 0},
  {"POST", "/api/rundown/lock",          EDITOR,      answer_rundown_lock,  N_("Keep the rundown as it is, or let it be chosen anew"), item_values, false, 0},
  {"POST", "/api/rundown/produce",       EDITOR,      answer_produce,       N_("Make the bulletin's sound (a job)"), edition_values, false, 0},
  {"GET",  "/api/rundown/explain",       EDITOR,      answer_explain,       N_("Why each entry is in or out"), edition_values, false, 0},
  {"GET",  "/api/editions/{edition}/making", EDITOR,  answer_making,        N_("The sound of a bulletin that is being made, as it comes"), NULL, false, 0},
  {"GET",  "/api/editions/{edition}/{file}", EDITOR,  answer_edition_file,  N_("A file of an edition: bulletin.mp3, transcript.vtt, waveform.json, cues.json"), NULL, false, 0},
  {"POST", "/api/say",                   EDITOR,      answer_say,           N_("Hear some words (WAV)"), say_values, false, 0},
  {"POST", "/api/lexicon",               EDITOR,      answer_lexicon,       N_("Teach a word"), lexicon_values, false, 0},
  {"GET",  "/api/jobs/{job}",            EDITOR,      answer_job,           N_("What became of a job"), NULL, false, 0},
  /* on the air */
  {"GET",  "/api/status",                EDITOR,      answer_status,        N_("What is on the air, what is next, alarms"), NULL, false, 0},
  {"POST", "/api/air",                   PRODUCER,    answer_air_now,       N_("Air an edition that is made, now"), episode_values, false, 0},
  {"POST", "/api/air/end",               PRODUCER,    answer_air_end,       N_("End what is heard now"), NULL, false, 0},
  {"GET",  "/api/events",                CONTRIBUTOR, answer_events,        N_("What happens, as server-sent events: logbook, rundown, job, status"), NULL, false, 0},
  {"GET",  "/api/schedule",              EDITOR,      answer_schedule,      N_("The slots of the coming week"), NULL, false, 0},
  {"POST", "/api/schedule",              PRODUCER,    answer_slot_add,      N_("Plan a slot"), slot_values, false, 0},
  {"POST", "/api/schedule/cancel",       PRODUCER,    answer_slot_cancel,   N_("Take one slot out of its calendar"), cancel_values, false, 0},
  {"GET",  "/api/calendar.ics",          CONTRIBUTOR, answer_calendar,      N_("The coming weeks as a calendar, for a calendar program (\"?token=\")"), NULL, false, 0},
  {"POST", "/api/scripts/{script}",      PRODUCER,    answer_script,        N_("Change a script"), script_values, false, ENTRY_BYTES},
  {"GET",  "/api/jingles",               EDITOR,      answer_jingles,       N_("The station's jingles and beds, their length, loudness and peak"), NULL, false, 0},
  {"POST", "/api/jingles",               PRODUCER,    answer_jingle_add,    N_("Add a jingle: the body is a WAV, MP3, FLAC, Ogg or M4A file, its Content-Type audio/…"), jingle_values, false, SOUND_BYTES},
  {"GET",  "/api/jingles/{file}",        EDITOR,      answer_jingle,        N_("A jingle's sound"), NULL, false, 0},
  {"GET",  "/api/backup",                ADMIN,       answer_backup,        N_("The whole logbook, as a copy that is whole"), NULL, false, 0},
  {"GET",  "/api/doctor",                ADMIN,       answer_doctor,        N_("What is right and what is wrong with the station"), NULL, false, 0},
  {"GET",  "/api/episodes",              EDITOR,      answer_episodes,      N_("What is published"), NULL, false, 0},
  {"GET",  "/api/downloads",             EDITOR,      answer_downloads,     N_("How often each episode was downloaded, by the web server's log"), NULL, false, 0},
  {"POST", "/api/publish",               PRODUCER,    answer_publish,       N_("Publish an edition, or publish it again, corrected (a job)"), publish_values, false, 0},
  {"POST", "/api/retract",               PRODUCER,    answer_retract,       N_("Take an episode out (a job)"), episode_values, false, 0},
  /* the station */
  {"GET",  "/api/users",                 ADMIN,       answer_users,         N_("Who may use the desk"), NULL, false, 0},
  {"POST", "/api/users",                 ADMIN,       answer_user_add,      N_("Add a user; the answer holds the one-time code"), user_values, false, 0},
  {"POST", "/api/users/{id}",            ADMIN,       answer_user_change,   N_("Change a user's role, or lock the user out"), user_change_values, false, 0},
  {"POST", "/api/users/{id}/reset",      ADMIN,       answer_user_reset,    N_("A new one-time code, with which another password is chosen"), NULL, false, 0},
  {"GET",  "/api/settings",              ADMIN,       answer_settings,      N_("What the station is set to"), NULL, false, 0},
  {"POST", "/api/settings",              ADMIN,       answer_settings_change, N_("Change what the station is set to: all that is given, or nothing"), setting_values, false, ENTRY_BYTES},
  {"GET",  "/api/audit",                 ADMIN,       answer_audit,         N_("Who did what, the latest first"), NULL, false, 0},
  {"GET",  "/api/openapi.json",          NOBODY,      answer_openapi,       N_("This document (OpenAPI 3.1)"), NULL, false, 0},
  {NULL, NULL, NOBODY, NULL, NULL, NULL, false, 0},
};
/* clang-format on */

/* "/api/entries/{id}" against "/api/entries/12": what stands for {id} is kept. */
static bool matches(const char *pattern, const char *path, GHashTable *values) {
  while (*pattern) {
    if (*pattern == '{') {
      const char *end = strchr(pattern, '}');
      gsize n = strcspn(path, "/");
      if (n == 0)
        return false;
      if (values)
        g_hash_table_replace(values, g_strndup(pattern + 1, (gsize)(end - pattern - 1)), g_strndup(path, n));
      pattern = end + 1;
      path += n;
    } else if (*pattern++ != *path++) {
      return false;
    }
  }
  return *path == '\0';
}

const Route *route_find(const char *method, const char *path, GHashTable *values, bool *has_path) {
  *has_path = false;
  for (const Route *route = routes; route->path; route++) {
    if (!matches(route->path, path, NULL))
      continue;
    *has_path = true;
    if (strcmp(route->method, method) == 0) {
      matches(route->path, path, values);
      return route;
    }
  }
  return NULL;
}
