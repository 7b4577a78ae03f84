/* Asking a web server (RFC 9110), with time limits: the only caller of libcurl. */
#ifndef CARNET_BASE_HTTP_H
#define CARNET_BASE_HTTP_H

#include <glib.h>
#include <stdbool.h>

typedef struct {
  const char *url;             /* http or https; where it sends us on to, too: from https never to http */
  const char *user, *password; /* NULL: none */
  const char *method;          /* NULL: GET, or POST when there is a body */
  const char *const *headers;  /* "Name: value", NULL ended; NULL: none */
  const char *body;            /* NULL: none */
  gsize most_bytes;            /* of an answer; a longer one is INPUT */
} HttpRequest;

typedef struct {
  long status; /* 200, 304, 404… */
  GByteArray *body;
  char *tag; /* its ETag; NULL: it has none */
} HttpAnswer;

/* Waits for 30 s at most. Any answer is success; no answer is AGAIN. `*answer` is the caller's to clear (http_answer_clear)
 * in either case; zeroed before. */
bool http_ask(const HttpRequest *request, HttpAnswer *answer, GError **error);
void http_answer_clear(HttpAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HttpAnswer, http_answer_clear)

#endif
