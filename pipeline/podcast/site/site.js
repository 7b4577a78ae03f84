// What the pages do besides: the transcript and the waveform follow the sound, what is chosen there is heard, all that was
// said is searched, what is on the air is told. Without this they read, play and download just as well.
"use strict";
document.documentElement.classList.add("js");

// Begun and ended at once is no error.
const play = (audio) => audio.play().catch(() => {});

// --- one bulletin's player, with the waveform of the same card
for (const audio of document.querySelectorAll(".card:not(.live) audio")) {
  const wave = audio.closest(".card").querySelector(".wave");
  if (!wave) continue;
  const heard = wave.firstElementChild.cloneNode(true);
  heard.classList.add("heard");
  wave.append(heard);
  const show = () => {
    const share = audio.duration ? audio.currentTime / audio.duration : 0;
    heard.style.clipPath = `inset(0 ${100 - share * 100}% 0 0)`;
  };
  show();
  for (const event of ["timeupdate", "seeking", "loadedmetadata"]) audio.addEventListener(event, show);
  // For a mouse or a finger; by the keyboard the player's own slider does the same.
  wave.addEventListener("click", (event) => {
    const box = wave.getBoundingClientRect();
    if (!audio.duration) return void play(audio);
    audio.currentTime = ((event.clientX - box.left) / box.width) * audio.duration;
    play(audio);
  });
}

// --- a bulletin's page: parts, sentences
const said = [...document.querySelectorAll(".said p[data-from]")];
const audio = document.querySelector("main .card audio");
const seek = (ms) => { audio.currentTime = ms / 1000; play(audio); };
if (audio && (said.length || document.querySelector(".at"))) {
  for (const button of document.querySelectorAll(".at")) {
    button.hidden = false;
    button.addEventListener("click", () => seek(Number(button.dataset.from)));
  }
  for (const p of said)
    p.addEventListener("click", (event) => {
      if (getSelection().toString() || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.replaceState(null, "", p.firstElementChild.hash);
      seek(Number(p.dataset.from));
    });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const isSeen = (p) => { const box = p.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; };
  let now = null;
  const follow = () => {
    const ms = audio.currentTime * 1000;
    const next = said.findLast((p) => Number(p.dataset.from) <= ms + 50) ?? null;
    if (next === now) return;
    const follows = now && !audio.paused && isSeen(now); // whoever reads elsewhere is left there
    now?.classList.remove("now");
    now?.removeAttribute("aria-current");
    next?.classList.add("now");
    next?.setAttribute("aria-current", "true");
    if (next && follows) next.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
    now = next;
  };
  audio.addEventListener("timeupdate", follow);
  audio.addEventListener("seeking", follow);
  const at = location.hash.match(/^#t=(\d+(\.\d+)?)$/)?.[1];
  if (at) audio.currentTime = Number(at);
}

// --- the archive: each month's words are read when somebody searches, the newest first
const search = document.querySelector("input[type=search]");
if (search) {
  const most = 50;
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const box = search.closest(".search"), list = box.querySelector("ul"), count = document.querySelector("#found");
  const months = [...document.querySelectorAll("[data-month]")].map((li) => li.dataset.month);
  const rows = []; // [address, title, date, said, all of it folded]
  box.hidden = false;
  const element = (name, text) => Object.assign(document.createElement(name), { textContent: text });
  const around = (text, word) => { // the words next to what was found
    const at = Math.max(fold(text).indexOf(word), 0), from = Math.max(at - 60, 0);
    return (from ? "…" : "") + text.slice(from, at + 120) + (at + 120 < text.length ? "…" : "");
  };
  const show = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const found = words.length ? rows.filter((row) => words.every((word) => row[4].includes(word))) : [];
    list.replaceChildren(...found.slice(0, most).map(([address, title, date, text]) => {
      const li = document.createElement("li"), link = element("a", title);
      link.href = address;
      li.append(link, element("span", date), element("span", around(text, words[0])));
      return li;
    }));
    count.textContent = words.length ? String(found.length) : "";
  };
  window.carnetFound = (more) => {
    for (const row of more) rows.push([...row, fold(row.slice(1).join(" "))]);
    show();
  };
  const load = () => {
    const month = months.shift();
    if (!month) return;
    const script = document.createElement("script");
    script.src = `search-${month}.js`;
    script.onload = script.onerror = load;
    document.head.append(script);
  };
  search.addEventListener("focus", load, { once: true });
  search.addEventListener("input", show);
}

// --- what is on the air: told by the program that serves the page, or by the Icecast server that has the stream
const onAir = document.querySelector("#now");
if (onAir && location.protocol.startsWith("http")) {
  const stream = new URL(document.querySelector(".live audio").src);
  const json = async (address) => { const answer = await fetch(address); if (!answer.ok) throw answer; return answer.json(); };
  const own = async () => (await json("now.json")).title;
  const icecast = async () => {
    const sources = [(await json(new URL("/status-json.xsl", stream))).icestats.source ?? []].flat();
    return sources.find((source) => new URL(source.listenurl).pathname === stream.pathname)?.title;
  };
  let ask = own;
  const tell = async () => {
    if (document.hidden) return;
    const title = await ask().catch(() => { ask = ask === own ? icecast : own; return ask().catch(() => null); });
    const shown = onAir.querySelector("strong");
    onAir.hidden = !title;
    if (title && shown.textContent !== title) shown.textContent = title;
  };
  tell();
  setInterval(tell, 15000);
  document.addEventListener("visibilitychange", tell);
}
