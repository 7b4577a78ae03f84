/* carnet: from a community's logbook to the air. The verbs are a const table;
 * each is a file of commands/. */
#include "base/profile.h"
#include "base/memory.h"
#include "commands/bulletin_commands.h"
#include "commands/command.h"
#include "commands/import.h"
#include "commands/logbook_commands.h"
#include "commands/output.h"
#include "commands/schedule_commands.h"
#include "commands/speech_commands.h"
#include "commands/station_commands.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
const Command *const commands[] = {
  &command_init,    &command_doctor,  &command_run,     &command_status,  &command_order,  &command_desk,   &command_user,   &command_settings, /* the station */
  &command_add,     &command_import,  &command_entries, &command_show,   &command_edit, /* the logbook */
  &command_approve, &command_reject,  &command_withdraw, &command_undo,
  &command_backup,  &command_restore,
  &command_rundown, &command_produce, &command_air,     &command_asrun,  &command_schedule, &command_publish, &command_downloads, &command_export, /* the bulletin */
  &command_say,     &command_voices,  &command_lexicon, &command_jingles, &command_cache,                 /* the voice */
  NULL,
};
/* clang-format on */

static const Command *find_command(const char *name) {
  for (guint i = 0; commands[i]; i++)
    if (strcmp(commands[i]->name, name) == 0)
      return commands[i];
  return NULL;
}

/* --- help -------------------------------------------------------------------- */

static void print_group(const char *group) {
  g_autofree char *heading = style_text(stdout, STYLE_BOLD, _(group));
  printf("\n%s\n", heading);
  for (guint i = 0; commands[i]; i++)
    if (strcmp(commands[i]->group, group) == 0)
      printf("  %-10s %s\n", commands[i]->name, _(commands[i]->summary));
}

static void print_help(void) {
  printf("%s\n\n", _("usage: carnet [-C STATION] [-q] VERB [ARGUMENTS]"));
  printf("%s\n", _("From a community's logbook to a radio bulletin: choose, read, mix, broadcast."));
  for (guint i = 0; commands[i]; i++) {
    bool is_new = true;
    for (guint j = 0; j < i; j++)
      is_new = is_new && strcmp(commands[j]->group, commands[i]->group) != 0;
    if (is_new)
      print_group(commands[i]->group);
  }
  printf("\n%s\n", _("A first bulletin:\n"
                     "  carnet init ma-station\n"
                     "  carnet -C ma-station import pad notes.txt\n"
                     "  carnet -C ma-station approve --all\n"
                     "  carnet -C ma-station produce --script midi\n"
                     "  carnet -C ma-station air --script midi"));
  printf("\n%s\n", _("\"carnet VERB --help\" tells of one verb. -C STATION names the station's folder (else\n"
                     "CARNET_STATION, else this folder); -q is quiet.\n"
                     "Exit status: 0 done, 2 wrong usage, 3 something to correct (a file, a text, a setting),\n"
                     "4 busy or unreachable, try again, 5 the system failed, 70 an error of ours."));
}

/* --- options before the verb -------------------------------------------------- */

typedef struct {
  const char *folder;
  bool quiet, help, version;
  int verb; /* index in argv, 0: none */
} Opening;

static bool read_opening(int argc, char **argv, Opening *opening, GError **error) {
  for (int i = 1; i < argc; i++) {
    const char *word = argv[i];
    if (word[0] != '-') {
      opening->verb = i;
      return true;
    }
    if (strcmp(word, "-C") == 0 && i + 1 < argc)
      opening->folder = argv[++i];
    else if (g_str_has_prefix(word, "-C") && word[2])
      opening->folder = word + 2;
    else if (strcmp(word, "-q") == 0 || strcmp(word, "--quiet") == 0)
      opening->quiet = true;
    else if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0)
      opening->help = true;
    else if (strcmp(word, "--version") == 0)
      opening->version = true;
    else {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("unknown option \"%s\" (\"carnet help\" tells more)"),
                  word);
      return false;
    }
  }
  return true;
}

static bool run_help(Session *session, int argc, char **argv, GError **error) {
  const Command *command = argc > 1 ? find_command(argv[1]) : NULL;
  if (argc > 1 && !command) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("unknown verb \"%s\" (\"carnet help\" lists them)"),
                argv[1]);
    return false;
  }
  if (!command) {
    print_help();
    return true;
  }
  char *help[] = {argv[1], (char *)"--help", NULL};
  return command->run(session, 2, help, error);
}

static bool run(Session *session, const Opening *opening, int argc, char **argv, GError **error) {
  if (opening->version) {
    printf("carnet %s\n", CARNET_VERSION);
    return true;
  }
  if (opening->help || opening->verb == 0) {
    print_help();
    if (opening->help)
      return true;
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("a verb is missing"));
    return false;
  }
  char **rest = argv + opening->verb;
  if (strcmp(rest[0], "help") == 0)
    return run_help(session, argc - opening->verb, rest, error);
  const Command *command = find_command(rest[0]);
  if (!command) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("unknown verb \"%s\" (\"carnet help\" lists them)"),
                rest[0]);
    return false;
  }
  return command->run(session, argc - opening->verb, rest, error);
}

/* Paths of the station are told as its folder was named: "scripts/midi.yaml:12:5"
 * from within it, "ma-station/scripts/…" with -C ma-station. */
static char *as_named(const char *message, const Session *session) {
  GString *text = g_string_new(message);
  if (session->station && strlen(session->station->folder) > 1) {
    g_autofree char *absolute = g_strconcat(session->station->folder, "/", NULL);
    bool is_here = strcmp(session->folder, ".") == 0;
    g_autofree char *named = is_here ? g_strdup("") : g_build_filename(session->folder, "/", NULL);
    g_string_replace(text, absolute, named, 0);
  }
  return g_string_free(text, FALSE);
}

static void print_error(const GError *error, const Session *session) {
  progress_clear();
  g_autofree char *mark = style_text(stderr, STYLE_BAD, "carnet:");
  g_autofree char *message = as_named(error->message, session);
  fprintf(stderr, "%s %s\n", mark, message);
}

static void session_clear(Session *session) {
  store_free(session->store);
  station_free(session->station);
  g_free(session->folder);
}

/* What GLib cannot go on from (a thread it was refused) ends the program as any failure of the
 * system does; an error that we call fatal ourselves is a bug, and aborts. */
static void end_if_fatal(GLogLevelFlags level, const GLogField *fields, gsize n) {
  const char *message = NULL;
  bool is_ours = false;
  for (gsize i = 0; i < n; i++) {
    if (strcmp(fields[i].key, "MESSAGE") == 0)
      message = fields[i].value;
    is_ours |= strcmp(fields[i].key, "GLIB_DOMAIN") == 0 && strcmp(fields[i].value, G_LOG_DOMAIN) == 0;
  }
  if ((level & G_LOG_LEVEL_ERROR) && message && !is_ours)
    memory_end(message);
}

/* Notes of the rooms (g_message and above) go to standard error; debug only when asked by G_MESSAGES_DEBUG. */
static GLogWriterOutput write_log(GLogLevelFlags level, const GLogField *fields, gsize n, gpointer user) {
  const bool *quiet = user;
  end_if_fatal(level, fields, n);
  if (level & (G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO))
    return g_log_writer_default(level, fields, n, NULL);
  for (gsize i = 0; i < n; i++)
    if (strcmp(fields[i].key, "MESSAGE") == 0)
      print_note(*quiet && (level & G_LOG_LEVEL_MESSAGE), "%s", (const char *)fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

/* Sound is held in blocks of some megabytes: given back to the system when freed
 * (measured: rendering peaks at 64 MiB, 77 with the growing threshold of glibc). */
#define BLOCK_BYTES (256 << 10)

int main(int argc, char **argv) {
  profile_start();
  mallopt(M_MMAP_THRESHOLD, BLOCK_BYTES);
  i18n_start();
  memory_say(_("out of memory; nothing is half-written, try again when there is more"));
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); /* a limit on files (ulimit -f) is an error of the write, not our end */
  g_autoptr(GError) error = NULL;
  Opening opening = {0};
  Session session = {0};
  bool ok = read_opening(argc, argv, &opening, &error);
  const char *named = opening.folder ? opening.folder : g_getenv("CARNET_STATION");
  session.folder = g_strdup(named && *named ? named : ".");
  session.quiet = opening.quiet;
  g_log_set_writer_func(write_log, &session.quiet, NULL);
  ok = ok && run(&session, &opening, argc, argv, &error);
  /* --help leaves a command early without an error. */
  if (!ok && error)
    print_error(error, &session);
  if (!error && (fflush(stdout) != 0 || ferror(stdout))) {
    carnet_error_set_errno(&error, EIO, "%s", _("standard output"));
    print_error(error, &session);
  }
  session_clear(&session);
  profile_print();
  return carnet_error_exit_status(error);
}
