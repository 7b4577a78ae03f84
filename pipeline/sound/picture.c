#include "sound/picture.h"

#include "base/files.h"
#include "base/wav.h"
#include "sound/lavf.h"

#include <libavutil/tx.h>
#include <math.h>
#include <string.h>

enum {
  LEFT = 72,
  TOP = 12,
  ACROSS = PICTURE_WIDTH - LEFT - 16, /* of both plots */
  WAVE = 136,
  SPECTRUM_TOP = TOP + WAVE + 12,
  SPECTRUM = 320,
  WINDOW = 1024, /* 21 ms: broad enough to see formants, short enough to see syllables */
  TOP_HZ = 16000,
  RANGE_DB = 80,
  PIECE = 4096, /* frames read at once */
};

typedef struct {
  guint8 r, g, b;
} Colour;

static const Colour GROUND = {10, 10, 20}, INK = {205, 210, 220}, LINE = {60, 62, 80}, TRACE = {110, 200, 225};
/* From the softest to the loudest. */
static const Colour HEAT[] = {{10, 10, 20},  {48, 20, 92},   {130, 36, 112},
                              {218, 72, 84}, {250, 158, 66}, {255, 250, 200}};

/* --- letters: what an axis needs, 5 × 7, a byte a row ------------------------------- */

static const struct {
  char sign;
  guint8 rows[7];
} GLYPHS[] = {
    {'0', {14, 17, 19, 21, 25, 17, 14}}, {'1', {4, 12, 4, 4, 4, 4, 14}},      {'2', {14, 17, 1, 2, 4, 8, 31}},
    {'3', {31, 2, 4, 2, 1, 17, 14}},     {'4', {2, 6, 10, 18, 31, 2, 2}},     {'5', {31, 16, 30, 1, 1, 17, 14}},
    {'6', {6, 8, 16, 30, 17, 17, 14}},   {'7', {31, 1, 2, 4, 8, 8, 8}},       {'8', {14, 17, 17, 14, 17, 17, 14}},
    {'9', {14, 17, 17, 15, 1, 2, 12}},   {'k', {16, 16, 18, 20, 24, 20, 18}}, {'H', {17, 17, 17, 31, 17, 17, 17}},
    {'z', {0, 0, 31, 2, 4, 8, 31}},      {'s', {0, 0, 15, 16, 14, 1, 30}},
};

static void dot(AVFrame *canvas, int x, int y, Colour colour) {
  if (x >= 0 && x < canvas->width && y >= 0 && y < canvas->height) {
    guint8 *at = canvas->data[0] + (gssize)y * canvas->linesize[0] + (gssize)x * 3;
    at[0] = colour.r;
    at[1] = colour.g;
    at[2] = colour.b;
  }
}

static void box(AVFrame *canvas, int x, int y, int width, int height, Colour colour) {
  for (int row = y; row < y + height; row++) {
    for (int column = x; column < x + width; column++) {
      dot(canvas, column, row, colour);
    }
  }
}

#define LETTER 12 /* pixels from one to the next; each dot is four */

static void letter(AVFrame *canvas, int x, int y, char sign) {
  for (gsize i = 0; i < G_N_ELEMENTS(GLYPHS); i++) {
    for (int bit = 0; GLYPHS[i].sign == sign && bit < 5 * 7; bit++) {
      if (GLYPHS[i].rows[bit / 5] >> (4 - bit % 5) & 1) {
        box(canvas, x + bit % 5 * 2, y + bit / 5 * 2, 2, 2, INK);
      }
    }
  }
}

static void words(AVFrame *canvas, int x, int y, const char *text) {
  for (; *text; text++, x += LETTER) {
    letter(canvas, x, y, *text);
  }
}

static Colour heat(double part) {
  const int last = (int)G_N_ELEMENTS(HEAT) - 1;
  double at = CLAMP(part, 0.0, 1.0) * last;
  int low = MIN((int)at, last - 1);
  double share = at - low;
  const Colour *a = &HEAT[low], *b = &HEAT[low + 1];
  return (Colour){(guint8)(a->r + share * (b->r - a->r)), (guint8)(a->g + share * (b->g - a->g)),
                  (guint8)(a->b + share * (b->b - a->b))};
}

/* --- what is drawn ---------------------------------------------------------------------- */

typedef struct {
  const WavReader *wav;
  gint64 frames;
  float low[ACROSS], high[ACROSS];  /* of the samples in each column */
  float levels[ACROSS][WINDOW / 2]; /* dB */
  float loudest;                    /* dB */
  float samples[2 * MAX(WINDOW, PIECE)];
  AVComplexFloat in[WINDOW], out[WINDOW];
} Drawing;

/* The first channel of `n` frames, in front; silence beyond the ends. */
static bool read_mono(Drawing *drawing, gint64 from, int n, GError **error) {
  guint channels = wav_reader_channels(drawing->wav);
  memset(drawing->samples, 0, sizeof drawing->samples);
  gint64 got = from < drawing->frames ? wav_reader_read(drawing->wav, from, drawing->samples, n, error) : 0;
  for (int i = 0; i < n; i++) {
    drawing->samples[i] = drawing->samples[(guint)i * channels];
  }
  return got >= 0;
}

static bool measure_wave(Drawing *drawing, GError **error) {
  for (int x = 0; x < ACROSS; x++) {
    gint64 at = drawing->frames * x / ACROSS, end = drawing->frames * (x + 1) / ACROSS;
    while (at < end) {
      int n = (int)MIN(PIECE, end - at);
      if (!read_mono(drawing, at, n, error)) {
        return false;
      }
      for (int i = 0; i < n; i++) {
        drawing->low[x] = MIN(drawing->low[x], drawing->samples[i]);
        drawing->high[x] = MAX(drawing->high[x], drawing->samples[i]);
      }
      at += n;
    }
  }
  return true;
}

static bool measure_spectrum(Drawing *drawing, GError **error) {
  AVTXContext *context = NULL;
  av_tx_fn transform;
  const float scale = 1.0f;
  int status = lavf.av_tx_init(&context, &transform, AV_TX_FLOAT_FFT, 0, WINDOW, &scale, AV_TX_UNALIGNED);
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "spectrum");
    return false;
  }
  bool ok = true;
  drawing->loudest = -200.0f;
  for (int x = 0; ok && x < ACROSS; x++) {
    gint64 middle = drawing->frames * (2 * x + 1) / (2 * ACROSS);
    ok = read_mono(drawing, MAX(middle - WINDOW / 2, 0), WINDOW, error);
    for (int i = 0; i < WINDOW; i++) {
      drawing->in[i].re = drawing->samples[i] * (float)(0.5 - 0.5 * cos(2.0 * G_PI * i / WINDOW));
    }
    transform(context, drawing->out, drawing->in, sizeof(AVComplexFloat));
    for (int k = 0; k < WINDOW / 2; k++) {
      float power = drawing->out[k].re * drawing->out[k].re + drawing->out[k].im * drawing->out[k].im;
      drawing->levels[x][k] = 10.0f * log10f(power + 1e-20f);
      drawing->loudest = MAX(drawing->loudest, drawing->levels[x][k]);
    }
  }
  lavf.av_tx_uninit(&context);
  return ok;
}

/* The wave, as high as its own peak. */
static void draw_wave(AVFrame *canvas, const Drawing *drawing) {
  float peak = 1e-4f;
  for (int x = 0; x < ACROSS; x++) {
    peak = MAX(peak, MAX(drawing->high[x], -drawing->low[x]));
  }
  int middle = TOP + WAVE / 2, half = WAVE / 2 - 2;
  box(canvas, LEFT, middle, ACROSS, 1, LINE);
  for (int x = 0; x < ACROSS; x++) {
    int up = (int)lroundf((float)half * drawing->high[x] / peak),
        down = (int)lroundf((float)half * drawing->low[x] / peak);
    box(canvas, LEFT + x, middle - up, 1, up - down + 1, TRACE);
  }
}

static void draw_spectrum(AVFrame *canvas, const Drawing *drawing) {
  for (int x = 0; x < ACROSS; x++) {
    for (int y = 0; y < SPECTRUM; y++) {
      int bin = (SPECTRUM - 1 - y) * TOP_HZ / SPECTRUM * WINDOW / FRAME_RATE;
      double part = 1.0 + (double)(drawing->levels[x][bin] - drawing->loudest) / RANGE_DB;
      dot(canvas, LEFT + x, SPECTRUM_TOP + y, heat(part));
    }
  }
}

static void draw_axes(AVFrame *canvas, const Drawing *drawing) {
  const int letter_height = 14;
  for (int khz = 0; khz <= TOP_HZ / 1000; khz += 4) {
    int y = SPECTRUM_TOP + SPECTRUM - khz * 1000 * SPECTRUM / TOP_HZ;
    box(canvas, LEFT - 6, y, 6, 1, INK);
    g_autofree char *label = g_strdup_printf(khz == 0 ? "%d" : "%dkHz", khz);
    words(canvas, LEFT - 8 - LETTER * (int)strlen(label), y - letter_height / 2, label);
  }
  static const int steps[] = {1, 2, 5, 10, 30, 60, 300, 600};
  gint64 seconds = drawing->frames / FRAME_RATE;
  guint step = 0;
  while (step + 1 < G_N_ELEMENTS(steps) && seconds / steps[step] > 20) {
    step++;
  }
  for (gint64 second = 0; second <= seconds; second += steps[step]) {
    int x = LEFT + (int)(second * FRAME_RATE * ACROSS / MAX(drawing->frames, 1));
    box(canvas, x, SPECTRUM_TOP + SPECTRUM, 1, 6, INK);
    g_autofree char *label = g_strdup_printf("%" G_GINT64_FORMAT "s", second);
    words(canvas, MIN(x - 4, PICTURE_WIDTH - LETTER * (int)strlen(label)), SPECTRUM_TOP + SPECTRUM + 10, label);
  }
}

/* --- PNG ---------------------------------------------------------------------------------- */

static AVCodecContext *open_png(GError **error) {
  const AVCodec *codec = lavf.avcodec_find_encoder(AV_CODEC_ID_PNG);
  g_autoptr(AVCodecContext) encoder = codec ? lavf.avcodec_alloc_context3(codec) : NULL;
  if (encoder == NULL) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, AVERROR_ENCODER_NOT_FOUND, "PNG");
    return NULL;
  }
  encoder->width = PICTURE_WIDTH;
  encoder->height = PICTURE_HEIGHT;
  encoder->pix_fmt = AV_PIX_FMT_RGB24;
  encoder->time_base = (AVRational){1, 1};
  encoder->thread_count = 1;
  int status = lavf.avcodec_open2(encoder, codec, NULL);
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "PNG");
    return NULL;
  }
  return g_steal_pointer(&encoder);
}

static bool write_png(const AVFrame *canvas, const char *path, GError **error) {
  g_autoptr(AVCodecContext) encoder = open_png(error);
  g_autoptr(AVPacket) packet = encoder ? lavf.av_packet_alloc() : NULL;
  if (encoder == NULL) {
    return false;
  }
  int status = packet ? lavf.avcodec_send_frame(encoder, canvas) : AVERROR(ENOMEM);
  status = status < 0 ? status : lavf.avcodec_receive_packet(encoder, packet);
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "PNG");
    return false;
  }
  return file_write(path, (const char *)packet->data, packet->size, 0644, error);
}

static AVFrame *canvas_new(GError **error) {
  g_autoptr(AVFrame) canvas = lavf.av_frame_alloc();
  int status = AVERROR(ENOMEM);
  if (canvas) {
    canvas->format = AV_PIX_FMT_RGB24;
    canvas->width = PICTURE_WIDTH;
    canvas->height = PICTURE_HEIGHT;
    status = lavf.av_frame_get_buffer(canvas, 0);
  }
  if (status < 0) {
    lavf_set_error(error, CARNET_ERROR_SYSTEM, status, "PNG");
    return NULL;
  }
  box(canvas, 0, 0, PICTURE_WIDTH, PICTURE_HEIGHT, GROUND);
  return g_steal_pointer(&canvas);
}

bool picture_write(const char *wav_path, const char *png_path, GError **error) {
  lavf_start();
  lavf_forget();
  g_autoptr(WavReader) wav = wav_reader_open(wav_path, error);
  if (wav == NULL) {
    return false;
  }
  g_autofree Drawing *drawing = g_new0(Drawing, 1);
  drawing->wav = wav;
  drawing->frames = wav_reader_frames(wav);
  g_autoptr(AVFrame) canvas = NULL;
  if (!measure_wave(drawing, error) || !measure_spectrum(drawing, error) || !(canvas = canvas_new(error))) {
    return false;
  }
  draw_wave(canvas, drawing);
  draw_spectrum(canvas, drawing);
  draw_axes(canvas, drawing);
  return write_png(canvas, png_path, error);
}
