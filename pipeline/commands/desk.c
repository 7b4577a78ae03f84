#include "commands/station_commands.h"

#include "base/secret.h"
#include "commands/output.h"
#include "desk/desk.h"

#include <stdio.h>

static bool run_desk(Session *session, int argc, char **argv, GError **error);

const Command command_desk = {
    .name = "desk",
    .group = N_("The station"),
    .summary = N_("Serve the editors' desk: choose, correct, schedule and air in a browser"),
    .usage = "",
    .help = N_("Serves pages by which a station is edited, at http://127.0.0.1:8420/ unless station.yaml\n"
               "(desk) or --port says otherwise, until it is stopped (Ctrl-C). On the first start it prints\n"
               "a one-time code, with which the first user is made there. \"carnet run\" has the desk in\n"
               "it when station.yaml gives it a port.\n\n"
               "Examples:\n"
               "  carnet desk\n"
               "  carnet desk --port 0"),
    .run = run_desk,
};

#define PORT 8420
#define LOOK_US 50000

void desk_tell(const Desk *desk) {
  printf(_("the desk: %s\n"), desk_address(desk));
  if (desk_first_code(desk))
    printf(_("first visit: the one-time code is %s\n"), desk_first_code(desk));
  fflush(stdout);
}

static int port_of(const Station *station, int given) {
  return given >= 0 ? given : station->desk.port ? (int)station->desk.port : PORT;
}

static bool run_desk(Session *session, int argc, char **argv, GError **error) {
  int port = -1;
  const GOptionEntry options[] = {
      {"port", 'p', 0, G_OPTION_ARG_INT, &port, N_("Listen there (0: a port that is free)"), N_("N")},
      G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_desk, options, argc, argv, 0, 0, NULL, error))
    return false;
  if (port > 65535 || port < -1) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("a port is a number from 0 to 65535"));
    return false;
  }
  const Station *station = session_station(session, error);
  if (!station)
    return false;
  session_catch_signals();
  g_autoptr(Desk) desk = desk_new(station->folder, port_of(station, port), error);
  if (!desk)
    return false;
  desk_tell(desk);
  while (!session_interrupted())
    g_usleep(LOOK_US);
  return true;
}
