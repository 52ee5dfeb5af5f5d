// The two things a page is told by the browser and not by the server: that
// another tab took over, and that it is worth trying the network again.

export function holdDevice(lost) {
  if (!navigator.locks) return;
  navigator.locks
    .request("akkoord-device", { steal: true }, () => new Promise(() => {}))
    .catch(() => lost());
}

export function onWake(wake) {
  window.addEventListener("online", () => wake());
  window.addEventListener("offline", () => wake());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
}
