#include "web/mhd.h"

#include "base/i18n.h"
#include "base/library.h"

#include <stddef.h>

#define LIBRARY "libmicrohttpd.so.12"

Mhd mhd;

/* clang-format off */
static const LibraryFunction functions[] = {
    {"MHD_add_connection",                      offsetof(Mhd, MHD_add_connection)},
    {"MHD_add_response_header",                 offsetof(Mhd, MHD_add_response_header)},
    {"MHD_create_response_from_buffer",         offsetof(Mhd, MHD_create_response_from_buffer)},
    {"MHD_create_response_from_callback",       offsetof(Mhd, MHD_create_response_from_callback)},
    {"MHD_create_response_from_fd_at_offset64", offsetof(Mhd, MHD_create_response_from_fd_at_offset64)},
    {"MHD_destroy_response",                    offsetof(Mhd, MHD_destroy_response)},
    {"MHD_get_connection_info",                 offsetof(Mhd, MHD_get_connection_info)},
    {"MHD_get_connection_values",               offsetof(Mhd, MHD_get_connection_values)},
    {"MHD_lookup_connection_value",             offsetof(Mhd, MHD_lookup_connection_value)},
    {"MHD_queue_response",                      offsetof(Mhd, MHD_queue_response)},
    {"MHD_resume_connection",                   offsetof(Mhd, MHD_resume_connection)},
    {"MHD_set_response_options",                offsetof(Mhd, MHD_set_response_options)},
    {"MHD_start_daemon",                        offsetof(Mhd, MHD_start_daemon)},
    {"MHD_stop_daemon",                         offsetof(Mhd, MHD_stop_daemon)},
    {"MHD_suspend_connection",                  offsetof(Mhd, MHD_suspend_connection)},
};
/* clang-format on */

static Library library = {.file = LIBRARY, .functions = functions, .n = G_N_ELEMENTS(functions), .table = &mhd};

bool mhd_open(GError **error) {
  return library_need(&library, _("the web server needs libmicrohttpd (package libmicrohttpd12): %s"), error);
}
