// Script of the editor of mails: variables are highlighted in the text, a press inserts one, and the preview follows
// what is typed. Without script the page is a form with a button.
const form = document.querySelector("form[data-mail]");
const PAUSE = 500;

const variables = [...form.querySelectorAll("[data-variable]")];
const known = new Set(variables.map((variable) => variable.dataset.variable));
const fields = [...form.querySelectorAll("input.input, textarea")];
let last = form.querySelector("textarea");

// Puts an element with highlights behind each field, which shows the same text. The field itself does not change.
function lay(field) {
  const frame = document.createElement("div");
  frame.className = "marked";
  const back = document.createElement("div");
  back.className = `marked__back ${field.className}`;
  back.setAttribute("aria-hidden", "true");
  const focused = document.activeElement === field;
  field.replaceWith(frame);
  frame.append(back, field);
  if (focused) field.focus();
  const draw = () => {
    back.replaceChildren();
    for (const part of field.value.split(/(\{[^{}\n]*\}|\[(?:knop|button|lijst|list)\])/)) {
      const name = part.match(/^\{\s*(.*?)\s*\}$/)?.[1];
      if (name === undefined && !/^\[\w+\]$/.test(part)) {
        back.append(part);
        continue;
      }
      const mark = document.createElement("mark");
      mark.className = name === undefined || known.has(name) ? "marked__known" : "marked__unknown";
      mark.textContent = part;
      back.append(mark);
    }
    if (field.localName === "textarea") {
      back.append("\n");
      field.style.height = "auto";
      field.style.height = `${field.scrollHeight + 2}px`;
    } else {
      back.scrollLeft = field.scrollLeft;
    }
  };
  field.addEventListener("input", draw);
  field.addEventListener("scroll", draw);
  field.addEventListener("focus", () => (last = field));
  addEventListener("resize", draw);
  draw();
}
fields.forEach(lay);

for (const variable of variables) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "var";
  button.textContent = variable.dataset.variable;
  button.setAttribute("aria-label", variable.dataset.label);
  button.addEventListener("click", () => {
    last.focus();
    last.setRangeText(`{${variable.dataset.variable}}`, last.selectionStart, last.selectionEnd, "end");
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
  variable.replaceWith(button);
}

// Each preview gets a new frame, so that going back in the history leads to the page before.
const show = document.querySelector("button[data-preview]");
let waiting = 0;
let shown = 0;
function renew() {
  const old = [...document.querySelectorAll(".mailbox__frame")];
  const next = old[0].cloneNode();
  next.removeAttribute("src");
  next.hidden = true;
  next.name = show.formTarget = `voorbeeld-${++shown}`;
  old.at(-1).after(next);
  next.addEventListener("load", () => {
    // A frame that was replaced by a later one is ignored.
    if (!next.isConnected) return;
    next.hidden = false;
    for (const frame of old) frame.remove();
  });
  form.requestSubmit(show);
}
if (show) {
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(renew, PAUSE);
  };
  form.addEventListener("input", later);
  document.getElementById("voorbeeldklant").addEventListener("input", later);
}
