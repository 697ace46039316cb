// A review is sent without leaving the page: what comes back is put where the old state stood. Without this the form works.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-review]");
  if (!form) return;
  event.preventDefault();
  const block = form.closest(".review");
  const sent = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const answer = await fetch(form.action, { method: "POST", body: sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok && page.getElementById(block.id);
    if (!fresh) throw new Error((page.querySelector(".notice") || page.querySelector("h1")).textContent);
    fresh.querySelector("details").open = true;
    block.replaceWith(fresh);
    fresh.querySelector("summary").focus();
  } catch (error) {
    let told = form.querySelector("[role=alert]");
    if (!told) form.append((told = Object.assign(document.createElement("p"), { role: "alert", className: "notice" })));
    told.textContent = error.message;
  }
});
