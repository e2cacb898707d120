/* Makes pages nicer; every page works without it. */
(() => {
  "use strict";

  // Fields of a filter that are left empty stay out of the address.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("form[data-filters]")) return;
    for (const field of event.target.elements) field.disabled ||= field.name && !field.value;
  });
  window.addEventListener("pageshow", () => {
    for (const field of document.querySelectorAll("form[data-filters] [name]:disabled")) {
      field.disabled = false;
    }
  });

  // "/" goes to the quick search.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const fields = [...document.querySelectorAll(".quick-search input[type=search]")];
    const field = fields.find((one) => one.offsetParent !== null);
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });

  // What is open under a button closes with Escape or a press elsewhere.
  const closeOthers = (kept) => {
    for (const open of document.querySelectorAll("details.pop[open]")) {
      if (open !== kept) open.open = false;
    }
  };
  document.addEventListener("click", (event) => closeOthers(event.target.closest("details.pop")));
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && document.querySelector("details.pop[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  // Rows: choose all, and say how many are chosen.
  const countRows = (form) => {
    const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
    const chosen = boxes.filter((box) => box.checked).length;
    const all = form.querySelector("input[data-choose-all]");
    if (all) {
      all.checked = boxes.length > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    const bar = form.querySelector(".bulk");
    if (!bar) return;
    const listed = bar.querySelector("[data-choose-listed]")?.checked;
    bar.hidden = chosen === 0 && !listed;
    const count = bar.querySelector("[data-chosen]");
    const number = listed ? Number(bar.dataset.total) : chosen;
    if (count) count.textContent = `Đã chọn ${number.toLocaleString("vi")} người`;
  };
  for (const form of document.querySelectorAll("form[data-rows]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("input[data-choose-all]")) {
        for (const box of form.querySelectorAll("tbody input[type=checkbox]")) {
          box.checked = event.target.checked;
        }
      }
      countRows(form);
    });
    const all = form.querySelector("input[data-choose-all]");
    if (all) all.hidden = false;
    countRows(form);
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-rows]")) countRows(form);
  });

  // A form with changes asks before it is left.
  const changed = new Set();
  for (const form of document.querySelectorAll("form[data-keep]")) {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
  }
  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });

  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // The field of a file speaks Vietnamese: the browser's own words follow its language.
  const tellFiles = (field) => {
    const names = [...field.files].map((file) => file.name);
    field.nextElementSibling.lastChild.textContent = names.join(", ") || "Chưa chọn tệp nào";
  };
  for (const field of document.querySelectorAll("input[type=file]")) {
    const box = document.createElement("span");
    const told = document.createElement("span");
    box.className = "file";
    told.className = "file-told form-control";
    told.setAttribute("aria-hidden", "true");
    const button = document.createElement("b");
    button.textContent = "Chọn tệp";
    told.append(button, document.createElement("span"));
    field.replaceWith(box);
    box.append(field, told);
    field.addEventListener("change", () => tellFiles(field));
    window.addEventListener("pageshow", () => tellFiles(field));
    tellFiles(field);
  }

  // The tab one stands on is in sight on a narrow screen.
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const bar = tab.closest(".tabs");
    bar.scrollLeft = tab.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  }
})();
