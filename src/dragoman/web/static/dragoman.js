// Keys, links between words and cards, and review without loading whole pages. Everything works without this file.
"use strict";

const keysOn = () => localStorage.getItem("dragoman-keys") !== "off";
const say = (text) => { const place = document.getElementById("said"); if (place) place.textContent = text; };

function printKeys() {
  const place = document.getElementById("keys-state");
  if (place) place.textContent = keysOn() ? "Keys are on." : "Keys are off.";
}

// ---- words and cards

function light(ids, on) {
  for (const one of document.querySelectorAll("[data-r]")) {
    if (one.dataset.r.split(" ").some((id) => ids.includes(id))) one.classList.toggle("on", on);
  }
}

let lit = [];
function lightOnly(ids) {
  light(lit, false);
  lit = ids;
  light(lit, true);
}

document.addEventListener("pointerover", (event) => {
  const found = event.target.closest && event.target.closest("[data-r]");
  if (found) lightOnly(found.dataset.r.split(" "));
});
document.addEventListener("focusin", (event) => {
  const found = event.target.closest && event.target.closest("[data-r]");
  if (found) lightOnly(found.dataset.r.split(" "));
});
document.addEventListener("click", (event) => {
  const mark = event.target.closest && event.target.closest("mark[data-r]");
  const card = mark && document.getElementById("c-" + mark.dataset.r.split(" ")[0]);
  if (card) { card.scrollIntoView({ block: "nearest" }); card.focus({ preventScroll: true }); }
  if (event.target.closest && event.target.closest("[data-toggle-keys]")) {
    event.preventDefault();
    localStorage.setItem("dragoman-keys", keysOn() ? "off" : "on");
    printKeys();

  }
});

function step(by) {
  const cards = [...document.querySelectorAll(".cards .card")];
  if (!cards.length) return false;
  const now = cards.indexOf(document.activeElement);
  const next = cards[Math.min(cards.length - 1, Math.max(0, now + by))] || cards[0];
  next.focus();
  const words = document.getElementById("s-" + next.dataset.r);
  if (words) words.scrollIntoView({ block: "nearest" });
  return true;
}

// ---- review: a form is sent and the answer's main part takes the place of this one

let sending = false;
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-swap]")) return;
  event.preventDefault();
  if (sending) return; // a second press while the first is on its way
  sending = true;
  const fields = new URLSearchParams(new FormData(form));
  if (event.submitter && event.submitter.name) fields.append(event.submitter.name, event.submitter.value);
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields, headers: { accept: "text/html" } });
    show(await answer.text(), answer);
  } catch {
    say("The server did not answer. The decision was not kept: try again.");
    const note = document.createElement("p");
    note.className = "conflict";
    note.textContent = "The server did not answer. The decision was not kept: try again.";
    document.getElementById("main").prepend(note);
  } finally {
    sending = false;
  }
});

function show(html, answer) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.getElementById("main");
  if (!fresh) { location.reload(); return; }
  document.getElementById("main").replaceWith(fresh);
  document.title = page.title;
  if (answer.ok) history.replaceState(null, "", answer.url);
  const card = document.getElementById("card");
  (card || fresh).focus({ preventScroll: true });
  window.scrollTo(0, 0);
  const line = card && card.querySelector(".line");
  const alert = fresh.querySelector(".conflict");
  say(alert ? alert.textContent : line ? "Next: " + line.textContent.replace(/\s+/g, " ") : "Nothing waits.");
  printKeys();

  document.dispatchEvent(new Event("dragoman:shown"));
}

// ---- keys

const typing = (place) => place.closest && place.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (!keysOn() || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const onButton = event.target.closest && event.target.closest("button, a, summary, input");
  if (event.key === " " && onButton) return; // space presses what has the focus
  if (press(event.key)) event.preventDefault();
});

function press(key) {
  if (key === "?") { location.assign("/help"); return true; }
  if ((key === "j" || key === "k") && step(key === "j" ? 1 : -1)) return true;
  const found = document.querySelector(`main [data-key="${CSS.escape(key === "Backspace" ? "u" : key)}"]`)
    || document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found) return false;
  if (found.matches("input, select")) {
    const hidden = found.closest("details");
    if (hidden) hidden.open = true;
    found.focus();
  } else {
    found.click();
  }
  return true;
}

printKeys();

// What is open beside the content on a wide window would push it down on a narrow one.
if (matchMedia("(max-width: 62rem)").matches) {
  for (const one of document.querySelectorAll("aside > details[data-narrow]")) one.open = false;
}
if (matchMedia("(max-width: 40rem)").matches) {
  for (const one of document.querySelectorAll("nav > details[data-narrow]")) one.open = false;
}
