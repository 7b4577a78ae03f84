/* Bulletins made in the background, each by another run of this program ("carnet produce"): one after another, slots
 * before filler; what is urgent does not wait for them. */
#ifndef CARNET_DAEMON_RENDERER_H
#define CARNET_DAEMON_RENDERER_H

#include <glib.h>
#include <stdbool.h>

typedef enum { RENDER_URGENT, RENDER_SLOT, RENDER_FILLER } RenderKind;

/* What is asked of "carnet produce"; NULL or 0: nothing. */
typedef struct {
  RenderKind kind;
  const char *edition; /* its name, which tells its day and script */
  const char *script;
  const char *time; /* "12:00" */
  gint64 length_us;
  gint64 entry;
} RenderOrder;

/* `why` NULL: it is good. */
typedef void (*RenderDone)(gint64 id, const char *why, gint64 took_us, gpointer user);

typedef struct Renderer Renderer;
/* `folder`: the station's. Returns (renderer_free: ends what runs). */
Renderer *renderer_new(const char *folder);
void renderer_free(Renderer *renderer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Renderer, renderer_free)
/* Copies. `id` and `user` come back with `done`, which is called from renderer_step. */
void renderer_add(Renderer *renderer, const RenderOrder *order, gint64 id, RenderDone done, gpointer user);
/* Starts what waits, tells of what has ended. */
void renderer_step(Renderer *renderer);

#endif
