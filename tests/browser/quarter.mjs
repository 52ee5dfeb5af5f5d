// A slow phone: the browser's processes may run for a quarter of the time. The browser's own throttling slows the page
// down and not its workers.
import { readFileSync, readdirSync } from "node:fs";

const TURN = 2; // milliseconds
const TURNS = 4;

/** Returns the processes that draw pages of the browser with this profile (Linux, proc(5)). */
function renderers(profile) {
  const parents = new Map();
  const commands = new Map();
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number)) {
    try {
      const [, parent] = readFileSync(`/proc/${id}/stat`, "utf8").match(/\) \S (\d+)/);
      parents.set(id, Number(parent));
      commands.set(id, readFileSync(`/proc/${id}/cmdline`, "utf8"));
    } catch {
      // It ended meanwhile.
    }
  }
  const isOfProfile = (id) => (commands.get(id) ?? "").includes(`--user-data-dir=${profile}`);
  const descends = (id) => id > 1 && (isOfProfile(id) || descends(parents.get(id) ?? 0));
  return [...commands.keys()].filter((id) => commands.get(id).includes("--type=renderer") && descends(id));
}

export class Quarter {
  #processes;
  #clock;

  /** Slows down the processes in which somebody's pages are drawn, until `end`. */
  static of({ profile }) {
    return new Quarter(renderers(profile));
  }

  constructor(processes) {
    this.#processes = processes;
    let turn = 0;
    this.#clock = setInterval(() => {
      turn = (turn + 1) % TURNS;
      if (turn === 0) this.#signal("SIGCONT");
      if (turn === 1) this.#signal("SIGSTOP");
    }, TURN);
  }

  #signal(name) {
    for (const id of this.#processes) {
      try {
        process.kill(id, name);
      } catch {
        // It ended meanwhile.
      }
    }
  }

  end() {
    clearInterval(this.#clock);
    this.#signal("SIGCONT");
  }
}
