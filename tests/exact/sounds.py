"""Sounds made on the spot: hostile ones too. Every number comes from the generator that is given.

A sound is written as a WAV of its own rate, channels and sample form, and may then be packed by ffmpeg
into another format. What it is made of is told, because a few kinds cannot be found by correlation.
"""

import math
import struct
import subprocess

RATES = (8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000, 192000)
KINDS = ("noise", "chirp", "music", "clicks", "square", "sine", "offset", "quiet", "holes", "loud", "silence")
# Where a sound lies cannot be told from a sound that is the same everywhere, or that is nothing.
NOT_FOUND = ("sine", "square", "offset", "silence")


def _value(kind, rng, i, n, rate, state):
    t = i / rate
    if kind in ("noise", "holes") and state[0] != "low":
        # Not white: what a codec of few bits cuts off would be a large part of its loudness.
        state[:] = ["low", 0.0] + state
    if kind == "noise":
        state[1] += 0.25 * (rng.uniform(-1, 1) - state[1])
        return state[1]
    if kind == "chirp":
        return 0.5 * math.sin(2 * math.pi * (150 * t + 600 * t * t))
    if kind == "music":
        note = int(t / 0.29)
        pitch = 196 * 2 ** (state[note % len(state)] / 12)
        envelope = math.exp(-5 * (t - note * 0.29))
        return 0.3 * envelope * (math.sin(2 * math.pi * pitch * t) + 0.4 * math.sin(4.003 * math.pi * pitch * t))
    if kind == "clicks":
        return rng.choice((-1.0, 1.0)) if rng.random() < 12 / rate else rng.uniform(-0.003, 0.003)
    if kind == "square":
        return 1.0 if int(t * 220) % 2 == 0 else -1.0
    if kind == "sine":
        return 0.4 * math.sin(2 * math.pi * 997 * t)
    if kind == "offset":
        return 0.5 + 0.2 * math.sin(2 * math.pi * 311 * t)
    if kind == "quiet":
        return rng.uniform(-0.02, 0.02)  # not less: eight bits would hold nothing of it
    if kind == "holes":
        state[1] += 0.25 * (rng.uniform(-1, 1) - state[1])
        return state[1] if int(t / 0.23) % 2 == 0 else 0.0
    if kind == "loud":
        return max(-1.0, min(1.0, 3 * math.sin(2 * math.pi * (90 * t + 900 * t * t)) + rng.uniform(-0.2, 0.2)))
    return 0.0


def _samples(kind, rng, frames, rate, channels):
    state = [rng.randrange(0, 25) for _ in range(64)]
    once = min(frames, 3 * rate)  # the rest repeats it, with a length that music cannot notice
    left = [_value(kind, rng, i, frames, rate, state) for i in range(once)]
    lanes = [left]
    for channel in range(1, channels):
        lag = rng.randrange(0, 40)
        lanes.append([0.8 * left[i - lag] if i >= lag else 0.0 for i in range(once)])
    flat = [lanes[c][i] for i in range(once) for c in range(channels)]
    while len(flat) < frames * channels:
        flat += flat[: frames * channels - len(flat)]
    return flat


def _pack(flat, form):
    if form == "f32":
        return struct.pack("<%df" % len(flat), *flat), 3, 32
    if form == "u8":
        return bytes(int(max(0, min(255, round(128 + 127 * v)))) for v in flat), 1, 8
    if form == "s24":
        ints = (int(max(-8388608, min(8388607, round(8388607 * v)))) for v in flat)
        return b"".join(struct.pack("<i", v)[:3] for v in ints), 1, 24
    ints = [int(max(-32768, min(32767, round(32767 * v)))) for v in flat]
    return struct.pack("<%dh" % len(ints), *ints), 1, 16


def write_wav(path, flat, rate, channels, form):
    data, tag, bits = _pack(flat, form)
    block = channels * bits // 8
    header = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data) + len(data) % 2, b"WAVE", b"fmt ", 16, tag,
                         channels, rate, rate * block, block, bits, b"data", len(data))
    with open(path, "wb") as file:
        file.write(header + data + b"\0" * (len(data) % 2))


def make(rng, folder, name, most_seconds=2.5, kind=None, least_frames=1):
    """Makes folder/name.EXT; returns {"name", "file", "kind"}."""
    kind = kind or rng.choice(KINDS)
    rate = rng.choice(RATES)
    channels = rng.choice((1, 1, 2, 2, 2, 6))
    most = int(most_seconds * rate) if rate * channels < 200000 else int(0.4 * rate)
    most = max(most, least_frames)  # six channels at 192 kHz are cut short, but never under that
    frames = rng.choice((1, 2, 7, 95, 96, 191, 193, 479, 481, 4799, 4801, rng.randrange(1, most), rng.randrange(1, most),
                         rng.randrange(1, most), most)) if least_frames == 1 else rng.randrange(least_frames, most + 1)
    frames = min(max(frames, least_frames, rate // 24000), most)  # what is shorter than a frame of 48 kHz is none
    form = rng.choice(("s16", "s16", "s24", "f32", "u8"))
    wav = "%s/%s.wav" % (folder, name)
    write_wav(wav, _samples(kind, rng, frames, rate, channels), rate, channels, form)
    # what is quiet is silence to a lossy codec, and a silent bed is refused
    packing = rng.choice(("wav", "wav", "flac", "ogg", "mp3", "opus")) if kind not in ("silence", "quiet") else "wav"
    if packing == "wav" or channels > 2 or frames < 2000 or (packing in ("mp3", "opus") and rate > 48000):
        return {"name": name, "file": wav, "kind": kind}
    packed = "%s/%s.%s" % (folder, name, packing)
    codec = {"flac": "flac", "ogg": "libvorbis", "mp3": "libmp3lame", "opus": "libopus"}[packing]
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-bitexact", "-i", wav, "-c:a", codec]
                   + (["-ar", "48000"] if packing == "opus" else []) + ["-bitexact", packed], check=True)
    subprocess.run(["rm", wav], check=True)
    return {"name": name, "file": packed, "kind": kind}
