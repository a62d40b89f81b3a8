/* Keeps what is typed into a long form as a draft, while it is typed. Without this file the form saves by its buttons.
   The form says where (data-draft) and what to say when it fails (data-draft-failed); [data-saved] shows the answer.
   Where the draft is the row itself, the answer carries its new version, and a press of a button waits for it. */

const WAIT = 2000;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const status = form.querySelector("[data-saved]");
  let timer = 0;
  let dirty = false;
  let sending = false;
  let pressed = null;

  const say = (sentence) => {
    if (status && status.textContent !== sentence) status.textContent = sentence;
  };

  const send = async (keepalive = false) => {
    clearTimeout(timer);
    if (!dirty || sending) return;
    dirty = false;
    sending = true;
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        keepalive,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json();
      say(said.saved);
      if (said.version !== undefined) form.elements.version.value = said.version;
    } catch {
      dirty = true;
      say(form.dataset.draftFailed);
      timer = setTimeout(send, 5 * WAIT);
    } finally {
      sending = false;
    }
    if (pressed) {
      const button = pressed;
      pressed = null;
      form.requestSubmit(button);
      return;
    }
    if (dirty) timer = setTimeout(send, WAIT);
  };

  form.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(send, WAIT);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    dirty = false;
    if (sending && event.submitter) {
      event.preventDefault();
      pressed = event.submitter;
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send(true);
  });
}
