#include "commands/station_commands.h"

#include "base/memory.h"
#include "daemon/daemon.h"

static bool run_run(Session *session, int argc, char **argv, GError **error);

const Command command_run = {
    .name = "run",
    .group = N_("The station"),
    .summary = N_("Run the station: make each bulletin of the calendars and air it on time"),
    .usage = "",
    .help = N_("Runs until it is stopped (Ctrl-C, SIGTERM). Bulletins are made before their slots in\n"
               "schedules/ and aired on time, at most once. Mounts with \"mode: continuous\" are heard\n"
               "all day: between bulletins they get the filler of station.yaml. Approved entries of\n"
               "priority urgent break in at once. Files that you change are taken up as it runs.\n\n"
               "\"carnet status\" tells what is on the air; schedules/README.md tells how to keep a\n"
               "station running with systemd."),
    .run = run_run,
};

static bool run_run(Session *session, int argc, char **argv, GError **error) {
  memory_share_heap();
  return command_parse(&command_run, NULL, argc, argv, 0, 0, NULL, error) && daemon_run(session, error);
}
