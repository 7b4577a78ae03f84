/* One connection to one mount (the only file that calls libshout).
 *
 * Whatever libshout may block in is done by helper threads, so that the loop
 * never waits for a server: the name's resolution (in shout_open), the
 * handshake (each look at it selects for 1 ms), and the title
 * (shout_set_metadata_utf8 always blocks, whatever shout_set_nonblocking says).
 * Sending is non-blocking: what the socket does not take waits in a queue. */
#ifndef CARNET_AIR_UPLINK_H
#define CARNET_AIR_UPLINK_H

#include "base/station.h"

typedef enum {
  UPLINK_OPENING,
  UPLINK_OPEN,
  UPLINK_FAILED,   /* unreachable, in use (403), closed: worth another try soon */
  UPLINK_DOUBTFUL, /* behind TLS: 401 or 403, libshout does not say which */
  UPLINK_REFUSED,  /* 401, the password is wrong; or there is no libshout: until a person mends it */
} UplinkState;

typedef struct {
  const char *station_name, *description, *host, *user_name, *password, *ca_file;
  unsigned port;
  TlsMode tls;
  const StationMount *mount;
  guint sample_rate_hz, channels; /* told to listeners (ice-audio-info); 0: not known yet */
} UplinkTarget;

typedef struct Uplink Uplink;

/* False, with CARNET_ERROR_SYSTEM: libshout cannot be had, and each uplink is REFUSED. */
bool uplink_is_possible(GError **error);
/* Begins to connect and returns at once (uplink_close). `target` is copied.
 * The handshake is given up after `timeout_ms`. */
Uplink *uplink_open(const UplinkTarget *target, guint timeout_ms);
/* How far it is. `message` (may be NULL; g_free) tells why it failed. Thread-safe. */
UplinkState uplink_state(Uplink *uplink, char **message);
/* Only when OPEN. Queues `nbytes` and sends what the socket takes. False: the connection is lost. */
bool uplink_send(Uplink *uplink, const guint8 *data, gsize nbytes);
/* Sends from the queue; no system call when it is empty. False: lost. */
bool uplink_flush(Uplink *uplink);
gsize uplink_queued(const Uplink *uplink);
/* Sends the title of what plays from now on (MP3 only), in the background and
 * one at a time; of several that wait only the newest is sent. */
void uplink_title(Uplink *uplink, const char *title);
/* Closes at once (the queue is dropped) and frees. What a helper thread still
 * waits for is left to it. NULL is nothing. */
void uplink_close(Uplink *uplink);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Uplink, uplink_close)

#endif
