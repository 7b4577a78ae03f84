#include "daemon/renderer.h"

#include "base/background.h"
#include "base/clock.h"

#include <inttypes.h>
#include <string.h>

#define NICE_STEPS 10 /* behind the sound that is on the air */

typedef struct {
  RenderKind kind;
  GPtrArray *arguments; /* char *, NULL ended */
  gint64 id;
  RenderDone done;
  gpointer user;
  Background *background; /* NULL: it waits */
  char *why;              /* it could not even be started */
} Job;

struct Renderer {
  char *folder;
  GPtrArray *jobs; /* Job, in the order in which they came */
};

static void job_free(gpointer data) {
  Job *job = data;
  background_free(job->background);
  g_ptr_array_unref(job->arguments);
  g_free(job->why);
  g_free(job);
}

Renderer *renderer_new(const char *folder) {
  Renderer *renderer = g_new0(Renderer, 1);
  renderer->folder = g_strdup(folder);
  renderer->jobs = g_ptr_array_new_with_free_func(job_free);
  return renderer;
}

void renderer_free(Renderer *renderer) {
  if (!renderer)
    return;
  g_ptr_array_unref(renderer->jobs);
  g_free(renderer->folder);
  g_free(renderer);
}

/* Takes `value`; NULL adds nothing. */
static void add_option(GPtrArray *arguments, const char *name, char *value) {
  if (!value)
    return;
  g_ptr_array_add(arguments, g_strdup(name));
  g_ptr_array_add(arguments, value);
}

void renderer_add(Renderer *renderer, const RenderOrder *order, gint64 id, RenderDone done, gpointer user) {
  Job *job = g_new0(Job, 1);
  *job = (Job){.kind = order->kind, .id = id, .done = done, .user = user};
  GPtrArray *arguments = job->arguments = g_ptr_array_new_with_free_func(g_free);
  add_option(arguments, "-C", g_strdup(renderer->folder));
  g_ptr_array_add(arguments, g_strdup("-q"));
  g_ptr_array_add(arguments, g_strdup("produce"));
  add_option(arguments, "--edition", g_strdup(order->edition));
  add_option(arguments, "--script", g_strdup(order->script));
  add_option(arguments, "--at", g_strdup(order->time));
  add_option(arguments, "--length",
             order->length_us > 0 ? g_strdup_printf("%" PRId64 ".%03d", order->length_us / US_PER_SECOND,
                                                    (int)(order->length_us % US_PER_SECOND / 1000))
                                  : NULL);
  add_option(arguments, "--entry", order->entry ? g_strdup_printf("%" PRId64, order->entry) : NULL);
  g_ptr_array_add(arguments, NULL);
  g_ptr_array_add(renderer->jobs, job);
}

static bool runs(const Renderer *renderer, bool urgent) {
  bool any = false;
  for (guint i = 0; i < renderer->jobs->len; i++) {
    const Job *job = renderer->jobs->pdata[i];
    any = any || (job->background && (job->kind == RENDER_URGENT) == urgent);
  }
  return any;
}

static void start(const Renderer *renderer, RenderKind kind) {
  for (guint i = 0; i < renderer->jobs->len; i++) {
    Job *job = renderer->jobs->pdata[i];
    if (job->kind != kind || job->background || runs(renderer, kind == RENDER_URGENT))
      continue;
    g_autoptr(GError) error = NULL;
    job->background =
        background_start((const char *const *)job->arguments->pdata, kind == RENDER_URGENT ? 0 : NICE_STEPS, &error);
    job->why = error ? g_strdup(error->message) : NULL;
  }
}

/* A callback may add jobs: the one that has ended is out of the list before. */
static bool tell_one(Renderer *renderer) {
  for (guint i = 0; i < renderer->jobs->len; i++) {
    Job *job = renderer->jobs->pdata[i];
    g_autofree char *why = NULL;
    bool ended = job->background && background_ended(job->background, &why);
    if (!ended && !job->why)
      continue;
    g_ptr_array_steal_index(renderer->jobs, i);
    job->done(job->id, job->why ? job->why : why, job->background ? background_took_us(job->background) : 0, job->user);
    job_free(job);
    return true;
  }
  return false;
}

void renderer_step(Renderer *renderer) {
  while (tell_one(renderer))
    continue;
  for (RenderKind kind = RENDER_URGENT; kind <= RENDER_FILLER; kind++)
    start(renderer, kind);
}
