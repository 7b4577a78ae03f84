#include "sources/guess.h"

#include "base/i18n.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

/* A thought is judged by its beginning. */
#define LOOK_BYTES 4096
/* Words that tell a language. */
#define MOST_WORDS 800

typedef struct {
  EntryKind kind;
  const char *language;
  const char *phrases; /* folded, "|" between; "^" the text begins so */
} Rule;

/* In this order: what must be heard first comes first. */
static const Rule rules[] = {
  /* Danger for people: said in so many words. */
  {KIND_ALERT, "fr", "alerte|urgent|urgence vitale|danger|rappel produit|rappel de produit|vigilance|arnaque|"
                     "evacuation"},
  {KIND_ALERT, "en", "alert|urgent|danger|product recall|warning|evacuation|scam"},
  {KIND_ALERT, "es", "alerta|urgente|peligro|retirada de producto|estafa"},
  /* Something is broken, lacking or forbidden. */
  {KIND_PROBLEM, "fr", "probleme|problemes|impossible de|impossible d|ne fonctionne pas|ne fonctionne plus|"
                       "ne fonctionnent|ne marche pas|ne marche plus|ne marchent|en panne|interdit|interdits|"
                       "interdite|bloque|bloquee|bloques|difficulte|difficultes|manque de|manquons|manquent|"
                       "il manque|on manque|rupture de|plus de masques|plus de reseau|pas de reseau|"
                       "plus de debouches|n ont pas|n a pas de|n a plus|n ont plus|n y a plus|n y a pas|ne peut pas|"
                       "ne peuvent pas|ne sont plus|personne ne|pas acces|n arrive pas|n arrivent pas|sans solution|"
                       "sature|saturee|saturees|coupure|perturbation|en retard"},
  {KIND_PROBLEM, "en", "problem|problems|cannot|can t|nobody|no one|does not work|doesn t work|do not work|"
                       "don t work|not working|broken|is down|blocked|forbidden|shortage|lack of|run out|ran out|"
                       "out of stock|difficult to|unable to|no access|missing"},
  {KIND_PROBLEM, "es", "problema|problemas|imposible|no funciona|no funcionan|averiado|averiada|bloqueado|prohibido|"
                       "falta de|faltan|no hay|sin acceso|dificultad|no podemos"},
  /* A question without its mark. */
  {KIND_QUESTION, "fr", "^comment|^est ce que|^quel|^quelle|^quels|^quelles|^pourquoi|^qui|^ou trouver|^quand|"
                        "^combien|^y a t il|^faut il|^peut on|^d ou|^a quel|^de quel|^en quoi|^a qui|^avec qui|"
                        "^jusqu a quand|^a partir de quand|^quid|je me demande|on se demande|comment faire|"
                        "quelqu un sait|qui peut"},
  {KIND_QUESTION, "en", "^how|^what|^why|^who|^where|^when|^which|^is there|^are there|^can we|^can i|^do we|"
                        "^should we|does anyone|anybody know|we wonder"},
  {KIND_QUESTION, "es", "^como|^que|^por que|^quien|^donde|^cuando|^cuanto|^hay alguien|alguien sabe|nos preguntamos"},
  /* Something to look up or to use. */
  {KIND_RESOURCE, "fr", "recenser|recensement|recense|recensons|tableau collaboratif|tutoriel|mode d emploi|guide|"
                        "annuaire|carte ouverte|boite a outils|ressource en ligne|logiciel libre|lien|liens"},
  {KIND_RESOURCE, "en", "tutorial|toolkit|directory|resource list|guide|free software|link to"},
  {KIND_RESOURCE, "es", "tutorial|guia|directorio|enlace|herramienta|recurso"},
  /* What could be done. */
  {KIND_IDEA, "fr", "il faudrait|il faut|on pourrait|nous pourrions|je propose|on propose|proposition|et si|remarque|"
                    "suggestion|pourquoi pas|une idee|l idee|opportunite|ce serait bien|faire appel a|on devrait|"
                    "nous devrions|besoin de|besoin financier|occasion d"},
  {KIND_IDEA, "en", "we could|we should|i suggest|i propose|what if|an idea|the idea|let s|how about|"
                    "it would be good|proposal|suggestion"},
  {KIND_IDEA, "es", "podriamos|deberiamos|propongo|propuesta|y si|una idea|habria que|seria bueno|sugiero"},
  /* Said in so many words: how people are. */
  {KIND_FEELING, "fr", "j ai peur|on a peur|n en peux plus|n en peut plus|epuise|epuisee|epuises|epuisees|a bout|"
                       "angoisse|angoissee|je suis seul|je suis seule|me sens"},
  {KIND_FEELING, "en", "i am afraid|we are afraid|exhausted|i feel|we feel|so grateful"},
  {KIND_FEELING, "es", "tengo miedo|tenemos miedo|agotado|agotada|me siento"},
  /* What was lived. */
  {KIND_EXPERIENCE, "fr", "retour d experience|retours d experience|nous avons|on a mis|on a fait|j ai|"
                          "depuis dix ans|depuis des annees|pendant des annees|temoignage|chez nous|nous faisons|"
                          "nous utilisons|on utilise|nous etions|a developpe|ont developpe|a mis en place|ca marche|"
                          "ca fonctionne"},
  {KIND_EXPERIENCE, "en", "we have|we had|we did|we started|i have been|in our|we use|we tried|it works|worked well|"
                          "for years"},
  {KIND_EXPERIENCE, "es", "hemos|tenemos|nuestra experiencia|llevamos|utilizamos|funciona bien|en nuestro|en nuestra"},
  /* When and where something happens. */
  {KIND_ANNOUNCEMENT, "fr", "reunion|rendez vous|rdv|est ouvert|est ouverte|sont ouverts|sont ouvertes|ouvert de|"
                            "ouverte de|est ferme|est fermee|sont fermes|sont fermees|ouvrira|fermera|rouvre|"
                            "rouvrira|aura lieu|auront lieu|inscription|inscriptions|permanence|distribution|"
                            "horaires|reporte|reportee|annule|annulee|a partir de|demain|collecte|prochaine"},
  {KIND_ANNOUNCEMENT, "en", "meeting|appointment|is open|is closed|are open|are closed|opens|closes|will open|"
                            "will close|will take place|registration|postponed|cancelled|tomorrow|opening hours|"
                            "starting on"},
  {KIND_ANNOUNCEMENT, "es", "reunion|cita|esta abierto|esta abierta|esta cerrado|esta cerrada|abrira|cerrara|"
                            "tendra lugar|inscripciones|aplazado|cancelado|manana|horario"},
  /* How people are. */
  {KIND_FEELING, "fr", "peur|n en peux plus|n en peut plus|fatiguee|fatigues|merci|bravo|inquiet|inquiete|inquiets|"
                       "inquietude|angoisse|triste|tristesse|seul|seule|solitude|joie|heureux|heureuse|emu|emue|"
                       "courage|colere|stress|epuise|epuisee|soulage|soulagee|fier|fiere"},
  {KIND_FEELING, "en", "afraid|scared|tired|thank you|thanks|worried|anxious|sad|lonely|happy|proud|angry|exhausted|"
                       "grateful"},
  {KIND_FEELING, "es", "miedo|cansado|cansada|gracias|preocupado|preocupada|triste|solo|sola|feliz|orgullosa|"
                       "orgulloso|agotada|agotado"},
  /* The same words, weaker: inside a sentence. */
  {KIND_QUESTION, "fr", "comment|est ce que|quelle|quelles"},
  {KIND_RESOURCE, "fr", "tableau|outil|outils|outils libres|ressource|ressources"},
  {KIND_RESOURCE, "en", "tool|tools|resource|resources"},
  {KIND_IDEA, "fr", "pourrait|pourraient|permettrait|proposer|pourrions|enjeu"},
};

/* Sections by what they announce; a heading holds one of these words. */
static const struct { EntryKind kind; const char *words; } headings[] = {
  {KIND_QUESTION, "question|questions|questionnements|interrogations|pregunta|preguntas|dudas"},
  {KIND_PROBLEM, "probleme|problemes|difficultes|freins|blocages|ce qui coince|ce qui ne va pas|ce qui ne marche pas|"
                 "ce qui bloque|points de blocage|points noirs|went wrong|didn t go well|what went badly|to improve|"
                 "problem|problems|issues|difficulties|problema|problemas|dificultades"},
  {KIND_RESOURCE, "ressources|ressource|outils|liens|recensement|resources|tools|links|recursos|herramientas|enlaces"},
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
static const struct { const char *language, *words; } common_words[] = {
  {"fr", " le les des est une dans pour pas avec sur qui du au aux nous vous il elle on ce cette sont ont plus ou et "
         "que je mais leur par fait tout "
         "quel quelle comment depuis chez ne faut "},
  {"en", " the of and to is are in for we you it that this with on have has can at be our not they from will was "
         "were there who what how do does "
         "would should if any my "},
  {"es", " el los las una es con para por que del al se no hay nos muy pero como su sus mas esta este son donde "
         "quien cuando hemos tenemos lo y "},
};

/* `folded` has a blank on each side. The phrase found (interned), or NULL. */
static const char *find_phrase(const char *folded, const char *phrases) {
  gsize length = strlen(folded);
  for (const char *p = phrases; *p != '\0';) {
    const char *end = strchrnul(p, '|');
    const char *phrase = *p == '^' ? p + 1 : p;
    gsize n = (gsize)(end - phrase);
    gsize window = *p == '^' ? MIN(length, n + 2) : length;
    for (const char *hit = folded; (hit = memmem(hit, window - (gsize)(hit - folded), phrase, n)) != NULL; hit++) {
      if (hit > folded && hit[-1] == ' ' && hit[n] == ' ') {
        g_autofree char *found = g_strndup(phrase, n);
        return g_intern_string(found);
      }
    }
    p = *end == '|' ? end + 1 : end;
  }
  return NULL;
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
  static const char *const others[] = {"faire", "mettre", "prendre", "construire", "rendre", "permettre", "dire",
                                       "vendre", "lire", NULL};
  static const char *const not_verbs[] = {"hier", "hiver", "cher", "mer", "avenir", "danger", "boulanger", "berger",
                                          "loyer", "foyer", "goûter", "verger", "potager", "amer", "soir", "espoir",
                                          "plaisir", "loisir", "desir", NULL};
  g_autofree char *word = g_strndup(folded + 1, strcspn(folded + 1, " "));
  bool ending = g_str_has_suffix(word, "er") || g_str_has_suffix(word, "ir");
  bool noun = g_str_has_suffix(word, "ier") && !g_str_has_suffix(word, "fier") && !g_str_has_suffix(word, "lier");
  return g_strv_contains(others, word) || (ending && strlen(word) > 4 && !noun && !g_strv_contains(not_verbs, word));
}

static const char *because(const char *phrase) {
  g_autofree char *why = g_strdup_printf("\"%s\"", phrase);
  return g_intern_string(why);
}

EntryKind guess_kind(const char *text, const char *language, bool has_links, int heading, const char **why) {
  g_autofree char *folded = fold_start(text);
  gsize n = strlen(text);
  while (n > 0 && strchr(" )\"!.", text[n - 1]) != NULL) {
    n--;
  }
  g_autofree char *head = g_strndup(text, MIN(strlen(text), (gsize)LOOK_BYTES));
  for (guint i = 0; i < G_N_ELEMENTS(rules) && rules[i].kind == KIND_ALERT; i++) {
    const char *phrase = strcmp(rules[i].language, language) == 0 ? find_phrase(folded, rules[i].phrases) : NULL;
    if (phrase != NULL && !(n > 0 && text[n - 1] == '?')) {
      *why = because(phrase);
      return KIND_ALERT;
    }
  }
  if ((n > 0 && text[n - 1] == '?') || strstr(head, "? ") != NULL || strstr(head, "¿") != NULL) {
    *why = N_(N_("question mark"));
    return KIND_QUESTION;
  }
  if (heading >= 0) {
    *why = N_("heading");
    return (EntryKind)heading;
  }
  for (guint i = 0; i < G_N_ELEMENTS(rules); i++) {
    const char *phrase = strcmp(rules[i].language, language) == 0 ? find_phrase(folded, rules[i].phrases) : NULL;
    if (phrase != NULL) {
      *why = because(phrase);
      return rules[i].kind;
    }
    bool last_strong_idea = rules[i].kind == KIND_IDEA && strcmp(rules[i].language, "es") == 0;
    if (last_strong_idea && strcmp(language, "fr") == 0 && opens_with_infinitive(folded)) {
      *why = N_(N_("opens with an infinitive"));
      return KIND_IDEA;
    }
  }
  *why = has_links ? N_("link") : N_("no rule fired");
  return has_links ? KIND_RESOURCE : KIND_EXPERIENCE;
}

int guess_heading(const char *heading) {
  g_autofree char *folded = fold_start(heading);
  for (guint i = 0; i < G_N_ELEMENTS(headings); i++) {
    if (find_phrase(folded, headings[i].words) != NULL) {
      return (int)headings[i].kind;
    }
  }
  return -1;
}

const char *guess_language(const char *text, const char *fallback) {
  g_autofree char *folded = fold_start(text);
  g_auto(GStrv) words = g_strsplit(folded, " ", MOST_WORDS + 1);
  guint best = 0, second = 0, kept = 0;
  const char *found = fallback;
  for (guint i = 0; i < G_N_ELEMENTS(common_words); i++) {
    guint hits = 0;
    for (guint w = 0; words[w] != NULL && w < MOST_WORDS; w++) {
      char spaced[24];
      g_snprintf(spaced, sizeof spaced, " %s ", words[w]);
      hits += *words[w] != '\0' && strstr(common_words[i].words, spaced) != NULL ? 1 : 0;
    }
    kept = strcmp(common_words[i].language, fallback) == 0 ? hits : kept;
    second = hits > best ? best : MAX(second, hits);
    found = hits > best ? common_words[i].language : found;
    best = MAX(best, hits);
  }
  return best >= 2 && best > second && best >= 2 * kept ? found : fallback;
}

int guess_sign(gunichar sign) {
  static const struct { gunichar sign; EntryKind kind; } signs[] = {
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
