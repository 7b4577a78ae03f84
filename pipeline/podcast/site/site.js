// What the pages do besides: the transcript follows the sound, a sentence that is chosen is heard, the list is searched.
// Without this they read, play and download just as well.
document.documentElement.classList.add("js");
const audio = document.querySelector("main audio");
const said = [...document.querySelectorAll(".said p[data-from]")];
const seek = (ms) => { audio.currentTime = ms / 1000; audio.play(); };
if (audio) {
  for (const button of document.querySelectorAll(".at")) {
    button.hidden = false;
    button.addEventListener("click", () => seek(Number(button.dataset.from)));
  }
  for (const p of said) p.addEventListener("click", () => { if (!getSelection().toString()) seek(Number(p.dataset.from)); });
  let now = null;
  audio.addEventListener("timeupdate", () => {
    const ms = audio.currentTime * 1000;
    const next = said.findLast((p) => Number(p.dataset.from) <= ms + 50) ?? null;
    if (next === now) return;
    now?.classList.remove("now");
    now?.removeAttribute("aria-current");
    next?.classList.add("now");
    next?.setAttribute("aria-current", "true");
    now = next;
  });
  const at = new URLSearchParams(location.search).get("t") ?? location.hash.match(/^#t=(\d+)/)?.[1];
  if (at) audio.currentTime = Number(at);
}
const search = document.querySelector("input[type=search]");
if (search) {
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const rows = [...document.querySelectorAll("[data-words]")].map((row) => [row, fold(row.dataset.words)]);
  const count = document.querySelector("#found");
  search.closest("[hidden]")?.removeAttribute("hidden");
  search.addEventListener("input", () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let n = 0;
    for (const [row, text] of rows) {
      row.hidden = !words.every((word) => text.includes(word));
      n += !row.hidden;
    }
    for (const month of document.querySelectorAll("section.month")) month.hidden = !month.querySelector("li:not([hidden])");
    count.textContent = words.length ? String(n) : "";
  });
}
