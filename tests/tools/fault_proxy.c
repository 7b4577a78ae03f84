/* Everything that may stand between carnet and its Icecast: fault_proxy TO DOORS [OPTION=VALUE…]
 *
 * Listens at DOORS ports of loopback, prints "door I PORT" for each, and passes
 * connections on to 127.0.0.1:TO, until a door is told to misbehave:
 *
 *   none      as if we were not there
 *   killed    connections closed, nobody listens
 *   frozen    nothing is read or accepted any more (SIGSTOP); then all goes on (SIGCONT)
 *   mute      accepts, reads, never answers
 *   reset     a RST on each connection, as soon as it says something
 *   drain     takes 1 kB a second
 *   401 403 404 415   each request is answered with it
 *   web       each request is answered with a page, 200, as by a captive portal
 *   garbage   …with something that is not HTTP
 *   nodns     connections closed, and the door's name is not found (with hosts=)
 *   moved     connections closed, nobody listens; then it lives at another address (with hosts=)
 *   other     connections closed, new ones go to one of the servers of other=: another certificate
 *
 * Commands come on standard input: "I FAULT"; "go": the random sequences begin;
 * "peace": all faults end, and no more begin by themselves. At its end the program
 * ends. Options:
 *   hosts=FILE   where it keeps "doorI.test ADDRESS" for tests/preload/resolver.c
 *   other=PORT,… of loopback, at most four, one for each door in turn
 *   seed=N cycles=N   each door goes through a random sequence of its own: some
 *                seconds of peace, a fault, until its sound flows again; N faults in all
 * What happens is told as "TIME begin|end DOOR FAULT", TIME in seconds since 1970;
 * after the last of the cycles "TIME done". */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define DOORS_MOST 64
#define PAIRS_MOST 512
#define HOLD 16384       /* bytes held in each direction */
#define DRAIN_BYTES 1000 /* a second */
#define FLOWS_BYTES 8192 /* so much got through: it is sound, not a request */
#define BACK_MOST_S 90.0 /* a door that does not come back is told, and goes on */

typedef enum {
  NONE,
  KILLED,
  FROZEN,
  MUTE,
  RESET,
  DRAIN,
  S401,
  S403,
  S404,
  S415,
  WEB,
  GARBAGE,
  NODNS,
  MOVED,
  OTHER,
  FAULTS
} Fault;

static const struct {
  const char *name, *answer;
} faults[FAULTS] = {
    [NONE] = {"none", NULL},
    [KILLED] = {"killed", NULL},
    [FROZEN] = {"frozen", NULL},
    [MUTE] = {"mute", NULL},
    [RESET] = {"reset", NULL},
    [DRAIN] = {"drain", NULL},
    [S401] = {"401", "HTTP/1.0 401 Authentication Required\r\nWWW-Authenticate: Basic realm=\"Icecast2\"\r\n\r\n"},
    [S403] = {"403", "HTTP/1.0 403 Mountpoint in use\r\nContent-Type: text/html\r\n\r\n"},
    [S404] = {"404", "HTTP/1.0 404 Not Found\r\nContent-Type: text/html\r\n\r\nno such mount"},
    [S415] = {"415", "HTTP/1.0 415 Content-type not supported\r\nContent-Type: text/html\r\n\r\n"},
    [WEB] = {"web", "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Welcome to the hotel</h1>"},
    [GARBAGE] = {"garbage", "220 mail.port-aurelle.example ESMTP\r\n"},
    [NODNS] = {"nodns", NULL},
    [MOVED] = {"moved", NULL},
    [OTHER] = {"other", NULL},
};

typedef enum { PEACE, TROUBLE, RETURNING } Phase;

typedef struct {
  int listener; /* -1: nobody listens */
  unsigned port;
  in_addr_t address; /* host order */
  Fault fault;
  double drained; /* when drain last took something */
  long passed;    /* bytes since the fault ended */
  Phase phase;
  double until; /* of the phase */
} Door;

typedef struct {
  char bytes[HOLD];
  size_t n;
  bool ended; /* its writer has closed */
} Flow;

typedef struct {
  int client, server; /* client -1: a free place; server -1: none (mute, answering) */
  unsigned door;
  Flow up, down;
} Pair;

static Door doors[DOORS_MOST];
static unsigned n_doors, to_port, others[4], n_others;
static Pair pairs[PAIRS_MOST];
static const char *hosts;
static long cycles, begun, ended;
static bool is_wandering;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double chance(double least, double most) {
  return least + (most - least) * drand48();
}

static void tell(const char *what, unsigned door) {
  printf("%.3f %s %u %s\n", now(), what, door, faults[doors[door].fault].name);
  fflush(stdout);
}

/* --- doors ------------------------------------------------------------------- */

static struct sockaddr_in address_of(in_addr_t address, unsigned port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET, .sin_addr.s_addr = htonl(address), .sin_port = htons((in_port_t)port)};
}

/* A small buffer, so that a sender soon sees that nobody reads. */
static void door_listen(Door *door) {
  struct sockaddr_in address = address_of(door->address, door->port);
  socklen_t size = sizeof address;
  int yes = 1, bytes = 4096;
  door->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  setsockopt(door->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  setsockopt(door->listener, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  if (bind(door->listener, (struct sockaddr *)&address, size) != 0 || listen(door->listener, 64) != 0 ||
      getsockname(door->listener, (struct sockaddr *)&address, &size) != 0) {
    perror("fault_proxy: listen");
    exit(1);
  }
  door->port = ntohs(address.sin_port);
}

static void door_shut(Door *door) {
  if (door->listener >= 0)
    close(door->listener);
  door->listener = -1;
}

/* Names and addresses as they are now, for the resolver; replaced at once. */
static void write_hosts(void) {
  char draft[4096];
  if (!hosts)
    return;
  snprintf(draft, sizeof draft, "%s.draft", hosts);
  FILE *file = fopen(draft, "w");
  for (unsigned i = 0; file && i < n_doors; i++)
    if (doors[i].fault != NODNS)
      fprintf(file, "door%u.test 127.0.0.%u\n", i, (unsigned)(doors[i].address & 255));
  if (!file || fclose(file) != 0 || rename(draft, hosts) != 0) {
    perror(hosts);
    exit(1);
  }
}

/* --- connections ----------------------------------------------------------------- */

static void hang_up(int fd, bool reset) {
  struct linger now_or_never = {.l_onoff = 1, .l_linger = 0};
  if (fd >= 0 && reset)
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now_or_never, sizeof now_or_never);
  if (fd >= 0)
    close(fd);
}

static void pair_close(Pair *pair, bool reset) {
  hang_up(pair->client, reset);
  hang_up(pair->server, reset);
  pair->client = pair->server = -1;
}

static void close_all(unsigned door, bool reset) {
  for (Pair *pair = pairs; pair < pairs + PAIRS_MOST; pair++)
    if (pair->client >= 0 && pair->door == door)
      pair_close(pair, reset);
}

/* Never waits: Icecast's backlog is short, and a SYN that it drops is sent again after a second. */
static int connect_to(unsigned port) {
  struct sockaddr_in address = address_of(INADDR_LOOPBACK, port);
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 || errno == EINPROGRESS)
    return fd;
  close(fd);
  return -1;
}

static bool passes_on(Fault fault) {
  return fault == NONE || fault == DRAIN || fault == FROZEN || fault == OTHER || fault == MOVED || fault == NODNS;
}

static void door_accept(unsigned i) {
  int client = accept4(doors[i].listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  Pair *pair = pairs;
  while (pair < pairs + PAIRS_MOST && pair->client >= 0)
    pair++;
  if (client < 0 || pair == pairs + PAIRS_MOST) {
    hang_up(client, true);
    return;
  }
  Fault fault = doors[i].fault;
  *pair = (Pair){.client = client, .server = -1, .door = i};
  if (!passes_on(fault))
    return;
  pair->server = connect_to(fault == OTHER && n_others ? others[i % n_others] : to_port);
  if (pair->server < 0)
    pair_close(pair, true); /* the server itself is gone */
}

/* Reads what there is room for. False: the connection is lost. */
static bool fill(Flow *flow, int fd, size_t most) {
  size_t room = sizeof flow->bytes - flow->n < most ? sizeof flow->bytes - flow->n : most;
  ssize_t got = room ? recv(fd, flow->bytes + flow->n, room, 0) : -1;
  if (got > 0)
    flow->n += (size_t)got;
  flow->ended = flow->ended || got == 0;
  return got >= 0 || room == 0 || errno == EAGAIN;
}

static bool empty_into(Flow *flow, int fd, long *passed) {
  ssize_t sent = flow->n ? send(fd, flow->bytes, flow->n, MSG_NOSIGNAL) : 0;
  if (sent < 0)
    return errno == EAGAIN;
  flow->n -= (size_t)sent;
  memmove(flow->bytes, flow->bytes + sent, flow->n);
  *passed += sent;
  return true;
}

static void pass_on(Pair *pair, short client, short server) {
  Door *door = &doors[pair->door];
  size_t most = HOLD;
  long none = 0;
  bool ok = true;
  if (door->fault == DRAIN) {
    double share = (now() - door->drained) * DRAIN_BYTES;
    most = share >= 100 ? (size_t)(share < DRAIN_BYTES ? share : DRAIN_BYTES) : 0;
  }
  if (client && most) {
    ok = fill(&pair->up, pair->client, most);
    door->drained = now();
  }
  ok = ok && empty_into(&pair->up, pair->server, &door->passed);
  if (server)
    ok = ok && fill(&pair->down, pair->server, HOLD);
  ok = ok && empty_into(&pair->down, pair->client, &none);
  if (!ok || (pair->up.ended && pair->up.n == 0) || (pair->down.ended && pair->down.n == 0))
    pair_close(pair, !ok);
}

/* Without a server behind us: says what the fault says. */
static void misbehave(Pair *pair) {
  Fault fault = doors[pair->door].fault;
  bool there = fill(&pair->up, pair->client, HOLD) && !pair->up.ended;
  const char *answer = faults[fault].answer;
  bool asked = answer && memmem(pair->up.bytes, pair->up.n, "\r\n\r\n", 4);
  if (fault == MUTE)
    pair->up.n = 0;
  if (asked)
    send(pair->client, answer, strlen(answer), MSG_NOSIGNAL);
  if (!there || asked || fault == RESET || pair->up.n == HOLD)
    pair_close(pair, fault == RESET);
}

/* --- faults ------------------------------------------------------------------------ */

static bool closes_the_door(Fault fault) {
  return fault == KILLED || fault == MOVED;
}

static void set_fault(unsigned i, Fault fault) {
  Door *door = &doors[i];
  Fault before = door->fault;
  if (before != NONE && before != FROZEN && before != DRAIN)
    close_all(i, false);
  if (before == MOVED) /* loopback has 127.0.0.1 and 127.0.0.2 */
    door->address ^= 3;
  if (fault != NONE && fault != FROZEN && fault != DRAIN)
    close_all(i, fault == RESET);
  door->fault = fault;
  door->passed = 0;
  door->drained = now();
  if (closes_the_door(fault))
    door_shut(door);
  else if (door->listener < 0)
    door_listen(door);
  write_hosts();
}

static void begin(unsigned i, Fault fault) {
  set_fault(i, fault);
  tell("begin", i);
}

static void end(unsigned i) {
  tell("end", i);
  set_fault(i, NONE);
}

static Fault random_fault(void) {
  for (;;) {
    Fault fault = (Fault)(1 + (unsigned)(drand48() * (FAULTS - 1)));
    if ((fault != OTHER || n_others) && ((fault != NODNS && fault != MOVED) || hosts))
      return fault;
  }
}

/* One step of a door's own random sequence. */
static void wander(unsigned i) {
  Door *door = &doors[i];
  if (door->phase == RETURNING && door->passed >= FLOWS_BYTES) {
    door->phase = PEACE;
    door->until = now() + chance(1, 4);
  }
  if (now() < door->until)
    return;
  switch (door->phase) {
    case PEACE:
      if (begun >= cycles || door->passed < FLOWS_BYTES)
        return;
      begun++;
      door->phase = TROUBLE;
      begin(i, random_fault());
      door->until = now() + (drand48() < 0.75 ? chance(0.5, 6) : chance(6, 20));
      break;
    case TROUBLE:
      end(i);
      door->phase = RETURNING;
      door->until = now() + BACK_MOST_S;
      break;
    case RETURNING:
      tell("lost", i);
      door->phase = PEACE;
      break;
  }
  if (door->phase == RETURNING && ++ended == cycles)
    printf("%.3f done\n", now());
  fflush(stdout);
}

static void obey(char *line) {
  unsigned i;
  char name[16];
  if (strcmp(line, "go") == 0) {
    is_wandering = true;
    return;
  }
  if (strcmp(line, "peace") == 0) {
    is_wandering = false;
    for (i = 0; i < n_doors; i++)
      if (doors[i].fault != NONE)
        end(i);
    return;
  }
  if (sscanf(line, "%u %15s", &i, name) != 2 || i >= n_doors)
    return;
  for (unsigned fault = 0; fault < FAULTS; fault++) {
    if (strcmp(name, faults[fault].name) != 0)
      continue;
    if (doors[i].fault != NONE)
      end(i);
    if (fault != NONE)
      begin(i, (Fault)fault);
  }
}

/* False at the end of standard input. */
static bool read_commands(void) {
  static char held[4096];
  static size_t n;
  ssize_t got = read(STDIN_FILENO, held + n, sizeof held - n - 1);
  if (got <= 0)
    return false;
  n += (size_t)got;
  held[n] = '\0';
  for (char *line_end; (line_end = strchr(held, '\n'));) {
    *line_end = '\0';
    obey(held);
    n -= (size_t)(line_end + 1 - held);
    memmove(held, line_end + 1, n + 1);
  }
  return true;
}

/* --- the loop ------------------------------------------------------------------------ */

static bool turn(void) {
  struct pollfd polls[1 + DOORS_MOST + 2 * PAIRS_MOST] = {{.fd = STDIN_FILENO, .events = POLLIN}};
  for (unsigned i = 0; i < n_doors; i++)
    polls[1 + i] = (struct pollfd){.fd = doors[i].fault == FROZEN ? -1 : doors[i].listener, .events = POLLIN};
  struct pollfd *of_pairs = polls + 1 + n_doors;
  for (unsigned i = 0; i < PAIRS_MOST; i++) {
    const Pair *pair = &pairs[i];
    Fault fault = pair->client >= 0 ? doors[pair->door].fault : NONE;
    bool is_idle = pair->client < 0 || fault == FROZEN || fault == DRAIN; /* drain is timed by poll's own limit */
    bool up = pair->up.n < HOLD, down = pair->down.n < HOLD;
    of_pairs[2 * i] = (struct pollfd){.fd = is_idle ? -1 : pair->client, .events = up ? POLLIN : 0};
    of_pairs[2 * i + 1] = (struct pollfd){.fd = is_idle ? -1 : pair->server, .events = down ? POLLIN : 0};
    of_pairs[2 * i].events |= pair->down.n ? POLLOUT : 0;
    of_pairs[2 * i + 1].events |= pair->up.n ? POLLOUT : 0;
  }
  poll(polls, 1 + n_doors + 2 * PAIRS_MOST, 50);
  for (unsigned i = 0; i < PAIRS_MOST; i++) {
    Pair *pair = &pairs[i];
    if (pair->client < 0 || doors[pair->door].fault == FROZEN)
      continue;
    bool drains = doors[pair->door].fault == DRAIN;
    if (pair->server < 0 && of_pairs[2 * i].revents)
      misbehave(pair);
    else if (pair->server >= 0 && (drains || of_pairs[2 * i].revents || of_pairs[2 * i + 1].revents))
      pass_on(pair, drains ? 1 : of_pairs[2 * i].revents, drains ? 1 : of_pairs[2 * i + 1].revents);
  }
  for (unsigned i = 0; i < n_doors; i++)
    if (polls[1 + i].revents)
      door_accept(i);
  for (unsigned i = 0; i < n_doors && is_wandering; i++)
    wander(i);
  return !polls[0].revents || read_commands();
}

static void others_read(const char *ports) {
  int n = sscanf(ports, "%u,%u,%u,%u", &others[0], &others[1], &others[2], &others[3]);
  n_others = n > 0 ? (unsigned)n : 0;
}

int main(int argc, char **argv) {
  long seed = 1;
  to_port = argc > 2 ? (unsigned)atoi(argv[1]) : 0;
  n_doors = argc > 2 ? (unsigned)atoi(argv[2]) : 0;
  for (int i = 3; i < argc; i++) {
    if (strncmp(argv[i], "hosts=", 6) == 0)
      hosts = argv[i] + 6;
    else if (strncmp(argv[i], "other=", 6) == 0)
      others_read(argv[i] + 6);
    else if (sscanf(argv[i], "seed=%ld", &seed) + sscanf(argv[i], "cycles=%ld", &cycles) <= 0)
      n_doors = 0;
  }
  if (to_port == 0 || n_doors == 0 || n_doors > DOORS_MOST) {
    fprintf(stderr, "usage: fault_proxy PORT DOORS [hosts=FILE] [other=PORT,…] [seed=N cycles=N]\n");
    return 2;
  }
  srand48(seed);
  signal(SIGPIPE, SIG_IGN);
  for (Pair *pair = pairs; pair < pairs + PAIRS_MOST; pair++)
    pair->client = pair->server = -1;
  for (unsigned i = 0; i < n_doors; i++) {
    doors[i] = (Door){.address = INADDR_LOOPBACK};
    door_listen(&doors[i]);
    printf("door %u %u\n", i, doors[i].port);
  }
  fflush(stdout);
  write_hosts();
  while (turn())
    continue;
  return 0;
}
