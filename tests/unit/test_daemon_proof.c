/* Proof of air: what an own listener makes of a mount that is silent, faint, another programme, a loop, nothing at all, or
 * as it should be. A small server gives each of them, side by side. */
#include "daemon/proof.h"
#include "daemon_world.h"

#include "air_loopback.h"

#define SECONDS 16
#define BYTES_PER_S 8000 /* 64 kbit/s */

typedef struct {
  const char *path;
  const char *file;
  bool at_once, twice;
} Given;

typedef struct {
  World world;
  GSocket *listening;
  unsigned port;
  GThread *thread;
  GPtrArray *threads;
  gint closing;
  Proof *proof;
  ProofHooks hooks;
  GHashTable *states; /* mount → names of its states, one after another */
  GHashTable *heard;  /* mount → frames */
} Fixture;

static const Given programmes[] = {
    {"/silent.mp3", "silent.mp3", false, false},
    {"/faint.mp3", "faint.mp3", false, false},
    {"/wrong.mp3", "wrong.mp3", false, false},
    {"/good.mp3", "editions/e/bulletin.mp3", false, false},
    {"/loop.mp3", "editions/e/bulletin.mp3", true, true},
};

/* --- the server --------------------------------------------------------------------------- */

typedef struct {
  Fixture *fixture;
  GSocket *client;
} Call;

static bool send_all(const Fixture *fixture, GSocket *client, const char *bytes, gsize n, bool at_once) {
  gsize sent = 0;
  for (gint64 from_us = clock_monotonic_us(); sent < n && !g_atomic_int_get(&fixture->closing);) {
    gsize due = at_once ? n : MIN(n, (gsize)((clock_monotonic_us() - from_us) * BYTES_PER_S / US_PER_SECOND) + 8000);
    if (due > sent) {
      gssize done = g_socket_send(client, bytes + sent, due - sent, NULL, NULL);
      if (done <= 0)
        return false;
      sent += (gsize)done;
    }
    g_usleep(20000);
  }
  return true;
}

static void give(const Fixture *fixture, GSocket *client, const Given *programme) {
  static const char head[] = "HTTP/1.0 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n";
  g_autofree char *path = g_build_filename(fixture->world.folder, programme->file, NULL), *bytes = NULL;
  gsize n = 0;
  g_assert_true(g_file_get_contents(path, &bytes, &n, NULL));
  g_socket_send(client, head, strlen(head), NULL, NULL);
  for (int i = 0; i < (programme->twice ? 2 : 1); i++)
    if (!send_all(fixture, client, bytes, n, programme->at_once))
      return;
  while (programme->twice && !g_atomic_int_get(&fixture->closing))
    g_usleep(20000);
}

static gpointer answer(gpointer data) {
  Call *call = data;
  char request[1024] = "";
  g_socket_receive(call->client, request, sizeof request - 1, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(programmes); i++)
    if (strstr(request, programmes[i].path))
      give(call->fixture, call->client, &programmes[i]);
  g_socket_close(call->client, NULL);
  g_object_unref(call->client);
  g_free(call);
  return NULL;
}

static gpointer serve(gpointer data) {
  Fixture *fixture = data;
  g_socket_set_timeout(fixture->listening, 1);
  while (!g_atomic_int_get(&fixture->closing)) {
    GSocket *client = g_socket_accept(fixture->listening, NULL, NULL);
    if (!client)
      continue;
    Call *call = g_new(Call, 1);
    *call = (Call){fixture, client};
    g_ptr_array_add(fixture->threads, g_thread_new("answer", answer, call));
  }
  return NULL;
}

/* --- what is told ------------------------------------------------------------------------------ */

static void on_changed(const char *mount, AirState state, gpointer user) {
  const Fixture *fixture = user;
  const char *before = g_hash_table_lookup(fixture->states, mount);
  g_hash_table_replace(fixture->states, g_strdup(mount),
                       g_strdup_printf("%s%s ", before ? before : "", air_state_name(state)));
}

static void on_heard(gint64 slot, const char *mount, gint64 frames, gpointer user) {
  const Fixture *fixture = user;
  g_assert_cmpint(slot, ==, 7);
  g_hash_table_replace(fixture->heard, g_strdup(mount), GINT_TO_POINTER((int)frames));
}

static char *yaml(const Fixture *fixture, const char *run) {
  GString *text = g_string_new("name: Essai\nlanguage: fr\nzone: Europe/Paris\n");
  g_string_append_printf(text, "icecast: {host: 127.0.0.1, port: %u, password-file: icecast.password}\nmounts:\n",
                         fixture->port);
  for (guint i = 0; i < G_N_ELEMENTS(programmes); i++)
    g_string_append_printf(text, "  - {mount: %s, format: mp3, bitrate: 64, mode: continuous}\n", programmes[i].path);
  g_string_append(text, "  - {mount: /none.mp3, format: mp3, bitrate: 64, mode: continuous}\n");
  g_string_append(text, "  - {mount: /insert.mp3, format: mp3, bitrate: 64}\n");
  g_string_append_printf(text, "run: {filler: [un], silence: 2%s}\n", run);
  return g_string_free(text, FALSE);
}

static const char *states_of(const Fixture *fixture, const char *mount) {
  const char *states = g_hash_table_lookup(fixture->states, mount);
  return states ? states : "";
}

static void step_for(const Fixture *fixture, int ms) {
  for (int i = 0; i < ms / 50; i++) {
    proof_step(fixture->proof);
    g_usleep(50000);
  }
}

static void setup(Fixture *fixture, gconstpointer data) {
  (void)data;
  *fixture = (Fixture){0};
  fixture->listening = loopback_listen(&fixture->port);
  g_autofree char *text = yaml(fixture, "");
  world_begin(&fixture->world, text);
  const gint64 entries[SECONDS] = {0};
  world_edition(&fixture->world, "e", entries, SECONDS);
  static const char *const sounds[][2] = {
      {"silent.mp3", "anullsrc=r=48000:cl=stereo"},
      {"faint.mp3", "sine=frequency=440,volume=-36dB"},
      {"wrong.mp3", "sine=frequency=1000"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(sounds); i++) {
    g_autofree char *path = g_build_filename(fixture->world.folder, sounds[i][0], NULL);
    world_tone(path, sounds[i][1], SECONDS + 4);
  }
  fixture->threads = g_ptr_array_new();
  fixture->states = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  fixture->heard = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  fixture->thread = g_thread_new("server", serve, fixture);
  fixture->hooks = (ProofHooks){on_changed, on_heard, fixture};
  fixture->proof = proof_new(&fixture->hooks);
  proof_set_station(fixture->proof, fixture->world.station);
}

static void teardown(Fixture *fixture, gconstpointer data) {
  (void)data;
  g_atomic_int_set(&fixture->closing, 1);
  proof_free(fixture->proof);
  proof_free(NULL);
  g_thread_join(fixture->thread);
  for (guint i = 0; i < fixture->threads->len; i++)
    g_thread_join(fixture->threads->pdata[i]);
  g_ptr_array_unref(fixture->threads);
  g_hash_table_unref(fixture->states);
  g_hash_table_unref(fixture->heard);
  g_object_unref(fixture->listening);
  world_end(&fixture->world);
}

static void test_states(Fixture *fixture, gconstpointer data) {
  (void)data;
  SlotRow slot = {.id = 7, .edition = "e"};
  const char *const mounts[] = {"/wrong.mp3", "/good.mp3", "/loop.mp3", "/insert.mp3", "/nobody.mp3", NULL};
  g_autofree char *folder = g_build_filename(fixture->world.folder, "editions", "e", NULL);
  proof_begin(fixture->proof, &slot, mounts, folder, clock_now_us());
  for (int i = 0; i < 16 && !strstr(states_of(fixture, "/wrong.mp3"), "wrong"); i++)
    step_for(fixture, 1000);
  g_assert_nonnull(strstr(states_of(fixture, "/silent.mp3"), "silent"));
  g_assert_nonnull(strstr(states_of(fixture, "/faint.mp3"), "faint"));
  g_assert_nonnull(strstr(states_of(fixture, "/wrong.mp3"), "audible wrong"));
  g_assert_nonnull(strstr(states_of(fixture, "/loop.mp3"), "loop"));
  g_assert_nonnull(strstr(states_of(fixture, "/none.mp3"), "unheard"));
  g_assert_cmpstr(states_of(fixture, "/good.mp3"), ==, "audible ");
  ProofState state;
  g_assert_true(proof_state(fixture->proof, "/good.mp3", &state));
  g_assert_true(state.connected && state.state == AIR_AUDIBLE && state.short_term_lufs > -30);
  g_assert_false(proof_state(fixture->proof, "/nobody.mp3", &state));
  g_assert_cmpint(state.state, ==, AIR_IDLE);
  /* A station that does not listen any more: what is known is told. */
  g_clear_pointer(&fixture->proof, proof_free);
  g_assert_cmpint(GPOINTER_TO_INT(g_hash_table_lookup(fixture->heard, "/wrong.mp3")), ==, 0);
  g_assert_cmpint(GPOINTER_TO_INT(g_hash_table_lookup(fixture->heard, "/good.mp3")), >, 8 * FRAME_RATE);
  g_assert_cmpint(GPOINTER_TO_INT(g_hash_table_lookup(fixture->heard, "/loop.mp3")), >, (SECONDS - 1) * FRAME_RATE);
}

/* The ears of mounts that stay go on; a station that does not listen has none. */
static void test_changes(Fixture *fixture, gconstpointer data) {
  (void)data;
  ProofState state;
  step_for(fixture, 1000);
  g_assert_true(proof_state(fixture->proof, "/good.mp3", &state));
  g_assert_true(state.connected);
  g_autofree char *same = yaml(fixture, ", late: \"5:00\"");
  world_station(&fixture->world, same);
  proof_set_station(fixture->proof, fixture->world.station);
  g_assert_true(proof_state(fixture->proof, "/good.mp3", &state));
  g_assert_true(state.connected);
  g_autofree char *kept = yaml(fixture, ", pige-days: 1");
  world_station(&fixture->world, kept);
  proof_set_station(fixture->proof, fixture->world.station);
  g_assert_true(proof_state(fixture->proof, "/good.mp3", &state));
  step_for(fixture, 1500);
  g_autofree char *folder = g_build_filename(fixture->world.folder, "pige", "good.mp3", NULL);
  g_assert_true(g_file_test(folder, G_FILE_TEST_IS_DIR));
  g_autofree char *deaf = yaml(fixture, ", listen: no");
  world_station(&fixture->world, deaf);
  proof_set_station(fixture->proof, fixture->world.station);
  g_assert_false(proof_state(fixture->proof, "/good.mp3", &state));
  SlotRow slot = {.id = 7, .edition = "e"};
  const char *const mounts[] = {"/good.mp3", NULL};
  proof_begin(fixture->proof, &slot, mounts, folder, clock_now_us());
  proof_end(fixture->proof, 7);
  step_for(fixture, 100);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/daemon/proof/states", Fixture, NULL, setup, test_states, teardown);
  g_test_add("/daemon/proof/changes", Fixture, NULL, setup, test_changes, teardown);
  return g_test_run();
}
