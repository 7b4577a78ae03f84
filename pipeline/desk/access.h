/* Who may: sessions, tokens, what a change must bring with it. Inside desk/ only. */
#ifndef CARNET_DESK_ACCESS_H
#define CARNET_DESK_ACCESS_H

#include "desk/visit.h"

#define SESSION_COOKIE "carnet"
#define SESSION_IDLE_US (8 * 3600 * US_PER_SECOND)      /* it ends when nothing is asked for so long */
#define SESSION_MOST_US (7 * 24 * 3600 * US_PER_SECOND) /* and in any case */
#define TOKEN_MOST_US (US_PER_SECOND * 100 * 365 * 24 * 3600)
#define INVITATION_US (3 * 24 * 3600 * US_PER_SECOND)

/* Fills user and login from the cookie, or from "Authorization: Bearer". False: the logbook cannot tell. */
bool access_read(Visit *visit, GError **error);
/* Whether a request's cookie or token stands for somebody, as far as is known without the logbook: then what it sends may be
 * long, before it is asked who he is. Any thread. */
bool access_is_known(Desk *desk, const WebRequest *request);
/* What was made just now stands for somebody. Any thread. */
void access_know(Desk *desk, const char *digest);
/* All that stand for somebody, and they alone: those that a command or another desk has made or ended too. Any thread. */
bool access_know_all(Desk *desk, Store *store, GError **error);
/* Whether this request comes from a page of ours, or from no page at all, and by a name that is ours: "Origin", "Host",
 * "Sec-Fetch-Site" (W3C Fetch Metadata). Why not: `*why`, borrowed. */
bool access_same_origin(const Visit *visit, const char **why);
/* Whether a change says what its session must say ("csrf", or X-CSRF-Token); a program's token is proof enough. */
bool access_has_csrf(const Visit *visit);
/* The client's address, a proxy's word taken where the station trusts it. Borrowed. */
const char *access_address(const Visit *visit);
/* What tries are counted by: the address; of IPv6 its /64, which one person has (RFC 6177). Returns (g_free). */
char *access_place(const Visit *visit);
/* Begins a session of `user` and sets its cookie; one that is there ends (no session is taken over). */
bool access_begin(Visit *visit, gint64 user, GError **error);
bool access_end(Visit *visit, GError **error);

#endif
