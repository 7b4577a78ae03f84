#!/usr/bin/env python3
"""The table of tests/coverage.sh: branches of each room, taken, explained in tests/uncovered.txt, or neither.

coverage.py FOLDER [ROOM]   reads FOLDER/coverage.json of gcovr, run from the repository's root
"""
import json
import sys
from collections import Counter, defaultdict

LEAST = 90  # per cent of a room's branches that are taken
# Where every branch is taken or has its reason.
WHOLE = ("editorial/", "logbook/entry.c", "logbook/asrun.c", "commands/air_log.c")


class Reason:
    """A line of tests/uncovered.txt: "path: text of the line", or "path: function()"."""

    def __init__(self, line, number, why):
        self.path, _, self.text = line.partition(": ")
        self.number, self.why, self.places, self.branches = number, why, 0, 0

    def fits(self, path, function, text):
        if self.path not in ("*", path):
            return False
        return function == self.text[:-2] if self.text.endswith("()") else self.text in text


def read_reasons(path):
    reasons, why = [], ""
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.strip()
        if line.startswith("## "):
            why = line[3:]
        elif line and not line.startswith("#"):
            reasons.append(Reason(line, number, why))
    return reasons


def functions_of_lines(functions):
    """line number -> name, as a function lasts until the next one begins"""
    starts = sorted((f["lineno"], f["name"]) for f in functions)

    def name(number):
        before = [n for start, n in starts if start <= number]
        return before[-1] if before else ""

    return name


def main(folder, only):
    reasons = read_reasons("tests/uncovered.txt")
    rooms = defaultdict(Counter)
    untold, listed = [], []
    for file in json.load(open(f"{folder}/coverage.json"))["files"]:
        path = file["file"].removeprefix("pipeline/")
        room = path.split("/")[0] if "/" in path else "main"
        if only and room != only:
            continue
        source = open(file["file"], encoding="utf-8").read().split("\n")
        name = functions_of_lines(file["functions"])
        for line in file["lines"]:
            text, function = source[line["line_number"] - 1].strip(), name(line["line_number"])
            fitting = [r for r in reasons if r.fits(path, function, text)]
            for reason in fitting:
                reason.places += 1
            branches = line.get("branches", [])
            missed = sum(1 for b in branches if b["count"] == 0)
            rooms[room].update(all=len(branches), taken=len(branches) - missed)
            if not missed:
                continue
            for reason in fitting[:1]:
                reason.branches += missed
            rooms[room]["told" if fitting else "untold"] += missed
            place = f'{path}:{line["line_number"]}: {function}: {missed} of {len(branches)}: {text}'
            if not fitting:
                untold.append(place)
            listed.append(f'{place}\n    {fitting[0].why if fitting else "NO REASON GIVEN"}')
    with open(f"{folder}/uncovered.txt", "w", encoding="utf-8") as out:
        out.write("\n".join(listed) + "\n")
    return report(folder, rooms, reasons, untold, only)


def report(folder, rooms, reasons, untold, only):
    complaints = []
    print(f'{"room":<12}{"branches":>9}{"taken":>9}{"%":>8}{"explained":>11}{"neither":>9}')
    for room, n in list(rooms.items()) + [("total", sum(rooms.values(), Counter()))]:
        percent = 100 * n["taken"] / max(n["all"], 1)
        print(f'{room:<12}{n["all"]:>9}{n["taken"]:>9}{percent:>8.1f}{n["told"]:>11}{n["untold"]:>9}')
        if percent < LEAST:
            complaints.append(f"{room}: {percent:.1f} % of its branches are taken, not {LEAST}")
    complaints += [f"no test and no reason: {place}" for place in untold if place.startswith(WHOLE)]
    complaints += [] if only else [
        f"tests/uncovered.txt:{r.number}: there is no such line: {r.path}: {r.text}" for r in reasons if not r.places]
    for reason in reasons:
        if reason.places and not reason.branches and not only:
            print(f"note: tests/uncovered.txt:{reason.number}: taken after all: {reason.path}: {reason.text}")
    if only:
        print("\n".join(untold))
    for complaint in complaints:
        print(f"coverage: {complaint}")
    print(f"{folder}/coverage.html has the lines, {folder}/uncovered.txt what no test reaches")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""))
