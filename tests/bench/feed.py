#!/usr/bin/env python3
"""A podcast of N episodes out of one that was published: feed.py STATION N. The records alone; "carnet publish" writes the rest."""
import datetime, json, pathlib, shutil, sys, uuid

folder, n = pathlib.Path(sys.argv[1]) / "podcast", int(sys.argv[2])
model = next(path for path in folder.glob("*.json"))
record = json.loads(model.read_text())
last = datetime.date.fromisoformat(record["edition"][:10])
for i in range(1, n):
    day = last - datetime.timedelta(days=i)
    edition = f"{day}-{record['script']}"
    noon = datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.timezone.utc)
    other = record | {"edition": edition, "guid": str(uuid.uuid4()), "published_us": int(noon.timestamp()) * 1000000}
    (folder / f"{edition}.json").write_text(json.dumps(other, ensure_ascii=False, separators=(",", ":")))
    shutil.copy(model.with_suffix(".vtt"), folder / f"{edition}.vtt")
