/* libshout, opened with the first connection: what it needs itself, twenty libraries of codecs and graphics, would be a
 * quarter of what starting the program costs. Inside air/uplink.c only: `libshout.shout_new()`. */
#ifndef CARNET_AIR_LIBSHOUT_H
#define CARNET_AIR_LIBSHOUT_H

#include <glib.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <shout/shout.h>
#include <stdbool.h>

typedef struct {
  __typeof__(ERR_clear_error) *ERR_clear_error; /* of the library that libshout stands on, as the next */
  __typeof__(OPENSSL_init_crypto) *OPENSSL_init_crypto;
  __typeof__(shout_close) *shout_close;
  __typeof__(shout_get_ca_file) *shout_get_ca_file;
  __typeof__(shout_get_connected) *shout_get_connected;
  __typeof__(shout_get_error) *shout_get_error;
  __typeof__(shout_get_host) *shout_get_host;
  __typeof__(shout_get_mount) *shout_get_mount;
  __typeof__(shout_get_port) *shout_get_port;
  __typeof__(shout_init) *shout_init;
  __typeof__(shout_metadata_add) *shout_metadata_add;
  __typeof__(shout_metadata_free) *shout_metadata_free;
  __typeof__(shout_metadata_new) *shout_metadata_new;
  __typeof__(shout_new) *shout_new;
  __typeof__(shout_open) *shout_open;
  __typeof__(shout_queuelen) *shout_queuelen;
  __typeof__(shout_send) *shout_send;
  __typeof__(shout_send_raw) *shout_send_raw;
  __typeof__(shout_set_agent) *shout_set_agent;
  __typeof__(shout_set_audio_info) *shout_set_audio_info;
  __typeof__(shout_set_ca_file) *shout_set_ca_file;
  __typeof__(shout_set_content_format) *shout_set_content_format;
  __typeof__(shout_set_host) *shout_set_host;
  __typeof__(shout_set_meta) *shout_set_meta;
  __typeof__(shout_set_metadata_utf8) *shout_set_metadata_utf8;
  __typeof__(shout_set_mount) *shout_set_mount;
  __typeof__(shout_set_nonblocking) *shout_set_nonblocking;
  __typeof__(shout_set_password) *shout_set_password;
  __typeof__(shout_set_port) *shout_set_port;
  __typeof__(shout_set_public) *shout_set_public;
  __typeof__(shout_set_tls) *shout_set_tls;
  __typeof__(shout_set_user) *shout_set_user;
} LibShout;

extern LibShout libshout;

/* Once is enough; thread-safe. SYSTEM: the library is not there, or memory is short. */
bool libshout_open(GError **error);

#endif
