/* libmicrohttpd, opened by the first server: what it needs itself, GnuTLS's libraries, is for those alone who serve.
 * Inside web/ only, after web_server_start: `mhd.MHD_resume_connection(line)`. */
#ifndef CARNET_WEB_MHD_H
#define CARNET_WEB_MHD_H

#include <glib.h>
#include <microhttpd.h>
#include <stdbool.h>

typedef struct {
  __typeof__(MHD_add_connection) *MHD_add_connection;
  __typeof__(MHD_add_response_header) *MHD_add_response_header;
  __typeof__(MHD_create_response_from_buffer) *MHD_create_response_from_buffer;
  __typeof__(MHD_create_response_from_callback) *MHD_create_response_from_callback;
  __typeof__(MHD_create_response_from_fd_at_offset64) *MHD_create_response_from_fd_at_offset64;
  __typeof__(MHD_destroy_response) *MHD_destroy_response;
  __typeof__(MHD_get_connection_info) *MHD_get_connection_info;
  __typeof__(MHD_get_connection_values) *MHD_get_connection_values;
  __typeof__(MHD_lookup_connection_value) *MHD_lookup_connection_value;
  __typeof__(MHD_queue_response) *MHD_queue_response;
  __typeof__(MHD_resume_connection) *MHD_resume_connection;
  __typeof__(MHD_set_response_options) *MHD_set_response_options;
  __typeof__(MHD_start_daemon) *MHD_start_daemon;
  __typeof__(MHD_stop_daemon) *MHD_stop_daemon;
  __typeof__(MHD_suspend_connection) *MHD_suspend_connection;
} Mhd;

extern Mhd mhd;

/* Once is enough; thread-safe. SYSTEM: the library is not there, or memory is short. */
bool mhd_open(GError **error);

#endif
