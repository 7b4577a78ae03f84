/* Why a server would not have us. libshout answers SHOUTERR_NOLOGIN to 401 and
 * 403 alike, and SHOUTERR_NOCONNECT or SHOUTERR_SOCKET without a reason; one
 * small request of our own tells them apart. Blocking, with a deadline (except
 * for the name's resolution, which has the resolver's): for helper threads. */
#ifndef CARNET_AIR_PROBE_H
#define CARNET_AIR_PROBE_H

#include <glib.h>
#include <netdb.h>
#include <stdbool.h>

/* Asks the resolver, which takes as long as it likes. Returns (freeaddrinfo), or NULL with AGAIN. */
struct addrinfo *probe_find(const char *host, unsigned port, GError **error);
/* Opens and closes a TCP connection. A failure is AGAIN and says why. */
bool probe_reach(const char *host, unsigned port, guint timeout_ms, GError **error);
/* False when the server takes the connection (or the way to it is dead) but says
 * nothing for `timeout_ms`. An answer of any kind, a closed or a refused
 * connection is life: what it means for our mounts, TCP tells. */
bool probe_alive(const struct addrinfo *addresses, guint timeout_ms);
/* Asks Icecast for a metadata update that lacks its parameters: it changes
 * nothing, and is answered 401 when the user or password is wrong for the mount,
 * 400 when they are right. In the clear: only for mounts without TLS.
 * Returns the HTTP status, or 0 with AGAIN. */
int probe_login(const char *host, unsigned port, const char *user, const char *password, const char *mount,
                guint timeout_ms, GError **error);

#endif
