// Adds a button to each reference that copies it; without scripts, readers select the text.
"use strict";

for (const reference of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break; // browsers offer it to secure pages only
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
      status.textContent = " Your browser does not allow copying.";
    }
  });
  reference.after(button, status);
}
