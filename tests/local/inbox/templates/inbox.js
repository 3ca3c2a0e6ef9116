"use strict";
(() => {
  const news = document.getElementById("news");
  const { newest, form } = news.dataset;
  let told = 0;

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(`/messages?after=${newest}`, { cache: "no-store" });
      const messages = await answer.json();
      tell(messages.filter((message) => !form || message.form === form).length);
    } catch {
      // The inbox has stopped; what is on the page stays readable.
    }
  }

  function tell(count) {
    if (count === told) return;
    told = count;
    const link = document.createElement("a");
    link.href = form ? `/?form=${form}` : "/";
    link.textContent = count === 1 ? "1 new message: show it" : `${count} new messages: show them`;
    news.replaceChildren(link);
  }

  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
})();
