/* How many listen: what each Icecast server tells everybody (status-json.xsl), asked now and then by a thread of its own.
 * Functions from the daemon's. */
#ifndef CARNET_DAEMON_AUDIENCE_H
#define CARNET_DAEMON_AUDIENCE_H

#include "base/station.h"

#define AUDIENCE_UNKNOWN (-1)

typedef struct Audience Audience;
/* Returns (audience_free). */
Audience *audience_new(void);
void audience_free(Audience *audience);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Audience, audience_free)
/* Asks the servers of these mounts from now on; copies what it needs. */
void audience_set_station(Audience *audience, const Station *station);
/* Listeners of a mount, our own one among them; 0 when the server has no such mount, AUDIENCE_UNKNOWN when it does not
 * tell. */
int audience_count(Audience *audience, const Station *station, const StationMount *mount);

/* The counts in what a server tells, added to `counts` under PREFIX + mount ("/a.mp3"). False when it is not Icecast's. */
bool audience_read(const char *text, const char *prefix, GHashTable *counts);

#endif
