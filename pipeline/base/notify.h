/* What a service tells systemd (sd_notify(3): a datagram to $NOTIFY_SOCKET, a protocol that is promised to stay).
 * Nothing happens where there is no systemd. */
#ifndef CARNET_BASE_NOTIFY_H
#define CARNET_BASE_NOTIFY_H

#include <glib.h>

/* "READY=1", "WATCHDOG=1", "STATUS=…", "STOPPING=1". */
void notify_systemd(const char *message);
/* How often it wants to hear of us, 0: never. */
gint64 notify_watchdog_us(void);

#endif
