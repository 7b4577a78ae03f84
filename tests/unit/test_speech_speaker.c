/* A speaking process that lies: what it hands over is refused, or is exactly what it said. */
#include "speech/speaker.h"

#include "base/error.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The head of an answer, as speaker.c lays it out. */
typedef struct {
  guint32 rate_hz, n_marks, simplified, unused;
  gint64 nsamples;
} Head;

typedef struct {
  const char *name;
  Head head;
  gint64 sent_samples; /* what really follows */
  ClipMark mark;       /* sent when head.n_marks is not 0 */
} Lie;

static const Lie lies[] = {
    {"ten seconds, one sent", {22050, 0, 0, 0, 220500}, 22050, {0}},
    {"one second, ten sent", {22050, 0, 0, 0, 22050}, 220500, {0}},
    {"a negative length", {22050, 0, 0, 0, -1}, 22050, {0}},
    {"the least length", {22050, 0, 0, 0, G_MININT64}, 22050, {0}},
    {"the greatest length", {22050, 0, 0, 0, G_MAXINT64}, 22050, {0}},
    {"a length that wraps", {22050, 0, 0, 0, G_GINT64_CONSTANT(1) << 62}, 0, {0}},
    {"no samples", {22050, 0, 0, 0, 0}, 0, {0}},
    {"no rate", {0, 0, 0, 0, 22050}, 22050, {0}},
    {"1 Hz", {1, 0, 0, 0, 22050}, 22050, {0}},
    {"4 GHz", {G_MAXUINT32, 0, 0, 0, 22050}, 22050, {0}},
    {"marks without end", {22050, G_MAXUINT32, 0, 0, 22050}, 22050, {0}},
    {"a mark that is not sent", {22050, 2, 0, 0, 22050}, 22050, {0, 0, 1}},
    {"a mark behind the end", {22050, 1, 0, 0, 22050}, 22050, {22051, 0, 1}},
    {"a mark before the beginning", {22050, 1, 0, 0, 22050}, 22050, {-1, 0, 1}},
    {"a mark behind the text", {22050, 1, 0, 0, 22050}, 22050, {0, 4000, 1}},
    {"a mark longer than the text", {22050, 1, 0, 0, 22050}, 22050, {0, 0, G_MAXUINT32}},
};
static const Lie truth = {"the truth", {22050, 1, 0, 0, 22050}, 22050, {0, 0, 7}};

static bool tell(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)request, (void)nbytes, (void)error;
  const Lie *lie = user;
  g_autofree gint16 *samples = g_new0(gint16, (gsize)lie->sent_samples + 1);
  gsize sound = (gsize)lie->sent_samples * sizeof *samples;
  return write(out_fd, &lie->head, sizeof lie->head) == (ssize_t)sizeof lie->head &&
         (lie->head.n_marks == 0 || write(out_fd, &lie->mark, sizeof lie->mark) == (ssize_t)sizeof lie->mark) &&
         write(out_fd, samples, sound) == (ssize_t)sound;
}

static bool tell_half_a_head(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)request, (void)nbytes, (void)user, (void)error;
  return write(out_fd, "half", 4) == 4;
}

static Speech *ask(NurseryTask task, const Lie *lie, GError **error) {
  NurseryLimits limits = {.deadline_ms = 20000};
  g_autoptr(NurseryPool) pool = nursery_pool_new(1, NULL, task, (gpointer)lie, &limits, error);
  g_assert_nonnull(pool);
  Voice voice = {.name = (char *)"x", .voice = (char *)"fr", .variant = (char *)"", .polish = (char *)""};
  return speaker_speak(pool, &voice, "Bonjour.", "fr", 0, error);
}

static void test_lies(void) {
  for (gsize i = 0; i < G_N_ELEMENTS(lies); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(Speech) speech = ask(tell, &lies[i], &error);
    g_test_message("%s: %s", lies[i].name, error ? error->message : "believed");
    g_assert_null(speech);
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
  }
  g_autoptr(GError) error = NULL;
  g_assert_null(ask(tell_half_a_head, NULL, &error));
  g_assert_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM);
}

static void test_truth(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Speech) speech = ask(tell, &truth, &error);
  g_assert_no_error(error);
  g_assert_cmpint(speech->nsamples, ==, 22050);
  g_assert_cmpuint(speech->marks->len, ==, 1);
}

/* Shared with the children. */
static struct {
  gsize nbytes;
  char request[1024];
} * first;

/* Killed at its first request, as by a machine that has no memory; well when the same is asked again. */
static bool die_once(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  g_assert_cmpuint(nbytes, <=, sizeof first->request);
  if (first->nbytes == 0) {
    memcpy(first->request, request, nbytes);
    first->nbytes = nbytes;
    raise(SIGKILL);
  }
  bool is_same = nbytes == first->nbytes && memcmp(request, first->request, nbytes) == 0;
  return is_same && tell(request, nbytes, out_fd, user, error);
}

/* The clip is kept: what passes is not met by a way of speaking that is another for good. */
static void test_asked_again(void) {
  first = mmap(NULL, sizeof *first, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true(first != MAP_FAILED);
  g_autoptr(GError) error = NULL;
  g_autoptr(Speech) speech = ask(die_once, &truth, &error);
  g_assert_no_error(error);
  g_assert_cmpint(speech->nsamples, ==, 22050);
  munmap(first, sizeof *first);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/speech/speaker/lies", test_lies);
  g_test_add_func("/speech/speaker/truth", test_truth);
  g_test_add_func("/speech/speaker/asked-again", test_asked_again);
  return g_test_run();
}
