/* A socket that listens on a free port of loopback, for the servers of the tests of air/. */
#ifndef CARNET_TESTS_AIR_LOOPBACK_H
#define CARNET_TESTS_AIR_LOOPBACK_H

#include <gio/gio.h>

static inline GSocket *loopback_listen_as(GSocketFamily family, unsigned *port) {
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(family);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new(loopback, (guint16)*port);
  g_autoptr(GSocket) listening = g_socket_new(family, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  if (!listening || !g_socket_bind(listening, any, TRUE, NULL) || !g_socket_listen(listening, NULL))
    return NULL;
  g_autoptr(GSocketAddress) bound = g_socket_get_local_address(listening, NULL);
  *port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
  return g_steal_pointer(&listening);
}

/* Returns (g_object_unref). */
static inline GSocket *loopback_listen(unsigned *port) {
  *port = 0;
  GSocket *listening = loopback_listen_as(G_SOCKET_FAMILY_IPV4, port);
  g_assert_nonnull(listening);
  return listening;
}

/* On ::1. Returns (g_object_unref), or NULL where there is no IPv6. */
static inline GSocket *loopback_listen6(unsigned *port) {
  *port = 0;
  return loopback_listen_as(G_SOCKET_FAMILY_IPV6, port);
}

#endif
