/* Spanish, as a newsreader in Spain says it: tables, and nothing else.
 *
 * To teach the station something, add a row to one of these tables, then a line
 * to tests/spoken/es.tsv (what is written, a tab, what is said), and run
 *
 *     make && build/tests/test_speech_normalise
 *
 *   es_first         what the rules of every language would take for their own, in rules_es_first.c; rows as below
 *   es_short_forms   an abbreviation ("ayto."), in rules_es_words.c; no pattern
 *   es_notes         the same, of hurried notes ("polid."), in rules_es_notes.c
 *   es_units         what follows a number ("km/h"), in rules_es_words.c
 *   rules            all else. A row has a name, the bytes of which the text must hold one (the rest of the row then
 *                    costs nothing), a pattern of PCRE2 (https://www.pcre.org; a backslash is written twice; {unit} is
 *                    any of the units), and either what is said in its place (\\1 is the first parenthesis) or a
 *                    function of say_es.h.
 *   A word, a sigle or a name needs no row here: it goes in voices/lexicon.es.yaml.
 *
 * The order: es_first, then the rules of every language (rules_common.c), then short_forms (the longest that fits), then
 * rules, from the first row to the last, each on what the rows above have left. Digits that a row leaves are said by
 * those below it. Then the lexicon, and sigles letter by letter (tidy.c).
 *
 * Where good readers differ, it is said thus: hours by the day of 24 hours, as written ("las catorce treinta"), the first
 * of a month "uno de mayo", "21 %" "veintiuno por ciento" and "100 %" "cien por cien", telephones digit by digit in the
 * groups as written, "016" "cero dieciséis" but "112" "uno uno dos", a school year by its two years, "siglo V" "siglo
 * quinto" and from eleven on a number, "€/mes" "euros al mes"; both forms of inclusive writing, in their order. */
#include "speech/say_es.h"

/* clang-format off */

/* --- patterns ------------------------------------------------------------------------- */

#define BEHIND_LOS "(?<=\\b[Ll]os |[Uu]nos |[Tt]odos |[Ee]stos |estros )"
#define WHOLE "(\\d{1,3}(?:[. " NBSP "]\\d{3})+|\\d{1,9})"
#define NUMBER "(\\d{1,3}(?:[. " NBSP "]\\d{3})+(?:,\\d+)?|\\d+(?:,\\d+)?)"
#define MONTH "(" MONTHS "|ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic)"
/* An hour as it is written before one that tells what both are. */
#define HOUR "((?:[01]?\\d|2[0-4])(?:[:.h'][0-5]\\d)?(?:" GAP H ")?)"
#define COIN "(€|\\$|£|EUR|USD|euros)" NO_WORD_AFTER
#define COIN_FIRST "(€|US\\$|\\$|£)"
/* Before a letter that is a wind's, also the second of two. */
#define WIND "(?:(?<=[Vv]iento |[Vv]ientos |iento del |ientos del |omponente |achas del )|iento (?:del )?\\p{L}{1,10} o \\K)"
#define PRICE "(?<=€|euros|euro|EUR|\\$|éntimos)\\s?/\\s?"
#define NINE_DIGITS                                                                                                      \
  "(?:[6-9]\\d\\d[ ." NBSP "-]\\d{3}[ ." NBSP "-]\\d{3}|[6-9]\\d\\d(?:[ ." NBSP "-]\\d\\d){3}|"                           \
  "[89]\\d[ ." NBSP "-]\\d{3}[ ." NBSP "-]\\d\\d[ ." NBSP "-]?\\d\\d|[6-9]\\d\\d[ " NBSP "-]\\d{6})"
/* Kings, popes: to ten an ordinal, then a number. */
#define RULER                                                                                                            \
  "((?:Felipe|Juan Carlos|Carlos|Alfonso|Fernando|Isabel|Juan|Juan Pablo|Pablo|Pío|Benedicto|León|Luis|Enrique|Jaime|"    \
  "Pedro|Sancho|Ramiro|Napoleón|Guillermo|Francisco|Jorge|Ricardo|Eduardo|Catalina|Nicolás|Clemente|Gregorio|"           \
  "Inocencio|Urbano|Sixto|Julio|Ramón Berenguer|Bermudo|Ordoño|Jacobo|Federico|Otón|Leopoldo|Alejandro|María|"           \
  "[Ss]iglos?|SIGLO) )"
#define PART                                                                                                             \
  "((?:[Cc]apítulo|[Tt]omo|[Tt]ítulo|[Vv]olumen|[Pp]arte|[Ff]ase|[Tt]ipo|[Gg]rupo|[Aa]nexo|[Aa]cto|[Ee]scena|[Zz]ona|"    \
  "[Nn]ivel|[Pp]abellón|[Ss]ector|[Ll]ibro|[Aa]rtículo|N|[Ss]ección|[Cc]lase|[Bb]loque|[Tt]ema|[Pp]olígono|[Ee]dificio) )"
/* Masculine nouns before which "1.º" is "primer". */
#define NTH_NOUN                                                                                                         \
  "(piso|premio|puesto|curso|grado|ciclo|trimestre|cuatrimestre|semestre|domingo|sábado|lunes|martes|miércoles|jueves|"  \
  "viernes|día|mes|año|aniversario|turno|grupo|tiempo|nivel|plazo|pago|lugar|equipo|festival|concurso|certamen|"         \
  "encuentro|congreso|torneo|campeonato|punto|sorteo|plato|intento|tramo|cuarto|clasificado|sector|plan)"

/* {what it is about, characters of which a line must hold one, pattern, said, or function}:
 * each is tried on what those above it have left. */
static const Rule rules[] = {
    /* Who is meant. */
    {"all of them by @", "@", "([Tt])od@s l@s (\\p{L}{2,30}or)@s" NO_WORD_AFTER, "\\1odas las \\2as y todos los \\2es", NULL},
    {"all of them, ending in o", "@", "([Tt])od@s l@s (\\p{L}{2,30})@s" NO_WORD_AFTER, "\\1odas las \\2as y todos los \\2os", NULL},
    {"dear both", "/", NO_WORD_BEFORE "([Ee]stimad|[Qq]uerid|[Aa]preciad)o(s?)/as? (\\p{L}{3,30}?)o(s?)/as?" NO_WORD_AFTER, NULL, es_inclusive_phrase},
    {"one or several", "/", "(?<!\\p{L})(\\p{L}{3,30})/(es|s)" NO_WORD_AFTER, "\\1 o \\1\\2", NULL},
    {"inclusive article and noun by @", "@", NO_WORD_BEFORE "((?i:l|un|algun|est|aquell|nuestr|vuestr|much|otr|vari))@(s?) (\\p{L}{2,30})@(s?)" NO_WORD_AFTER, NULL, es_inclusive_phrase},
    {"inclusive article and noun by x", "x", NO_WORD_BEFORE "(l|un|est|nuestr|vuestr|much|otr)x(s?) (\\p{Ll}{2,30})x(s?)" NO_WORD_AFTER, NULL, es_inclusive_phrase},
    {"los trabajador@s: his first", "@", BEHIND_LOS "(\\p{L}{2,30}or)@s" NO_WORD_AFTER, "\\1es/as", NULL},
    {"los niñ@s: his first", "@", BEHIND_LOS "(\\p{L}{2,30})@s" NO_WORD_AFTER, "\\1os/as", NULL},
    {"inclusive by @", "@", NO_WORD_BEFORE "(\\p{L}{1,30})@(s?)" NO_WORD_AFTER, NULL, es_inclusive},
    {"inclusive by x", "x", NO_WORD_BEFORE "(\\p{L}?\\p{Ll}{1,30}[bcdfghjlmnñprstvz])x(s)" NO_WORD_AFTER, NULL, es_inclusive},
    {"inclusive by x, one", "x", NO_WORD_BEFORE "(tod|[Tt]od|niñ|vecin|amig|compañer|alumn|ell|herman|maestr|much)x()" NO_WORD_AFTER, NULL, es_inclusive},
    {"inclusive article and noun", "/", "(?i)" NO_WORD_BEFORE "(todos/as los/as|el/la|la/el|los/as|los/las|las/los|un/a|un/una|unos/as|del/la|del/de la|al/la|al/a la|nuestros/as) (\\p{L}{3,30})(?:/-?|\\(-?)(?:a|as|ra|ras|na|nas)\\b\\)?", NULL, es_inclusive_article},
    {"inclusive article, plural", "/", "(?i)" NO_WORD_BEFORE "(?:los/as|los/las)" NO_WORD_AFTER, "los y las", NULL},
    {"inclusive article, plural, hers first", "/", "(?i)" NO_WORD_BEFORE "las/l?os" NO_WORD_AFTER, "las y los", NULL},
    {"inclusive article", "/", "(?i)" NO_WORD_BEFORE "(el|la|un|al|del)/(a la|de la|la|el|una|a)" NO_WORD_AFTER "(?<!un/a)", "\\1 o \\2", NULL},
    {"inclusive article, one", "/", "(?i)" NO_WORD_BEFORE "(un)/a" NO_WORD_AFTER, "\\1 o una", NULL},
    {"inclusive adjective", "/(", "(\\p{L}{3,30}(?:/|\\()as\\)?) ((?!tod)\\p{Ll}{3,30}s)(?:/|\\()as\\b\\)?", "\\1 \\2", NULL},
    {"inclusive by a slash", "/", NO_WORD_BEFORE "(\\p{L}{2,30}?)/-?(?:[a-z]{0,3}?)(as?)" NO_WORD_AFTER "(?<=/a|/as|/-a|/-as|/ra|/ras|/na|/nas|/ora|/oras|/ta|/tas)", NULL, es_inclusive_ending},
    {"inclusive by parentheses", "(", NO_WORD_BEFORE "(\\p{L}{2,30})\\(-?(as?)\\)", NULL, es_inclusive_ending},
    {"plural by parentheses", "(", "(?<=\\p{L})\\((e?s)\\)", "\\1", NULL},

    /* Signs. */
    {"number sign", "#", "(?<![\\p{L}\\d])#\\s?(?=\\d)", "número ", NULL},
    {"paragraph sign", "§", "§+\\s*", "párrafo ", NULL},
    {"at a place", "@", "(?<=\\s|^)@\\s*(?=[\\p{L}\\d])", "en ", NULL},
    {"and, before the sound of i", "&", "\\s*&\\s*(?=[Hh]?[IiÍí](?![ea]))", " e ", NULL},
    {"and", "&", "\\s*&\\s*", " y ", NULL},
    {"plus and minus", "±", "±\\s?", "más menos ", NULL},
    {"about so many, of a feminine noun", "~", "(?<=\\s|^)~\\s?(?=\\d{1,4} (?!(?:días|problemas|programas|sistemas|temas|idiomas|mapas|planetas|tranvías|diplomas|gramas)\\b)\\p{Ll}+as\\b)", "unas ", NULL},
    {"about", "≈~", "≈\\s*|(?<=\\s|^)~\\s?(?=\\d)", "unos ", NULL},
    {"more than", ">", "(?<=\\s|^|\\()>\\s?(?=\\d)", "más de ", NULL},
    {"less than", "<", "(?<=\\s|^|\\()<\\s?(?=\\d)", "menos de ", NULL},
    {"blood", "+-", "(?<=\\s|^|\\()(A|B|AB|0|O)\\+(?=[\\s.,;)]|$)(?! ?\\d)", "\\1 más", NULL},
    {"blood, negative", "-", "(?<=\\s|^|\\()(A|B|AB|0|O)-(?=[\\s.,;)]|$)", "\\1 menos", NULL},
    {"more than that age", "+", "(?<=\\s|^|\\()\\+" GAP "(?:de )?(\\d{1,9})(?= (?:años|personas|plazas|euros|días|socios)\\b)", "más de \\1", NULL},
    {"that age and more", "+", "(?<=\\d)\\+(?=[\\s.,;:!?)]|$)(?!\\s?\\d)", " o más", NULL},
    {"plus one alone", "+", "(?<![\\p{L}\\d])\\+\\s?(\\d{1,3})(?=[\\s.,;:!?)]*$|\\s+\\p{Lu}|[.,;!?)])", " más \\1", NULL},
    {"plus after a sigle", "+", "(?<=\\p{Lu}{2})\\+(?=[\\s.,;:!?)]|$)", " más", NULL},
    {"plus", "+", "(?<=\\s|^|\\()\\+\\s?(?=\\p{L})|(?<=\\p{L})\\s?\\+\\s?(?=\\p{L})|(?<=\\d)\\s?\\+\\s?(?=\\d)|(?<=\\p{L}) \\+ (?=\\d)|(?<=\\d) \\+ (?=\\p{L})", " más ", NULL},
    {"is", "=", "(?<=\\p{L}{2}|\\))\\s*=+\\s*(?=\\p{L}{2})(?!(?:más|menos) )", ", es ", NULL},
    {"equals", "=", "\\s*=+>?\\s*", " igual a ", NULL},
    {"times", "xX×", NUMBER_BEFORE "(\\d{1,6}(?:,\\d{1,3})?)\\s?[xX×]\\s?(?=\\d)", "\\1 por ", NULL},
    {"divided by", "÷", "\\s*÷\\s*", " dividido entre ", NULL},

    /* Digits that are no amounts. */
    {"day and night", "7", NUMBER_BEFORE "24/7" NUMBER_AFTER, "veinticuatro horas, siete días", NULL},
    {"day and night, in hours", "/", NUMBER_BEFORE "24" GAP "h(?:oras)?/365", "veinticuatro horas, todos los días", NULL},
    {"telephone beside another", "/", "(?<=\\d\\d)\\s?/\\s?(?=[6-9]\\d\\d[ .-]?\\d{2,3}[ .-]?\\d{2,3})", ", ", NULL},
    {"nine digits of a telephone", "6789", NUMBER_BEFORE "([6-9]\\d\\d)(\\d{3})(\\d{3})" NUMBER_AFTER "(?! ?[€$]| (?:euros|de|habitantes))", "\\1 \\2 \\3", NULL},
    {"country of a telephone", "+0", "(?<![\\d\\p{L}])\\(?(?:\\+|00)(34)\\)?[ ." NBSP "-]?(?=[6-9]\\d)", "más \\1, ", NULL},
    {"telephone, digits behind its country", ",", "(?<=más 34, )([6-9]\\d\\d)(\\d{3})(\\d{3})" NUMBER_AFTER, "\\1 \\2 \\3", NULL},
    {"province of a telephone", "(", "(?<!\\d)\\((9\\d\\d?)\\) ?(?=\\d{2,3} \\d\\d)", "\\1 ", NULL},
    {"telephone", "6789", NUMBER_BEFORE NINE_DIGITS NUMBER_AFTER "(?! ?[€$]| (?:euros|de euros|habitantes|personas))", NULL, rule_phone_digits},
    {"telephone abroad", "+", "(?<!\\d)\\+(?=(?:[ ." NBSP "-]?\\d){7})\\d{1,3}(?:[ ." NBSP "-]?\\d{1,4}){2,6}(?!\\d)", NULL, rule_phone_digits},
    {"number of help for children", "1", NUMBER_BEFORE "(?<!\\d )116 ?\\d{3}(?= |[.,;)]|$)(?! (?:\\d|[\\p{Ll}]+s\\b)| ?[€%])", NULL, rule_phone_digits},
    {"emergency number beside another", "1", "(?<=\\b0\\d\\d, |\\b0\\d\\d y |\\b0\\d\\d o |\\b0\\d\\d/|y al |o al )112" NUMBER_AFTER, "uno uno dos", NULL},
    {"emergency number before another", "1", NUMBER_BEFORE "112(?=(?: ?[,/]| y| o)(?: al| el)? ?0\\d\\d\\b)", "uno uno dos", NULL},
    {"dialled", DIGITS, "()(?<![\\p{L}\\d.,:/'_+-])(?<!\\d[ " NBSP "])(0[1-9]\\d)" NUMBER_AFTER, NULL, es_dialled},
    {"emergency number", "1", NO_WORD_BEFORE "((?:[Ee]l|[Aa]l|[Dd]el|[Tt]eléfono|[Mm]arque|[Ll]lame|[Ee]mergencias|[Uu]rgencias|[Ee]l número|[Aa]l número) )(112)" NUMBER_AFTER "(?! de)", NULL, es_dialled},
    {"short number by its service", "1", NO_WORD_BEFORE "([Tt]eléfono )(11\\d{3})" NUMBER_AFTER, NULL, es_dialled},
    {"postcode", DIGITS, NO_WORD_BEFORE "([Cc]ódigo postal:? )(\\d{5})" NUMBER_AFTER, NULL, es_dialled},
    {"postcode before a town", DIGITS, NUMBER_BEFORE "()([0-5]\\d{4})(?=[ ,-]{1,3}\\p{Lu}\\p{Ll})", NULL, es_dialled},
    {"account", "S", NO_WORD_BEFORE "ES(?=\\d\\d(?: ?\\d{4}){5}(?!\\d))", "ES ", NULL},
    {"account's digits", "S", "(?<=ES )\\d\\d(?: ?\\d{4}){5}(?!\\d)", NULL, rule_phone_digits},
    {"number plate", DIGITS, NUMBER_BEFORE "()(\\d{4})(?=[ -]?[BCDFGHJKLMNPRSTVWXYZ]{3}" NO_WORD_AFTER ")", NULL, es_dialled},
    {"number of a card", DIGITS, NUMBER_BEFORE "()(\\d{8})(?=[ -]?[A-Z]" NO_WORD_AFTER ")", NULL, es_dialled},
    {"road", "-", NO_WORD_BEFORE "([A-Z]{1,3})-(\\d{1,4})" NUMBER_AFTER, "\\1 \\2", NULL},

    {"blood pressure", "/", "(?<=[Tt]ensión |[Tt]ensión: |[Tt]ensión de )(\\d{1,3})/(\\d{1,3})" NUMBER_AFTER, "\\1 \\2", NULL},
    {"wind between two", "NSEO", WIND "([NSEO]{1,2})-(?=[NSEO]{1,2}" NO_WORD_AFTER ")", "\\1 o ", NULL},
    {"wind, north", "N", WIND "N" NO_WORD_AFTER, "norte", NULL},
    {"wind, south", "S", WIND "S" NO_WORD_AFTER, "sur", NULL},
    {"wind, east", "E", WIND "E" NO_WORD_AFTER, "este", NULL},
    {"wind, west", "O", WIND "O" NO_WORD_AFTER, "oeste", NULL},
    {"wind, north-west", "N", WIND "NO" NO_WORD_AFTER, "noroeste", NULL},
    {"wind, north-east", "N", WIND "NE" NO_WORD_AFTER, "nordeste", NULL},
    {"wind, south-west", "S", WIND "SO" NO_WORD_AFTER, "suroeste", NULL},
    {"wind, south-east", "S", WIND "SE" NO_WORD_AFTER, "sureste", NULL},
    /* Marks, in words "sobre". */
    {"so many or so many of a noun", "/", NUMBER_BEFORE "(\\d{1,3})/(?=\\d{1,3} (?:años|meses|días|personas|niños|niñas|plazas|horas|minutos|semanas|veces|euros|alumnos)\\b)", "\\1 a ", NULL},
    {"month to month in figures", "/", NUMBER_BEFORE "((?:0[1-9]|1[0-2])/(?:19|20)\\d\\d)" DASH "(?=(?:0[1-9]|1[0-2])/(?:19|20)\\d\\d" NUMBER_AFTER ")", "\\1 a ", NULL},
    {"mark of ten", "/", "(?<=[Uu]n |nota de |nota: )(\\d{1,2}(?:,\\d{1,2})?)/10" NUMBER_AFTER, "\\1 sobre 10", NULL},
    {"mark with decimals", "/", NUMBER_BEFORE "(\\d{1,2},\\d{1,2})/(\\d{1,3})" NUMBER_AFTER, "\\1 sobre \\2", NULL},

    /* Days: before the hours, since a dot stands in both. */
    {"date", DIGITS, NUMBER_BEFORE "(\\d{1,2})(?|/(\\d{1,2})/|\\.(\\d{1,2})\\.|-(\\d{1,2})-)(\\d{4}|\\d{2})" NUMBER_AFTER, NULL, es_date},
    {"ISO date and hour", "-", NUMBER_BEFORE "(\\d{4}-\\d{2}-\\d{2})T(?=\\d{2}:\\d{2})", "\\1, ", NULL},
    {"ISO date", "-", NUMBER_BEFORE "(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)", NULL, es_date_iso},
    {"day to day in figures", "/", NUMBER_BEFORE "(\\d{1,2}/\\d{1,2})" DASH "(?=\\d{1,2}/\\d{1,2}" NUMBER_AFTER ")", "del \\1 al ", NULL},
    {"days of a month in figures", "-–", NUMBER_BEFORE "(?:[Dd]el |[Ee]l )?(\\d{1,2})" DASH "(\\d{1,2})/(0?[1-9]|1[0-2])" NUMBER_AFTER, NULL, es_days_of_month},
    {"days of a month", "-–", NUMBER_BEFORE "(?:[Dd]el |[Ee]l )?([12]?\\d|3[01])" DASH "([12]?\\d|3[01])(?= (?:de )?(?:" MONTHS "|ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic)" NO_WORD_AFTER ")", "del \\1 al \\2", NULL},
    {"day and month", DIGITS, NUMBER_BEFORE "(\\d{1,2})(?: de |[ ./-])" MONTH NO_WORD_AFTER "(?:\\.?(?:[ /-]| de )(\\d{4})" NUMBER_AFTER "|\\.?(?=\\s[\\p{Ll}\\d]|[,;:)])|(?=\\.|$))", NULL, es_day_month},
    {"months from to", "-–", NO_WORD_BEFORE MONTH "\\.?" DASH MONTH NO_WORD_AFTER STOP, NULL, es_months},
    {"month by its first letters", ".", NO_WORD_BEFORE "(ene|feb|abr|jun|jul|ago|sept?|oct|nov|dic)\\.(?=\\s[\\p{Ll}\\d]|[,;:)])", NULL, es_months},
    {"month at the end", "efajsond", "(?<=\\bde |\\ben |\\ba |desde |hasta |\\bpara )(ene|feb|abr|jun|jul|ago|sept?|oct|nov|dic)(?=\\.?\\s*$|\\.\\s+\\p{Lu})", NULL, es_months},
    {"Tuesday", "m", NO_WORD_BEFORE "([Mm])ar\\.(?=\\s[\\p{Ll}\\d])", "\\1artes", NULL},
    {"number of an act and its year", "/", "(?<=[Aa]cta |úmero |n\\.º |nº |[Ee]xpediente |[Ee]xp\\. |[Dd]ecreto |[Ll]ey |[Oo]rden |[Ff]actura |[Rr]esolución |[Bb]ando |[Oo]rdenanza |[Cc]ontrato )(\\d{1,4})/((?:19|20)\\d\\d)" NUMBER_AFTER, "\\1 de \\2", NULL},
    {"month and year", "/", NUMBER_BEFORE "(0[1-9]|1[0-2])/((?:19|20)\\d\\d)" NUMBER_AFTER, NULL, es_month_year},
    {"day and month after a word", "/", NUMBER_BEFORE "(?<=[Ee]l |[Dd]ía |[Dd]el |[Aa]l |[Ll]unes |artes |coles |ueves |ernes |ábado |mingo )([0-3]?\\d)/(1[0-2]|0?[1-9])()" NUMBER_AFTER, NULL, es_date},
    {"day and month by a hyphen", "-", NUMBER_BEFORE "(?<=[Ee]l |[Dd]ía |[Dd]el )([0-3]?\\d)-(0[1-9]|1[0-2])()" NUMBER_AFTER "(?! (?:de|h|horas|años)\\b| ?%)", NULL, es_date},
    {"day and month in figures", "/", NUMBER_BEFORE "(0?[1-9]|[12]\\d|3[01])/(0[1-9]|1[0-2])()" NUMBER_AFTER, NULL, es_date},
    {"school year in two figures", "/-", "(?<=[Cc]urso |[Tt]emporada |[Cc]ampaña )(\\d\\d)[/-](\\d\\d)" NUMBER_AFTER, "\\1, \\2", NULL},
    {"years", DIGITS, NUMBER_BEFORE "((?:1[4-9]|20)\\d\\d)\\s?[-\\x{2013}/]\\s?((?:1[4-9]|20)\\d\\d|\\d\\d)" NUMBER_AFTER, NULL, es_years},
    {"number of a year", "/", NUMBER_BEFORE "(\\d{1,4}|\\d{1,3}\\.\\d{3})/((?:19|20)\\d\\d)" NUMBER_AFTER, "\\1 de \\2", NULL},

    /* Hours. */
    {"time of a race", ":", NUMBER_BEFORE "(\\d{1,2}):0?([1-5]?\\d):0?([1-5]?\\d)" NUMBER_AFTER, "\\1 h, \\2 min, \\3 s", NULL},
    {"half past", "/½", "(?<=[Ll]as \\d y |[Ll]as \\d\\d y |[Ll]a 1 y )(?:1/2|½)", "media", NULL},
    {"a quarter past, to", "/¼", "(?<=[Ll]as \\d y |[Ll]as \\d\\d y |[Ll]a 1 y |s \\d menos |\\d\\d menos )(?:1/4|¼)", "cuarto", NULL},
    {"hour by a comma", ",", "(?<=las |la )(\\d{1,2}),([0-5]\\d)(?=" GAP H ")", "\\1:\\2", NULL},
    {"day to day", "-–", "(?<=lunes|artes|coles|ueves|ernes|ábado)" DASH "(?=(?:martes|miércoles|jueves|viernes|sábado|domingo)s?\\b)", " a ", NULL},
    {"day and day", "/", "(?<=lunes|artes|coles|ueves|ernes|ábado|bados)\\s?/\\s?(?=(?:martes|miércoles|jueves|viernes|sábado|domingo)s?\\b)", " y ", NULL},
    {"month to month", "-–", "(?<=nero|rero|arzo|bril|mayo|unio|ulio|osto|mbre|ubre)" DASH "(?=(?:" MONTHS ")\\b)", " a ", NULL},
    {"hour by an apostrophe", "'", NUMBER_BEFORE "(\\d{1,2})'([0-5]\\d)(?=" GAP H "|\\s?[-\\x{2013}])", "\\1:\\2", NULL},
    {"hour by an apostrophe, after a word", "'", "(?<=las |la )(\\d{1,2})'([0-5]\\d)", "\\1:\\2", NULL},
    {"hour by a dot", ".", "(?<![\\p{L}\\d.,:])([01]?\\d|2[0-4])\\.([0-5]\\d)(?=" GAP H ")", "\\1:\\2", NULL},
    {"hour by a dot, after a word", ".", "(?<=las |la |tre las )([01]?\\d|2[0-4])\\.([0-5]\\d)(?![\\d%€]|\\.\\d| [%€])", "\\1:\\2", NULL},
    {"hour by a dot, from", ".", NUMBER_BEFORE "([01]?\\d|2[0-4])\\.([0-5]\\d)(?=\\s?(?:[-\\x{2013}]|a|y)\\s?\\d{1,2}[.:][0-5]\\d(?![\\d%€]| ?[%€]|\\.\\d))", "\\1:\\2", NULL},
    {"hour by a dot, to", ".", "(?<=\\d:\\d\\d-|\\d:\\d\\d a |\\d:\\d\\d y |\\d:\\d\\d - |\\d:\\d\\d–|\\d:\\d\\d – )([01]?\\d|2[0-4])\\.([0-5]\\d)(?![\\d%€]|\\.\\d)", "\\1:\\2", NULL},
    {"hours and other hours", "/", "(?<=\\d:\\d\\d|\\dh|\\d h)\\s?/\\s?(?=\\d{1,2}(?:[:h]\\d\\d)?(?: ?h)?\\s?[-\\x{2013}])", " y ", NULL},
    {"hour, hour", "/", "(?<=\\d:\\d\\d)\\s?/\\s?(?=\\d{1,2}:\\d\\d)", ", ", NULL},
    {"the day by its letter", "LMXJVSD", "(?<=[Ee]l |[Ll]os )([LMXJVSD])(?= (?:de \\d|a las ))", NULL, es_day_letter},
    {"day by its letter", "LMXJVSD", "(?<![\\p{L}\\d.'-])([LMXJVSD])(?=:? \\d{1,2}(?:[:.]\\d\\d)?(?: ?h)?\\s?[-\\x{2013}]\\s?\\d|(?:, | y )[MXJVSD]\\b(?![.']))", NULL, es_day_letter},
    {"last day by its letter", "XJVSD", "(?<=nes, |nes y |tes, |tes y |les, |les y |ves, |ves y |ado, |ado y )([XJVSD])(?=[\\s,.:;)]|$)(?! \\p{Lu})", NULL, es_day_letter},
    {"hours between", "-–", "(?<=[Ee]ntre |[Ee]ntre las )" HOUR DASH "(?=\\d{1,2}(?:[:h][0-5]\\d|" GAP H "))", "\\1 y ", NULL},
    {"hours from to, after a word", "-–", "(?<=[Dd]e |[Dd]esde |[Dd]e las |[Dd]esde las )" HOUR DASH "(?=\\d{1,2}(?:[:h][0-5]\\d|" GAP H "))", "\\1 a ", NULL},
    {"hours from to", "-–", NUMBER_BEFORE HOUR DASH "(?=\\d{1,2}(?:[:h][0-5]\\d|" GAP H "))", "de \\1 a ", NULL},
    {"first hour of two", "-–", NUMBER_BEFORE "(?<![Dd]e )((?:[01]?\\d|2[0-4]):[0-5]\\d)" DASH "(?=\\d{1,2}" NUMBER_AFTER ")", "de \\1 a ", NULL},
    {"hours after days", "-–", "(?<=\\b[Aa]bre |\\b[Cc]ierra |[Aa]bierto |[Cc]errado |[Aa]brimos |lunes |artes |coles |ueves |ernes |mingo |ábado |ábados |mingos |orario |orario: |ñanas |ardes |ñanas: |ardes: |ernes: |mingos: |ábados: |festivos |festivos: |tarde |mañana |tarde: |mañana: )(\\d{1,2})" DASH "(\\d{1,2})" NUMBER_AFTER "(?! (?!y \\d)\\p{L})", "de \\1 a \\2", NULL},
    {"hours and other hours, from to", "-–", "((?:de|entre) \\d{1,2} (?:a|y) \\d{1,2} y )(\\d{1,2})" DASH "(\\d{1,2})" NUMBER_AFTER "(?! \\p{L})", "\\1de \\2 a \\3", NULL},
    {"hour of half a day", "mM", NUMBER_BEFORE "(1?\\d)(?:[:.]([0-5]\\d))?\\s?([AaPp])\\.?\\s?[Mm]" NO_WORD_AFTER STOP, NULL, es_half_day},
    {"whole hour to a whole hour", ":", "(?<=[Dd]e )([01]?\\d|2[0-4]):00(?= a (?:las )?\\d{1,2}:00(?![\\d:]))", "\\1", NULL},
    {"hour by a colon", ":", NUMBER_BEFORE "([01]?\\d|2[0-4]):([0-5]\\d)(?::\\d\\d)?(?![\\d:])(?:" GAP "(" H ")" STOP ")?", NULL, es_hour},
    {"hour with h", "h", NUMBER_BEFORE "([01]?\\d|2[0-4])" GAP "(?i:h)" GAP "([0-5]\\d)()" NO_WORD_AFTER "(?! ?(?:m|min)\\b)" STOP, NULL, es_hour},
    {"whole hour", "hH", NUMBER_BEFORE "([02-9]|[01]\\d|2[0-4]|(?<=[Ll]a )1)()" GAP "([hH]|hs|hrs|horas)" NO_WORD_AFTER STOP, NULL, es_hour},

    /* Prices, before the money is said. */
    {"price of a kilo", "/", PRICE "(?:kilo|[kK]g)" NO_WORD_AFTER, " el kilo", NULL},
    {"price of a litre", "/", PRICE "(?:litro|[lL])" NO_WORD_AFTER, " el litro", NULL},
    {"price of a metre", "/", PRICE "m[²2]" NO_WORD_AFTER, " el metro cuadrado", NULL},
    {"price of energy", "/", PRICE "kWh" NO_WORD_AFTER, " el kilovatio hora", NULL},
    {"price of much energy", "/", PRICE "MWh" NO_WORD_AFTER, " el megavatio hora", NULL},
    {"price of a dozen", "/", PRICE "(docena|unidad|caja|bolsa|ración|botella|entrada|tonelada|barra|pieza)" NO_WORD_AFTER, " la \\1", NULL},
    {"price of a dozen, short", "/", PRICE "doc\\b\\.?(?=\\s|[,;)]|$)", " la docena", NULL},
    {"price of length", "/", PRICE "(?:m|ml)" NO_WORD_AFTER "(?![²³'])", " el metro", NULL},
    {"price by a month", "/", PRICE "(mes|día|año)" NO_WORD_AFTER, " al \\1", NULL},
    {"price by a week", "/", PRICE "(?:semana|sem\\.?)(?!\\p{L})", " a la semana", NULL},
    {"price by an hour", "/", PRICE "(?:hora|h)" NO_WORD_AFTER, " por hora", NULL},
    {"price by a minute", "/", PRICE "min" NO_WORD_AFTER, " por minuto", NULL},
    {"price for a person", "/", PRICE "(?:pers\\.?|pax|p)" NO_WORD_AFTER, " por persona", NULL},
    {"price for what is named", "/", PRICE "(\\p{Ll}{3,})" NO_WORD_AFTER, " por \\1", NULL},

    /* Money. */
    {"millions of", DIGITS, NUMBER_BEFORE "(\\d{1,3}(?:[. " NBSP "]000){2})" GAP "(€|\\$|£|euros|dólares|personas|habitantes|visitantes|litros|kilos|toneladas|pesetas|usuarios|viajeros)" NO_WORD_AFTER, NULL, es_millions_of},
    {"many euros", "kKM", NUMBER_BEFORE NUMBER GAP "([kKM])" GAP "(€|\\$|£|EUR|USD)", NULL, es_big_money},
    {"millions by a letter", "M", NUMBER_BEFORE NUMBER GAP "M(?= de )", "\\1 millones", NULL},
    {"millions of a currency", "€", "(millones|millón)(?: de)?" GAP "€", "\\1 de euros", NULL},
    {"thousands of a currency", "€", "(?<=\\bmil) ?€", " euros", NULL},
    {"money from to", "€", NUMBER_BEFORE WHOLE GAP "€?" DASH "(?=\\d[\\d.]{0,10}(?:,\\d\\d)?" GAP "€)", "\\1 a ", NULL},
    {"money", DIGITS, NUMBER_BEFORE WHOLE "(?:,(\\d\\d))?" GAP COIN, NULL, es_money},
    {"money by an apostrophe", "'", NUMBER_BEFORE "(\\d{1,6})['.](\\d\\d)" GAP COIN, NULL, es_money},
    {"money, sign first", "€$£", COIN_FIRST GAP WHOLE "(?:[,.](\\d\\d)(?!\\d))?", NULL, es_money_first},

    /* Ordinals, Roman numerals. */
    {"degrees by an ordinal's sign", "º°", "(?<=áxima |ínima |áxima: |ínima: |áxima de |ínima de |áximas de |ínimas de |ratura de |los )(-?\\d{1,2})\\s?[º°](?=[\\s.,;)]|$)", "\\1 grados", NULL},
    {"degrees at most", "º°", "(?<=[Hh]ace |[Hh]acen |[Hh]abrá |[Tt]enemos |[Hh]asta |[Uu]nos |[Cc]asi |[Ll]legar a |[Aa]lcanza |[Aa]lcanzan |uperan |upera )(-?\\d\\d)\\s?[º°](?=[\\s.,;)]|$)(?! \\p{Lu}| " NTH_NOUN ")", "\\1 grados", NULL},
    {"degrees from to", "º°", NUMBER_BEFORE "(1\\d|[2-4]\\d)\\s?[º°]?(?= (?:a|y) (?:los )?(?:1\\d|[2-4]\\d)\\s?[º°])(?!\\s?[º°]? (?:a|y) (?:los )?\\d\\d\\s?[º°] \\p{L})", "\\1 grados", NULL},
    {"degrees to", "º°", "(?<= grados a | grados y )(-?\\d{1,2})\\s?[º°](?!C)", "\\1 grados", NULL},
    {"ordinal before a noun", "º°", NO_WORD_BEFORE "(\\d{0,2}[13])\\.?[º°] " NTH_NOUN NO_WORD_AFTER, NULL, es_ordinal_of},
    {"ordinal", DIGITS, NO_WORD_BEFORE "(\\d{1,4})(\\.?[ºª]s?|\\.°|(?<=\\b\\d)°(?= (?:planta|vuelta|edición|[A-D]\\b|de (?:ESO|Prim|Bach|Inf)))|\\.?er|\\.[oa]s?|r[oa]s?|(?<=2)d[oa]|(?<=[456])t[oa]|(?<=7)m[oa]|(?<=8)v[oa]|(?<=9)n[oa])" NO_WORD_AFTER "(?!(?<=\\d\\dº) C\\b)", NULL, es_ordinal},
    {"ordinal by a plain letter", DIGITS, NO_WORD_BEFORE "(\\d{1,2})([oa])(?= \\p{Ll}{4,})", NULL, es_ordinal},
    {"Roman numeral of a ruler", "IVX", NO_WORD_BEFORE RULER "([IVX]{1,6})" NO_WORD_AFTER, NULL, es_roman_name},
    {"second Roman numeral", "IVX", "((?:primero|segundo|tercero|cuarto|quinto|sexto|séptimo|octavo|noveno|décimo|[Ss]iglos? [a-zé]+) (?:y|a|al|o) (?:el )?)([IVX]{1,6})" NO_WORD_AFTER "(?= |[,.;)]|$)(?! \\p{Lu})", NULL, es_roman_name},
    {"other century", "IVX", "(siglo [a-záéíóú]{2,20}\\b[^.;:]{0,60} (?:del|al|en el|el) )([IVX]{1,5})" NO_WORD_AFTER "(?! \\p{Lu})", NULL, es_roman_name},
    {"Roman numeral of a part", "IVX", NO_WORD_BEFORE PART "([IVX]{1,6})" NO_WORD_AFTER, NULL, es_roman_number},
    {"Roman ordinal", "IVXLC", NO_WORD_BEFORE "([IVXLC]{1,7})(?:\\.?[ªº])? (San Silvestre|(?!(?:Y|El|La|Los|Las|En|De|Del)\\b)\\p{Lu}\\p{Ll}{2,}|edición|aniversario|jornadas?|feria|congreso|carrera|concurso|festival|centenario|certamen|torneo)" NO_WORD_AFTER, NULL, es_roman_ordinal},
    {"Roman numeral after a name", "IVX", "(\\p{Lu}\\p{Ll}+ )([IVX]{2,6})" NO_WORD_AFTER, NULL, es_roman_number},

    /* Amounts. */
    {"three quarter parts", "/", NUMBER_BEFORE "3/4(?= partes)", "tres cuartas", NULL},
    {"third parts", "/", NUMBER_BEFORE "2/3(?= partes)", "dos terceras", NULL},
    {"third part", "/", NUMBER_BEFORE "1/3(?= parte\\b)", "una tercera", NULL},
    {"quarter part", "/", NUMBER_BEFORE "1/4(?= parte\\b)", "una cuarta", NULL},
    {"rounds of a cup", "/", NUMBER_BEFORE "1/4 (?=de final)", "cuartos ", NULL},
    {"earlier rounds of a cup", "/", NUMBER_BEFORE "1/8 (?=de final)", "octavos ", NULL},
    {"earliest rounds of a cup", "/", NUMBER_BEFORE "1/16 (?=de final)", "dieciseisavos ", NULL},
    {"one and half a feminine noun", "½/", NUMBER_BEFORE "1(?: ?½| y ½| (?:y )?1/2) (?!(?:días|problemas|programas|sistemas|temas|idiomas|mapas|planetas|tranvías|diplomas|gramas)\\b)(\\p{Ll}{2,}a)s" NO_WORD_AFTER, "una \\1 y media", NULL},
    {"so many and half a feminine noun", "½/", NUMBER_BEFORE "(\\d{1,3})" GAP "(?:y )?(?:½|1/2) (?!(?:días|problemas|programas|sistemas|temas|idiomas|mapas|planetas|tranvías|diplomas|gramas)\\b)(\\p{Ll}{2,}as?)" NO_WORD_AFTER, "\\1 \\2 y media", NULL},
    {"so many and half", "½/", NUMBER_BEFORE "(\\d{1,3})" GAP "(?:y )?(?:½|1/2) (\\p{Ll}{3,})" NO_WORD_AFTER, "\\1 \\2 y medio", NULL},
    {"quarter of a kilo", "¼/", NUMBER_BEFORE "(?<!\\d )(?:¼|1/4)" GAP "(?:[kK]g|kilos?)" NO_WORD_AFTER, "un cuarto de kilo", NULL},
    {"three quarters of a kilo", "¾/", NUMBER_BEFORE "(?<!\\d )(?:¾|3/4)" GAP "(?:[kK]g|kilos?)" NO_WORD_AFTER, "tres cuartos de kilo", NULL},
    {"quarter of a litre", "¼/", NUMBER_BEFORE "(?<!\\d )(?:¼|1/4)" GAP "(?:[lL]|litros?)" NO_WORD_AFTER, "un cuarto de litro", NULL},
    {"three quarters of a litre", "¾/", NUMBER_BEFORE "(?<!\\d )(?:¾|3/4)" GAP "(?:[lL]|litros?)" NO_WORD_AFTER, "tres cuartos de litro", NULL},
    {"quarter of an hour", "¼/", NUMBER_BEFORE "(?<!\\d )(?:¼|1/4)" GAP "(?:h|horas?)" NO_WORD_AFTER, "un cuarto de hora", NULL},
    {"three quarters of an hour", "¾/", NUMBER_BEFORE "(?<!\\d )(?:¾|3/4)" GAP "(?:h|horas?)" NO_WORD_AFTER, "tres cuartos de hora", NULL},
    {"half a kilo", "½/", NUMBER_BEFORE "(?:½|1/2)" GAP "[kK]g" NO_WORD_AFTER, "medio kilo", NULL},
    {"half a litre", "½/", NUMBER_BEFORE "(?:½|1/2)" GAP "[lL]" NO_WORD_AFTER, "medio litro", NULL},
    {"half an hour", "½/", NUMBER_BEFORE "(?:½|1/2)" GAP "h" NO_WORD_AFTER, "media hora", NULL},
    {"half of a feminine noun", "½/", NUMBER_BEFORE "(?:½|1/2) (?:de )?(?=(?!(?:día|mapa|planeta|programa)\\b)\\p{Ll}{2,}(?:a|ión|dad)\\b|(?:tarde|noche|clase)\\b)", "media ", NULL},
    {"half of a noun", "½/", NUMBER_BEFORE "(?:½|1/2) (?:de )?(?=\\p{Ll}{2,})", "medio ", NULL},
    {"half and more", "½⅓⅔¼¾⅛", "(?<=\\d)\\s?(?=[½⅓⅔¼¾⅛])", " y ", NULL},
    {"half", "½", "½", "medio", NULL},
    {"quarter", "¼", "¼", "un cuarto", NULL},
    {"three quarters", "¾", "¾", "tres cuartos", NULL},
    {"third", "⅓", "⅓", "un tercio", NULL},
    {"two thirds", "⅔", "⅔", "dos tercios", NULL},
    {"decimal point before a unit", ".", NUMBER_BEFORE "(\\d{1,4})\\.(\\d{1,2})(?=" GAP "(?:{unit}|%|millones)" NO_WORD_AFTER ")", "\\1,\\2", NULL},
    {"percent from the one to the other", "-–", "(?<=[Dd]el )(\\d{1,3}(?:,\\d+)?)" GAP "%?" DASH "(?=\\d{1,3}(?:,\\d+)?" GAP "%)", "\\1 al ", NULL},
    {"percent from to", "-–", NUMBER_BEFORE NUMBER GAP "%?" DASH "(?=\\d{1,3}(?:,\\d+)?" GAP "%)", "\\1 a ", NULL},
    {"percent", "%", "(?<![\\p{L}\\d])(?<![\\d\\p{L}][.,:/'_])([-+]?)" NUMBER GAP "%", NULL, es_percent},
    {"one measure or the next", "/", NUMBER_BEFORE "(\\d{1,5})/(?=\\d{1,5}" GAP "(?:{unit})" NO_WORD_AFTER ")", "\\1, ", NULL},
    {"unit from to", "-–", NUMBER_BEFORE NUMBER GAP "(?:{unit})?" DASH "(?=\\d[\\d.]{0,9}(?:,\\d{1,4})?" GAP "(?:{unit})" NO_WORD_AFTER ")", "\\1 a ", NULL},
    {"seconds by marks", "'", NUMBER_BEFORE "(\\d{1,3})''(?=[\\s.,:;)]|$)", "\\1 s", NULL},
    {"minutes by a mark", "'", NUMBER_BEFORE "(\\d{1,3})'(?=[\\s.,:;)]|$)", "\\1 min", NULL},
    {"unit by unit", "xX×", "(?<=\\d)(" GAP "(?:{unit})) ?[xX×] ?(?=\\d)", "\\1 por ", NULL},
    {"long row of digits", DIGITS, NUMBER_BEFORE "\\d{11,40}" NUMBER_AFTER, NULL, rule_phone_digits},
    {"number and unit", DIGITS, "(?<![\\p{L}\\d])(?<![\\d\\p{L}][.,:/'_])([-+]?)" NUMBER GAP "({unit})" NO_WORD_AFTER STOP, NULL, rule_unit},
    {"so many to a measure, area", "/", "(?<=\\p{Ll}{3})\\s?/\\s?m[²2]" NO_WORD_AFTER, " por metro cuadrado", NULL},
    {"so many to a measure, volume", "/", "(?<=\\p{Ll}{3})\\s?/\\s?m[³3]" NO_WORD_AFTER, " por metro cúbico", NULL},
    {"so many to a measure, land", "/", "(?<=\\p{Ll}{3})\\s?/\\s?km[²2]" NO_WORD_AFTER, " por kilómetro cuadrado", NULL},
    {"so many to a measure, hectare", "/", "(?<=\\p{Ll}{3})\\s?/\\s?ha" NO_WORD_AFTER, " por hectárea", NULL},
    {"so many to a measure, litre", "/", "(?<=\\p{Ll}{3})\\s?/\\s?[lL]" NO_WORD_AFTER, " por litro", NULL},
    {"so many to a measure, kilo", "/", "(?<=\\p{Ll}{3})\\s?/\\s?kg" NO_WORD_AFTER, " por kilo", NULL},
    {"so many to a measure, kilometre", "/", "(?<=\\p{Ll}{3})\\s?/\\s?km" NO_WORD_AFTER, " por kilómetro", NULL},
    {"unit without a number, areas", "m", "(?<=por |[Ee]l |cada |del |de |/)m[²2]" NO_WORD_AFTER, "metro cuadrado", NULL},
    {"unit without a number, volumes", "m", "(?<=por |[Ee]l |cada |del |de |/)m[³3]" NO_WORD_AFTER, "metro cúbico", NULL},
    {"unit without a number, weights", "k", "(?<=por |el |cada |del )kg" NO_WORD_AFTER, "kilo", NULL},
    {"unit without a number, lengths", "k", "(?<=por |el |cada |del )km" NO_WORD_AFTER, "kilómetro", NULL},
    {"unit without a number, energy", "k", "(?<=por |el |cada |del )kWh" NO_WORD_AFTER, "kilovatio hora", NULL},
    {"unit without a number, time", "h", "(?<=por |cada )h" NO_WORD_AFTER, "hora", NULL},
    {"per, a month", "/", "(?<=\\p{L})\\s?/\\s?(mes|día|año)" NO_WORD_AFTER, " al \\1", NULL},
    {"per, a week", "/", "(?<=\\p{L})\\s?/\\s?semana" NO_WORD_AFTER, " a la semana", NULL},
    {"per", "/", "(?<=\\p{L})\\s?/\\s?(hora|minuto|segundo|persona|habitante)" NO_WORD_AFTER, " por \\1", NULL},
    {"per, hour, short", "/", "(?<=\\p{L}{3})\\s?/\\s?h" NO_WORD_AFTER, " por hora", NULL},
    {"per, short", "/", "(?<=\\p{L}{4})\\s?/\\s?min" NO_WORD_AFTER, " por minuto", NULL},
    {"number and fraction", "/", NUMBER_BEFORE "(\\d{1,3}) (?:y )?(\\d)/(\\d)" NUMBER_AFTER, NULL, es_fraction},
    {"fraction", "/", NUMBER_BEFORE "()(\\d)/(\\d|10)" NUMBER_AFTER, NULL, es_fraction},
    {"slash between others", "/", "(?<=[^\\s\\d])\\s/\\s(?=[\\p{L}\\d])", ", ", NULL},
    {"out of", "/", NUMBER_BEFORE "(\\d{1,4})/(\\d{1,4})" NUMBER_AFTER, "\\1 de \\2", NULL},
    {"or, of small words", "/", "(?<=\\p{Ll}{3})\\s?/\\s?(?=h?[oó])", " u ", NULL},
    {"or", "/", "(?<=\\p{Ll}{3})\\s?/\\s?(?=\\p{Ll}{3})", " o ", NULL},
    {"and of names", "/", "(?<=\\p{L}{2})\\s?/\\s?(?=\\p{Lu})", ", ", NULL},

    {"score", "-–", "((?:[Gg]an|[Pp]erd|[Vv]enc|[Ee]mpat|[Dd]errot|[Vv]ictori|[Tt]riunf|[Rr]esultado|[Mm]arcador)\\p{Ll}*(?: final)?:? (?:por (?:un )?|a |de )?)(\\d{1,2})" DASH "(\\d{1,2})" NUMBER_AFTER, "\\1\\2 a \\3", NULL},
    {"score against", "-", NUMBER_BEFORE "(\\d{1,2})-(\\d{1,2})(?= (?:contra|ante|frente) )", "\\1 a \\2", NULL},
    {"between", "-–", "(?<=[Ee]ntre )" NUMBER DASH "(?=\\d)", "\\1 y ", NULL},
    {"ages from to", "-–", "(?<=niños |niñas |jóvenes |menores |personas |grupos |edades )" "(\\d{1,2})" DASH "(\\d{1,2} años)", "de \\1 a \\2", NULL},
    {"from to a noun", "-–", NUMBER_BEFORE "(\\d{1,6}|\\d{1,3}(?:\\.\\d{3}){1,2})" DASH "(?=(?:\\d{1,6}|\\d{1,3}(?:\\.\\d{3}){1,2}) \\p{Ll}{3,}s\\b)", "\\1 a ", NULL},
    {"from to", "-–", NUMBER_BEFORE "(\\d{1,6}(?:,\\d{1,3})?|\\d{1,3}(?:\\.\\d{3}){1,2})" DASH "(\\d{1,6}(?:,\\d{1,3})?|\\d{1,3}(?:\\.\\d{3}){1,2})" NUMBER_AFTER, NULL, es_range},
    {"hundreds or so many of a noun", "0123456789", NUMBER_BEFORE "([2-9]\\d\\d)(?= (?:a|o|ó|y) [2-9]\\d\\d (\\p{Ll}{3,}s)" NO_WORD_AFTER ")", NULL, es_agree_ahead},
    {"one or so many of a noun", "1", NUMBER_BEFORE "(\\d{0,2}1)(?= (?:a|o|ó|y|de cada) \\d{1,3} (\\p{Ll}{3,}s)" NO_WORD_AFTER ")", NULL, es_agree_ahead},
    {"what is left of a counted noun", "10", "(\\d (\\p{Ll}{3,}s)\\b[^.:]{0,40}?[;,:] (?:y )?(?:\\p{Ll}{2,} ){1,2})(\\d{0,3}1|[2-9]00)(?=[.;,)](?:\\s|$)|\\s*$)", NULL, es_counted_again},
    {"so many of them, feminine", "1", NUMBER_BEFORE "(?<![Dd]ía |[Ee]l |[Aa]l |[Dd]el )()(\\d{0,6}1)(?=,? (?:de (?:las|ellas|estas|esas|aquellas|nuestras|mis|sus)|todas|ellas|inscritas|apuntadas|mujeres)\\b)", NULL, es_feminine},
    {"hundreds of them, feminine", "0123456789", NUMBER_BEFORE "(?<![Dd]ía |[Ee]l |[Aa]l |[Dd]el )()([2-9]\\d\\d)(?= de (?:las|ellas|estas|esas|aquellas|nuestras|sus)\\b)", NULL, es_feminine},
    {"so many after what is counted", ":(", NO_WORD_BEFORE "(\\p{L}{3,30}s)(: ?| \\()(\\d{1,6})(?=\\)|$|[.;,](?:\\s|$)| \\(| (?:y|o|e|de [0-9])\\b)", NULL, es_counted_before},
    {"thousands of a noun", "m", NUMBER_BEFORE "(\\d{1,3}) mil (\\p{Ll}{3,}s)" NO_WORD_AFTER, NULL, es_thousands_of},
    {"counted", DIGITS, NUMBER_BEFORE "(?<![-+]|[Ee]l |[Aa]l |[Dd]el |\\b[A-Z] )" WHOLE "[ " NBSP "](\\p{Ll}{2,}|ONG|PCR|ITV|UCI|AMPA)" NO_WORD_AFTER, NULL, es_count},
    {"number before millions", DIGITS, NUMBER_BEFORE "()" NUMBER "(?= (?:mil|millón|millones)\\b)", NULL, rule_number},
    {"version number", ".", "(?<=\\d)\\.(?=\\d{1,2}(?!\\d))|(?<=\\d)\\.(?=\\d{1,2}\\.\\d)|(?<=\\d\\.\\d|\\d\\.\\d\\d)\\.(?=\\d)", " punto ", NULL},
    {"number", DIGITS, "(?<![\\p{L}\\d])(?<![\\p{L}][.:/'_-])((?<=\\s|^|\\()[-+])?" NUMBER "(?![\\p{L}\\d]|-\\p{L})", NULL, es_number},
    {"number before a hyphen", DIGITS, NUMBER_BEFORE "()(\\d{1,9})(?=-\\p{L})", NULL, es_number},
    {"degrees", "°", "°", " grados ", NULL},
    {"euro alone", "€", "\\s?€", " euros", NULL},
    {"percent alone", "%", "\\s?%", " por ciento", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

const RuleSet rules_es = {
    .language = "es",
    .first = es_first,
    .short_forms = es_short_forms,
    .notes = es_notes,
    .rules = rules,
    .units = es_units,
    .letters = es_letters,
    .address = "la dirección está en nuestra página",
    .online = "en línea",
    .dot = "punto",
    .hyphen = "guion",
    .underscore = "guion bajo",
    .at = "arroba",
    .minus = "menos",
    .plus = "más",
    .decimal_mark = ',',
    .decimals_as_number = true,
    .decimal_word = "coma",
    .agree = es_agree,
    .alone = es_alone,
};
