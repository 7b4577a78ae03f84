/* Clients and their files take descriptors from 1024 on: what waits by select(2), as libshout does, cannot have those and
 * needs the others (air/uplink.c). Inside web/ only. */
#ifndef CARNET_WEB_DESCRIPTORS_H
#define CARNET_WEB_DESCRIPTORS_H

#include <stdbool.h>

/* Asks the system for room for `n` of them (RLIMIT_NOFILE, within its hard limit). False: there is none. */
bool descriptors_reserve(unsigned n);
/* Moves `fd` (which is closed) there. Returns the new one; `fd` itself where there is no room. */
int descriptor_move(int fd);

#endif
