#include "air/libshout.h"

#include "base/i18n.h"
#include "base/library.h"

#include <stddef.h>

#define LIBRARY "libshout.so.3"

LibShout libshout;

/* clang-format off */
static const LibraryFunction functions[] = {
    {"ERR_clear_error",          offsetof(LibShout, ERR_clear_error)},
    {"OPENSSL_init_crypto",      offsetof(LibShout, OPENSSL_init_crypto)},
    {"shout_close",              offsetof(LibShout, shout_close)},
    {"shout_get_ca_file",        offsetof(LibShout, shout_get_ca_file)},
    {"shout_get_connected",      offsetof(LibShout, shout_get_connected)},
    {"shout_get_error",          offsetof(LibShout, shout_get_error)},
    {"shout_get_host",           offsetof(LibShout, shout_get_host)},
    {"shout_get_mount",          offsetof(LibShout, shout_get_mount)},
    {"shout_get_port",           offsetof(LibShout, shout_get_port)},
    {"shout_init",               offsetof(LibShout, shout_init)},
    {"shout_metadata_add",       offsetof(LibShout, shout_metadata_add)},
    {"shout_metadata_free",      offsetof(LibShout, shout_metadata_free)},
    {"shout_metadata_new",       offsetof(LibShout, shout_metadata_new)},
    {"shout_new",                offsetof(LibShout, shout_new)},
    {"shout_open",               offsetof(LibShout, shout_open)},
    {"shout_queuelen",           offsetof(LibShout, shout_queuelen)},
    {"shout_send",               offsetof(LibShout, shout_send)},
    {"shout_send_raw",           offsetof(LibShout, shout_send_raw)},
    {"shout_set_agent",          offsetof(LibShout, shout_set_agent)},
    {"shout_set_audio_info",     offsetof(LibShout, shout_set_audio_info)},
    {"shout_set_ca_file",        offsetof(LibShout, shout_set_ca_file)},
    {"shout_set_content_format", offsetof(LibShout, shout_set_content_format)},
    {"shout_set_host",           offsetof(LibShout, shout_set_host)},
    {"shout_set_meta",           offsetof(LibShout, shout_set_meta)},
    {"shout_set_metadata_utf8",  offsetof(LibShout, shout_set_metadata_utf8)},
    {"shout_set_mount",          offsetof(LibShout, shout_set_mount)},
    {"shout_set_nonblocking",    offsetof(LibShout, shout_set_nonblocking)},
    {"shout_set_password",       offsetof(LibShout, shout_set_password)},
    {"shout_set_port",           offsetof(LibShout, shout_set_port)},
    {"shout_set_public",         offsetof(LibShout, shout_set_public)},
    {"shout_set_tls",            offsetof(LibShout, shout_set_tls)},
    {"shout_set_user",           offsetof(LibShout, shout_set_user)},
};
/* clang-format on */

/* Helpers may be in the midst of a handshake when the program ends: OpenSSL is not taken down under them. */
static bool begin(void) {
  libshout.OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
  libshout.shout_init();
  return true;
}

static Library library = {
    .file = LIBRARY, .functions = functions, .n = G_N_ELEMENTS(functions), .table = &libshout, .begin = begin};

bool libshout_open(GError **error) {
  return library_need(&library, _("going on the air needs libshout (package libshout3): %s"), error);
}
