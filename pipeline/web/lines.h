/* Inside web/ only: who is connected, and since when he has been saying what he wants. The library's own patience is with
 * silence alone: a byte a second would hold a line for ever. */
#ifndef CARNET_WEB_LINES_H
#define CARNET_WEB_LINES_H

#include <glib.h>
#include <microhttpd.h>
#include <stdbool.h>

typedef struct Lines Lines;
/* Starts a thread that cuts the lines of those who take too long. Returns (lines_free). */
Lines *lines_new(void);
void lines_free(Lines *lines); /* after the daemon */
/* One more is let in; false: `most` are there. lines_give_back: that one did not come to be. */
bool lines_take(Lines *lines, guint most);
void lines_give_back(Lines *lines);
/* For MHD_OPTION_NOTIFY_CONNECTION; `user` is the Lines. */
void lines_notify(void *user, struct MHD_Connection *connection, void **line, enum MHD_ConnectionNotificationCode code);
/* The heads are there: the body has as long, and as long again whenever it brought 16 KiB for each second of it. */
void lines_heads(Lines *lines, struct MHD_Connection *connection);
void lines_got(Lines *lines, struct MHD_Connection *connection, gsize nbytes);
void lines_asked(Lines *lines, struct MHD_Connection *connection);    /* all of it: what we take is our affair */
void lines_answered(Lines *lines, struct MHD_Connection *connection); /* the next one may come */

#endif
