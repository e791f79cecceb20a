/* A page on an enrolled phone that was out of sight for long is asked for anew:
   the station wants the PIN first. Long texts are kept by drafts.js. */
const idle = Number(document.body.dataset.idle) * 1000;
let left = 0;

if (idle) {
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") left = Date.now();
    else if (Math.abs(Date.now() - left) > idle) {
      document.documentElement.hidden = true;
      location.reload();
    }
  });
}
