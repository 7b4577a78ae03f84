#include "sound/fetch.h"

#include "sound/lavf.h"

static bool read_all(AVIOContext *input, gsize most, GString *text) {
  guint8 bytes[4096];
  int n = 0;
  while (text->len <= most && (n = lavf.avio_read_partial(input, bytes, sizeof bytes)) > 0)
    g_string_append_len(text, (const char *)bytes, n);
  return text->len <= most && (n == 0 || n == AVERROR_EOF);
}

char *fetch_text(const char *url, gsize most, gint64 timeout_us, int (*stop)(void *user), void *user, GError **error) {
  lavf_start();
  g_autofree char *timeout = g_strdup_printf("%" G_GINT64_FORMAT, timeout_us);
  AVDictionary *options = NULL;
  lavf.av_dict_set(&options, "protocol_whitelist", "http,https,tls,tcp", 0);
  lavf.av_dict_set(&options, "rw_timeout", timeout, 0);
  lavf.av_dict_set(&options, "user_agent", "carnet", 0);
  const AVIOInterruptCB interrupt = {stop, user};
  AVIOContext *input = NULL;
  int status = lavf.avio_open2(&input, url, AVIO_FLAG_READ, &interrupt, &options);
  lavf.av_dict_free(&options);
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_AGAIN, status, "%s", url);
    return NULL;
  }
  g_autoptr(GString) text = g_string_new("");
  bool ok = read_all(input, most, text);
  lavf.avio_closep(&input);
  if (!ok)
    lavf_set_error(error, CARNET_ERROR_AGAIN, AVERROR_INVALIDDATA, "%s", url);
  return ok ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}
