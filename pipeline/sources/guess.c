#include "sources/guess.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

/* A thought is judged by its beginning. */
#define LOOK_BYTES 4096
/* Words that tell a language. */
#define MOST_WORDS 800

typedef enum {
  WEAK,        /* a section's heading decides instead */
  STRONG,      /* wins over the heading */
  STRONG_LINK, /* the same, where an address stands by it; else it is no rule */
} Strength;

typedef struct {
  EntryKind kind;
  const char *language;
  const char *phrases; /* folded, "|" between; "^" the text begins so */
  Strength strength;
  const char *unless; /* phrases that say the contrary, or NULL */
} Rule;

/* In this order: what must be heard first comes first. */
/* clang-format off */
static const Rule rules[] = {
  /* Danger for people: said in so many words. */
  {KIND_ALERT, "fr", "alerte|urgent|urgence vitale|danger|rappel produit|rappel de produit|vigilance|arnaque|"
                     "evacuation", STRONG, NULL},
  {KIND_ALERT, "en", "alert|urgent|danger|product recall|warning|evacuation|scam", STRONG, NULL},
  {KIND_ALERT, "es", "alerta|urgente|peligro|retirada de producto|estafa", STRONG, NULL},
  /* Something is broken, lacking or forbidden. */
  {KIND_PROBLEM, "fr", "impossible de|impossible d|fonctionne pas|fonctionne plus|ne fonctionnent|marche pas|"
                       "marche plus|ne marchent|marchent pas|ne passe plus|en panne|en rupture|rupture de|"
                       "on n arrive pas",
   STRONG, NULL},
  {KIND_PROBLEM, "fr", "manque|manquons|manquent", STRONG,
   "ne manque pas|ne manque plus|ne manque rien|manque pas de|ne manquons pas|ne manquons plus|ne manquons de rien|"
   "ne manquent pas|ne manquent plus|ne manquent de rien|ne manque de rien"},
  {KIND_PROBLEM, "fr", "probleme|problemes|interdit|interdits|interdite|bloque|bloquee|bloques|difficulte|"
                       "difficultes|plus de masques|plus de reseau|pas de reseau|"
                       "plus de debouches|n ont pas|n a pas de|n a plus|n ont plus|n y a plus|n y a pas|ne peut pas|"
                       "ne peuvent pas|ne sont plus|personne ne|pas acces|n arrive pas|n arrivent pas|sans solution|"
                       "sature|saturee|saturees|coupure|perturbation|en retard", WEAK, NULL},
  {KIND_PROBLEM, "en", "does not work|doesn t work|do not work|don t work|not working|broken|is down|shortage of|"
                       "lack of|run out of|ran out of|out of stock", STRONG, NULL},
  {KIND_PROBLEM, "en", "problem|problems|cannot|can t|nobody|no one|blocked|forbidden|shortage|run out|ran out|"
                       "difficult to|unable to|no access|missing", WEAK, NULL},
  {KIND_PROBLEM, "es", "no funciona|no funcionan|averiado|averiada|falta de|faltan|no queda|no quedan", STRONG, NULL},
  {KIND_PROBLEM, "es", "problema|problemas|imposible|bloqueado|prohibido|no hay|sin acceso|dificultad|"
                       "no podemos", WEAK, NULL},
  /* A question without its mark. */
  {KIND_QUESTION, "fr", "^comment|^est ce que|^pourquoi|^combien|^y a t il|^faut il|^peut on|je me demande|"
                        "on se demande|quelqu un sait", STRONG, "^pourquoi pas"},
  {KIND_QUESTION, "fr", "^quel|^quelle|^quels|^quelles|^qui|^ou trouver|^quand|^d ou|^a quel|^de quel|^en quoi|"
                        "^a qui|^avec qui|^jusqu a quand|^a partir de quand|^quid|comment faire|qui peut", WEAK, NULL},
  {KIND_QUESTION, "en", "^why|^is there|^are there|^can we|^can i|^should we|does anyone|anybody know|we wonder",
   STRONG, NULL},
  {KIND_QUESTION, "en", "^how|^what|^who|^where|^when|^which|^do we", WEAK, NULL},
  {KIND_QUESTION, "es", "^por que|^hay alguien|alguien sabe|nos preguntamos", STRONG, NULL},
  {KIND_QUESTION, "es", "^como|^que|^quien|^donde|^cuando|^cuanto", WEAK, NULL},
  /* Something to look up or to use. */
  {KIND_RESOURCE, "fr", "recenser|recensement|recense|recensons|tableau|liste|annuaire|carte|cartographie|formulaire|"
                        "tutoriel|mode d emploi|guide|kit|boite a outils|logiciel", STRONG_LINK, NULL},
  {KIND_RESOURCE, "en", "list|table|spreadsheet|map|form|tutorial|toolkit|directory|guide", STRONG_LINK, NULL},
  {KIND_RESOURCE, "es", "lista|tabla|mapa|formulario|tutorial|guia|directorio", STRONG_LINK, NULL},
  {KIND_RESOURCE, "fr", "recenser|recensement|recense|recensons|tableau collaboratif|tutoriel|mode d emploi|guide|"
                        "annuaire|carte ouverte|boite a outils|ressource en ligne|logiciel libre|lien|liens",
   WEAK, NULL},
  {KIND_RESOURCE, "en", "tutorial|toolkit|directory|resource list|guide|free software|link to", WEAK, NULL},
  {KIND_RESOURCE, "es", "tutorial|guia|directorio|enlace|herramienta|recurso", WEAK, NULL},
  /* What could be done. */
  {KIND_IDEA, "fr", "on pourrait|nous pourrions|je propose|on propose|nous proposons|ce serait bien", STRONG, NULL},
  {KIND_IDEA, "fr", "il faudrait|il faut|proposition|et si|remarque|suggestion|pourquoi pas|une idee|l idee|"
                    "opportunite|faire appel a|on devrait|nous devrions|besoin de|besoin financier|"
                    "occasion d", WEAK, NULL},
  {KIND_IDEA, "en", "we could|i suggest|i propose|how about", STRONG, NULL},
  {KIND_IDEA, "en", "we should|what if|an idea|the idea|let s|it would be good|proposal|suggestion", WEAK, NULL},
  {KIND_IDEA, "es", "podriamos|propongo|sugiero", STRONG, NULL},
  {KIND_IDEA, "es", "deberiamos|propuesta|y si|una idea|habria que|seria bueno", WEAK, NULL},
  /* Said in so many words: how people are. */
  {KIND_FEELING, "fr", "j ai peur|on a peur|n en peux plus|n en peut plus", STRONG, NULL},
  {KIND_FEELING, "fr", "epuise|epuisee|epuises|epuisees|a bout|angoisse|angoissee|"
                       "je suis seul|je suis seule|me sens", WEAK, NULL},
  {KIND_FEELING, "en", "i am afraid|we are afraid|exhausted|i feel|we feel|so grateful", WEAK, NULL},
  {KIND_FEELING, "es", "tengo miedo|tenemos miedo|agotado|agotada|me siento", WEAK, NULL},
  /* What was lived. */
  {KIND_EXPERIENCE, "fr", "on a lance|nous avons lance|on a mis en place|nous avons mis en place|on a cree|"
                          "nous avons cree|retour d experience|retours d experience|ca marche bien|"
                          "ca fonctionne bien", STRONG, NULL},
  {KIND_EXPERIENCE, "fr", "nous avons|on a mis|on a fait|j ai|depuis dix ans|depuis des annees|pendant des annees|"
                          "temoignage|chez nous|nous faisons|nous utilisons|on utilise|nous etions|a developpe|"
                          "ont developpe|a mis en place|ca marche|"
                          "ca fonctionne", WEAK, NULL},
  {KIND_EXPERIENCE, "en", "we started|we launched|we set up|it works well|worked well", STRONG, NULL},
  {KIND_EXPERIENCE, "en", "we have|we had|we did|i have been|in our|we use|we tried|it works|for years", WEAK, NULL},
  {KIND_EXPERIENCE, "es", "hemos lanzado|hemos creado|hemos puesto en marcha|funciona bien", STRONG, NULL},
  {KIND_EXPERIENCE, "es", "hemos|tenemos|nuestra experiencia|llevamos|utilizamos|en nuestro|en nuestra", WEAK, NULL},
  /* When and where something happens. */
  {KIND_ANNOUNCEMENT, "fr", "reunion|rendez vous|rdv|est ouvert|est ouverte|sont ouverts|sont ouvertes|ouvert de|"
                            "ouverte de|est ferme|est fermee|sont fermes|sont fermees|ouvrira|fermera|rouvre|"
                            "rouvrira|aura lieu|auront lieu|inscription|inscriptions|permanence|distribution|"
                            "horaires|reporte|reportee|annule|annulee|a partir de|demain|collecte|prochaine",
   WEAK, NULL},
  {KIND_ANNOUNCEMENT, "en", "meeting|appointment|is open|is closed|are open|are closed|opens|closes|will open|"
                            "will close|will take place|registration|postponed|cancelled|tomorrow|opening hours|"
                            "starting on", WEAK, NULL},
  {KIND_ANNOUNCEMENT, "es", "reunion|cita|esta abierto|esta abierta|esta cerrado|esta cerrada|abrira|cerrara|"
                            "tendra lugar|inscripciones|aplazado|cancelado|manana|horario", WEAK, NULL},
  /* How people are. */
  {KIND_FEELING, "fr", "peur|n en peux plus|n en peut plus|fatiguee|fatigues|merci|bravo|inquiet|inquiete|inquiets|"
                       "inquietude|angoisse|triste|tristesse|seul|seule|solitude|joie|heureux|heureuse|emu|emue|"
                       "courage|colere|stress|epuise|epuisee|soulage|soulagee|fier|fiere", WEAK, NULL},
  {KIND_FEELING, "en", "afraid|scared|tired|thank you|thanks|worried|anxious|sad|lonely|happy|proud|angry|exhausted|"
                       "grateful", WEAK, NULL},
  {KIND_FEELING, "es", "miedo|cansado|cansada|gracias|preocupado|preocupada|triste|solo|sola|feliz|orgullosa|"
                       "orgulloso|agotada|agotado", WEAK, NULL},
  /* The same words, weaker: inside a sentence. */
  {KIND_QUESTION, "fr", "comment|est ce que|quelle|quelles", WEAK, NULL},
  {KIND_RESOURCE, "fr", "tableau|outil|outils|outils libres|ressource|ressources", WEAK, NULL},
  {KIND_RESOURCE, "en", "tool|tools|resource|resources", WEAK, NULL},
  {KIND_IDEA, "fr", "pourrait|pourraient|permettrait|proposer|pourrions|enjeu", WEAK, NULL},
};
/* clang-format on */

/* Sections by what they announce; a heading holds one of these words. */
static const struct {
  EntryKind kind;
  const char *words;
} headings[] = {
    {KIND_QUESTION, "question|questions|questionnements|interrogations|pregunta|preguntas|dudas"},
    {KIND_PROBLEM, "probleme|problemes|difficultes|freins|blocages|ce qui coince|ce qui ne va pas|ce qui ne marche pas|"
                   "ce qui bloque|ce qui marche pas|ce qui va pas|ce qui fonctionne pas|ce qui manque|"
                   "points de blocage|points noirs|went wrong|didn t go well|what went badly|to improve|"
                   "problem|problems|issues|difficulties|problema|problemas|dificultades"},
    {KIND_RESOURCE,
     "ressources|ressource|outils|liens|recensement|resources|tools|links|recursos|herramientas|enlaces"},
    {KIND_IDEA, "idees|idee|propositions|proposition|suggestions|pistes|solutions|remarques|ideas|idea|proposals|"
                "propuestas|sugerencias"},
    {KIND_EXPERIENCE, "ce qui marche|ce qui va bien|ce qui fonctionne|went well|lo que funciona|experiences|experience|"
                      "temoignages|retours d experience|retours d experiences|experiencias|testimonios"},
    {KIND_FEELING, "humeur|ressentis|ressenti|emotions|remerciements|mercis|merci|feelings|thanks|agradecimientos|"
                   "sentimientos"},
    {KIND_ALERT, "alertes|alerte|urgences|vigilance|alerts|alertas"},
    {KIND_ANNOUNCEMENT, "annonces|annonce|agenda|informations|infos|a savoir|rendez vous|announcements|news|events|"
                        "anuncios|noticias|avisos"},
};

/* Words that only one of the three languages has, and often. */
static const struct {
  const char *language, *words;
} common_words[] = {
    {"fr", "le les des est une dans pour pas avec sur qui du au aux nous vous il elle on ce cette sont ont plus ou et "
           "que je mais leur par fait tout "
           "quel quelle comment depuis chez ne faut "},
    {"en", "the of and to is are in for we you it that this with on have has can at be our not they from will was "
           "were there who what how do does "
           "would should if any my "},
    {"es", "el los las una es con para por que del al se no hay nos muy pero como su sus mas esta este son donde "
           "quien cuando hemos tenemos lo y "},
};

/* `folded` has a blank on each side. True when it holds one of the phrases. */
static bool holds_phrase(const char *folded, const char *phrases) {
  gsize length = strlen(folded);
  for (const char *p = phrases; *p != '\0';) {
    const char *end = strchrnul(p, '|');
    const char *phrase = *p == '^' ? p + 1 : p;
    gsize n = (gsize)(end - phrase);
    gsize window = *p == '^' ? MIN(length, n + 2) : length;
    for (const char *hit = folded; (hit = memmem(hit, window - (gsize)(hit - folded), phrase, n)) != NULL; hit++) {
      if (hit > folded && hit[-1] == ' ' && hit[n] == ' ') {
        return true;
      }
    }
    p = *end == '|' ? end + 1 : end;
  }
  return false;
}

/* --- the rules' phrases, found in one walk over the text ---------------------------------------- */

typedef struct {
  const char *text; /* in its rule's list, not ended */
  guint16 nbytes, rule;
  bool at_start;
} Phrase;

/* By the first byte of the phrase, in the order of the rules. */
static gpointer index_phrases(G_GNUC_UNUSED gpointer unused) {
  GArray **by_letter = g_new0(GArray *, 256);
  for (guint rule = 0; rule < G_N_ELEMENTS(rules); rule++) {
    for (const char *p = rules[rule].phrases; *p != '\0';) {
      const char *end = strchrnul(p, '|');
      bool at_start = *p == '^';
      p += at_start ? 1 : 0;
      Phrase phrase = {p, (guint16)(end - p), (guint16)rule, at_start};
      GArray **list = &by_letter[(guchar)*p];
      *list = *list != NULL ? *list : g_array_new(FALSE, FALSE, sizeof(Phrase));
      g_array_append_val(*list, phrase);
      p = *end == '|' ? end + 1 : end;
    }
  }
  return by_letter;
}

/* The first phrase of each rule that the text holds; no text: none. */
typedef struct {
  const Phrase *first[G_N_ELEMENTS(rules)];
} Found;

static void find_at(const char *folded, const char *word, const GArray *phrases, Found *found) {
  for (guint i = 0; i < phrases->len; i++) {
    const Phrase *phrase = &g_array_index(phrases, Phrase, i);
    const Phrase **first = &found->first[phrase->rule];
    if ((*first == NULL || phrase->text < (*first)->text) && (!phrase->at_start || word == folded + 1) &&
        strncmp(word, phrase->text, phrase->nbytes) == 0 && word[phrase->nbytes] == ' ') {
      *first = phrase;
    }
  }
}

static void find_phrases(const char *folded, Found *found) {
  static GOnce once = G_ONCE_INIT;
  GArray *const *by_letter = g_once(&once, index_phrases, NULL);
  *found = (Found){{NULL}};
  for (const char *blank = folded; blank != NULL && blank[1] != '\0'; blank = strchr(blank + 1, ' ')) {
    const GArray *phrases = by_letter[(guchar)blank[1]];
    if (phrases != NULL) {
      find_at(folded, blank + 1, phrases, found);
    }
  }
}

static char *fold_start(const char *text) {
  gsize n = strlen(text);
  const char *end = text + MIN(n, LOOK_BYTES);
  while (end > text && (*end & 0xC0) == 0x80) {
    end--;
  }
  g_autofree char *start = g_strndup(text, (gsize)(end - text));
  g_autofree char *folded = text_fold(start);
  return g_strdup_printf(" %s ", folded);
}

/* "Faire appel à la radio", "Recenser les besoins": a French thought that opens with an infinitive. */
static bool opens_with_infinitive(const char *folded) {
  static const char *const others[] = {"faire",     "mettre", "prendre", "construire", "rendre",
                                       "permettre", "dire",   "vendre",  "lire",       NULL};
  static const char *const not_verbs[] = {"hier",   "hiver",  "cher",    "mer",    "avenir", "danger",  "boulanger",
                                          "berger", "loyer",  "foyer",   "goûter", "verger", "potager", "amer",
                                          "soir",   "espoir", "plaisir", "loisir", "desir",  NULL};
  g_autofree char *word = g_strndup(folded + 1, strcspn(folded + 1, " "));
  bool ending = g_str_has_suffix(word, "er") || g_str_has_suffix(word, "ir");
  bool noun = g_str_has_suffix(word, "ier") && !g_str_has_suffix(word, "fier") && !g_str_has_suffix(word, "lier");
  return g_strv_contains(others, word) || (ending && strlen(word) > 4 && !noun && !g_strv_contains(not_verbs, word));
}

static const char *because(const Phrase *phrase) {
  g_autofree char *why = g_strdup_printf("\"%.*s\"", (int)phrase->nbytes, phrase->text);
  return g_intern_string(why);
}

/* The phrase by which rule `i` fires, or NULL. */
static const Phrase *phrase_of(guint i, const char *folded, const Found *found, const char *language, bool has_links) {
  const Rule *rule = &rules[i];
  bool fires = found->first[i] != NULL && strcmp(rule->language, language) == 0 &&
               (has_links || rule->strength != STRONG_LINK) &&
               (rule->unless == NULL || !holds_phrase(folded, rule->unless));
  return fires ? found->first[i] : NULL;
}

/* The kind of the first rule, of the strong ones or of all, that a phrase fires; -1 when none does. */
static int find_rule(const char *folded, const Found *found, const char *language, bool has_links, bool strong,
                     const char **why) {
  for (guint i = 0; i < G_N_ELEMENTS(rules); i++) {
    const Phrase *phrase =
        strong && rules[i].strength == WEAK ? NULL : phrase_of(i, folded, found, language, has_links);
    if (phrase != NULL) {
      *why = because(phrase);
      return (int)rules[i].kind;
    }
    /* After what is said in so many words, before the weaker rest. */
    bool last_idea = rules[i].kind == KIND_IDEA && i + 1 < G_N_ELEMENTS(rules) && rules[i + 1].kind == KIND_FEELING;
    if (!strong && last_idea && strcmp(language, "fr") == 0 && opens_with_infinitive(folded)) {
      *why = N_("opens with an infinitive");
      return KIND_IDEA;
    }
  }
  return -1;
}

EntryKind guess_kind(const char *text, const char *language, bool has_links, int heading, const char **why) {
  g_autofree char *folded = fold_start(text);
  gsize n = strlen(text);
  while (n > 0 && strchr(" )\"!.", text[n - 1]) != NULL) {
    n--;
  }
  g_autofree char *head = g_strndup(text, MIN(strlen(text), (gsize)LOOK_BYTES));
  bool asks_at_end = n > 0 && text[n - 1] == '?';
  Found found;
  find_phrases(folded, &found);
  for (guint i = 0; !asks_at_end && i < G_N_ELEMENTS(rules) && rules[i].kind == KIND_ALERT; i++) {
    const Phrase *phrase = phrase_of(i, folded, &found, language, has_links);
    if (phrase != NULL) {
      *why = because(phrase);
      return KIND_ALERT;
    }
  }
  if (asks_at_end || strstr(head, "? ") != NULL || strstr(head, "¿") != NULL) {
    *why = N_("question mark");
    return KIND_QUESTION;
  }
  int kind = find_rule(folded, &found, language, has_links, heading >= 0, why);
  if (kind >= 0) {
    return (EntryKind)kind;
  }
  if (heading >= 0) {
    *why = N_("heading");
    return (EntryKind)heading;
  }
  *why = has_links ? N_("link") : N_("no rule fired");
  return has_links ? KIND_RESOURCE : KIND_EXPERIENCE;
}

int guess_heading(const char *heading) {
  g_autofree char *folded = fold_start(heading);
  for (guint i = 0; i < G_N_ELEMENTS(headings); i++) {
    if (holds_phrase(folded, headings[i].words)) {
      return (int)headings[i].kind;
    }
  }
  return -1;
}

/* Word → the languages that have it, a bit each. */
static gpointer index_common_words(G_GNUC_UNUSED gpointer unused) {
  GHashTable *common = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(common_words); i++) {
    g_auto(GStrv) words = g_strsplit(common_words[i].words, " ", -1);
    for (guint w = 0; words[w] != NULL && *words[w] != '\0'; w++) {
      guint languages = GPOINTER_TO_UINT(g_hash_table_lookup(common, words[w])) | 1u << i;
      g_hash_table_insert(common, g_strdup(words[w]), GUINT_TO_POINTER(languages));
    }
  }
  return common;
}

const char *guess_language(const char *text, const char *fallback) {
  static GOnce once = G_ONCE_INIT;
  GHashTable *common = g_once(&once, index_common_words, NULL);
  g_autofree char *folded = fold_start(text);
  g_auto(GStrv) words = g_strsplit(folded, " ", MOST_WORDS + 1);
  guint hits_of[G_N_ELEMENTS(common_words)] = {0}, best = 0, second = 0, kept = 0;
  for (guint w = 0; words[w] != NULL && w < MOST_WORDS; w++) {
    guint languages = GPOINTER_TO_UINT(g_hash_table_lookup(common, words[w]));
    for (guint i = 0; languages != 0 && i < G_N_ELEMENTS(common_words); i++) {
      hits_of[i] += languages >> i & 1;
    }
  }
  const char *found = fallback;
  for (guint i = 0; i < G_N_ELEMENTS(common_words); i++) {
    guint hits = hits_of[i];
    kept = strcmp(common_words[i].language, fallback) == 0 ? hits : kept;
    second = hits > best ? best : MAX(second, hits);
    found = hits > best ? common_words[i].language : found;
    best = MAX(best, hits);
  }
  return best >= 2 && best > second && best >= 2 * kept ? found : fallback;
}

int guess_sign(gunichar sign) {
  static const struct {
    gunichar sign;
    EntryKind kind;
  } signs[] = {
      {0x2753, KIND_QUESTION},      /* ❓ */
      {0x2754, KIND_QUESTION},      /* ❔ */
      {0x1F914, KIND_QUESTION},     /* 🤔 */
      {0x1F4A1, KIND_IDEA},         /* 💡 */
      {0x26A0, KIND_ALERT},         /* ⚠ */
      {0x1F6A8, KIND_ALERT},        /* 🚨 */
      {0x1F517, KIND_RESOURCE},     /* 🔗 */
      {0x1F4CE, KIND_RESOURCE},     /* 📎 */
      {0x1F4DA, KIND_RESOURCE},     /* 📚 */
      {0x1F4E2, KIND_ANNOUNCEMENT}, /* 📢 */
      {0x1F4E3, KIND_ANNOUNCEMENT}, /* 📣 */
      {0x1F4C5, KIND_ANNOUNCEMENT}, /* 📅 */
      {0x274C, KIND_PROBLEM},       /* ❌ */
      {0x2764, KIND_FEELING},       /* ❤ */
      {0x1F64F, KIND_FEELING},      /* 🙏 */
  };
  for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
    if (signs[i].sign == sign) {
      return (int)signs[i].kind;
    }
  }
  return sign >= 0x1F600 && sign <= 0x1F64F ? (int)KIND_FEELING : -1; /* faces */
}
