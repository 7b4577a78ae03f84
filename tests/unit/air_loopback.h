/* A socket that listens on a free port of loopback, for the servers of the tests of air/. */
#ifndef CARNET_TESTS_AIR_LOOPBACK_H
#define CARNET_TESTS_AIR_LOOPBACK_H

#include <gio/gio.h>

/* Returns (g_object_unref). */
static inline GSocket *loopback_listen(unsigned *port) {
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback(G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new(loopback, 0);
  GSocket *listening = g_socket_new(G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_assert_true(g_socket_bind(listening, any, TRUE, NULL) && g_socket_listen(listening, NULL));
  g_autoptr(GSocketAddress) bound = g_socket_get_local_address(listening, NULL);
  *port = g_inet_socket_address_get_port(G_INET_SOCKET_ADDRESS(bound));
  return listening;
}

#endif
