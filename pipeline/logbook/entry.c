#include "logbook/entry.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

#define MAX_LINE 4096 /* bytes of a title, a place, an address… */
#define MAX_ENDORSEMENTS G_GINT64_CONSTANT(1000000000)

/* The names of files and options; marked, for they are translated where they are shown. */
static const char *const kind_names[KIND_COUNT] = {N_("question"), N_("problem"), N_("experience"),   N_("resource"),
                                                   N_("idea"),     N_("feeling"), N_("announcement"), N_("alert")};
static const char *const attribution_names[ATTRIBUTION_COUNT] = {N_("none"), N_("place"), N_("first-name"), N_("full")};
static const char *const status_names[STATUS_COUNT] = {N_("draft"), N_("pending"), N_("approved"), N_("rejected"),
                                                       N_("withdrawn")};
static const char *const priority_names[PRIORITY_COUNT] = {N_("normal"), N_("high"), N_("urgent")};

/* What people write besides the names, folded: what is shown in French can be typed, whatever the locale. */
typedef struct {
  const char *name;
  int value;
} Alias;

static const Alias kind_aliases[] = {
    {"probleme", KIND_PROBLEM}, {"ressource", KIND_RESOURCE},   {"idee", KIND_IDEA},    {"ressenti", KIND_FEELING},
    {"humeur", KIND_FEELING},   {"annonce", KIND_ANNOUNCEMENT}, {"alerte", KIND_ALERT}, {NULL, 0},
};
static const Alias attribution_aliases[] = {
    {"rien", ATTRIBUTION_NONE}, {"lieu", ATTRIBUTION_PLACE},       {"prenom", ATTRIBUTION_FIRST_NAME},
    {"nom", ATTRIBUTION_FULL},  {"nom complet", ATTRIBUTION_FULL}, {NULL, 0},
};
static const Alias status_aliases[] = {
    {"brouillon", STATUS_DRAFT},  {"en attente", STATUS_PENDING}, {"valide", STATUS_APPROVED},
    {"validee", STATUS_APPROVED}, {"ecarte", STATUS_REJECTED},    {"ecartee", STATUS_REJECTED},
    {"retire", STATUS_WITHDRAWN}, {"retiree", STATUS_WITHDRAWN},  {NULL, 0},
};
static const Alias priority_aliases[] = {
    {"normale", PRIORITY_NORMAL},
    {"haute", PRIORITY_HIGH},
    {"urgente", PRIORITY_URGENT},
    {NULL, 0},
};

/* The strings of an entry, so that copying, freeing and comparing are loops. Names are marked: a history shows them. */
static const struct {
  const char *name;
  gsize offset;
  bool one_line; /* everything but the text */
} strings[] = {
    {N_("date"), offsetof(Entry, date), true},
    {N_("title"), offsetof(Entry, title), true},
    {N_("text"), offsetof(Entry, text), false},
    {N_("language"), offsetof(Entry, language), true},
    {N_("place"), offsetof(Entry, place), true},
    {N_("place_id"), offsetof(Entry, place_id), true},
    {N_("author"), offsetof(Entry, author), true},
    {N_("source_name"), offsetof(Entry, source_name), true},
    {N_("source_url"), offsetof(Entry, source_url), true},
    {N_("source_key"), offsetof(Entry, source_key), true},
    {N_("sound"), offsetof(Entry, sound), true},
};

static char *string_of(const Entry *entry, gsize index) {
  return G_STRUCT_MEMBER(char *, entry, strings[index].offset);
}

Entry *entry_new(void) {
  Entry *entry = g_new0(Entry, 1);
  entry->attribution = ATTRIBUTION_PLACE;
  entry->status = STATUS_DRAFT;
  return entry;
}

Entry *entry_copy(const Entry *entry) {
  Entry *copy = g_new(Entry, 1);
  *copy = *entry;
  for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
    G_STRUCT_MEMBER(char *, copy, strings[i].offset) = g_strdup(string_of(entry, i));
  copy->links = g_strdupv(entry->links);
  return copy;
}

void entry_free(Entry *entry) {
  if (entry == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
    g_free(string_of(entry, i));
  g_strfreev(entry->links);
  g_free(entry);
}

static bool same_links(char **a, char **b) {
  static char *none[] = {NULL};
  return g_strv_equal((const char *const *)(a != NULL ? a : none), (const char *const *)(b != NULL ? b : none));
}

char *entry_differences(const Entry *a, const Entry *b) {
  const struct {
    const char *name;
    bool differs;
  } others[] = {
      {N_("kind"), a->kind != b->kind},
      {N_("attribution"), a->attribution != b->attribution},
      {N_("status"), a->status != b->status},
      {N_("priority"), a->priority != b->priority},
      {N_("expires"), a->expires_us != b->expires_us},
      {N_("endorsements"), a->endorsements != b->endorsements},
      {N_("links"), !same_links(a->links, b->links)},
      {N_("parent"), a->parent != b->parent},
  };
  g_autoptr(GString) names = g_string_new(NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(strings); i++)
    if (g_strcmp0(string_of(a, i), string_of(b, i)) != 0)
      g_string_append_printf(names, " %s", strings[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
    if (others[i].differs)
      g_string_append_printf(names, " %s", others[i].name);
  return names->len == 0 ? NULL : g_strdup(names->str + 1);
}

bool entry_equal(const Entry *a, const Entry *b) {
  g_autofree char *differences = entry_differences(a, b);
  return differences == NULL;
}

/* --- checking --------------------------------------------------------------- */

static bool refuse(GError **error, const char *field, const char *why) {
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", field, why);
  return false;
}

static bool has_control(const char *text) {
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
    if (g_unichar_iscntrl(g_utf8_get_char(at)))
      return true;
  return false;
}

static bool check_line(const char *field, const char *text, GError **error) {
  if (strlen(text) > MAX_LINE)
    return refuse(error, field, _("too long"));
  if (!g_utf8_validate(text, -1, NULL))
    return refuse(error, field, _("not valid UTF-8"));
  if (has_control(text))
    return refuse(error, field, _("must be one line with no control character"));
  return true;
}

static bool check_text(const char *text, GError **error) {
  if (text == NULL)
    return refuse(error, "text", _("missing"));
  if (strlen(text) > ENTRY_MAX_TEXT)
    return refuse(error, "text", _("longer than 2 MB"));
  if (!g_utf8_validate(text, -1, NULL))
    return refuse(error, "text", _("not valid UTF-8"));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at))
    if (g_unichar_isgraph(g_utf8_get_char(at)))
      return true;
  return refuse(error, "text", _("empty"));
}

/* The form of a BCP 47 tag (RFC 5646 section 2.1): subtags of 1 to 8 letters
 * and digits, the first of 2 to 8 letters. */
static bool is_language_tag(const char *tag) {
  g_auto(GStrv) subtags = g_strsplit(tag, "-", -1);
  for (guint i = 0; subtags[i] != NULL; i++) {
    gsize length = strlen(subtags[i]);
    if (length < (i == 0 ? 2 : 1) || length > 8)
      return false;
    for (gsize c = 0; c < length; c++)
      if (i == 0 ? !g_ascii_isalpha(subtags[i][c]) : !g_ascii_isalnum(subtags[i][c]))
        return false;
  }
  return subtags[0] != NULL;
}

/* "insee:34057", "insee:2A004" or "osm:node/123". */
static bool is_place_id(const char *id) {
  return g_regex_match_simple("^(insee:[0-9][0-9AB][0-9]{3}|osm:(node|way|relation)/[0-9]{1,19})$", id, G_REGEX_DEFAULT,
                              G_REGEX_MATCH_DEFAULT);
}

static bool check_links(char **links, GError **error) {
  for (char **link = links; link != NULL && *link != NULL; link++) {
    if (!check_line("links", *link, error))
      return false;
    if (**link == '\0' || strpbrk(*link, " \t") != NULL)
      return refuse(error, "links", _("an address has no space and is not empty"));
  }
  return true;
}

static bool check_strings(const Entry *entry, GError **error) {
  for (gsize i = 0; i < G_N_ELEMENTS(strings); i++) {
    const char *value = string_of(entry, i);
    if (strings[i].one_line && value != NULL && !check_line(strings[i].name, value, error))
      return false;
  }
  if (entry->language == NULL || !is_language_tag(entry->language))
    return refuse(error, "language", _("must be a language tag such as \"fr\""));
  if (entry->place_id != NULL && !is_place_id(entry->place_id))
    return refuse(error, "place_id", _("must be such as \"insee:34057\" or \"osm:node/123\""));
  if (entry->source_key != NULL && entry->source_name == NULL)
    return refuse(error, "source_key", _("a key needs a source_name"));
  if (entry->sound != NULL && (*entry->sound == '\0' || *entry->sound == '.' || strchr(entry->sound, '/') != NULL))
    return refuse(error, "sound", _("must be the name of a file in the station's folder sounds"));
  return true;
}

static bool check_numbers(const Entry *entry, GError **error) {
  const struct {
    const char *field;
    gint64 value, most;
  } ranges[] = {
      {"kind", (gint64)entry->kind, KIND_COUNT - 1},
      {"attribution", (gint64)entry->attribution, ATTRIBUTION_COUNT - 1},
      {"status", (gint64)entry->status, STATUS_COUNT - 1},
      {"priority", (gint64)entry->priority, PRIORITY_COUNT - 1},
      {"expires", entry->expires_us, G_MAXINT64},
      {"endorsements", entry->endorsements, MAX_ENDORSEMENTS},
      {"parent", entry->parent, G_MAXINT64},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(ranges); i++)
    if (ranges[i].value < 0 || ranges[i].value > ranges[i].most)
      return refuse(error, ranges[i].field, _("out of range"));
  if (entry->parent != 0 && entry->parent == entry->id)
    return refuse(error, "parent", _("an entry cannot answer itself"));
  return true;
}

bool entry_check(const Entry *entry, GError **error) {
  if (entry->date == NULL)
    return refuse(error, "date", _("missing"));
  if (!day_check(entry->date, error)) {
    g_prefix_error(error, "date: ");
    return false;
  }
  return check_text(entry->text, error) && check_strings(entry, error) && check_links(entry->links, error) &&
         check_numbers(entry, error);
}

/* --- names ------------------------------------------------------------------ */

const char *entry_kind_name(EntryKind kind) {
  return kind_names[kind];
}

const char *attribution_name(Attribution attribution) {
  return attribution_names[attribution];
}

const char *entry_status_name(EntryStatus status) {
  return status_names[status];
}

const char *entry_priority_name(EntryPriority priority) {
  return priority_names[priority];
}

static int parse(const char *const *names, int count, const Alias *aliases, const char *name) {
  if (!g_utf8_validate(name, -1, NULL))
    return -1;
  g_autofree char *folded = text_fold(name);
  for (int i = 0; i < count; i++)
    if (g_ascii_strcasecmp(names[i], name) == 0 || strcmp(names[i], folded) == 0)
      return i;
  for (const Alias *alias = aliases; alias->name != NULL; alias++)
    if (strcmp(alias->name, folded) == 0)
      return alias->value;
  return -1;
}

int entry_kind_parse(const char *name) {
  return parse(kind_names, KIND_COUNT, kind_aliases, name);
}

int attribution_parse(const char *name) {
  return parse(attribution_names, ATTRIBUTION_COUNT, attribution_aliases, name);
}

int entry_status_parse(const char *name) {
  return parse(status_names, STATUS_COUNT, status_aliases, name);
}

int entry_priority_parse(const char *name) {
  return parse(priority_names, PRIORITY_COUNT, priority_aliases, name);
}

/* --- who is heard ----------------------------------------------------------- */

static bool is_title(const char *word) {
  static const char *const titles[] = {"m", "mr", "mme", "mlle", "mrs", "ms", "dr", "sr", "sra", "monsieur", "madame"};
  g_autofree char *folded = text_fold(word);
  for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
    if (strcmp(titles[i], folded) == 0)
      return true;
  return false;
}

/* "LE GOFF": how a family name is written before or after a first name. */
static bool is_capitals(const char *word) {
  guint letters = 0;
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char(at)) {
    if (g_unichar_islower(g_utf8_get_char(at)))
      return false;
    letters += g_unichar_isupper(g_utf8_get_char(at)) ? 1 : 0;
  }
  return letters > 1;
}

/* The first word that is neither a title nor in capitals. Returns (g_free), or NULL. */
static char *first_name(const char *author) {
  g_autofree char *squeezed = text_squeeze(author);
  g_auto(GStrv) words = g_strsplit_set(squeezed, " ,;", -1);
  const char *first = NULL;
  for (char **word = words; *word != NULL; word++) {
    if (**word == '\0')
      continue;
    if (is_title(*word))
      return NULL; /* what follows is a family name */
    if (!is_capitals(*word))
      return g_strdup(*word);
    if (first == NULL)
      first = *word;
  }
  return g_strdup(first);
}

char *entry_said_name(const Entry *entry) {
  if (text_is_blank(entry->author))
    return NULL;
  if (entry->attribution == ATTRIBUTION_FULL)
    return text_squeeze(entry->author);
  return entry->attribution == ATTRIBUTION_FIRST_NAME ? first_name(entry->author) : NULL;
}

const char *entry_said_place(const Entry *entry) {
  return entry->attribution == ATTRIBUTION_NONE || text_is_blank(entry->place) ? NULL : entry->place;
}

bool entry_may_be_heard(const Entry *entry, gint64 now_us) {
  return entry->status == STATUS_APPROVED && (entry->expires_us == 0 || entry->expires_us > now_us);
}

bool entry_is_anonymous(const Entry *entry) {
  return entry->attribution == ATTRIBUTION_NONE || entry->attribution == ATTRIBUTION_PLACE;
}
