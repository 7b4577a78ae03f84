#!/usr/bin/env python3
"""generate.py SEED FOLDER [short|long]: a random station, its music, its script and a day's logbook.

FOLDER is a station made by "carnet init"; its station.yaml, its voices and its music are replaced or added to.
Prints JSON: what was asked for, which check.py holds the bulletin against. The same seed gives the same station.
"""

import csv
import json
import os
import random
import subprocess
import sys

import sounds

VOICES_FR = ("claire", "paul", "lucie", "marc", "nue")
WORDS = ("le marché", "la mairie", "un voisin", "l'école", "le port", "une réunion", "la rivière", "le boulanger",
         "trois enfants", "la place", "un masque", "des courses", "le car de 14h30", "la salle n°5", "demain matin",
         "à Kervalan", "près de La Roche-Morin", "chez les voisins", "par téléphone", "20 km", "3 €", "le 3/11")
VERBS = ("ouvre", "cherche", "propose", "prête", "attend", "voit", "répare", "raconte", "demande", "trouve")
ODD = ("A.A.A.A.", "« Oui. »", "Ah… non !", "https://carnet.example/a?b=c", "0,5 %", "Zzz", "😀", "l'eau—vite", "e = mc²")
PLACES = ("Kervalan", "Port-Aurelle", "La Roche-Morin", "Saint-Maudez-sur-Aurelle", "")
SECTION_KINDS = ("question", "problem", "experience", "resource", "idea", "feeling", "announcement", "alert")


def sentence(rng, language):
    if language == "en":
        return "The %s %s at %d o'clock near the harbour." % (rng.choice(("market", "school", "bakery")),
                                                              rng.choice(("opens", "waits", "closes")), rng.randrange(1, 12))
    words = "%s %s %s" % (rng.choice(WORDS), rng.choice(VERBS), rng.choice(WORDS))
    if rng.random() < 0.15:
        words += " " + rng.choice(ODD)
    return words[0].upper() + words[1:] + rng.choice((".", ".", ".", " !", " ?", ""))


def text(rng, language):
    if rng.random() < 0.08:
        return rng.choice(("Oui.", "Merci !", "Ah ?", "7", "À 8h."))
    return " ".join(sentence(rng, language) for _ in range(rng.choice((1, 1, 1, 2, 2, 4))))


def write_voices(folder):
    with open(folder + "/voices/nue.yaml", "w") as file:  # no polish: as the synthesizer speaks
        file.write("engine: espeak\nvoice: fr\nvariant: m2\nrate: 190\n")
    with open(folder + "/voices/slt.yaml", "w") as file:  # another program, another rate, no polish
        file.write('command: [flite, -voice, slt, -o, "{out}"]\n')


def write_station(rng, folder, plan):
    plan["loudness"] = rng.choice((-14, -16, -16, -16, -18, -20, -23, -24))
    plan["mp3_kbps"], plan["opus_kbps"] = rng.choice((64, 96, 128, 192)), rng.choice((48, 64, 64, 96))
    also = ["wav"] + [format for format in ("flac", "aac") if rng.random() < (0.1 if plan["is_tiny"] else 0.3)]
    plan["formats"] = ["mp3", "opus"] + also
    with open(folder + "/station.yaml", "w") as file:
        file.write("name: Radio d'Aurelle\nlanguage: fr\nzone: Europe/Paris\nloudness: %d\npeak: -1\n" % plan["loudness"])
        file.write("mounts:\n  - {mount: /b.mp3, format: mp3, bitrate: %d}\n" % plan["mp3_kbps"])
        file.write("  - {mount: /b.opus, format: opus, bitrate: %d}\nalso: [%s]\n" % (plan["opus_kbps"], ", ".join(also)))


def write_music(rng, folder, plan):
    music = folder + "/voices/jingles"
    plan["jingles"] = [sounds.make(rng, music, "j%d" % i) for i in range(rng.randrange(1, 4))]
    plan["jingles"] += [{"name": name, "file": "%s/%s.flac" % (music, name), "kind": "music"} for name in
                        rng.sample(("ouverture", "virgule", "fermeture", "alerte")[1 if plan["is_tiny"] else 0:], 1)]
    os.makedirs(folder + "/sounds", exist_ok=True)
    plan["sounds"] = [sounds.make(rng, folder + "/sounds", "s0")] if rng.random() < 0.5 else []
    plan["bed"] = None
    if rng.random() < 0.7:
        kind = rng.choice(("nappe", "noise", "music", "music", "chirp", "holes", "sine", "quiet"))
        if kind == "nappe":
            plan["bed"] = {"name": "nappe", "file": music + "/nappe.flac", "kind": "music"}
        else:
            plan["bed"] = sounds.make(rng, music, "lit", 4.0, kind, rng.choice((700, 30000)))


def yaml_string(words):
    return json.dumps(words, ensure_ascii=False)


def span(rng, least, most):
    low = round(rng.uniform(least, most), rng.choice((1, 2, 3)))
    return low, round(low + rng.uniform(0, most - low), rng.choice((1, 2, 3))) + 0.001


def write_order(rng, plan):
    jingle = lambda: rng.choice(plan["jingles"])["name"]
    lines = []
    if rng.random() < 0.8:
        lines.append("  - jingle: " + jingle())
    lines.append("  - say: %s" % yaml_string(rng.choice(("Voici le carnet, {date}.", "{station}, {time}."))))
    if rng.random() < 0.3:
        lines.append("  - headlines: %d" % rng.randrange(1, 4))
    for _ in range(rng.randrange(0, 5)):
        kind = rng.choice(("jingle", "sound", "pause", "breath", "say", "entries"))
        if kind == "sound" and plan["sounds"]:
            lines.append("  - sound: " + rng.choice(plan["sounds"])["name"])
        elif kind == "pause":
            lines.append("  - pause: %s" % round(rng.uniform(0.01, 2.5), 3))
        elif kind == "breath":
            lines.append("  - breath: {least: %s, most: %s}" % span(rng, 0.1, plan["most_breath"]))
        elif kind == "say":
            lines.append("  - say: %s" % yaml_string(sentence(rng, "fr")))
        elif kind == "entries":
            lines.append("  - entries: {kinds: [%s], most: 3}" % ", ".join(rng.sample(SECTION_KINDS, 3)))
        else:
            lines.append("  - jingle: " + jingle())
    lines.append("  - entries: {most: %d}" % rng.choice((1, 3, 10, 40)))
    if rng.random() < 0.8:
        lines.append("  - jingle: " + jingle())
    return lines


def write_script(rng, folder, plan, stretch):
    # A voice without polish has peaks that leave no room for -14: refused, with a word on what to do.
    voices = rng.sample(VOICES_FR if plan["loudness"] < -14 else VOICES_FR[:-1], 2)
    plan["most_breath"] = rng.choice((3, 20, plan["seconds"] / 2)) if plan["size"] == "short" else 600
    plan["fit"] = rng.choice(("exact", "at-most"))
    order = write_order(rng, plan)
    close, pauses = span(rng, 0.2, plan["most_breath"]), span(rng, 0.05, 4)
    seconds = int(plan["seconds"] * stretch)
    head = ["title: Essai %d" % plan["seed"], "language: fr", 'length: "%d:%02d"' % divmod(seconds, 60),
            "fit: " + plan["fit"], "voices: {presenter: %s, reader: %s, en: %s}" % (*voices, rng.choice(("slt", "emma")))]
    if rng.random() < 0.3:
        head.append('least: "0:01"')
    if plan["bed"]:
        gain, duck = rng.choice((-26, -20, -20, -13, -6)), rng.choice((-18, -12, -12, -6, 0))
        head.append("bed: {file: %s, gain: %d, duck: %d, attack: %s, release: %s}" %
                    (plan["bed"]["name"], gain, duck, rng.choice((0, 0.1, 0.3, 1.5)), rng.choice((0, 0.3, 0.8, 3))))
    head += ["pauses: {least: %s, most: %s}" % pauses, "close: {least: %s, most: %s}" % close, "order:"]
    with open(folder + "/scripts/essai.yaml", "w") as file:
        file.write("\n".join(head + order) + "\n")


def write_logbook(rng, folder, plan):
    rows = []
    for i in range(rng.choice((0, 1, 2, 4, 8, 20)) if plan["size"] == "short" else 60):
        language = "en" if rng.random() < 0.15 else "fr"
        rows.append({"key": "k%d" % i, "date": "0", "kind": rng.choice(SECTION_KINDS), "text": text(rng, language),
                     "language": language, "place": rng.choice(PLACES), "status": "approved", "attribution": "place",
                     "priority": rng.choice(("normal", "normal", "high", "urgent" if i == 3 else "normal")),
                     "parent": "k%d" % rng.randrange(i) if i and rng.random() < 0.15 else ""})
    # The same rows once more, in another order: where an entry stands in the logbook must not be heard.
    for name in ("logbook", "shuffled"):
        with open("%s/%s.csv" % (folder, name), "w", newline="") as file:
            table = csv.DictWriter(file, ("key", "date", "kind", "text", "language", "place", "status", "attribution",
                                          "priority", "parent"))
            table.writeheader()
            table.writerows(rows)
        rng.shuffle(rows)


def main():
    seed, folder = int(sys.argv[1]), sys.argv[2]
    size = sys.argv[3] if len(sys.argv) > 3 else "short"
    stretch = float(sys.argv[4]) if len(sys.argv) > 4 else 1.0
    rng = random.Random(seed)
    short = rng.choice((rng.randrange(5, 30), rng.randrange(10, 40), rng.randrange(10, 40), rng.randrange(40, 120)))
    plan = {"seed": seed, "size": size, "seconds": short if size == "short" else rng.randrange(600, 3601),
            "is_tiny": size == "tiny"}
    if size == "tiny":  # for "make test"
        plan.update(size="short", seconds=rng.randrange(5, 12))
    write_voices(folder)
    write_station(rng, folder, plan)
    write_music(rng, folder, plan)
    write_script(rng, folder, plan, stretch)
    write_logbook(rng, folder, plan)
    plan["edit"] = rng.random() < 0.4
    print(json.dumps(plan))


main()
