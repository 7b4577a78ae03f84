/* libshout's sockets, which it hides: found among the process's descriptors. */
#ifndef CARNET_AIR_SOCKETS_H
#define CARNET_AIR_SOCKETS_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

/* False when libshout must not open one more: it selects, and a descriptor of
 * FD_SETSIZE (1024) or more aborts the process. */
bool sockets_left(void);
/* A small send buffer for each connection to `port`, so that a server that stands
 * still shows in our queue within seconds (Linux would take minutes of sound on
 * loopback), and keep-alives, which end the wait for one that has vanished. */
void sockets_tame(unsigned port, unsigned bitrate_kbps);

/* The set of those that are there; then the one that has come since, as a descriptor
 * of our own (close it), or -1. Between the two no other thread may open one. */
typedef struct {
  ino_t inodes[1024]; /* by descriptor; 0: none. A number may be closed and taken again. */
} SocketSet;
void sockets_note(SocketSet *set);
int sockets_new(const SocketSet *before);

#endif
