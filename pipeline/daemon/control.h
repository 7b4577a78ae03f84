/* What the daemon tells whoever asks, and is told to do: a socket in the station's folder (.run.sock), which only its owner
 * can open. A connection says one line, is answered by one text, and closes. */
#ifndef CARNET_DAEMON_CONTROL_H
#define CARNET_DAEMON_CONTROL_H

#include <glib.h>
#include <stdbool.h>

typedef struct Control Control;
/* Returns (control_free: removes the socket), or NULL. */
Control *control_new(const char *folder, GError **error);
void control_free(Control *control);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Control, control_free)
/* Waits until somebody asks, `timeout_ms` at most, and answers with what `answer` returns (g_free). `order`: the line
 * ("status", "air 2020-03-17-midi"); "" when none came at once. */
void control_wait(Control *control, int timeout_ms, char *(*answer)(const char *order, gpointer user), gpointer user);

/* The other end: what the station's daemon answers to "status". AGAIN when none runs. Returns (g_free), or NULL. */
char *control_ask(const char *folder, GError **error);
/* The same of an order; INPUT with what the daemon says when it does not do it. */
bool control_order(const char *folder, const char *order, GError **error);

#endif
