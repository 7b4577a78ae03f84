#include "base/curl.h"

#include "base/i18n.h"
#include "base/library.h"

#include <stddef.h>

#define LIBRARY "libcurl.so.4"

static const LibraryFunction functions[] = {
    {"curl_global_init", offsetof(Curl, global_init)},   {"curl_easy_init", offsetof(Curl, easy_init)},
    {"curl_easy_setopt", offsetof(Curl, easy_setopt)},   {"curl_easy_perform", offsetof(Curl, easy_perform)},
    {"curl_easy_getinfo", offsetof(Curl, easy_getinfo)}, {"curl_easy_cleanup", offsetof(Curl, easy_cleanup)},
    {"curl_slist_append", offsetof(Curl, slist_append)}, {"curl_slist_free_all", offsetof(Curl, slist_free_all)},
};

static Curl curl;

static bool begin(void) {
  return curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

static Library library = {
    .file = LIBRARY, .functions = functions, .n = G_N_ELEMENTS(functions), .table = &curl, .begin = begin};

const Curl *curl_open(GError **error) {
  return library_need(&library, _("asking a web server needs libcurl (package libcurl4): %s"), error) ? &curl : NULL;
}
