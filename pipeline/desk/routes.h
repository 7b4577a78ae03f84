/* Every address of the desk: one table, from which requests are sent on, rights are checked, and the API's document is made.
 * Inside desk/ only. */
#ifndef CARNET_DESK_ROUTES_H
#define CARNET_DESK_ROUTES_H

#include "desk/visit.h"

typedef struct {
  const char *name, *what; /* N_(): for the API's document */
} RouteValue;

struct Route {
  const char *method, *path; /* "/api/entries/{id}" */
  Role role;                 /* the least that may */
  void (*answer)(Visit *visit);
  const char *summary;      /* N_(); NULL: a page, no part of the API */
  const RouteValue *values; /* that its body or query may hold; NULL ended (name); NULL: none */
  bool is_open;             /* a change that needs no session: log-in and the like */
  gsize body_most;          /* bytes, 0: 64 KiB */
};

extern const Route routes[]; /* `path` NULL ends it */
/* The route of a request; NULL: there is no such address, or (`*has_path`) it takes no such method. What its path holds is
 * added to `values`. */
const Route *route_find(const char *method, const char *path, GHashTable *values, bool *has_path);

#endif
