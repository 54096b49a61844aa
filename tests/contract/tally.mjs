// Counts by route and status, printed as a table.

export class Tally {
  total = 0;
  #rows = new Map();

  add(label, status) {
    this.total++;
    if (!this.#rows.has(label)) this.#rows.set(label, new Map());
    const row = this.#rows.get(label);
    row.set(status, (row.get(status) ?? 0) + 1);
    return row.get(status);
  }

  has(label) {
    return this.#rows.has(label);
  }

  count(label, status) {
    return this.#rows.get(label)?.get(status) ?? 0;
  }

  /** One line per route: its total, then every status with its count. */
  table() {
    const labels = [...this.#rows.keys()].sort(byPath);
    const width = Math.max(5, ...labels.map((label) => label.length));
    const lines = labels.map((label) => {
      const row = [...this.#rows.get(label)].sort(([a], [b]) => a - b);
      const sum = row.reduce((total, [, count]) => total + count, 0);
      const cells = row.map(([status, count]) => `${status}:${count}`);
      return `${label.padEnd(width)} ${String(sum).padStart(7)}  ${cells.join(' ')}`;
    });
    return [`${'route'.padEnd(width)} ${'total'.padStart(7)}  status:count`, ...lines].join('\n');
  }
}

function byPath(a, b) {
  const key = (label) => label.split(' ').reverse().join(' ');
  return key(a) < key(b) ? -1 : 1;
}
