#include "base/profile.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#define NS_PER_SECOND G_GINT64_CONSTANT(1000000000)

static const char *const names[PROFILE_PARTS] = {
    [PROFILE_OTHER] = "other",
    [PROFILE_START] = "start",
    [PROFILE_READ] = "read",
    [PROFILE_STORE] = "store",
    [PROFILE_CHOOSE] = "choose",
    [PROFILE_NORMALISE] = "normalise",
    [PROFILE_SPEAK] = "speak",
    [PROFILE_POLISH] = "polish",
    [PROFILE_DECODE] = "decode",
    [PROFILE_MIX] = "mix",
    [PROFILE_MEASURE] = "measure",
    [PROFILE_ENCODE_MP3] = "encode-mp3",
    [PROFILE_ENCODE_OPUS] = "encode-opus",
    [PROFILE_ENCODE_OTHER] = "encode-other",
    [PROFILE_CHECK_MP3] = "check-mp3",
    [PROFILE_CHECK_OPUS] = "check-opus",
    [PROFILE_CHECK_OTHER] = "check-other",
    [PROFILE_GATE] = "gate",
    [PROFILE_WRITE] = "write",
    [PROFILE_AIR] = "air",
};

/* Nanoseconds. `first` is 0 for a part that was never entered. */
typedef struct {
  _Atomic gint64 used, first, last;
} Part;

static bool is_on; /* set before any thread */
static gint64 start_ns;
static Part parts[PROFILE_PARTS];
static gint64 children_ns; /* already given to a part */
static _Thread_local ProfilePart current;
static _Thread_local gint64 since_ns; /* of this thread's processor time: all before is counted */

static gint64 clock_ns(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (gint64)t.tv_sec * NS_PER_SECOND + t.tv_nsec;
}

static gint64 waited_children_ns(void) {
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  gint64 us = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
              usage.ru_stime.tv_usec;
  return us * 1000;
}

void profile_start(void) {
  const char *wanted = getenv("CARNET_PROFILE");
  is_on = wanted && *wanted && *wanted != '0';
  if (!is_on)
    return;
  start_ns = clock_ns(CLOCK_MONOTONIC);
  since_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID);
  parts[PROFILE_START].used = since_ns;
}

/* What this thread has used since the last change is the current part's. */
static void change(ProfilePart part) {
  gint64 used_ns = clock_ns(CLOCK_THREAD_CPUTIME_ID), now_ns = clock_ns(CLOCK_MONOTONIC) - start_ns, never = 0;
  parts[current].used += used_ns - since_ns;
  parts[current].last = now_ns;
  atomic_compare_exchange_strong(&parts[part].first, &never, now_ns);
  since_ns = used_ns;
  current = part;
}

ProfileScope profile_enter(ProfilePart part) {
  ProfileScope scope = {current, is_on};
  if (is_on)
    change(part);
  return scope;
}

void profile_leave(ProfileScope *scope) {
  if (scope->is_on)
    change(scope->before);
}

void profile_children(ProfilePart part) {
  if (!is_on)
    return;
  gint64 used_ns = waited_children_ns();
  parts[part].used += used_ns - children_ns;
  children_ns = used_ns;
}

static int by_use(const void *a, const void *b) {
  gint64 left = parts[*(const ProfilePart *)a].used, right = parts[*(const ProfilePart *)b].used;
  return (left < right) - (left > right);
}

static double seconds(gint64 ns) {
  return (double)ns / (double)NS_PER_SECOND;
}

void profile_print(void) {
  if (!is_on)
    return;
  gint64 whole_ns = clock_ns(CLOCK_PROCESS_CPUTIME_ID) + waited_children_ns(), known_ns = 0;
  ProfilePart order[PROFILE_PARTS];
  for (ProfilePart i = 0; i < PROFILE_PARTS; i++) {
    order[i] = i;
    known_ns += i == PROFILE_OTHER ? 0 : parts[i].used;
  }
  parts[PROFILE_OTHER].used = whole_ns - known_ns; /* with the threads that ended in no part */
  qsort(order, PROFILE_PARTS, sizeof *order, by_use);
  for (int i = 0; i < PROFILE_PARTS && parts[order[i]].used > 0; i++) {
    const Part *part = &parts[order[i]];
    fprintf(stderr, "profile: %-12s %8.3f s %5.1f %%  %7.3f - %.3f s\n", names[order[i]], seconds(part->used),
            100.0 * (double)part->used / (double)whole_ns, seconds(part->first), seconds(part->last));
  }
}
