/* One request at the desk: who asks, what with, and what is answered. Inside desk/ only. */
#ifndef CARNET_DESK_VISIT_H
#define CARNET_DESK_VISIT_H

#include "base/json.h"
#include "base/xml.h"
#include "commands/command.h"
#include "desk/desk_private.h"
#include "logbook/users.h"
#include "web/call.h"

typedef struct Route Route;

typedef struct {
  Desk *desk;
  Session *session; /* this thread's station and store */
  const Route *route;
  const WebRequest *request;
  WebReply *reply;
  GHashTable *values; /* of the path, the query and the body (a form, or a JSON object's members) */
  User *user;         /* NULL: nobody we know */
  Login *login;
  const char *language; /* of the pages: "fr", "en" */
  bool wants_json;      /* a program asks; else a browser, whose forms are answered by the page to see next */
} Visit;

/* What was given, trimmed of nothing; NULL: it was not. Borrowed. */
const char *visit_value(const Visit *visit, const char *name);
/* The same, "" when it was not given. */
const char *visit_text(const Visit *visit, const char *name);
bool visit_is_set(const Visit *visit, const char *name); /* "1", "on", "yes", "true" */
/* A whole number; 0 and USAGE when it is none. */
gint64 visit_number(const Visit *visit, const char *name, GError **error);
Role visit_role(const Visit *visit);
const char *visit_who(const Visit *visit); /* whose name a revision carries */

/* A verb of the program that is waited for, in this visitor's name and language (jobs_ask). What it printed (g_free), or
 * NULL with INPUT. `anyway`: however it ended. */
char *visit_ask(const Visit *visit, const char *const *arguments, GError **error);
char *visit_ask_anyway(const Visit *visit, const char *const *arguments, GError **error);

/* --- answers --- */

/* What a verb printed, as it is: JSON (g_free, taken); NULL: what `error` says. */
void visit_printed(Visit *visit, char *json, const GError *error);

/* Takes `builder`'s tree. */
void visit_json(Visit *visit, unsigned status, JsonBuilder *builder);
/* A browser is sent to `where`, with a word of what was done ("done", in page.c's table; NULL: none); a program gets the
 * tree of `builder` (may be NULL: {}). */
void visit_done(Visit *visit, const char *where, const char *done, JsonBuilder *builder);
/* A path of ours that was given as `name`, else `otherwise`: what leads elsewhere, or holds what a browser leaves out, is
 * none. Borrowed. */
const char *visit_own_path(const Visit *visit, const char *name, const char *otherwise);
/* As a page or as JSON, with the status of its kind, or with `status` when it is not 0. */
void visit_fail(Visit *visit, unsigned status, const GError *error);
void visit_refuse(Visit *visit, unsigned status, const char *why);
/* Writes down who did what (audit). One that cannot be written is told on standard error. */
void visit_note(Visit *visit, const char *what, const char *about);

#endif
