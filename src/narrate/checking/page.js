"use strict";
const book = JSON.parse(document.getElementById("book").textContent);
const audio = document.querySelector("audio");
const scroll = document.querySelector(".scroll");
const track = document.querySelector(".track");
const needle = document.querySelector(".head-line");
const told = document.querySelector(".player p");
const lines = [...document.querySelectorAll(".line")];
const starts = lines.map((line) => Number(line.dataset.at));
let file = -1;
let zoom = 1;

// A book may be a file a chapter: times on the page are the book's, times in the player the file's.
function place(at) {
  let k = 0;
  while (k + 1 < book.files.length && book.files[k + 1].start <= at) k += 1;
  return k;
}

function load(k) {
  if (k === file) return;
  file = k;
  audio.src = book.files[k].src;
}

function play(at) {
  const k = place(at);
  load(k);
  const go = () => { audio.currentTime = Math.max(0, at - book.files[k].start); audio.play().catch(() => {}); };
  if (audio.readyState > 0) go();
  else audio.addEventListener("loadedmetadata", go, { once: true });
}

function now() { return book.files[file].start + audio.currentTime; }

let shown = null;
function follow() {
  const at = now();
  needle.style.left = `${(100 * at) / book.seconds}%`;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= at + 0.05) low = middle + 1; else high = middle;
  }
  const line = lines[low - 1];
  if (!line || line === shown) return;
  if (shown) shown.classList.remove("now");
  line.classList.add("now");
  shown = line;
  const who = document.createElement("b");
  who.textContent = line.querySelector(".who").textContent;
  who.className = [...line.classList].find((name) => /^v\d+$/.test(name)) || "";
  told.replaceChildren(who, line.querySelector(".words").textContent);
}

function magnify(wanted, middle) {
  zoom = Math.min(256, Math.max(1, wanted));
  track.style.setProperty("--zoom", zoom);
  scroll.scrollLeft = (middle / book.seconds) * track.clientWidth - scroll.clientWidth / 2;
}

function centre() { return ((scroll.scrollLeft + scroll.clientWidth / 2) / track.clientWidth) * book.seconds; }

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-at], [data-zoom], [data-voice]");
  if (target && target.dataset.at !== undefined) {
    play(Number(target.dataset.at));
    if (target.dataset.until) {
      const [from, until] = [Number(target.dataset.at), Number(target.dataset.until)];
      magnify(book.seconds / Math.max(1, until - from), (from + until) / 2);
    }
  } else if (target && target.dataset.zoom) {
    magnify(target.dataset.zoom === "all" ? 1 : zoom * Number(target.dataset.zoom), centre());
  } else if (target && target.dataset.voice) {
    const pressed = target.getAttribute("aria-pressed") === "true";
    for (const other of document.querySelectorAll("[data-voice]")) other.setAttribute("aria-pressed", "false");
    target.setAttribute("aria-pressed", String(!pressed));
    document.querySelector(".lines").classList.toggle("only", !pressed);
    for (const line of lines) line.classList.toggle("kept", line.classList.contains(target.dataset.voice));
  } else if (event.target.closest(".track")) {
    play(((event.clientX - track.getBoundingClientRect().left) / track.clientWidth) * book.seconds);
  }
});
audio.addEventListener("timeupdate", follow);
audio.addEventListener("ended", () => {
  if (file + 1 < book.files.length) { load(file + 1); audio.play(); }
});
load(0);
