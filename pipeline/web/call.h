/* What is asked of a handler of ours, and what it answers. The rooms that answer know this, and nothing of the library. */
#ifndef CARNET_WEB_CALL_H
#define CARNET_WEB_CALL_H

#include "web/events.h"
#include "web/growing.h"

#include <glib.h>
#include <stdbool.h>

#define WEB_BODY_MOST (64u << 20) /* bytes of a body, unless the handler's limit says less */

typedef struct {
  const char *method;  /* "GET", "POST"…; HEAD is answered as GET is, without its body */
  const char *path;    /* decoded by the library: look it up, never open it */
  const char *address; /* of who is connected (a proxy, perhaps) */
  GHashTable *headers; /* names in lower case → value */
  GHashTable *query;   /* decoded; of two with a name the last */
  GBytes *body;        /* never NULL */
} WebRequest;

/* Filled by the handler; web_reply_* copy what they are given. */
typedef struct {
  unsigned status;    /* 200 */
  char *type;         /* NULL: there is no body */
  GBytes *body;       /* NULL: none */
  GPtrArray *headers; /* name, value, name… */
  char *file;         /* a file is given instead, with ranges and tags (files.h); NULL: none */
  char *file_type;
  WebGrowing *growing; /* a file that is still being written is given instead (borrowed as `events`); NULL: none */
  int growing_fd;      /* it, open (taken); file_type is its type */
  gint64 growing_from; /* what stands before is left out */
  WebEvents *events;   /* a stream of them is given instead (borrowed for the server's life); NULL: none */
  gint64 listener;     /* whose stream it is: he may have so many, and all of his are ended together (events.h) */
  const char *only;    /* the one kind of events that he is told; NULL: all. Static */
} WebReply;

const char *web_header(const WebRequest *request, const char *name); /* in lower case; NULL: none */
/* The value of a cookie. Returns (g_free), or NULL. */
char *web_cookie(const WebRequest *request, const char *name);
/* "a=1&b=%20" as a table (g_hash_table_unref), of at most 500 fields; NULL: this is no such form, or not UTF-8. */
GHashTable *web_form(const char *text, gsize nbytes);

void web_reply_text(WebReply *reply, unsigned status, const char *type, const char *text);
void web_reply_bytes(WebReply *reply, unsigned status, const char *type, GBytes *bytes);
void web_reply_header(WebReply *reply, const char *name, const char *value);
/* "303 See Other": what was done stands elsewhere to see. */
void web_reply_see(WebReply *reply, const char *where);
void web_reply_file(WebReply *reply, const char *path, const char *type);
/* Takes `fd`; `from`: how many bytes at its beginning are left out. */
void web_reply_growing(WebReply *reply, WebGrowing *growing, int fd, gint64 from, const char *type);
void web_reply_clear(WebReply *reply);

/* `user` is the worker's own (web_server_answer). */
typedef void (*WebHandler)(const WebRequest *request, WebReply *reply, gpointer user);

#endif
