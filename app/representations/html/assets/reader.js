// What pages do better with scripts; none needs them.
"use strict";

// A button beside a reference copies it. Browsers offer the clipboard to secure pages only.
for (const reference of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const button = document.createElement("button");
  const status = document.createElement("span");
  button.type = "button";
  button.textContent = "Copy";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(reference.textContent);
      status.textContent = " Copied";
    } catch {
      status.textContent = " Your browser does not allow copying";
    }
  });
  reference.after(button, status);
}

// In the margin, a note begins beside its first mark in the text, or below the note before it.
const margin = matchMedia("(min-width: 64rem)");
function alignNotes() {
  const notes = document.querySelectorAll("[role=doc-endnotes] > ol > li");
  for (const note of notes) note.style.marginTop = "";
  if (!margin.matches) return;
  for (const note of notes) {
    const mark = document.getElementById(note.querySelector("[role=doc-backlink]").hash.slice(1));
    const distance = mark.getBoundingClientRect().top - note.getBoundingClientRect().top;
    if (distance > 0) note.style.marginTop = `${distance}px`;
  }
}
alignNotes();
margin.addEventListener("change", alignNotes);
