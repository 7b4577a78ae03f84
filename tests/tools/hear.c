/* A listener of one MP3 mount that knows the programme: hear PORT MOUNT PROGRAMME.MP3
 *
 * Listens to 127.0.0.1:PORT until it is told to end (SIGTERM), coming back
 * whenever the mount does. What arrives is looked up in the programme, which
 * must have a constant bit rate and never repeat itself; each stretch of sound,
 * as soon as nothing comes for a second or it does not go on where it was, is
 * told in one line:
 *
 *   BEGIN END FROM UNTIL LATE
 *
 * BEGIN, END: when (seconds since 1970) its first and last bytes came; FROM,
 * UNTIL: where they lie in the programme, in bytes; LATE: how far the newest byte
 * here lay behind, at worst, in seconds, against the earliest that any was heard
 * (the first second left out: it is a burst). A stretch that begins to be more than
 * 4 s late, or is so no longer, ends there: old sound has lines of its own. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define KEY 256 /* bytes that are looked up: less than a frame */
#define GAP_MS 1000
#define AGAIN_MS 50
#define OLD_S 4.0 /* our lead of 2 s, which comes at once, and 2 s on the way; what is later was due long ago */

static volatile sig_atomic_t stopped;
static char *programme;
static size_t programme_bytes;

/* The stretch that is being heard; `until` 0: none. */
static struct {
  double begin, end, late;
  size_t from, until;
  bool is_old;
} stretch;

static void stop(int signal_number) {
  (void)signal_number;
  stopped = 1;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void read_programme(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(2);
  }
  programme_bytes = (size_t)ftell(file);
  rewind(file);
  programme = malloc(programme_bytes + 1);
  if (!programme || fread(programme, 1, programme_bytes, file) != programme_bytes) {
    perror(path);
    exit(2);
  }
  fclose(file);
}

static void end_stretch(void) {
  if (stretch.until)
    printf("%.3f %.3f %zu %zu %.3f\n", stretch.begin, stretch.end, stretch.from, stretch.until, stretch.late);
  fflush(stdout);
  stretch.until = 0;
}

/* How much of `data` goes on where the stretch was. */
static size_t go_on(const char *data, size_t n) {
  size_t left = programme_bytes - stretch.until, k = 0;
  while (k < n && k < left && data[k] == programme[stretch.until + k])
    k++;
  return k;
}

/* Finds the place of what was heard. Returns how much of it is used up. */
static size_t find_place(const char *data, size_t n) {
  for (size_t at = 0; at + KEY <= n; at += KEY / 2) {
    const char *found = memmem(programme, programme_bytes, data + at, KEY);
    if (!found || memmem(found + 1, programme_bytes - (size_t)(found + 1 - programme), data + at, KEY))
      continue; /* silence is everywhere */
    stretch.begin = now();
    stretch.late = 0;
    stretch.from = stretch.until = (size_t)(found - programme);
    return at;
  }
  return n >= KEY ? n - KEY + 1 : 0;
}

/* `until` is where the stretch goes on to. */
static void hear(size_t until, double bytes_per_second) {
  static double earliest = 1e18;
  double behind = now() - (double)until / bytes_per_second;
  if (behind < earliest)
    earliest = behind;
  bool is_old = behind - earliest > OLD_S;
  if (is_old != stretch.is_old && stretch.until > stretch.from) {
    size_t from = stretch.until;
    end_stretch();
    stretch.begin = now();
    stretch.from = from;
    stretch.late = 0;
  }
  stretch.is_old = is_old;
  stretch.until = until;
  stretch.end = now();
  if ((is_old || stretch.end - stretch.begin > 1) && behind - earliest > stretch.late)
    stretch.late = behind - earliest;
}

/* What came, from the first byte of the sound on. Returns how much of it is used up. */
static size_t take(const char *data, size_t n, double bytes_per_second) {
  size_t used = 0;
  while (used < n) {
    size_t step = stretch.until ? go_on(data + used, n - used) : 0;
    used += step;
    if (step)
      hear(stretch.until + step, bytes_per_second);
    if (used == n)
      break;
    end_stretch();
    step = find_place(data + used, n - used);
    if (!stretch.until && step == 0)
      break; /* too little to look up */
    used += step;
  }
  return used;
}

static int connect_to(unsigned port, const char *mount) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((in_port_t)port)};
  char request[512];
  int n = snprintf(request, sizeof request, "GET %s HTTP/1.0\r\n\r\n", mount);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 && send(fd, request, (size_t)n, MSG_NOSIGNAL) == n)
    return fd;
  close(fd);
  return -1;
}

/* One connection, to its end. */
static void listen_to(int fd, double bytes_per_second) {
  static char data[1 << 16];
  size_t n = 0;
  bool in_body = false;
  while (!stopped) {
    struct pollfd one = {.fd = fd, .events = POLLIN};
    int ready = poll(&one, 1, GAP_MS);
    if (ready == 0)
      end_stretch();
    if (ready <= 0)
      continue;
    ssize_t got = recv(fd, data + n, sizeof data - n, 0);
    if (got <= 0)
      break;
    n += (size_t)got;
    const char *body = in_body ? data : memmem(data, n, "\r\n\r\n", 4);
    if (!body || (!in_body && memcmp(data + 8, " 200", 4) != 0))
      continue;
    size_t used = in_body ? 0 : (size_t)(body + 4 - data);
    in_body = true;
    used += take(data + used, n - used, bytes_per_second);
    n -= used;
    memmove(data, data + used, n);
  }
  end_stretch();
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: hear PORT MOUNT PROGRAMME.MP3 KBPS\n");
    return 2;
  }
  read_programme(argv[3]);
  signal(SIGTERM, stop);
  while (!stopped) {
    int fd = connect_to((unsigned)atoi(argv[1]), argv[2]);
    if (fd >= 0) {
      listen_to(fd, atof(argv[4]) * 125);
      close(fd);
    }
    poll(NULL, 0, AGAIN_MS);
  }
  free(programme);
  return 0;
}
