/* What the daemon hears of the air, and whom it tells. */
#include "base/clock.h"
#include "daemon/daemon_private.h"
#include "daemon/report.h"

#include <signal.h>

static volatile sig_atomic_t reload;

static void on_reload(int number) {
  (void)number;
  reload = 1;
}

void daemon_catch_reload(void) {
  struct sigaction action = {.sa_handler = on_reload, .sa_flags = SA_RESTART};
  sigaction(SIGHUP, &action, NULL);
}

bool daemon_reload_pending(void) {
  return reload != 0;
}

bool daemon_reload_asked(void) {
  bool asked = reload != 0;
  reload = 0;
  return asked;
}

void daemon_connection(const char *mount, const ChannelMount *status, gpointer user) {
  (void)user;
  switch (status->state) {
    case MOUNT_ON_AIR:
      report_say(false, _("%s: connected"), mount);
      break;
    case MOUNT_LOST:
    case MOUNT_REFUSED:
      report_say(true, _("%s: not connected: %s"), mount, status->message ? status->message : "");
      break;
    case MOUNT_WAITING:
    case MOUNT_CONNECTING:
    case MOUNT_DONE:
      break;
  }
}

void daemon_watch_air(Daemon *daemon) {
  (void)daemon;
}

void daemon_close_air(Daemon *daemon) {
  (void)daemon;
}
