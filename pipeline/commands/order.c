#include "commands/station_commands.h"

#include "daemon/control.h"

#include <stdio.h>
#include <string.h>

static bool run_order(Session *session, int argc, char **argv, GError **error);

const Command command_order = {
    .name = "order",
    .group = N_("The station"),
    .summary = N_("Tell the running station to air a bulletin now, or to end it"),
    .usage = N_("air EDITION|end"),
    .help = N_("\"air\" puts a bulletin that is made on every mount as soon as they are free; \"end\" ends what\n"
               "is heard now, and the station goes on with what comes next. Without a running station it\n"
               "ends with status 4.\n\n"
               "Examples:\n"
               "  carnet order air 2020-03-17-midi\n"
               "  carnet order end"),
    .run = run_order,
};

static bool run_order(Session *session, int argc, char **argv, GError **error) {
  g_auto(GStrv) words = NULL;
  if (!command_parse(&command_order, NULL, argc, argv, 1, 2, &words, error))
    return false;
  bool is_known = (strcmp(words[0], "air") == 0 && words[1]) || (strcmp(words[0], "end") == 0 && !words[1]);
  if (!is_known) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("say \"air EDITION\" or \"end\""));
    return false;
  }
  const Station *station = session_station(session, error);
  g_autofree char *order = g_strjoinv(" ", words);
  if (!station || !control_order(station->folder, order, error))
    return false;
  if (!session->quiet)
    puts(_("done"));
  return true;
}
