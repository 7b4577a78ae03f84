/* The editors' desk: pages and an API over HTTP, by which a station is edited and put on the air. It holds no rules of its
 * own: what it does goes through the rooms and verbs that the command line has. It runs in threads beside whoever starts it
 * (`carnet desk`, `carnet run`) and speaks to the station that runs by its socket, as `carnet status` does. */
#ifndef CARNET_DESK_DESK_H
#define CARNET_DESK_DESK_H

#include "base/station.h"

typedef struct Desk Desk;
/* Listens on station.yaml's desk.port, or on `port` when it is not negative (0: one that is free). The station's files are
 * read again as they change; port and address are not. Returns (desk_free), or NULL. */
Desk *desk_new(const char *folder, int port, GError **error);
void desk_free(Desk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Desk, desk_free)
/* "http://127.0.0.1:8420/". Borrowed. */
const char *desk_address(const Desk *desk);
/* The code by which the first user is made, when there is none yet and no other desk of the station runs, whose code holds:
 * else NULL. Good for three days, until a desk makes another. Borrowed. */
const char *desk_first_code(const Desk *desk);

#endif
