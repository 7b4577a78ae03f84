#include "speech/lexicon_private.h"

#include "speech/lexicon_context.h"
#include "speech/spoken.h"

#include <string.h>

/* Words are found by walking a tree of tokens (a run of letters and digits, a space,
 * a sign): each step is a lookup, however many entries begin alike. */
typedef struct Node {
  GHashTable *next;   /* token in small letters → Node; NULL: none */
  GPtrArray *entries; /* LexiconEntry* that end here, in the order they are tried; NULL: none */
} Node;

struct Lexicon {
  YamlFile *file; /* for the lines; NULL: there is none */
  Node *root;
  GPtrArray *entries; /* LexiconEntry*, in the file's order */
};

/* --- tokens -------------------------------------------------------------------- */

static gsize word_length(const char *p) {
  const char *end = p;
  while (*end && context_is_word_character(g_utf8_get_char(end))) {
    end = g_utf8_next_char(end);
  }
  return (gsize)(end - p);
}

static gsize token_length(const char *p) {
  gsize n = word_length(p);
  return n > 0 || !*p ? n : (gsize)(g_utf8_next_char(p) - p);
}

/* A space of an entry is any white space of the text. */
static void token_lower(const char *p, gsize nbytes, GString *token) {
  g_string_truncate(token, 0);
  for (const char *q = p; q < p + nbytes; q = g_utf8_next_char(q)) {
    gunichar c = g_utf8_get_char(q);
    g_string_append_unichar(token, g_unichar_isspace(c) ? ' ' : g_unichar_tolower(c));
  }
}

/* --- the tree ------------------------------------------------------------------ */

static void entry_free(gpointer data) {
  LexiconEntry *entry = data;
  g_free(entry->word);
  g_free(entry->say);
  g_free(entry->ipa);
  g_free(entry->language);
  g_free(entry->first);
  g_free(entry->voice);
  g_strfreev(entry->before);
  g_strfreev(entry->after);
  g_free(entry);
}

/* Not by recursion: a word may have a hundred tokens. */
static void nodes_free(Node *root) {
  g_autoptr(GPtrArray) left = g_ptr_array_new();
  g_ptr_array_add(left, root);
  while (left->len > 0) {
    Node *node = g_ptr_array_steal_index(left, left->len - 1);
    GHashTableIter iter;
    gpointer child;
    if (node->next) {
      g_hash_table_iter_init(&iter, node->next);
      while (g_hash_table_iter_next(&iter, NULL, &child)) {
        g_ptr_array_add(left, child);
      }
      g_hash_table_unref(node->next);
    }
    g_clear_pointer(&node->entries, g_ptr_array_unref);
    g_free(node);
  }
}

Lexicon *lexicon_new(YamlFile *file) {
  Lexicon *lexicon = g_new0(Lexicon, 1);
  lexicon->file = file;
  lexicon->root = g_new0(Node, 1);
  lexicon->entries = g_ptr_array_new_with_free_func(entry_free);
  return lexicon;
}

void lexicon_free(Lexicon *lexicon) {
  if (lexicon) {
    nodes_free(lexicon->root);
    g_ptr_array_unref(lexicon->entries);
    yaml_file_free(lexicon->file);
    g_free(lexicon);
  }
}

/* Of several entries for one word the narrowest is tried first: of one voice, in
 * a context, with these capitals; else the file's order. */
static int narrowness(const LexiconEntry *entry) {
  return (entry->voice ? 4 : 0) + (entry->before || entry->after ? 2 : 0) + (entry->exact ? 1 : 0);
}

GPtrArray *lexicon_add(Lexicon *lexicon, LexiconEntry *entry) {
  g_ptr_array_add(lexicon->entries, entry);
  g_autoptr(GString) token = g_string_new(NULL);
  Node *node = lexicon->root;
  for (const char *p = entry->word; *p;) {
    gsize n = token_length(p);
    token_lower(p, n, token);
    node->next = node->next ? node->next : g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Node *child = g_hash_table_lookup(node->next, token->str);
    if (!child) {
      child = g_new0(Node, 1);
      g_hash_table_insert(node->next, g_strdup(token->str), child);
    }
    node = child;
    p += n;
  }
  node->entries = node->entries ? node->entries : g_ptr_array_new();
  guint at = node->entries->len;
  while (at > 0 && narrowness(node->entries->pdata[at - 1]) < narrowness(entry)) {
    at--;
  }
  g_ptr_array_insert(node->entries, (gint)at, entry);
  return node->entries;
}

guint lexicon_count(const Lexicon *lexicon) {
  return lexicon ? lexicon->entries->len : 0;
}

const LexiconEntry *lexicon_entry(const Lexicon *lexicon, guint index) {
  return g_ptr_array_index(lexicon->entries, index);
}

unsigned *lexicon_lines(const Lexicon *lexicon) {
  return lexicon && lexicon->file ? yaml_item_lines(lexicon->file) : NULL;
}

/* --- finding -------------------------------------------------------------------- */

/* The place of a word: `text` the line, `p` where it begins, `nbytes` what is matched. */
typedef struct {
  const Lexicon *lexicon;
  const LexiconUse *use;
  const LexiconSayers *sayers;
  const char *text;
  GString *token, *out;
} Walk;

static bool same_capitals(const char *word, const char *p) {
  for (; *word; word = g_utf8_next_char(word), p = g_utf8_next_char(p)) {
    gunichar want = g_utf8_get_char(word), have = g_utf8_get_char(p);
    if (want != have && !(want == ' ' && g_unichar_isspace(have))) {
      return false;
    }
  }
  return true;
}

static bool holds(const Walk *walk, const LexiconEntry *entry, const char *p, const char *end) {
  const char *voice = walk->use ? walk->use->voice : NULL;
  return (!entry->exact || same_capitals(entry->word, p)) &&
         (!entry->voice || (voice && strcmp(voice, entry->voice) == 0)) &&
         (!entry->before || context_follows(entry->before, end)) &&
         (!entry->after || context_precedes(entry->after, walk->text, p));
}

/* The entry with most words that holds at `p`. */
static const LexiconEntry *find_entry(const Walk *walk, const char *p, gsize *nbytes) {
  const LexiconEntry *found = NULL;
  const Node *node = walk->lexicon ? walk->lexicon->root : NULL;
  for (const char *q = p; node && node->next && *q;) {
    gsize n = token_length(q);
    token_lower(q, n, walk->token);
    node = g_hash_table_lookup(node->next, walk->token->str);
    q += n;
    bool may_end = node && node->entries && !context_is_word_character(*q ? g_utf8_get_char(q) : 0);
    for (guint i = 0; may_end && i < node->entries->len; i++) {
      const LexiconEntry *entry = g_ptr_array_index(node->entries, i);
      if (holds(walk, entry, p, q)) {
        found = entry;
        *nbytes = (gsize)(q - p);
        break;
      }
    }
  }
  return found;
}

const LexiconEntry *lexicon_find(const Lexicon *lexicon, const char *word) {
  g_autoptr(GString) token = g_string_new(NULL);
  Walk walk = {.lexicon = lexicon, .text = word, .token = token};
  gsize nbytes = 0;
  const LexiconEntry *entry = find_entry(&walk, word, &nbytes);
  return entry && nbytes == strlen(word) ? entry : NULL;
}

/* --- saying --------------------------------------------------------------------- */

static bool give(LexiconSay say, const Walk *walk, const char *word, gsize nbytes) {
  return say && say(word, nbytes, walk->out, walk->sayers->user);
}

/* What an entry says, without a first mention. `p` is the word as the text has it. */
static void say_entry(const Walk *walk, const LexiconEntry *entry, const char *p, gsize nbytes) {
  const char *words = entry->say ? entry->say : p;
  gsize words_bytes = entry->say ? strlen(entry->say) : nbytes;
  if (entry->ipa) {
    g_autofree char *how = g_strdup_printf("/%s/", entry->ipa);
    spoken_append(walk->out, p, nbytes, how);
  } else if (entry->language) {
    spoken_append(walk->out, words, words_bytes, entry->language);
  } else if (entry->say) {
    g_string_append(walk->out, entry->say);
  } else if (!give(entry->spell ? walk->sayers->spell : walk->sayers->other, walk, p, nbytes)) {
    g_string_append_len(walk->out, p, (gssize)nbytes);
  }
}

static char *lower_text(const char *text) {
  g_autoptr(GString) lower = g_string_new(NULL);
  token_lower(text, strlen(text), lower);
  return g_string_free(g_steal_pointer(&lower), FALSE);
}

/* Is what the first mention would explain there already: "le centre communal d'action sociale (CCAS)"? */
static bool is_explained(const Walk *walk, const LexiconEntry *entry) {
  const char *comma = strchr(entry->first, ',');
  g_autofree char *words = lower_text(comma ? comma + 1 : entry->first);
  g_autofree char *line = lower_text(walk->text);
  return strstr(line, g_strstrip(words)) != NULL;
}

/* "CCAS, centre communal d'action sociale," with the word in it said as always. */
static void say_first(const Walk *walk, const LexiconEntry *entry, const char *p, gsize nbytes) {
  for (const char *q = entry->first; *q;) {
    gsize n = token_length(q), word = strlen(entry->word);
    bool is_itself = strncmp(q, entry->word, word) == 0 && !context_is_word_character(g_utf8_get_char(q + word));
    if (is_itself) {
      say_entry(walk, entry, p, nbytes);
    } else {
      g_string_append_len(walk->out, q, (gssize)n);
    }
    q += is_itself ? word : n;
  }
  g_string_append(walk->out, strchr(entry->first, ',') ? "," : "");
}

static void say_known(const Walk *walk, const LexiconEntry *entry, const char *p, gsize nbytes) {
  bool is_first = entry->first && walk->use && walk->use->mentioned &&
                  g_hash_table_add(walk->use->mentioned, g_strdup(entry->word));
  if (is_first && !is_explained(walk, entry)) {
    say_first(walk, entry, p, nbytes);
  } else {
    say_entry(walk, entry, p, nbytes);
  }
}

char *lexicon_walk(const Lexicon *lexicon, const char *text, const LexiconUse *use, const LexiconSayers *sayers) {
  static const LexiconSayers nobody = {NULL, NULL, NULL};
  g_autoptr(GString) token = g_string_new(NULL);
  GString *out = g_string_sized_new(strlen(text));
  Walk walk = {lexicon, use, sayers ? sayers : &nobody, text, token, out};
  for (const char *p = text; *p;) {
    gsize word = word_length(p), nbytes = spoken_length(p);
    const LexiconEntry *entry = word > 0 ? find_entry(&walk, p, &nbytes) : NULL;
    if (entry) {
      say_known(&walk, entry, p, nbytes);
    } else if (word > 0) {
      nbytes = word;
      if (!give(walk.sayers->other, &walk, p, word)) {
        g_string_append_len(out, p, (gssize)word);
      }
    } else { /* a sign, or a piece that is marked already */
      nbytes = nbytes > 0 ? nbytes : token_length(p);
      g_string_append_len(out, p, (gssize)nbytes);
    }
    p += nbytes;
  }
  return g_string_free(out, FALSE);
}

char *lexicon_apply(const Lexicon *lexicon, const char *text) {
  return lexicon_walk(lexicon, text, NULL, NULL);
}
