#include "sound/polish.h"

#include "base/i18n.h"
#include "base/profile.h"
#include "base/wav.h"
#include "sound/filters.h"
#include "sound/lavf.h"
#include "sound/measure.h"

#include <libavutil/avstring.h>
#include <libavutil/opt.h>
#include <errno.h>
#include <math.h>
#include <string.h>

#define MAX_RATE_HZ 192000
#define MAX_CHAIN_BYTES 4096
#define MAX_FILTER_SIZE 512
#define RESAMPLER "aresample"
/* Resampling by soxr: 20 bits is transparent for speech (HQ). */
#define TO_PROGRAMME "aresample=48000:resampler=soxr:precision=20,aformat=sample_fmts=flt:channel_layouts=mono"

/* What a voice may be polished with: filters that only change the sound of each
 * moment, never its length, and that open no file. (Not anlmdn, dynaudnorm: those
 * of libavfilter 8.44 leave their buffers on sounds of a few samples.) */
/* clang-format off */
static const char *const allowed[] = {
    "acompressor", "adeclick",   "adeclip",        "aecho",     "aexciter",  "afftdn",   "agate",      "alimiter",
    "allpass",     "anull",      RESAMPLER,        "asoftclip", "asubcut",   "asupercut", "bandpass",  "bandreject",
    "bass",        "biquad",     "compand",        "crystalizer", "deesser", "equalizer", "highpass",  "highshelf",
    "lowpass",     "lowshelf",   "speechnorm",     "superequalizer", "tiltshelf", "treble", "volume",
};
/* Last in a chain, and to 48 kHz: what becomes of the band above the voice's own. None of those that move time. */
static const char *const resampler_options[] = {
    "filter_size=", "filter_type=", "kaiser_beta=", "cutoff=", "resampler=", "precision=",
};
/* clang-format on */

static bool is_allowed(const char *name, gsize nbytes) {
  for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++) {
    if (strlen(allowed[i]) == nbytes && strncmp(allowed[i], name, nbytes) == 0) {
      return true;
    }
  }
  return false;
}

static bool refuse(GError **error, const char *format, const char *what) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, format, what);
  return false;
}

static bool is_resampler_option(const char *option) {
  static const char size[] = "filter_size=";
  bool is_long = g_str_has_prefix(option, size) && g_ascii_strtoull(option + strlen(size), NULL, 10) > MAX_FILTER_SIZE;
  for (gsize i = 0; !is_long && i < G_N_ELEMENTS(resampler_options); i++) {
    if (g_str_has_prefix(option, resampler_options[i])) {
      return true;
    }
  }
  return false;
}

static bool check_resampler(const char *options, bool is_last, GError **error) {
  g_auto(GStrv) each = g_strsplit(options, ":", -1);
  bool ok = is_last && g_strcmp0(each[0], G_STRINGIFY(FRAME_RATE)) == 0;
  for (guint i = 1; ok && each[i] != NULL; i++) {
    ok = is_resampler_option(each[i]);
  }
  return ok ||
         refuse(error, _("polish: %s"), _("aresample may only end the chain, with 48000 and its filter's options"));
}

/* One filter's name ("equalizer" or "equalizer@presence") and its options, read as libavfilter's own parser
 * reads them (av_get_token: the same quotes and backslashes), but before anything is made. */
static bool check_filter(const char **at, GError **error) {
  char *name = lavf.av_get_token(at, "=,;[");
  if (name == NULL) {
    return refuse(error, "polish: %s", g_strerror(ENOMEM));
  }
  bool ok = is_allowed(name, strcspn(name, "@")) || refuse(error, _("polish: filter \"%s\" is not allowed"), name);
  bool resamples = g_str_has_prefix(name, RESAMPLER), has_options = ok && **at == '=';
  lavf.av_free(name);
  if (has_options) {
    (*at)++;
    char *options = lavf.av_get_token(at, "[],;");
    ok = options != NULL || refuse(error, "polish: %s", g_strerror(ENOMEM));
    ok = ok && (!resamples || check_resampler(options, **at == '\0', error));
    lavf.av_free(options);
  } else if (ok && resamples) {
    ok = check_resampler("", false, error);
  }
  return ok;
}

static bool is_blank(const char *chain) {
  return chain[strspn(chain, " \t\r\n")] == '\0';
}

/* A plain chain of allowed filters: no labels, no second chain. */
static bool check_names(const char *chain, GError **error) {
  lavf_start();
  if (strlen(chain) > MAX_CHAIN_BYTES || !g_utf8_validate(chain, -1, NULL)) {
    return refuse(error, "%s", _("polish: too long, or not text"));
  }
  const char *at = chain;
  while (check_filter(&at, error)) {
    if (*at == '\0') {
      return true;
    }
    if (*at != ',') {
      return refuse(error, _("polish: filters are joined by commas alone; here is \"%s\""), at);
    }
    at++;
  }
  return false;
}

/* A voice's chain between its two ends. */
typedef struct {
  const Filters *lib;
  AVFilterGraph *graph;
  AVFilterContext *source, *sink; /* owned by the graph */
} Chain;

static void chain_clear(Chain *chain) {
  if (chain->graph != NULL) {
    chain->lib->avfilter_graph_free(&chain->graph);
  }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Chain, chain_clear)

/* alimiter is late by its attack and turns everything up, unless told otherwise. */
static void tame_limiters(AVFilterGraph *graph) {
  for (unsigned i = 0; i < graph->nb_filters; i++) {
    if (strcmp(graph->filters[i]->filter->name, "alimiter") == 0) {
      lavf.av_opt_set_int(graph->filters[i]->priv, "latency", 1, 0);
      lavf.av_opt_set_int(graph->filters[i]->priv, "level", 0, 0);
    }
  }
}

static int link_filters(Chain *chain, const char *filters, guint rate_hz) {
  const Filters *lib = chain->lib;
  g_autofree char *text = is_blank(filters) ? g_strdup(TO_PROGRAMME) : g_strconcat(filters, "," TO_PROGRAMME, NULL);
  g_autofree char *form =
      g_strdup_printf("sample_rate=%u:sample_fmt=fltp:channel_layout=mono:time_base=1/%u", rate_hz, rate_hz);
  AVFilterInOut *inputs = NULL, *outputs = NULL;
  int status = lib->avfilter_graph_create_filter(&chain->source, lib->avfilter_get_by_name("abuffer"), "in", form, NULL,
                                                 chain->graph);
  if (status >= 0) {
    status = lib->avfilter_graph_create_filter(&chain->sink, lib->avfilter_get_by_name("abuffersink"), "out", NULL,
                                               NULL, chain->graph);
  }
  if (status >= 0) {
    status = lib->avfilter_graph_parse2(chain->graph, text, &inputs, &outputs);
  }
  if (status >= 0 && (inputs == NULL || inputs->next != NULL || outputs == NULL || outputs->next != NULL)) {
    status = AVERROR(EINVAL);
  }
  if (status >= 0) {
    tame_limiters(chain->graph);
    status = lib->avfilter_link(chain->source, 0, inputs->filter_ctx, (unsigned)inputs->pad_idx);
  }
  if (status >= 0) {
    status = lib->avfilter_link(outputs->filter_ctx, (unsigned)outputs->pad_idx, chain->sink, 0);
  }
  lib->avfilter_inout_free(&inputs);
  lib->avfilter_inout_free(&outputs);
  return status;
}

static bool open_chain(Chain *chain, const char *filters, guint rate_hz, GError **error) {
  lavf_start();
  lavf_forget();
  chain->lib = filters_open(error);
  if (chain->lib == NULL) {
    return false;
  }
  chain->graph = chain->lib->avfilter_graph_alloc();
  if (chain->graph == NULL) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, AVERROR(ENOMEM), "polish");
    return false;
  }
  chain->graph->nb_threads = 1; /* many clips are polished side by side */
  int status = link_filters(chain, filters, rate_hz);
  if (status >= 0) {
    status = chain->lib->avfilter_graph_config(chain->graph, NULL);
  }
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_INPUT, status, _("polish \"%s\""), filters);
  }
  return status >= 0;
}

bool polish_check(const char *chain, GError **error) {
  g_auto(Chain) opened = {0};
  return is_blank(chain) || (check_names(chain, error) && open_chain(&opened, chain, 22050, error));
}

/* Where the finished frames go: exactly `frames` of them, the rest is cut, what is missing stays silent. */
typedef struct {
  float *samples;
  gint64 frames, filled;
} Output;

static int drain(const Chain *chain, AVFrame *frame, Output *out) {
  int status;
  while ((status = chain->lib->av_buffersink_get_frame(chain->sink, frame)) >= 0) {
    gint64 n = MIN((gint64)frame->nb_samples, out->frames - out->filled);
    if (n > 0) {
      memcpy(out->samples + out->filled, frame->data[0], (gsize)n * sizeof(float));
      out->filled += n;
    }
    lavf.av_frame_unref(frame);
  }
  return status == AVERROR(EAGAIN) || status == AVERROR_EOF ? 0 : status;
}

/* A frame of its own for each piece: filters may work in place. Float from here on: in 16 bits each filter of the
 * chain would round, and clip what it boosts. */
static int send_piece(const Chain *chain, AVFrame *frame, const gint16 *samples, int nsamples, guint rate_hz,
                      gint64 at) {
  frame->format = AV_SAMPLE_FMT_FLTP;
  frame->sample_rate = (int)rate_hz;
  frame->nb_samples = nsamples;
  frame->pts = at;
  lavf.av_channel_layout_default(&frame->ch_layout, 1);
  int status = lavf.av_frame_get_buffer(frame, 0);
  if (status < 0) {
    return status;
  }
  float *to = (float *)(void *)frame->data[0];
  for (int i = 0; i < nsamples; i++) {
    to[i] = (float)samples[i] * (1.0f / 32768.0f);
  }
  return chain->lib->av_buffersrc_add_frame(chain->source, frame); /* takes what is in it */
}

static bool run_chain(const Chain *chain, const gint16 *samples, gint64 nsamples, guint rate_hz, Output *out,
                      GError **error) {
  enum { PIECE = 4096 };
  g_autoptr(AVFrame) in = lavf.av_frame_alloc();
  g_autoptr(AVFrame) done = lavf.av_frame_alloc();
  int status = in == NULL || done == NULL ? AVERROR(ENOMEM) : 0;
  for (gint64 at = 0; status >= 0 && at < nsamples; at += PIECE) {
    status = send_piece(chain, in, samples + at, (int)MIN(PIECE, nsamples - at), rate_hz, at);
    if (status >= 0) {
      status = drain(chain, done, out);
    }
  }
  if (status >= 0) {
    status = chain->lib->av_buffersrc_add_frame(chain->source, NULL);
  }
  if (status >= 0) {
    status = drain(chain, done, out);
  }
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "polish");
  }
  return status >= 0;
}

/* Filters may boost: levels are set later by measure, so only clipping must be kept away.
 * A filter driven to infinity by its own settings is the station's to mend. */
static bool keep_below_full_scale(Output *out, GError **error) {
  float top = 0.0f;
  for (gint64 i = 0; i < out->frames; i++) {
    float magnitude = fabsf(out->samples[i]);
    if (!isfinite(magnitude)) {
      return refuse(error, "%s", _("polish: the chain is unstable"));
    }
    top = magnitude > top ? magnitude : top;
  }
  if (top > 1.0f) {
    for (gint64 i = 0; i < out->frames; i++) {
      out->samples[i] /= top;
    }
  }
  return true;
}

bool polish_speech(const char *chain, const gint16 *samples, gint64 nsamples, guint rate_hz, float **out,
                   gint64 *frames, char **measure_json, gpointer unused, GError **error) {
  PROFILE_HERE(PROFILE_POLISH);
  (void)unused;
  if (rate_hz == 0 || rate_hz > MAX_RATE_HZ || nsamples < 0 || nsamples > G_MAXINT64 / FRAME_RATE) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_BUG, "polish: cannot take %u Hz", rate_hz);
    return false;
  }
  if (!is_blank(chain) && !check_names(chain, error)) {
    return false;
  }
  g_auto(Chain) opened = {0};
  if (!open_chain(&opened, chain, rate_hz, error)) {
    return false;
  }
  Output output = {.frames = (nsamples * FRAME_RATE + rate_hz - 1) / rate_hz};
  g_autofree float *polished = g_new0(float, (gsize)MAX(output.frames, 1));
  output.samples = polished;
  Measure measure = {0};
  if (!run_chain(&opened, samples, nsamples, rate_hz, &output, error) || !keep_below_full_scale(&output, error) ||
      !measure_sound(polished, output.frames, 1, &measure, error)) {
    return false;
  }
  *measure_json = measure_format(&measure);
  measure_clear(&measure);
  *out = g_steal_pointer(&polished);
  *frames = output.frames;
  return true;
}
