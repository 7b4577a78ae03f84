/* libcurl, opened when it is needed: with what it needs itself it would double the time in which the program starts.
 * Inside base/ only. */
#ifndef CARNET_BASE_CURL_H
#define CARNET_BASE_CURL_H

#include <curl/curl.h>
#include <glib.h>

typedef struct {
  CURLcode (*global_init)(long flags);
  CURL *(*easy_init)(void);
  CURLcode (*easy_setopt)(CURL *curl, CURLoption option, ...);
  CURLcode (*easy_perform)(CURL *curl);
  CURLcode (*easy_getinfo)(CURL *curl, CURLINFO info, ...);
  void (*easy_cleanup)(CURL *curl);
  struct curl_slist *(*slist_append)(struct curl_slist *list, const char *text);
  void (*slist_free_all)(struct curl_slist *list);
} Curl;

/* Borrowed for good. NULL with SYSTEM when the library is not there. */
const Curl *curl_open(GError **error);

#endif
