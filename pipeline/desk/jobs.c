#include "desk/jobs.h"

#include "base/background.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"

#include <string.h>

#define OUTPUT_MOST (32u << 20)
#define KEPT_MOST 200u /* that have ended */
#define RUNNING_MOST 2u
#define WAITING_MOST 20u
#define JOB_US (3600 * US_PER_SECOND)
#define ASKING_MOST 2 /* of the desk's four threads */
#define ASK_US (60 * US_PER_SECOND)
#define POLL_US 5000

typedef struct {
  guint number;
  char *about, *why;
  char **arguments;
  char *who, *language;
  Background *running; /* NULL: it waits, or has ended */
  JobState state;
} Job;

struct Jobs {
  GMutex lock;
  char *folder;
  GPtrArray *all;
  guint last;
  gint is_closing, n_asking; /* atomic */
};

static void job_free(gpointer data) {
  Job *job = data;
  background_free(job->running);
  g_free(job->about);
  g_free(job->why);
  g_free(job->who);
  g_free(job->language);
  g_strfreev(job->arguments);
  g_free(job);
}

Jobs *jobs_new(const char *folder) {
  Jobs *jobs = g_new0(Jobs, 1);
  g_mutex_init(&jobs->lock);
  jobs->folder = g_strdup(folder);
  jobs->all = g_ptr_array_new_with_free_func(job_free);
  return jobs;
}

void jobs_close(Jobs *jobs) {
  if (jobs)
    g_atomic_int_set(&jobs->is_closing, 1);
}

void jobs_free(Jobs *jobs) {
  if (!jobs)
    return;
  g_ptr_array_unref(jobs->all);
  g_free(jobs->folder);
  g_mutex_clear(&jobs->lock);
  g_free(jobs);
}

/* "-C FOLDER -q" and what is asked. Returns (g_strfreev). */
static char **command_line(const Jobs *jobs, const char *const *arguments) {
  g_autoptr(GStrvBuilder) line = g_strv_builder_new();
  g_strv_builder_add(line, "-C");
  g_strv_builder_add(line, jobs->folder);
  g_strv_builder_add(line, "-q");
  for (; *arguments; arguments++)
    g_strv_builder_add(line, *arguments);
  return g_strv_builder_end(line);
}

/* Who changes the logbook is the one who asks (commands/command.h). */
static Background *start(const char *const *arguments, const char *who, const char *language, GError **error) {
  g_autofree char *user = g_strconcat("CARNET_USER=", who, NULL);
  bool is_french = strncmp(language, "fr", 2) == 0;
  const char *environment[] = {user, is_french ? "LC_ALL=fr_FR.UTF-8" : "LC_ALL=C.UTF-8", NULL};
  return background_start_heard(arguments, environment, OUTPUT_MOST, error);
}

static Job *find(const Jobs *jobs, guint number) {
  for (guint i = 0; i < jobs->all->len; i++)
    if (((Job *)jobs->all->pdata[i])->number == number)
      return jobs->all->pdata[i];
  return NULL;
}

/* With the lock: those that run (`is_running`), or all that have not ended. */
static guint count(const Jobs *jobs, bool is_running) {
  guint n = 0;
  for (guint i = 0; i < jobs->all->len; i++) {
    const Job *job = jobs->all->pdata[i];
    n += job->state == JOB_RUNNING && (!is_running || job->running) ? 1 : 0;
  }
  return n;
}

/* A child ends with the thread that began it: the desk's own thread begins them (jobs_step). */
guint jobs_start(Jobs *jobs, const char *about, const char *language, const char *who, const char *const *arguments,
                 GError **error) {
  guint number = 0;
  g_auto(GStrv) line = command_line(jobs, arguments);
  g_mutex_lock(&jobs->lock);
  for (guint i = 0; i < jobs->all->len; i++) {
    const Job *job = jobs->all->pdata[i];
    if (job->state == JOB_RUNNING && !job->running &&
        g_strv_equal((const char *const *)job->arguments, (const char *const *)line))
      number = job->number;
  }
  if (number == 0 && count(jobs, false) >= WAITING_MOST) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("too much is under way: try again when some of it is done"));
  } else if (number == 0) {
    Job *job = g_new0(Job, 1);
    number = job->number = ++jobs->last;
    job->about = g_strdup(about);
    job->who = g_strdup(who);
    job->language = g_strdup(language);
    job->arguments = g_steal_pointer(&line);
    job->state = JOB_RUNNING;
    g_ptr_array_add(jobs->all, job);
    while (jobs->all->len > KEPT_MOST && ((Job *)jobs->all->pdata[0])->state != JOB_RUNNING)
      g_ptr_array_remove_index(jobs->all, 0);
  }
  g_mutex_unlock(&jobs->lock);
  return number;
}

JobState jobs_state(Jobs *jobs, guint number, char **why) {
  g_mutex_lock(&jobs->lock);
  const Job *job = find(jobs, number);
  JobState state = job ? job->state : JOB_UNKNOWN;
  if (why)
    *why = job ? g_strdup(job->why) : NULL;
  g_mutex_unlock(&jobs->lock);
  return state;
}

guint jobs_about(Jobs *jobs, const char *about) {
  guint number = 0;
  g_mutex_lock(&jobs->lock);
  for (guint i = 0; i < jobs->all->len; i++) {
    const Job *job = jobs->all->pdata[i];
    number = strcmp(job->about, about) == 0 ? job->number : number;
  }
  g_mutex_unlock(&jobs->lock);
  return number;
}

/* --- the desk's own thread ----------------------------------------------------------------------------- */

static void tell(const Job *job, WebEvents *events) {
  g_autofree char *text =
      g_strdup_printf("{\"job\":%u,\"state\":\"%s\"}", job->number, job->state == JOB_DONE ? "done" : "failed");
  web_events_send(events, "job", text);
}

static void step(Job *job, WebEvents *events) {
  g_autoptr(GError) error = NULL;
  char *why = NULL;
  if (!job->running) {
    job->running = start((const char *const *)job->arguments, job->who, job->language, &error);
    if (job->running)
      return;
    why = g_strdup(error->message);
  } else if (background_took_us(job->running) > JOB_US) {
    why = g_strdup(_("it took more than an hour, and was ended"));
  } else if (!background_ended(job->running, &why)) {
    return;
  }
  job->state = why ? JOB_FAILED : JOB_DONE;
  job->why = why ? why : g_strdup(background_output(job->running)->str);
  g_clear_pointer(&job->running, background_free);
  tell(job, events);
}

/* What was asked before about the same goes first. */
static bool is_its_turn(const Jobs *jobs, guint index) {
  const Job *job = jobs->all->pdata[index];
  bool is_first = true;
  for (guint i = 0; i < index; i++) {
    const Job *before = jobs->all->pdata[i];
    is_first = is_first && (before->state != JOB_RUNNING || strcmp(before->about, job->about) != 0);
  }
  return is_first;
}

static bool may_step(const Jobs *jobs, guint index) {
  const Job *job = jobs->all->pdata[index];
  return job->state == JOB_RUNNING && (job->running || (is_its_turn(jobs, index) && count(jobs, true) < RUNNING_MOST));
}

void jobs_step(Jobs *jobs, WebEvents *events) {
  g_mutex_lock(&jobs->lock);
  for (guint i = 0; i < jobs->all->len; i++)
    if (may_step(jobs, i))
      step(jobs->all->pdata[i], events);
  g_mutex_unlock(&jobs->lock);
}

/* --- while one waits -------------------------------------------------------------------------------------- */

/* What it printed (g_free), or NULL. */
static char *wait_for(Jobs *jobs, Background *background, bool anyway, GError **error) {
  gint64 until_us = clock_monotonic_us() + ASK_US;
  g_autofree char *why = NULL;
  while (!background_ended(background, &why)) {
    if (clock_monotonic_us() > until_us || g_atomic_int_get(&jobs->is_closing)) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("this takes too long: try again, or with less"));
      return NULL;
    }
    g_usleep(POLL_US);
  }
  const GString *output = background_output(background);
  if (!why || (anyway && output->len > 0))
    return g_strdup(output->str);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s", why);
  return NULL;
}

static char *ask(Jobs *jobs, const char *language, const char *who, const char *const *arguments, bool anyway,
                 GError **error) {
  g_auto(GStrv) line = command_line(jobs, arguments);
  char *text = NULL;
  if (g_atomic_int_add(&jobs->n_asking, 1) >= ASKING_MOST) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("too much is under way: try again when some of it is done"));
  } else {
    g_autoptr(Background) background = start((const char *const *)line, who, language, error);
    text = background ? wait_for(jobs, background, anyway, error) : NULL;
  }
  g_atomic_int_add(&jobs->n_asking, -1);
  return text;
}

char *jobs_ask(Jobs *jobs, const char *language, const char *who, const char *const *arguments, GError **error) {
  return ask(jobs, language, who, arguments, false, error);
}

char *jobs_ask_anyway(Jobs *jobs, const char *language, const char *who, const char *const *arguments, GError **error) {
  return ask(jobs, language, who, arguments, true, error);
}
