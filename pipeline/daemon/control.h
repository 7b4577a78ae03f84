/* What the daemon tells whoever asks: a socket in the station's folder (.run.sock), that answers each connection with
 * one text and closes. */
#ifndef CARNET_DAEMON_CONTROL_H
#define CARNET_DAEMON_CONTROL_H

#include <glib.h>
#include <stdbool.h>

typedef struct Control Control;
/* Returns (control_free: removes the socket), or NULL. */
Control *control_new(const char *folder, GError **error);
void control_free(Control *control);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Control, control_free)
/* Waits until somebody asks, `timeout_ms` at most, and answers with what `answer` returns (g_free). */
void control_wait(Control *control, int timeout_ms, char *(*answer)(gpointer user), gpointer user);

/* The other end: what the station's daemon answers. AGAIN when none runs. Returns (g_free), or NULL. */
char *control_ask(const char *folder, GError **error);

#endif
