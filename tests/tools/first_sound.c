/* How long a source client takes to its first sound: starts a command, plays
 * Icecast to it on 127.0.0.1, and tells when the first byte of sound came on a
 * mount whose name ends in SUFFIX, from just before exec.
 *
 *   first_sound PORT SUFFIX COMMAND…    →   "211.4 98.1": milliseconds to the first
 *                                           sound, and of these to the first request
 *
 * It answers as Icecast 2.4 does: 401 to a source without a password, 200 to one
 * with any, 404 to all else. The command is then ended with SIGINT. Exit status:
 * 0, 1 when there was no sound within 20 s. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS 32
#define REQUEST_BYTES 4096
#define PATIENCE_MS 20000.0

typedef struct {
  char request[REQUEST_BYTES + 1];
  size_t length;
  bool is_source, is_wanted;
} Client;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static int listen_on(int port) {
  struct sockaddr_in address = {
      .sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
      bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, CLIENTS) != 0)
    fail("listen");
  return fd;
}

static pid_t start(char **command) {
  pid_t pid = fork();
  if (pid < 0)
    fail("fork");
  if (pid == 0) {
    dup2(STDERR_FILENO, STDOUT_FILENO);
    execvp(command[0], command);
    fail(command[0]);
  }
  return pid;
}

/* What Icecast would say; false when it then closes. */
static bool answer(int fd, Client *client, const char *suffix) {
  static const char welcome[] = "HTTP/1.0 200 OK\r\n\r\n", unknown[] = "HTTP/1.0 404 Not Found\r\n\r\n",
                    who[] = "HTTP/1.0 401 Authentication Required\r\nConnection: Close\r\n"
                            "WWW-Authenticate: Basic realm=\"Icecast2 Server\"\r\n\r\n";
  char method[16] = "", mount[256] = "";
  sscanf(client->request, "%15s %255s", method, mount);
  bool is_source = strcmp(method, "SOURCE") == 0 || strcmp(method, "PUT") == 0;
  bool is_known = strstr(client->request, "\r\nAuthorization: ") != NULL;
  const char *text = !is_source ? unknown : is_known ? welcome : who;
  size_t long_enough = strlen(suffix), length = strlen(mount);
  client->is_source = is_source && is_known;
  client->is_wanted = length >= long_enough && strcmp(mount + length - long_enough, suffix) == 0;
  return write(fd, text, strlen(text)) == (ssize_t)strlen(text) && client->is_source;
}

/* True when this was the awaited sound. Sets *fd to -1 when the client is gone. */
static bool hear(int *fd, Client *client, const char *suffix) {
  char sound[16384];
  if (client->is_source) {
    ssize_t n = read(*fd, sound, sizeof sound);
    if (n > 0)
      return client->is_wanted;
  } else {
    ssize_t n = read(*fd, client->request + client->length, REQUEST_BYTES - client->length);
    client->length += n > 0 ? (size_t)n : 0;
    client->request[client->length] = '\0';
    if (n > 0 && (!strstr(client->request, "\r\n\r\n") || answer(*fd, client, suffix)))
      return false;
  }
  close(*fd);
  *fd = -1;
  return false;
}

static void welcome_client(int listener, struct pollfd *polls, Client *clients) {
  int fd = accept(listener, NULL, NULL);
  for (int i = 1; i <= CLIENTS && fd >= 0; i++)
    if (polls[i].fd < 0) {
      polls[i] = (struct pollfd){.fd = fd, .events = POLLIN};
      clients[i] = (Client){.length = 0};
      return;
    }
  if (fd >= 0)
    close(fd);
}

static bool await_sound(int listener, const char *suffix, double start_ms, double *request_ms, double *sound_ms) {
  static Client clients[CLIENTS + 1];
  struct pollfd polls[CLIENTS + 1] = {{.fd = listener, .events = POLLIN}};
  for (int i = 1; i <= CLIENTS; i++)
    polls[i].fd = -1;
  while (now_ms() - start_ms < PATIENCE_MS) {
    poll(polls, CLIENTS + 1, 200);
    if (polls[0].revents)
      welcome_client(listener, polls, clients);
    for (int i = 1; i <= CLIENTS; i++) {
      if (polls[i].fd < 0 || !polls[i].revents)
        continue;
      *request_ms = *request_ms > 0 ? *request_ms : now_ms() - start_ms;
      *sound_ms = now_ms() - start_ms;
      if (hear(&polls[i].fd, &clients[i], suffix))
        return true;
    }
  }
  return false;
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: first_sound PORT SUFFIX COMMAND...\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  int listener = listen_on(atoi(argv[1]));
  double start_ms = now_ms(), request_ms = 0, sound_ms = 0;
  pid_t pid = start(argv + 3);
  bool heard = await_sound(listener, argv[2], start_ms, &request_ms, &sound_ms);
  close(listener);
  kill(pid, SIGINT);
  waitpid(pid, NULL, 0);
  if (heard)
    printf("%.1f %.1f\n", sound_ms, request_ms);
  return heard ? 0 : 1;
}
